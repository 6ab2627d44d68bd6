import { agreementsOf } from '../../workflow/agreements.ts'
import { officersAt } from '../../workflow/officer-reach.ts'
import type { LaoStatus } from '../../workflow/status.ts'
import type { Scene } from '../scene.ts'
import { EXECUTIVE } from '../words/executive-words.ts'
import {
  COMPONENT_STATE,
  closesValue,
  dueLine,
  HEADING,
  institutionItem,
  institutionsValue,
  LABEL,
} from '../words/status-words.ts'
import { round as roundWords } from '../words/terms.ts'
import { isClosed } from './after-close.ts'
import type { Card, CardLine } from './card.ts'
import { laoState, vacantLines } from './lao-card.ts'
import { unitList } from './unit-list.ts'

const MOST_NAMED = 15

/**
 * An LAO as its executive sees it (R9): how far it is, its totals, what is late and who is in charge. No pupil's name stands in it,
 * and nothing on it acts: executives supervise, they confirm nothing.
 */
export function executiveCard(scene: Scene, status: LaoStatus): Card {
  return {
    over: `${roundWords(scene.round)} · ${EXECUTIVE.over}`,
    title: status.unit.name,
    chip: laoState(status),
    lines: [
      ...figureLines(status),
      ...lateLines(scene, status),
      ...inChargeLines(scene, status),
      { kind: 'rule' },
      ...(status.line.complete
        ? []
        : [{ kind: 'pair' as const, label: LABEL.due, value: dueLine(status.window.dueAt, scene.now) }]),
      { kind: 'pair', label: LABEL.closes, value: closesValue(status.window.closesAt) },
      { kind: 'small', text: EXECUTIVE.money },
    ],
    buttons: [],
  }
}

function figureLines(status: LaoStatus): CardLine[] {
  const { line } = status
  const required = line.institutions.filter(({ state }) => state !== 'not_required')
  const done = required.filter(({ state, drifted }) => state === 'confirmed' && !drifted).length
  const lines: CardLine[] = []
  if (required.length > 0) {
    const value = institutionsValue(done, required.length, status.counted)
    lines.push({ kind: 'pair', label: LABEL.institutions, value })
    lines.push({ kind: 'pair', label: LABEL.overview, value: COMPONENT_STATE[line.overview] })
  }
  if (line.otherCounts !== 'not_applicable')
    lines.push({ kind: 'pair', label: LABEL.otherCounts, value: COMPONENT_STATE[line.otherCounts] })
  if (status.requestsWaiting > 0)
    lines.push({ kind: 'text', text: EXECUTIVE.requests(status.requestsWaiting), tone: 'wait' })
  return lines
}

function lateLines(scene: Scene, status: LaoStatus): CardLine[] {
  const { tx, round, now } = scene
  const { line } = status
  const open = line.institutions.filter(({ state, drifted }) => state === 'open' || drifted)
  const agreements = agreementsOf(tx, { roundId: round.id, institutionIds: open.map(({ id }) => id) })
  const late = open.filter(({ id }) => {
    const agreed = agreements.get(id)?.agreed
    return agreed != null && agreed.dueAt <= now
  })
  const item = (child: (typeof open)[number]) =>
    institutionItem(child, { closed: isClosed(scene, { unitId: child.id, component: 'roster' }) })
  const lines: CardLine[] = [
    ...(now >= status.window.dueAt && !line.complete
      ? [{ kind: 'text' as const, text: EXECUTIVE.overdue, tone: 'stop' as const, strong: true }]
      : []),
    ...unitList(
      EXECUTIVE.lateAgreed,
      late.map(({ name }) => name),
      { mark: '!', tone: 'stop', most: MOST_NAMED },
    ),
    ...unitList(HEADING.open, open.map(item), { mark: '○', tone: 'wait', most: MOST_NAMED }),
    ...vacantLines(status.vacant),
  ]
  return lines.length > 0 ? [{ kind: 'rule' }, ...lines] : []
}

function inChargeLines(scene: Scene, status: LaoStatus): CardLine[] {
  const officers = officersAt(scene.tx, [status.unit.id], scene.now).get(status.unit.id) ?? []
  const people: CardLine[] = officers.map(({ name, telephone }) => {
    return { kind: 'item', mark: '•', text: EXECUTIVE.person(name, telephone) }
  })
  const shown: CardLine[] = people.length > 0 ? people : [{ kind: 'text', text: EXECUTIVE.nobody, tone: 'wait' }]
  return [{ kind: 'rule' }, { kind: 'text', text: EXECUTIVE.inCharge, strong: true }, ...shown]
}
