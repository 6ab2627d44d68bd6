import { countCheckState } from '../../workflow/check-counts.ts'
import type { OtherInstitution } from '../../workflow/record-counts.ts'
import { sheetOf } from '../../workflow/unit-facts.ts'
import { offer } from '../bot-action.ts'
import { type Scene, sheetLink } from '../scene.ts'
import { COUNT_CHECK, countCheckItem, typedUnchanged } from '../words/count-check-words.ts'
import { isoDay } from '../words/dates.ts'
import { SAY } from '../words/say.ts'
import { BUTTON } from '../words/status-words.ts'
import { baselineAt, PLACES, round as roundWords } from '../words/terms.ts'
import { type Card, type CardButton, type CardLine, link, say, tap } from './card.ts'
import { PER_PAGE, pageButtons, type Section, sectionPage } from './pages.ts'

const MOST_SINGLE = 3

/**
 * The counts of other affiliations, those to check first: the button calls exactly those on this page unchanged. `may`: this person may
 * check now.
 */
export function countCheckCard(
  scene: Scene,
  input: { rows: readonly OtherInstitution[]; may: boolean; page?: number | undefined },
): Card {
  const { rows, may } = input
  const open = rows.filter((row) => countCheckState(row) === 'unchanged?')
  const shown = sectionPage(sectionsOf(rows), { page: input.page, counted: PLACES })
  // The open ones come first, so that those on this page are a part of them.
  const onPage = open.slice(shown.page.from, shown.page.from + PER_PAGE)
  const dated = rows.find((row) => row.baselineDate)?.baselineDate
  const lines: CardLine[] = [
    ...shown.lines,
    ...(dated ? [{ kind: 'small' as const, text: baselineAt(isoDay(dated)) }] : []),
    { kind: 'rule' },
    ...(may && onPage.length > 0 ? [{ kind: 'small' as const, text: COUNT_CHECK.note }] : []),
    { kind: 'small', text: COUNT_CHECK.sheetNote },
    ...(may && onPage.length > MOST_SINGLE ? [{ kind: 'small' as const, text: COUNT_CHECK.oneHint }] : []),
  ]
  return {
    over: `${roundWords(scene.round)} · ${scene.actor.unitName}`,
    title: COUNT_CHECK.title,
    lines,
    buttons: [
      ...(may ? checkButtons(scene, onPage) : []),
      ...confirmButton(open, rows, may),
      ...pageButtons(shown.page, SAY.checkCounts),
      ...sheetButton(scene),
    ],
  }
}

function sectionsOf(rows: readonly OtherInstitution[]): Section[] {
  const items = (state: ReturnType<typeof countCheckState>) =>
    rows.filter((row) => countCheckState(row) === state).map(countCheckItem)
  const sections: Section[] = [
    { heading: COUNT_CHECK.open, mark: '○', tone: 'wait', items: items('unchanged?') },
    { heading: COUNT_CHECK.inSheet, mark: '!', tone: 'stop', items: items('in-sheet') },
    { heading: COUNT_CHECK.checked, mark: '✓', tone: 'good', items: items('checked') },
  ]
  return sections.filter((section) => section.items.length > 0)
}

function checkButtons(scene: Scene, onPage: readonly OtherInstitution[]): CardButton[] {
  if (onPage.length === 0) return []
  const refs = onPage.map((row) => ({ id: row.id, total: row.baseline ?? 0 }))
  const all = tap(COUNT_CHECK.unchanged(onPage.length), offer(scene, { type: 'check-counts', rows: refs }), {
    typed: typedUnchanged(onPage.length),
  })
  const single =
    onPage.length > 1 && onPage.length <= MOST_SINGLE
      ? onPage.map((row) => say(COUNT_CHECK.one(row.name), `${SAY.countsUnchanged} ${row.name}`))
      : []
  return [all, ...single]
}

function confirmButton(
  open: readonly OtherInstitution[],
  rows: readonly OtherInstitution[],
  may: boolean,
): CardButton[] {
  const done = may && open.length === 0 && rows.every((row) => countCheckState(row) === 'checked')
  return done ? [say(BUTTON.confirmOtherCounts, SAY.confirmOtherCounts, 'primary')] : []
}

function sheetButton(scene: Scene): CardButton[] {
  const sheet = sheetOf(scene.tx, { roundId: scene.round.id, unitId: scene.actor.unitId })
  if (!sheet) return []
  return [
    link(BUTTON.openCounts, sheetLink(scene.deps, { spreadsheetId: sheet.spreadsheetId, tabId: sheet.dataTabId })),
  ]
}
