import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { transact } from '../db/open.ts'
import { sheetFiles } from '../db/schema.ts'
import { blockingHold } from '../workflow/roster-holds.ts'
import { blockedPupilsOf } from '../workflow/shared-pupils.ts'
import { ASKED_FOR } from '../workflow/want-read.ts'
import { getFileFacts } from './file-facts.ts'
import type { JudgedSheet } from './judged-sheet.ts'
import { currentFile, lostBy, readSheet, type SheetRead, troubleOf } from './read-sheet.ts'
import { recordRead, recordTrouble, sameSheet } from './record-read.ts'
import type { SheetDeps, SheetFile } from './sheet-deps.ts'
import { reportWords } from './sheet-words.ts'
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
  const urgent = file.dirtyAt === ASKED_FOR
  const read = (await stillLost(deps, file, urgent)) ?? (await readSheet(deps, file, { urgent }))
  await turnOfTheLoop()
  const recorded = transact(deps.db, (tx) => {
    if (read.ok) return recordRead(tx, { file, judged: read.judged, facts: null, readAt }, deps.clock.now())
    recordTrouble(tx, { file, trouble: read.trouble })
    return 'recorded'
  })
  if (recorded === 'raced') return { outcome: 'again' }
  await turnOfTheLoop()
  if (!read.tab || !read.judged) {
    settle(deps, file)
    return { outcome: 'trouble', words: read.ok ? '' : read.trouble.words }
  }
  const { tab } = read
  const judged = withQuestion(deps, { file, judged: read.judged })
  const written = await reportTo(deps, { file, spreadsheetId: file.spreadsheetId, tab, judged, readAt })
  if (written.written) {
    // Kept even when the sheet is read again: then nothing is written twice, and writing cannot go round in circles.
    keepReportHash(deps, file, written.reportHash)
    if (written.changedMeanwhile) return { outcome: 'again' }
  }
  settle(deps, file)
  if (!read.ok) return { outcome: 'trouble', words: read.trouble.words }
  return { outcome: 'recorded', report: written.written }
}

/**
 * Rows missing beyond the guard are asked about in the sheet too, and pupils whom another institution may count are named, for
 * whoever works there and does not read the chat.
 */
function withQuestion(deps: SheetDeps, input: { file: SheetFile; judged: JudgedSheet }): JudgedSheet {
  const { file, judged } = input
  if (file.kind !== 'roster' || !judged.ok) return judged
  const { contentHash, report } = judged
  const ref = { roundId: file.roundId, institutionId: file.unitId, contentHash }
  const { hold, blocked } = transact(deps.db, (tx) => ({
    hold: blockingHold(tx, ref),
    blocked: blockedPupilsOf(tx, ref, deps.clock.now()),
  }))
  const shared = blocked.map((pupil) => ({
    row: pupil.row,
    message: reportWords.shared(pupil),
    advice: pupil.decided ? reportWords.takeOutShared : reportWords.settleShared,
  }))
  return { ...judged, report: { ...report, ...(hold ? { asked: reportWords.held(hold) } : {}), shared } }
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

/** A file in the bin can still be read: what was lost is asked of Drive first. Null when it is there again. */
async function stillLost(deps: SheetDeps, file: SheetFile, urgent: boolean): Promise<SheetRead | null> {
  if (file.state !== 'trashed' && file.state !== 'access_lost') return null
  try {
    const facts = await getFileFacts(deps, { spreadsheetId: file.spreadsheetId ?? '', urgent })
    const trouble = lostBy(facts)
    return trouble && { ok: false, trouble }
  } catch (error) {
    const trouble = troubleOf(error)
    if (!trouble) throw error
    return { ok: false, trouble }
  }
}

/** The read has come to its end; marked still where something newer was heard of meanwhile. */
function settle(deps: SheetDeps, file: SheetFile): void {
  transact(deps.db, (tx) => {
    const row = sameSheet(file)
    tx.update(sheetFiles).set({ attempts: 0, notBefore: 0, lookedAt: deps.clock.now() }).where(row).run()
    const marked = tx.select({ dirtyAt: sheetFiles.dirtyAt }).from(sheetFiles).where(row).get()?.dirtyAt ?? null
    const dirtyAt = marked === file.dirtyAt ? null : marked
    tx.update(sheetFiles).set({ dirtyAt, dirtySince: dirtyAt }).where(row).run()
  })
}

function keepReportHash(deps: SheetDeps, file: SheetFile, reportHash: string): void {
  transact(deps.db, (tx) => tx.update(sheetFiles).set({ reportHash }).where(sameSheet(file)).run())
}
