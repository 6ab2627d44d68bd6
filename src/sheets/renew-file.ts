import { and, asc, eq } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { pupils, rosters, type SheetFileState, sheetFiles } from '../db/schema.ts'
import { openRunOf } from '../workflow/confirm-run.ts'
import { appendEvent } from '../workflow/event-log.ts'
import { carriedKey, carriedPupils } from '../workflow/rules/roster/carried-pupils.ts'
import type { Pupil } from '../workflow/rules/roster/pupil.ts'

/** What the database holds of an institution's list, for a sheet that takes the place of a lost one. */
export type HeldRoster = {
  pupils: Pupil[]
  /** Of the last round, and never without an error in this one: their rows, not ticked yet, are nowhere but there. */
  untouched: Pupil[]
  at: Instant
}

export type Renewal =
  | { ok: true }
  | { ok: false; why: 'no-sheet' | 'confirmed' | 'being-confirmed' }
  | { ok: false; why: 'still-there'; state: SheetFileState }

/**
 * Gives up a unit's sheet that cannot be opened any more and orders a new one, filled with what was recorded last. Decided by a
 * person, never by a failed read; a confirmed list needs no sheet. The old file, if it turns up again, is nobody's.
 */
export function renewFile(tx: Tx, input: { roundId: RoundId; unitId: UnitId }, now: Instant): Renewal {
  const { roundId, unitId } = input
  const file = tx
    .select()
    .from(sheetFiles)
    .where(and(eq(sheetFiles.roundId, roundId), eq(sheetFiles.unitId, unitId)))
    .get()
  if (!file || file.state === 'creating') return { ok: false, why: 'no-sheet' }
  if (file.state === 'ok') return { ok: false, why: 'still-there', state: file.state }
  if (openRunOf(tx, unitId)) return { ok: false, why: 'being-confirmed' }
  if (file.lockWantedFor === 'confirmed') return { ok: false, why: 'confirmed' }
  tx.update(sheetFiles)
    .set({
      spreadsheetId: null,
      dataTabId: null,
      reportTabId: null,
      state: 'creating',
      stateReason: null,
      locked: false,
      lockedFor: null,
      contentHash: null,
      reportHash: null,
      driveVersion: null,
      dirtyAt: null,
      dirtySince: null,
      attempts: 0,
      notBefore: 0,
      sharedWith: [],
      renewedAt: now,
    })
    .where(eq(sheetFiles.id, file.id))
    .run()
  appendEvent(tx, { at: now, type: 'sheet-renewed', roundId, unitId, data: { by: 'operator', state: file.state } })
  return { ok: true }
}

/** Null when the list was never read. Rows with errors are not kept whole anywhere but in the sheet. */
export function heldRoster(
  tx: Tx,
  input: { roundId: RoundId; institutionId: UnitId; carried: readonly Pupil[] },
): HeldRoster | null {
  const roster = tx
    .select({ readAt: rosters.readAt })
    .from(rosters)
    .where(and(eq(rosters.roundId, input.roundId), eq(rosters.institutionId, input.institutionId)))
    .get()
  if (!roster) return null
  const rows = tx
    .select({ data: pupils.data, goneAt: pupils.goneAt })
    .from(pupils)
    .where(and(eq(pupils.roundId, input.roundId), eq(pupils.institutionId, input.institutionId)))
    .orderBy(asc(pupils.row))
    .all()
  const known = carriedPupils(input.carried)
  const touched = new Set(rows.map(({ data }) => carriedKey(data as Pupil, known)))
  return {
    pupils: rows.filter(({ goneAt }) => goneAt === null).map(({ data }) => data as Pupil),
    untouched: input.carried.filter(({ key }) => !touched.has(key)),
    at: roster.readAt,
  }
}
