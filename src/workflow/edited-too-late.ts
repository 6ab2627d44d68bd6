import type Database from 'better-sqlite3'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { roundById, windowOf } from './rounds.ts'

type Where = { roundId: RoundId; institutionId: UnitId }

/**
 * Whether what was last read of a roster was edited after the institution's close. An edit in time that is read late is in time;
 * where Google did not say when it was, the read counts.
 */
export function wasEditedTooLate(tx: Tx, where: Where, now: Instant): boolean {
  if (!recordingHasEnded(tx, where, now)) return false
  const { editedAt } = preparedOn(tx, statements).edited.get(where.roundId, where.institutionId) ?? { editedAt: null }
  return (editedAt ?? now) >= closeOf(tx, where, now).closesAt
}

/** An extension takes in what came too late before: an unchanged sheet is looked at as if it were new. */
export function isReadAfterExtension(tx: Tx, where: Where, now: Instant): boolean {
  if (!recordingHasEnded(tx, where, now)) return false
  const { extended, state } = closeOf(tx, where, now)
  return extended && state !== 'closed'
}

/** Asked at every read: no extension, ended early or not, closes before the round itself does. */
export const recordingHasEnded = (tx: Tx, { roundId }: Pick<Where, 'roundId'>, now: Instant): boolean =>
  now >= (preparedOn(tx, statements).ends.get(roundId) ?? Number.POSITIVE_INFINITY)

const closeOf = (tx: Tx, { roundId, institutionId }: Where, now: Instant) =>
  windowOf(tx, { round: roundById(tx, roundId), unitId: institutionId, component: 'roster' }, now)

function statements(raw: Database.Database) {
  return {
    ends: raw.prepare<[RoundId], Instant>('SELECT recording_closes_at FROM rounds WHERE id = ?').pluck(),
    edited: raw.prepare<[RoundId, UnitId], { editedAt: Instant | null }>(
      'SELECT edited_at AS editedAt FROM rosters WHERE round_id = ? AND institution_id = ?',
    ),
  }
}
