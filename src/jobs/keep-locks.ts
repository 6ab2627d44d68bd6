import { and, asc, eq, inArray, isNotNull, ne, or, sql } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import type { Instant, SheetFileId } from '../db/ids.ts'
import { type Tx, transact } from '../db/open.ts'
import { confirmRuns, sheetFiles } from '../db/schema.ts'
import { getFileFacts } from '../sheets/file-facts.ts'
import { setFileLock } from '../sheets/lock-file.ts'
import type { SheetDeps, SheetFile } from '../sheets/sheet-deps.ts'
import { type DriftRef, standingDriftOf } from '../workflow/drift.ts'
import { roundById, windowOf } from '../workflow/rounds.ts'
import { mayStayLifted } from '../workflow/rules/sheet-lock.ts'
import { errorFacts } from './error-facts.ts'
import { backoffMs } from './job-backoff.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

const LEASE_MS = 60_000
/** Files turned in one pass, a second at least: at the close of a nation Drive's budget is left to those who confirm. */
const PER_PASS = 30
const AT_ONCE = 5
const LOOKED_AT = 300
/** A mark further ahead is the second look after our own write, not an edit that waits to be read. */
const SOON_MS = 10_000

type Pauses = Map<SheetFileId, { attempts: number; until: number }>

/**
 * Brings every file's lock to where the chain wants it: shut while confirmed or closed, open after reopening or extension. What
 * is left to do stands in the database alone, so that it is resumed wherever it was cut.
 */
export function keepLocksJob(deps: SheetDeps, options: { everyMs?: number; perPass?: number } = {}): Job {
  const pauses: Pauses = new Map()
  return {
    name: 'keep-locks',
    everyMs: options.everyMs ?? 1_000,
    async run(signal) {
      await withLease(deps.db, 'keep-locks', LEASE_MS, deps.clock.platformNow, async () => {
        const left = filesToTurn(deps, { pauses, most: options.perPass ?? PER_PASS })
        const worker = async () => {
          for (let file = left.shift(); file && !signal.aborted; file = left.shift()) {
            // Google's quota is one for all: the first who hears of it ends the pass.
            if ((await tryTurn(deps, { file, pauses })) === 'no-quota') left.length = 0
          }
        }
        await Promise.all(Array.from({ length: AT_ONCE }, worker))
      })
    },
  }
}

async function tryTurn(
  deps: SheetDeps,
  input: { file: SheetFile; pauses: Pauses },
): Promise<'turned' | 'later' | 'no-quota'> {
  const { file, pauses } = input
  try {
    await turnLock(deps, file)
    pauses.delete(file.id)
    return 'turned'
  } catch (error) {
    if (error instanceof AppError && error.code === 'quota') return 'no-quota'
    const attempts = pauses.get(file.id)?.attempts ?? 0
    const until = deps.clock.platformNow() + backoffMs(attempts, { firstMs: 2_000, mostMs: 300_000 })
    pauses.set(file.id, { attempts: attempts + 1, until })
    deps.log.warn(
      { sheetFileId: file.id, wanted: file.lockWanted, error: errorFacts(error) },
      'lock not turned; tried again later',
    )
    return 'later'
  }
}

/** Opening goes first: somebody waits to type. Then what the chain confirmed, then what the clock closed. */
function filesToTurn(deps: SheetDeps, input: { pauses: Pauses; most: number }): SheetFile[] {
  const platformNow = deps.clock.platformNow()
  const paused = [...input.pauses].filter(([, { until }]) => until > platformNow).map(([id]) => id)
  return transact(deps.db, (tx) =>
    tx
      .select()
      .from(sheetFiles)
      .where(
        and(
          isNotNull(sheetFiles.spreadsheetId),
          inArray(sheetFiles.state, ['ok', 'header_broken', 'tab_missing']),
          or(ne(sheetFiles.locked, sheetFiles.lockWanted), saysTheWrongThing),
          // A confirmation that runs turns the lock itself.
          sql`not exists (select 1 from ${confirmRuns} where ${confirmRuns.unitId} = ${sheetFiles.unitId} and ${confirmRuns.step} <> 'done')`,
        ),
      )
      .orderBy(asc(sheetFiles.lockWanted), sql`${sheetFiles.lockWantedFor} = 'closed'`, asc(sheetFiles.id))
      .limit(LOOKED_AT + paused.length)
      .all()
      .filter((file) => !paused.includes(file.id) && !staysLifted(tx, deps, file))
      .slice(0, input.most),
  )
}

/** Locked, and rightly, but the file tells people the reason of another time. */
const saysTheWrongThing = and(
  eq(sheetFiles.locked, true),
  eq(sheetFiles.lockWanted, true),
  ne(sheetFiles.lockedFor, sheetFiles.lockWantedFor),
)

function staysLifted(tx: Tx, deps: SheetDeps, file: SheetFile): boolean {
  const confirmed = file.lockWantedFor === 'confirmed'
  if (!confirmed || file.locked) return false
  const now = deps.clock.now()
  const ref = componentOf(file)
  const closed = isClosed(tx, { file, now })
  const unread = file.state !== 'ok' || (file.dirtyAt !== null && file.dirtyAt <= deps.clock.platformNow() + SOON_MS)
  return mayStayLifted({ confirmed, closed, unread, drifted: standingDriftOf(tx, ref) !== null })
}

function componentOf(file: SheetFile): DriftRef {
  const { roundId, unitId, kind } = file
  return { roundId, unitId, component: kind === 'roster' ? 'roster' : 'other_counts' }
}

function isClosed(tx: Tx, { file, now }: { file: SheetFile; now: Instant }): boolean {
  return now >= windowOf(tx, { round: roundById(tx, file.roundId), ...componentOf(file) }, now).closesAt
}

async function turnLock(deps: SheetDeps, file: SheetFile): Promise<void> {
  if (!file.spreadsheetId) return
  const locked = file.lockWanted
  const lockedFor = locked ? (file.lockWantedFor ?? 'confirmed') : null
  const unread = locked && !file.locked && (await isUnread(deps, file, file.spreadsheetId))
  if (unread && file.lockWantedFor === 'confirmed' && leftLifted(deps, file)) return
  await setFileLock(deps.google, { spreadsheetId: file.spreadsheetId, locked, urgent: false, lockedFor })
  transact(deps.db, (tx) =>
    tx
      .update(sheetFiles)
      // What could not be written into the locked sheet is written now.
      .set({ locked, lockedFor, ...(locked && !unread ? {} : { dirtyAt: deps.clock.platformNow() }) })
      .where(eq(sheetFiles.id, file.id))
      .run(),
  )
}

/** Before the close a confirmed sheet that was lifted and edited is read first: whoever edited it may put it back. */
function leftLifted(deps: SheetDeps, file: SheetFile): boolean {
  return transact(deps.db, (tx) => {
    if (isClosed(tx, { file, now: deps.clock.now() })) return false
    tx.update(sheetFiles).set({ dirtyAt: deps.clock.platformNow() }).where(eq(sheetFiles.id, file.id)).run()
    return true
  })
}

/**
 * Whether a person typed something that was not read yet. Asked before the lock: should Google count the lock as an edit of ours,
 * the change feed would take that last edit for an echo of it.
 */
async function isUnread(deps: SheetDeps, file: SheetFile, spreadsheetId: string): Promise<boolean> {
  const { edit } = await getFileFacts(deps, { spreadsheetId, urgent: false })
  const since = Math.max(file.readAt ?? 0, file.editedAt ?? 0)
  return edit !== null && edit.editedAt > since
}
