import { desc, eq } from 'drizzle-orm'
import type { Instant } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { people, reopeningRequests, reopeningSteps } from '../db/schema.ts'
import type { Actor } from './actor.ts'
import { appendEvent, type EventType } from './event-log.ts'
import type { Refusal } from './rules/refusal.ts'

export type ReopeningRequest = typeof reopeningRequests.$inferSelect
export type ReopeningAct = (typeof reopeningSteps.$inferSelect)['act']

const EVENT_OF: Record<ReopeningAct, EventType> = {
  asked: 'reopening-asked',
  endorsed: 'reopening-endorsed',
  carried_out: 'reopening-carried-out',
  sent_back: 'reopening-sent-back',
  withdrawn: 'reopening-withdrawn',
  lapsed: 'reopening-lapsed',
}

/** Puts one step of a request on record (R38) and returns its id. What the person typed stands in the step, never in the log. */
export function writeStep(
  tx: Tx,
  input: { request: ReopeningRequest; actor: Actor | null; act: ReopeningAct; word: string | null },
  now: Instant,
): number {
  const { request, actor } = input
  const row = tx
    .insert(reopeningSteps)
    .values({
      requestId: request.id,
      unitId: actor?.unitId ?? request.unitId,
      act: input.act,
      word: input.word,
      personId: actor?.personId ?? null,
      appointmentId: actor?.appointmentId ?? null,
      at: now,
    })
    .returning({ id: reopeningSteps.id })
    .get()
  appendEvent(tx, {
    at: now,
    type: EVENT_OF[input.act],
    roundId: request.roundId,
    unitId: request.unitId,
    personId: actor?.personId ?? null,
    appointmentId: actor?.appointmentId ?? null,
    data: { requestId: request.id, stepId: row.id, component: request.component, category: request.category },
  })
  return row.id
}

export function endRequest(
  tx: Tx,
  request: ReopeningRequest,
  state: 'carried_out' | 'sent_back' | 'withdrawn' | 'lapsed',
  now: Instant,
): void {
  tx.update(reopeningRequests)
    .set({ state, waitingAtUnitId: null, version: request.version + 1, endedAt: now })
    .where(eq(reopeningRequests.id, request.id))
    .run()
}

/** For a person who was not the first: how the request ended, by whom and when. */
export function endedRefusal(tx: Tx, request: ReopeningRequest): Refusal {
  const last = tx
    .select({ name: people.name, at: reopeningSteps.at })
    .from(reopeningSteps)
    .leftJoin(people, eq(people.id, reopeningSteps.personId))
    .where(eq(reopeningSteps.requestId, request.id))
    .orderBy(desc(reopeningSteps.id))
    .limit(1)
    .get()
  return { why: 'request-ended', state: request.state, by: last?.name ?? null, at: last?.at ?? null }
}
