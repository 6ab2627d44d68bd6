import { type CellValue, cellDigits, isBlank } from './cell-value.ts'
import { isMarkedExisting } from './existence-mark.ts'
import { type Problem, type ProblemCode, problem } from './problem.ts'
import { countWords } from './problem-words.ts'

export type CountColumn = 'total' | 'checked' | 'reason'

/** One other-affiliation institution as its LAO typed it. `baseline` is the figure of the round's baseline, if there is one. */
export type RawCountRow = {
  /** 1-based row of the sheet. */
  row: number
  cells: Partial<Record<CountColumn, CellValue>>
  baseline: number | null
}

export type JudgedCount = { row: number; total: number; checked: boolean; reason: string }

/**
 * Judges the totals of other-affiliation institutions (R23, R24): whole numbers from 0, 0 only with a reason, every row
 * marked as checked this round, a large change against the baseline explained. `counts` are the rows without errors.
 */
export function judgeCounts(rows: readonly RawCountRow[]): {
  counts: JudgedCount[]
  problems: Problem<CountColumn>[]
  total: number
} {
  const judged = rows.map(judgeCount)
  const counts = judged.flatMap(({ count }) => (count === null ? [] : [count]))
  return {
    counts,
    problems: judged.flatMap(({ problems }) => problems),
    total: counts.reduce((sum, { total }) => sum + total, 0),
  }
}

function judgeCount(raw: RawCountRow): { count: JudgedCount | null; problems: Problem<CountColumn>[] } {
  const problems: Problem<CountColumn>[] = []
  const found = (column: CountColumn, code: ProblemCode, message: string): Problem<CountColumn> => {
    const made = problem<CountColumn>({ row: raw.row, column }, code, message)
    problems.push(made)
    return made
  }
  const { total: totalCell, checked: checkedCell, reason: reasonCell } = raw.cells
  const reason = reasonCell?.kind === 'formula' ? '' : cellDigits(reasonCell)
  const explained = /\p{L}/u.test(reason)
  const total = readTotal(totalCell, found)
  const checked = isMarkedExisting(checkedCell)
  if (total === 0 && !explained) found('reason', 'count_zero_unexplained', countWords.zero)
  if (!checked) found('checked', 'count_unchecked', countWords.unchecked)
  if (total !== null && raw.baseline !== null && isLargeChange(raw.baseline, total)) {
    const warning = found('total', 'count_changed', countWords.changed(raw.baseline, total))
    if (explained) warning.explained = true
  }
  if (total === null || problems.some(({ severity }) => severity === 'error')) return { count: null, problems }
  return { count: { row: raw.row, total, checked, reason }, problems }
}

function readTotal(
  cell: CellValue | undefined,
  found: (column: CountColumn, code: ProblemCode, message: string) => void,
): number | null {
  if (cell?.kind === 'formula') found('total', 'cell_formula', countWords.formula)
  else if (isBlank(cell)) found('total', 'required_blank', countWords.blank)
  else {
    const typed = cellDigits(cell)
    const total = readCount(typed)
    if (total !== null) return total
    found('total', 'count_not_whole', countWords.notWhole(typed))
  }
  return null
}

/** A whole number from 0, with or without separators between thousands (1,234) and a trailing ".0"; null when it is none. */
export function readCount(typed: string): number | null {
  const bare = typed.replace(/^'/, '').replace(/\.0+$/, '')
  if (!/^(?:\d{1,7}|\d{1,3}(?:,\d{3}){1,2})$/.test(bare)) return null
  return Number(bare.replaceAll(',', ''))
}

/** More than 5 heads and more than 10 % of the baseline. */
export function isLargeChange(baseline: number, total: number): boolean {
  return Math.abs(total - baseline) > Math.max(5, baseline / 10)
}
