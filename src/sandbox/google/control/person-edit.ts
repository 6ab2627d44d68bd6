import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { findAccount } from '../accounts.ts'
import { atLeast, roleOf } from '../drive/access.ts'
import { findFile } from '../drive/file-record.ts'
import { columnName } from '../sheets/a1-notation.ts'
import { applyRequest } from '../sheets/apply-request.ts'
import { type DocumentEdit, needSheet, needUnprotected } from '../sheets/document-edit.ts'
import { editDocument } from '../sheets/edit-document.ts'
import { acceptsTyped } from '../sheets/requests/validation.ts'
import { cellAt } from '../sheets/sheet-state.ts'
import { loadSpreadsheet } from '../sheets/spreadsheet-store.ts'
import { readTypedInput } from '../sheets/typed-input.ts'
import { writeTyped } from '../sheets/write-cell.ts'
import type { World } from '../world.ts'
import { ControlError } from './control-error.ts'

export type TypedCell = { row: number; column: number; text: string }

/** Why an account may not edit a spreadsheet now; nothing when it may. */
export function editingFault(world: World, options: { id: string; email: string }): string | undefined {
  const file = findFile(world, options.id)
  if (!file || !loadSpreadsheet(world, options.id)) return 'there is no such spreadsheet'
  if (!findAccount(world, options.email)) return `${options.email} is not a Google account`
  const role = roleOf(world, { file, email: options.email })
  if (!role) return `${options.email} has no access to this spreadsheet`
  if (file.trashed) return 'the spreadsheet is in the trash'
  if (!atLeast(role, 'writer')) return `${options.email} may only view this spreadsheet`
  if (file.restriction)
    return `the spreadsheet is locked${file.restriction.reason ? `: ${file.restriction.reason}` : ''}`
  return undefined
}

/** Runs an edit as a person at the keyboard: only what Google's editor would let that account do. */
export function editAsPerson<T>(
  world: World,
  options: { id: string; as: string },
  change: (edit: DocumentEdit) => T,
): T {
  const run = () => {
    const file = findFile(world, options.id)
    if (!file) throw new ControlError(404, 'there is no such spreadsheet')
    const fault = editingFault(world, { id: options.id, email: options.as })
    if (fault) throw new ControlError(403, fault)
    return editDocument(world, { file, email: options.as.toLowerCase() }, change)
  }
  return world.db.transaction(run).immediate()
}

export function typeCells(
  edit: DocumentEdit,
  options: { sheetId: number; cells: TypedCell[]; pasted?: boolean },
): void {
  const sheet = needSheet(edit, options.sheetId)
  for (const { row, column, text } of options.cells) {
    if (row < 0 || column < 0 || row >= sheet.rowCount || column >= sheet.columnCount) {
      throw new ControlError(400, `cell ${columnName(Math.max(0, column))}${row + 1} is outside the sheet`)
    }
    needUnprotected(edit, sheet, { startRow: row, endRow: row + 1, startColumn: column, endColumn: column + 1 })
    const cell = cellAt(sheet, row, column)
    if (!options.pasted && !acceptsTyped(cell?.rule, text)) {
      const name = `${columnName(column)}${row + 1}`
      throw new ControlError(
        400,
        `The data you entered in cell ${name} violates the data validation rules set on this cell.`,
      )
    }
    writeTyped(edit, sheet, { row, column, input: readTypedInput(text, { cell, now: edit.now }) })
  }
}

/** A block from the clipboard; the grid grows when the block reaches beyond it, and strict rules do not hold it back. */
export function pasteBlock(
  edit: DocumentEdit,
  options: { sheetId: number; row: number; column: number; tsv: string },
): void {
  const sheet = needSheet(edit, options.sheetId)
  const rows = readTsv(options.tsv)
  const width = Math.max(0, ...rows.map((row) => row.length))
  sheet.rowCount = Math.max(sheet.rowCount, options.row + rows.length)
  sheet.columnCount = Math.max(sheet.columnCount, options.column + width)
  const cells = rows.flatMap((row, offset) =>
    row.map((text, place) => ({ row: options.row + offset, column: options.column + place, text })),
  )
  typeCells(edit, { sheetId: options.sheetId, cells, pasted: true })
  edit.changed.add(sheet.sheetId)
}

// Spreadsheets quote a cell that holds a tab, a quote or a line break.
function readTsv(text: string): string[][] {
  const rows: string[][] = [[]]
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy
  let match = pattern.exec(text)
  while (match) {
    const end = match[3] ?? ''
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (end === '' || pattern.lastIndex >= text.length) break
    if (end !== '\t') rows.push([])
    match = pattern.exec(text)
  }
  return rows
}

export function request(edit: DocumentEdit, content: sheets_v4.Schema$Request): void {
  applyRequest(edit, content, 0)
}
