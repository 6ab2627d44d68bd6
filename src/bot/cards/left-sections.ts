import type { Region } from '../../workflow/rules/regions.ts'
import { REGIONS } from '../../workflow/rules/regions.ts'
import type { NationStatus } from '../../workflow/status.ts'
import type { InstitutionLine, LaoLine } from '../../workflow/structure.ts'
import type { Scene } from '../scene.ts'
import { GROUP, LAO_GROUP, NO_REGION, REGION } from '../words/list-words.ts'
import { institutionItem, laoItem, provinceItem } from '../words/status-words.ts'
import { isClosed } from './after-close.ts'
import { isBare, notRequired } from './lao-nothing-owed.ts'
import type { Section } from './pages.ts'

type Group = keyof typeof GROUP

const LOOK: Record<Group, Pick<Section, 'mark' | 'tone'>> = {
  drifted: { mark: '!', tone: 'stop' },
  stuck: { mark: '!', tone: 'stop' },
  fix: { mark: '✕', tone: 'stop' },
  reopened: { mark: '↺', tone: 'wait' },
  empty: { mark: '○', tone: 'wait' },
  ready: { mark: '→', tone: 'good' },
  closed: { mark: '○', tone: 'calm' },
}

/** Those first for whom somebody must do something; the ready ones apart, because a word is enough there. */
const ORDER: readonly Group[] = ['drifted', 'stuck', 'fix', 'reopened', 'empty', 'ready', 'closed']

/** Whether an LAO waits for this institution. */
export const isLeft = (line: InstitutionLine): boolean => line.state === 'open' || line.drifted

/** Which state of an institution counts for its LAO: what must be done first stands before what it was. */
export function groupOf(line: InstitutionLine, look: { closed: boolean }): Group {
  if (line.drifted) return 'drifted'
  if (look.closed) return 'closed'
  if (line.sheetTrouble !== null || line.hold !== null) return 'stuck'
  if (line.errors > 0 || line.unexplainedWarnings > 0 || line.shared.blocking > 0) return 'fix'
  if (line.reopenedTimes > 0) return 'reopened'
  return line.counted ? 'ready' : 'empty'
}

/** The institutions that an LAO waits for, by state. */
export function institutionSections(scene: Scene, lines: readonly InstitutionLine[]): Section[] {
  const grouped = new Map<Group, string[]>()
  for (const line of lines.filter(isLeft)) {
    const closed = isClosed(scene, { unitId: line.id, component: 'roster' })
    const group = groupOf(line, { closed })
    grouped.set(group, [...(grouped.get(group) ?? []), institutionItem(line, { closed })])
  }
  return ORDER.flatMap((group) => {
    const items = grouped.get(group) ?? []
    return items.length > 0 ? [{ heading: GROUP[group], items, ...LOOK[group] }] : []
  })
}

/** Whether a province waits for this LAO. */
export const isIncomplete = (lao: LaoLine): boolean => !lao.complete && !notRequired(lao)

/** The LAOs that a province waits for, with what each lacks. */
export function laoSections(laos: readonly LaoLine[]): Section[] {
  const open = laos.filter(isIncomplete)
  const bare = open.filter(isBare)
  const waiting = open.filter((lao) => !isBare(lao) && lao.institutions.some(isLeft))
  const own = open.filter((lao) => !isBare(lao) && !lao.institutions.some(isLeft))
  const sections: Section[] = [
    { heading: LAO_GROUP.institutions, mark: '○', tone: 'wait', items: waiting.map(laoItem) },
    { heading: LAO_GROUP.lao, mark: '→', tone: 'wait', items: own.map(laoItem) },
    { heading: LAO_GROUP.bare, mark: '!', tone: 'calm', items: bare.map(laoItem) },
  ]
  return sections.filter(({ items }) => items.length > 0)
}

export type ProvinceFigure = NationStatus['provinces'][number]

/** Provinces by region; those of no known region come last. */
export function byRegion(
  provinces: readonly ProvinceFigure[],
  regions: ReadonlyMap<number, Region>,
): { region: Region | null; name: string; provinces: ProvinceFigure[] }[] {
  const all = [...REGIONS, null].map((region) => ({
    region,
    name: region === null ? NO_REGION : REGION[region],
    provinces: provinces.filter(({ id }) => (regions.get(id) ?? null) === region),
  }))
  return all.filter((one) => one.provinces.length > 0)
}

/** The provinces that the department waits for, by region. */
export function provinceSections(
  provinces: readonly ProvinceFigure[],
  regions: ReadonlyMap<number, Region>,
): Section[] {
  const open = provinces.filter(({ confirmed }) => !confirmed)
  return byRegion(open, regions).map((one) => ({
    heading: one.name,
    mark: '○',
    tone: 'wait',
    items: one.provinces.map(provinceItem),
  }))
}
