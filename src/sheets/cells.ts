import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'

export type Cell = sheets_v4.Schema$CellData
export type SheetRequest = sheets_v4.Schema$Request
export type GridRange = sheets_v4.Schema$GridRange

/** A cell that is text whatever it says: a stringValue is never read as a formula. */
export function textCell(text: string, format?: sheets_v4.Schema$CellFormat): Cell {
  const cell: Cell = text === '' ? {} : { userEnteredValue: { stringValue: text } }
  if (format) cell.userEnteredFormat = format
  return cell
}

export function numberCell(number: number | null): Cell {
  return number === null ? {} : { userEnteredValue: { numberValue: number } }
}

export const headerFormat: sheets_v4.Schema$CellFormat = {
  backgroundColor: { red: 0.85, green: 0.91, blue: 0.96 },
  textFormat: { bold: true },
  wrapStrategy: 'WRAP',
  verticalAlignment: 'MIDDLE',
}
export const titleFormat: sheets_v4.Schema$CellFormat = {
  textFormat: { bold: true, fontSize: 12 },
  wrapStrategy: 'OVERFLOW_CELL',
}
export const wrapped: sheets_v4.Schema$CellFormat = { wrapStrategy: 'WRAP', verticalAlignment: 'TOP' }

/** Letters of a 0-based column: 0 is A, 26 is AA. */
export function columnLetters(index: number): string {
  const rest = index % 26
  const letter = String.fromCharCode(65 + rest)
  return index < 26 ? letter : columnLetters((index - rest) / 26 - 1) + letter
}

/** A range's tab in A1 notation; quotes in the title are doubled. */
export function quotedTab(title: string): string {
  return `'${title.replaceAll("'", "''")}'`
}
