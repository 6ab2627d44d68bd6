import { setTimeout as wait } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import type { RunId } from '../db/ids.ts'
import { transact } from '../db/open.ts'
import { sheetFiles } from '../db/schema.ts'
import { getFileFacts } from '../sheets/file-facts.ts'
import { setFileLock } from '../sheets/lock-file.ts'
import { lostBy, readSheet, type SheetTrouble, troubleOf } from '../sheets/read-sheet.ts'
import { recordRead, recordTrouble } from '../sheets/record-read.ts'
import type { SheetDeps, SheetFile } from '../sheets/sheet-deps.ts'
import { troubleWords } from '../sheets/sheet-words.ts'
import {
  advanceRun,
  commitRun,
  completeShow,
  deferRun,
  failRun,
  finishUnlock,
  openRuns,
  type Run,
  runById,
} from '../workflow/confirm-run.ts'
import { lockOf } from '../workflow/sheet-lock.ts'
import { errorFacts } from './error-facts.ts'
import { backoffMs } from './job-backoff.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

export type RunConfirmationsOptions = {
  everyMs?: number
  /** First pause after a failure; doubles. */
  firstPauseMs?: number
  /** A person is told after this many failures of one step; with the default pauses about a minute. */
  mostAttempts?: number
  /** Something was queued for people: wakes the sender. */
  onAnswer?: () => void
}

const LEASE_MS = 60_000
const AT_ONCE = 5
const LOOK_AGAIN_MS = 200

/**
 * Carries out what people asked for in chat, on the sheet as it is at that moment. Every step is written down before the next
 * begins and may be repeated, so that a process killed anywhere is resumed by the next one.
 */
export function runConfirmationsJob(deps: SheetDeps, options: RunConfirmationsOptions = {}): Job {
  return {
    name: 'run-confirmations',
    everyMs: options.everyMs ?? 500,
    async run(signal) {
      await withLease(deps.db, 'run-confirmations', LEASE_MS, deps.clock.platformNow, () =>
        workOff(deps, options, signal),
      )
    },
  }
}

/** Several at once, and new ones while others still wait for Google: one slow sheet keeps nobody else waiting. */
async function workOff(deps: SheetDeps, options: RunConfirmationsOptions, signal: AbortSignal): Promise<void> {
  const inFlight = new Map<RunId, Promise<void>>()
  for (;;) {
    const due = signal.aborted ? [] : transact(deps.db, (tx) => openRuns(tx, deps.clock.platformNow()))
    for (const run of due) {
      if (inFlight.has(run.id) || inFlight.size >= AT_ONCE) continue
      inFlight.set(
        run.id,
        carryOut(deps, options, run.id).finally(() => inFlight.delete(run.id)),
      )
    }
    if (inFlight.size === 0) return
    await Promise.race([...inFlight.values(), wait(LOOK_AGAIN_MS)])
  }
}

async function carryOut(deps: SheetDeps, options: RunConfirmationsOptions, runId: RunId): Promise<void> {
  for (;;) {
    const run = transact(deps.db, (tx) => runById(tx, runId))
    if (run.step === 'done') break
    try {
      const next = await takeStep(deps, run)
      if (next === 'again') continue
    } catch (error) {
      if (!afterFailure(deps, options, { run, error })) return
    }
  }
  options.onAnswer?.()
}

/** One step; what it changes in the database says which comes next. */
async function takeStep(deps: SheetDeps, run: Run): Promise<'next' | 'again'> {
  const file = fileOf(deps, run)
  if (!file?.spreadsheetId || file.state === 'creating') {
    if (run.step === 'unlock') return handOver(deps, { run, file })
    return fail(deps, run, { why: 'sheet-missing', state: 'creating', words: troubleWords.unreadable })
  }
  switch (run.step) {
    case 'read':
      return readAndShow(deps, { run, file })
    case 'lock':
      await turn(deps, { file, spreadsheetId: file.spreadsheetId, locked: true })
      transact(deps.db, (tx) => advanceRun(tx, run.id, 'verify'))
      return 'next'
    case 'verify':
    case 'commit':
      return verifyAndCommit(deps, { run, file, spreadsheetId: file.spreadsheetId })
    case 'unlock': {
      // The window may have closed meanwhile: then the sheet stays shut, and says so.
      const lockedFor = transact(deps.db, (tx) => lockOf(tx, run, deps.clock.now()))
      await turn(deps, { file, spreadsheetId: file.spreadsheetId, locked: lockedFor !== null, lockedFor })
      transact(deps.db, (tx) => finishUnlock(tx, run.id, deps.clock.now()))
      return 'next'
    }
    case 'done':
      return 'next'
  }
}

type Work = { run: Run; file: SheetFile }

async function readAndShow(deps: SheetDeps, { run, file }: Work): Promise<'next' | 'again'> {
  const fresh = await readFresh(deps, file)
  if (!fresh.ok) return fail(deps, run, fresh.trouble, file)
  return transact(deps.db, (tx) => {
    const now = deps.clock.now()
    if (recordRead(tx, { file, ...fresh }, now) === 'raced') return 'again'
    // The report in the sheet is written by the sync: the person waits for the chat.
    if (file.contentHash !== fresh.judged.contentHash) {
      tx.update(sheetFiles).set({ dirtyAt: deps.clock.platformNow() }).where(eq(sheetFiles.id, file.id)).run()
    }
    completeShow(tx, run.id, { contentHash: fresh.judged.contentHash }, now)
    return 'next'
  })
}

async function verifyAndCommit(
  deps: SheetDeps,
  { run, file, spreadsheetId }: Work & { spreadsheetId: string },
): Promise<'next' | 'again'> {
  const fresh = await readLocked(deps, { ...file, spreadsheetId })
  if (!fresh.ok) return fail(deps, run, fresh.trouble, file)
  return transact(deps.db, (tx) => {
    const now = deps.clock.now()
    if (recordRead(tx, { file, ...fresh }, now) === 'raced') return 'again'
    commitRun(tx, run.id, { contentHash: fresh.judged.contentHash }, now)
    return 'next'
  })
}

const MOST_LIFTED = 3

/** A read of the locked sheet. Somebody with rights may lift the lock meanwhile: what was read then is not held still. */
async function readLocked(deps: SheetDeps, file: SheetFile & { spreadsheetId: string }) {
  for (let lifted = 0; lifted < MOST_LIFTED; lifted += 1) {
    const fresh = await readFresh(deps, file)
    if (!fresh.ok || fresh.facts.locked) return fresh
    await turn(deps, { file, spreadsheetId: file.spreadsheetId, locked: true })
  }
  throw new AppError('The lock of a sheet is lifted again and again', { code: 'unreachable', retry: true })
}

/** The sheet and Drive's word on it, asked at once; never from an old read. */
async function readFresh(deps: SheetDeps, file: SheetFile) {
  const readAt = deps.clock.now()
  const spreadsheetId = file.spreadsheetId ?? ''
  try {
    const [read, facts] = await Promise.all([
      readSheet(deps, file, { urgent: true }),
      getFileFacts(deps, { spreadsheetId, urgent: true }),
    ])
    const lost = lostBy(facts)
    if (lost) return { ok: false as const, trouble: lost }
    if (!read.ok) return { ok: false as const, trouble: read.trouble }
    return { ok: true as const, judged: read.judged, facts, readAt }
  } catch (error) {
    const trouble = troubleOf(error)
    if (!trouble) throw error
    return { ok: false as const, trouble }
  }
}

/** Ends a run whose sheet cannot be taken; a locked one goes on to be unlocked. */
function fail(deps: SheetDeps, run: Run, trouble: SheetTrouble, file?: SheetFile): 'next' {
  transact(deps.db, (tx) => {
    if (file) recordTrouble(tx, { file, trouble })
    failRun(tx, run.id, { why: trouble.why, words: trouble.words }, deps.clock.now())
  })
  return 'next'
}

async function turn(
  deps: SheetDeps,
  input: { file: SheetFile; spreadsheetId: string; locked: boolean; lockedFor?: SheetFile['lockedFor'] },
): Promise<void> {
  const { file, spreadsheetId, locked } = input
  const lockedFor = locked ? (input.lockedFor ?? 'confirmed') : null
  await setFileLock(deps.google, { spreadsheetId, locked, urgent: true, lockedFor })
  transact(deps.db, (tx) =>
    tx
      .update(sheetFiles)
      // What was found in the locked sheet is written into it once it is open.
      .set({ locked, lockedFor, ...(locked ? {} : { dirtyAt: deps.clock.platformNow() }) })
      .where(eq(sheetFiles.id, file.id))
      .run(),
  )
}

/**
 * The sheet could not be opened again for now: the person is told why the confirmation was refused, and the job that keeps
 * the locks opens the sheet as soon as Google lets it.
 */
function handOver(deps: SheetDeps, { run, file }: { run: Run; file: SheetFile | null }): 'next' {
  transact(deps.db, (tx) => {
    finishUnlock(tx, run.id, deps.clock.now())
    if (file?.spreadsheetId)
      tx.update(sheetFiles).set({ locked: true, lockedFor: 'confirmed' }).where(eq(sheetFiles.id, file.id)).run()
  })
  return 'next'
}

/** True when the run goes on at once; false when it waits for its next try. */
function afterFailure(
  deps: SheetDeps,
  options: RunConfirmationsOptions,
  failed: { run: Run; error: unknown },
): boolean {
  const { run, error } = failed
  const { firstPauseMs = 1_000, mostAttempts = 7 } = options
  deps.log.warn(
    { runId: run.id, step: run.step, attempts: run.attempts, error: errorFacts(error) },
    'confirmation step failed',
  )
  const trouble = givenUp({ run, error, mostAttempts })
  if (trouble && run.step === 'unlock') {
    handOver(deps, { run, file: fileOf(deps, run) })
    return true
  }
  return transact(deps.db, (tx) => {
    if (trouble) {
      const file = trouble.state === 'ok' ? null : fileOf(deps, run)
      if (file) recordTrouble(tx, { file, trouble })
      failRun(tx, run.id, { why: trouble.why, words: trouble.words }, deps.clock.now())
      return true
    }
    const notBefore = deps.clock.platformNow() + backoffMs(run.attempts, { firstMs: firstPauseMs, mostMs: 60_000 })
    deferRun(tx, run.id, { notBefore, error: errorFacts(error).message })
    return false
  })
}

function givenUp(input: { run: Run; error: unknown; mostAttempts: number }): SheetTrouble | null {
  const trouble = troubleOf(input.error)
  if (trouble) return trouble
  if (input.run.attempts + 1 < input.mostAttempts) return null
  return { why: 'sheet-unreadable', state: 'ok', words: troubleWords.unreadable }
}

function fileOf(deps: SheetDeps, run: Run): SheetFile | null {
  const kind = run.component === 'roster' ? 'roster' : 'counts'
  return (
    deps.db
      .select()
      .from(sheetFiles)
      .where(and(eq(sheetFiles.roundId, run.roundId), eq(sheetFiles.unitId, run.unitId), eq(sheetFiles.kind, kind)))
      .get() ?? null
  )
}
