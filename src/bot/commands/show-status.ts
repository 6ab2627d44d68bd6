import { findUnitBelow } from '../../workflow/find-unit.ts'
import { institutionStatus, laoStatus, nationStatus, provinceStatus } from '../../workflow/status.ts'
import type { Unit } from '../../workflow/unit.ts'
import { codeOf, unitById } from '../../workflow/unit.ts'
import { wantRead } from '../../workflow/want-read.ts'
import type { Card } from '../cards/card.ts'
import { cutGraphemes } from '../cards/cut-text.ts'
import { executiveCard } from '../cards/executive-card.ts'
import { institutionCard } from '../cards/institution-card.ts'
import { laoCard } from '../cards/lao-card.ts'
import { cardMessage, type Message, text } from '../cards/messages.ts'
import { nationCard } from '../cards/nation-card.ts'
import { provinceCard } from '../cards/province-card.ts'
import type { Scene } from '../scene.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { ANSWERS } from '../words/answers.ts'
import { statusAlt } from '../words/status-words.ts'
import { withoutIds } from '../words/terms.ts'

/** สถานะ of the person's own unit, or of one below that the text names. */
export function showStatus(turn: Turn, unitText: string | null): Answer {
  const found =
    unitText === null ? { unit: unitById(turn.tx, turn.actor.unitId) } : unitBelow(turn, unitText, { deep: true })
  if ('answer' in found) return found.answer
  // Whoever looks has probably just edited: the next answer knows.
  wantRead(turn.tx, { roundId: turn.round.id, unitId: found.unit.id }, turn.now)
  return say(statusMessage(turn, found.unit))
}

export function statusMessage(scene: Scene, of?: Unit): Message {
  const unit = of ?? unitById(scene.tx, scene.actor.unitId)
  const card = statusCardOf(scene, unit)
  return cardMessage(card, statusAlt(card.chip?.text ?? ''))
}

/** The card of the person's own unit, or of one below. */
export function statusCardOf(scene: Scene, of?: Unit): Card {
  const unit = of ?? unitById(scene.tx, scene.actor.unitId)
  const { tx, round, actor, now } = scene
  switch (unit.level) {
    case 'institution':
      return institutionCard(scene, institutionStatus(tx, { round, institutionId: unit.id, actor }, now))
    case 'lao':
      return (actor.role === 'executive' ? executiveCard : laoCard)(
        scene,
        laoStatus(tx, { round, laoId: unit.id, actor }, now),
      )
    case 'province':
      return provinceCard(scene, provinceStatus(tx, { round, provinceId: unit.id, actor }, now))
    case 'department':
      return nationCard(scene, nationStatus(tx, { round, departmentId: unit.id }, now))
  }
}

const MOST_NAMED = 10

/** The one unit below the person's own that a text names, or the answer that asks to name it better. */
export function unitBelow(
  scene: Pick<Scene, 'tx' | 'actor' | 'now'>,
  asked: string,
  options: { deep: boolean; only?: Unit['level'] },
): { unit: Unit } | { answer: Answer } {
  const { tx, actor, now } = scene
  const own = unitById(tx, actor.unitId)
  const input = { unitId: actor.unitId, level: actor.level, text: asked, ...options }
  const found = findUnitBelow(tx, input, now)
  if (found.kind === 'one') return { unit: found.unit }
  if (found.kind === 'none' && options.deep && own.name.includes(asked)) return { unit: own }
  const shown = withoutIds(cutGraphemes(asked, 60))
  if (found.kind === 'none') return { answer: say(text(ANSWERS.notFound(shown))) }
  return {
    answer: say(
      text(
        ANSWERS.several(
          shown,
          namesApart(tx, found.units.slice(0, MOST_NAMED)),
          found.units.length - Math.min(found.units.length, MOST_NAMED),
        ),
      ),
    ),
  }
}

/** Units that bear the same name are told apart by where they belong and by their code, which can be typed. */
function namesApart(tx: Scene['tx'], units: readonly Unit[]): string[] {
  return units.map((unit) => {
    if (units.filter(({ name }) => name === unit.name).length === 1) return unit.name
    const above = unit.parentId === null ? '' : unitById(tx, unit.parentId).name
    return ANSWERS.sameName(unit.name, above, codeOf(tx, unit.id))
  })
}
