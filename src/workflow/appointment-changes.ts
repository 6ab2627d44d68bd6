import { eq } from 'drizzle-orm'
import type { AppointmentId, Instant, PersonId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { appointments } from '../db/schema.ts'
import type { Tap } from './act-time.ts'
import { type Actor, appointedAt } from './actor.ts'
import { type Appointment, type AppointmentState, appointmentById } from './appointment-record.ts'
import { appendEvent } from './event-log.ts'
import { noticeUnit, queueNotice, URGENCY } from './notice.ts'
import { parentOf } from './rounds.ts'
import { reasonRefusal } from './rules/reason.ts'
import { type Decision, type Refusal, refuse } from './rules/refusal.ts'
import { waitingMatters } from './waiting-matters.ts'

export type DutyChange = 'suspend' | 'resume' | 'end'

type ChangeInput = {
  /** null: the department's operator, by `lec appoint`. */
  actor: Actor | null
  appointmentId: AppointmentId
  reason: string
  tap?: Tap | undefined
}

export type Changed = {
  appointment: Appointment
  /** Nobody is left at the unit: how many matters wait there for an officer's word; null while somebody is. */
  waitingForNobody: number | null
}

/** Which states a change is for; any other is answered with what is the case already. */
const FROM: Record<DutyChange, readonly AppointmentState[]> = {
  suspend: ['in-force'],
  resume: ['suspended'],
  end: ['in-force', 'suspended'],
}

/** Whether this person may change the duty now; `null` is yes. Appointments are the level above's, and nobody's own (R4, R6, R7). */
export function dutyChangeRefusal(
  tx: Tx,
  input: { actor: Actor | null; appointmentId: AppointmentId; change: DutyChange },
): Refusal | null {
  const { actor, change } = input
  const appointment = appointmentById(tx, input.appointmentId)
  if (!appointment) return { why: 'not-yours' }
  if (actor && parentOf(tx, appointment.unitId) !== actor.unitId) return { why: 'not-yours' }
  if (actor && actor.role !== 'officer') return { why: 'reads-only' }
  return FROM[change].includes(appointment.state) ? null : { why: 'duty-state', state: appointment.state }
}

/**
 * The level above suspends a duty, lets it go on, or ends it, each with a reason. It holds from this moment: buttons that were
 * sent before do nothing, a running confirmation is refused at its commit, and Google's access follows the appointments.
 */
export function changeDuty(tx: Tx, input: ChangeInput & { change: DutyChange }, now: Instant): Decision<Changed> {
  const { actor, change } = input
  const refusal = dutyChangeRefusal(tx, input)
  if (refusal) return refuse(refusal)
  const reason = input.reason.trim()
  const unreasoned = reasonRefusal(reason, true)
  if (unreasoned) return refuse(unreasoned)
  const before = appointmentById(tx, input.appointmentId)
  if (!before) return refuse({ why: 'not-yours' })
  const by = actor ? { personId: actor.personId, appointmentId: actor.appointmentId } : null
  const tap = input.tap ? { tap: input.tap } : {}
  if (change === 'end') closeAppointment(tx, { appointment: before, how: 'ended', by, reason, ...tap }, now)
  else setSuspended(tx, { appointment: before, change, by, reason, ...tap }, now)
  const appointment = appointmentById(tx, before.id) ?? before
  return { ok: true, appointment, waitingForNobody: nobodyLeft(tx, appointment, now) }
}

type By = { personId: PersonId; appointmentId: AppointmentId } | null

function setSuspended(
  tx: Tx,
  input: { appointment: Appointment; change: 'suspend' | 'resume'; by: By; reason: string; tap?: Tap },
  now: Instant,
): void {
  const { appointment, change, by, reason } = input
  const suspend = change === 'suspend'
  tx.update(appointments)
    .set(suspend ? { suspendedAt: now, suspendedReason: reason } : { suspendedAt: null, suspendedReason: null })
    .where(eq(appointments.id, appointment.id))
    .run()
  const type = suspend ? 'appointment-suspended' : 'appointment-resumed'
  record(tx, { type, appointment, by, data: { tap: input.tap } }, now)
  const how = suspend ? 'suspended' : 'resumed'
  const notice = { type: 'duty-changed', appointmentId: appointment.id, how, reason } as const
  queueNotice(tx, { personId: appointment.personId, notice, urgency: URGENCY.actNow }, now)
  if (suspend) tellWhoIsLeft(tx, { appointment, by }, now)
}

/** Ends a duty at `now`, with whoever takes over named when somebody does. Part of a larger transaction. */
export function closeAppointment(
  tx: Tx,
  input: { appointment: Appointment; how: 'ended' | 'replaced'; by: By; reason: string | null; tap?: Tap },
  now: Instant,
): void {
  const { appointment, how, by, reason } = input
  const replacedBy = how === 'replaced' ? (by?.appointmentId ?? null) : null
  tx.update(appointments)
    .set({ validTo: now, endedReason: reason, replacedByAppointmentId: replacedBy })
    .where(eq(appointments.id, appointment.id))
    .run()
  record(tx, { type: 'appointment-ended', appointment, by, data: { how, replacedBy, tap: input.tap } }, now)
  const notice = { type: 'duty-changed', appointmentId: appointment.id, how, reason } as const
  queueNotice(tx, { personId: appointment.personId, notice, urgency: URGENCY.actNow }, now)
  tellWhoIsLeft(tx, { appointment, by }, now)
}

/** What the person typed as a reason stands in the appointment, where it can be erased, never in the log. */
function record(
  tx: Tx,
  input: {
    type: 'appointment-suspended' | 'appointment-resumed' | 'appointment-ended'
    appointment: Appointment
    by: By
    data: Record<string, unknown>
  },
  now: Instant,
): void {
  const { type, appointment, by, data } = input
  appendEvent(tx, {
    at: now,
    type,
    unitId: appointment.unitId,
    personId: by?.personId ?? null,
    appointmentId: by?.appointmentId ?? null,
    data: { of: appointment.id, ofPerson: appointment.personId, ...data, ...(by ? {} : { by: 'operator' }) },
  })
}

/** What waited for the one who left goes on to the others; with nobody left, the level above hears how much waits there. */
function tellWhoIsLeft(tx: Tx, input: { appointment: Appointment; by: By }, now: Instant): void {
  const { appointment, by } = input
  const { unitId, role } = appointment
  if (role !== 'officer') return
  const except = by ? { except: by.personId } : {}
  if (appointedAt(tx, { unitId, role }, now).length > 0) {
    const notice = { type: 'colleague-left', unitId, appointmentId: appointment.id } as const
    noticeUnit(tx, { unitId, notice, urgency: URGENCY.actNow, ...except }, now)
    return
  }
  const above = parentOf(tx, unitId)
  if (!above) return
  const notice = { type: 'unit-vacant', unitId: above, vacantId: unitId } as const
  noticeUnit(tx, { unitId: above, notice, urgency: URGENCY.actNow, ...except }, now)
}

function nobodyLeft(tx: Tx, appointment: Appointment, now: Instant): number | null {
  if (appointment.role !== 'officer' || appointment.state === 'in-force') return null
  if (appointedAt(tx, { unitId: appointment.unitId, role: 'officer' }, now).length > 0) return null
  return waitingMatters(tx, appointment.unitId).total
}
