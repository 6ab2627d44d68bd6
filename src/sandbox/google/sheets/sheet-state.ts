import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'

export type CellFormat = sheets_v4.Schema$CellFormat
export type ValidationRule = sheets_v4.Schema$DataValidationRule
export type GridRange = sheets_v4.Schema$GridRange
export type DeveloperMetadata = sheets_v4.Schema$DeveloperMetadata

/** What was entered into a cell. */
export type EnteredValue =
  | { numberValue: number }
  | { stringValue: string }
  | { boolValue: boolean }
  | { formulaValue: string }

export type Cell = {
  value?: EnteredValue
  format?: CellFormat
  note?: string
  rule?: ValidationRule
  runs?: sheets_v4.Schema$TextFormatRun[]
}
export type DimensionState = { pixelSize?: number; hiddenByUser?: boolean }
export type Dimension = 'ROWS' | 'COLUMNS'

export type SheetState = {
  sheetId: number
  title: string
  hidden: boolean
  rightToLeft: boolean
  tabColorStyle?: sheets_v4.Schema$ColorStyle
  rowCount: number
  columnCount: number
  frozenRowCount: number
  frozenColumnCount: number
  hideGridlines: boolean
  /** Rows of cells; missing rows and cells are blank. */
  rows: (Cell | undefined)[][]
  rowStates: Record<number, DimensionState>
  columnStates: Record<number, DimensionState>
  merges: GridRange[]
  protectedRanges: sheets_v4.Schema$ProtectedRange[]
  conditionalFormats: sheets_v4.Schema$ConditionalFormatRule[]
  basicFilter?: sheets_v4.Schema$BasicFilter
}

export type DocState = {
  id: string
  locale: string
  timeZone: string
  autoRecalc: string
  sheets: SheetState[]
  namedRanges: sheets_v4.Schema$NamedRange[]
  metadata: DeveloperMetadata[]
}

export function newSheet(options: {
  sheetId: number
  title: string
  rowCount?: number
  columnCount?: number
}): SheetState {
  return {
    sheetId: options.sheetId,
    title: options.title,
    hidden: false,
    rightToLeft: false,
    rowCount: options.rowCount ?? 1000,
    columnCount: options.columnCount ?? 26,
    frozenRowCount: 0,
    frozenColumnCount: 0,
    hideGridlines: false,
    rows: [],
    rowStates: {},
    columnStates: {},
    merges: [],
    protectedRanges: [],
    conditionalFormats: [],
  }
}

export function cellAt(sheet: SheetState, row: number, column: number): Cell | undefined {
  return sheet.rows[row]?.[column]
}

export function setCell(sheet: SheetState, at: { row: number; column: number }, cell: Cell | undefined): void {
  const kept = cell && !isBlank(cell) ? cell : undefined
  while (sheet.rows.length <= at.row) {
    if (!kept) return
    sheet.rows.push([])
  }
  const row = sheet.rows[at.row]
  if (!row || (!kept && row.length <= at.column)) return
  while (row.length < at.column) row.push(undefined)
  row[at.column] = kept
}

export function isBlank(cell: Cell): boolean {
  return (
    cell.value === undefined &&
    cell.format === undefined &&
    cell.note === undefined &&
    cell.rule === undefined &&
    cell.runs === undefined
  )
}
