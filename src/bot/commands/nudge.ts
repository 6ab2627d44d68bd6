import type { UnitId } from '../../db/ids.ts'
import {
  type NudgeLine,
  type NudgeResult,
  nudge,
  nudgeLines,
  nudgeRefusal,
  type Unreached,
} from '../../workflow/nudges.ts'
import type { CardLine } from '../cards/card.ts'
import { say as sayButton } from '../cards/card.ts'
import { cardMessage, text } from '../cards/messages.ts'
import { pageButtons, type Section, sectionPage } from '../cards/pages.ts'
import { unitList } from '../cards/unit-list.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { NUDGE, unreachedWords } from '../words/nudge-words.ts'
import { SAY } from '../words/say.ts'
import { PLACES, round as roundWords } from '../words/terms.ts'
import { refusalOf, refused } from './refused.ts'
import { unitBelow } from './show-status.ts'

type Asked = { unit: string | null; all: boolean; page?: number | undefined }

/** เตือน: alone it shows who owes and whom a nudge would reach; with a name, or with ทั้งหมด, it reminds them. */
export function nudgeBelow(turn: Turn, asked: Asked): Answer {
  if (asked.all) return send(turn, 'all')
  if (asked.unit === null) return showNudges(turn, asked.page)
  const found = unitBelow(turn, asked.unit, { deep: false })
  return 'answer' in found ? found.answer : send(turn, [found.unit.id])
}

function showNudges(turn: Turn, page: number | undefined): Answer {
  const { tx, round, actor, now } = turn
  const refusal = nudgeRefusal(tx, { round, actor, superiorId: actor.unitId }, now)
  if (refusal) return refused(turn, refusal)
  const lines = nudgeLines(tx, { round, superiorId: actor.unitId }, now)
  if (lines.length === 0) return say(text(NUDGE.none))
  const shown = sectionPage(sectionsOf(lines), { page, counted: PLACES })
  const ready = lines.filter(({ state }) => state === 'ready').length
  const card = {
    over: `${roundWords(round)} · ${actor.unitName}`,
    title: NUDGE.title,
    lines: [...shown.lines, { kind: 'rule' as const }, ...notes()],
    buttons: [
      ...(ready > 0 ? [sayButton(NUDGE.all(ready), SAY.nudgeAll, 'primary' as const)] : []),
      ...pageButtons(shown.page, SAY.nudge),
    ],
  }
  return say(cardMessage(card, NUDGE.alt))
}

const notes = (): CardLine[] => [
  { kind: 'small', text: NUDGE.oneHint },
  { kind: 'small', text: NUDGE.once },
]

function sectionsOf(lines: readonly NudgeLine[]): Section[] {
  const items = (state: NudgeLine['state']) => lines.filter((line) => line.state === state).map(itemOf)
  const sections: Section[] = [
    { heading: NUDGE.ready, mark: '○', tone: 'wait', items: items('ready') },
    { heading: NUDGE.already, mark: '✓', tone: 'good', items: items('already') },
    { heading: NUDGE.nobody, mark: '!', tone: 'stop', items: items('nobody') },
    { heading: NUDGE.blocked, mark: '!', tone: 'stop', items: items('blocked') },
    { heading: NUDGE.quiet, mark: '○', tone: 'calm', items: items('quiet') },
  ]
  return sections.filter((section) => section.items.length > 0)
}

function itemOf({ unit, at, reach }: NudgeLine): string {
  if (reach) return unreachedWords(reach)
  return at === null ? unit.name : NUDGE.alreadyAt(unit.name, at)
}

function send(turn: Turn, unitIds: UnitId[] | 'all'): Answer {
  const { tx, round, actor, tap, now } = turn
  const decision = nudge(tx, { round, actor, superiorId: actor.unitId, unitIds, tap }, now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  const card = {
    over: `${roundWords(round)} · ${actor.unitName}`,
    title: NUDGE.doneTitle,
    lines: resultLines(decision),
    buttons: [sayButton(NUDGE.open, SAY.nudge)],
  }
  return say(cardMessage(card, NUDGE.alt))
}

/** Who was nudged, who had been, who cannot be; the whole lists stand behind เตือน, page by page. */
function resultLines(result: NudgeResult): CardLine[] {
  const { nudged, already, unreached } = result
  const names = nudged.map(({ name, people }) => NUDGE.people(name, people))
  const before = already.map(({ name, at }) => NUDGE.alreadyAt(name, at))
  const lines: CardLine[] = [
    ...unitList(NUDGE.done, names, { mark: '✓', tone: 'good', most: MOST }),
    ...unitList(NUDGE.already, before, { mark: '○', tone: 'calm', most: MOST }),
    ...unreachedList(NUDGE.nobody, unreached, 'nobody'),
    ...unreachedList(NUDGE.blocked, unreached, 'blocked'),
    ...unreachedList(NUDGE.quiet, unreached, 'quiet'),
    { kind: 'rule' },
  ]
  if (nudged.length > 0) lines.push({ kind: 'small', text: NUDGE.dropsOut })
  if (unreached.some(({ why }) => why !== 'quiet')) lines.push({ kind: 'text', text: NUDGE.call, tone: 'wait' })
  lines.push({ kind: 'small', text: NUDGE.once })
  return lines
}

const MOST = 12

function unreachedList(heading: string, all: readonly Unreached[], why: Unreached['why']): CardLine[] {
  const items = all.filter((one) => one.why === why).map(unreachedWords)
  return unitList(heading, items, { mark: '!', tone: why === 'quiet' ? 'calm' : 'stop', most: MOST })
}
