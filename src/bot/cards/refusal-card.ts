import type { Component } from '../../db/schema.ts'
import type { Refusal } from '../../workflow/rules/refusal.ts'
import { refusalWords } from '../words/refusals.ts'
import type { Card, CardButton, CardLine } from './card.ts'

/** A refusal as a card: what, why, who or what next. */
export function refusalCard(
  refusal: Refusal,
  about: { over: string; component?: Component | null; lines?: CardLine[]; buttons?: CardButton[] },
): Card {
  const words = refusalWords(refusal, about.component ?? null)
  return {
    over: about.over,
    title: words.title,
    lines: [
      { kind: 'text', text: words.why },
      ...(about.lines ?? []),
      { kind: 'rule' },
      { kind: 'text', text: words.next, strong: true },
    ],
    buttons: about.buttons ?? [],
  }
}
