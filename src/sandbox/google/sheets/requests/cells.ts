import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { type DocumentEdit, needRange, needSheet, needUnprotected, refuse } from '../document-edit.ts'
import { type Box, boxOf } from '../grid-box.ts'
import { cellAt, type SheetState, setCell } from '../sheet-state.ts'
import { readUpdateMask } from '../update-mask.ts'
import { writeCellData } from '../write-cell.ts'
import { checkRule } from './validation.ts'

/** Rows of cells at a place; with a range, what the rows do not reach is cleared as far as the mask goes. */
export function updateCells(edit: DocumentEdit, request: sheets_v4.Schema$UpdateCellsRequest): void {
  const mask = readUpdateMask(edit, request.fields, 'CellData')
  const rows = request.rows ?? []
  const { sheet, box } = request.start ? boxFromStart(edit, request.start, rows) : needRange(edit, request.range)
  if (request.range) {
    const height = box.endRow - box.startRow
    if (rows.length > height) {
      throw refuse(
        edit,
        `Attempting to write row: ${box.startRow + height}, beyond the last requested row of: ${box.endRow - 1}`,
      )
    }
    const wide = rows.find((row) => (row.values?.length ?? 0) > box.endColumn - box.startColumn)
    if (wide) {
      throw refuse(
        edit,
        `Attempting to write column: ${box.endColumn}, beyond the last requested column of: ${box.endColumn - 1}`,
      )
    }
  }
  needUnprotected(edit, sheet, box)
  const writeAll = request.range !== undefined && request.range !== null
  for (let row = box.startRow; row < box.endRow; row += 1) {
    const values = rows[row - box.startRow]?.values ?? []
    const width = writeAll ? box.endColumn - box.startColumn : values.length
    for (let offset = 0; offset < width; offset += 1) {
      const data = values[offset] ?? {}
      if (data.dataValidation) checkRule(edit, data.dataValidation)
      writeCellData(edit, sheet, { row, column: box.startColumn + offset, data, mask })
    }
  }
}

function boxFromStart(
  edit: DocumentEdit,
  start: sheets_v4.Schema$GridCoordinate,
  rows: sheets_v4.Schema$RowData[],
): { sheet: SheetState; box: Box } {
  const sheet = needSheet(edit, start.sheetId)
  const [startRow, startColumn] = [start.rowIndex ?? 0, start.columnIndex ?? 0]
  const width = Math.max(0, ...rows.map((row) => row.values?.length ?? 0))
  const box = { startRow, endRow: startRow + rows.length, startColumn, endColumn: startColumn + width }
  if (startRow < 0 || box.endRow > sheet.rowCount) {
    throw refuse(
      edit,
      `Attempting to write row: ${Math.max(sheet.rowCount, startRow)}, beyond the last requested row of: ${sheet.rowCount - 1}`,
    )
  }
  if (startColumn < 0 || box.endColumn > sheet.columnCount) {
    throw refuse(
      edit,
      `Attempting to write column: ${Math.max(sheet.columnCount, startColumn)}, beyond the last requested column of: ${sheet.columnCount - 1}`,
    )
  }
  return { sheet, box }
}

export function repeatCell(edit: DocumentEdit, request: sheets_v4.Schema$RepeatCellRequest): void {
  const mask = readUpdateMask(edit, request.fields, 'CellData')
  const { sheet, box } = needRange(edit, request.range)
  needUnprotected(edit, sheet, box)
  if (request.cell?.dataValidation) checkRule(edit, request.cell.dataValidation)
  eachCell(box, (row, column) => writeCellData(edit, sheet, { row, column, data: request.cell ?? {}, mask }))
}

/** Adds rows after the last row that holds anything; the grid grows as needed. */
export function appendCells(edit: DocumentEdit, request: sheets_v4.Schema$AppendCellsRequest): void {
  const mask = readUpdateMask(edit, request.fields, 'CellData')
  const sheet = needSheet(edit, request.sheetId)
  const rows = request.rows ?? []
  const startRow = lastUsedRow(sheet) + 1
  const width = Math.max(0, ...rows.map((row) => row.values?.length ?? 0))
  sheet.rowCount = Math.max(sheet.rowCount, startRow + rows.length)
  sheet.columnCount = Math.max(sheet.columnCount, width)
  needUnprotected(edit, sheet, { startRow, endRow: startRow + rows.length, startColumn: 0, endColumn: width })
  for (const [offset, row] of rows.entries()) {
    for (const [column, data] of (row.values ?? []).entries()) {
      writeCellData(edit, sheet, { row: startRow + offset, column, data, mask })
    }
  }
  edit.changed.add(sheet.sheetId)
}

/** The last row with a value, note or the like; -1 in an empty sheet. Formats alone do not count. */
export function lastUsedRow(sheet: SheetState): number {
  return sheet.rows.findLastIndex((row) => row.some((cell) => cell?.value !== undefined || cell?.note !== undefined))
}

export function copyPaste(edit: DocumentEdit, request: sheets_v4.Schema$CopyPasteRequest): void {
  const source = needRange(edit, request.source)
  const target = needRange(edit, request.destination)
  needUnprotected(edit, target.sheet, target.box)
  const kind = request.pasteType ?? 'PASTE_NORMAL'
  const height = source.box.endRow - source.box.startRow
  const width = source.box.endColumn - source.box.startColumn
  const held = Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) =>
      cellAt(source.sheet, source.box.startRow + row, source.box.startColumn + column),
    ),
  )
  eachCell(target.box, (row, column) => {
    const from = held[(row - target.box.startRow) % height]?.[(column - target.box.startColumn) % width]
    const at = cellAt(target.sheet, row, column)
    const copy = { ...at }
    if (kind === 'PASTE_NORMAL') setCell(target.sheet, { row, column }, from && { ...from })
    else if (kind === 'PASTE_VALUES' || kind === 'PASTE_FORMULA') {
      const { value: _value, ...rest } = copy
      setCell(target.sheet, { row, column }, from?.value ? { ...rest, value: from.value } : rest)
    } else if (kind === 'PASTE_FORMAT') {
      const { format: _format, ...rest } = copy
      setCell(target.sheet, { row, column }, from?.format ? { ...rest, format: from.format } : rest)
    } else if (kind === 'PASTE_DATA_VALIDATION') {
      const { rule: _rule, ...rest } = copy
      setCell(target.sheet, { row, column }, from?.rule ? { ...rest, rule: from.rule } : rest)
    } else throw refuse(edit, `pasteType ${kind} is not emulated by the sandbox.`)
  })
  edit.changed.add(target.sheet.sheetId)
}

export function findReplace(
  edit: DocumentEdit,
  request: sheets_v4.Schema$FindReplaceRequest,
): sheets_v4.Schema$Response {
  const find = request.find ?? ''
  if (find === '') throw refuse(edit, 'find is required')
  if (request.searchByRegex) throw refuse(edit, 'searchByRegex is not emulated by the sandbox.')
  const flags = request.matchCase ? 'gu' : 'giu'
  const escaped = find.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const pattern = new RegExp(request.matchEntireCell ? `^${escaped}$` : escaped, flags)
  const sheets = request.allSheets
    ? edit.doc.sheets.map((sheet) => ({ sheet, box: boxOf({}, sheet) }))
    : [request.range ? needRange(edit, request.range) : needRange(edit, { sheetId: request.sheetId ?? 0 })]
  const counts = { valuesChanged: 0, occurrencesChanged: 0, rowsChanged: 0, sheetsChanged: 0 }
  for (const { sheet, box } of sheets) {
    const rows = new Set<number>()
    eachCell({ ...box, endRow: Math.min(box.endRow, sheet.rows.length) }, (row, column) => {
      const cell = cellAt(sheet, row, column)
      if (!cell?.value || !('stringValue' in cell.value)) return
      const found = cell.value.stringValue.match(pattern)
      if (!found) return
      needUnprotected(edit, sheet, { startRow: row, endRow: row + 1, startColumn: column, endColumn: column + 1 })
      const stringValue = cell.value.stringValue.replace(pattern, () => request.replacement ?? '')
      setCell(sheet, { row, column }, { ...cell, value: { stringValue } })
      counts.valuesChanged += 1
      counts.occurrencesChanged += found.length
      rows.add(row)
    })
    counts.rowsChanged += rows.size
    if (rows.size > 0) counts.sheetsChanged += 1
    if (rows.size > 0) edit.changed.add(sheet.sheetId)
  }
  return { findReplace: counts }
}

export function eachCell(box: Box, visit: (row: number, column: number) => void): void {
  for (let row = box.startRow; row < box.endRow; row += 1) {
    for (let column = box.startColumn; column < box.endColumn; column += 1) visit(row, column)
  }
}
