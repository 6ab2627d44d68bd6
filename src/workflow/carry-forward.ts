import { and, asc, desc, eq, isNull, lte, or } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import {
  type Component,
  componentStates,
  confirmations,
  otherCounts,
  otherInstitutions,
  pupils,
  rosters,
  rounds,
  snapshots,
} from '../db/schema.ts'
import { type Round, roundById } from './rounds.ts'
import { type CarriedPupils, carriedPupils } from './rules/roster/carried-pupils.ts'
import type { Pupil } from './rules/roster/pupil.ts'

/** What a round takes over from the one before it (R11, R26): who counted there, in the order of its list. */
export type CarriedRoster = {
  from: Round
  pupils: Pupil[]
  /** The figure that was confirmed last, or what was read last where nothing was confirmed. */
  basis: 'confirmed' | 'read'
  at: Instant
}

/**
 * The last round's list of an institution: null when the round carries none (the first round of a school year), or when
 * the institution had no list there. Those who left are not taken over.
 */
export function carriedRoster(tx: Tx, input: { roundId: RoundId; institutionId: UnitId }): CarriedRoster | null {
  const { carriesRoundId } = roundById(tx, input.roundId)
  if (carriesRoundId === null) return null
  const ref = { roundId: carriesRoundId, unitId: input.institutionId }
  const found = reportedSnapshot(tx, { ...ref, component: 'roster' }) ?? lastRead(tx, ref)
  if (!found) return null
  const { rows, ...rest } = found
  return { from: roundById(tx, carriesRoundId), pupils: (rows as Pupil[]).filter((pupil) => pupil.counts), ...rest }
}

/** The pupils that were taken over, by every key they may come back by; null when nothing was, so that nobody is asked where a pupil comes from. */
export function carriedKeys(tx: Tx, input: { roundId: RoundId; institutionId: UnitId }): CarriedPupils | null {
  const carried = carriedRoster(tx, input)
  return carried && carried.pupils.length > 0 ? carriedPupils(carried.pupils) : null
}

type Found = Pick<CarriedRoster, 'basis' | 'at'> & { rows: unknown[] }

/** The reported figure: the last confirmation, also while it is being corrected. */
function reportedSnapshot(tx: Tx, ref: { roundId: RoundId; unitId: UnitId; component: Component }): Found | null {
  const row = tx
    .select({ rows: snapshots.rows, at: confirmations.tappedAt })
    .from(componentStates)
    .innerJoin(confirmations, eq(confirmations.id, componentStates.reportedConfirmationId))
    .innerJoin(snapshots, eq(snapshots.id, confirmations.snapshotId))
    .where(
      and(
        eq(componentStates.roundId, ref.roundId),
        eq(componentStates.unitId, ref.unitId),
        eq(componentStates.component, ref.component),
      ),
    )
    .get()
  return row ? { rows: row.rows as unknown[], at: row.at, basis: 'confirmed' } : null
}

function lastRead(tx: Tx, ref: { roundId: RoundId; unitId: UnitId }): Found | null {
  const roster = tx
    .select({ readAt: rosters.readAt })
    .from(rosters)
    .where(and(eq(rosters.roundId, ref.roundId), eq(rosters.institutionId, ref.unitId)))
    .get()
  if (!roster) return null
  const rows = tx
    .select({ data: pupils.data })
    .from(pupils)
    .where(and(eq(pupils.roundId, ref.roundId), eq(pupils.institutionId, ref.unitId), isNull(pupils.goneAt)))
    .orderBy(asc(pupils.row))
    .all()
  return { rows: rows.map((row) => row.data), at: roster.readAt, basis: 'read' }
}

/**
 * Gives other-affiliation institutions without a baseline of the round's own the figure that was confirmed in the last round
 * that had closed before this one opened, with the day of that confirmation (domain.md section 7). A first round has none.
 */
export function bringBaselines(tx: Tx, input: { roundId: RoundId; laoId: UnitId }): void {
  const without = institutionsWithoutBaseline(tx, input)
  if (without.length === 0) return
  const last = lastConfirmedCounts(tx, input)
  if (!last) return
  for (const { id, code } of without) {
    const baseline = last.byCode.get(code)
    if (baseline === undefined) continue
    const values = { baseline, baselineDate: last.day }
    tx.insert(otherCounts)
      .values({ roundId: input.roundId, otherInstitutionId: id, ...values })
      .onConflictDoUpdate({ target: [otherCounts.roundId, otherCounts.otherInstitutionId], set: values })
      .run()
  }
}

function institutionsWithoutBaseline(tx: Tx, input: { roundId: RoundId; laoId: UnitId }) {
  return tx
    .select({ id: otherInstitutions.id, code: otherInstitutions.code })
    .from(otherInstitutions)
    .leftJoin(
      otherCounts,
      and(eq(otherCounts.otherInstitutionId, otherInstitutions.id), eq(otherCounts.roundId, input.roundId)),
    )
    .where(
      and(
        eq(otherInstitutions.laoId, input.laoId),
        isNull(otherInstitutions.closedAt),
        or(isNull(otherCounts.roundId), isNull(otherCounts.baseline)),
      ),
    )
    .all()
}

function lastConfirmedCounts(
  tx: Tx,
  input: { roundId: RoundId; laoId: UnitId },
): { byCode: Map<string, number>; day: string } | null {
  const round = roundById(tx, input.roundId)
  const closed = tx
    .select({ id: rounds.id })
    .from(rounds)
    .where(lte(rounds.closesAt, round.recordingOpensAt))
    .orderBy(desc(rounds.closesAt))
    .all()
  for (const { id } of closed) {
    const found = reportedSnapshot(tx, { roundId: id, unitId: input.laoId, component: 'other_counts' })
    if (!found) continue
    const rows = found.rows as { code: string; current: number | null }[]
    const byCode = new Map(rows.flatMap(({ code, current }) => (current === null ? [] : [[code, current] as const])))
    return { byCode, day: bangkokDay(found.at) }
  }
  return null
}

/** ISO date in Bangkok, which has no daylight saving. */
function bangkokDay(at: Instant): string {
  return new Date(at + 7 * 3_600_000).toISOString().slice(0, 10)
}
