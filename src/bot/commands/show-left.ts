import { provinceShown } from '../../workflow/confirm-province.ts'
import { nudgeRefusal } from '../../workflow/nudges.ts'
import { provinceRegions } from '../../workflow/province-regions.ts'
import { windowOf } from '../../workflow/rounds.ts'
import type { Region } from '../../workflow/rules/regions.ts'
import type { WindowComponent } from '../../workflow/rules/round-window.ts'
import { nationStatus } from '../../workflow/status.ts'
import { laoLines } from '../../workflow/structure.ts'
import { type Unit, unitById } from '../../workflow/unit.ts'
import { type CardButton, type CardLine, say as sayButton } from '../cards/card.ts'
import { notRequired } from '../cards/lao-nothing-owed.ts'
import { institutionSections, isIncomplete, isLeft, laoSections, provinceSections } from '../cards/left-sections.ts'
import { cardMessage, text } from '../cards/messages.ts'
import { pageButtons, type Section, sectionPage } from '../cards/pages.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { LEFT } from '../words/answers.ts'
import { GROUP, LEFT_LIST, leftLine, REGION, REGION_SPOKEN } from '../words/list-words.ts'
import { NUDGE } from '../words/nudge-words.ts'
import { SAY } from '../words/say.ts'
import { LEVEL, PLACES, round as roundWords } from '../words/terms.ts'
import { showStatus, unitBelow } from './show-status.ts'

type Asked = { unit?: string | undefined; page?: number | undefined }

type LeftList = {
  /** Whose list it is. */
  name: string
  /** What a person types for this list. */
  typed: string
  sections: Section[]
  left: number
  all: number
  counted: string
  closesAt: number
  /** What is left to the unit itself when all below have done theirs. */
  ownStep?: string
}

/** เหลือใคร: who below is not confirmed yet, by name and state, page by page; of a unit below, or of a region, when it is named. */
export function showLeft(turn: Turn, asked: Asked = {}): Answer {
  const region = turn.actor.level === 'department' && asked.unit !== undefined ? regionNamed(asked.unit) : null
  if (region) return listAnswer(turn, leftInRegion(turn, region), asked.page)
  const found = unitAsked(turn, asked.unit)
  if ('answer' in found) return found.answer
  const { unit } = found
  const own = unit.id === turn.actor.unitId
  if (unit.level === 'institution') return showStatus(turn, own ? null : unit.name)
  return listAnswer(turn, leftOf(turn, unit), asked.page)
}

function unitAsked(turn: Turn, asked: string | undefined): { unit: Unit } | { answer: Answer } {
  const own = unitById(turn.tx, turn.actor.unitId)
  if (asked === undefined || own.name === asked) return { unit: own }
  return unitBelow(turn, asked, { deep: true })
}

function regionNamed(asked: string): Region | null {
  return REGION_SPOKEN.find(([spoken]) => spoken.test(asked.trim()))?.[1] ?? null
}

function listAnswer(turn: Turn, list: LeftList, number: number | undefined): Answer {
  if (list.left === 0) {
    const own = list.typed === SAY.left
    return say(text(own ? [LEFT.none, list.ownStep ?? ''].join(' ').trim() : LEFT_LIST.noneOf(list.name)))
  }
  const { lines, page } = sectionPage(list.sections, { page: number, counted: list.counted })
  const { left, all, counted, closesAt } = list
  const card = {
    over: `${roundWords(turn.round)} · ${list.name}`,
    title: LEFT.title,
    lines: [
      { kind: 'text' as const, text: leftLine({ left, all, counted, closesAt, now: turn.now }), strong: true },
      { kind: 'rule' as const },
      ...lines,
      ...hintLines(turn, list),
    ],
    buttons: [...pageButtons(page, list.typed), ...nudgeButton(turn, list)],
  }
  return say(cardMessage(card, LEFT.alt))
}

/** Where a word is enough, that word. */
function hintLines(turn: Turn, list: LeftList): CardLine[] {
  const acts = mayNudge(turn, list)
  const ready = list.sections.some(({ heading }) => heading === GROUP.ready)
  if (acts && ready) return [{ kind: 'small', text: LEFT_LIST.ready }]
  return list.counted === PLACES ? [] : [{ kind: 'small', text: LEFT_LIST.hint }]
}

/** Only for the level directly above, which is whose word it is. */
function nudgeButton(turn: Turn, list: LeftList): CardButton[] {
  return mayNudge(turn, list) ? [sayButton(NUDGE.open, SAY.nudge)] : []
}

/** Once everything is closed there is nothing left to ask for. */
function mayNudge(turn: Turn, list: LeftList): boolean {
  const { tx, round, actor, now } = turn
  if (list.typed !== SAY.left || actor.role !== 'officer') return false
  return nudgeRefusal(tx, { round, actor, superiorId: actor.unitId }, now)?.why !== 'closed'
}

function leftOf(turn: Turn, unit: Unit): LeftList {
  const own = unit.id === turn.actor.unitId
  const about = { name: unit.name, typed: own ? SAY.left : `${SAY.left} ${unit.name}` }
  const closesAt = closeOf(turn, unit)
  const { tx, round, now } = turn
  switch (unit.level) {
    case 'province': {
      const { laos } = provinceShown(tx, { round, provinceId: unit.id }, now)
      const all = laos.filter((lao) => !notRequired(lao)).length
      const left = laos.filter(isIncomplete).length
      return { ...about, sections: laoSections(laos), left, all, counted: LEVEL.lao, closesAt }
    }
    case 'department':
      return { ...about, ...leftInNation(turn, unit), closesAt }
    default: {
      const [line] = laoLines(tx, { roundId: round.id, laos: [unit] }, now)
      const institutions = line?.institutions ?? []
      const all = institutions.filter((child) => child.state !== 'not_required').length
      const left = institutions.filter(isLeft).length
      const sections = institutionSections(turn, institutions)
      const ownStep = line ? LEFT_LIST.ownStep(line) : ''
      return { ...about, sections, left, all, counted: PLACES, closesAt, ownStep }
    }
  }
}

const CLOSES_BY: Record<Unit['level'], WindowComponent> = {
  institution: 'roster',
  lao: 'roster',
  province: 'overview',
  department: 'province',
}

/** When those below close: the close of the unit's own level may be later. */
function closeOf(turn: Turn, unit: Unit): number {
  const { tx, round, now } = turn
  return windowOf(tx, { round, unitId: unit.id, component: CLOSES_BY[unit.level] }, now).closesAt
}

function leftInNation(turn: Turn, department: Unit) {
  const { provinces } = nationStatus(turn.tx, { round: turn.round, departmentId: department.id }, turn.now)
  const sections = provinceSections(provinces, provinceRegions(turn.tx, department.id))
  const left = provinces.filter(({ confirmed }) => !confirmed).length
  return { sections, left, all: provinces.length, counted: LEVEL.province }
}

function leftInRegion(turn: Turn, region: Region): LeftList {
  const { tx, round, actor, now } = turn
  const regions = provinceRegions(tx, actor.unitId)
  const { provinces } = nationStatus(tx, { round, departmentId: actor.unitId }, now)
  const own = provinces.filter(({ id }) => regions.get(id) === region)
  return {
    name: REGION[region],
    typed: `${SAY.left} ${REGION[region]}`,
    sections: provinceSections(own, regions),
    left: own.filter(({ confirmed }) => !confirmed).length,
    all: own.length,
    counted: LEVEL.province,
    closesAt: closeOf(turn, unitById(tx, actor.unitId)),
  }
}
