import type Database from 'better-sqlite3'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { countSheets, otherCounts, otherInstitutions, rosters, sheetFiles } from '../db/schema.ts'
import type { Tap } from './act-time.ts'
import type { Actor } from './actor.ts'
import { attestedHash } from './attest.ts'
import { alreadyConfirmed, type Confirmation, confirmationOf, stateOf } from './component-state.ts'
import { tellLaoWhenAllIn, tellProvinceWhenAllComplete } from './level-above.ts'
import { blockingHold } from './roster-holds.ts'
import { type Round, windowOf } from './rounds.ts'
import { guardOtherCounts, guardRoster, guardSeen, guardWindow } from './rules/confirm-guards.ts'
import { type Decision, type Refusal, refuse } from './rules/refusal.ts'
import { type ConfirmWindow, dateTap } from './rules/round-window.ts'
import { guardSharedPupils } from './rules/shared-pupil.ts'
import type { LockedFor } from './rules/sheet-lock.ts'
import { blockedPupilsOf } from './shared-pupils.ts'
import { recheckSharedPupils } from './shared-pupils-refresh.ts'
import { settleLock } from './sheet-lock.ts'
import { unitById } from './unit.ts'
import { type SnapshotRows, writeConfirmation } from './write-confirmation.ts'

export type SheetComponent = 'roster' | 'other_counts'

/**
 * Whether this person may go on to confirm what the sheet last said; `null` means yes.
 * `at` is the instant that dates the act (its tap).
 */
export function sheetRefusal(
  tx: Tx,
  input: { round: Round; actor: Actor; unitId: UnitId; component: SheetComponent },
  at: Instant,
): Refusal | null {
  const { round, actor, unitId, component } = input
  const ref = { roundId: round.id, unitId, component }
  if (actor.unitId !== unitId) return { why: 'not-yours' }
  if (actor.role !== 'officer') return { why: 'reads-only' }
  const confirmation = confirmationOf(tx, ref)
  if (confirmation) return alreadyConfirmed(tx, confirmation)
  const state = stateOf(tx, ref)
  const gone = unitById(tx, unitId).closedAt !== null
  if (state.state === 'not_required' && (gone || (!hasOthers(tx, ref) && !hasPupils(tx, ref))))
    return { why: 'not-required', reason: state.notRequiredReason ?? '' }
  const late = guardWindow(windowOf(tx, { round, unitId, component }, at))
  if (late) return late
  const broken = sheetTrouble(tx, { roundId: round.id, unitId })
  if (broken) return broken
  if (component === 'other_counts') return guardOtherCounts(countsOf(tx, round.id, unitId))
  const roster = rosterOf(tx, round.id, unitId)
  const hold = roster
    ? blockingHold(tx, { roundId: round.id, institutionId: unitId, contentHash: roster.contentHash })
    : null
  return (
    guardRoster({ roster, hold }) ??
    guardSharedPupils(blockedPupilsOf(tx, { roundId: round.id, institutionId: unitId }, at))
  )
}

/** Declared not required once, an LAO that got institutions of other affiliations since owes their counts all the same. */
function hasOthers(tx: Tx, ref: { unitId: UnitId; component: SheetComponent }): boolean {
  if (ref.component !== 'other_counts') return false
  const open = and(eq(otherInstitutions.laoId, ref.unitId), isNull(otherInstitutions.closedAt))
  return tx.select({ id: otherInstitutions.id }).from(otherInstitutions).where(open).get() !== undefined
}

/** Spared as empty once, an institution whose sheet has pupils owes its confirmation all the same. */
function hasPupils(tx: Tx, ref: { roundId: RoundId; unitId: UnitId; component: SheetComponent }): boolean {
  return ref.component === 'roster' && (rosterOf(tx, ref.roundId, ref.unitId)?.counted ?? 0) > 0
}

/** Confirming is refused while the sheet cannot be read: never from an old read (domain.md section 8). */
function sheetTrouble(tx: Tx, input: { roundId: RoundId; unitId: UnitId }): Refusal | null {
  const file = preparedOn(tx, sheetStatements).file.get(input)
  if (!file || file.state === 'creating') return { why: 'never-read' }
  if (file.state !== 'ok') return { why: 'sheet-unreadable', words: file.stateReason ?? '' }
  return null
}

export function rosterOf(tx: Tx, roundId: RoundId, institutionId: UnitId): typeof rosters.$inferSelect | null {
  return preparedOn(tx, sheetStatements).roster.get({ roundId, unitId: institutionId }) ?? null
}

export function countsOf(tx: Tx, roundId: RoundId, laoId: UnitId): typeof countSheets.$inferSelect | null {
  return preparedOn(tx, sheetStatements).counts.get({ roundId, unitId: laoId }) ?? null
}

/** For every card and act: see docs/decisions/0009. */
function sheetStatements(raw: Database.Database, tx: Tx) {
  const roundId = sql.placeholder('roundId')
  const unitId = sql.placeholder('unitId')
  return {
    file: tx
      .select({ state: sheetFiles.state, stateReason: sheetFiles.stateReason })
      .from(sheetFiles)
      .where(and(eq(sheetFiles.roundId, roundId), eq(sheetFiles.unitId, unitId)))
      .prepare(),
    roster: tx
      .select()
      .from(rosters)
      .where(and(eq(rosters.roundId, roundId), eq(rosters.institutionId, unitId)))
      .prepare(),
    counts: tx
      .select()
      .from(countSheets)
      .where(and(eq(countSheets.roundId, roundId), eq(countSheets.laoId, unitId)))
      .prepare(),
    lock: raw.prepare<[{ lockedFor: LockedFor; roundId: RoundId; unitId: UnitId }]>(
      'UPDATE sheet_files SET locked = 1, locked_for = @lockedFor WHERE round_id = @roundId AND unit_id = @unitId',
    ),
    /**
     * JSON in the order of the sheet. Bytes: turning a large roster's into a string and back costs more than to read it. Only ids are
     * sorted, not the rows.
     */
    rows: raw
      .prepare<[RoundId, UnitId], Buffer>(
        `SELECT cast('[' || coalesce(group_concat(p.data, ','), '') || ']' AS blob)
         FROM (SELECT id FROM pupils WHERE round_id = ? AND institution_id = ? AND gone_at IS NULL ORDER BY row) here
         CROSS JOIN pupils p ON p.id = here.id`,
      )
      .pluck(),
  }
}

/**
 * Confirms an institution's roster (R29) or an LAO's other-affiliation counts (R32) on a read that was recorded in this same
 * transaction: what was seen, what was attested and what was read are one and the same, or nothing is confirmed.
 */
export function confirmSheet(
  tx: Tx,
  input: {
    round: Round
    actor: Actor
    unitId: UnitId
    component: SheetComponent
    tap: Tap
    seenHash: string
    readHash: string
    /** The second person, where one certifies. */
    certifier?: Actor | null
  },
  now: Instant,
): Decision<{ confirmation: Confirmation }> {
  const { round, actor, unitId, component } = input
  const window = windowOf(tx, { round, unitId, component }, now)
  if (round.archivedAt !== null) return refuse({ why: 'round-archived', archivedAt: round.archivedAt })
  const accepted = input.tap.heldActId !== undefined
  const dated = dateTap({ ...input.tap, closesAt: window.closesAt, accepted })
  if (dated.held) return refuse({ why: 'held-late', tappedAt: input.tap.tappedAt, closedAt: window.closesAt })
  // What the others count may have changed since this one's last read.
  if (component === 'roster') recheckSharedPupils(tx, { roundId: round.id, institutionId: unitId }, now)
  const refusal = sheetRefusal(tx, input, dated.at) ?? certifierMissing(tx, input)
  if (refusal) return refuse(refusal)
  const attested =
    component === 'roster' ? attestedHash(tx, { actor, roundId: round.id, unitId, component }) : input.readHash
  const unseen = guardSeen({ seenHash: input.seenHash, readHash: input.readHash, attestedHash: attested })
  if (unseen) return refuse(afterClose(unseen, window))
  const figures = component === 'roster' ? rosterFigures(tx, round.id, unitId) : countFigures(tx, round.id, unitId)
  const confirmation = writeConfirmation(
    tx,
    {
      round,
      actor,
      certifier: input.certifier ?? null,
      unitId,
      component,
      tap: input.tap,
      datedAt: dated.at,
      hash: input.readHash,
      ...figures,
    },
    now,
  )
  const lockedFor = settleLock(tx, { roundId: round.id, unitId, component }, now)
  preparedOn(tx, sheetStatements).lock.run({ lockedFor, roundId: round.id, unitId })
  if (component === 'roster') tellLaoWhenAllIn(tx, { roundId: round.id, laoId: unitById(tx, unitId).parentId }, now)
  else tellProvinceWhenAllComplete(tx, { roundId: round.id, laoId: unitId }, now)
  return { ok: true, confirmation }
}

/**
 * Where a second person certifies, one officer alone confirms nothing, also when it was switched on a moment ago; a late tap that the
 * department accepted was made before that.
 */
function certifierMissing(
  tx: Tx,
  input: { actor: Actor; unitId: UnitId; component: SheetComponent; tap: Tap; certifier?: Actor | null },
): Refusal | null {
  if (input.tap.heldActId !== undefined) return null
  if (input.component !== 'roster' || !unitById(tx, input.unitId).certifierRequired) return null
  const { certifier, actor } = input
  const second = certifier?.unitId === input.unitId && certifier.personId !== actor.personId
  return second ? null : { why: 'certifier-required' }
}

/** A tap in time on what somebody has edited since: there is no second try, which the words must say. */
function afterClose(refusal: Refusal, window: ConfirmWindow): Refusal {
  const ended = refusal.why === 'changed-since-shown' && window.state === 'closed'
  return ended ? { why: 'changed-since-shown', closedAt: window.closesAt } : refusal
}

function rosterFigures(
  tx: Tx,
  roundId: RoundId,
  unitId: UnitId,
): { counted: number; totals: unknown; rows: SnapshotRows } {
  const roster = rosterOf(tx, roundId, unitId)
  const rows = preparedOn(tx, sheetStatements).rows.get(roundId, unitId) ?? Buffer.from('[]')
  return { counted: roster?.counted ?? 0, totals: roster?.totals ?? {}, rows }
}

function countFigures(tx: Tx, roundId: RoundId, laoId: UnitId): { counted: number; totals: unknown; rows: unknown[] } {
  const rows = tx
    .select({
      code: otherInstitutions.code,
      name: otherInstitutions.name,
      affiliation: otherInstitutions.affiliation,
      baseline: otherCounts.baseline,
      baselineDate: otherCounts.baselineDate,
      current: otherCounts.current,
      reason: otherCounts.reason,
    })
    .from(otherInstitutions)
    .innerJoin(
      otherCounts,
      and(eq(otherCounts.otherInstitutionId, otherInstitutions.id), eq(otherCounts.roundId, roundId)),
    )
    .where(and(eq(otherInstitutions.laoId, laoId), isNull(otherInstitutions.closedAt)))
    .orderBy(otherInstitutions.code)
    .all()
  const counted = rows.reduce((sum, row) => sum + (row.current ?? 0), 0)
  return { counted, totals: { counted, institutions: rows.length }, rows }
}
