import type { Actor } from '../../workflow/actor.ts'
import type { Card, CardLine } from '../cards/card.ts'
import { cardMessage } from '../cards/messages.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { HELP } from '../words/round-words.ts'
import { SAY } from '../words/say.ts'
import { LEVEL, ROLE } from '../words/terms.ts'

/** ช่วยเหลือ: what this person can say here, and whom to ask. */
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
    over: `${talk.actor.unitName} · ${ROLE[talk.actor.role]} ${LEVEL[talk.actor.level]}`,
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
  if (actor.role !== 'officer') return everyone
  return [...ownWork(actor), ...everyone]
}

function ownWork(actor: Actor): [string, string][] {
  const invite: [string, string] = [HELP.inviteExample, HELP.invite]
  const email: [string, string] = [HELP.emailExample, HELP.email]
  const left: [string, string] = [SAY.left, HELP.left]
  const requests: [string, string] = [SAY.requests, HELP.requests]
  const cancel: [string, string] = [HELP.cancelExample, HELP.cancel]
  const ask: [string, string] = [SAY.askReopening, HELP.askReopening]
  switch (actor.level) {
    case 'institution':
      return [[SAY.confirm, HELP.confirmInstitution], ask, email]
    case 'lao':
      return [
        [SAY.confirm, HELP.confirmLao],
        left,
        requests,
        cancel,
        ask,
        [HELP.spareExample, HELP.spare],
        invite,
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
        invite,
      ]
    case 'department':
      return [left, requests, cancel, invite]
  }
}
