import type Database from 'better-sqlite3'
import type { RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'

export type SheetProblem = {
  row: number
  column: string | null
  severity: 'error' | 'warning'
  code: string
  message: string
  explained?: boolean
}

type StoredProblem = {
  row: number
  columnKey: string | null
  severity: string
  code: string
  message: string
  explained: number
}

/**
 * Makes the stored problems of a unit's sheet those of this read. Nothing is written when they are the same: also an unchanged
 * sheet comes here, since sorting changes no content, yet people are told the rows where their mistakes stand now.
 */
export function keepProblems(
  tx: Tx,
  input: { roundId: RoundId; unitId: UnitId; problems: readonly SheetProblem[] },
): void {
  const { roundId, unitId, problems } = input
  const statements = preparedOn(tx, problemStatements)
  const stored = statements.stored.all(roundId, unitId)
  if (stored.length === problems.length && stored.every((one, index) => isSame(one, problems[index]))) return
  statements.remove.run(roundId, unitId)
  for (const { row, column, severity, code, message, explained } of problems) {
    statements.insert.run(roundId, unitId, row, column, severity, code, message, explained ? 1 : 0)
  }
}

function isSame(stored: StoredProblem, problem: SheetProblem | undefined): boolean {
  return (
    stored.row === problem?.row &&
    stored.code === problem.code &&
    stored.message === problem.message &&
    stored.columnKey === problem.column &&
    stored.severity === problem.severity &&
    (stored.explained === 1) === (problem.explained ?? false)
  )
}

function problemStatements(raw: Database.Database) {
  return {
    stored: raw.prepare<[RoundId, UnitId], StoredProblem>(
      `SELECT row, column_key AS columnKey, severity, code, message, explained
       FROM roster_problems WHERE round_id = ? AND unit_id = ? ORDER BY id`,
    ),
    remove: raw.prepare<[RoundId, UnitId]>('DELETE FROM roster_problems WHERE round_id = ? AND unit_id = ?'),
    insert: raw.prepare<[RoundId, UnitId, number, string | null, string, string, string, 0 | 1]>(
      `INSERT INTO roster_problems (round_id, unit_id, row, column_key, severity, code, message, explained)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  }
}
