import { and, asc, eq, gt, inArray, or } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { unitChanges } from '../db/schema.ts'
import { extensionInstants } from './extension-reach.ts'
import { roundById } from './rounds.ts'

/**
 * How the units stand for a round at `now`: as they are while anything of it is open, and as they were when the last of it
 * closed from then on, so that a later move or closing changes nothing in a closed round.
 */
export type UnitsAt = {
  at: Instant
  /** Institutions that have moved away since, with the LAO that they belonged to. */
  belonged: Map<UnitId, UnitId>
  /** Institutions that have come since. */
  cameLater: UnitId[]
}

export function unitsAt(tx: Tx, input: { roundId: RoundId; laoIds: readonly UnitId[] }, now: Instant): UnitsAt {
  const round = roundById(tx, input.roundId)
  const asNow = { at: now, belonged: new Map(), cameLater: [] }
  if (now < round.closesAt) return asNow
  const end = Math.max(round.closesAt, ...extensionInstants(tx, round))
  if (now < end) return asNow
  const laoIds = [...input.laoIds]
  const moves = tx
    .select({ unitId: unitChanges.unitId, from: unitChanges.fromParentId })
    .from(unitChanges)
    .where(
      and(
        eq(unitChanges.what, 'moved'),
        gt(unitChanges.recordedAt, end),
        or(inArray(unitChanges.fromParentId, laoIds), inArray(unitChanges.toParentId, laoIds)),
      ),
    )
    .orderBy(asc(unitChanges.id))
    .all()
  const belonged = new Map<UnitId, UnitId>()
  const cameLater = new Set<UnitId>()
  const seen = new Set<UnitId>()
  // The first move after the end says where a unit was at the end.
  for (const { unitId, from } of moves) {
    if (seen.has(unitId)) continue
    seen.add(unitId)
    if (from !== null && laoIds.includes(from)) belonged.set(unitId, from)
    else cameLater.add(unitId)
  }
  return { at: end, belonged, cameLater: [...cameLater] }
}
