import type Database from 'better-sqlite3'
import { and, eq, isNull } from 'drizzle-orm'
import type { Instant, OtherInstitutionId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { countChecks, otherCounts, otherInstitutions } from '../db/schema.ts'
import { watchDrift } from './drift-watch.ts'
import { appendEvent } from './event-log.ts'
import { keepProblems } from './roster-problems.ts'
import type { ProblemCode } from './rules/roster/problem.ts'
import type { ReadFacts } from './write-pupils.ts'

export type CountRow = { row: number; code: string; current: number | null; checked: boolean; reason: string | null }

export type CountProblem = {
  row: number
  column: string | null
  severity: 'error' | 'warning'
  code: ProblemCode
  message: string
  explained?: boolean
}

export type OtherInstitution = {
  id: OtherInstitutionId
  code: string
  name: string
  affiliation: string
  baseline: number | null
  baselineDate: string | null
  current: number | null
  checked: boolean
  reason: string | null
  /** The total that the LAO has called unchanged in chat, if it did. */
  checkedAs: number | null
}

/** The other-affiliation institutions of an LAO with their dated baseline and what was last read (R23). */
export function otherInstitutionsOf(tx: Tx, input: { roundId: RoundId; laoId: UnitId }): OtherInstitution[] {
  const rows = tx
    .select({
      id: otherInstitutions.id,
      code: otherInstitutions.code,
      name: otherInstitutions.name,
      affiliation: otherInstitutions.affiliation,
      baseline: otherCounts.baseline,
      baselineDate: otherCounts.baselineDate,
      current: otherCounts.current,
      checked: otherCounts.checked,
      reason: otherCounts.reason,
      checkedAs: countChecks.total,
    })
    .from(otherInstitutions)
    .leftJoin(
      otherCounts,
      and(eq(otherCounts.otherInstitutionId, otherInstitutions.id), eq(otherCounts.roundId, input.roundId)),
    )
    .leftJoin(
      countChecks,
      and(eq(countChecks.otherInstitutionId, otherInstitutions.id), eq(countChecks.roundId, input.roundId)),
    )
    .where(and(eq(otherInstitutions.laoId, input.laoId), isNull(otherInstitutions.closedAt)))
    .orderBy(otherInstitutions.code)
    .all()
  return rows.map((row) => ({ ...row, checked: row.checked ?? false }))
}

/**
 * Records one complete read of an LAO's counts sheet. A row that is not in the sheet any more counts as unchecked; nothing
 * is removed by a read. Rows that say what they said before are not written: most reads change nothing.
 */
export function recordCounts(
  tx: Tx,
  input: {
    roundId: RoundId
    laoId: UnitId
    contentHash: string
    rows: CountRow[]
    problems: CountProblem[]
    read: ReadFacts
  },
  now: Instant,
): { changed: boolean } {
  const { roundId, laoId, read, problems } = input
  const statements = preparedOn(tx, countStatements)
  const before = statements.before.get(roundId, laoId)
  const own = otherInstitutionsOf(tx, { roundId, laoId })
  const byCode = new Map(input.rows.map((row) => [row.code, row]))
  for (const other of own) {
    const { current, checked, reason } = byCode.get(other.code) ?? NOTHING_TYPED
    if (other.current === current && other.checked === checked && other.reason === reason) continue
    statements.row.run(roundId, other.id, current, checked ? 1 : 0, reason, read.readAt)
  }
  const figures = {
    errors: new Set(problems.filter((p) => p.severity === 'error').map((p) => p.row)).size,
    unexplainedWarnings: problems.filter((p) => p.severity === 'warning' && !p.explained).length,
    unchecked: own.filter((other) => !byCode.get(other.code)?.checked).length,
    total: own.reduce((sum, other) => sum + (byCode.get(other.code)?.current ?? 0), 0),
    rows: own.length,
  }
  const changed = before?.contentHash !== input.contentHash
  const version = (before?.version ?? 0) + (changed ? 1 : 0)
  statements.sheet.run({ roundId, laoId, version, contentHash: input.contentHash, ...figures, ...read })
  keepProblems(tx, { roundId, unitId: laoId, problems })
  if (changed) {
    const { total, unchecked, errors } = figures
    const data = { contentHash: input.contentHash, total, unchecked, errors }
    appendEvent(tx, { at: now, type: 'counts-read', roundId, unitId: laoId, data })
    watchDrift(tx, { roundId, unitId: laoId, component: 'other_counts', contentHash: input.contentHash }, now)
  }
  return { changed }
}

const NOTHING_TYPED = { current: null, checked: false, reason: null }

function countStatements(raw: Database.Database) {
  return {
    before: raw.prepare<[RoundId, UnitId], { version: number; contentHash: string }>(
      'SELECT version, content_hash AS contentHash FROM count_sheets WHERE round_id = ? AND lao_id = ?',
    ),
    row: raw.prepare<[RoundId, OtherInstitutionId, number | null, 0 | 1, string | null, Instant]>(
      `INSERT INTO other_counts (round_id, other_institution_id, current, checked, reason, read_at)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (round_id, other_institution_id) DO UPDATE SET
         current = excluded.current, checked = excluded.checked, reason = excluded.reason, read_at = excluded.read_at`,
    ),
    sheet: raw.prepare<Record<string, string | number | null>>(
      `INSERT INTO count_sheets (round_id, lao_id, version, content_hash, errors, unexplained_warnings, unchecked, total, rows,
         read_at, edited_at, last_editor)
       VALUES (@roundId, @laoId, @version, @contentHash, @errors, @unexplainedWarnings, @unchecked, @total, @rows,
         @readAt, @editedAt, @lastEditor)
       ON CONFLICT (round_id, lao_id) DO UPDATE SET
         version = excluded.version, content_hash = excluded.content_hash, errors = excluded.errors,
         unexplained_warnings = excluded.unexplained_warnings, unchecked = excluded.unchecked, total = excluded.total,
         rows = excluded.rows, read_at = excluded.read_at, edited_at = excluded.edited_at, last_editor = excluded.last_editor`,
    ),
  }
}
