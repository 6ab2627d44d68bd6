import { stateOf } from '../../workflow/component-state.ts'
import { overviewShown } from '../../workflow/confirm-overview.ts'
import { confirmedFigures } from '../../workflow/confirmed-figures.ts'
import { changesSinceLook, type OverviewLook, recordLook } from '../../workflow/overview-look.ts'
import type { ProvinceStatus } from '../../workflow/status.ts'
import { offer } from '../bot-action.ts'
import type { Scene } from '../scene.ts'
import {
  OVERVIEW,
  overviewChange,
  PROVINCE,
  READ_BACK,
  SECOND_STEP,
  typedAttest,
  typedConfirm,
} from '../words/confirm-words.ts'
import { SAY } from '../words/say.ts'
import { bothCounts, LABEL, laoTotals, people } from '../words/status-words.ts'
import { more, round as roundWords } from '../words/terms.ts'
import { type Card, type CardButton, type CardLine, say, tap } from './card.ts'
import { notRequired } from './lao-nothing-owed.ts'
import { pageButtons, pageLines, pageOf } from './pages.ts'

const MOST_UNITS = 25

/** What an LAO looks at before its overview: every institution with what changed since the last time (R30), then its own attestation. */
export function overviewCard(scene: Scene, number?: number): Card {
  const { tx, round, actor, now } = scene
  const shown = overviewShown(tx, { round, laoId: actor.unitId }, now)
  const looking = { round, laoId: actor.unitId, personId: actor.personId, shown }
  const page = pageOf(shown.institutions, number)
  const look = page.number === 1 ? changesSinceLook(tx, looking) : NO_NEWS
  // The first page says what changed: whoever leafs on has looked already.
  if (page.number === 1) recordLook(tx, looking, now)
  const last = stateOf(tx, { roundId: round.id, unitId: actor.unitId, component: 'overview' }).reportedConfirmationId
  const before = last ? confirmedFigures(tx, last) : null
  const lines: CardLine[] = page.items.map((child) => {
    const counted = child.reportedCount ?? 0
    const former = before?.units.get(child.id)
    if (!before || former === counted) return { kind: 'pair', label: child.name, value: people(counted) }
    const value = former === undefined ? OVERVIEW.added(counted) : OVERVIEW.changed(former, counted)
    return { kind: 'pair', label: child.name, value, tone: 'wait' }
  })
  lines.push(...pageLines(page))
  lines.push({ kind: 'rule' }, { kind: 'pair', label: OVERVIEW.total, value: people(shown.counted), tone: 'good' })
  lines.push({
    kind: 'small',
    text: before
      ? `${OVERVIEW.before(before.counted)}${before.counted === shown.counted ? ` ${OVERVIEW.unchanged}` : ''}`
      : OVERVIEW.first,
  })
  lines.push(...lookLines(look), { kind: 'text', text: OVERVIEW.attestNeeded })
  const token = offer(scene, { type: 'attest', component: 'overview', contentHash: shown.hash, counted: shown.counted })
  return {
    over: `${roundWords(round)} · ${actor.unitName}`,
    title: OVERVIEW.title,
    lines,
    buttons: [
      tap(READ_BACK.attest(shown.counted), token, { typed: typedAttest(shown.counted) }),
      say(SECOND_STEP.notYet, SAY.notYet),
      ...pageButtons(page, SAY.confirmOverview),
    ],
  }
}

const NO_NEWS: OverviewLook = { lastAt: null, changes: [] }

/** What changed since this person last looked (R30); the changed ones are all named, however many institutions there are. */
function lookLines(look: OverviewLook): CardLine[] {
  if (look.lastAt === null) return []
  if (look.changes.length === 0) return [{ kind: 'small', text: OVERVIEW.sameSince(look.lastAt) }]
  return [
    { kind: 'rule' },
    { kind: 'text', text: OVERVIEW.changedSince(look.lastAt, look.changes.length), strong: true, tone: 'wait' },
    ...look.changes.slice(0, MOST_UNITS).map((change): CardLine => {
      return { kind: 'item', mark: '!', tone: 'wait', text: overviewChange(change) }
    }),
    ...(look.changes.length > MOST_UNITS
      ? [{ kind: 'small' as const, text: more(look.changes.length - MOST_UNITS) }]
      : []),
  ]
}

const MOST_SINGLE = 3

/** LAOs that are complete and wait for the province's mark: exactly those listed are marked by the button. */
export function markCard(scene: Scene, status: ProvinceStatus, number?: number): Card | null {
  const waiting = status.laos.filter((lao) => lao.complete && !lao.marked && !notRequired(lao))
  if (waiting.length === 0) return null
  const page = pageOf(waiting, number)
  const shown = page.items
  const lines: CardLine[] = shown.map((lao) => ({ kind: 'item', mark: '○', text: laoTotals(lao) }))
  lines.push(...pageLines(page))
  lines.push({ kind: 'rule' }, { kind: 'small', text: PROVINCE.markNote })
  const refs = shown.map((lao) => ({ id: lao.id, shownHash: lao.shownHash }))
  const all = tap(PROVINCE.markAll(shown.length), offer(scene, { type: 'mark', laos: refs }), {
    typed: `${SAY.markChecked} ${shown.length}`,
  })
  const single: CardButton[] =
    shown.length > 1 && shown.length <= MOST_SINGLE
      ? shown.map((lao) => say(PROVINCE.markOne(lao.name), `${SAY.markChecked} ${lao.name}`))
      : []
  return {
    over: `${roundWords(scene.round)} · ${status.unit.name}`,
    title: PROVINCE.markTitle,
    lines,
    buttons: [all, ...single, ...pageButtons(page, SAY.markChecked)],
  }
}

/** The province's own confirmation of all that it has checked (R36). */
export function provinceConfirmCard(scene: Scene, status: ProvinceStatus, number?: number): Card {
  const required = status.laos.filter((lao) => !notRequired(lao))
  const page = pageOf(required, number)
  const lines: CardLine[] = page.items.map((lao) => ({ kind: 'item', mark: '✓', tone: 'good', text: laoTotals(lao) }))
  lines.push(...pageLines(page))
  lines.push({ kind: 'rule' })
  lines.push({ kind: 'pair', label: LABEL.counted, value: bothCounts(status.counted, status.otherCounted) })
  lines.push({ kind: 'text', text: SECOND_STEP.noUndo('province'), tone: 'wait', strong: true })
  const token = offer(scene, {
    type: 'confirm',
    component: 'province',
    seenHash: status.shownHash,
    counted: status.counted,
  })
  return {
    over: `${roundWords(scene.round)} · ${status.unit.name}`,
    title: PROVINCE.title,
    lines,
    buttons: [
      tap(PROVINCE.confirm, token, { typed: typedConfirm('province', status.counted) }),
      say(SECOND_STEP.notYet, SAY.notYet),
      ...pageButtons(page, SAY.confirmProvince),
    ],
  }
}
