import { windowOf } from '../../workflow/rounds.ts'
import type { ProvinceStatus } from '../../workflow/status.ts'
import type { Scene } from '../scene.ts'
import { SPARE } from '../words/confirm-words.ts'
import { leftLine } from '../words/list-words.ts'
import { NUDGE } from '../words/nudge-words.ts'
import { SAY } from '../words/say.ts'
import { SHARED_BUTTON, SHARED_LINE } from '../words/shared-pupil-words.ts'
import {
  BUTTON,
  bothCounts,
  closesValue,
  dueLine,
  HEADING,
  LABEL,
  laoTotals,
  matters,
  STATE,
  stuckInstitutions,
  units,
} from '../words/status-words.ts'
import { LEVEL, round as roundWords } from '../words/terms.ts'
import { type Card, type CardButton, type CardLine, say, type Tone } from './card.ts'
import { onePrimary, vacantLines } from './lao-card.ts'
import { isBare, notRequired } from './lao-nothing-owed.ts'
import { laoSections } from './left-sections.ts'
import { unitList } from './unit-list.ts'

const MOST_SPARED = 3
const MOST_OF_STATE = 10

/** สถานะ of a province: who is left first, then what waits for its mark, then what is done. */
export function provinceCard(scene: Scene, status: ProvinceStatus): Card {
  return {
    over: roundWords(scene.round),
    title: status.unit.name,
    chip: provinceState(status),
    lines: linesOf(scene, status),
    buttons: buttonsOf(scene, status),
  }
}

export function provinceState(status: ProvinceStatus): { text: string; tone: Tone } {
  if (status.confirmation) return { text: STATE.confirmed, tone: 'good' }
  if (status.window.state === 'closed') return { text: STATE.closed, tone: 'stop' }
  const left = status.laos.filter((lao) => !lao.complete && !notRequired(lao)).length
  if (left > 0) return { text: STATE.waitingFor(left, LEVEL.lao), tone: 'wait' }
  return status.may.confirm === null ? { text: STATE.ready, tone: 'good' } : { text: STATE.complete, tone: 'wait' }
}

function linesOf(scene: Scene, status: ProvinceStatus): CardLine[] {
  const required = status.laos.filter((lao) => !notRequired(lao))
  const complete = required.filter((lao) => lao.complete)
  const unmarked = complete.filter((lao) => !lao.marked)
  const marked = complete.filter((lao) => lao.marked)
  const open = required.filter((lao) => !lao.complete)
  // LAOs close with recording, before the province itself.
  const { closesAt } = windowOf(
    scene.tx,
    { round: scene.round, unitId: status.unit.id, component: 'overview' },
    scene.now,
  )
  const left = { left: open.length, all: required.length, counted: LEVEL.lao, closesAt, now: scene.now }
  const lines: CardLine[] = [
    ...(open.length > 0 ? [{ kind: 'text' as const, text: leftLine(left), strong: true }] : []),
    { kind: 'pair', label: LABEL.laos, value: units(complete.length, required.length) },
    { kind: 'pair', label: LABEL.marked, value: units(marked.length, required.length) },
    { kind: 'pair', label: LABEL.counted, value: bothCounts(status.counted, status.otherCounted) },
  ]
  if (status.confirmation) lines.push({ kind: 'pair', label: LABEL.receipt, value: status.confirmation.receiptNumber })
  if (status.requestsWaiting > 0) {
    lines.push({ kind: 'pair', label: LABEL.requests, value: matters(status.requestsWaiting), tone: 'wait' })
  }
  lines.push(...sharedLines(status.sharedPupils), ...stuckLines(status), ...vacantLines(status.vacant))
  lines.push({ kind: 'rule' })
  for (const { heading, items, mark, tone } of laoSections(status.laos))
    lines.push(...unitList(heading, items, { mark, tone, most: MOST_OF_STATE, counted: LEVEL.lao }))
  if (!status.confirmation) {
    lines.push(...unitList(HEADING.unmarked, unmarked.map(laoTotals), { mark: '○', tone: 'calm', most: 10 }))
  }
  lines.push(...unitList(HEADING.marked, marked.map(laoTotals), { mark: '✓', tone: 'good', most: 10 }))
  lines.push({ kind: 'rule' })
  if (!status.confirmation)
    lines.push({ kind: 'pair', label: LABEL.due, value: dueLine(status.window.dueAt, scene.now) })
  lines.push({ kind: 'pair', label: LABEL.closes, value: closesValue(status.window.closesAt) })
  return lines
}

export function sharedLines(open: number): CardLine[] {
  if (open === 0) return []
  return [{ kind: 'pair', label: SHARED_LINE.label, value: SHARED_LINE.waiting(open), tone: 'wait' }]
}

/** How many institutions cannot confirm before something is put right, so that the province sees it before the due instant. */
function stuckLines(status: ProvinceStatus): CardLine[] {
  const open = status.laos.flatMap((lao) => lao.institutions).filter((child) => child.state === 'open')
  const text = stuckInstitutions({
    held: open.filter((child) => child.hold !== null).length,
    unreadable: open.filter((child) => child.sheetTrouble !== null).length,
    shared: open.filter((child) => child.shared.blocking > 0).length,
  })
  return text === '' ? [] : [{ kind: 'text', text, tone: 'wait' }]
}

function buttonsOf(scene: Scene, status: ProvinceStatus): CardButton[] {
  const { actor } = scene
  if (actor.role !== 'officer' || actor.unitId !== status.unit.id) return []
  const buttons: CardButton[] = []
  if (status.requestsWaiting > 0) buttons.push(say(BUTTON.requests(status.requestsWaiting), SAY.requests, 'primary'))
  if (status.sharedPupils > 0) buttons.push(say(SHARED_BUTTON.waiting(status.sharedPupils), SAY.sharedPupils))
  if (status.may.confirm === null) buttons.push(say(BUTTON.confirmProvince, SAY.confirmProvince, 'primary'))
  const unmarked = status.laos.some((lao) => lao.complete && !lao.marked && !notRequired(lao))
  if (unmarked && !status.confirmation && status.window.state !== 'closed') {
    buttons.push(say(BUTTON.markChecked, SAY.markChecked, 'primary'))
  }
  if (status.laos.some((lao) => !lao.complete && !notRequired(lao))) {
    buttons.push(say(BUTTON.left, SAY.left))
    if (status.window.state !== 'closed') buttons.push(say(NUDGE.open, SAY.nudge))
  }
  for (const lao of status.laos.filter(isBare).slice(0, MOST_SPARED)) {
    if (!status.confirmation && status.window.state !== 'closed' && status.window.state !== 'not_yet') {
      buttons.push(say(SPARE.button(lao.name), `${SAY.notRequired} ${lao.name}`))
    }
  }
  if (status.may.requestReopening === null) buttons.push(say(BUTTON.askReopening, SAY.askReopening))
  return onePrimary(buttons)
}
