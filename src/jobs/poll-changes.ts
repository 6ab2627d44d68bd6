import { eq, isNotNull } from 'drizzle-orm'
import type { drive_v3 } from 'googleapis/build/src/apis/drive/index.js'
import { type Tx, transact } from '../db/open.ts'
import { changeFeeds, sheetFiles } from '../db/schema.ts'
import { FACT_FIELDS, toFileFacts } from '../sheets/file-facts.ts'
import { googleFailureOf } from '../sheets/google-errors.ts'
import { notYetOurTurn } from '../sheets/metered-google.ts'
import { lostBy } from '../sheets/read-sheet.ts'
import type { SheetDeps } from '../sheets/sheet-deps.ts'
import { troubleWords } from '../sheets/sheet-words.ts'
import { openRunOf } from '../workflow/confirm-run.ts'
import { errorFacts } from './error-facts.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

const LEASE_MS = 60_000
const PAGE_SIZE = 1000
const FIELDS = `nextPageToken,newStartPageToken,changes(fileId,removed,changeType,file(${FACT_FIELDS}))`

/** Follows Drive's change feed: one paged call covers every sheet. What it brings is marked and the token moved in one transaction. */
export function pollChangesJob(deps: SheetDeps, options: { everyMs?: number; onDirty?: () => void } = {}): Job {
  return {
    name: 'poll-changes',
    everyMs: options.everyMs ?? 60_000,
    async run(signal) {
      await withLease(deps.db, 'poll-changes', LEASE_MS, deps.clock.platformNow, async () => {
        const marked = await followFeed(deps, signal)
        if (marked > 0) options.onDirty?.()
      })
    },
  }
}

/** Every page there is; how many sheets are to be read. */
async function followFeed(deps: SheetDeps, signal: AbortSignal): Promise<number> {
  let marked = 0
  try {
    for (let page = await nextPage(deps); page; page = page.more && !signal.aborted ? await nextPage(deps) : null) {
      marked += page.marked
    }
  } catch (error) {
    if (!notYetOurTurn(error)) throw error
  }
  return marked
}

async function nextPage(deps: SheetDeps): Promise<{ marked: number; more: boolean } | null> {
  const { db, driveId, google } = deps
  const feed = db.select().from(changeFeeds).where(eq(changeFeeds.driveId, driveId)).get()
  if (!feed) return startFeed(deps)
  try {
    const answer = await google.ask({ bucket: 'drive', what: 'ask for changed sheets' }, ({ drive }) =>
      drive.changes.list({
        pageToken: feed.pageToken,
        driveId,
        includeItemsFromAllDrives: true,
        supportsAllDrives: true,
        includeRemoved: true,
        pageSize: PAGE_SIZE,
        fields: FIELDS,
      }),
    )
    const { changes, nextPageToken, newStartPageToken } = answer.data
    const marked = transact(db, (tx) => {
      saveToken(tx, deps, nextPageToken ?? newStartPageToken ?? feed.pageToken)
      return (changes ?? []).filter((change) => markChange(tx, deps, change)).length
    })
    return { marked, more: Boolean(nextPageToken) }
  } catch (error) {
    const kind = googleFailureOf(error)?.kind
    // The drive was made anew under the same id (a reset sandbox, a restored backup of ours): begin again.
    if (kind !== 'bad-page-token' && kind !== 'not-found') throw error
    deps.log.warn(
      { error: errorFacts(error) },
      'the change feed does not know our place in it; every sheet is read again',
    )
    return startFeed(deps)
  }
}

/** From now on; whatever happened before is found by reading everything once. */
async function startFeed(deps: SheetDeps): Promise<{ marked: number; more: boolean }> {
  const answer = await deps.google.ask({ bucket: 'drive', what: 'start following changes' }, ({ drive }) =>
    drive.changes.getStartPageToken({ driveId: deps.driveId, supportsAllDrives: true }),
  )
  const token = answer.data.startPageToken
  if (!token) throw new Error('Drive gave no start page token')
  return transact(deps.db, (tx) => {
    saveToken(tx, deps, token)
    const dirtyAt = deps.clock.platformNow()
    const marked = tx
      .update(sheetFiles)
      .set({ dirtyAt, dirtySince: dirtyAt, notBefore: 0 })
      .where(isNotNull(sheetFiles.spreadsheetId))
      .run().changes
    return { marked, more: false }
  })
}

function saveToken(tx: Tx, deps: SheetDeps, pageToken: string): void {
  const values = { driveId: deps.driveId, pageToken, polledAt: deps.clock.platformNow() }
  tx.insert(changeFeeds).values(values).onConflictDoUpdate({ target: changeFeeds.driveId, set: values }).run()
}

/** True when the sheet is to be read. `removed` means deleted or access lost: never that its pupils are gone. */
function markChange(tx: Tx, deps: SheetDeps, change: drive_v3.Schema$Change): boolean {
  if (!change.fileId) return false
  const file = tx.select().from(sheetFiles).where(eq(sheetFiles.spreadsheetId, change.fileId)).get()
  if (!file || file.state === 'creating') return false
  const set = (values: Partial<typeof sheetFiles.$inferInsert>) =>
    tx.update(sheetFiles).set(values).where(eq(sheetFiles.id, file.id)).run()
  if (change.removed || !change.file) {
    set({ state: 'access_lost', stateReason: troubleWords['access-lost'], dirtyAt: null, dirtySince: null })
    return false
  }
  const facts = toFileFacts(deps, change.file)
  const lost = lostBy(facts)
  if (lost) {
    set({ state: lost.state, stateReason: lost.words, dirtyAt: null, dirtySince: null })
    return false
  }
  const back = file.state === 'trashed' || file.state === 'access_lost'
  // While a confirmation runs, the lock is in its hands; what the feed says may be older.
  const locked = openRunOf(tx, file.unitId) ? file.locked : facts.locked
  // An echo of our own write-back. What people did before it was in that write's own answer (`changedMeanwhile`); what
  // they do after it makes them the last editor again.
  if (facts.byUs && !back) {
    set({ driveVersion: facts.version, locked })
    return false
  }
  const now = deps.clock.platformNow()
  set({
    ...(facts.edit ?? {}),
    ...(back ? { state: 'ok', stateReason: null } : {}),
    driveVersion: facts.version,
    // Another mark than the one that a read which is under way is going to clear.
    dirtyAt: file.dirtyAt === now ? now + 1 : now,
    dirtySince: file.dirtySince ?? now,
    notBefore: 0,
    locked,
  })
  return true
}
