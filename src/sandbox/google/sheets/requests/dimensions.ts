import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { wants } from '../../field-mask.ts'
import { type DocumentEdit, needSheet, needUnprotected, refuse } from '../document-edit.ts'
import { followEdit } from '../follow-edit.ts'
import { bandOf, overlaps, wholeSheet } from '../grid-box.ts'
import type { Dimension, DimensionState, SheetState } from '../sheet-state.ts'
import { type DimensionEdit, shiftIndex } from '../shift-range.ts'
import { readUpdateMask } from '../update-mask.ts'

type Span = { sheet: SheetState; dimension: Dimension; start: number; end: number }

function needSpan(
  edit: DocumentEdit,
  range: sheets_v4.Schema$DimensionRange | null | undefined,
  options: { mayEndAfter?: boolean } = {},
): Span {
  const sheet = needSheet(edit, range?.sheetId)
  const dimension = needDimension(edit, range?.dimension)
  const size = sizeOf(sheet, dimension)
  const start = range?.startIndex ?? 0
  const end = range?.endIndex ?? size
  if (start < 0 || end <= start) throw refuse(edit, `endIndex[${end}] must be after startIndex[${start}]`)
  if (!options.mayEndAfter && end > size) {
    throw refuse(
      edit,
      `endIndex[${end}] must not be after the last ${dimension === 'ROWS' ? 'row' : 'column'} [${size}]`,
    )
  }
  return { sheet, dimension, start, end }
}

export function needDimension(edit: DocumentEdit, dimension: string | null | undefined): Dimension {
  if (dimension === 'ROWS' || dimension === 'COLUMNS') return dimension
  throw refuse(edit, 'No dimension specified.')
}

export function sizeOf(sheet: SheetState, dimension: Dimension): number {
  return dimension === 'ROWS' ? sheet.rowCount : sheet.columnCount
}

function resize(sheet: SheetState, dimension: Dimension, by: number): void {
  if (dimension === 'ROWS') sheet.rowCount += by
  else sheet.columnCount += by
}

/** New rows or columns take formats and rules from their neighbour: the one before, or the one after. */
export function insertDimension(edit: DocumentEdit, request: sheets_v4.Schema$InsertDimensionRequest): void {
  const { sheet, dimension, start, end } = needSpan(edit, request.range, { mayEndAfter: true })
  if (start > sizeOf(sheet, dimension)) throw refuse(edit, `startIndex[${start}] is beyond the end of the sheet.`)
  if (request.inheritFromBefore && start === 0) {
    throw refuse(edit, 'inheritFromBefore cannot be used when inserting at the start of the sheet.')
  }
  if (start < sizeOf(sheet, dimension)) needUnprotectedInsert(edit, { sheet, dimension, start, end })
  const count = end - start
  const inherit = request.inheritFromBefore ? start - 1 : start
  if (dimension === 'ROWS') {
    const blank = (sheet.rows[inherit] ?? []).map(keepLook)
    while (sheet.rows.length < start) sheet.rows.push([])
    sheet.rows.splice(start, 0, ...Array.from({ length: count }, () => blank.map((cell) => cell && { ...cell })))
  } else {
    for (const row of sheet.rows) {
      if (row.length <= Math.min(start, inherit)) continue
      const blank = keepLook(row[inherit])
      while (row.length < start) row.push(undefined)
      row.splice(start, 0, ...Array.from({ length: count }, () => blank && { ...blank }))
    }
  }
  resize(sheet, dimension, count)
  follow(edit, { sheet, dimension, edit: { kind: 'insert', at: start, count } })
}

// A row goes through a protected range when both sides of the gap belong to it.
function needUnprotectedInsert(edit: DocumentEdit, span: Span): void {
  const { sheet, dimension, start } = span
  if (start === 0) return
  const gap = bandOf(sheet, { dimension, start: start - 1, end: start })
  const after = bandOf(sheet, { dimension, start, end: start + 1 })
  for (const range of sheet.protectedRanges) {
    const probe: SheetState = { ...sheet, protectedRanges: [range] }
    const inside = range.range
    if (!inside) continue
    const box = { ...wholeSheet(sheet) }
    box.startRow = inside.startRowIndex ?? 0
    box.endRow = inside.endRowIndex ?? sheet.rowCount
    box.startColumn = inside.startColumnIndex ?? 0
    box.endColumn = inside.endColumnIndex ?? sheet.columnCount
    if (overlaps(box, gap) && overlaps(box, after)) needUnprotected(edit, probe, box)
  }
}

function keepLook(cell: SheetState['rows'][number][number]): SheetState['rows'][number][number] {
  if (!cell?.format && !cell?.rule) return undefined
  return { ...(cell.format ? { format: cell.format } : {}), ...(cell.rule ? { rule: cell.rule } : {}) }
}

export function deleteDimension(edit: DocumentEdit, request: sheets_v4.Schema$DeleteDimensionRequest): void {
  const { sheet, dimension, start, end } = needSpan(edit, request.range)
  const size = sizeOf(sheet, dimension)
  const word = dimension === 'ROWS' ? 'rows' : 'columns'
  if (end - start >= size) throw refuse(edit, `You can't delete all the ${word} on the sheet.`)
  const frozen = dimension === 'ROWS' ? sheet.frozenRowCount : sheet.frozenColumnCount
  if (start <= frozen && end >= size) throw refuse(edit, `It is not possible to delete all non-frozen ${word}.`)
  needUnprotected(edit, sheet, bandOf(sheet, { dimension, start, end }))
  if (dimension === 'ROWS') sheet.rows.splice(start, end - start)
  else for (const row of sheet.rows) row.splice(start, end - start)
  resize(sheet, dimension, start - end)
  const frozenGone = Math.max(0, Math.min(frozen, end) - start)
  if (dimension === 'ROWS') sheet.frozenRowCount -= frozenGone
  else sheet.frozenColumnCount -= frozenGone
  follow(edit, { sheet, dimension, edit: { kind: 'delete', start, end } })
}

export function appendDimension(edit: DocumentEdit, request: sheets_v4.Schema$AppendDimensionRequest): void {
  const sheet = needSheet(edit, request.sheetId)
  const dimension = needDimension(edit, request.dimension)
  const length = request.length ?? 0
  if (length < 1) throw refuse(edit, 'length must be greater than 0')
  resize(sheet, dimension, length)
  if (sheet.rowCount * sheet.columnCount > 10_000_000) {
    throw refuse(
      edit,
      'This action would increase the number of cells in the workbook above the limit of 10000000 cells.',
    )
  }
  edit.changed.add(sheet.sheetId)
}

export function moveDimension(edit: DocumentEdit, request: sheets_v4.Schema$MoveDimensionRequest): void {
  const { sheet, dimension, start, end } = needSpan(edit, request.source)
  const to = request.destinationIndex ?? 0
  if (to < 0 || to > sizeOf(sheet, dimension)) throw refuse(edit, `destinationIndex[${to}] is not in the sheet.`)
  if (to >= start && to <= end) return
  needUnprotected(edit, sheet, bandOf(sheet, { dimension, start: Math.min(start, to), end: Math.max(end, to) }))
  const target = to > start ? to - (end - start) : to
  if (dimension === 'ROWS') {
    while (sheet.rows.length < Math.max(end, to)) sheet.rows.push([])
    sheet.rows.splice(target, 0, ...sheet.rows.splice(start, end - start))
  } else {
    for (const row of sheet.rows) {
      while (row.length < Math.max(end, to)) row.push(undefined)
      row.splice(target, 0, ...row.splice(start, end - start))
    }
  }
  follow(edit, { sheet, dimension, edit: { kind: 'move', start, end, to } })
}

function follow(edit: DocumentEdit, options: { sheet: SheetState; dimension: Dimension; edit: DimensionEdit }): void {
  followEdit(edit.doc, options)
  const { sheet, dimension } = options
  const key = dimension === 'ROWS' ? 'rowStates' : 'columnStates'
  const shifted: Record<number, DimensionState> = {}
  for (const [index, state] of Object.entries(sheet[key])) {
    const moved = shiftIndex(Number(index), options.edit)
    if (moved !== undefined) shifted[moved] = state
  }
  sheet[key] = shifted
  edit.changed.add(sheet.sheetId)
}

export function updateDimensionProperties(
  edit: DocumentEdit,
  request: sheets_v4.Schema$UpdateDimensionPropertiesRequest,
): void {
  const mask = readUpdateMask(edit, request.fields, 'DimensionProperties')
  const { sheet, dimension, start, end } = needSpan(edit, request.range)
  const states = dimension === 'ROWS' ? sheet.rowStates : sheet.columnStates
  const { pixelSize, hiddenByUser } = request.properties ?? {}
  for (let index = start; index < end; index += 1) {
    const state: DimensionState = { ...states[index] }
    if (wants(mask, 'pixelSize') && typeof pixelSize === 'number') state.pixelSize = pixelSize
    if (wants(mask, 'hiddenByUser')) state.hiddenByUser = hiddenByUser === true
    states[index] = state
  }
  edit.changed.add(sheet.sheetId)
}

/** Widths are made to fit roughly: the sandbox has no fonts to measure with. */
export function autoResizeDimensions(edit: DocumentEdit, request: sheets_v4.Schema$AutoResizeDimensionsRequest): void {
  const { sheet, dimension, start, end } = needSpan(edit, request.dimensions)
  if (dimension === 'ROWS') return
  for (let column = start; column < end; column += 1) {
    const longest = Math.max(0, ...sheet.rows.map((row) => textLength(row[column]?.value)))
    sheet.columnStates[column] = {
      ...sheet.columnStates[column],
      pixelSize: Math.max(21, Math.min(600, longest * 8 + 16)),
    }
  }
  edit.changed.add(sheet.sheetId)
}

function textLength(value: object | undefined): number {
  return value ? String(Object.values(value)[0]).length : 0
}
