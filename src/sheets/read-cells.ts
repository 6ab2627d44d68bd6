import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { type CellValue, emptyCell } from '../workflow/rules/roster/cell-value.ts'
import type { GridRow, RosterGrid } from './roster-columns.ts'

/** One cell of a masked `spreadsheets.get` (userEnteredValue, formattedValue) as typed. */
export function readCell(cell: sheets_v4.Schema$CellData | null | undefined): CellValue {
  const entered = cell?.userEnteredValue
  if (entered === null || entered === undefined) return emptyCell
  const shown = cell?.formattedValue ?? ''
  if (typeof entered.formulaValue === 'string') return { kind: 'formula', text: entered.formulaValue }
  if (typeof entered.numberValue === 'number') return { kind: 'number', number: entered.numberValue, text: shown }
  if (typeof entered.boolValue === 'boolean') return { kind: 'bool', value: entered.boolValue }
  const text = entered.stringValue ?? shown
  return text === '' ? emptyCell : { kind: 'text', text }
}

/** `firstRow` is the 1-based row of the sheet that the data begin with (GridData.startRow + 1). */
export function readRows(rowData: readonly sheets_v4.Schema$RowData[] | null | undefined, firstRow = 1): GridRow[] {
  return (rowData ?? []).map(({ values }, i) => ({ row: firstRow + i, cells: (values ?? []).map(readCell) }))
}

/** Splits the rows of a tab at its header, which is row 1 unless told otherwise. A tab without any row has an empty header. */
export function readRosterGrid(
  data: sheets_v4.Schema$GridData | null | undefined,
  options: { headerRow?: number } = {},
): RosterGrid {
  const { headerRow = 1 } = options
  const rows = readRows(data?.rowData, (data?.startRow ?? 0) + 1)
  return {
    header: rows.find(({ row }) => row === headerRow) ?? { row: headerRow, cells: [] },
    rows: rows.filter(({ row }) => row > headerRow),
  }
}
