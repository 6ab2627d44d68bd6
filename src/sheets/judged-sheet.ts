import type { Instant } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { cellText } from '../workflow/rules/roster/cell-value.ts'
import type { Problem } from '../workflow/rules/roster/problem.ts'
import type { ReadFacts } from '../workflow/write-pupils.ts'
import { type Cell, columnLetters, type GridRange } from './cells.ts'
import type { ReadTab } from './read-tab.ts'
import type { SheetReport } from './sheet-report.ts'
import { troubleWords } from './sheet-words.ts'

/** A sheet that was read: either all of it can be recorded, or nothing is and the words say why. */
export type JudgedSheet =
  | {
      ok: true
      contentHash: string
      /** Records the whole read, in the caller's transaction. */
      record(tx: Tx, read: ReadFacts, now: Instant): void
      report: SheetReport
      /** Rows that belong into the sheet and are not there. */
      rowsToAdd: readonly Cell[][]
    }
  | BrokenSheet

export type BrokenSheet = { ok: false; words: string; report: SheetReport }

/** The header cannot be read, or merged cells hide values: one clear problem, nothing imported. */
export function brokenSheet(tab: ReadTab, problem: Pick<Problem, 'row' | 'message'>): BrokenSheet {
  return {
    ok: false,
    words: problem.message,
    report: {
      problems: [{ row: problem.row, column: null, severity: 'error', message: problem.message }],
      figures: null,
      nameOf: () => '',
      headerOf: (column) => column,
      positionOf: () => null,
      keyPosition: tab.header.cells.length > 0 ? 0 : null,
    },
  }
}

/** Merges that reach into our columns from the header down to the last row: only the top left cell of one holds a value. */
export function mergedProblem(tab: ReadTab, positions: readonly number[]): Pick<Problem, 'row' | 'message'> | null {
  const lastRow = tab.rows.findLast(({ cells }) => cells.some((cell) => cellText(cell) !== ''))?.row ?? tab.header.row
  const touching = tab.merges.filter(
    (merge) =>
      (merge.startRowIndex ?? 0) < lastRow &&
      (merge.endRowIndex ?? 0) >= tab.header.row &&
      positions.some((at) => at >= (merge.startColumnIndex ?? 0) && at < (merge.endColumnIndex ?? 0)),
  )
  const first = touching[0]
  if (!first) return null
  const named = touching.slice(0, 5).map(spokenRange).join(', ')
  return { row: (first.startRowIndex ?? 0) + 1, message: troubleWords.merged(named) }
}

function spokenRange(range: GridRange): string {
  const from = `${columnLetters(range.startColumnIndex ?? 0)}${(range.startRowIndex ?? 0) + 1}`
  return `${from}:${columnLetters((range.endColumnIndex ?? 1) - 1)}${range.endRowIndex ?? 1}`
}
