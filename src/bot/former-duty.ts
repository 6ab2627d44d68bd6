import type { AppointmentId, Instant } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { appointedAt } from '../workflow/actor.ts'
import { type Appointment, appointmentById, lastDutyOf } from '../workflow/appointment-record.ts'
import { NAMELESS } from '../workflow/person-account.ts'
import { unitById } from '../workflow/unit.ts'
import { OVER } from './words/appointment-words.ts'

/** Why nothing is done any more for somebody whose duty was suspended or is over, and who is in charge now; null for others. */
export function formerDutyWords(
  tx: Tx,
  of: { appointmentId: AppointmentId } | { lineUserId: string },
  now: Instant,
): string | null {
  const duty = 'appointmentId' in of ? appointmentById(tx, of.appointmentId) : lastDutyOf(tx, of.lineUserId)
  if (!duty || duty.state === 'in-force') return null
  const happened = howItEnded(tx, duty)
  return [`${happened} ${OVER.nothingDone}`, ...whoNow(tx, duty, now)].join('\n')
}

export function howItEnded(tx: Tx, duty: Appointment): string {
  const at = duty.state === 'ended' ? duty.validTo : duty.suspendedAt
  const reason = duty.reason ? `\n${OVER.reason(duty.reason)}\n` : ''
  const successor = duty.replacedByAppointmentId ? appointmentById(tx, duty.replacedByAppointmentId) : null
  if (duty.state === 'suspended') return `${OVER.how.suspended(duty.unitName, at ?? 0)}${reason}`
  if (successor) return OVER.how.replaced(duty.unitName, at ?? 0, calledAs(successor.name))
  return `${OVER.how.ended(duty.unitName, at ?? 0)}${reason}`
}

/** Who acts for the unit now, and whom to ask when this is wrong. */
export function whoNow(tx: Tx, duty: Appointment, now: Instant): string[] {
  const there = appointedAt(tx, { unitId: duty.unitId, role: duty.role }, now).map(({ name }) => calledAs(name))
  const { parentId } = unitById(tx, duty.unitId)
  return [OVER.now(there), OVER.ask(parentId ? unitById(tx, parentId).name : null)]
}

/** Whoever has just joined is asked for a name a moment later: until then there is none to tell others. */
const calledAs = (name: string): string => (name === NAMELESS ? OVER.notNamedYet : name)
