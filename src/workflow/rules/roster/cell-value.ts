import { normaliseText, toArabicDigits } from '../text/thai-text.ts'

/** A cell as typed: sheets tell text, numbers, ticks and formulas apart; a CSV file knows only text (and `=`). */
export type CellValue =
  | { kind: 'empty' }
  | { kind: 'text'; text: string }
  | { kind: 'number'; number: number; text: string }
  | { kind: 'bool'; value: boolean }
  | { kind: 'formula'; text: string }

export const emptyCell: CellValue = { kind: 'empty' }

/** What stands in the cell as normalised text; numbers as typed digits, not as the sheet happens to show them. */
export function cellText(cell: CellValue | undefined): string {
  if (cell === undefined) return ''
  switch (cell.kind) {
    case 'empty':
      return ''
    case 'text':
      return normaliseText(cell.text)
    case 'number':
      return plainNumber(cell)
    case 'bool':
      return cell.value ? 'TRUE' : 'FALSE'
    case 'formula':
      return normaliseText(cell.text)
  }
}

/** Digits of a whole number, or the shown text of any other. 9007199254740991 is the last number that a sheet keeps exactly. */
function plainNumber(cell: { number: number; text: string }): string {
  if (Number.isSafeInteger(cell.number)) return String(cell.number)
  return cell.text === '' ? String(cell.number) : normaliseText(cell.text)
}

/** Nothing that a person would see: empty, or only spaces and invisible characters. */
export function isBlank(cell: CellValue | undefined): boolean {
  if (cell === undefined || cell.kind === 'empty') return true
  return cell.kind === 'text' && normaliseText(cell.text) === ''
}

/** The same with Thai digits as 0-9. */
export function cellDigits(cell: CellValue | undefined): string {
  return toArabicDigits(cellText(cell))
}
