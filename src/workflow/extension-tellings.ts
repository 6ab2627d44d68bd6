import { asc, eq, isNull } from 'drizzle-orm'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { extensions, extensionTellings } from '../db/schema.ts'
import { noticeUnit, URGENCY } from './notice.ts'
import { laoOwes, provinceOwes } from './remind.ts'
import { type Round, roundById } from './rounds.ts'
import { laoLines } from './structure.ts'
import { childrenOf, type Unit, unitById } from './unit.ts'

export type Extension = typeof extensions.$inferSelect

/** The next province that is to hear of an extension; null when all have. */
export function nextTelling(tx: Tx): number | null {
  const row = tx
    .select({ id: extensionTellings.id })
    .from(extensionTellings)
    .where(isNull(extensionTellings.toldAt))
    .orderBy(asc(extensionTellings.id))
    .limit(1)
    .get()
  return row?.id ?? null
}

/**
 * Tells, in one province, of an extension or of its end: those in its scope who still owe, the unit it was given to, and the levels
 * above that one. Returns how many messages were queued.
 */
export function tellOfExtension(tx: Tx, tellingId: number, now: Instant): number {
  const telling = tx.select().from(extensionTellings).where(eq(extensionTellings.id, tellingId)).get()
  if (!telling || telling.toldAt !== null) return 0
  tx.update(extensionTellings).set({ toldAt: now }).where(eq(extensionTellings.id, tellingId)).run()
  const extension = tx.select().from(extensions).where(eq(extensions.id, telling.extensionId)).get()
  if (!extension) return 0
  const round = roundById(tx, extension.roundId)
  const type = telling.what === 'granted' ? 'extended' : 'extension-ended'
  let queued = 0
  for (const unitId of concerned(tx, { round, extension, provinceId: telling.provinceId }, now)) {
    const notice = { type, extensionId: extension.id, unitId } as const
    queued += noticeUnit(tx, { unitId, notice, urgency: URGENCY.result }, now)
  }
  return queued
}

function concerned(
  tx: Tx,
  input: { round: Round; extension: Extension; provinceId: UnitId },
  now: Instant,
): Set<UnitId> {
  const { round, extension, provinceId } = input
  const told = new Set<UnitId>()
  const named = extension.unitId === null ? null : unitById(tx, extension.unitId)
  const inProvince = childrenOf(tx, { unitId: provinceId, level: 'lao' }, now)
  const lines = laoLines(tx, { roundId: round.id, laos: laosInScope(named, inProvince) }, now)
  for (const line of lines) {
    if (named?.level !== 'institution' && laoOwes(line)) told.add(line.id)
    for (const child of line.institutions) {
      const inScope = named?.level !== 'institution' || child.id === named.id
      if (inScope && (child.state === 'open' || child.drifted)) told.add(child.id)
    }
  }
  if (!named) {
    if (provinceOwes(tx, { round, provinceId, lines })) told.add(provinceId)
    return told
  }
  for (const unitId of [named.id, named.parentId, provinceId]) {
    if (unitId !== null && !(named.level === 'province' && unitId === named.parentId)) told.add(unitId)
  }
  return told
}

function laosInScope(named: Unit | null, inProvince: Unit[]): Unit[] {
  if (!named || named.level === 'province') return inProvince
  const laoId = named.level === 'lao' ? named.id : named.parentId
  return inProvince.filter((lao) => lao.id === laoId)
}
