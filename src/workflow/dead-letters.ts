import { randomUUID } from 'node:crypto'
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Instant, OutboxId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { outbox } from '../db/schema.ts'
import { appendEvent } from './event-log.ts'
import { tellDepartment } from './message-quota.ts'

const DEAD = sql`state = 'dead'`
const HOUR_MS = 3_600_000
/** About delivery itself: of these nobody is told by another message that may die too. */
const OWN_NEWS = sql`json_extract(notice, '$.type') in ('letters-dead', 'quota-warning')`

export const deadCount = (tx: Tx): number =>
  tx
    .select({ n: sql<number>`count(*)` })
    .from(outbox)
    .where(and(DEAD, sql`not ${OWN_NEWS}`))
    .get()?.n ?? 0

/**
 * Tells the department's officers that letters died: all that died since the last such message in one, and at most one an hour.
 * Returns how many messages were queued.
 */
export function reportDead(tx: Tx, platformNow: number, now: Instant): number {
  const unreported = and(DEAD, isNull(outbox.reportedAt))
  if (!tx.select({ id: outbox.id }).from(outbox).where(unreported).limit(1).get()) return 0
  const last = tx.select({ at: sql<number | null>`max(reported_at)` }).from(outbox).where(DEAD).get()?.at ?? 0
  if (platformNow - last < HOUR_MS) return 0
  const news = tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(unreported, sql`not ${OWN_NEWS}`))
    .limit(1)
    .get()
  tx.update(outbox).set({ reportedAt: platformNow }).where(unreported).run()
  if (!news) return 0
  const key = `letters-dead:${Math.floor(platformNow / HOUR_MS)}`
  return tellDepartment(tx, { notice: { type: 'letters-dead' }, key }, now)
}

export type Letter = typeof outbox.$inferSelect
export type LetterState = Letter['state']

/** Letters in these states, the newest first. */
export function lettersIn(tx: Tx, input: { states: readonly LetterState[]; most: number }): Letter[] {
  const which = inArray(outbox.state, [...input.states])
  return tx.select().from(outbox).where(which).orderBy(desc(outbox.id)).limit(input.most).all()
}

export type LetterRefusal = {
  ok: false
  why: 'no-such-letter' | 'not-ended-badly' | 'not-open'
  id: OutboxId
  state?: LetterState
}

/**
 * Queues letters again that are dead, or whose fate is unknown: words and figures as they are by then, under a new retry key, by
 * push. What LINE took although it never answered comes twice then. All of them or none.
 */
export function retryLetters(tx: Tx, ids: readonly OutboxId[], now: Instant): { ok: true; n: number } | LetterRefusal {
  for (const id of ids) {
    const letter = letterOf(tx, id)
    if (!letter) return { ok: false, why: 'no-such-letter', id }
    if (letter.state !== 'dead' && letter.state !== 'unknown')
      return { ok: false, why: 'not-ended-badly', id, state: letter.state }
  }
  for (const id of ids) {
    const letter = letterOf(tx, id)
    if (!letter) continue
    tx.update(outbox)
      .set({
        state: 'pending',
        channel: 'push',
        // An answer has no meaning to render again: its words are all there is.
        payload: isAnswer(letter) ? letter.payload : null,
        retryKey: randomUUID(),
        attempts: 0,
        notBefore: 0,
        firstTriedAt: null,
        endedAt: null,
        error: null,
        waitsFor: null,
        batchId: null,
        reportedAt: null,
      })
      .where(eq(outbox.id, id))
      .run()
    record(tx, { type: 'letter-retried', letter }, now)
  }
  return { ok: true, n: ids.length }
}

/** Gives letters up that are dead, of unknown fate, or still waiting and not on their way: for a reason, on record. */
export function dropLetters(
  tx: Tx,
  input: { ids: readonly OutboxId[]; reason: string },
  times: { platformNow: number; now: Instant },
): { ok: true; n: number } | LetterRefusal {
  for (const id of input.ids) {
    const letter = letterOf(tx, id)
    if (!letter) return { ok: false, why: 'no-such-letter', id }
    const open = letter.state === 'pending' && letter.batchId === null
    if (!open && letter.state !== 'dead' && letter.state !== 'unknown')
      return { ok: false, why: 'not-open', id, state: letter.state }
  }
  for (const id of input.ids) {
    const letter = letterOf(tx, id)
    if (!letter) continue
    tx.update(outbox)
      .set({ state: 'dropped', endedAt: times.platformNow, error: `${DROPPED_BY_OPERATOR}${input.reason}` })
      .where(eq(outbox.id, id))
      .run()
    record(tx, { type: 'letter-dropped', letter }, times.now)
  }
  return { ok: true, n: input.ids.length }
}

/** Why a letter was not sent, in `outbox.error` of a dropped one; without any it had become pointless. */
export const NOBODY_WAITS = 'nobody-waits'
export const DROPPED_BY_OPERATOR = 'operator: '

const letterOf = (tx: Tx, id: OutboxId): Letter | undefined => tx.select().from(outbox).where(eq(outbox.id, id)).get()

export const isAnswer = (letter: Pick<Letter, 'notice'>): boolean =>
  (letter.notice as { type?: unknown } | null)?.type === 'answer'

function record(tx: Tx, input: { type: 'letter-retried' | 'letter-dropped'; letter: Letter }, now: Instant): void {
  const { type, letter } = input
  appendEvent(tx, { at: now, type, data: { by: 'operator', letter: letter.id, ofPerson: letter.personId } })
}
