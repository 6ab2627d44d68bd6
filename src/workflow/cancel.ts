import { eq } from 'drizzle-orm'
import type { Instant, RequestId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type Component, confirmations } from '../db/schema.ts'
import { dateAct, type Tap } from './act-time.ts'
import type { Actor } from './actor.ts'
import { confirmationOf, setState, stateOf } from './component-state.ts'
import { appendEvent } from './event-log.ts'
import { noticeUnit, URGENCY } from './notice.ts'
import { openRequestOf } from './reopening-requests.ts'
import { endRequest, writeStep } from './reopening-step.ts'
import { parentOf, type Round } from './rounds.ts'
import { reasonRefusal } from './rules/reason.ts'
import { type Decision, refuse } from './rules/refusal.ts'
import { refreshSharedPupils } from './shared-pupils-refresh.ts'
import { settleLock } from './sheet-lock.ts'
import { unitById } from './unit.ts'

/**
 * Cancels one confirmation (ยกเลิกการยืนยัน): the component opens again, its sheet is to be unlocked, and its last
 * confirmed figure stays the reported one until it is confirmed again. Part of a larger transaction.
 */
export function cancelConfirmation(
  tx: Tx,
  input: {
    round: Round
    actor: Actor
    unitId: UnitId
    component: Component
    reason: string
    requestId: RequestId | null
  },
  now: Instant,
): void {
  const ref = { roundId: input.round.id, unitId: input.unitId, component: input.component }
  const confirmation = confirmationOf(tx, ref)
  if (!confirmation) return
  tx.update(confirmations)
    .set({ cancelledAt: now, cancelReason: input.reason })
    .where(eq(confirmations.id, confirmation.id))
    .run()
  setState(tx, ref, { state: 'open', confirmationId: null, reopenedTimes: stateOf(tx, ref).reopenedTimes + 1 }, now)
  if (input.component === 'roster' || input.component === 'other_counts') {
    settleLock(tx, { roundId: input.round.id, unitId: input.unitId, component: input.component }, now)
  }
  appendEvent(tx, {
    at: now,
    type: 'cancelled',
    roundId: input.round.id,
    unitId: input.unitId,
    personId: input.actor.personId,
    appointmentId: input.actor.appointmentId,
    data: {
      component: input.component,
      receiptNumber: confirmation.receiptNumber,
      requestId: input.requestId,
      byUnitId: input.actor.unitId,
    },
  })
  // A pupil who stood in the confirmed figure only is claimed no longer.
  if (input.component === 'roster')
    refreshSharedPupils(tx, { roundId: input.round.id, institutionId: input.unitId }, now)
  endOvertaken(tx, input, now)
  const notice = {
    type: 'cancelled',
    confirmationId: confirmation.id,
    reason: input.reason,
    byUnitId: input.actor.unitId,
    requestId: input.requestId,
  } as const
  noticeUnit(tx, { unitId: input.unitId, notice, urgency: URGENCY.undoesYourAct, except: input.actor.personId }, now)
}

/**
 * The level above cancels unasked, with a reason, while it is itself open (domain.md section 7). Nobody undoes his own act
 * (G8.1 knows no exception): the actor's unit must be the parent.
 */
export function cancelDirectly(
  tx: Tx,
  input: { round: Round; actor: Actor; unitId: UnitId; component: Component; reason: string; tap?: Tap | undefined },
  now: Instant,
): Decision {
  const { round, actor, unitId, component } = input
  if (parentOf(tx, unitId) !== actor.unitId) return refuse({ why: 'not-yours' })
  if (actor.role !== 'officer') return refuse({ why: 'reads-only' })
  const unreasoned = reasonRefusal(input.reason)
  if (unreasoned) return refuse(unreasoned)
  if (!confirmationOf(tx, { roundId: round.id, unitId, component })) return refuse({ why: 'not-confirmed' })
  const meant = { kind: 'cancel', unitId, component, reason: input.reason } as const
  const dated = dateAct(tx, { round, actor, unitId, component, meant, tap: input.tap }, now)
  if (!dated.ok) return dated
  const above = component === 'roster' ? 'overview' : component === 'province' ? null : 'province'
  if (above && confirmationOf(tx, { roundId: round.id, unitId: actor.unitId, component: above })) {
    const unit = unitById(tx, actor.unitId)
    return refuse({ why: 'level-above-confirmed', unit: { id: unit.id, name: unit.name } })
  }
  cancelConfirmation(tx, { ...input, requestId: null }, now)
  return { ok: true }
}

/** A request that waited for what is now done another way is carried out with it: it must never cancel a later confirmation. */
function endOvertaken(
  tx: Tx,
  input: { round: Round; actor: Actor; unitId: UnitId; component: Component; requestId: RequestId | null },
  now: Instant,
): void {
  const request = openRequestOf(tx, input)
  if (!request || request.id === input.requestId) return
  writeStep(tx, { request, actor: input.actor, act: 'carried_out', word: null }, now)
  endRequest(tx, request, 'carried_out', now)
}
