import { type GoogleError, sheetsError } from '../google-error.ts'
import { type Box, boxOf } from './grid-box.ts'
import { type Editor, isProtected } from './protection.ts'
import type { DocState, GridRange, SheetState } from './sheet-state.ts'

/** A document being changed by one account; nothing is kept unless the whole batch succeeds. */
export type DocumentEdit = {
  doc: DocState
  editor: Editor
  now: number
  /** Tabs whose cells or properties changed. */
  changed: Set<number>
  /** The title after the edit; it is the file's name. */
  title: string
  /** Where in the batch we are, for error messages: `Invalid requests[3].updateCells: `. */
  where: string
}

export function refuse(edit: DocumentEdit, message: string): GoogleError {
  return sheetsError(400, edit.where === '' ? message : `Invalid ${edit.where}: ${message}`)
}

export function needSheet(edit: DocumentEdit, sheetId: number | null | undefined): SheetState {
  const sheet = edit.doc.sheets.find((one) => one.sheetId === (sheetId ?? 0))
  if (!sheet) throw refuse(edit, `No grid with id: ${sheetId ?? 0}`)
  return sheet
}

export function needRange(edit: DocumentEdit, range: GridRange | null | undefined): { sheet: SheetState; box: Box } {
  if (!range) throw refuse(edit, 'range is required')
  const sheet = needSheet(edit, range.sheetId)
  checkEnds(edit, range)
  const box = boxOf(range, sheet)
  if (box.startRow >= sheet.rowCount || box.startColumn >= sheet.columnCount) {
    throw refuse(
      edit,
      `Range (${sheet.title}!R${box.startRow + 1}C${box.startColumn + 1}) exceeds grid limits. Max rows: ${sheet.rowCount}, max columns: ${sheet.columnCount}`,
    )
  }
  return { sheet, box }
}

function checkEnds(edit: DocumentEdit, range: GridRange): void {
  const spans = [
    { name: 'Row', start: range.startRowIndex, end: range.endRowIndex },
    { name: 'Column', start: range.startColumnIndex, end: range.endColumnIndex },
  ]
  for (const { name, start, end } of spans) {
    if ((start ?? 0) < 0 || (end ?? 0) < 0)
      throw refuse(edit, `start${name}Index and end${name}Index must not be negative`)
    if (end !== undefined && end !== null && end <= (start ?? 0)) {
      throw refuse(edit, `end${name}Index[${end}] must be after start${name}Index[${start ?? 0}]`)
    }
  }
}

export function needUnprotected(edit: DocumentEdit, sheet: SheetState, box: Box): void {
  if (!isProtected(sheet, box, edit.editor)) return
  const message =
    'You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.'
  throw sheetsError(400, edit.where === '' ? message : `Invalid ${edit.where}: ${message}`, { why: 'protected' })
}

export function freshId(taken: (id: number) => boolean, draw: () => number): number {
  for (;;) {
    const id = draw()
    if (id > 0 && !taken(id)) return id
  }
}
