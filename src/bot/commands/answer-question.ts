import { googleAddressOf } from '../../workflow/google-address.ts'
import { sheetOf } from '../../workflow/unit-facts.ts'
import { type Card, type CardButton, type CardLine, link, say as sayButton } from '../cards/card.ts'
import { cardMessage } from '../cards/messages.ts'
import type { Question } from '../command.ts'
import { sheetLink } from '../scene.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { NO_GOOGLE, QUESTION, QUESTION_ALT, YOUR_GOOGLE } from '../words/question-words.ts'
import { HELP } from '../words/round-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON } from '../words/status-words.ts'

/** A question in plain words: what the guideline says, and the commands that lead on. */
export function answerQuestion(talk: Talk, about: Question): Answer {
  const words = QUESTION[about]
  const lines: CardLine[] = words.lines.map((line) => ({ kind: 'text', text: line }))
  const buttons: CardButton[] = []
  if (about === 'sheet' || about === 'rows') {
    const sheet = sheetButton(talk)
    if (sheet) buttons.push(sheet)
  }
  if (about === 'sheet' && maySeeSheet(talk)) lines.push({ kind: 'small', text: ownGoogle(talk) })
  const { helpDesk } = talk.round ?? {}
  if (helpDesk && about !== 'after-confirming') {
    lines.push({ kind: 'rule' }, { kind: 'small', text: `${HELP.helpDesk}: ${helpDesk}` })
  }
  const reads = talk.actor.role !== 'officer'
  const says = words.say.filter((word) => !reads || READS.includes(word))
  const card: Card = {
    over: talk.actor.unitName,
    title: words.title,
    lines,
    buttons: [...buttons, ...says.map((word) => sayButton(word, word))],
  }
  return say(cardMessage(card, QUESTION_ALT))
}

/** For those who may not act, only what shows. */
const READS: readonly string[] = [SAY.status, SAY.deadlines, SAY.inCharge, SAY.help]

const maySeeSheet = ({ actor }: Talk): boolean =>
  actor.role === 'officer' && (actor.level === 'institution' || actor.level === 'lao')

function sheetButton(talk: Talk): CardButton | null {
  if (!talk.round || !maySeeSheet(talk)) return null
  const sheet = sheetOf(talk.tx, { roundId: talk.round.id, unitId: talk.actor.unitId })
  if (!sheet) return null
  const address = sheetLink(talk.deps, { spreadsheetId: sheet.spreadsheetId, tabId: sheet.dataTabId })
  return link(BUTTON.openSheet, address, 'primary')
}

function ownGoogle(talk: Talk): string {
  const address = googleAddressOf(talk.tx, talk.actor.personId)
  return address ? YOUR_GOOGLE(address.email) : NO_GOOGLE
}
