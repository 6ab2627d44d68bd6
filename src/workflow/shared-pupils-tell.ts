import type { Instant, RoundId, SharedPupilId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { appendEvent, type EventType, pupilHash } from './event-log.ts'
import { noticeUnit, URGENCY } from './notice.ts'

/** What became of one question; `institutionIds` claim the pupil (for a resolved one: claimed), `leftIds` no longer do. */
export type SharedPupilChange = {
  what: 'opened' | 'changed' | 'resolved'
  id: SharedPupilId
  key: string
  institutionIds: UnitId[]
  leftIds: UnitId[]
}

export type SharedPupilNews = 'opened' | 'changed' | 'resolved' | 'release-asked' | 'disputed' | 'decided'

const EVENT: Record<SharedPupilChange['what'], EventType> = {
  opened: 'shared-pupils-opened',
  changed: 'shared-pupils-changed',
  resolved: 'shared-pupils-resolved',
}

const URGENCIES: Record<SharedPupilNews, number> = {
  opened: URGENCY.actNow,
  changed: URGENCY.result,
  resolved: URGENCY.result,
  'release-asked': URGENCY.actNow,
  disputed: URGENCY.actNow,
  decided: URGENCY.actNow,
}

/** Puts what one read changed on record and tells every institution concerned: one message of a kind, however many pupils. */
export function tellSharedPupils(
  tx: Tx,
  input: { roundId: RoundId; institutionId: UnitId; changes: SharedPupilChange[] },
  now: Instant,
): void {
  const { roundId, institutionId, changes } = input
  for (const [what, alike] of Map.groupBy(changes, (change) => change.what)) {
    const questions = alike.map(({ id, key, institutionIds, leftIds }) => ({
      id,
      pupil: pupilHash(tx, key),
      institutions: institutionIds,
      left: leftIds,
    }))
    appendEvent(tx, { at: now, type: EVENT[what], roundId, unitId: institutionId, data: { questions } })
  }
  const news = changes.flatMap(newsOf)
  for (const ofUnit of Map.groupBy(news, (one) => one.unitId).values()) {
    for (const [what, alike] of Map.groupBy(ofUnit, (one) => one.what)) {
      const [first] = alike
      if (first) tellUnit(tx, { roundId, unitId: first.unitId, what, ids: alike.map(({ id }) => id) }, now)
    }
  }
}

function newsOf(change: SharedPupilChange): { unitId: UnitId; what: SharedPupilNews; id: SharedPupilId }[] {
  const { what, id, leftIds } = change
  const told = change.institutionIds.map((unitId) => ({ unitId, what, id }))
  // For those who no longer count the pupil the question is over, whoever else still disputes it.
  const out = what === 'resolved' ? [] : leftIds.map((unitId) => ({ unitId, what: 'resolved' as const, id }))
  return [...told, ...out]
}

/** Tells the officers of a unit; returns how many of them can be reached in chat. */
export function tellUnit(
  tx: Tx,
  input: {
    roundId: RoundId
    unitId: UnitId
    what: SharedPupilNews
    ids: SharedPupilId[]
    byUnitId?: UnitId
  },
  now: Instant,
): number {
  const { unitId, what } = input
  const notice = { type: 'shared-pupils', ...input } as const
  return noticeUnit(tx, { unitId, notice, urgency: URGENCIES[what] }, now)
}
