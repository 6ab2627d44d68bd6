import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import type { ConfirmationId, Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { componentStates, confirmations, laoMarks, otherInstitutions, rosters, snapshots, units } from '../db/schema.ts'
import type { Unit } from './unit.ts'
import { hashOfShown } from './write-confirmation.ts'

export type InstitutionLine = {
  id: UnitId
  name: string
  kind: Unit['kind']
  state: 'open' | 'confirmed' | 'not_required'
  confirmationId: ConfirmationId | null
  reportedConfirmationId: ConfirmationId | null
  reopenedTimes: number
  /** Confirmed figure, or the last one while it is being corrected. */
  reportedCount: number | null
  receiptNumber: string | null
  confirmedAt: Instant | null
  /** What the sheet says now. */
  counted: number | null
  errors: number
  unexplainedWarnings: number
  readAt: Instant | null
  snapshotHash: string | null
  contentHash: string | null
  /** Edited in the sheet after confirming: the snapshot stays the official figure. */
  drifted: boolean
}

const lineColumns = {
  id: units.id,
  name: units.name,
  kind: units.kind,
  laoId: units.parentId,
  state: componentStates.state,
  confirmationId: componentStates.confirmationId,
  reportedConfirmationId: componentStates.reportedConfirmationId,
  reopenedTimes: componentStates.reopenedTimes,
  reportedCount: snapshots.counted,
  snapshotHash: snapshots.hash,
  receiptNumber: confirmations.receiptNumber,
  confirmedAt: confirmations.tappedAt,
  counted: rosters.counted,
  errors: rosters.errors,
  unexplainedWarnings: rosters.unexplainedWarnings,
  readAt: rosters.readAt,
  contentHash: rosters.contentHash,
}

/** The institutions of an LAO in a round, each with its state; closed ones are left out. */
export function institutionLines(
  tx: Tx,
  input: { roundId: RoundId; laoIds: UnitId[] },
  now: Instant,
): (InstitutionLine & { laoId: UnitId })[] {
  if (input.laoIds.length === 0) return []
  const rows = tx
    .select(lineColumns)
    .from(units)
    .leftJoin(
      componentStates,
      and(
        eq(componentStates.unitId, units.id),
        eq(componentStates.roundId, input.roundId),
        eq(componentStates.component, 'roster'),
      ),
    )
    .leftJoin(confirmations, eq(confirmations.id, componentStates.reportedConfirmationId))
    .leftJoin(snapshots, eq(snapshots.id, confirmations.snapshotId))
    .leftJoin(rosters, and(eq(rosters.institutionId, units.id), eq(rosters.roundId, input.roundId)))
    .where(
      and(
        inArray(units.parentId, input.laoIds),
        eq(units.level, 'institution'),
        or(isNull(units.closedAt), gt(units.closedAt, now)),
      ),
    )
    .orderBy(units.id)
    .all()
  return rows.map((row) => ({
    ...row,
    laoId: row.laoId as UnitId,
    // Spared as empty once; a pupil who appears makes it required again.
    state: row.state === 'not_required' && (row.counted ?? 0) > 0 ? 'open' : (row.state ?? 'open'),
    reopenedTimes: row.reopenedTimes ?? 0,
    errors: row.errors ?? 0,
    unexplainedWarnings: row.unexplainedWarnings ?? 0,
    drifted: row.state === 'confirmed' && row.contentHash !== null && row.contentHash !== row.snapshotHash,
  }))
}

export type LaoLine = {
  id: UnitId
  name: string
  kind: Unit['kind']
  institutions: InstitutionLine[]
  overview: 'not_applicable' | 'open' | 'confirmed' | 'not_required'
  overviewConfirmationId: ConfirmationId | null
  otherCounts: 'not_applicable' | 'open' | 'confirmed' | 'not_required'
  otherCountsConfirmationId: ConfirmationId | null
  /** False: it was confirmed before an institution came or went, and must be reopened and confirmed again. */
  overviewCovers: boolean
  /** False: it was confirmed before an institution of another affiliation came. */
  countsCover: boolean
  otherInstitutionCount: number
  /** Confirmed total of the other-affiliation institutions, or null. */
  otherCounted: number | null
  /** Own institutions all confirmed and undrifted, overview and other counts confirmed as they are now, where they apply. */
  complete: boolean
  /** Hash of what the province would see and mark (ตรวจสอบแล้ว). */
  shownHash: string
  marked: boolean
}

/** The LAOs of a province, or one LAO, with both components, derived from structure and state (domain.md section 8). */
export function laoLines(tx: Tx, input: { roundId: RoundId; laos: Unit[] }, now: Instant): LaoLine[] {
  const ids = input.laos.map((lao) => lao.id)
  if (ids.length === 0) return []
  const byLao = new Map<UnitId, InstitutionLine[]>()
  for (const line of institutionLines(tx, { roundId: input.roundId, laoIds: ids }, now)) {
    byLao.set(line.laoId, [...(byLao.get(line.laoId) ?? []), line])
  }
  const states = tx
    .select()
    .from(componentStates)
    .where(and(eq(componentStates.roundId, input.roundId), inArray(componentStates.unitId, ids)))
    .all()
  const others = tx
    .select({ laoId: otherInstitutions.laoId, code: otherInstitutions.code })
    .from(otherInstitutions)
    .where(and(inArray(otherInstitutions.laoId, ids), isNull(otherInstitutions.closedAt)))
    .all()
  const reported = reportedOf(tx, input.roundId, ids)
  const marks = tx
    .select()
    .from(laoMarks)
    .where(and(eq(laoMarks.roundId, input.roundId), inArray(laoMarks.laoId, ids)))
    .all()
  return input.laos.map((lao) => {
    const institutions = byLao.get(lao.id) ?? []
    const required = institutions.filter((line) => line.state !== 'not_required')
    const otherCodes = others.filter((row) => row.laoId === lao.id).map((row) => row.code)
    const overviewState = states.find((row) => row.unitId === lao.id && row.component === 'overview')
    const countsState = states.find((row) => row.unitId === lao.id && row.component === 'other_counts')
    const overview = shownState(overviewState?.state, required.length > 0)
    const otherCounts = shownState(countsState?.state, otherCodes.length > 0)
    const overviewSnapshot = reported.find((row) => row.laoId === lao.id && row.component === 'overview')
    const countsSnapshot = reported.find((row) => row.laoId === lao.id && row.component === 'other_counts')
    const shownHash = hashOfShown([
      [lao.id, overviewState?.confirmationId ?? null, countsState?.confirmationId ?? null, otherCodes.length],
      ...required.map((line) => [line.id, line.confirmationId] as const),
    ])
    const overviewCovers = overview !== 'confirmed' || overviewSnapshot?.hash === overviewHash(required)
    const countsCover = otherCounts !== 'confirmed' || coversAll(countsSnapshot?.rows, otherCodes)
    const childrenDone = required.every((line) => line.state === 'confirmed' && !line.drifted)
    const bothAbsent = overview === 'not_applicable' && otherCounts === 'not_applicable'
    return {
      id: lao.id,
      name: lao.name,
      kind: lao.kind,
      institutions,
      overview,
      overviewConfirmationId: overviewState?.confirmationId ?? null,
      otherCounts,
      otherCountsConfirmationId: countsState?.confirmationId ?? null,
      overviewCovers,
      countsCover,
      otherInstitutionCount: otherCodes.length,
      otherCounted: countsSnapshot?.counted ?? null,
      complete:
        childrenDone && overview !== 'open' && otherCounts !== 'open' && overviewCovers && countsCover && !bothAbsent,
      shownHash,
      marked: marks.some((mark) => mark.laoId === lao.id && mark.shownHash === shownHash),
    }
  })
}

/** Hash of what an LAO's overview stands for: every required institution with its confirmation and content. */
export function overviewHash(institutions: readonly InstitutionLine[]): string {
  return hashOfShown(institutions.map((child) => [child.id, child.confirmationId, child.snapshotHash]))
}

/** What was declared not required must be confirmed all the same as soon as there is something to confirm. */
function shownState(state: 'open' | 'confirmed' | 'not_required' | undefined, applies: boolean): LaoLine['overview'] {
  if (state === 'confirmed') return 'confirmed'
  if (applies) return 'open'
  return state === 'not_required' ? 'not_required' : 'not_applicable'
}

/** The snapshots that LAOs report now, of both components. */
function reportedOf(tx: Tx, roundId: RoundId, laoIds: UnitId[]) {
  return tx
    .select({
      laoId: confirmations.unitId,
      component: confirmations.component,
      hash: snapshots.hash,
      counted: snapshots.counted,
      rows: snapshots.rows,
    })
    .from(componentStates)
    .innerJoin(confirmations, eq(confirmations.id, componentStates.reportedConfirmationId))
    .innerJoin(snapshots, eq(snapshots.id, confirmations.snapshotId))
    .where(and(eq(componentStates.roundId, roundId), inArray(componentStates.unitId, laoIds)))
    .all()
}

function coversAll(rows: readonly unknown[] | undefined, codes: readonly string[]): boolean {
  const confirmed = new Set((rows ?? []).map((row) => (row as { code?: unknown }).code))
  return codes.every((code) => confirmed.has(code))
}
