import { actorOf } from '../../workflow/actor.ts'
import { appointmentById } from '../../workflow/appointment-record.ts'
import type { Notice } from '../../workflow/notice.ts'
import { type OwingUnit, owingUnit } from '../../workflow/owing-units.ts'
import { owesNow } from '../../workflow/remind.ts'
import { windowOf } from '../../workflow/rounds.ts'
import type { WindowComponent } from '../../workflow/rules/round-window.ts'
import { unitById } from '../../workflow/unit.ts'
import type { CardLine } from '../cards/card.ts'
import { onePrimary } from '../cards/lao-card.ts'
import { cardMessage, type Message } from '../cards/messages.ts'
import { owingButtons } from '../cards/owing-buttons.ts'
import type { Scene } from '../scene.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { NUDGE } from '../words/nudge-words.ts'
import { institutionItem, laoItem } from '../words/status-words.ts'
import { ROLE, round as roundWords } from '../words/terms.ts'

/** Somebody above asks for what is still owed; who has done it since, or whose time is over, hears nothing. */
export function nudged(stage: Stage, notice: Extract<Notice, { type: 'nudge' }>): Message[] | null {
  const { unitId, roundId } = notice
  const scene = sceneAt(stage, { unitId, roundId })
  if (!scene) return null
  const owing = owingUnit(scene.tx, { round: scene.round, unitId }, scene.now)
  if (!owing) return null
  const window = windowOf(scene.tx, { round: scene.round, unitId, component: COMPONENT[owing.level] }, scene.now)
  if (window.state === 'closed') return null
  const lines: CardLine[] = [
    { kind: 'text', text: NUDGE.from(askedBy(scene, notice)), strong: true },
    { kind: 'text', text: owedWords(owing), tone: 'wait' },
    { kind: 'rule' },
  ]
  if (window.state === 'not_yet') lines.push({ kind: 'text', text: NUDGE.prepare(window.opensAt) })
  else lines.push({ kind: 'text', text: NUDGE.due(window.dueAt, scene.now), strong: true })
  lines.push({ kind: 'small', text: NUDGE.closes(window, scene.now) })
  const over = `${roundWords(scene.round)} · ${scene.actor.unitName}`
  const owes = owesNow(scene.tx, { round: scene.round, unitId }, scene.now)
  const acts = window.state !== 'not_yet'
  const buttons = owes ? onePrimary(owingButtons({ owes, acts, nudges: true, at: '' })) : []
  return [cardMessage({ over, title: NUDGE.newsTitle, lines, buttons }, NUDGE.newsAlt)]
}

const COMPONENT: Record<OwingUnit['level'], WindowComponent> = {
  institution: 'roster',
  lao: 'overview',
  province: 'province',
}

/** The officer by name and duty where a person asks, or the unit that he asks for. */
function askedBy(scene: Scene, notice: Extract<Notice, { type: 'nudge' }>): string {
  const unit = unitById(scene.tx, notice.byUnitId).name
  if (notice.byAppointmentId === null) return unit
  const actor = actorOf(scene.tx, notice.byAppointmentId, scene.now)
  if (actor) return `${actor.name} (${ROLE[actor.role]} ${unit})`
  const former = appointmentById(scene.tx, notice.byAppointmentId)
  return former ? `${former.name} ${unit}` : unit
}

function owedWords(owing: OwingUnit): string {
  if (owing.level === 'institution') return institutionItem(owing.line, { closed: false })
  return owing.level === 'lao' ? laoItem(owing.line) : owing.name
}
