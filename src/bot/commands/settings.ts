import { changeSettings, type PersonSettings, type SettingsChange, settingsOf } from '../../workflow/person-settings.ts'
import { type Card, say as sayButton } from '../cards/card.ts'
import { cardMessage, type Message, text } from '../cards/messages.ts'
import type { Command } from '../command.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { SAY } from '../words/say.ts'
import { QUIET_EXAMPLE, quietSpan, SETTINGS } from '../words/settings-words.ts'

/** ตั้งค่า: what the person has chosen for this chat, and the other choices. */
export function showSettings(talk: Talk): Answer {
  return say(settingsCard(talk.actor.name, settingsOf(talk.tx, talk.actor.personId)))
}

/** เปิดเลขไทย, เวลางดแจ้งเตือน 20.00-07.00, ไม่ต้องงดแจ้งเตือน: the same by button and by typing. */
export function changeOwnSettings(
  talk: Talk,
  command: Extract<Command, { kind: 'thai-numerals' | 'quiet-hours' }>,
): Answer {
  const change = changeOf(command)
  if (!change) return say(text(SETTINGS.unread(QUIET_EXAMPLE)))
  const decision = changeSettings(talk.tx, { actor: talk.actor, change }, talk.now)
  if (!decision.ok) return say(text(SETTINGS.unread(QUIET_EXAMPLE)))
  const told = text(decision.changed ? SETTINGS.done : SETTINGS.same)
  return say(told, settingsCard(talk.actor.name, decision.settings))
}

function changeOf(command: Extract<Command, { kind: 'thai-numerals' | 'quiet-hours' }>): SettingsChange | null {
  if (command.kind === 'thai-numerals') return { what: 'thai-numerals', on: command.on }
  return command.hours === 'unread' ? null : { what: 'quiet-hours', hours: command.hours }
}

function settingsCard(name: string, { thaiNumerals, quiet }: PersonSettings): Message {
  const example = sayButton(SETTINGS.setQuiet(QUIET_EXAMPLE), `${SAY.quietHours} ${quietSpan(QUIET_EXAMPLE)}`)
  const card: Card = {
    over: name,
    title: SETTINGS.title,
    lines: [
      { kind: 'pair', label: SETTINGS.numerals, value: thaiNumerals ? SETTINGS.numeralsOn : SETTINGS.numeralsOff },
      { kind: 'pair', label: SETTINGS.quiet, value: quiet ? SETTINGS.quietSet(quiet) : SETTINGS.quietNone },
      { kind: 'rule' },
      { kind: 'small', text: SETTINGS.ordinary },
      { kind: 'small', text: SETTINGS.anyway },
      { kind: 'small', text: SETTINGS.otherHours(QUIET_EXAMPLE) },
      { kind: 'small', text: SETTINGS.numeralsNote },
    ],
    buttons: [
      thaiNumerals ? sayButton(SETTINGS.turnOff, SAY.thaiNumeralsOff) : sayButton(SETTINGS.turnOn, SAY.thaiNumeralsOn),
      quiet ? sayButton(SETTINGS.noQuiet, SAY.quietNone) : example,
    ],
  }
  return cardMessage(card, SETTINGS.alt)
}
