import { provinceRegions } from '../../workflow/province-regions.ts'
import { windowOf } from '../../workflow/rounds.ts'
import type { NationStatus } from '../../workflow/status.ts'
import type { Scene } from '../scene.ts'
import { LEFT_LIST, leftLine, regionItem } from '../words/list-words.ts'
import { NUDGE } from '../words/nudge-words.ts'
import { SAY } from '../words/say.ts'
import { SHARED_BUTTON } from '../words/shared-pupil-words.ts'
import {
  BUTTON,
  dueLine,
  HEADING,
  LABEL,
  matters,
  people,
  provinceItem,
  provinces as provincesValue,
  STATE,
} from '../words/status-words.ts'
import { LEVEL, round as roundWords } from '../words/terms.ts'
import { type Card, type CardButton, type CardLine, say } from './card.ts'
import { onePrimary, vacantLines } from './lao-card.ts'
import { byRegion } from './left-sections.ts'
import { sharedLines } from './province-card.ts'
import { unitList } from './unit-list.ts'

/** Up to so many provinces are named on the card itself; more of them by region, each with its own list. */
const MOST_NAMED = 10

/** สถานะ of the nation in one card: by region, then by province on the region's own pages. */
export function nationCard(scene: Scene, status: NationStatus): Card {
  const { provinces } = status
  const open = provinces.filter((province) => !province.confirmed)
  const lines: CardLine[] = [
    ...leftLines(scene, { left: open.length, all: provinces.length }),
    {
      kind: 'pair',
      label: LABEL.provinces,
      value: provincesValue(provinces.length - open.length, provinces.length),
    },
    { kind: 'pair', label: LABEL.counted, value: people(sum(provinces, 'counted')) },
  ]
  if (status.requestsWaiting > 0) {
    lines.push({ kind: 'pair', label: LABEL.requests, value: matters(status.requestsWaiting), tone: 'wait' })
  }
  lines.push(...sharedLines(status.sharedPupils), ...vacantLines(status.vacant), { kind: 'rule' })
  lines.push(...regionLines(scene, status))
  lines.push({ kind: 'rule' }, { kind: 'pair', label: LABEL.due, value: dueLine(scene.round.provinceDueAt, scene.now) })
  return {
    over: roundWords(scene.round),
    title: scene.actor.unitName,
    chip:
      open.length === 0
        ? { text: STATE.complete, tone: 'good' }
        : { text: STATE.waitingFor(open.length, LEVEL.province), tone: 'wait' },
    lines,
    buttons: buttonsOf(scene, status),
  }
}

function leftLines(scene: Scene, of: { left: number; all: number }): CardLine[] {
  if (of.left === 0) return []
  const about = { round: scene.round, unitId: scene.actor.unitId, component: 'province' as const }
  const { closesAt } = windowOf(scene.tx, about, scene.now)
  return [{ kind: 'text', text: leftLine({ ...of, counted: LEVEL.province, closesAt, now: scene.now }), strong: true }]
}

const sum = (provinces: NationStatus['provinces'], field: 'counted' | 'laos' | 'complete'): number =>
  provinces.reduce((total, province) => total + province[field], 0)

function regionsOf(scene: Scene, status: NationStatus) {
  return byRegion(status.provinces, provinceRegions(scene.tx, scene.actor.unitId))
}

function regionLines(scene: Scene, status: NationStatus): CardLine[] {
  const { provinces } = status
  const lines = regionsOf(scene, status).map(({ name, provinces: own }): CardLine => {
    const confirmed = own.filter((province) => province.confirmed).length
    const done = confirmed === own.length
    const figures = { laos: sum(own, 'laos'), complete: sum(own, 'complete'), counted: sum(own, 'counted') }
    const text = regionItem({ region: name, confirmed, provinces: own.length, ...figures })
    return { kind: 'item', mark: done ? '✓' : '○', tone: done ? 'good' : 'wait', text }
  })
  if (provinces.length > MOST_NAMED) return lines
  const open = provinces.filter((province) => !province.confirmed)
  const done = provinces.filter((province) => province.confirmed)
  const counted = LEVEL.province
  return [
    ...lines,
    ...unitList(HEADING.open, open.map(provinceItem), { mark: '○', tone: 'wait', counted }),
    ...unitList(HEADING.confirmed, done.map(provinceItem), { mark: '✓', tone: 'good', counted }),
  ]
}

function buttonsOf(scene: Scene, status: NationStatus): CardButton[] {
  const open = status.provinces.filter((province) => !province.confirmed)
  const officer = scene.actor.role === 'officer'
  const buttons: CardButton[] = []
  if (status.requestsWaiting > 0 && officer)
    buttons.push(say(BUTTON.requests(status.requestsWaiting), SAY.requests, 'primary'))
  if (status.sharedPupils > 0 && officer)
    buttons.push(say(SHARED_BUTTON.waiting(status.sharedPupils), SAY.sharedPupils))
  if (open.length > MOST_NAMED)
    for (const { region, name, provinces } of regionsOf(scene, { ...status, provinces: open }))
      if (region !== null) buttons.push(say(LEFT_LIST.regionButton(name, provinces.length), `${SAY.left} ${name}`))
  if (open.length > 0) {
    buttons.push(say(BUTTON.left, SAY.left))
    if (officer && scene.now < scene.round.closesAt) buttons.push(say(NUDGE.open, SAY.nudge))
  }
  return onePrimary(buttons)
}
