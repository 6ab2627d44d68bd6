import type { ReopeningRequest } from '../../workflow/reopening.ts'
import { yesMeans } from '../../workflow/reopening.ts'
import { stepsOf } from '../../workflow/reopening-requests.ts'
import { roundById } from '../../workflow/rounds.ts'
import { unitById } from '../../workflow/unit.ts'
import { offer } from '../bot-action.ts'
import type { Scene } from '../scene.ts'
import { dayAndTime } from '../words/dates.ts'
import { REQUESTS, stepWord } from '../words/reopening-words.ts'
import { SAY } from '../words/say.ts'
import { ABOVE_LEVEL, CATEGORY, COMPONENT, round as roundWords, withoutIds } from '../words/terms.ts'
import { type Card, type CardButton, type CardLine, tap } from './card.ts'
import { cutGraphemes } from './cut-text.ts'

const MOST_REASON = 300

/** One request that waits for this level, with a button for each answer; what yes would do is said before it is tapped. */
export function requestCard(scene: Scene, input: { request: ReopeningRequest; number: number }): Card {
  const { request, number } = input
  const { tx, actor } = scene
  const level = actor.level
  const unit = unitById(tx, request.unitId)
  const consents = stepsOf(tx, request.id).filter((step) => step.act === 'endorsed')
  const lines: CardLine[] = [
    { kind: 'pair', label: REQUESTS.component, value: COMPONENT[request.component] },
    { kind: 'pair', label: REQUESTS.category, value: categoryWord(request.category) },
    { kind: 'pair', label: REQUESTS.askedAt, value: dayAndTime(request.createdAt) },
    { kind: 'text', text: `${REQUESTS.reason}: ${withoutIds(cutGraphemes(request.reason, MOST_REASON))}` },
  ]
  if (consents.length > 0) {
    const words = consents.map((step) => stepWord(step.at, unitById(tx, step.unitId).name)).join(', ')
    lines.push({ kind: 'small', text: `${REQUESTS.steps}: ${words}` })
  }
  const buttons: CardButton[] = []
  if (level !== 'institution' && actor.role === 'officer') {
    const yes = yesMeans(tx, { request, level })
    lines.push(
      { kind: 'rule' },
      { kind: 'small', text: yes === 'endorse' ? REQUESTS.endorseNote(ABOVE_LEVEL[level]) : REQUESTS.carryOutNote },
    )
    const about = { requestId: request.id, version: request.version, number }
    const label = yes === 'endorse' ? REQUESTS.endorse : REQUESTS.carryOut
    const typed = yes === 'endorse' ? REQUESTS.typedYes(unit.name) : `${SAY.cancel} ${unit.name}`
    buttons.push(tap(label, offer(scene, { type: 'pass-on', ...about }), { typed }))
    buttons.push(
      tap(REQUESTS.sendBack, offer(scene, { type: 'send-back', ...about }), {
        style: 'secondary',
        typed: REQUESTS.typedNo(unit.name),
      }),
    )
  }
  const over = `${REQUESTS.over} · ${roundWords(roundById(tx, request.roundId))}`
  return { over, title: REQUESTS.title(number, unit.name), lines, buttons }
}

function categoryWord(category: string): string {
  return Object.entries(CATEGORY).find(([key]) => key === category)?.[1] ?? CATEGORY.other
}
