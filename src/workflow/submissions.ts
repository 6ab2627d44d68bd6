import type Database from 'better-sqlite3'
import { and, eq, sql } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { type SubmissionState, submissions } from '../db/schema.ts'
import type { Actor } from './actor.ts'
import { appendEvent } from './event-log.ts'

export type Submission = typeof submissions.$inferSelect

export function submissionById(tx: Tx, id: number): Submission | null {
  return tx.select().from(submissions).where(eq(submissions.id, id)).get() ?? null
}

/** What the unit's officer has submitted and the second person has not answered yet (รอผู้รับรอง). */
export function waitingSubmission(tx: Tx, ref: { roundId: RoundId; unitId: UnitId }): Submission | null {
  const { roundId, unitId } = ref
  return preparedOn(tx, submissionStatements).waiting.get({ roundId, unitId }) ?? null
}

/** For every card: see docs/decisions/0009. */
function submissionStatements(_raw: Database.Database, tx: Tx) {
  const waiting = tx
    .select()
    .from(submissions)
    .where(
      and(
        eq(submissions.roundId, sql.placeholder('roundId')),
        eq(submissions.unitId, sql.placeholder('unitId')),
        eq(submissions.state, 'waiting'),
      ),
    )
    .prepare()
  return { waiting }
}

const EVENT = { sent_back: 'submission-sent-back', overtaken: 'submission-overtaken' } as const

/** Ends a submission on record; its certifying is on record as the confirmation itself. */
export function endSubmission(
  tx: Tx,
  input: {
    submission: Submission
    state: Exclude<SubmissionState, 'waiting'>
    actor: Actor | null
    word: string | null
  },
  now: Instant,
): void {
  const { submission, state, actor, word } = input
  const by = { endedByPersonId: actor?.personId ?? null, endedByAppointmentId: actor?.appointmentId ?? null }
  tx.update(submissions)
    .set({ state, word, ...by, endedAt: now })
    .where(eq(submissions.id, submission.id))
    .run()
  if (state === 'certified') return
  appendEvent(tx, {
    at: now,
    type: EVENT[state],
    roundId: submission.roundId,
    unitId: submission.unitId,
    personId: actor?.personId ?? null,
    appointmentId: actor?.appointmentId ?? null,
    data: { submissionId: submission.id },
  })
}
