import { eq, sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { type Db, type Tx, transact } from '../db/open.ts'
import { readTogether } from '../db/read-together.ts'
import { inbox, leases, outbox, sheetFiles } from '../db/schema.ts'
import type { JobHealth } from '../jobs/runner.ts'
import { oldestOverdue } from '../workflow/delivery-health.ts'
import { messageQuota } from '../workflow/message-quota.ts'
import { activeRound } from '../workflow/rounds.ts'
import { yearsKnown } from '../workflow/rules/reminders/calendar.ts'

export type HealthDeps = {
  db: Db
  mode: 'sandbox' | 'live'
  jobs: () => JobHealth[]
  /** Domain and platform clock; both the machine's when not given. */
  clock?: { now(): number; platformNow(): number }
}

/** Beyond these something is wrong that does not mend itself: see docs/operating.md. */
const FAILURES_IN_A_ROW = 5
const INBOX_WAITS_MS = 2 * 60_000
const OUTBOX_WAITS_MS = 15 * 60_000
/** A write costs a sync to the disk: once in this time is enough. */
const TRY_WRITING_EVERY_MS = 10_000
const QUOTA_SHORT = 0.8

/**
 * GET /healthz: 200 while the database can be read and written, no job fails again and again, and nothing waits longer than it should;
 * else 503 and `problems`. What an operator should look at without anything being broken stands in `warnings`.
 */
export function healthRoute(deps: HealthDeps): Hono {
  const clock = deps.clock ?? { now: Date.now, platformNow: Date.now }
  const writes = openWriteCheck(deps.db)
  const app = new Hono()
  app.get('/healthz', (c) => {
    const { mode } = deps
    try {
      const now = clock.now()
      const platformNow = clock.platformNow()
      const { facts, waits } = readTogether(deps.db, (tx) => ({
        facts: factsOf(tx, platformNow),
        waits: waitsOf(tx, { now, platformNow }),
      }))
      const failing = deps.jobs().filter((job) => job.lastError !== null)
      const problems = [
        ...(writes.works(platformNow) ? [] : ['the database cannot be written']),
        ...failing.filter(failsForGood).map(({ name }) => `the job ${name} fails again and again`),
        ...(waits.inboxMs > INBOX_WAITS_MS ? ['events from LINE wait to be handled'] : []),
        ...(waits.outboxMs > OUTBOX_WAITS_MS ? ['messages wait to be sent'] : []),
      ]
      const body = {
        ok: problems.length === 0,
        mode,
        problems,
        warnings: warningsOf(facts),
        ...facts,
        oldestSeconds: { inbox: seconds(waits.inboxMs), outbox: seconds(waits.outboxMs) },
        failingJobs: failing.map(({ name, lastError }) => ({ name, lastError })),
      }
      return c.json(body, problems.length === 0 ? 200 : 503)
    } catch {
      return c.json({ ok: false, mode, error: 'the database does not answer' }, 503)
    }
  })
  return app
}

const failsForGood = (job: JobHealth): boolean => job.failuresInARow >= FAILURES_IN_A_ROW

const seconds = (ms: number): number => Math.round(ms / 1000)

function factsOf(tx: Tx, platformNow: number) {
  const { month, limit, used, left, exhausted } = messageQuota(tx, platformNow)
  return {
    round: activeRound(tx)?.code ?? null,
    /** Buddhist years of the round whose public holidays are not known for certain: reminders count weekends alone in them. */
    holidaysUnsure: holidaysUnsure(tx),
    inbox: countBy(
      tx
        .select({ state: inbox.state, n: sql<number>`count(*)` })
        .from(inbox)
        .where(sql`state <> 'done'`)
        .groupBy(inbox.state)
        .all(),
    ),
    outbox: countBy(
      tx
        .select({ state: outbox.state, n: sql<number>`count(*)` })
        .from(outbox)
        .where(sql`state in ('pending', 'unknown', 'dropped', 'dead', 'unreachable')`)
        .groupBy(outbox.state)
        .all(),
    ),
    /** LINE's messages of this month, in recipients. */
    quota: { month, limit, used, left, exhausted },
    sheets: countBy(
      tx.select({ state: sheetFiles.state, n: sql<number>`count(*)` }).from(sheetFiles).groupBy(sheetFiles.state).all(),
    ),
    sheetsWaiting:
      tx.select({ n: sql<number>`count(*)` }).from(sheetFiles).where(sql`dirty_at <= ${platformNow}`).get()?.n ?? 0,
    locksWaiting:
      tx.select({ n: sql<number>`count(*)` }).from(sheetFiles).where(eq(sheetFiles.locked, sql`1 - lock_wanted`)).get()
        ?.n ?? 0,
  }
}

function holidaysUnsure(tx: Tx): Record<string, 'provisional' | 'unknown'> {
  const round = activeRound(tx)
  const years = round ? yearsKnown({ from: round.recordingOpensAt, to: round.closesAt }) : []
  return Object.fromEntries(years.flatMap(({ year, how }) => (how === 'known' ? [] : [[String(year), how]])))
}

/** How long the oldest that ought to be done waits. */
function waitsOf(tx: Tx, { now, platformNow }: { now: number; platformNow: number }) {
  const oldest = tx.select({ at: sql<number | null>`min(received_at)` }).from(inbox).where(sql`state = 'new'`).get()?.at
  const queued = oldestOverdue(tx, platformNow)
  return {
    inboxMs: oldest == null ? 0 : Math.max(0, platformNow - oldest),
    outboxMs: queued === null ? 0 : Math.max(0, now - queued),
  }
}

function warningsOf(facts: ReturnType<typeof factsOf>): string[] {
  const { limit, used, exhausted } = facts.quota
  const dead = facts.outbox['dead'] ?? 0
  const share = limit === null || limit === 0 ? 0 : used / limit
  const unsure = Object.entries(facts.holidaysUnsure).map(
    ([year, how]) => `public holidays of BE ${year} are ${how}: reminders may come on one`,
  )
  return [
    ...unsure,
    ...(dead > 0 ? [`${dead} messages are dead: lec outbox --dead`] : []),
    ...(exhausted ? ["LINE's monthly quota is used up: only replies go"] : []),
    ...(!exhausted && share >= QUOTA_SHORT ? [`${Math.floor(share * 100)} % of LINE's monthly quota is used`] : []),
  ]
}

/** A full disk or a file that may only be read shows at writing; the row lies beside the leases of the jobs. */
function openWriteCheck(db: Db): { works(platformNow: number): boolean } {
  let triedAt = Number.NEGATIVE_INFINITY
  let worked = true
  return {
    works(platformNow) {
      if (Math.abs(platformNow - triedAt) < TRY_WRITING_EVERY_MS) return worked
      triedAt = platformNow
      try {
        const values = { name: 'healthz', holder: 'healthz', until: platformNow }
        transact(db, (tx) =>
          tx.insert(leases).values(values).onConflictDoUpdate({ target: leases.name, set: values }).run(),
        )
        worked = true
      } catch {
        worked = false
      }
      return worked
    },
  }
}

function countBy(rows: { state: string; n: number }[]): Record<string, number> {
  return Object.fromEntries(rows.map((row) => [row.state, row.n]))
}
