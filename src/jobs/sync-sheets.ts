import { and, asc, eq, inArray, isNotNull, isNull, lt, lte, or } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import type { SheetFileId } from '../db/ids.ts'
import { transact } from '../db/open.ts'
import { sheetFiles } from '../db/schema.ts'
import type { SheetDeps } from '../sheets/sheet-deps.ts'
import { syncFile } from '../sheets/sync-file.ts'
import { errorFacts } from './error-facts.ts'
import { backoffMs } from './job-backoff.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

export type SyncSheetsOptions = {
  everyMs?: number
  /** A sheet is read when it has been quiet this long: typing a row makes many changes. */
  debounceMs?: number
  /** Unchanged sheets are read anyway after this long: the change feed is prompt, not perfect. */
  sweepAfterMs?: number
  batch?: number
}

const LEASE_MS = 60_000
const AT_ONCE = 4
const AGAIN_MS = 1_000
const DAY_MS = 86_400_000

/** Reads every sheet that the change feed marked, records it and writes back what is wrong. One bad sheet stops no other. */
export function syncSheetsJob(deps: SheetDeps, options: SyncSheetsOptions = {}): Job {
  const { everyMs = 1_000, debounceMs = 1_000, sweepAfterMs = DAY_MS, batch = 50 } = options
  return {
    name: 'sync-sheets',
    everyMs,
    async run(signal) {
      await withLease(deps.db, 'sync-sheets', LEASE_MS, deps.clock.platformNow, async () => {
        const due = dueFiles(deps, { debounceMs, sweepAfterMs, batch })
        await eachOf(due, signal, (id) => syncOne(deps, id))
      })
    },
  }
}

function dueFiles(deps: SheetDeps, input: { debounceMs: number; sweepAfterMs: number; batch: number }): SheetFileId[] {
  const platformNow = deps.clock.platformNow()
  const rows = deps.db
    .select({ id: sheetFiles.id })
    .from(sheetFiles)
    .where(
      and(
        isNotNull(sheetFiles.spreadsheetId),
        inArray(sheetFiles.state, ['ok', 'header_broken', 'tab_missing', 'access_lost']),
        lte(sheetFiles.notBefore, platformNow),
        or(
          lte(sheetFiles.dirtyAt, platformNow - input.debounceMs),
          and(isNull(sheetFiles.dirtyAt), lt(sheetFiles.readAt, deps.clock.now() - input.sweepAfterMs)),
        ),
      ),
    )
    // Nulls come first in SQLite; what was marked goes before what is only swept.
    .orderBy(asc(isNull(sheetFiles.dirtyAt)), asc(sheetFiles.dirtyAt), asc(sheetFiles.readAt))
    .limit(input.batch)
    .all()
  return rows.map((row) => row.id)
}

/** Google's quota is one for all: the first who hears of it ends the pass. */
type Verdict = 'go-on' | 'stop'

async function eachOf(
  ids: readonly SheetFileId[],
  signal: AbortSignal,
  work: (id: SheetFileId) => Promise<Verdict>,
): Promise<void> {
  const left = [...ids]
  let stopped = false
  const worker = async () => {
    for (let id = left.shift(); id !== undefined && !stopped && !signal.aborted; id = left.shift()) {
      if ((await work(id)) === 'stop') stopped = true
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

async function syncOne(deps: SheetDeps, id: SheetFileId): Promise<Verdict> {
  try {
    const synced = await syncFile(deps, id)
    if (synced.outcome === 'again') postpone(deps, { id, pauseMs: AGAIN_MS })
    if (synced.outcome === 'trouble') deps.log.warn({ sheetFileId: id, words: synced.words }, 'sheet cannot be taken')
    return 'go-on'
  } catch (error) {
    const attempts = postpone(deps, { id, pauseMs: null })
    deps.log.warn({ sheetFileId: id, attempts, error: errorFacts(error) }, 'sheet not synced; tried again later')
    return error instanceof AppError && error.code === 'quota' ? 'stop' : 'go-on'
  }
}

/** Keeps the dirty mark and sets the next try; a failure (`null`) counts and waits longer each time. */
function postpone(deps: SheetDeps, input: { id: SheetFileId; pauseMs: number | null }): number {
  return transact(deps.db, (tx) => {
    const row = tx.select({ attempts: sheetFiles.attempts }).from(sheetFiles).where(eq(sheetFiles.id, input.id)).get()
    const attempts = (row?.attempts ?? 0) + (input.pauseMs === null ? 1 : 0)
    const pause = input.pauseMs ?? backoffMs(attempts - 1, { firstMs: 2_000, mostMs: 600_000 })
    const notBefore = deps.clock.platformNow() + pause
    tx.update(sheetFiles).set({ attempts, notBefore }).where(eq(sheetFiles.id, input.id)).run()
    return attempts
  })
}
