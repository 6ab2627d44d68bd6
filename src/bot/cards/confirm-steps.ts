import type { Component } from '../../db/schema.ts'
import { unitById } from '../../workflow/unit.ts'
import { offer } from '../bot-action.ts'
import type { Scene } from '../scene.ts'
import { CERTIFIER } from '../words/appointment-words.ts'
import { SECOND_STEP, typedConfirm } from '../words/confirm-words.ts'
import { SAY } from '../words/say.ts'
import { COMPONENT, round as roundWords } from '../words/terms.ts'
import { type Card, say, tap } from './card.ts'
import { cardMessage, type Message } from './messages.ts'

/** The last step before a confirmation, a card of its own: nobody confirms by a slip of the thumb (there is no undo). */
export function secondStep(
  scene: Scene,
  about: { component: Component; seenHash: string; counted: number; attested: boolean },
): Message {
  const { component, counted } = about
  const token = offer(scene, { type: 'confirm', component, seenHash: about.seenHash, counted })
  const certified = component === 'roster' && unitById(scene.tx, scene.actor.unitId).certifierRequired
  const card: Card = {
    over: `${roundWords(scene.round)} · ${scene.actor.unitName}`,
    title: certified ? CERTIFIER.stepTitle(counted) : SECOND_STEP.title(counted),
    chip: { text: COMPONENT[component], tone: 'calm' },
    lines: [
      ...(about.attested ? [{ kind: 'text' as const, text: SECOND_STEP.attested, tone: 'good' as const }] : []),
      ...(certified ? [{ kind: 'text' as const, text: CERTIFIER.secondStep, strong: true }] : []),
      { kind: 'text', text: SECOND_STEP.noUndo(component), tone: 'wait', strong: true },
    ],
    buttons: [
      tap(certified ? CERTIFIER.submit(counted) : SECOND_STEP.confirm(counted), token, {
        typed: typedConfirm(component, counted),
      }),
      say(SECOND_STEP.notYet, SAY.notYet),
    ],
  }
  return cardMessage(card, SECOND_STEP.alt)
}
