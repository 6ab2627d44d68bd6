import { type OpenInvitation, openInvitations, revokeInvitation } from '../../workflow/invitations.ts'
import { offeredActions } from '../../workflow/offered-actions.ts'
import { actionOf, offer } from '../bot-action.ts'
import { type CardButton, type CardLine, tap } from '../cards/card.ts'
import { cardMessage, text } from '../cards/messages.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { INVITATIONS, orderValue } from '../words/appointment-words.ts'
import { refusalOf, refused } from './refused.ts'
import { runToken } from './run-action.ts'

const MOST = 20
const MOST_BUTTONS = 6

/** รหัสที่ยังไม่ใช้: codes that nobody has accepted yet; the codes themselves were shown once. */
export function showInvitations(talk: Talk): Answer {
  const { tx, actor, now } = talk
  if (actor.role !== 'officer') return refused(talk, { why: 'reads-only' })
  const open = openInvitations(tx, { unitId: actor.unitId }, now)
  if (open.length === 0) return say(text(INVITATIONS.none))
  const lines: CardLine[] = open.slice(0, MOST).map((invitation, index) => ({
    kind: 'item',
    mark: '•',
    text: itemOf(invitation, index + 1),
  }))
  if (open.length > MOST) lines.push({ kind: 'small', text: INVITATIONS.more(open.length - MOST) })
  const card = { over: actor.unitName, title: INVITATIONS.title, lines, buttons: buttonsOf(talk, open) }
  return say(cardMessage(card, INVITATIONS.alt))
}

function itemOf(invitation: OpenInvitation, number: number): string {
  const { unitName: unit, role, replaces, expiresAt } = invitation
  return INVITATIONS.item({ number, unit, role, order: orderValue(invitation), replaces, expiresAt })
}

function buttonsOf(talk: Talk, open: readonly OpenInvitation[]): CardButton[] {
  const { round } = talk
  if (!round) return []
  const offered = open.slice(0, MOST).map(({ id: invitationId }, index) => {
    const number = index + 1
    const token = offer({ ...talk, round }, { type: 'revoke-invitation', invitationId, number })
    return tap(INVITATIONS.button(number), token, { style: 'secondary', typed: INVITATIONS.typed(number) })
  })
  return offered.slice(0, MOST_BUTTONS)
}

export function revokeOffered(talk: Talk, invitationId: number): Answer {
  const { tx, actor, now } = talk
  const decision = revokeInvitation(tx, { actor, invitationId }, now)
  return decision.ok ? say(text(INVITATIONS.revoked(decision.unitName))) : refused(talk, refusalOf(decision))
}

/** The number is the one on the card that was shown last: a code that was issued since does not shift it. */
export function typeRevoke(talk: Talk, number: number | null): Answer {
  const { tx, actor, now } = talk
  if (number === null) return showInvitations(talk)
  const of = { personId: actor.personId, appointmentId: actor.appointmentId, type: 'revoke-invitation' }
  const meant = offeredActions(tx, of, now).find((row) => {
    const action = actionOf(row.input)
    return action?.type === 'revoke-invitation' && action.number === number
  })
  return meant ? runToken(talk, meant.token) : say(text(INVITATIONS.noSuch))
}
