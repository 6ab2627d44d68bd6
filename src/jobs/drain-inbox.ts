import type Database from 'better-sqlite3'
import { and, eq, lte } from 'drizzle-orm'
import type { Logger } from 'pino'
import { type HandleDeps, handleEvent } from '../bot/handle-event.ts'
import { ANSWERS } from '../bot/words/answers.ts'
import type { Clock } from '../clock.ts'
import type { InboxId, Instant } from '../db/ids.ts'
import { type Db, type Tx, transact } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { inbox } from '../db/schema.ts'
import { queueAnswer } from '../workflow/notice.ts'
import { errorFacts } from './error-facts.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

const MAX_ATTEMPTS = 6
const BATCH = 100
/** A burst is taken in before it is worked off; a rush that does not end is worked off all the same, more slowly. */
const MOST_PRESSED_MS = 150

export type DrainInboxDeps = {
  db: Db
  clock: Clock
  log: Logger
  handleDeps: () => HandleDeps
  showLoading: (lineUserId: string) => void
  /** Whether calls of LINE's are coming in, which have to be acknowledged first. */
  isPressed?: () => boolean
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
        while (!signal.aborted && (await drainBatch(deps, signal)));
      })
    },
  }
}

/**
 * Takes the oldest event of each person whose time has come, whoever has waited longest first; returns whether anything was worked
 * off. Somebody with two hundred events waiting is one of those persons, each time round.
 */
async function drainBatch(deps: DrainInboxDeps, signal: AbortSignal): Promise<boolean> {
  const ids = transact(deps.db, (tx) =>
    preparedOn(tx, headStatements).due.all({ now: deps.clock.platformNow(), limit: BATCH }),
  )
  let worked = false
  for (const id of ids) {
    if (signal.aborted) break
    worked = handleOne(deps, id) || worked
    await giveWay(deps)
  }
  return worked
}

/** One turn of the loop at least: what LINE has sent meanwhile is stored and acknowledged. */
async function giveWay({ isPressed = () => false }: DrainInboxDeps): Promise<void> {
  const end = performance.now() + MOST_PRESSED_MS
  do await new Promise((resolve) => setImmediate(resolve))
  while (isPressed() && performance.now() < end)
}

/** `state <> 'done'` word for word, or SQLite walks through all that was ever worked off: see the index `inbox_waiting`. */
function headStatements(raw: Database.Database) {
  return {
    due: raw
      .prepare<[{ now: number; limit: number }], InboxId>(
        `SELECT head.id FROM (
           SELECT min(id) AS id FROM inbox WHERE state <> 'done' AND state = 'new' GROUP BY order_key
         ) asked CROSS JOIN inbox head ON head.id = asked.id
         WHERE head.not_before <= @now ORDER BY head.id LIMIT @limit`,
      )
      .pluck(),
  }
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
