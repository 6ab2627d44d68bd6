import { parse } from 'csv-parse/sync'
import { type CellValue, emptyCell } from '../workflow/rules/roster/cell-value.ts'
import { columnNamed } from '../workflow/rules/roster/columns.ts'
import type { GridRow } from './roster-columns.ts'

/** Rows of a CSV file as a spreadsheet would number them: a quoted line break does not begin a row, an empty line is one. */
export function readCsvRows(text: string): GridRow[] {
  // Excel's own first line naming the delimiter; it hides the line when it opens the file.
  const named = /^\ufeff?sep=(.)\r?\n/.exec(text)
  const body = named === null ? text.replace(/^\ufeff/, '') : text.slice(named[0].length)
  const delimiter = named?.[1] ?? chooseDelimiter(body)
  return records(body, delimiter).map((cells, i) => ({ row: i + 1, cells: cells.map(readText) }))
}

function records(body: string, delimiter: string, options: { to?: number } = {}): string[][] {
  return parse(body, {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    ...options,
  }) as string[][]
}

const rowsSearched = 30

/**
 * The delimiter that makes most of our headers out of one of the first rows (titles may stand above the header): Excel
 * writes what the machine's region setting says.
 */
function chooseDelimiter(body: string): string {
  const known = (cells: readonly string[]) => cells.filter((cell) => columnNamed(cell) !== null).length
  const scored = [',', ';', '\t', '|'].map((delimiter) => ({
    delimiter,
    score: Math.max(0, ...records(body, delimiter, { to: rowsSearched }).map(known)),
  }))
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter
}

function readText(text: string): CellValue {
  if (text === '') return emptyCell
  return text.trimStart().startsWith('=') ? { kind: 'formula', text } : { kind: 'text', text }
}
