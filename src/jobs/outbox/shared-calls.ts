import { randomUUID } from 'node:crypto'
import type Database from 'better-sqlite3'
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { OutboxId } from '../../db/ids.ts'
import type { Tx } from '../../db/open.ts'
import { preparedOn } from '../../db/prepared.ts'
import { outbox, outboxBatches } from '../../db/schema.ts'
import { backoffMs } from '../job-backoff.ts'
import { type OutboxRow, somethingComesFirst } from './due-rows.ts'
import type { BytesDeps } from './message-bytes.ts'
import { leaveTry, outdatedTry } from './outdated-try.ts'

export type Batch = typeof outboxBatches.$inferSelect
/** One multicast with those to whom it goes, the same at every try. */
export type SharedCall = { kind: 'multicast'; batch: Batch; to: string[] }

const MOST_RECIPIENTS = 500
const SAME_WORDS_MS = 60_000
const RETRY_KEY_LIFE_MS = 24 * 60 * 60_000 - 5 * 60_000

/** Rendered rows by their bytes: those that several share, each cut to what LINE takes at once, and those that go alone. */
export function shareBytes(
  tx: Tx,
  rendered: readonly { row: OutboxRow; payload: string }[],
): { shared: { row: OutboxRow; payload: string }[][]; alone: { row: OutboxRow; payload: string }[] } {
  const groups = new Map<string, { row: OutboxRow; payload: string }[]>()
  const alone: { row: OutboxRow; payload: string }[] = []
  for (const one of rendered) {
    if (!mayShare(tx, one.row)) alone.push(one)
    else groups.set(one.payload, [...(groups.get(one.payload) ?? []), one])
  }
  const shared: { row: OutboxRow; payload: string }[][] = []
  for (const group of groups.values()) {
    if (group.length === 1) alone.push(...group)
    else for (let at = 0; at < group.length; at += MOST_RECIPIENTS) shared.push(group.slice(at, at + MOST_RECIPIENTS))
  }
  return { shared, alone }
}

/** Multicast takes people only; whoever else is told something first goes alone, so that order holds; a tried one has a key of its own. */
const mayShare = (tx: Tx, row: OutboxRow): boolean =>
  row.payload === null && row.lineUserId.startsWith('U') && !somethingComesFirst(tx, row.id)

/** Writes down bytes, recipients and key before the call; null when nobody of them is still to be told. */
export function openBatch(
  tx: Tx,
  group: readonly { row: OutboxRow; payload: string }[],
  now: number,
): SharedCall | null {
  const [first] = group
  if (!first) return null
  const batch = preparedOn(tx, batchStatements).open.get({
    retryKey: randomUUID(),
    payload: first.payload,
    recipients: group.length,
    now,
  })
  const { join } = preparedOn(tx, batchStatements)
  const joined = group.filter(({ row }) => join.run({ id: row.id, batchId: batch.id, now }).changes === 1)
  if (joined.length === 0) {
    dissolveBatch(tx, batch, { error: 'nobody was left to tell', alone: false }, now)
    return null
  }
  const recipients = joined.length
  if (recipients < group.length)
    tx.update(outboxBatches).set({ recipients }).where(eq(outboxBatches.id, batch.id)).run()
  return { kind: 'multicast', batch: { ...batch, recipients }, to: joined.map(({ row }) => row.lineUserId) }
}

/**
 * Multicasts of unknown fate whose time has come again: the same bytes to the same people under the same key, for a day; after a
 * minute only while they are right for everyone (`outdatedTry`), since who is taken out would change the call.
 */
export function dueBatches(
  deps: BytesDeps,
  tx: Tx,
  input: { now: number; busy: ReadonlySet<number>; most: number },
): SharedCall[] {
  const { now, busy, most } = input
  if (most <= 0) return []
  return preparedOn(tx, batchStatements)
    .due.all({ now })
    .filter(({ id }) => !busy.has(id))
    .slice(0, most)
    .flatMap((batch) => {
      if (now - batch.firstTriedAt > RETRY_KEY_LIFE_MS) {
        endBatch(tx, batch, { state: 'dead', error: batch.error ?? 'LINE was not reached within 24 hours' }, now)
        return []
      }
      if (now - batch.firstTriedAt > SAME_WORDS_MS && leaveOutdated(deps, tx, batch, now)) return []
      const attempts = batch.attempts + 1
      tx.update(outboxBatches).set({ attempts }).where(eq(outboxBatches.id, batch.id)).run()
      const to = preparedOn(tx, batchStatements).recipients.all(batch.id)
      return [{ kind: 'multicast' as const, batch: { ...batch, attempts }, to }]
    })
}

/**
 * When the words are wrong for one of its people, the call is given up: who has nothing to be told is done with, everybody else
 * goes on afresh. Should LINE have taken it in spite of its silence, those get it a second time: better than not at all.
 */
function leaveOutdated(deps: BytesDeps, tx: Tx, batch: Batch, now: number): boolean {
  const rows = tx
    .select()
    .from(outbox)
    .where(and(eq(outbox.batchId, batch.id), eq(outbox.state, 'pending')))
    .all()
  const found = rows.map((row) => ({ row, why: outdatedTry(deps, tx, row) }))
  if (found.every(({ why }) => why === null)) return false
  for (const { row, why } of found) if (why) leaveTry(tx, row, why, now)
  dissolveBatch(tx, batch, { error: 'its words were not right any more for everyone', alone: false }, now)
  return true
}

/** The fate of a multicast is that of each of its rows. */
export function endBatch(
  tx: Tx,
  batch: Batch,
  fate: { state: 'accepted'; requestId: string | null } | { state: 'dead'; error: string },
  now: number,
): void {
  const lineRequestId = fate.state === 'accepted' ? fate.requestId : null
  const error = fate.state === 'dead' ? fate.error : null
  const { state } = fate
  preparedOn(tx, batchStatements).endOne.run({ id: batch.id, state, lineRequestId, error, now })
  preparedOn(tx, batchStatements).end.run({
    batchId: batch.id,
    state,
    lineRequestId,
    error,
    now,
    attempts: batch.attempts,
  })
}

/** LINE surely did not take it: its rows go on by themselves, afresh, or with these bytes alone when LINE disliked the call. */
export function dissolveBatch(tx: Tx, batch: Batch, input: { error: string; alone: boolean }, now: number): void {
  const { error, alone } = input
  preparedOn(tx, batchStatements).endOne.run({ id: batch.id, state: 'dissolved', lineRequestId: null, error, now })
  preparedOn(tx, batchStatements).leave.run({ batchId: batch.id, payload: alone ? batch.payload : null })
}

export function retryBatch(tx: Tx, batch: Batch, input: { error: string; counts: boolean }, now: number): void {
  const { error, counts } = input
  const attempts = counts ? batch.attempts : batch.attempts - 1
  const notBefore = now + backoffMs(attempts, { firstMs: 300, mostMs: 300_000 })
  tx.update(outboxBatches).set({ attempts, notBefore, error }).where(eq(outboxBatches.id, batch.id)).run()
}

/** For every recipient: see docs/decisions/0009. */
function batchStatements(raw: Database.Database, tx: Tx) {
  const due = and(sql`state = 'pending'`, lte(outboxBatches.notBefore, sql.placeholder('now')))
  return {
    due: tx.select().from(outboxBatches).where(due).orderBy(asc(outboxBatches.id)).prepare(),
    open: tx
      .insert(outboxBatches)
      .values({
        retryKey: sql.placeholder('retryKey'),
        payload: sql.placeholder('payload'),
        recipients: sql.placeholder('recipients'),
        attempts: 1,
        createdAt: sql.placeholder('now'),
        firstTriedAt: sql.placeholder('now'),
      })
      .returning()
      .prepare(),
    endOne: raw.prepare<
      [{ id: number; state: Batch['state']; lineRequestId: string | null; error: string | null; now: number }]
    >(
      `update outbox_batches set state = @state, line_request_id = @lineRequestId, error = @error, ended_at = @now
       where id = @id`,
    ),
    join: raw.prepare<[{ id: OutboxId; batchId: number; now: number }]>(
      `update outbox set batch_id = @batchId, attempts = 1, first_tried_at = @now
       where id = @id and state = 'pending' and batch_id is null and first_tried_at is null`,
    ),
    recipients: raw.prepare<[number], string>('select line_user_id from outbox where batch_id = ? order by id').pluck(),
    end: raw.prepare<
      [
        {
          batchId: number
          state: string
          lineRequestId: string | null
          error: string | null
          now: number
          attempts: number
        },
      ]
    >(
      `update outbox set state = @state, line_request_id = @lineRequestId, error = @error, ended_at = @now,
         attempts = @attempts
       where batch_id = @batchId and state = 'pending'`,
    ),
    leave: raw.prepare<[{ batchId: number; payload: string | null }]>(
      `update outbox set batch_id = null, payload = @payload, attempts = 0, first_tried_at = null
       where batch_id = @batchId and state = 'pending'`,
    ),
  }
}
