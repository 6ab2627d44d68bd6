import type { NationStatus, ProvinceStatus } from '../../workflow/status.ts'
import type { LaoLine } from '../../workflow/structure.ts'
import type { Scene } from '../scene.ts'
import { SPARE } from '../words/confirm-words.ts'
import { SAY } from '../words/say.ts'
import { SHARED_BUTTON, SHARED_LINE } from '../words/shared-pupil-words.ts'
import {
  BUTTON,
  bothCounts,
  closesValue,
  dueLine,
  HEADING,
  LABEL,
  laoItem,
  laoTotals,
  matters,
  people,
  provinceItem,
  provinces as provincesValue,
  STATE,
  stuckInstitutions,
  units,
} from '../words/status-words.ts'
import { LEVEL, round as roundWords } from '../words/terms.ts'
import { type Card, type CardButton, type CardLine, say, type Tone } from './card.ts'
import { onePrimary, vacantLines } from './lao-card.ts'
import { unitList } from './unit-list.ts'

export const notRequired = (line: LaoLine): boolean =>
  line.overview === 'not_required' && line.otherCounts === 'not_required'

/** Neither institutions nor other counts: nothing to confirm, and that must be put on record (domain.md section 7). */
export const isBare = (line: LaoLine): boolean =>
  line.overview === 'not_applicable' && line.otherCounts === 'not_applicable'

const MOST_SPARED = 3

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
  const lines: CardLine[] = [
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
  lines.push(...unitList(HEADING.incomplete, open.map(laoItem), { mark: '○', tone: 'wait' }))
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

function sharedLines(open: number): CardLine[] {
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
  if (status.laos.some((lao) => !lao.complete && !notRequired(lao))) buttons.push(say(BUTTON.left, SAY.left))
  for (const lao of status.laos.filter(isBare).slice(0, MOST_SPARED)) {
    if (!status.confirmation && status.window.state !== 'closed' && status.window.state !== 'not_yet') {
      buttons.push(say(SPARE.button(lao.name), `${SAY.notRequired} ${lao.name}`))
    }
  }
  if (status.may.requestReopening === null) buttons.push(say(BUTTON.askReopening, SAY.askReopening))
  return onePrimary(buttons)
}

/** สถานะ of the nation, province by province: those that are not confirmed first. */
export function nationCard(scene: Scene, status: NationStatus): Card {
  const { provinces } = status
  const confirmed = provinces.filter((province) => province.confirmed)
  const open = provinces.filter((province) => !province.confirmed)
  const counted = provinces.reduce((sum, province) => sum + province.counted, 0)
  const lines: CardLine[] = [
    { kind: 'pair', label: LABEL.provinces, value: provincesValue(confirmed.length, provinces.length) },
    { kind: 'pair', label: LABEL.counted, value: people(counted) },
  ]
  if (status.requestsWaiting > 0) {
    lines.push({ kind: 'pair', label: LABEL.requests, value: matters(status.requestsWaiting), tone: 'wait' })
  }
  lines.push(...sharedLines(status.sharedPupils), ...vacantLines(status.vacant))
  lines.push({ kind: 'rule' })
  lines.push(...unitList(HEADING.open, open.map(provinceItem), { mark: '○', tone: 'wait', counted: LEVEL.province }))
  lines.push(
    ...unitList(HEADING.confirmed, confirmed.map(provinceItem), { mark: '✓', tone: 'good', counted: LEVEL.province }),
  )
  lines.push({ kind: 'rule' }, { kind: 'pair', label: LABEL.due, value: dueLine(scene.round.provinceDueAt, scene.now) })
  const officer = scene.actor.role === 'officer'
  const requests =
    status.requestsWaiting > 0 && officer ? [say(BUTTON.requests(status.requestsWaiting), SAY.requests, 'primary')] : []
  const shared =
    status.sharedPupils > 0 && officer ? [say(SHARED_BUTTON.waiting(status.sharedPupils), SAY.sharedPupils)] : []
  return {
    over: roundWords(scene.round),
    title: scene.actor.unitName,
    chip:
      open.length === 0
        ? { text: STATE.complete, tone: 'good' }
        : { text: STATE.waitingFor(open.length, LEVEL.province), tone: 'wait' },
    lines,
    buttons: [...requests, ...shared],
  }
}
