import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import { transact } from '../db/open.ts'
import { sheetFiles } from '../db/schema.ts'
import { getFileFacts } from './file-facts.ts'
import { googleFailureOf } from './google-errors.ts'
import { currentFile, readSheet, troubleOf } from './read-sheet.ts'
import { recordRead, recordTrouble } from './record-read.ts'
import type { SheetDeps, SheetFile } from './sheet-deps.ts'
import { type ReportWritten, writeReport } from './write-report.ts'

export type Synced =
  | { outcome: 'recorded'; report: ReportWritten['written'] }
  | { outcome: 'trouble'; words: string }
  /** Read again soon: somebody else recorded meanwhile, or rows moved while we wrote. */
  | { outcome: 'again' }

/**
 * Reads a changed sheet, records it whole in one transaction, then tells people in the sheet what is wrong. The dirty mark is
 * cleared only after both, and only when no newer one was set meanwhile: a kill anywhere repeats the whole.
 */
export async function syncFile(deps: SheetDeps, id: SheetFile['id']): Promise<Synced> {
  const file = currentFile(deps, id)
  if (!file?.spreadsheetId) return { outcome: 'again' }
  const readAt = deps.clock.now()
  const read = await readSheet(deps, file, { urgent: false })
  await turnOfTheLoop()
  const recorded = transact(deps.db, (tx) => {
    if (read.ok) return recordRead(tx, { file, judged: read.judged, facts: null, readAt }, deps.clock.now())
    recordTrouble(tx, { file, trouble: read.trouble })
    return 'recorded'
  })
  if (recorded === 'raced') return { outcome: 'again' }
  await turnOfTheLoop()
  if (!read.tab || !read.judged) {
    clearDirty(deps, file)
    return { outcome: 'trouble', words: read.ok ? '' : read.trouble.words }
  }
  const { tab, judged } = read
  const written = await reportTo(deps, { file, spreadsheetId: file.spreadsheetId, tab, judged, readAt })
  if (written.written) {
    // Kept even when the sheet is read again: then nothing is written twice, and writing cannot go round in circles.
    setFields(deps, file, { reportHash: written.reportHash })
    if (written.changedMeanwhile) return { outcome: 'again' }
    await rememberVersion(deps, { file, spreadsheetId: file.spreadsheetId })
  }
  clearDirty(deps, file)
  if (!read.ok) return { outcome: 'trouble', words: read.trouble.words }
  return { outcome: 'recorded', report: written.written }
}

async function reportTo(deps: SheetDeps, input: Parameters<typeof writeReport>[1]): Promise<ReportWritten> {
  // A locked file refuses even us; what there is to say is said when it is opened again.
  if (input.file.locked) return { written: false, why: 'locked' }
  try {
    return await writeReport(deps, input)
  } catch (error) {
    // It could be read a moment ago: the next change or the sweep finds out what became of it.
    if (troubleOf(error)) return { written: false, why: 'locked' }
    throw error
  }
}

/**
 * Our own write comes back through the change feed: known by the version that Drive gives the file now. An edit in the moment
 * between the two is caught by the second look that the feed still takes, later.
 */
async function rememberVersion(deps: SheetDeps, input: { file: SheetFile; spreadsheetId: string }): Promise<void> {
  try {
    const { version } = await getFileFacts(deps, { spreadsheetId: input.spreadsheetId, urgent: false })
    setFields(deps, input.file, { driveVersion: version })
  } catch (error) {
    deps.log.debug(
      { sheetFileId: input.file.id, reason: googleFailureOf(error)?.reason },
      'version not known; the sheet is read once more',
    )
  }
}

function clearDirty(deps: SheetDeps, file: SheetFile): void {
  transact(deps.db, (tx) => {
    tx.update(sheetFiles).set({ attempts: 0, notBefore: 0 }).where(eq(sheetFiles.id, file.id)).run()
    if (file.dirtyAt === null) return
    tx.update(sheetFiles)
      .set({ dirtyAt: null })
      .where(and(eq(sheetFiles.id, file.id), eq(sheetFiles.dirtyAt, file.dirtyAt)))
      .run()
  })
}

function setFields(
  deps: SheetDeps,
  file: SheetFile,
  fields: { reportHash: string } | { driveVersion: string | null },
): void {
  transact(deps.db, (tx) => tx.update(sheetFiles).set(fields).where(eq(sheetFiles.id, file.id)).run())
}
