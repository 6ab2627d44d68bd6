import type { Actor } from '../../workflow/actor.ts'
import type { Card, CardLine } from '../cards/card.ts'
import { cardMessage } from '../cards/messages.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { DUTY_HELP } from '../words/appointment-words.ts'
import { DRIFT } from '../words/drift-words.ts'
import { HELP } from '../words/round-words.ts'
import { SAY } from '../words/say.ts'
import { dutyName } from '../words/terms.ts'

/** ช่วยเหลือ: what this person can say here, and whom to ask (R42). */
export function showHelp(talk: Talk): Answer {
  const lines: CardLine[] = helpOf(talk.actor, talk.duties.length > 1).flatMap(([word, meaning]) => [
    { kind: 'text', text: word, strong: true },
    { kind: 'small', text: meaning },
  ])
  if (talk.actor.level === 'institution') lines.push({ kind: 'rule' }, { kind: 'small', text: HELP.gcode })
  if (talk.round?.helpDesk) {
    lines.push(
      { kind: 'rule' },
      { kind: 'text', text: HELP.helpDesk, strong: true },
      { kind: 'text', text: talk.round.helpDesk },
    )
  }
  const card: Card = {
    over: `${talk.actor.unitName} · ${dutyName(talk.actor)}`,
    title: HELP.title,
    lines,
    buttons: [],
  }
  return say(cardMessage(card, HELP.alt))
}

function helpOf(actor: Actor, several: boolean): [string, string][] {
  const everyone: [string, string][] = [
    [SAY.status, HELP.status],
    [SAY.deadlines, HELP.deadlines],
    [SAY.inCharge, HELP.inCharge],
  ]
  if (several) everyone.push([SAY.switchDuty, HELP.switchDuty])
  if (actor.role === 'certifier') return [[SAY.confirm, DUTY_HELP.certify], ...everyone]
  if (actor.role !== 'officer') return everyone
  return [...ownWork(actor), ...everyone]
}

function ownWork(actor: Actor): [string, string][] {
  const invite: [string, string] = [HELP.inviteExample, HELP.invite]
  const appointed: [string, string][] = [
    invite,
    [SAY.invitations, DUTY_HELP.invitations],
    [DUTY_HELP.peopleExample, DUTY_HELP.people],
  ]
  const email: [string, string] = [HELP.emailExample, HELP.email]
  const left: [string, string] = [SAY.left, HELP.left]
  const requests: [string, string] = [SAY.requests, HELP.requests]
  const cancel: [string, string] = [HELP.cancelExample, HELP.cancel]
  const drift: [string, string] = [SAY.driftOf, DRIFT.help]
  const ask: [string, string] = [SAY.askReopening, HELP.askReopening]
  const shared: [string, string] = [SAY.sharedPupils, HELP.sharedPupils]
  const agree: [string, string] = [SAY.agree, HELP.agree]
  const spotCheck: [string, string] = [SAY.spotCheck, HELP.spotCheck]
  const found: [string, string] = [SAY.found, HELP.found]
  switch (actor.level) {
    case 'institution':
      return [
        [SAY.confirm, HELP.confirmInstitution],
        ask,
        drift,
        shared,
        agree,
        [SAY.certifierOn, DUTY_HELP.certifier],
        email,
      ]
    case 'lao':
      return [
        [SAY.confirm, HELP.confirmLao],
        left,
        requests,
        cancel,
        ask,
        drift,
        shared,
        agree,
        [HELP.spareExample, HELP.spare],
        found,
        ...appointed,
        email,
      ]
    case 'province':
      return [
        [SAY.markChecked, HELP.markChecked],
        [SAY.confirm, HELP.confirmProvince],
        [HELP.notRequiredExample, HELP.notRequired],
        left,
        requests,
        cancel,
        ask,
        shared,
        spotCheck,
        found,
        ...appointed,
      ]
    case 'department':
      return [
        left,
        requests,
        cancel,
        shared,
        [SAY.extend, HELP.extend],
        [SAY.lateTaps, HELP.lateTaps],
        found,
        ...appointed,
      ]
  }
}
