import { isBlank } from './cell-value.ts'
import { rosterColumns } from './columns.ts'
import { isUnticked } from './existence-mark.ts'
import { type JudgeContext, type JudgedRow, judgeRow } from './judge-row.ts'
import { type Problem, problem } from './problem.ts'
import { numberWords } from './problem-words.ts'
import type { Pupil } from './pupil.ts'
import { type RosterTotals, rosterTotals } from './roster-totals.ts'
import type { RawRow } from './row-findings.ts'

export type JudgedRoster = {
  /** The rows without errors. */
  pupils: Pupil[]
  problems: Problem[]
  totals: RosterTotals
  /** Numbers that stand in rows with errors: their pupils are not counted, yet nobody took them out of the list. */
  keysInErrorRows: string[]
}

/**
 * Judges a whole roster: every row by itself, then numbers that stand twice. Rows with nothing in them are skipped. Problems
 * come in the order of the rows and, within a row, of the columns.
 */
export function judgeRoster(rows: readonly RawRow[], context: JudgeContext): JudgedRoster {
  const judged = rows.filter((row) => !isEmptyRow(row)).map((row) => judgeRow(row, context))
  const duplicates = findDuplicates(judged)
  const problems = judged.flatMap((row) => inColumnOrder([...row.problems, ...(duplicates.get(row) ?? [])]))
  const pupils = judged.flatMap((row) => (row.pupil === null || duplicates.has(row) ? [] : [row.pupil]))
  tellApartWaiting(pupils)
  const totals = rosterTotals({ rows: judged.length, pupils, problems })
  return {
    pupils,
    problems,
    totals,
    keysInErrorRows: numbersOf(judged.filter((row) => row.pupil === null || duplicates.has(row))),
  }
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

function findDuplicates(judged: readonly JudgedRow[]): Map<JudgedRow, Problem[]> {
  const byNumber = new Map<string, JudgedRow[]>()
  for (const row of judged) {
    if (row.typed === null) continue
    const same = byNumber.get(row.typed)
    if (same === undefined) byNumber.set(row.typed, [row])
    else same.push(row)
  }
  const found = new Map<JudgedRow, Problem[]>()
  for (const [number, same] of byNumber) {
    if (same.length < 2) continue
    const rows = same.map(({ row }) => row)
    for (const row of same) found.set(row, [duplicateIn(row.row, number, rows)])
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

function inColumnOrder(problems: Problem[]): Problem[] {
  const position = ({ column }: Problem) => (column === null ? -1 : rosterColumns.indexOf(column))
  return problems.sort((a, b) => position(a) - position(b))
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
