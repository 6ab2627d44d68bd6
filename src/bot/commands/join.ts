import type { Instant, PersonId } from '../../db/ids.ts'
import type { Tx } from '../../db/open.ts'
import { acceptInvitation } from '../../workflow/accept-invitation.ts'
import { type Actor, actorOf } from '../../workflow/actor.ts'
import { giveGoogleAddress, googleAddressOf } from '../../workflow/google-address.ts'
import { invitationOf } from '../../workflow/invitations.ts'
import { giveName, NAMELESS, personById } from '../../workflow/person-account.ts'
import { activeRound } from '../../workflow/rounds.ts'
import { sheetOf } from '../../workflow/unit-facts.ts'
import { codesPausedUntil, noteWrongCode } from '../../workflow/wrong-codes.ts'
import { link, say as sayButton } from '../cards/card.ts'
import { handoverMessages } from '../cards/handover-card.ts'
import { cardMessage, type Message, text } from '../cards/messages.ts'
import { type Expecting, expectNext } from '../conversation.ts'
import { type HandleDeps, sheetLink } from '../scene.ts'
import { type Answer, say } from '../turn.ts'
import { orderValue } from '../words/appointment-words.ts'
import { JOIN } from '../words/join-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON } from '../words/status-words.ts'
import { ROLE } from '../words/terms.ts'

/** Somebody with a LINE account, appointed or not. */
export type Caller = { tx: Tx; now: Instant; deps: HandleDeps; lineUserId: string; expecting: Expecting | null }

/** A code was typed: which unit and which duty it is, before anything is accepted. */
export function showInvitation(caller: Caller, code: string): Answer {
  const { tx, now, lineUserId } = caller
  const pausedUntil = codesPausedUntil(tx, lineUserId, now)
  if (pausedUntil !== null) return say(text(JOIN.tooManyCodes(pausedUntil)))
  const invitation = invitationOf(tx, code, now)
  if (!invitation) {
    noteWrongCode(tx, { chatId: lineUserId, code }, now)
    return say(text(JOIN.badCode))
  }
  expectNext(tx, { lineUserId, expecting: { kind: 'accept-invitation', invitationId: invitation.id } }, now)
  const card = {
    over: JOIN.over,
    title: JOIN.title,
    lines: [
      { kind: 'pair' as const, label: JOIN.unit, value: invitation.unitName },
      { kind: 'pair' as const, label: JOIN.duty, value: ROLE[invitation.role] },
      { kind: 'pair' as const, label: JOIN.person, value: invitation.personName ?? '' },
      { kind: 'pair' as const, label: JOIN.order, value: orderValue(invitation) },
      { kind: 'pair' as const, label: JOIN.replaces, value: invitation.replaces ?? '' },
      { kind: 'rule' as const },
      { kind: 'text' as const, text: JOIN.note },
    ],
    buttons: [sayButton(JOIN.accept, SAY.accept, 'primary'), sayButton(JOIN.decline, SAY.decline)],
  }
  return say(cardMessage(card, JOIN.alt))
}

/** ยอมรับ: binds the account and asks for the Google address, unless the person has given one before. */
export function acceptOffered(caller: Caller): Answer {
  const { tx, now, lineUserId, expecting } = caller
  if (expecting?.kind !== 'accept-invitation') return say(text(JOIN.nothingToAccept))
  const { invitationId } = expecting
  const decision = acceptInvitation(tx, { invitationId, lineUserId, displayName: null }, now)
  if (!decision.ok) {
    expectNext(tx, { lineUserId, expecting: null }, now)
    return say(text(JOIN.badCode))
  }
  const { personId, appointmentId } = decision.accepted
  const actor = actorOf(tx, appointmentId, now)
  if (!actor) return say(text(JOIN.badCode))
  const accepted = [text(JOIN.accepted(actor.unitName, actor.role)), ...handover(caller, actor)]
  const mayEdit = actor.role === 'officer' && (actor.level === 'institution' || actor.level === 'lao')
  if (mayEdit && !googleAddressOf(tx, personId)) {
    expectNext(tx, { lineUserId, expecting: { kind: 'google-address' } }, now)
    return say(...accepted, text(JOIN.askEmail))
  }
  const asked = askName(caller, personId)
  return say(...accepted, ...(mayEdit ? [sheetMessage(caller, actor)] : []), ...asked)
}

/** Whoever comes after somebody gets all that is open at the unit. */
function handover(caller: Caller, actor: Actor): Message[] {
  const { tx, now, deps } = caller
  const round = activeRound(tx)
  return round ? handoverMessages({ tx, now, deps, actor, round }, { always: false }) : []
}

export function declineOffered(caller: Caller): Answer {
  expectNext(caller.tx, { lineUserId: caller.lineUserId, expecting: null }, caller.now)
  return say(text(caller.expecting?.kind === 'accept-invitation' ? JOIN.declined : JOIN.nothingToAccept))
}

/** The Google account that may edit: taken any time, also as a change of an earlier one. */
export function takeEmail(caller: Caller & { actor: Actor }, email: string | null): Answer {
  const { tx, now, lineUserId, actor } = caller
  if (email === null) {
    expectNext(tx, { lineUserId, expecting: { kind: 'google-address' } }, now)
    return say(text(JOIN.askEmailAgain))
  }
  const given = giveGoogleAddress(tx, { personId: actor.personId, appointmentId: actor.appointmentId, email }, now)
  if (!given.ok) return say(text(JOIN.notAnAddress))
  expectNext(tx, { lineUserId, expecting: null }, now)
  return say(text(JOIN.emailTaken(given.email)), sheetMessage(caller, actor), ...askName(caller, actor.personId))
}

function sheetMessage(caller: Caller, actor: Actor): Message {
  const round = activeRound(caller.tx)
  const sheet = round ? sheetOf(caller.tx, { roundId: round.id, unitId: actor.unitId }) : null
  if (!sheet) return text(actor.level === 'institution' ? JOIN.preparing : JOIN.noSheet)
  const address = sheetLink(caller.deps, { spreadsheetId: sheet.spreadsheetId, tabId: sheet.dataTabId })
  const card = {
    over: actor.unitName,
    title: JOIN.readyTitle,
    lines: [{ kind: 'text' as const, text: JOIN.ready }],
    buttons: [link(BUTTON.openSheet, address, 'primary'), sayButton(BUTTON.status, SAY.status)],
  }
  return cardMessage(card, JOIN.readyAlt)
}

/** Receipts name the person: somebody invited without a name is asked for it last. */
function askName(caller: Caller, personId: PersonId): Message[] {
  if (personById(caller.tx, personId)?.name !== NAMELESS) return []
  expectNext(caller.tx, { lineUserId: caller.lineUserId, expecting: { kind: 'name' } }, caller.now)
  return [text(JOIN.askName)]
}

/** Acts are on record by name (R38): somebody invited without one is asked before the first act, and what comes next is taken as it. */
export function nameFirst(caller: Pick<Caller, 'tx' | 'now' | 'lineUserId'> & { actor: Actor }): Answer | null {
  const { tx, now, lineUserId, actor } = caller
  if (actor.name !== NAMELESS) return null
  expectNext(tx, { lineUserId, expecting: { kind: 'name' } }, now)
  return say(text(JOIN.nameFirst))
}

export function takeName(caller: Caller & { actor: Actor }, name: string | null): Answer {
  const { tx, now, lineUserId, actor } = caller
  if (name === null) return say(text(JOIN.notAName))
  const given = giveName(tx, { personId: actor.personId, appointmentId: actor.appointmentId, name }, now)
  if (!given.ok && given.why === 'not-a-name') return say(text(JOIN.notAName))
  const said = text(given.ok ? JOIN.nameTaken(name.trim()) : JOIN.nameKnown)
  // The address that was asked for is still missing.
  if (caller.expecting?.kind === 'google-address') return say(said, text(JOIN.askEmail))
  expectNext(tx, { lineUserId, expecting: null }, now)
  return say(said)
}
