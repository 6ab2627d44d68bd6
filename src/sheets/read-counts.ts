import type { RoundId, UnitId } from '../db/ids.ts'
import { type CountProblem, type CountRow, type OtherInstitution, recordCounts } from '../workflow/record-counts.ts'
import { type CellValue, cellDigits, cellText, isBlank } from '../workflow/rules/roster/cell-value.ts'
import { isMarkedExisting } from '../workflow/rules/roster/existence-mark.ts'
import { judgeCounts, readCount } from '../workflow/rules/roster/judge-counts.ts'
import { wordKey } from '../workflow/rules/text/thai-text.ts'
import { isHeaderRow, knownPositions } from './column-positions.ts'
import { contentHash, type TypedRow } from './content-hash.ts'
import { type CountColumn, countCells, countColumns } from './counts-template.ts'
import { brokenSheet, type JudgedSheet, mergedProblem } from './judged-sheet.ts'
import type { ReadTab } from './read-tab.ts'
import { countHeaders, countsTroubleWords } from './sheet-words.ts'

type TypedCounts = TypedRow<CountColumn>

/** Columns that a read cannot do without; the others are ours to show. */
const NEEDED: readonly CountColumn[] = ['code', 'current', 'checked', 'reason']
const TYPED: readonly CountColumn[] = ['code', 'current', 'checked', 'reason']

const byWord = new Map(countColumns.map((column) => [wordKey(countHeaders[column]), column]))
export const countColumnNamed = (text: string): CountColumn | null => byWord.get(wordKey(text)) ?? null
const isCountColumn = (key: string): key is CountColumn => countColumns.some((column) => column === key)

/** Judges what was read of an LAO's counts of other affiliations (R23, R24). `own` is the registry: rows are known by code. */
export function judgeCountsTab(
  tab: ReadTab,
  input: { roundId: RoundId; laoId: UnitId; own: readonly OtherInstitution[] },
): JudgedSheet {
  const found = findCountColumns(tab)
  if (!found.ok) return brokenSheet(tab, { row: tab.header.row, message: found.words })
  const merged = mergedProblem(tab, [...found.positions.values()])
  if (merged) return brokenSheet(tab, merged)
  const registered = new Map(input.own.map((institution) => [codeKey(institution.code), institution]))
  const rows = typedRows(tab, found.positions).map((row) => withCheck(row, registered))
  const known = rows.filter((row) => registered.has(codeOf(row)))
  const judged = judgeCounts(
    known.map((row) => ({
      row: row.row,
      cells: pickCells(row),
      baseline: registered.get(codeOf(row))?.baseline ?? null,
    })),
  )
  const problems: CountProblem[] = [
    ...judged.problems.map((problem) => ({
      ...problem,
      column: problem.column === 'total' ? ('current' as const) : problem.column,
    })),
    ...strayRows(rows, registered),
  ].sort((a, b) => a.row - b.row)
  const hash = contentHash<CountColumn>(rows, { all: TYPED, ticks: ['checked'] })
  const rowsWithErrors = new Set(problems.filter(({ severity }) => severity === 'error').map(({ row }) => row))
  const present = new Set(known.map(codeOf))
  const names = new Map(known.map((row) => [row.row, registered.get(codeOf(row))?.name]))
  return {
    ok: true,
    contentHash: hash,
    record: (tx, read, now) => {
      const { roundId, laoId } = input
      const counted = known.map((row) => toCountRow(row, registered))
      // In chat there is no column beside it that says which place the row is about.
      const named = problems.map((problem) => {
        const name = names.get(problem.row)
        return name === undefined ? problem : { ...problem, message: `${name} ${problem.message}` }
      })
      recordCounts(tx, { roundId, laoId, contentHash: hash, rows: counted, problems: named, read }, now)
    },
    report: {
      problems,
      figures: {
        passed: known.filter(({ row }) => !rowsWithErrors.has(row)).length,
        errors: rowsWithErrors.size,
        warnings: problems.filter(({ severity, explained }) => severity === 'warning' && !explained).length,
        unit: 'แห่ง',
      },
      nameOf: (row) => {
        const typed = rows.find((one) => one.row === row)
        return typed ? (registered.get(codeOf(typed))?.name ?? cellText(typed.cells.code)) : ''
      },
      headerOf: (column) => (isCountColumn(column) ? countHeaders[column] : column),
      positionOf: (column) => (isCountColumn(column) ? (found.positions.get(column) ?? null) : null),
      keyPosition: found.positions.get('code') ?? null,
    },
    rowsToAdd: input.own
      .filter(({ code }) => !present.has(codeKey(code)))
      .map((institution) => cellsInOrder(institution, found.positions)),
  }
}

type FoundCountColumns = { ok: true; positions: Map<CountColumn, number> } | { ok: false; words: string }

function findCountColumns(tab: ReadTab): FoundCountColumns {
  const isHeader = isHeaderRow(tab.header, countColumnNamed)
  const known = isHeader ? knownPositions(tab, { isColumn: isCountColumn, named: countColumnNamed }) : {}
  const positions = new Map<CountColumn, number>()
  for (const column of countColumns) {
    const at = known[column]
    if (at !== undefined) positions.set(column, at)
  }
  for (const [at, cell] of tab.header.cells.entries()) {
    const column = countColumnNamed(cellText(cell))
    if (column === null || known[column] !== undefined) continue
    if (positions.has(column)) return { ok: false, words: countsTroubleWords.headerTwice(countHeaders[column]) }
    positions.set(column, at)
  }
  const missing = NEEDED.filter((column) => !positions.has(column)).map((column) => countHeaders[column])
  return missing.length > 0 ? { ok: false, words: countsTroubleWords.headerMissing(missing) } : { ok: true, positions }
}

/** Rows in which something is typed; an unticked box is nothing. */
function typedRows(tab: ReadTab, positions: Map<CountColumn, number>): TypedCounts[] {
  return tab.rows
    .map(({ row, cells }) => {
      const typed: Partial<Record<CountColumn, CellValue>> = {}
      for (const [column, at] of positions) typed[column] = cells[at] ?? { kind: 'empty' }
      return { row, cells: typed }
    })
    .filter(({ cells }) =>
      TYPED.some((column) => (column === 'checked' ? isMarkedExisting(cells.checked) : !isBlank(cells[column]))),
    )
}

/**
 * What the LAO called unchanged in chat stands where the sheet says nothing else: the figure where none is typed, and the tick beside
 * that same figure. A figure of its own in the sheet wins.
 */
function withCheck(row: TypedCounts, registered: ReadonlyMap<string, OtherInstitution>): TypedCounts {
  const checkedAs = registered.get(codeOf(row))?.checkedAs ?? null
  if (checkedAs === null) return row
  const { current } = row.cells
  const same = isBlank(current) || (current?.kind !== 'formula' && readCount(cellDigits(current)) === checkedAs)
  if (!same) return row
  const figure: CellValue =
    isBlank(current) || !current ? { kind: 'number', number: checkedAs, text: String(checkedAs) } : current
  return { ...row, cells: { ...row.cells, current: figure, checked: { kind: 'bool', value: true } } }
}

function codeOf(row: TypedCounts): string {
  return codeKey(cellDigits(row.cells.code))
}

/** The registry's codes are compared by the same key: one that never matched would be added again at every read. */
function codeKey(code: string): string {
  return wordKey(code)
}

function pickCells(row: TypedCounts): Partial<Record<'total' | 'checked' | 'reason', CellValue>> {
  const { current, checked, reason } = row.cells
  return { ...(current && { total: current }), ...(checked && { checked }), ...(reason && { reason }) }
}

function toCountRow(row: TypedCounts, registered: ReadonlyMap<string, OtherInstitution>): CountRow {
  const { current, checked, reason } = row.cells
  const words = reason?.kind === 'formula' ? '' : cellText(reason)
  return {
    row: row.row,
    code: registered.get(codeOf(row))?.code ?? codeOf(row),
    current: current?.kind === 'formula' ? null : readCount(cellDigits(current)),
    checked: isMarkedExisting(checked),
    reason: words === '' ? null : words,
  }
}

/** Rows for nobody in the registry, and an institution that stands twice: which row would count? */
function strayRows(rows: readonly TypedCounts[], registered: ReadonlyMap<string, OtherInstitution>): CountProblem[] {
  const seen = new Map<string, number>()
  const problems: CountProblem[] = []
  for (const typed of rows) {
    const code = codeOf(typed)
    const at = { row: typed.row, column: 'code', severity: 'error' as const }
    const first = seen.get(code)
    if (!registered.has(code)) {
      problems.push({ ...at, code: 'count_institution_unknown', message: countsTroubleWords.unknown })
    } else if (first !== undefined) {
      problems.push({ ...at, code: 'count_institution_twice', message: countsTroubleWords.twice(first, typed.row) })
    } else {
      seen.set(code, typed.row)
    }
  }
  return problems
}

function cellsInOrder(institution: OtherInstitution, positions: Map<CountColumn, number>) {
  const cells = countCells(institution)
  const width = Math.max(...positions.values()) + 1
  return Array.from({ length: width }, (_, index) => {
    const column = countColumns.find((one) => positions.get(one) === index)
    return column === undefined ? {} : (cells[countColumns.indexOf(column)] ?? {})
  })
}
