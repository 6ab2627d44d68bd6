import { isBlank } from './cell-value.ts'
import { rosterColumns } from './columns.ts'
import { isUnticked } from './existence-mark.ts'
import { type JudgeContext, type JudgedRow, judgeRow } from './judge-row.ts'
import { type Problem, problem } from './problem.ts'
import { numberWords } from './problem-words.ts'
import type { Pupil } from './pupil.ts'
import { type RosterTotals, rosterTotals } from './roster-totals.ts'
import { roundChanges } from './round-changes.ts'
import type { RawRow } from './row-findings.ts'
import type { RowTrace } from './same-pupil.ts'

export type JudgedRoster = {
  /** The rows without errors. */
  pupils: Pupil[]
  problems: Problem[]
  totals: RosterTotals
  /** Numbers that stand in rows with errors: their pupils are not counted, yet nobody took them out of the list. */
  keysInErrorRows: string[]
  /** The same for rows whose number is gone or wrong: who stands in them, as far as it can be read. */
  tracesInErrorRows: RowTrace[]
}

/**
 * Judges a whole roster: every row by itself, then numbers that stand twice. Rows with nothing in them are skipped. Problems
 * come in the order of the rows and, within a row, of the columns.
 */
export function judgeRoster(rows: readonly RawRow[], context: JudgeContext): JudgedRoster {
  const judged: JudgedRow[] = []
  for (const row of rows) if (!isEmptyRow(row)) judged.push(judgeRow(row, context))
  const duplicates = findDuplicates(judged)
  const problems: Problem[] = []
  const pupils: Pupil[] = []
  const inError: JudgedRow[] = []
  for (const row of judged) {
    const duplicate = duplicates.get(row)
    const found = duplicate === undefined ? row.problems : [...row.problems, duplicate]
    if (found.length > 0) problems.push(...inColumnOrder(found))
    if (row.pupil === null || duplicate !== undefined) inError.push(row)
    else pupils.push(row.pupil)
  }
  tellApartWaiting(pupils)
  const totals = rosterTotals({ rows: judged.length, pupils, problems })
  const keysInErrorRows = numbersOf(inError)
  const { carried } = context
  if (carried !== undefined) totals.changes = roundChanges({ carried, pupils, keysInErrorRows })
  return { pupils, problems, totals, keysInErrorRows, tracesInErrorRows: inError.map(traceOf) }
}

function traceOf({ pupil, trace }: JudgedRow): RowTrace {
  const { row, firstName, lastName, birthDate } = pupil ?? trace
  return { row, firstName, lastName, birthDate }
}

function numbersOf(rows: readonly JudgedRow[]): string[] {
  return [...new Set(rows.flatMap(({ typed }) => (typed === null ? [] : [typed])))]
}

/** Nothing typed. A box that is not ticked counts as nothing: the template has one in every prepared row. */
function isEmptyRow(raw: RawRow): boolean {
  return rosterColumns.every((column) => {
    const cell = raw.cells[column]
    return column === 'exists' ? isUnticked(cell) : isBlank(cell)
  })
}

function findDuplicates(judged: readonly JudgedRow[]): Map<JudgedRow, Problem> {
  const first = new Map<string, JudgedRow>()
  const repeated = new Map<string, JudgedRow[]>()
  for (const row of judged) {
    if (row.typed === null) continue
    const before = first.get(row.typed)
    const same = repeated.get(row.typed)
    if (before === undefined) first.set(row.typed, row)
    else if (same === undefined) repeated.set(row.typed, [before, row])
    else same.push(row)
  }
  const found = new Map<JudgedRow, Problem>()
  for (const [number, same] of repeated) {
    const rows = same.map(({ row }) => row)
    for (const row of same) found.set(row, duplicateIn(row.row, number, rows))
  }
  return found
}

// A number pasted down a whole column would otherwise list thousands of rows in each message.
const mostRowsNamed = 10

function duplicateIn(row: number, number: string, rows: readonly number[]): Problem {
  const others = rows.filter((other) => other !== row).slice(0, mostRowsNamed - 1)
  const named = [row, ...others].sort((a, b) => a - b)
  const message = numberWords.duplicate(number, named, rows.length)
  return problem({ row, column: 'nationalId' }, 'number_duplicate', message)
}

function inColumnOrder(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length < 2) return problems
  const position = ({ column }: Problem) => (column === null ? -1 : rosterColumns.indexOf(column))
  return problems.toSorted((a, b) => position(a) - position(b))
}

/** Two children of one name and birth date may both wait for a G-Code: they get different keys, in the order of the rows. */
function tellApartWaiting(pupils: readonly Pupil[]): void {
  const seen = new Map<string, number>()
  for (const pupil of pupils) {
    if (pupil.numberKind !== 'waiting') continue
    const times = (seen.get(pupil.key) ?? 0) + 1
    seen.set(pupil.key, times)
    if (times > 1) pupil.key = `${pupil.key}#${times}`
  }
}
