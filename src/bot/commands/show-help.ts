import type { Instant } from '../../db/ids.ts'
import type { Tx } from '../../db/open.ts'
import { activeRound, type Round } from '../../workflow/rounds.ts'
import { phaseOf } from '../../workflow/rules/round-window.ts'
import type { Card, CardLine } from '../cards/card.ts'
import { cardMessage, cardsMessage, type Message } from '../cards/messages.ts'
import { type HelpEntry, helpEntries } from '../help-entries.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { HELP, PHASE } from '../words/round-words.ts'
import { dutyName, round as roundWords } from '../words/terms.ts'

/** ช่วยเหลือ: what this person can say here, what of it not at this moment and why, and whom to ask (R42). */
export function showHelp(talk: Talk): Answer {
  const { work, looks } = helpEntries(talk)
  const over = `${talk.actor.unitName} · ${dutyName(talk.actor)}`
  const second: Card = {
    over,
    title: HELP.looks,
    lines: [...looks.flatMap(linesOf), ...endOf(talk)],
    buttons: [],
  }
  if (work.length === 0) return say(cardMessage({ ...second, title: HELP.title }, HELP.alt))
  const first: Card = {
    over,
    title: HELP.work,
    lines: [...nowLines(talk), ...work.flatMap(linesOf)],
    buttons: [],
  }
  return say(cardsMessage([first, second], HELP.alt))
}

function nowLines({ round, now, duties }: Talk): CardLine[] {
  const lines: CardLine[] = []
  if (round) {
    lines.push({
      kind: 'text',
      text: HELP.nowLine(`${PHASE[phaseOf(round, now)]} · ${roundWords(round)}`),
      tone: 'calm',
    })
  }
  if (duties.length > 1) lines.push({ kind: 'small', text: HELP.duties(duties.length) })
  return lines
}

function linesOf({ word, meaning, notNow }: HelpEntry): CardLine[] {
  const lines: CardLine[] = [
    { kind: 'text', text: word, strong: true },
    { kind: 'small', text: meaning },
  ]
  if (notNow) lines.push({ kind: 'small', text: HELP.notNow(notNow) })
  return lines
}

function endOf(talk: Talk): CardLine[] {
  const lines: CardLine[] = [{ kind: 'rule' }, { kind: 'small', text: HELP.anyWords }]
  if (talk.actor.level === 'institution') lines.push({ kind: 'rule' }, { kind: 'small', text: HELP.gcode })
  return [...lines, ...helpDeskOf(talk.round)]
}

function helpDeskOf(round: Round | null): CardLine[] {
  if (!round?.helpDesk) return []
  return [{ kind: 'rule' }, { kind: 'text', text: HELP.helpDesk, strong: true }, { kind: 'text', text: round.helpDesk }]
}

/** The same for somebody who has no duty yet: how to get one, and whom to ask. */
export function newcomerHelp(caller: { tx: Tx; now: Instant }): Message {
  const lines: CardLine[] = HELP.newcomer.map((step) => ({ kind: 'text', text: step }))
  lines.push(...helpDeskOf(activeRound(caller.tx)))
  const card: Card = { over: HELP.alt, title: HELP.newcomerTitle, lines, buttons: [] }
  return cardMessage(card, HELP.newcomerAlt)
}
