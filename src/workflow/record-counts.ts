import { and, eq, isNull } from 'drizzle-orm'
import type { Instant, OtherInstitutionId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { countSheets, otherCounts, otherInstitutions, rosterProblems } from '../db/schema.ts'
import { appendEvent } from './event-log.ts'
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
    })
    .from(otherInstitutions)
    .leftJoin(
      otherCounts,
      and(eq(otherCounts.otherInstitutionId, otherInstitutions.id), eq(otherCounts.roundId, input.roundId)),
    )
    .where(and(eq(otherInstitutions.laoId, input.laoId), isNull(otherInstitutions.closedAt)))
    .orderBy(otherInstitutions.code)
    .all()
  return rows.map((row) => ({ ...row, checked: row.checked ?? false }))
}

/**
 * Records one complete read of an LAO's counts sheet. A row that is not in the sheet any more counts as unchecked; nothing
 * is removed by a read.
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
  const { roundId, laoId, read } = input
  const before = tx
    .select()
    .from(countSheets)
    .where(and(eq(countSheets.roundId, roundId), eq(countSheets.laoId, laoId)))
    .get()
  const own = otherInstitutionsOf(tx, { roundId, laoId })
  const byCode = new Map(input.rows.map((row) => [row.code, row]))
  for (const other of own) {
    const row = byCode.get(other.code)
    const values = {
      current: row?.current ?? null,
      checked: row?.checked ?? false,
      reason: row?.reason ?? null,
      readAt: read.readAt,
    }
    tx.insert(otherCounts)
      .values({ roundId, otherInstitutionId: other.id, ...values })
      .onConflictDoUpdate({ target: [otherCounts.roundId, otherCounts.otherInstitutionId], set: values })
      .run()
  }
  const changed = before?.contentHash !== input.contentHash
  const values = {
    version: (before?.version ?? 0) + (changed ? 1 : 0),
    contentHash: input.contentHash,
    errors: new Set(input.problems.filter((p) => p.severity === 'error').map((p) => p.row)).size,
    unexplainedWarnings: input.problems.filter((p) => p.severity === 'warning' && !p.explained).length,
    unchecked: own.filter((other) => !byCode.get(other.code)?.checked).length,
    total: own.reduce((sum, other) => sum + (byCode.get(other.code)?.current ?? 0), 0),
    rows: own.length,
    ...read,
  }
  tx.insert(countSheets)
    .values({ roundId, laoId, ...values })
    .onConflictDoUpdate({ target: [countSheets.roundId, countSheets.laoId], set: values })
    .run()
  tx.delete(rosterProblems)
    .where(and(eq(rosterProblems.roundId, roundId), eq(rosterProblems.unitId, laoId)))
    .run()
  for (const problem of input.problems) {
    const { column, ...rest } = problem
    tx.insert(rosterProblems)
      .values({ ...rest, roundId, unitId: laoId, columnKey: column, explained: problem.explained ?? false })
      .run()
  }
  if (changed) {
    appendEvent(tx, {
      at: now,
      type: 'counts-read',
      roundId,
      unitId: laoId,
      data: { contentHash: input.contentHash, total: values.total, unchecked: values.unchecked, errors: values.errors },
    })
  }
  return { changed }
}
