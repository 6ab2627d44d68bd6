import { type CellValue, cellText, emptyCell } from '../workflow/rules/roster/cell-value.ts'
import { columnNamed, type RosterColumn, requiredColumns, rosterColumns } from '../workflow/rules/roster/columns.ts'
import { type Problem, problem } from '../workflow/rules/roster/problem.ts'
import { headerWords } from '../workflow/rules/roster/problem-words.ts'
import type { RawRow } from '../workflow/rules/roster/row-findings.ts'

/** One row of a table as read: `row` is 1-based, `cells` begins with column A. */
export type GridRow = { row: number; cells: readonly CellValue[] }
/** A table whose header is apart from its rows. */
export type RosterGrid = { header: GridRow; rows: readonly GridRow[] }

/** 0-based positions. */
export type ColumnPositions = Partial<Record<RosterColumn, number>>
export type FoundColumns = { ok: true; columns: ColumnPositions } | { ok: false; problem: Problem }

/**
 * Finds the roster's columns by their header words, in any order. `known` are positions that developer metadata gave; they
 * win over words. A required column missing, or one of ours there twice: one problem, and nothing may be imported.
 */
export function findRosterColumns(header: GridRow, known: ColumnPositions = {}): FoundColumns {
  const positions = positionsByWord(header, known)
  const repeated = rosterColumns.flatMap((column) => {
    const at = positions.get(column) ?? []
    return at.length > 1 ? [{ column, at: at.map(columnLetters) }] : []
  })
  const refuse = (code: 'header_missing' | 'header_ambiguous', message: string): FoundColumns => ({
    ok: false,
    problem: problem<RosterColumn>({ row: header.row, column: null }, code, message),
  })
  if (repeated.length > 0) return refuse('header_ambiguous', headerWords.ambiguous(repeated))
  const missing = requiredColumns.filter((column) => !positions.has(column))
  if (positions.size === 0) return refuse('header_missing', headerWords.none(missing))
  if (missing.length > 0) return refuse('header_missing', headerWords.missing(missing))
  const columns: ColumnPositions = {}
  for (const [column, [at]] of positions) if (at !== undefined) columns[column] = at
  return { ok: true, columns }
}

function positionsByWord(header: GridRow, known: ColumnPositions): Map<RosterColumn, number[]> {
  const positions = new Map<RosterColumn, number[]>()
  for (const column of rosterColumns) {
    const at = known[column]
    if (at !== undefined) positions.set(column, [at])
  }
  const taken = new Set([...positions.values()].flat())
  for (const [at, cell] of header.cells.entries()) {
    const column = columnNamed(cellText(cell))
    if (column === null || taken.has(at) || known[column] !== undefined) continue
    positions.set(column, [...(positions.get(column) ?? []), at])
  }
  return positions
}

/** A, B, ... Z, AA: as the sheet names its columns. */
function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last
}

/** Rows as the rules read them: the known columns alone; nothing else of the table goes any further. */
export function toRawRows(rows: readonly GridRow[], columns: ColumnPositions): RawRow[] {
  const wanted = Object.entries(columns) as [RosterColumn, number][]
  return rows.map(({ row, cells }) => {
    const known: RawRow['cells'] = {}
    for (const [column, at] of wanted) known[column] = cells[at] ?? emptyCell
    return { row, cells: known }
  })
}
