import { and, eq, isNull } from 'drizzle-orm'
import type { AppointmentId, Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { appointments, type Component, componentStates, confirmations, rounds, units } from '../db/schema.ts'
import { setState } from './component-state.ts'
import { appendEvent } from './event-log.ts'
import { refreshSharedPupils } from './shared-pupils-refresh.ts'
import { settleLock } from './sheet-lock.ts'
import { type Unit, unitById } from './unit.ts'
import { CLOSED, finishAftermath, laoOf, openAftermath, provincesToTell, tell } from './unit-aftermath.ts'
import { factsOf, type UnitDecision, type UnitRefusal } from './unit-changes.ts'
import { endOf } from './units-at.ts'
import { type ChangeGround, writeUnitChange } from './write-unit.ts'

/**
 * Takes back a closing or merging that was recorded by mistake: the unit, its appointments and what it had confirmed in the running
 * round are as they were. Only while no round has closed meanwhile, since a closed round stays as it stood. Requests that lapsed,
 * codes for joining that were revoked, and what a merging moved elsewhere do not come back.
 */
export function reopenUnit(tx: Tx, input: { unitId: UnitId; ground: ChangeGround }, now: Instant): UnitDecision {
  const unit = unitById(tx, input.unitId)
  const { ground } = input
  const refusal = reopenRefusal(tx, { unit, ground }, now)
  if (refusal) return { ok: false, ...refusal }
  const closedAt = unit.closedAt ?? now
  tx.update(units).set({ closedAt: null, mergedIntoId: null }).where(eq(units.id, unit.id)).run()
  const facts = factsOf(tx, unit)
  writeUnitChange(tx, { unitId: unit.id, what: 'reopened', before: facts, after: facts, ground }, now)
  restoreAppointments(tx, { unitId: unit.id, closedAt }, now)
  for (const roundId of roundsClosedWith(tx, unit.id)) restoreInRound(tx, { roundId, unit }, now)
  const aftermath = openAftermath(tx, now)
  const news = { what: 'reopened', unitId: unit.id, letterNumber: ground.letterNumber } as const
  const laoIds = unit.level === 'institution' ? [unit.parentId] : []
  const provinces = provincesToTell(tx, { round: aftermath.round, laoIds }, now)
  tell(aftermath, [unit.id, unit.parentId, ...provinces], news)
  finishAftermath(tx, aftermath, now)
  return { ok: true, unit: unitById(tx, unit.id) }
}

function reopenRefusal(tx: Tx, input: { unit: Unit; ground: ChangeGround }, now: Instant): UnitRefusal | null {
  const { unit, ground } = input
  if (unit.closedAt === null) return { why: 'not-closed' }
  if (!ground.reason?.trim() || !ground.letterNumber?.trim()) return { why: 'no-reason-and-letter' }
  if (ground.validFrom > now) return { why: 'in-the-future' }
  const parent = unit.parentId === null ? null : unitById(tx, unit.parentId)
  if (parent?.closedAt != null) return { why: 'is-closed', unit: { id: parent.id, name: parent.name } }
  const closed = tx
    .select()
    .from(rounds)
    .all()
    .map((round) => ({ code: round.code, at: endOf(tx, { round, laoId: laoOf(unit) ?? unit.id }) }))
    .find(({ at }) => unit.closedAt !== null && at > unit.closedAt && at <= now)
  return closed ? { why: 'round-closed-since', roundCode: closed.code, at: closed.at } : null
}

/** Those that ended with the unit; one that ended before stays ended. */
function restoreAppointments(tx: Tx, input: { unitId: UnitId; closedAt: Instant }, now: Instant): void {
  const { unitId, closedAt } = input
  const ended = and(eq(appointments.validTo, closedAt), eq(appointments.endedReason, CLOSED))
  const restored = tx
    .update(appointments)
    .set({ validTo: null, endedReason: null })
    .where(and(eq(appointments.unitId, unitId), ended))
    .returning({ id: appointments.id, personId: appointments.personId })
    .all()
  for (const { id, personId } of restored) {
    const data: { of: AppointmentId; ofPerson: number; by: string } = { of: id, ofPerson: personId, by: 'operator' }
    appendEvent(tx, { at: now, type: 'appointment-restored', unitId, data })
  }
}

/** The rounds in which the unit is not required for no other reason than its closing. */
function roundsClosedWith(tx: Tx, unitId: UnitId): RoundId[] {
  return tx
    .selectDistinct({ roundId: componentStates.roundId })
    .from(componentStates)
    .innerJoin(rounds, eq(rounds.id, componentStates.roundId))
    .where(
      and(eq(componentStates.unitId, unitId), eq(componentStates.notRequiredReason, CLOSED), isNull(rounds.archivedAt)),
    )
    .all()
    .map((row) => row.roundId)
}

/** A confirmation that the closing set aside stands again; whatever was open is owed again. */
function restoreInRound(tx: Tx, input: { roundId: RoundId; unit: Unit }, now: Instant): void {
  const { roundId, unit } = input
  const states = tx
    .select()
    .from(componentStates)
    .where(
      and(
        eq(componentStates.roundId, roundId),
        eq(componentStates.unitId, unit.id),
        eq(componentStates.notRequiredReason, CLOSED),
      ),
    )
    .all()
  const restored: { component: Component; receiptNumber: string | null }[] = []
  for (const { component, reportedConfirmationId } of states) {
    const standing = reportedConfirmationId === null ? null : confirmationStanding(tx, reportedConfirmationId)
    const confirmationId = standing?.id ?? null
    const state = confirmationId === null ? 'open' : 'confirmed'
    const ref = { roundId, unitId: unit.id, component }
    setState(tx, ref, { state, confirmationId, notRequiredReason: null }, now)
    restored.push({ component, receiptNumber: standing?.receiptNumber ?? null })
    if (component === 'roster' || component === 'other_counts') settleLock(tx, { ...ref, component }, now)
  }
  const data = { components: restored }
  appendEvent(tx, { at: now, type: 'unit-restored-in-round', roundId, unitId: unit.id, data })
  if (unit.level === 'institution') refreshSharedPupils(tx, { roundId, institutionId: unit.id }, now)
}

function confirmationStanding(tx: Tx, id: typeof confirmations.$inferSelect.id) {
  const standing = and(eq(confirmations.id, id), isNull(confirmations.cancelledAt))
  return tx.select().from(confirmations).where(standing).get() ?? null
}
