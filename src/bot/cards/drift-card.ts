import type { Drift } from '../../workflow/drift.ts'
import { type Unit, unitById } from '../../workflow/unit.ts'
import { sheetOf } from '../../workflow/unit-facts.ts'
import type { Scene } from '../scene.ts'
import { seesNames } from '../sees-names.ts'
import { countsDriftLine, DRIFT, driftSummary, moreRows, rosterDriftLine } from '../words/drift-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON, people } from '../words/status-words.ts'
import { round as roundWords } from '../words/terms.ts'
import { isClosed } from './after-close.ts'
import { type Card, type CardButton, type CardLine, say } from './card.ts'
import { driftWayOut } from './drift-way-out.ts'
import { openSheet } from './institution-card.ts'

const MOST_ROWS = 10

/** A drift in numbers alone, as it is told; the rows are a tap away. */
export function driftNews(scene: Scene, drift: Drift): Card {
  const unit = unitById(scene.tx, drift.unitId)
  const own = scene.actor.unitId === unit.id
  return {
    over: `${roundWords(scene.round)} · ${unit.name}`,
    title: DRIFT.title,
    chip: { text: driftSummary(drift), tone: 'stop' },
    lines: [
      ...figureLines(scene, drift),
      { kind: 'rule' },
      { kind: 'text', text: driftWayOut(scene, drift), strong: true },
    ],
    buttons: [
      say(DRIFT.show, own ? SAY.drift : DRIFT.showOf(unit.name), 'primary'),
      ...(own ? askButton(scene, drift) : []),
    ],
  }
}

/** Row by row what differs from the confirmation; the first ones, and how many more. */
export function driftCard(scene: Scene, drift: Drift): Card {
  const unit = unitById(scene.tx, drift.unitId)
  const own = scene.actor.unitId === unit.id && scene.actor.role === 'officer'
  const sheet = sheetOf(scene.tx, { roundId: scene.round.id, unitId: unit.id })
  const buttons = own ? askButton(scene, drift) : []
  if (sheet && scene.actor.role === 'officer') buttons.push(openSheet(scene, sheet))
  return {
    over: `${roundWords(scene.round)} · ${unit.name}`,
    title: DRIFT.listTitle,
    chip: { text: driftSummary(drift), tone: 'stop' },
    lines: [
      ...figureLines(scene, drift),
      { kind: 'rule' },
      ...rowLines(drift, { unit, names: seesNames(scene.actor) }),
      { kind: 'rule' },
      { kind: 'text', text: driftWayOut(scene, drift), strong: true },
    ],
    buttons,
  }
}

function askButton(scene: Scene, drift: Drift): CardButton[] {
  return isClosed(scene, drift) ? [] : [say(BUTTON.askReopening, SAY.askReopening)]
}

function figureLines(scene: Scene, drift: Drift): CardLine[] {
  return [
    { kind: 'pair', label: DRIFT.confirmed, value: people(drift.confirmed), tone: 'good' },
    { kind: 'pair', label: DRIFT.now, value: people(drift.counted) },
    { kind: 'small', text: isClosed(scene, drift) ? DRIFT.staysClosed : DRIFT.stays },
  ]
}

function rowLines(drift: Drift, { unit, names }: { unit: Unit; names: boolean }): CardLine[] {
  const lines =
    drift.component === 'roster'
      ? drift.rows.map((row) => ({ kind: row.kind, text: rosterDriftLine(row, { kind: unit.kind, names }) }))
      : drift.rows.map((row) => ({ kind: row.kind, text: countsDriftLine(row) }))
  const shown = lines
    .slice(0, MOST_ROWS)
    .map(({ kind, text }): CardLine => ({ kind: 'item', mark: MARKS[kind], tone: 'stop', text }))
  if (lines.length > MOST_ROWS) shown.push({ kind: 'small', text: moreRows(lines.length - MOST_ROWS, drift) })
  return shown
}

const MARKS = { added: '+', missing: '−', changed: '≠', new_number: '≠', unreadable: '✕' } as const
