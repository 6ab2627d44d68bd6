import { and, asc, eq, inArray, lte, or, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { HandleDeps } from '../bot/handle-event.ts'
import type { LineClient, SendResult } from '../bot/line-client.ts'
import { renderNotice } from '../bot/render-notice.ts'
import type { Clock } from '../clock.ts'
import type { OutboxId } from '../db/ids.ts'
import { type Db, transact } from '../db/open.ts'
import { outbox } from '../db/schema.ts'
import type { Notice } from '../workflow/notice.ts'
import { errorFacts } from './error-facts.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

type Row = typeof outbox.$inferSelect
type Messages = Parameters<LineClient['push']>[0]['messages']

const PARALLEL = 8
const RETRY_KEY_LIFE_MS = 24 * 60 * 60 * 1000

export type SendOutboxDeps = { db: Db; clock: Clock; log: Logger; line: LineClient; handleDeps: () => HandleDeps }

/**
 * Sends what is queued: in order per person, urgent persons first, a reply by its token, everything else by push with the
 * retry key that the row has had since it was queued and the bytes of the first try.
 */
export function sendOutboxJob(deps: SendOutboxDeps): Job {
  return {
    name: 'send-outbox',
    everyMs: 500,
    async run(signal) {
      await withLease(deps.db, 'send-outbox', 15_000, deps.clock.platformNow, async () => {
        while (!signal.aborted) {
          const rows = nextPerPerson(deps)
          if (rows.length === 0) return
          await Promise.all(rows.map((row) => sendOne(deps, row)))
        }
      })
    },
  }
}

/**
 * The oldest pending row of each person, when its time has come: a person's later messages wait for it. Only an answer that
 * can still go by its reply token, free of quota, goes past a push that has to wait.
 */
function nextPerPerson(deps: SendOutboxDeps): Row[] {
  const now = deps.clock.platformNow()
  return transact(deps.db, (tx) => {
    const pending = eq(outbox.state, 'pending')
    const first = sql`(select min(id) from outbox where state = 'pending' group by line_user_id)`
    const firstReply = sql`(select min(id) from outbox where state = 'pending' and channel = 'reply' group by line_user_id)`
    const due = tx
      .select({ id: outbox.id, lineUserId: outbox.lineUserId })
      .from(outbox)
      .where(and(pending, lte(outbox.notBefore, now), or(inArray(outbox.id, first), inArray(outbox.id, firstReply))))
      .orderBy(asc(outbox.urgency), asc(outbox.id))
      .limit(PARALLEL * 2)
      .all()
    const oldest = new Map<string, OutboxId>()
    for (const { id, lineUserId } of due) oldest.set(lineUserId, Math.min(id, oldest.get(lineUserId) ?? id) as OutboxId)
    const ids = [...oldest.values()].slice(0, PARALLEL)
    if (ids.length === 0) return []
    return tx.select().from(outbox).where(inArray(outbox.id, ids)).all()
  })
}

async function sendOne(deps: SendOutboxDeps, row: Row): Promise<void> {
  const prepared = prepare(deps, row)
  if (!prepared) return
  const messages = JSON.parse(prepared.payload ?? '[]') as Messages
  const result =
    prepared.channel === 'reply' && prepared.replyToken
      ? await deps.line.reply({ replyToken: prepared.replyToken, messages })
      : await deps.line.push({ to: prepared.lineUserId, messages, retryKey: prepared.retryKey })
  settle(deps, prepared, result)
}

/** Renders at the first sending, keeps the bytes, and notes the try before it is made: after a crash its fate counts as unknown. */
function prepare(deps: SendOutboxDeps, row: Row): Row | null {
  const now = deps.clock.platformNow()
  try {
    return transact(deps.db, (tx) => {
      const payload = row.payload ?? render()
      function render(): string | null {
        const messages = renderNotice(tx, row.notice as Notice, {
          personId: row.personId,
          lineUserId: row.lineUserId,
          deps: deps.handleDeps(),
        })
        return messages ? JSON.stringify(messages) : null
      }
      if (payload === null) {
        tx.update(outbox).set({ state: 'dropped', endedAt: now }).where(eq(outbox.id, row.id)).run()
        return null
      }
      const tokenTooOld = row.channel === 'reply' && row.attempts === 0 && now > (row.replyTokenUntil ?? 0)
      const change = {
        payload,
        channel: tokenTooOld ? ('push' as const) : row.channel,
        attempts: row.attempts + 1,
        firstTriedAt: row.firstTriedAt ?? now,
      }
      tx.update(outbox).set(change).where(eq(outbox.id, row.id)).run()
      return { ...row, ...change }
    })
  } catch (error) {
    deps.log.error({ ...errorFacts(error), outboxId: row.id }, 'notice could not be put into words')
    const attempts = row.attempts + 1
    end(
      deps,
      row,
      attempts >= 5
        ? { state: 'dead', error: 'rendering failed' }
        : { attempts, notBefore: now + 1000 * 2 ** attempts },
    )
    return null
  }
}

function settle(deps: SendOutboxDeps, row: Row, result: SendResult): void {
  if (result.kind === 'refused') {
    deps.log.error({ outboxId: row.id, status: result.status, words: result.words }, 'LINE refused a message')
  }
  if (result.kind === 'monthly-limit') deps.log.error({ outboxId: row.id }, "LINE's monthly message quota is used up")
  end(deps, row, changeAfter(result, row, deps.clock.platformNow()))
}

/** What a sending's outcome makes of the row. The three kinds of 429 wait for different things (line.md, Sending). */
function changeAfter(result: SendResult, row: Row, now: number): Partial<Row> {
  switch (result.kind) {
    case 'accepted':
      return { state: 'accepted', lineRequestId: result.requestId }
    case 'invalid-reply-token':
      // Used up or too old. On the first try nothing was sent: push. After a try of unknown fate it probably landed.
      if (row.attempts === 1) return { channel: 'push', attempts: 0 }
      return { state: 'unknown', error: 'the reply was tried before and its token is spent' }
    case 'refused':
      return { state: 'dead', error: `${result.status} ${result.words}` }
    case 'rate-limited':
      return { notBefore: now + jitter(1000), ...undoTry(row), error: result.words }
    case 'too-many-to-one':
      return { notBefore: now + jitter(60_000), ...undoTry(row), error: result.words }
    case 'monthly-limit':
      return { notBefore: now + jitter(3_600_000), ...undoTry(row), error: result.words }
    case 'unreachable': {
      if (now - (row.firstTriedAt ?? now) > RETRY_KEY_LIFE_MS) return { state: 'dead', error: result.words }
      const cap = row.channel === 'reply' ? 4000 : 300_000
      return { notBefore: now + jitter(Math.min(cap, 300 * 2 ** row.attempts)), error: result.words }
    }
  }
}

/** A refusal for quota's sake is certain: the try left nothing behind, a reply token is still good. */
const undoTry = (row: Row): Partial<Row> =>
  row.attempts > 1 ? { attempts: row.attempts - 1 } : { attempts: 0, firstTriedAt: null }

const jitter = (ms: number): number => Math.round(ms * (0.75 + Math.random() * 0.5))

function end(deps: SendOutboxDeps, row: Row, change: Partial<Row>): void {
  const endedAt = change.state ? deps.clock.platformNow() : null
  transact(deps.db, (tx) =>
    tx
      .update(outbox)
      .set({ ...change, endedAt })
      .where(and(eq(outbox.id, row.id), eq(outbox.state, 'pending')))
      .run(),
  )
}
