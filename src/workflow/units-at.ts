import { and, asc, eq, gte, inArray, or } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { unitChanges } from '../db/schema.ts'
import { extendedUntil } from './extension-reach.ts'
import { type Round, roundById } from './rounds.ts'
import { childrenOf, type Unit } from './unit.ts'

/**
 * From when on nothing among the units changes anything for an LAO in a round (exclusive): the close of the round, or the end of the time
 * that this very LAO was given. What others were given does not open it (docs/decisions/0021).
 */
export function endOf(tx: Tx, input: { round: Round; laoId: UnitId }): Instant {
  const { round, laoId } = input
  const until = extendedUntil(tx, { roundId: round.id, unitId: laoId, component: 'overview' })
  return Math.max(round.closesAt, until ?? 0)
}

/** As of which instant an LAO's units are looked at: now, while the round still runs for it; its last instant from then on. */
export type MomentOf = (laoId: UnitId) => Instant

export function momentsOf(tx: Tx, roundId: RoundId, now: Instant): MomentOf {
  const round = roundById(tx, roundId)
  if (now < round.closesAt) return () => now
  const known = new Map<UnitId, Instant>()
  return (laoId) => {
    const moment = known.get(laoId) ?? Math.min(now, endOf(tx, { round, laoId }) - 1)
    known.set(laoId, moment)
    return moment
  }
}

/** The earliest moment that any LAO is looked at. */
export function baseMoment(tx: Tx, roundId: RoundId, now: Instant): Instant {
  return Math.min(now, roundById(tx, roundId).closesAt - 1)
}

/** The LAOs that a province has in a round, by id: as it stands, and those that closed after the round had ended for them. */
export function laosOf(tx: Tx, input: { roundId: RoundId; provinceId: UnitId }, now: Instant): Unit[] {
  const { roundId, provinceId } = input
  const laos = childrenOf(tx, { unitId: provinceId, level: 'lao' }, baseMoment(tx, roundId, now))
  const at = momentsOf(tx, roundId, now)
  return laos.filter((lao) => lao.closedAt === null || lao.closedAt > at(lao.id))
}

/**
 * Where institutions belong in a round that moved when it was over for the LAO that they left or came to: still to the one
 * that they left.
 */
export function belongedElsewhere(
  tx: Tx,
  input: { roundId: RoundId; laoIds: readonly UnitId[] },
  now: Instant,
): ReadonlyMap<UnitId, UnitId> {
  const round = roundById(tx, input.roundId)
  const belonged = new Map<UnitId, UnitId>()
  if (now < round.closesAt) return belonged
  const laoIds = [...input.laoIds]
  const moves = tx
    .select({
      unitId: unitChanges.unitId,
      from: unitChanges.fromParentId,
      to: unitChanges.toParentId,
      at: unitChanges.recordedAt,
    })
    .from(unitChanges)
    .where(
      and(
        eq(unitChanges.what, 'moved'),
        gte(unitChanges.recordedAt, round.closesAt),
        or(inArray(unitChanges.fromParentId, laoIds), inArray(unitChanges.toParentId, laoIds)),
      ),
    )
    .orderBy(asc(unitChanges.id))
    .all()
  // The first move that came too late says where a unit belongs.
  for (const { unitId, from, to, at } of moves) {
    if (from === null || to === null || belonged.has(unitId)) continue
    const end = Math.min(endOf(tx, { round, laoId: from }), endOf(tx, { round, laoId: to }))
    if (at >= end) belonged.set(unitId, from)
  }
  return belonged
}
