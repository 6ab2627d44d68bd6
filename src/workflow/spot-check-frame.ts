import { and, desc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Instant, PupilId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import {
  componentStates,
  confirmations,
  holds,
  type InstitutionKind,
  pupilChanges,
  pupils,
  rosters,
  rounds,
  snapshots,
  spotCheckInstitutions,
  spotCheckPupils,
  spotChecks,
  units,
} from '../db/schema.ts'
import type { Round } from './rounds.ts'
import { estimateMoney } from './rules/roster/money.ts'
import type { RosterTotals } from './rules/roster/roster-totals.ts'
import type { PupilFacts, RosterFacts } from './rules/spot-risk.ts'
import { sharedFigures } from './shared-pupils-count.ts'
import { keysSharedBy } from './spot-check-shared.ts'
import { childrenOf } from './unit.ts'

export type FramedInstitution = RosterFacts & { id: UnitId }
export type FramedPupil = PupilFacts & { id: PupilId; row: number }

/** What a draw is made from, and all that drawing again needs besides the seed. Kept as JSON, keys in this order. */
export type SpotFrame = {
  method: string
  roundId: RoundId
  provinceId: UnitId
  drawnAt: Instant
  /** How many institutions are to be drawn. */
  wanted: number
  /** Number of the first pupil drawn. */
  firstNumber: number
  institutions: FramedInstitution[]
  /** Of the drawn institutions only. */
  pupils: { institutionId: UnitId; rows: FramedPupil[] }[]
}

/** Edits from here to the institutions' due instant are late ones. */
const LATE_MS = 3 * 24 * 60 * 60 * 1000

type Where = { round: Round; provinceId: UnitId }

/** Every institution of the province with pupils who count, and what is known of its roster now, by id. */
export function framedInstitutions(tx: Tx, where: Where, now: Instant): FramedInstitution[] {
  const { round, provinceId } = where
  const laoIds = childrenOf(tx, { unitId: provinceId, level: 'lao' }, now).map(({ id }) => id)
  if (laoIds.length === 0) return []
  const read = tx
    .select({ id: units.id, kind: units.kind, counted: rosters.counted, totals: rosters.totals })
    .from(units)
    .innerJoin(rosters, and(eq(rosters.institutionId, units.id), eq(rosters.roundId, round.id)))
    .where(
      and(
        inArray(units.parentId, laoIds),
        eq(units.level, 'institution'),
        or(isNull(units.closedAt), gt(units.closedAt, now)),
        gt(rosters.counted, 0),
      ),
    )
    .orderBy(units.id)
    .all()
  const ids = read.map(({ id }) => id)
  if (ids.length === 0) return []
  const seen = firstSights(tx, { round, ids })
  const edits = editsOf(tx, { round, ids })
  const before = figuresBefore(tx, { round, ids })
  const released = releasedHolds(tx, { round, ids })
  const shared = sharedFigures(tx, { roundId: round.id, laoIds }, now)
  const drawn = drawnBefore(tx, where)
  return read.map(({ id, kind, counted, totals }) => ({
    id,
    counted,
    lunchHeads: lunchHeads(totals as RosterTotals, { kind: kind as InstitutionKind, round }),
    before: before.get(id) ?? null,
    lateEdits: (seen.get(id)?.late ?? 0) + (edits.get(id)?.late ?? 0),
    atOnce: seen.get(id)?.atOnce ?? 0,
    changes: edits.get(id)?.all ?? 0,
    shared: shared.get(id)?.open ?? 0,
    holdsReleased: released.get(id) ?? 0,
    drawnBefore: drawn.get(id) ?? 0,
  }))
}

/** Everybody who counts at an institution now, by id. */
export function framedPupils(tx: Tx, input: { round: Round; institutionId: UnitId }): FramedPupil[] {
  const { round, institutionId } = input
  const lateFrom = round.institutionDueAt - LATE_MS
  const shared = keysSharedBy(tx, { roundId: round.id, institutionId })
  const changes = tx
    .select({ pupilId: pupilChanges.pupilId })
    .from(pupilChanges)
    .innerJoin(pupils, eq(pupils.id, pupilChanges.pupilId))
    .where(
      and(
        eq(pupils.roundId, round.id),
        eq(pupils.institutionId, institutionId),
        sql`${pupilChanges.readAt} >= ${lateFrom}`,
      ),
    )
    .all()
  const changed = new Set(changes.map(({ pupilId }) => pupilId))
  const drawn = tx
    .select({ pupilId: spotCheckPupils.pupilId, times: sql<number>`count(*)` })
    .from(spotCheckPupils)
    .where(eq(spotCheckPupils.institutionId, institutionId))
    .groupBy(spotCheckPupils.pupilId)
    .all()
  const times = new Map(drawn.map((row) => [row.pupilId, row.times]))
  return tx
    .select({
      id: pupils.id,
      row: pupils.row,
      key: pupils.key,
      numberKind: pupils.numberKind,
      firstSeenAt: pupils.firstSeenAt,
    })
    .from(pupils)
    .where(
      and(
        eq(pupils.roundId, round.id),
        eq(pupils.institutionId, institutionId),
        eq(pupils.counts, true),
        isNull(pupils.goneAt),
      ),
    )
    .orderBy(pupils.id)
    .all()
    .map(({ id, row, key, numberKind, firstSeenAt }) => ({
      id,
      row,
      shared: shared.has(key),
      lateAdded: firstSeenAt >= lateFrom,
      lateChanged: changed.has(id),
      waiting: numberKind === 'waiting',
      drawnBefore: times.get(id) ?? 0,
    }))
}

type Of = { round: Round; ids: UnitId[] }

function firstSights(tx: Tx, { round, ids }: Of): Map<UnitId, { atOnce: number; late: number }> {
  const rows = tx
    .select({ id: pupils.institutionId, at: pupils.firstSeenAt, n: sql<number>`count(*)` })
    .from(pupils)
    .where(
      and(
        eq(pupils.roundId, round.id),
        inArray(pupils.institutionId, ids),
        eq(pupils.counts, true),
        isNull(pupils.goneAt),
      ),
    )
    .groupBy(pupils.institutionId, pupils.firstSeenAt)
    .all()
  const lateFrom = round.institutionDueAt - LATE_MS
  const found = new Map<UnitId, { atOnce: number; late: number }>()
  for (const { id, at, n } of rows) {
    const known = found.get(id) ?? { atOnce: 0, late: 0 }
    found.set(id, { atOnce: Math.max(known.atOnce, n), late: known.late + (at >= lateFrom ? n : 0) })
  }
  return found
}

function editsOf(tx: Tx, { round, ids }: Of): Map<UnitId, { all: number; late: number }> {
  const lateFrom = round.institutionDueAt - LATE_MS
  const rows = tx
    .select({
      id: pupils.institutionId,
      all: sql<number>`count(*)`,
      late: sql<number>`sum(${pupilChanges.readAt} >= ${lateFrom})`,
    })
    .from(pupils)
    .innerJoin(pupilChanges, eq(pupilChanges.pupilId, pupils.id))
    .where(and(eq(pupils.roundId, round.id), inArray(pupils.institutionId, ids)))
    .groupBy(pupils.institutionId)
    .all()
  return new Map(rows.map(({ id, all, late }) => [id, { all, late }]))
}

/** Reported in the round that this one carries forward, else in the last one that had closed before it opened. */
function figuresBefore(tx: Tx, { round, ids }: Of): Map<UnitId, number> {
  const roundId =
    round.carriesRoundId ??
    tx
      .select({ id: rounds.id })
      .from(rounds)
      .where(lte(rounds.closesAt, round.recordingOpensAt))
      .orderBy(desc(rounds.closesAt))
      .limit(1)
      .get()?.id
  if (roundId === undefined) return new Map()
  const rows = tx
    .select({ id: componentStates.unitId, counted: snapshots.counted })
    .from(componentStates)
    .innerJoin(confirmations, eq(confirmations.id, componentStates.reportedConfirmationId))
    .innerJoin(snapshots, eq(snapshots.id, confirmations.snapshotId))
    .where(
      and(
        eq(componentStates.roundId, roundId),
        eq(componentStates.component, 'roster'),
        inArray(componentStates.unitId, ids),
      ),
    )
    .all()
  return new Map(rows.map(({ id, counted }) => [id, counted]))
}

function releasedHolds(tx: Tx, { round, ids }: Of): Map<UnitId, number> {
  const rows = tx
    .select({ id: holds.institutionId, n: sql<number>`count(*)` })
    .from(holds)
    .where(and(eq(holds.roundId, round.id), inArray(holds.institutionId, ids), eq(holds.state, 'released')))
    .groupBy(holds.institutionId)
    .all()
  return new Map(rows.map(({ id, n }) => [id, n]))
}

function drawnBefore(tx: Tx, { round, provinceId }: Where): Map<UnitId, number> {
  const rows = tx
    .select({ id: spotCheckInstitutions.institutionId, n: sql<number>`count(*)` })
    .from(spotChecks)
    .innerJoin(spotCheckInstitutions, eq(spotCheckInstitutions.spotCheckId, spotChecks.id))
    .where(and(eq(spotChecks.roundId, round.id), eq(spotChecks.provinceId, provinceId)))
    .groupBy(spotCheckInstitutions.institutionId)
    .all()
  return new Map(rows.map(({ id, n }) => [id, n]))
}

/** 0 where no tiers are known, as before fiscal year 2566. */
function lunchHeads(totals: RosterTotals, input: { kind: InstitutionKind; round: Round }): number {
  const heads = totals.byGrade.map(({ grade, male, female }) => ({ grade, heads: male + female }))
  const [year = 0, month = 0] = input.round.asOf.split('-').map(Number)
  // The fiscal year begins in October.
  const fiscalYear = year + 543 + (month >= 10 ? 1 : 0)
  return estimateMoney(heads, { kind: input.kind, fiscalYear })?.lunchHeads ?? 0
}
