import type Database from 'better-sqlite3'
import { and, eq, isNull } from 'drizzle-orm'
import type { Instant, RoundId, SnapshotId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { unpackJson } from '../db/packed-json.ts'
import { preparedOn } from '../db/prepared.ts'
import { countSheets, drifts, holds, otherCounts, otherInstitutions, snapshots } from '../db/schema.ts'
import { type Confirmation, confirmationOf } from './component-state.ts'
import { blockingHold } from './roster-holds.ts'
import { type CountedInstitution, type CountsDriftRow, countsDrift } from './rules/counts-drift.ts'
import type { Pupil } from './rules/roster/pupil.ts'
import { countDrift, type DriftCounts, type RosterDriftRow, rosterDrift } from './rules/roster-drift.ts'

export type DriftRef = { roundId: RoundId; unitId: UnitId; component: 'roster' | 'other_counts' }

/** A confirmed sheet that says something else now (แก้ไขหลังยืนยัน). The snapshot stays the official figure. */
export type Drift = {
  unitId: UnitId
  confirmation: Confirmation
  contentHash: string
  /** The official figure, and what the sheet would give now. */
  confirmed: number
  counted: number
  editedAt: Instant | null
  counts: DriftCounts
  /** Rows that differ; 0 when only the way of typing does. */
  differing: number
} & ({ component: 'roster'; rows: RosterDriftRow[] } | { component: 'other_counts'; rows: CountsDriftRow[] })

type Confirmed = { confirmation: Confirmation; snapshot: { hash: string; counted: number } }

/** The confirmation that holds now with its snapshot's hash and figure; null while open. */
export function confirmedContent(tx: Tx, ref: DriftRef): Confirmed | null {
  const confirmation = confirmationOf(tx, ref)
  if (!confirmation) return null
  const snapshot = tx
    .select({ hash: snapshots.hash, counted: snapshots.counted })
    .from(snapshots)
    .where(eq(snapshots.id, confirmation.snapshotId))
    .get()
  return snapshot ? { confirmation, snapshot } : null
}

/** Row by row what differs between a confirmation and what is read now; null when nothing was confirmed or nothing differs. */
export function driftOf(tx: Tx, ref: DriftRef): Drift | null {
  const held = confirmedContent(tx, ref)
  const sheet = held ? sheetNow(tx, ref) : null
  if (!held || !sheet || sheet.contentHash === held.snapshot.hash) return null
  const about = {
    unitId: ref.unitId,
    confirmation: held.confirmation,
    contentHash: sheet.contentHash,
    confirmed: held.snapshot.counted,
    counted: sheet.counted,
    editedAt: sheet.editedAt,
  }
  const confirmed = confirmedRows(tx, held.confirmation)
  if (ref.component === 'roster') {
    const rows = rosterDrift({ confirmed: confirmed as Pupil[], ...rosterNow(tx, ref, sheet) })
    return { ...about, component: 'roster', rows, counts: countDrift(rows), differing: rows.length }
  }
  const rows = countsDrift({
    // Every row of a confirmed sheet was ticked, or it could not have been confirmed.
    confirmed: (confirmed as Omit<CountedInstitution, 'checked'>[]).map((row) => ({ ...row, checked: true })),
    now: countsNow(tx, ref),
  })
  return { ...about, component: 'other_counts', rows, counts: countDrift(rows), differing: rows.length }
}

function confirmedRows(tx: Tx, confirmation: Confirmation): unknown[] {
  const rows = preparedOn(tx, driftStatements).confirmed.get(confirmation.snapshotId)
  return rows === undefined ? [] : (unpackJson(rows) as unknown[])
}

function countsNow(tx: Tx, ref: DriftRef): CountedInstitution[] {
  const { code, name } = otherInstitutions
  const { current, reason, checked } = otherCounts
  return tx
    .select({ code, name, current, reason, checked })
    .from(otherInstitutions)
    .innerJoin(
      otherCounts,
      and(eq(otherCounts.otherInstitutionId, otherInstitutions.id), eq(otherCounts.roundId, ref.roundId)),
    )
    .where(and(eq(otherInstitutions.laoId, ref.unitId), isNull(otherInstitutions.closedAt)))
    .orderBy(otherInstitutions.code)
    .all()
}

type SheetNow = { contentHash: string; counted: number; errors: number; editedAt: Instant | null }

function sheetNow(tx: Tx, ref: DriftRef): SheetNow | null {
  if (ref.component === 'roster') {
    return preparedOn(tx, driftStatements).roster.get(ref.roundId, ref.unitId) ?? null
  }
  const { contentHash, total, errors, editedAt } = countSheets
  const where = and(eq(countSheets.roundId, ref.roundId), eq(countSheets.laoId, ref.unitId))
  return tx.select({ contentHash, counted: total, errors, editedAt }).from(countSheets).where(where).get() ?? null
}

function rosterNow(
  tx: Tx,
  ref: DriftRef,
  sheet: SheetNow,
): { now: Pupil[]; unreadable: Set<string>; otherErrorRows: number } {
  const away = new Set(heldIds(tx, ref, sheet.contentHash))
  const broken = new Set(unreadableIds(tx, ref))
  const there = preparedOn(tx, driftStatements)
    .present.all(ref.roundId, ref.unitId)
    .filter((row) => !away.has(row.id))
  // One parse for all: a card of a unit that was edited must not wait for hundreds.
  const persons = JSON.parse(`[${there.map((row) => row.data).join(',')}]`) as Pupil[]
  const unreadable = new Set(there.filter((row) => broken.has(row.id)).map((row) => row.key))
  return {
    now: persons.map((person, at) => ({
      ...person,
      key: there[at]?.key ?? person.key,
      row: there[at]?.row ?? person.row,
    })),
    unreadable,
    otherErrorRows: Math.max(0, sheet.errors - unreadable.size),
  }
}

type StoredRow = { id: number; key: string; row: number; data: string }

/** For every read of a confirmed sheet, and every card of one that was edited: see docs/decisions/0009. */
function driftStatements(raw: Database.Database) {
  return {
    confirmed: raw.prepare<[SnapshotId], Buffer | string>('SELECT rows FROM snapshots WHERE id = ?').pluck(),
    roster: raw.prepare<[RoundId, UnitId], SheetNow>(
      `SELECT content_hash AS contentHash, counted, errors, edited_at AS editedAt FROM rosters
       WHERE round_id = ? AND institution_id = ?`,
    ),
    present: raw.prepare<[RoundId, UnitId], StoredRow>(
      'SELECT id, key, row, data FROM pupils WHERE round_id = ? AND institution_id = ? AND gone_at IS NULL ORDER BY row',
    ),
  }
}

/** Many missing rows are held and nobody was removed: in the sheet they are missing all the same. */
function heldIds(tx: Tx, ref: DriftRef, contentHash: string): number[] {
  const hold = blockingHold(tx, { roundId: ref.roundId, institutionId: ref.unitId, contentHash })
  if (!hold) return []
  const row = tx.select({ ids: holds.missingPupilIds }).from(holds).where(eq(holds.id, hold.id)).get()
  return row?.ids ?? []
}

function unreadableIds(tx: Tx, ref: DriftRef): number[] {
  return standingDriftOf(tx, ref)?.unreadablePupilIds ?? []
}

export function openDriftOf(tx: Tx, ref: DriftRef): typeof drifts.$inferSelect | null {
  return (
    tx
      .select()
      .from(drifts)
      .where(
        and(
          eq(drifts.roundId, ref.roundId),
          eq(drifts.unitId, ref.unitId),
          eq(drifts.component, ref.component),
          isNull(drifts.endedAt),
        ),
      )
      .get() ?? null
  )
}

/** The open drift of what is confirmed now; one that an earlier confirmation left behind is over, though no read has said so yet. */
export function standingDriftOf(tx: Tx, ref: DriftRef): typeof drifts.$inferSelect | null {
  const open = openDriftOf(tx, ref)
  return open && confirmationOf(tx, ref)?.id === open.confirmationId ? open : null
}
