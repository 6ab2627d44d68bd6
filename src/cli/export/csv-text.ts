import type { Cell } from './table.ts'

/** Excel takes a CSV file without it for Windows-874. */
export const BYTE_ORDER_MARK = '\ufeff'

/**
 * What a spreadsheet would run as a formula when it opens a CSV file (OWASP, CSV injection), full-width signs included; blanks
 * before it do not help.
 */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u

export const looksLikeFormula = (text: string): boolean => FORMULA.test(text)

/** One record as RFC 4180 writes it, with Excel's line end. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = looksLikeFormula(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
