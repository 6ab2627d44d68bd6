import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { agreements, rosterProblems, type SheetFileState, sheetFiles } from '../db/schema.ts'

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

export type Agreement = { dueAt: Instant; state: string; proposedBy: 'institution' | 'lao' }

export function problemsOf(tx: Tx, input: { roundId: RoundId; unitId: UnitId }): ShownProblem[] {
  return tx
    .select({
      row: rosterProblems.row,
      columnKey: rosterProblems.columnKey,
      severity: rosterProblems.severity,
      code: rosterProblems.code,
      message: rosterProblems.message,
      explained: rosterProblems.explained,
    })
    .from(rosterProblems)
    .where(and(eq(rosterProblems.roundId, input.roundId), eq(rosterProblems.unitId, input.unitId)))
    .orderBy(rosterProblems.severity, rosterProblems.row)
    .all()
}

export function sheetOf(tx: Tx, input: { roundId: RoundId; unitId: UnitId }): SheetRef | null {
  const row = tx
    .select()
    .from(sheetFiles)
    .where(
      and(
        eq(sheetFiles.roundId, input.roundId),
        eq(sheetFiles.unitId, input.unitId),
        isNotNull(sheetFiles.spreadsheetId),
      ),
    )
    .get()
  if (!row?.spreadsheetId) return null
  const { spreadsheetId, dataTabId, state, stateReason, locked } = row
  return { spreadsheetId, dataTabId: dataTabId ?? 0, state, stateReason, locked }
}

/** The agreed (or proposed) internal date and time of an institution with its LAO (R18). */
export function agreementOf(tx: Tx, input: { roundId: RoundId; institutionId: UnitId }): Agreement | null {
  const row = tx
    .select({ dueAt: agreements.dueAt, state: agreements.state, proposedBy: agreements.proposedBy })
    .from(agreements)
    .where(and(eq(agreements.roundId, input.roundId), eq(agreements.institutionId, input.institutionId)))
    .orderBy(desc(agreements.id))
    .limit(1)
    .get()
  return row ?? null
}
