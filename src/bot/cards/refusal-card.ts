import type { Component, UnitLevel } from '../../db/schema.ts'
import type { Refusal } from '../../workflow/rules/refusal.ts'
import { refusalWords } from '../words/refusals.ts'
import { SAY } from '../words/say.ts'
import { SHARED_BUTTON, SHARED_LINE } from '../words/shared-pupil-words.ts'
import { type Card, type CardButton, type CardLine, say } from './card.ts'

/** A refusal as a card: what, why, who or what next. */
export function refusalCard(
  refusal: Refusal,
  about: { over: string; component?: Component | null; by?: UnitLevel; lines?: CardLine[]; buttons?: CardButton[] },
): Card {
  const words = refusalWords(refusal, about.component ?? null, about.by)
  return {
    over: about.over,
    title: words.title,
    lines: [
      { kind: 'text', text: words.why },
      ...(about.lines ?? []),
      { kind: 'rule' },
      { kind: 'text', text: words.next, strong: true },
    ],
    buttons: [...wayOutOf(refusal), ...(about.buttons ?? [])],
  }
}

/** Where the next step is a command of its own. `blocking`: pupils counted elsewhere who would be the next reason. */
export function wayOutOf(refusal: Refusal, blocking = 0): CardButton[] {
  const shared = refusal.why === 'shared-pupils' || alsoShared(refusal, blocking).length > 0
  return shared ? [say(SHARED_BUTTON.show, SAY.sharedPupils)] : []
}

/** Whoever mends the rows must not be refused a second time for what is known by now. */
export function alsoShared(refusal: Refusal, blocking: number): CardLine[] {
  const inSheet = ['roster-has-errors', 'warnings-unexplained', 'hold-open'].includes(refusal.why)
  return inSheet && blocking > 0 ? [{ kind: 'text', text: SHARED_LINE.also(blocking), tone: 'stop' }] : []
}
