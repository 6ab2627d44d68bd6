import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { sheetsError } from '../google-error.ts'
import { a1Of, columnName } from './a1-notation.ts'
import { type DocumentEdit, needUnprotected } from './document-edit.ts'
import type { Box } from './grid-box.ts'
import { needA1, oneOf } from './read-values.ts'
import { cellAt, type SheetState } from './sheet-state.ts'
import { readTypedInput, type TypedInput } from './typed-input.ts'
import { writeTyped } from './write-cell.ts'

type Written = { sheet: SheetState; box: Box; result: sheets_v4.Schema$UpdateValuesResponse }
type Value = string | number | boolean | null

export function readInputOption(option: string | null | undefined): 'RAW' | 'USER_ENTERED' {
  if (!option || option === 'INPUT_VALUE_OPTION_UNSPECIFIED') {
    throw sheetsError(400, "'valueInputOption' is required but not specified")
  }
  return oneOf('value_input_option', option, ['RAW', 'USER_ENTERED']) as 'RAW' | 'USER_ENTERED'
}

/** Writes values into a range. `null` leaves a cell alone, empty text clears it; formats, notes and rules stay. */
export function updateValues(
  edit: DocumentEdit,
  options: { range: string; body: sheets_v4.Schema$ValueRange; input: 'RAW' | 'USER_ENTERED' },
): Written {
  const { sheet, box } = needA1(edit.doc, options.range)
  if (options.body.range && a1Key(edit, options.body.range) !== a1Key(edit, options.range)) {
    throw sheetsError(
      400,
      `Requested writing within range [${options.range}], but the body names range [${options.body.range}]`,
    )
  }
  const rows = readRows(options.body)
  const width = Math.max(0, ...rows.map((row) => row.length))
  const target = isSingleCell(options.range, box) ? growTo(box, { rows: rows.length, columns: width }) : box
  if (rows.length > target.endRow - target.startRow) {
    throw sheetsError(
      400,
      `Requested writing within range [${a1Of(sheet, target)}], but tried writing to row [${target.endRow + 1}]`,
    )
  }
  if (width > target.endColumn - target.startColumn) {
    throw sheetsError(
      400,
      `Requested writing within range [${a1Of(sheet, target)}], but tried writing to column [${columnName(target.endColumn)}]`,
    )
  }
  return writeRows(edit, {
    sheet,
    startRow: box.startRow,
    startColumn: box.startColumn,
    rows,
    width,
    input: options.input,
  })
}

function a1Key(edit: DocumentEdit, text: string): string {
  const { sheet, box } = needA1(edit.doc, text)
  return a1Of(sheet, box)
}

// A single cell stands for the place to start at.
function isSingleCell(text: string, box: Box): boolean {
  return (
    !text.split('!').at(-1)?.includes(':') && box.endRow - box.startRow === 1 && box.endColumn - box.startColumn === 1
  )
}

function growTo(box: Box, size: { rows: number; columns: number }): Box {
  return {
    ...box,
    endRow: Math.max(box.endRow, box.startRow + size.rows),
    endColumn: Math.max(box.endColumn, box.startColumn + size.columns),
  }
}

function readRows(body: sheets_v4.Schema$ValueRange): Value[][] {
  const given = (body.values ?? []) as unknown[]
  const rows = given.map((row, index) => {
    if (!Array.isArray(row)) throw sheetsError(400, `Invalid values[${index}]: list_value expected`)
    for (const [column, value] of row.entries()) {
      if (typeof value === 'object' && value !== null) {
        throw sheetsError(
          400,
          `Invalid values[${index}][${column}]: struct_value or list_value cannot be written to a cell`,
        )
      }
    }
    return row as Value[]
  })
  if (body.majorDimension !== 'COLUMNS') return rows
  const width = Math.max(0, ...rows.map((row) => row.length))
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? null))
}

type Writing = {
  sheet: SheetState
  startRow: number
  startColumn: number
  rows: Value[][]
  width: number
  input: 'RAW' | 'USER_ENTERED'
}

function writeRows(edit: DocumentEdit, writing: Writing): Written {
  const { sheet, startRow, startColumn, rows, width } = writing
  const endRow = startRow + rows.length
  const box = {
    startRow,
    endRow: Math.max(endRow, startRow + 1),
    startColumn,
    endColumn: startColumn + Math.max(1, width),
  }
  if (endRow > sheet.rowCount || startColumn + width > sheet.columnCount) {
    throw sheetsError(
      400,
      `Range (${a1Of(sheet, box)}) exceeds grid limits. Max rows: ${sheet.rowCount}, max columns: ${sheet.columnCount}`,
    )
  }
  needUnprotected(edit, sheet, box)
  let updatedCells = 0
  for (const [offset, row] of rows.entries()) {
    for (const [place, value] of row.entries()) {
      if (value === null) continue
      const at = { row: startRow + offset, column: startColumn + place }
      writeTyped(edit, sheet, { ...at, input: readInput(edit, sheet, { ...at, value, input: writing.input }) })
      updatedCells += 1
    }
  }
  const result: sheets_v4.Schema$UpdateValuesResponse = {
    spreadsheetId: edit.doc.id,
    updatedRange: a1Of(sheet, box),
    ...(updatedCells > 0 ? { updatedRows: rows.length, updatedColumns: width, updatedCells } : {}),
  }
  return { sheet, box, result }
}

function readInput(
  edit: DocumentEdit,
  sheet: SheetState,
  entry: { row: number; column: number; value: string | number | boolean; input: 'RAW' | 'USER_ENTERED' },
): TypedInput | undefined {
  const { value } = entry
  const cell = cellAt(sheet, entry.row, entry.column)
  if (value === '') return undefined
  if (typeof value === 'string') {
    if (entry.input === 'RAW') return { value: { stringValue: value } }
    return readTypedInput(value, { cell, now: edit.now })
  }
  const asText = entry.input === 'USER_ENTERED' && cell?.format?.numberFormat?.type === 'TEXT'
  if (asText) return { value: { stringValue: String(value).toUpperCase() } }
  return { value: typeof value === 'number' ? { numberValue: value } : { boolValue: value } }
}

/** Adds rows after the table that the range touches. */
export function appendValues(
  edit: DocumentEdit,
  options: {
    range: string
    body: sheets_v4.Schema$ValueRange
    input: 'RAW' | 'USER_ENTERED'
    insertRows: boolean
  },
): Written & { tableRange?: string } {
  const { sheet, box } = needA1(edit.doc, options.range)
  const rows = readRows(options.body)
  const width = Math.max(0, ...rows.map((row) => row.length))
  const table = findTable(sheet, box)
  const startRow = table ? table.endRow : box.startRow
  const startColumn = table ? table.startColumn : box.startColumn
  if (options.insertRows && table && rows.length > 0) {
    while (sheet.rows.length < startRow) sheet.rows.push([])
    sheet.rows.splice(startRow, 0, ...rows.map(() => []))
    sheet.rowCount += rows.length
  }
  sheet.rowCount = Math.max(sheet.rowCount, startRow + rows.length)
  sheet.columnCount = Math.max(sheet.columnCount, startColumn + width)
  const written = writeRows(edit, { sheet, startRow, startColumn, rows, width, input: options.input })
  edit.changed.add(sheet.sheetId)
  return { ...written, ...(table ? { tableRange: a1Of(sheet, table) } : {}) }
}

// A table is the block of touching filled cells that reaches into the range; the last one counts.
function findTable(sheet: SheetState, box: Box): Box | undefined {
  const filled = (row: number, column: number) => cellAt(sheet, row, column)?.value !== undefined
  for (let row = Math.min(box.endRow, sheet.rows.length) - 1; row >= box.startRow; row -= 1) {
    for (let column = box.startColumn; column < Math.min(box.endColumn, sheet.rows[row]?.length ?? 0); column += 1) {
      if (filled(row, column))
        return grow(sheet, { startRow: row, endRow: row + 1, startColumn: column, endColumn: column + 1 })
    }
  }
  return undefined
}

function grow(sheet: SheetState, start: Box): Box {
  const box = { ...start }
  const any = (rows: [number, number], columns: [number, number]) => {
    for (let row = rows[0]; row < rows[1]; row += 1) {
      for (let column = columns[0]; column < columns[1]; column += 1) {
        if (row >= 0 && column >= 0 && cellAt(sheet, row, column)?.value !== undefined) return true
      }
    }
    return false
  }
  for (let grew = true; grew; ) {
    grew = false
    const rows: [number, number] = [box.startRow, box.endRow]
    const columns: [number, number] = [box.startColumn - 1, box.endColumn + 1]
    if (any([box.startRow - 1, box.startRow], columns)) {
      box.startRow -= 1
      grew = true
    }
    if (any([box.endRow, box.endRow + 1], columns)) {
      box.endRow += 1
      grew = true
    }
    if (any(rows, [box.startColumn - 1, box.startColumn])) {
      box.startColumn -= 1
      grew = true
    }
    if (any(rows, [box.endColumn, box.endColumn + 1])) {
      box.endColumn += 1
      grew = true
    }
  }
  return box
}

export function clearValues(edit: DocumentEdit, range: string): string {
  const { sheet, box } = needA1(edit.doc, range)
  needUnprotected(edit, sheet, box)
  for (let row = box.startRow; row < Math.min(box.endRow, sheet.rows.length); row += 1) {
    for (let column = box.startColumn; column < Math.min(box.endColumn, sheet.rows[row]?.length ?? 0); column += 1) {
      if (cellAt(sheet, row, column)?.value) writeTyped(edit, sheet, { row, column, input: undefined })
    }
  }
  edit.changed.add(sheet.sheetId)
  return a1Of(sheet, box)
}
