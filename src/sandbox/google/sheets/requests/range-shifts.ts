import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { type DocumentEdit, needRange, needUnprotected } from '../document-edit.ts'
import type { Box } from '../grid-box.ts'
import { cellAt, type Dimension, type SheetState, setCell } from '../sheet-state.ts'
import { eachCell } from './cells.ts'
import { needDimension } from './dimensions.ts'

/** Makes room in the middle of a sheet: the cells below, or to the right, move on; what leaves the grid is lost. */
export function insertRange(edit: DocumentEdit, request: sheets_v4.Schema$InsertRangeRequest): void {
  const shift = readShift(edit, request)
  shiftCells(edit, { ...shift, by: -1 })
}

/** Takes cells out and closes the gap from below, or from the right. */
export function deleteRange(edit: DocumentEdit, request: sheets_v4.Schema$DeleteRangeRequest): void {
  const shift = readShift(edit, request)
  shiftCells(edit, { ...shift, by: 1 })
}

type Shift = { sheet: SheetState; box: Box; dimension: Dimension }

function readShift(edit: DocumentEdit, request: sheets_v4.Schema$DeleteRangeRequest): Shift {
  const { sheet, box } = needRange(edit, request.range)
  return { sheet, box, dimension: needDimension(edit, request.shiftDimension) }
}

function shiftCells(edit: DocumentEdit, shift: Shift & { by: 1 | -1 }): void {
  const { sheet, box, dimension, by } = shift
  const rows = dimension === 'ROWS'
  const touched = rows ? { ...box, endRow: sheet.rowCount } : { ...box, endColumn: sheet.columnCount }
  needUnprotected(edit, sheet, touched)
  const height = rows ? (box.endRow - box.startRow) * by : 0
  const width = rows ? 0 : (box.endColumn - box.startColumn) * by
  const before = { ...sheet, rows: sheet.rows.map((row) => [...row]) }
  const endRow = Math.min(touched.endRow, sheet.rows.length + Math.abs(height))
  eachCell({ ...touched, endRow }, (row, column) => {
    const [fromRow, fromColumn] = [row + height, column + width]
    const inside = fromRow >= box.startRow && fromColumn >= box.startColumn
    setCell(sheet, { row, column }, inside ? cellAt(before, fromRow, fromColumn) : undefined)
  })
  edit.changed.add(sheet.sheetId)
}
