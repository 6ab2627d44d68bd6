import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { type Box, boxOf, contains, overlaps } from './grid-box.ts'
import type { SheetState } from './sheet-state.ts'

export type Editor = { email: string; organizes: boolean }

/** Organizers of the shared drive and named editors may edit a protected range; a warning alone stops nobody. */
export function mayEditRange(range: sheets_v4.Schema$ProtectedRange, editor: Editor): boolean {
  if (range.warningOnly || editor.organizes) return true
  return (range.editors?.users ?? []).some((user) => user.toLowerCase() === editor.email.toLowerCase())
}

/** Whether an edit of these cells runs into a protected range that is closed to the editor. */
export function isProtected(sheet: SheetState, box: Box, editor: Editor): boolean {
  return sheet.protectedRanges.some((range) => {
    if (mayEditRange(range, editor) || !overlaps(boxOf(range.range ?? {}, sheet), box)) return false
    const exceptions = (range.unprotectedRanges ?? []).map((one) => boxOf(one, sheet))
    return !exceptions.some((exception) => contains(exception, box))
  })
}
