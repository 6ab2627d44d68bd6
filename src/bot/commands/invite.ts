import type { AppointmentId } from '../../db/ids.ts'
import type { Role } from '../../db/schema.ts'
import { type Appointment, appointmentsAt } from '../../workflow/appointment-record.ts'
import { makeInvitationPage } from '../../workflow/invitation-page.ts'
import { createInvitation } from '../../workflow/invitations.ts'
import { readDate } from '../../workflow/rules/roster/read-date.ts'
import { wordKey } from '../../workflow/rules/text/thai-text.ts'
import { childrenOf, type Unit } from '../../workflow/unit.ts'
import { invitationCard } from '../cards/invitation-card.ts'
import { text } from '../cards/messages.ts'
import type { Command } from '../command.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { orderValue } from '../words/appointment-words.ts'
import { INVITE } from '../words/join-words.ts'
import { withoutIds } from '../words/terms.ts'
import { refusalOf, refused } from './refused.ts'
import { unitBelow } from './show-status.ts'

const BELOW = { department: 'province', province: 'lao', lao: 'institution' } as const

type Input = Extract<Command, { kind: 'invite' }>

/** เชิญ: a one-time code for a unit directly below (R4, R6, R7), shown this once, with its order and whom it replaces. */
export function invite(talk: Talk, input: Input): Answer {
  const { tx, actor, now } = talk
  if (actor.role !== 'officer') return refused(talk, { why: 'reads-only' })
  if (actor.level === 'institution') return say(text(INVITE.nobodyBelow))
  if (input.unit === null) {
    const [example] = childrenOf(tx, { unitId: actor.unitId, level: BELOW[actor.level] }, now)
    return say(text(example ? INVITE.which(example.name) : INVITE.nobodyBelow))
  }
  const found = unitBelow(talk, input.unit, { deep: false })
  if ('answer' in found) return found.answer
  const order = orderOf(input)
  if ('unread' in order) return say(text(INVITE.unreadDate(withoutIds(order.unread))))
  const former = formerOf(talk, { unit: found.unit, role: input.role, name: input.replaces })
  if (former === 'nobody') return say(text(INVITE.nobodySuch(found.unit.name, withoutIds(input.replaces ?? ''))))
  return make(talk, { unit: found.unit, role: input.role, order, former })
}

type Order = { orderNumber: string | null; orderDate: string | null }

function make(talk: Talk, input: { unit: Unit; role: Role; order: Order; former: Appointment | null }): Answer {
  const { unit, role, order, former } = input
  const replaces: AppointmentId | null = former?.id ?? null
  const wanted = { actor: talk.actor, unitId: unit.id, role, personName: null, ...order, replaces }
  const made = createInvitation(talk.tx, wanted, talk.now)
  if (!made.ok) return refused(talk, refusalOf(made))
  const { id: invitationId, code, expiresAt } = made
  const words = { unit: unit.name, role, code, expiresAt, order: orderValue(order), replaces: former?.name ?? null }
  const web = talk.deps.webAddress
  if (!web) return say(text(INVITE.made(words)))
  const pageId = makeInvitationPage(talk.tx, { invitationId, code }, talk.now)
  return say(text(INVITE.made(words)), invitationCard({ web, pageId, unit: unit.name, role, expiresAt }))
}

/** Orders are of these years: two digits are read so that they fall among them. */
const EARLIEST = 2000
const LATEST = 2060

function orderOf(input: Input): Order | { unread: string } {
  if (!input.order) return { orderNumber: null, orderDate: null }
  const orderNumber = input.order.number === '' ? null : withoutIds(input.order.number)
  const typed = input.order.date
  if (typed === null) return { orderNumber, orderDate: null }
  const reading = readDate({ kind: 'text', text: typed }, ({ year }) => year >= EARLIEST && year <= LATEST)
  if (!reading.ok || !reading.date.month || !reading.date.day) return { unread: typed }
  const { year, month, day } = reading.date
  return { orderNumber, orderDate: [year, pad(month), pad(day)].join('-') }
}

const pad = (part: number): string => String(part).padStart(2, '0')

/** Who is meant by แทน: by the whole name, or the one whom a part of it fits. */
function formerOf(talk: Talk, input: { unit: Unit; role: Role; name: string | null }): Appointment | null | 'nobody' {
  if (input.name === null) return null
  const asked = wordKey(input.name)
  const there = appointmentsAt(talk.tx, input.unit.id, talk.now).filter(
    ({ role, state }) => role === input.role && state !== 'ended',
  )
  const same = there.filter(({ name }) => wordKey(name) === asked)
  const fitting = same.length > 0 ? same : there.filter(({ name }) => wordKey(name).includes(asked))
  const [only, other] = fitting
  return only && !other ? only : 'nobody'
}
