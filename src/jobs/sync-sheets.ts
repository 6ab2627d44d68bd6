import { and, asc, eq, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import type { SheetFileId } from '../db/ids.ts'
import { transact } from '../db/open.ts'
import { sheetFiles } from '../db/schema.ts'
import { notYetOurTurn } from '../sheets/metered-google.ts'
import type { SheetDeps } from '../sheets/sheet-deps.ts'
import { syncFile } from '../sheets/sync-file.ts'
import { activeRound } from '../workflow/rounds.ts'
import { errorFacts } from './error-facts.ts'
import { backoffMs } from './job-backoff.ts'
import { withLease } from './lease.ts'
import { SWEEP_SLICES, sweepPlan } from './night-sweep.ts'
import type { Job } from './runner.ts'

export type SyncSheetsOptions = {
  everyMs?: number
  /** A sheet is read when it has been quiet this long: typing a row makes many changes. */
  debounceMs?: number
  /** Somebody who types without a pause is told what is wrong after this long all the same. */
  mostDebounceMs?: number
  /** Sheets that are looked up at a time; the list is made anew often, so that a changed sheet never queues behind the sweep. */
  batch?: number
  /** How many are under way at once; the quota sets the pace, this only has to cover Google's answering time. */
  atOnce?: number
  onProgress?: (told: { done: number }) => void
}

const LEASE_MS = 60_000
const AGAIN_MS = 1_000
const REFUSED_PAUSE_MS = 10_000
const LOOK_AGAIN_MS = 2_000

/** Reads every sheet that the change feed marked, records it and writes back what is wrong. One bad sheet stops no other. */
export function syncSheetsJob(deps: SheetDeps, options: SyncSheetsOptions = {}): Job {
  return {
    name: 'sync-sheets',
    everyMs: options.everyMs ?? 1_000,
    async run(signal) {
      await withLease(deps.db, 'sync-sheets', LEASE_MS, deps.clock.platformNow, () => workOff(deps, options, signal))
    },
  }
}

/** Until nothing is due. New marks are taken up while others are under way, so that no place of the quota is left empty. */
async function workOff(deps: SheetDeps, options: SyncSheetsOptions, signal: AbortSignal): Promise<void> {
  const { atOnce = 12 } = options
  const underWay = new Map<SheetFileId, Promise<void>>()
  let queue: SheetFileId[] = []
  let listedAt = Number.NEGATIVE_INFINITY
  const refused = { byQuota: false }
  let done = 0
  for (;;) {
    const ended = signal.aborted || refused.byQuota
    const now = deps.clock.platformNow()
    if (ended) queue = []
    else if (queue.length === 0 || now - listedAt > LOOK_AGAIN_MS) {
      queue = dueFiles(deps, options).filter((id) => !underWay.has(id))
      listedAt = now
    }
    while (underWay.size < atOnce) {
      const id = queue.shift()
      if (id === undefined) break
      const work = syncOne(deps, id).then((said) => {
        if (said === 'stop') refused.byQuota = true
        underWay.delete(id)
        done += 1
        options.onProgress?.({ done })
      })
      underWay.set(id, work)
    }
    if (underWay.size === 0) return
    await Promise.race(underWay.values())
  }
}

function dueFiles(deps: SheetDeps, options: SyncSheetsOptions): SheetFileId[] {
  const { debounceMs = 1_000, mostDebounceMs = 30_000, batch = 50 } = options
  const platformNow = deps.clock.platformNow()
  const { dirtyAt, dirtySince } = sheetFiles
  return transact(deps.db, (tx) => {
    const round = activeRound(tx)
    const plan = sweepPlan(deps.clock.now())
    const lookedAt = sql`coalesce(${sheetFiles.lookedAt}, ${sheetFiles.readAt}, 0)`
    const swept = and(
      isNull(dirtyAt),
      round ? eq(sheetFiles.roundId, round.id) : sql`0`,
      or(
        lt(lookedAt, plan.overdueSince),
        and(lt(sql`${sheetFiles.id} % ${SWEEP_SLICES}`, plan.slicesOpen), lt(lookedAt, plan.since)),
      ),
    )
    return (
      tx
        .select({ id: sheetFiles.id })
        .from(sheetFiles)
        .where(
          and(
            isNotNull(sheetFiles.spreadsheetId),
            inArray(sheetFiles.state, ['ok', 'header_broken', 'tab_missing', 'access_lost', 'trashed']),
            lte(sheetFiles.notBefore, platformNow),
            or(lte(dirtyAt, platformNow - debounceMs), lte(dirtySince, platformNow - mostDebounceMs), swept),
          ),
        )
        // Nulls come first in SQLite; what was marked goes before what is only swept.
        .orderBy(asc(isNull(dirtyAt)), asc(sql`min(coalesce(${dirtySince}, ${dirtyAt}), ${dirtyAt})`), asc(lookedAt))
        .limit(batch)
        .all()
        .map((row) => row.id)
    )
  })
}

/** Google's quota is one for all: the first who hears of it ends the pass. */
type Verdict = 'go-on' | 'stop'

async function syncOne(deps: SheetDeps, id: SheetFileId): Promise<Verdict> {
  try {
    const synced = await syncFile(deps, id)
    if (synced.outcome === 'again') postpone(deps, { id, pauseMs: AGAIN_MS })
    if (synced.outcome === 'trouble') deps.log.info({ sheetFileId: id, words: synced.words }, 'sheet cannot be taken')
    return 'go-on'
  } catch (error) {
    if (notYetOurTurn(error)) return 'stop'
    if (error instanceof AppError && error.code === 'quota') {
      // Not the sheet's fault: it keeps its place, and the ledger knows how long to stay away.
      postpone(deps, { id, pauseMs: REFUSED_PAUSE_MS })
      deps.log.warn({ sheetFileId: id, error: errorFacts(error) }, 'Google refused for quota; syncing pauses')
      return 'stop'
    }
    const attempts = postpone(deps, { id, pauseMs: null })
    deps.log.warn({ sheetFileId: id, attempts, error: errorFacts(error) }, 'sheet not synced; tried again later')
    return 'go-on'
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
