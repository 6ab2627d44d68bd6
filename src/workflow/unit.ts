import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type UnitLevel, unitCodes, units } from '../db/schema.ts'

export type Unit = typeof units.$inferSelect

export function unitById(tx: Tx, id: UnitId): Unit {
  const row = tx.select().from(units).where(eq(units.id, id)).get()
  if (!row) throw new Error(`unit ${id} is gone`)
  return row
}

export function unitByCode(tx: Tx, code: string): Unit | null {
  const row = tx
    .select({ unit: units })
    .from(unitCodes)
    .innerJoin(units, eq(units.id, unitCodes.unitId))
    .where(and(eq(unitCodes.code, code), isNull(unitCodes.validTo)))
    .get()
  return row?.unit ?? null
}

export function codeOf(tx: Tx, unitId: UnitId): string | null {
  return (
    tx
      .select({ code: unitCodes.code })
      .from(unitCodes)
      .where(and(eq(unitCodes.unitId, unitId), isNull(unitCodes.validTo)))
      .get()?.code ?? null
  )
}

/** Units directly below that exist at `now`, by id. */
export function childrenOf(tx: Tx, input: { unitId: UnitId; level: UnitLevel }, now: Instant): Unit[] {
  return tx
    .select()
    .from(units)
    .where(
      and(
        eq(units.parentId, input.unitId),
        eq(units.level, input.level),
        or(isNull(units.closedAt), gt(units.closedAt, now)),
      ),
    )
    .orderBy(units.id)
    .all()
}
