import { eq, sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { type Db, transact } from '../db/open.ts'
import { inbox, outbox, sheetFiles } from '../db/schema.ts'
import type { JobHealth } from '../jobs/runner.ts'
import { activeRound } from '../workflow/rounds.ts'

export type HealthDeps = { db: Db; mode: 'sandbox' | 'live'; jobs: () => JobHealth[] }

/** GET /healthz: 200 while the database answers and no job fails for good; counts what waits and what died. */
export function healthRoute(deps: HealthDeps): Hono {
  const app = new Hono()
  app.get('/healthz', (c) => {
    try {
      const facts = transact(deps.db, (tx) => ({
        round: activeRound(tx)?.code ?? null,
        inbox: countBy(
          tx
            .select({ state: inbox.state, n: sql<number>`count(*)` })
            .from(inbox)
            .where(sql`state != 'done'`)
            .groupBy(inbox.state)
            .all(),
        ),
        outbox: countBy(
          tx
            .select({ state: outbox.state, n: sql<number>`count(*)` })
            .from(outbox)
            .where(sql`state != 'accepted'`)
            .groupBy(outbox.state)
            .all(),
        ),
        sheets: countBy(
          tx
            .select({ state: sheetFiles.state, n: sql<number>`count(*)` })
            .from(sheetFiles)
            .groupBy(sheetFiles.state)
            .all(),
        ),
        sheetsWaiting:
          tx.select({ n: sql<number>`count(*)` }).from(sheetFiles).where(sql`dirty_at <= ${Date.now()}`).get()?.n ?? 0,
        locksWaiting:
          tx
            .select({ n: sql<number>`count(*)` })
            .from(sheetFiles)
            .where(eq(sheetFiles.locked, sql`1 - lock_wanted`))
            .get()?.n ?? 0,
      }))
      const failing = deps.jobs().filter((job) => job.lastError !== null)
      return c.json({
        ok: true,
        mode: deps.mode,
        ...facts,
        failingJobs: failing.map(({ name, lastError }) => ({ name, lastError })),
      })
    } catch {
      return c.json({ ok: false, mode: deps.mode, error: 'the database does not answer' }, 503)
    }
  })
  return app
}

function countBy(rows: { state: string; n: number }[]): Record<string, number> {
  return Object.fromEntries(rows.map((row) => [row.state, row.n]))
}
