import type { Component } from '../../db/schema.ts'
import type { Refusal } from '../../workflow/rules/refusal.ts'
import type { CardButton } from '../cards/card.ts'
import { cardMessage } from '../cards/messages.ts'
import { refusalCard } from '../cards/refusal-card.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { CONFIRM_ANSWERS } from '../words/confirm-words.ts'

/** Tells a refusal: what, why, who can change it, the next step. */
export function refused(
  talk: Pick<Talk, 'actor'>,
  refusal: Refusal,
  options: { component?: Component; buttons?: CardButton[] } = {},
): Answer {
  const card = refusalCard(refusal, {
    over: talk.actor.unitName,
    component: options.component ?? null,
    by: talk.actor.level,
    buttons: options.buttons ?? [],
  })
  return say(cardMessage(card, CONFIRM_ANSWERS.refusedAlt))
}

/** The refusal inside a decision that was not taken. */
export function refusalOf(decision: { ok: false } & Refusal): Refusal {
  const { ok: _ok, ...refusal } = decision
  return refusal
}
