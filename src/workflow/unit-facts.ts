import type Database from 'better-sqlite3'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { rosterProblems, type SheetFileState, sheetFiles } from '../db/schema.ts'

export type SheetRef = {
  spreadsheetId: string
  dataTabId: number
  state: SheetFileState
  stateReason: string | null
  locked: boolean
}

export type ShownProblem = {
  row: number
  columnKey: string | null
  severity: 'error' | 'warning'
  code: string
  message: string
  explained: boolean
}

export function problemsOf(tx: Tx, input: { roundId: RoundId; unitId: UnitId }): ShownProblem[] {
  return preparedOn(tx, factStatements).problems.all(input)
}

export function sheetOf(tx: Tx, input: { roundId: RoundId; unitId: UnitId }): SheetRef | null {
  const row = preparedOn(tx, factStatements).sheet.get(input)
  if (!row?.spreadsheetId) return null
  const { spreadsheetId, dataTabId, state, stateReason, locked } = row
  return { spreadsheetId, dataTabId: dataTabId ?? 0, state, stateReason, locked }
}

/** For every card: see docs/decisions/0009. */
function factStatements(_raw: Database.Database, tx: Tx) {
  const roundId = sql.placeholder('roundId')
  const unitId = sql.placeholder('unitId')
  const { row, columnKey, severity, code, message, explained } = rosterProblems
  return {
    problems: tx
      .select({ row, columnKey, severity, code, message, explained })
      .from(rosterProblems)
      .where(and(eq(rosterProblems.roundId, roundId), eq(rosterProblems.unitId, unitId)))
      .orderBy(severity, row)
      .prepare(),
    sheet: tx
      .select()
      .from(sheetFiles)
      .where(and(eq(sheetFiles.roundId, roundId), eq(sheetFiles.unitId, unitId), isNotNull(sheetFiles.spreadsheetId)))
      .prepare(),
  }
}
