import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { otherInstitutions, unitChanges, unitCodes, units } from '../db/schema.ts'
import type { Unit } from './unit.ts'

/** Every unit and code of the database, read once: a registry asks for each of them. */
export type KnownUnits = {
  units: Unit[]
  /** Who bears a code now; closed units keep theirs until another unit gets it. */
  bearer(code: string): Unit | null
  /** Who bore it last, and until when. */
  formerBearer(code: string): { unit: Unit; until: Instant } | null
  bore(unitId: UnitId, code: string): boolean
  codeOf(unitId: UnitId): string | null
  byId(unitId: UnitId | null): Unit | null
}

export function knownUnits(tx: Tx): KnownUnits {
  const all = tx.select().from(units).orderBy(units.id).all()
  const byId = new Map(all.map((unit) => [unit.id, unit]))
  const bearers = new Map<string, Unit>()
  const former = new Map<string, { unit: Unit; until: Instant }>()
  const codes = new Map<UnitId, string>()
  const borne = new Set<string>()
  for (const { unitId, code, validTo } of tx.select().from(unitCodes).orderBy(unitCodes.id).all()) {
    const unit = byId.get(unitId)
    if (!unit) continue
    if (validTo === null) {
      bearers.set(code, unit)
      codes.set(unitId, code)
      continue
    }
    borne.add(`${unitId}/${code}`)
    if (validTo >= (former.get(code)?.until ?? 0)) former.set(code, { unit, until: validTo })
  }
  return {
    units: all,
    bearer: (code) => bearers.get(code) ?? null,
    formerBearer: (code) => former.get(code) ?? null,
    bore: (unitId, code) => borne.has(`${unitId}/${code}`),
    codeOf: (unitId) => codes.get(unitId) ?? null,
    byId: (unitId) => (unitId === null ? null : (byId.get(unitId) ?? null)),
  }
}

/** Since when a closed unit is closed by the order, which may be earlier than its recording. */
export function closedSince(tx: Tx, unit: Unit): Instant {
  const row = tx
    .select({ validFrom: unitChanges.validFrom })
    .from(unitChanges)
    .where(and(eq(unitChanges.unitId, unit.id), inArray(unitChanges.what, ['closed', 'merged'])))
    .orderBy(desc(unitChanges.id))
    .limit(1)
    .get()
  return row?.validFrom ?? unit.closedAt ?? 0
}

export function fundsOthers(tx: Tx, laoId: UnitId): boolean {
  const open = and(eq(otherInstitutions.laoId, laoId), isNull(otherInstitutions.closedAt))
  return tx.select({ id: otherInstitutions.id }).from(otherInstitutions).where(open).get() !== undefined
}
