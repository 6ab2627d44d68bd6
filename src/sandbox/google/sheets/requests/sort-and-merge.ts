import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { type DocumentEdit, needRange, needUnprotected, refuse } from '../document-edit.ts'
import { type Effective, openEvaluator } from '../effective-value.ts'
import { type Box, boxOf, contains, overlaps, rangeOf } from '../grid-box.ts'
import { cellAt, type SheetState, setCell } from '../sheet-state.ts'
import { eachCell } from './cells.ts'

/** Sorts the rows of a range: numbers before text before booleans, blanks always last; cells move with note and format. */
export function sortRange(edit: DocumentEdit, request: sheets_v4.Schema$SortRangeRequest): void {
  const { sheet, box } = needRange(edit, request.range)
  needUnprotected(edit, sheet, box)
  if (sheet.merges.some((merge) => overlaps(boxOf(merge, sheet), box))) {
    throw refuse(edit, "You can't sort a range with vertical merges.")
  }
  const specs = request.sortSpecs ?? []
  for (const { dimensionIndex } of specs) {
    const column = dimensionIndex ?? 0
    if (column < box.startColumn || column >= box.endColumn) {
      throw refuse(edit, `dimensionIndex[${column}] must be inside of the range to sort.`)
    }
  }
  const evaluate = openEvaluator(edit.doc)
  const end = Math.min(box.endRow, sheet.rows.length)
  const rows = Array.from({ length: Math.max(0, end - box.startRow) }, (_, offset) => {
    const row = box.startRow + offset
    return {
      keys: specs.map((spec) => evaluate(sheet, row, spec.dimensionIndex ?? 0)),
      cells: Array.from({ length: box.endColumn - box.startColumn }, (_, column) =>
        cellAt(sheet, row, box.startColumn + column),
      ),
    }
  })
  rows.sort((a, b) => {
    for (const [index, spec] of specs.entries()) {
      const order = compareKeys(a.keys[index], b.keys[index], spec.sortOrder === 'DESCENDING')
      if (order !== 0) return order
    }
    return 0
  })
  for (const [offset, row] of rows.entries()) {
    for (const [column, cell] of row.cells.entries()) {
      setCell(sheet, { row: box.startRow + offset, column: box.startColumn + column }, cell)
    }
  }
  edit.changed.add(sheet.sheetId)
}

function compareKeys(a: Effective | undefined, b: Effective | undefined, descending: boolean): number {
  if (!a || !b) return Number(!a) - Number(!b)
  const kinds = kindOf(a) - kindOf(b)
  const order = kinds === 0 ? compareSame(a, b) : kinds
  return descending ? -order : order
}

function kindOf(value: Effective): number {
  return ['numberValue', 'stringValue', 'boolValue', 'errorValue'].findIndex((kind) => kind in value)
}

function compareSame(a: Effective, b: Effective): number {
  if ('numberValue' in a && 'numberValue' in b) return a.numberValue - b.numberValue
  if ('stringValue' in a && 'stringValue' in b) return a.stringValue.localeCompare(b.stringValue, 'th')
  if ('boolValue' in a && 'boolValue' in b) return Number(a.boolValue) - Number(b.boolValue)
  return 0
}

/** Merging keeps the top-left value alone. */
export function mergeCells(edit: DocumentEdit, request: sheets_v4.Schema$MergeCellsRequest): void {
  const { sheet, box } = needRange(edit, request.range)
  needUnprotected(edit, sheet, box)
  sheet.merges = withoutMergesIn(edit, sheet, box)
  for (const part of mergedParts(box, request.mergeType ?? 'MERGE_ALL')) {
    if (part.endRow - part.startRow === 1 && part.endColumn - part.startColumn === 1) continue
    sheet.merges.push(rangeOf(sheet.sheetId, part))
    eachCell(part, (row, column) => {
      if (row === part.startRow && column === part.startColumn) return
      const { value: _value, note: _note, ...rest } = cellAt(sheet, row, column) ?? {}
      setCell(sheet, { row, column }, rest)
    })
  }
  edit.changed.add(sheet.sheetId)
}

function mergedParts(box: Box, type: string): Box[] {
  if (type === 'MERGE_COLUMNS') {
    return Array.from({ length: box.endColumn - box.startColumn }, (_, offset) => {
      const startColumn = box.startColumn + offset
      return { ...box, startColumn, endColumn: startColumn + 1 }
    })
  }
  if (type === 'MERGE_ROWS') {
    return Array.from({ length: box.endRow - box.startRow }, (_, offset) => {
      const startRow = box.startRow + offset
      return { ...box, startRow, endRow: startRow + 1 }
    })
  }
  return [box]
}

export function unmergeCells(edit: DocumentEdit, request: sheets_v4.Schema$UnmergeCellsRequest): void {
  const { sheet, box } = needRange(edit, request.range)
  needUnprotected(edit, sheet, box)
  sheet.merges = withoutMergesIn(edit, sheet, box)
  edit.changed.add(sheet.sheetId)
}

function withoutMergesIn(edit: DocumentEdit, sheet: SheetState, box: Box): SheetState['merges'] {
  return sheet.merges.filter((merge) => {
    const held = boxOf(merge, sheet)
    if (!overlaps(held, box)) return true
    if (contains(box, held)) return false
    throw refuse(edit, 'You must select all cells in a merged range to merge or unmerge them.')
  })
}
