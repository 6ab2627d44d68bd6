import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { appointments, type Component, invitations, reopeningRequests, units } from '../db/schema.ts'
import { confirmationOf, setState, stateOf } from './component-state.ts'
import { appendEvent } from './event-log.ts'
import { extensionInstants } from './extension-reach.ts'
import { keepsWaiting, tellLaoWhenAllIn, tellProvinceOf } from './level-above.ts'
import { noticeUnit, type UnitNews, URGENCY } from './notice.ts'
import { endRequest, writeStep } from './reopening-step.ts'
import { activeRound, parentOf, type Round } from './rounds.ts'
import { refreshSharedPupils } from './shared-pupils-refresh.ts'
import { settleLock } from './sheet-lock.ts'
import { type Unit, unitById } from './unit.ts'
import { endOf } from './units-at.ts'

/** What a file or an act changed among the units, gathered so that everyone concerned hears of all of it in one message. */
export type Aftermath = {
  round: Round | null
  told: Map<UnitId, UnitNews[]>
  closed: UnitId[]
  /** LAOs and provinces that lost a unit they were waiting for: without it they may be complete. */
  lostOpen: Set<UnitId>
}

export function openAftermath(tx: Tx, now: Instant): Aftermath {
  return { round: runningRound(tx, now), told: new Map(), closed: [], lostOpen: new Set() }
}

/** The active round while anything of it is still open: after that, what happens among the units touches it no more. */
function runningRound(tx: Tx, now: Instant): Round | null {
  const round = activeRound(tx)
  if (!round || round.archivedAt !== null) return null
  return now < Math.max(round.closesAt, ...extensionInstants(tx, round)) ? round : null
}

/** Whether the round still runs for an LAO: what happens among its units then touches what it owes. */
export function runsFor(tx: Tx, input: { round: Round | null; laoId: UnitId | null }, now: Instant): boolean {
  const { round, laoId } = input
  return round !== null && laoId !== null && now < endOf(tx, { round, laoId })
}

/** An LAO itself, or the one above an institution. */
export const laoOf = (unit: Unit): UnitId | null => (unit.level === 'lao' ? unit.id : unit.parentId)

export function tell(aftermath: Aftermath, unitIds: readonly (UnitId | null)[], news: UnitNews): void {
  for (const unitId of new Set(unitIds))
    if (unitId !== null) aftermath.told.set(unitId, [...(aftermath.told.get(unitId) ?? []), news])
}

/** Queues what was gathered, then ends the appointments at closed units: their officers are told while they still are. */
export function finishAftermath(tx: Tx, aftermath: Aftermath, now: Instant): void {
  const roundId = aftermath.round?.id ?? null
  for (const [unitId, news] of aftermath.told) {
    const notice = { type: 'units-changed', roundId, unitId, news } as const
    noticeUnit(tx, { unitId, notice, urgency: URGENCY.undoesYourAct }, now)
  }
  for (const unitId of aftermath.closed) endAppointments(tx, unitId, now)
  if (roundId !== null) for (const unitId of aftermath.lostOpen) tellWhoMayGoOn(tx, { roundId, unitId }, now)
}

/** Asked before a unit goes from below `parentId`, and told at the end, as its confirmation would have been. */
export function noteLoss(
  tx: Tx,
  input: { aftermath: Aftermath; unit: Unit; parentId: UnitId | null },
  now: Instant,
): void {
  const { aftermath, unit, parentId } = input
  if (!aftermath.round || parentId === null || !runsFor(tx, { round: aftermath.round, laoId: laoOf(unit) }, now)) return
  if (keepsWaiting(tx, { roundId: aftermath.round.id, unit }, now)) aftermath.lostOpen.add(parentId)
}

function tellWhoMayGoOn(tx: Tx, input: { roundId: RoundId; unitId: UnitId }, now: Instant): void {
  const { roundId, unitId } = input
  const { level } = unitById(tx, unitId)
  if (level === 'lao') tellLaoWhenAllIn(tx, { roundId, laoId: unitId }, now)
  if (level === 'province') tellProvinceOf(tx, { roundId, provinceId: unitId }, now)
}

function endAppointments(tx: Tx, unitId: UnitId, now: Instant): void {
  const ended = tx
    .update(appointments)
    .set({ validTo: now, endedReason: CLOSED })
    .where(and(eq(appointments.unitId, unitId), isNull(appointments.validTo)))
    .returning({ id: appointments.id, personId: appointments.personId })
    .all()
  for (const { id, personId } of ended) {
    const data = { of: id, ofPerson: personId, how: 'unit-closed', by: 'operator' }
    appendEvent(tx, { at: now, type: 'appointment-ended', unitId, data })
  }
  tx.update(invitations)
    .set({ revokedAt: now })
    .where(and(eq(invitations.unitId, unitId), isNull(invitations.usedAt), isNull(invitations.revokedAt)))
    .run()
}

const COMPONENTS = {
  institution: ['roster'],
  lao: ['overview', 'other_counts'],
  province: ['province'],
  department: [],
} as const satisfies Record<Unit['level'], readonly Component[]>

/**
 * A closed unit owes nothing more in the running round and its figure counts no longer; its receipt stays on record, and what
 * was confirmed above with it stays the reported figure until it is confirmed anew.
 */
export function closeInRound(tx: Tx, input: { unit: Unit; round: Round | null }, now: Instant): void {
  const { unit, round } = input
  if (!round) return
  const ref = { roundId: round.id, unitId: unit.id }
  for (const component of COMPONENTS[unit.level]) {
    const known = stateOf(tx, { ...ref, component })
    // What was spared before stays spared for that reason, also when the closing is taken back.
    const notRequiredReason = known.state === 'not_required' ? known.notRequiredReason : CLOSED
    setState(tx, { ...ref, component }, { state: 'not_required', confirmationId: null, notRequiredReason }, now)
    if (component === 'roster' || component === 'other_counts') settleLock(tx, { ...ref, component }, now)
  }
  if (unit.level === 'institution') refreshSharedPupils(tx, { roundId: round.id, institutionId: unit.id }, now)
}

/** Why a closed unit owes nothing, and why appointments there ended. */
export const CLOSED = 'หน่วยงานปิดหรือยุบรวมแล้ว'

export const isConfirmed = (tx: Tx, input: { roundId: RoundId; unitId: UnitId; component: Component }): boolean =>
  stateOf(tx, input).state === 'confirmed' && confirmationOf(tx, input) !== null

/** The provinces of LAOs whose overview stands confirmed: what it was confirmed on has changed. */
export function provincesToTell(
  tx: Tx,
  input: { round: Round | null; laoIds: readonly (UnitId | null)[] },
  now: Instant,
): UnitId[] {
  const { round, laoIds } = input
  if (!round) return []
  return laoIds.flatMap((laoId) => {
    if (laoId === null || !runsFor(tx, { round, laoId }, now)) return []
    if (!isConfirmed(tx, { roundId: round.id, unitId: laoId, component: 'overview' })) return []
    return parentOf(tx, laoId) ?? []
  })
}

/**
 * Requests of the unit, and of those below it that wait at `formerParentId`, lapse: the levels that they were climbing are no
 * longer above it. Returns how many.
 */
export function lapseRequestsOf(
  tx: Tx,
  input: { unitId: UnitId; formerParentId: UnitId | null },
  now: Instant,
): number {
  const { unitId, formerParentId } = input
  const below = tx.select({ id: units.id }).from(units).where(eq(units.parentId, unitId))
  const waitsThere =
    formerParentId === null
      ? undefined
      : and(inArray(reopeningRequests.unitId, below), eq(reopeningRequests.waitingAtUnitId, formerParentId))
  const waiting = tx
    .select()
    .from(reopeningRequests)
    .where(and(eq(reopeningRequests.state, 'waiting'), or(eq(reopeningRequests.unitId, unitId), waitsThere)))
    .all()
  for (const request of waiting) {
    writeStep(tx, { request, actor: null, act: 'lapsed', word: null }, now)
    endRequest(tx, request, 'lapsed', now)
  }
  return waiting.length
}
