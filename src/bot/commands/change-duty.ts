import { eq } from 'drizzle-orm'
import type { AppointmentId } from '../../db/ids.ts'
import { units } from '../../db/schema.ts'
import { changeDuty, type DutyChange, dutyChangeRefusal } from '../../workflow/appointment-changes.ts'
import { type Appointment, appointmentById, appointmentsAt } from '../../workflow/appointment-record.ts'
import { wordKey } from '../../workflow/rules/text/thai-text.ts'
import { text } from '../cards/messages.ts'
import { expectNext } from '../conversation.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { CHANGE, VACANT } from '../words/appointment-words.ts'
import { withoutIds } from '../words/terms.ts'
import { refusalOf, refused } from './refused.ts'

type Asked = { appointmentId: AppointmentId; change: DutyChange }

/** ระงับหน้าที่ / คืนหน้าที่ / ให้พ้นหน้าที่: nothing is changed without a reason. */
export function askDutyReason(turn: Turn, { appointmentId, change }: Asked): Answer {
  const { tx, actor, lineUserId, now } = turn
  const refusal = dutyChangeRefusal(tx, { actor, appointmentId, change })
  const appointment = appointmentById(tx, appointmentId)
  if (refusal || !appointment) return refused(turn, refusal ?? { why: 'not-yours' })
  expectNext(tx, { lineUserId, expecting: { kind: 'duty-reason', appointmentId, change } }, now)
  const { name, unitName, role } = appointment
  return say(text(CHANGE.askReason({ change, name, unit: unitName, role })))
}

export function changeDutyWith(turn: Turn, input: Asked & { reason: string }): Answer {
  const { tx, actor, tap, now } = turn
  const { appointmentId, change } = input
  const decision = changeDuty(tx, { actor, appointmentId, change, reason: withoutIds(input.reason), tap }, now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  const { appointment, waitingForNobody } = decision
  const done = CHANGE.done({ change, name: appointment.name, unit: appointment.unitName })
  if (waitingForNobody === null) return say(text(done))
  return say(text(`${done}\n\n${VACANT.waiting(appointment.unitName, waitingForNobody)}\n${VACANT.next}`))
}

const MOST_NAMED = 5

/** Typed with the person's name; who fits twice is chosen from the unit's card. */
export function typeChangeDuty(turn: Turn, input: { change: DutyChange; name: string | null }): Answer {
  const { change, name } = input
  if (turn.actor.role !== 'officer') return refused(turn, { why: 'reads-only' })
  if (name === null) return say(text(CHANGE.which(change)))
  const [found, other, ...more] = named(turn, { change, name })
  const shown = withoutIds(name)
  if (!found) return say(text(CHANGE.notFound(shown)))
  if (!other) return askDutyReason(turn, { appointmentId: found.id, change })
  const at = [found, other, ...more].slice(0, MOST_NAMED).map(({ unitName }) => unitName)
  return say(text(CHANGE.several(shown, [...new Set(at)])))
}

/** People of the units directly below whom the change may concern, whole names before parts of names. */
function named(turn: Turn, input: { change: DutyChange; name: string }): Appointment[] {
  const { tx, actor, now } = turn
  const asked = wordKey(input.name)
  if (asked.length < 2) return []
  const below = tx.select({ id: units.id }).from(units).where(eq(units.parentId, actor.unitId)).all()
  const there = below
    .flatMap(({ id }) => appointmentsAt(tx, id, now))
    .filter(({ state }) => (input.change === 'resume' ? state === 'suspended' : state !== 'ended'))
  const same = there.filter(({ name }) => wordKey(name) === asked)
  return same.length > 0 ? same : there.filter(({ name }) => wordKey(name).includes(asked))
}
