import type { DutyChange } from '../../workflow/appointment-changes.ts'
import { type Appointment, appointmentsAt } from '../../workflow/appointment-record.ts'
import { inChargeOf } from '../../workflow/in-charge.ts'
import { unitById } from '../../workflow/unit.ts'
import { offer } from '../bot-action.ts'
import { type CardButton, type CardLine, say as sayButton, tap } from '../cards/card.ts'
import { cardMessage } from '../cards/messages.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { IN_CHARGE } from '../words/answers.ts'
import { CHANGE, DUTY_ACT, orderValue, PEOPLE } from '../words/appointment-words.ts'
import { SAY } from '../words/say.ts'
import { ROLE } from '../words/terms.ts'
import { namedBelow } from './change-duty.ts'
import { unitBelow } from './show-status.ts'

const MOST_WITH_BUTTONS = 4

/** ผู้รับผิดชอบ of a unit below: each duty with its order, and for the level above what can be done about it. */
export function showPeople(talk: Talk, asked: string): Answer {
  const { tx, actor, now } = talk
  const found = unitBelow(talk, asked, { deep: true })
  if ('answer' in found) return found.answer
  const { unit } = found
  const there = appointmentsAt(tx, unit.id, now)
  const { telephone, people } = inChargeOf(tx, unit.id, now)
  const lines: CardLine[] = []
  if (telephone) lines.push({ kind: 'small', text: IN_CHARGE.unitPhone(telephone) })
  if (there.length === 0) lines.push({ kind: 'text', text: PEOPLE.nobody, tone: 'wait' })
  const above = unit.parentId === actor.unitId && actor.role === 'officer'
  const acts = above ? actsOn(talk, there) : []
  const numbered = acts.some(({ byName }) => !byName)
  for (const [index, appointment] of there.entries()) {
    const person = people.find(({ appointmentId }) => appointmentId === appointment.id)
    const reached = person && !person.reachable ? ` ${IN_CHARGE.unreached}` : ''
    const words = IN_CHARGE.person({
      name: appointment.name,
      role: ROLE[appointment.role],
      telephone: person?.telephone ?? null,
    })
    const mark = numbered ? `${index + 1}.` : '•'
    lines.push({ kind: 'item', mark, text: `${words}${reached}` }, ...dutyLines(appointment))
  }
  if (unit.certifierRequired) lines.push({ kind: 'rule' }, { kind: 'small', text: PEOPLE.certifier })
  const over = unit.parentId ? unitById(tx, unit.parentId).name : ''
  const card = { over, title: unit.name, lines, buttons: above ? buttonsOf(talk, acts, unit.name) : [] }
  return say(cardMessage(card, PEOPLE.alt))
}

function dutyLines(appointment: Appointment): CardLine[] {
  const order = orderValue(appointment)
  const held = [PEOPLE.since(appointment.validFrom), ...(order === '' ? [] : [PEOPLE.order(order)])].join(' · ')
  const lines: CardLine[] = [{ kind: 'small', text: held }]
  if (appointment.suspendedAt !== null)
    lines.push({ kind: 'text', text: PEOPLE.suspended(appointment.suspendedAt, appointment.reason), tone: 'stop' })
  return lines
}

/**
 * `alone`: nobody else on the card is called so. `byName`: typing the act with this name means this person and nobody else below;
 * else the number on the card says who.
 */
type Act = { appointment: Appointment; change: DutyChange; number: number; alone: boolean; byName: boolean }

function actsOn(talk: Talk, there: readonly Appointment[]): Act[] {
  const named = namedBelow(talk)
  return there.slice(0, MOST_WITH_BUTTONS).flatMap((appointment, index) =>
    [appointment.state === 'suspended' ? ('resume' as const) : ('suspend' as const), 'end' as const].map((change) => ({
      appointment,
      change,
      number: index + 1,
      alone: there.every((other) => other === appointment || other.name !== appointment.name),
      byName: named({ change, name: appointment.name }).length === 1,
    })),
  )
}

function buttonsOf(talk: Talk, acts: readonly Act[], unitName: string): CardButton[] {
  const { round } = talk
  const invite = sayButton(PEOPLE.inviteOne(unitName), `${SAY.invite} ${unitName}`)
  if (!round) return [invite]
  const changes = acts.map(({ appointment, change, number, alone, byName }) => {
    const { id: appointmentId, name } = appointment
    const token = offer({ ...talk, round }, { type: 'change-duty', appointmentId, change, number })
    const label = `${DUTY_ACT[change]}${alone ? '' : ` ${number}`}: ${name}`
    const typed = byName ? CHANGE.typed(change, name) : CHANGE.typedNumber(change, number)
    return tap(label, token, { style: 'secondary', typed })
  })
  return [...changes, invite]
}
