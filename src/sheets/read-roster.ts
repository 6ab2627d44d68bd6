import type { RoundId, UnitId } from '../db/ids.ts'
import { isReadAfterExtension } from '../workflow/edited-too-late.ts'
import { recordRoster } from '../workflow/record-roster.ts'
import { cellText } from '../workflow/rules/roster/cell-value.ts'
import { columnHeader, columnNamed, type RosterColumn, rosterColumns } from '../workflow/rules/roster/columns.ts'
import { judgeRoster } from '../workflow/rules/roster/judge-roster.ts'
import type { JudgeContext } from '../workflow/rules/roster/judge-row.ts'
import { maskNumbers } from '../workflow/rules/roster/mask-id.ts'
import type { RawRow } from '../workflow/rules/roster/row-findings.ts'
import { refreshSharedPupils } from '../workflow/shared-pupils-refresh.ts'
import { isHeaderRow, knownPositions } from './column-positions.ts'
import { contentHash } from './content-hash.ts'
import { brokenSheet, type JudgedSheet, mergedProblem } from './judged-sheet.ts'
import type { ReadTab } from './read-tab.ts'
import { findRosterColumns, toRawRows } from './roster-columns.ts'
import { reportWords } from './sheet-words.ts'

const isRosterColumn = (key: string): key is RosterColumn => rosterColumns.some((column) => column === key)

/** Judges what was read of an institution's roster; columns by metadata, then by the words of the header. */
export function judgeRosterTab(
  tab: ReadTab,
  input: { roundId: RoundId; institutionId: UnitId; context: JudgeContext },
): JudgedSheet {
  const isHeader = isHeaderRow(tab.header, columnNamed)
  const known = isHeader ? knownPositions(tab, { isColumn: isRosterColumn, named: columnNamed }) : {}
  const found = findRosterColumns(tab.header, known)
  if (!found.ok) return brokenSheet(tab, found.problem)
  const merged = mergedProblem(tab, Object.values(found.columns))
  if (merged) return brokenSheet(tab, merged)
  const rows = toRawRows(tab.rows, found.columns)
  const judged = judgeRoster(rows, input.context)
  const hash = contentHash<RosterColumn>(rows, { all: rosterColumns, ticks: ['exists'] })
  const { totals } = judged
  const byRow = new Map(rows.map((row) => [row.row, row]))
  return {
    ok: true,
    contentHash: hash,
    record: (tx, read, now) => {
      const { roundId, institutionId } = input
      const { changed } = recordRoster(tx, { roundId, institutionId, contentHash: hash, judged, read }, now)
      const { keysInErrorRows } = judged
      const asked = changed || isReadAfterExtension(tx, { roundId, institutionId }, now)
      if (asked) refreshSharedPupils(tx, { roundId, institutionId, keysInErrorRows }, now)
    },
    report: {
      problems: judged.problems,
      figures: {
        passed: totals.rows - totals.errors,
        errors: totals.errors,
        warnings: totals.unexplainedWarnings,
        unit: 'ราย',
      },
      nameOf: (row) => pupilName(byRow.get(row)),
      headerOf: (column) => (isRosterColumn(column) ? columnHeader(column, input.context.kind) : column),
      positionOf: (column) => (isRosterColumn(column) ? (found.columns[column] ?? null) : null),
      keyPosition: found.columns.nationalId ?? null,
    },
    rowsToAdd: [],
  }
}

/** People put numbers into name columns too: none leaves the cell it was typed in. */
function pupilName(row: RawRow | undefined): string {
  if (!row) return ''
  const { prefix, firstName, lastName } = row.cells
  // What a formula says is not a name.
  if ([prefix, firstName, lastName].some((cell) => cell?.kind === 'formula')) return reportWords.rowOf(row.row)
  const given = `${cellText(prefix)}${cellText(firstName)}`
  return maskNumbers(`${given} ${cellText(lastName)}`.trim())
}
