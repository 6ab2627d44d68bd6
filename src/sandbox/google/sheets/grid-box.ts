import type { Dimension, GridRange, SheetState } from './sheet-state.ts'

/** A rectangle of cells with both ends given; the ends are exclusive. */
export type Box = { startRow: number; endRow: number; startColumn: number; endColumn: number }

/** The cells of a range, cut to the sheet. Missing ends reach to the edges. */
export function boxOf(range: GridRange, sheet: SheetState): Box {
  return {
    startRow: range.startRowIndex ?? 0,
    endRow: Math.min(range.endRowIndex ?? sheet.rowCount, sheet.rowCount),
    startColumn: range.startColumnIndex ?? 0,
    endColumn: Math.min(range.endColumnIndex ?? sheet.columnCount, sheet.columnCount),
  }
}

export function rangeOf(sheetId: number, box: Box): GridRange {
  return {
    sheetId,
    startRowIndex: box.startRow,
    endRowIndex: box.endRow,
    startColumnIndex: box.startColumn,
    endColumnIndex: box.endColumn,
  }
}

export function wholeSheet(sheet: SheetState): Box {
  return { startRow: 0, endRow: sheet.rowCount, startColumn: 0, endColumn: sheet.columnCount }
}

export function bandOf(sheet: SheetState, band: { dimension: Dimension; start: number; end: number }): Box {
  const { dimension, start, end } = band
  return dimension === 'ROWS'
    ? { ...wholeSheet(sheet), startRow: start, endRow: end }
    : { ...wholeSheet(sheet), startColumn: start, endColumn: end }
}

export function overlaps(a: Box, b: Box): boolean {
  return a.startRow < b.endRow && b.startRow < a.endRow && a.startColumn < b.endColumn && b.startColumn < a.endColumn
}

export function contains(outer: Box, inner: Box): boolean {
  return (
    outer.startRow <= inner.startRow &&
    outer.endRow >= inner.endRow &&
    outer.startColumn <= inner.startColumn &&
    outer.endColumn >= inner.endColumn
  )
}
