import type Database from 'better-sqlite3'
import type { AppointmentId, Instant, PersonId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { weeklyCards } from '../db/schema.ts'
import { appendEvent } from './event-log.ts'
import { queueNotice, URGENCY } from './notice.ts'

/**
 * Queues the week's card (R9) for up to `limit` executives who have none yet: one for each person, however many LAOs. Returns for how
 * many it was settled; 0 when everybody has been thought of.
 */
export function queueWeeklyCards(
  tx: Tx,
  input: { roundId: RoundId; week: string; limit: number },
  now: Instant,
): number {
  const { roundId, week } = input
  const executives = preparedOn(tx, weeklyStatements).without.all({ ...input, now })
  for (const { personId, appointmentId, unitId } of executives) {
    const notice = { type: 'weekly-card', roundId } as const
    const dedupeKey = `weekly-card:${roundId}:${week}:${personId}`
    const outboxId = queueNotice(tx, { personId, notice, urgency: URGENCY.digest, dedupeKey }, now)
    tx.insert(weeklyCards).values({ roundId, personId, week, outboxId, at: now }).run()
    const data = { week, outboxId, reached: outboxId !== null }
    appendEvent(tx, { at: now, type: 'weekly-card-queued', roundId, unitId, personId, appointmentId, data })
  }
  return executives.length
}

type Executive = { personId: PersonId; appointmentId: AppointmentId; unitId: UnitId }

function weeklyStatements(raw: Database.Database) {
  type Asked = { roundId: RoundId; week: string; limit: number; now: Instant }
  return {
    without: raw.prepare<[Asked], Executive>(
      `SELECT a.person_id AS personId, min(a.id) AS appointmentId, a.unit_id AS unitId
       FROM appointments a JOIN units u ON u.id = a.unit_id
       WHERE a.role = 'executive' AND u.level <> 'institution' AND (u.closed_at IS NULL OR u.closed_at > @now)
         AND a.valid_from <= @now AND (a.valid_to IS NULL OR a.valid_to > @now) AND a.suspended_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM weekly_cards w
           WHERE w.round_id = @roundId AND w.person_id = a.person_id AND w.week = @week)
       GROUP BY a.person_id ORDER BY a.person_id LIMIT @limit`,
    ),
  }
}
