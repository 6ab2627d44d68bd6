import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import { type HandleDeps, handleEvent } from '../bot/handle-event.ts'
import { ANSWERS } from '../bot/words/answers.ts'
import type { Clock } from '../clock.ts'
import type { InboxId, Instant } from '../db/ids.ts'
import { type Db, type Tx, transact } from '../db/open.ts'
import { inbox } from '../db/schema.ts'
import { queueAnswer } from '../workflow/notice.ts'
import { errorFacts } from './error-facts.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

const MAX_ATTEMPTS = 6
const BATCH = 100

export type DrainInboxDeps = {
  db: Db
  clock: Clock
  log: Logger
  handleDeps: () => HandleDeps
  showLoading: (lineUserId: string) => void
  /** Called after each handled event: there may be something to send or to read. */
  afterEvent: () => void
}

/**
 * Works off stored webhook events in order per person, each in one transaction with everything it causes. An event whose
 * handling throws is tried again with backoff, and its person's later events wait for it; in the end it is set aside, visibly.
 */
export function drainInboxJob(deps: DrainInboxDeps): Job {
  return {
    name: 'drain-inbox',
    everyMs: 500,
    async run(signal) {
      await withLease(deps.db, 'drain-inbox', 10_000, deps.clock.platformNow, async () => {
        while (!signal.aborted && drainBatch(deps)) await new Promise((resolve) => setImmediate(resolve))
      })
    },
  }
}

/** Takes the oldest event of each person whose time has come; returns whether anything was worked off. */
function drainBatch(deps: DrainInboxDeps): boolean {
  const now = deps.clock.platformNow()
  const first = sql`(select min(id) from inbox where state = 'new' group by order_key)`
  const rows = transact(deps.db, (tx) =>
    tx
      .select({ id: inbox.id })
      .from(inbox)
      .where(and(inArray(inbox.id, first), lte(inbox.notBefore, now)))
      .orderBy(asc(inbox.id))
      .limit(BATCH)
      .all(),
  )
  return rows.map(({ id }) => handleOne(deps, id)).includes(true)
}

function handleOne(deps: DrainInboxDeps, id: (typeof inbox.$inferSelect)['id']): boolean {
  try {
    const outcome = transact(deps.db, (tx) => {
      const row = tx
        .select()
        .from(inbox)
        .where(and(eq(inbox.id, id), eq(inbox.state, 'new'), lte(inbox.notBefore, deps.clock.platformNow())))
        .get()
      if (!row) return null
      const handled = handleEvent(tx, row, deps.handleDeps())
      tx.update(inbox).set({ state: 'done', doneAt: deps.clock.platformNow() }).where(eq(inbox.id, id)).run()
      return handled
    })
    if (outcome?.showLoading) deps.showLoading(outcome.showLoading)
    deps.afterEvent()
    return true
  } catch (error) {
    deps.log.error({ ...errorFacts(error), inboxId: id }, 'event could not be handled')
    setAside(deps, id, error)
    return false
  }
}

/** Nobody who asked is left without a word. */
function apologise(tx: Tx, input: { id: InboxId; body: unknown; now: Instant }): void {
  const { type, source } = (input.body ?? {}) as { type?: unknown; source?: { type?: unknown; userId?: unknown } }
  if ((type !== 'message' && type !== 'postback') || source?.type !== 'user' || typeof source.userId !== 'string')
    return
  const payload = JSON.stringify([{ type: 'text', text: ANSWERS.broken }])
  const answer = {
    inboxId: input.id,
    lineUserId: source.userId,
    personId: null,
    notice: { type: 'answer' },
    payload,
  } as const
  queueAnswer(tx, answer, input.now)
}

function setAside(deps: DrainInboxDeps, id: (typeof inbox.$inferSelect)['id'], error: unknown): void {
  transact(deps.db, (tx) => {
    const row = tx.select({ attempts: inbox.attempts, body: inbox.body }).from(inbox).where(eq(inbox.id, id)).get()
    const attempts = (row?.attempts ?? 0) + 1
    if (attempts >= MAX_ATTEMPTS) apologise(tx, { id, body: row?.body, now: deps.clock.now() })
    tx.update(inbox)
      .set({
        attempts,
        notBefore: deps.clock.platformNow() + 250 * 2 ** attempts,
        error: `${errorFacts(error).name} ${errorFacts(error).message}`.trim(),
        state: attempts >= MAX_ATTEMPTS ? 'dead' : 'new',
      })
      .where(eq(inbox.id, id))
      .run()
  })
}
