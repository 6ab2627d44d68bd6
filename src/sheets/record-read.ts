import { and, eq, sql } from 'drizzle-orm'
import type { Instant } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { sheetFiles } from '../db/schema.ts'
import type { FileFacts } from './file-facts.ts'
import type { JudgedSheet } from './judged-sheet.ts'
import type { SheetTrouble } from './read-sheet.ts'
import type { SheetFile } from './sheet-deps.ts'

/**
 * Records one complete read, in the caller's transaction. `file` is the row as it was before reading began: when another
 * worker has recorded a different read since, this one may be the older and is not recorded (`raced`).
 */
export function recordRead(
  tx: Tx,
  input: { file: SheetFile; judged: JudgedSheet & { ok: true }; facts: FileFacts | null; readAt: Instant },
  now: Instant,
): 'recorded' | 'raced' {
  const { file, judged, facts, readAt } = input
  const before = tx.select().from(sheetFiles).where(eq(sheetFiles.id, file.id)).get()
  if (!before || before.contentHash !== file.contentHash || before.readAt !== file.readAt) return 'raced'
  if (before.spreadsheetId !== file.spreadsheetId) return 'raced'
  const edit = facts?.edit ?? { editedAt: before.editedAt, lastEditor: before.lastEditor }
  judged.record(tx, { readAt, ...edit }, now)
  tx.update(sheetFiles)
    .set({
      contentHash: judged.contentHash,
      readAt,
      ...edit,
      state: 'ok',
      stateReason: null,
    })
    .where(eq(sheetFiles.id, file.id))
    .run()
  return 'recorded'
}

/** The sheet stays at its last good version, with the reason for people to see. */
export function recordTrouble(tx: Tx, input: { file: SheetFile; trouble: SheetTrouble }): void {
  const { state, words } = input.trouble
  tx.update(sheetFiles).set({ state, stateReason: words }).where(sameSheet(input.file)).run()
}

/** The row while it still stands for the spreadsheet that was read: a person may have ordered a new one for a lost one meanwhile. */
export function sameSheet(file: SheetFile) {
  return and(eq(sheetFiles.id, file.id), sql`${sheetFiles.spreadsheetId} is ${file.spreadsheetId}`)
}
