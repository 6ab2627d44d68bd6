import type { UnitId } from '../../db/ids.ts'
import { type DriftRef, driftOf } from '../../workflow/drift.ts'
import { laoLines } from '../../workflow/structure.ts'
import { childrenOf, unitById } from '../../workflow/unit.ts'
import { say as button, type Card } from '../cards/card.ts'
import { driftCard } from '../cards/drift-card.ts'
import { cardMessage, type Message, text } from '../cards/messages.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { DRIFT } from '../words/drift-words.ts'
import { round as roundWords } from '../words/terms.ts'
import { unitBelow } from './show-status.ts'

type Place = Pick<DriftRef, 'unitId' | 'component'>

const MOST_BUTTONS = 8

/** ดูรายการที่แก้หลังยืนยัน: row by row, for the institution and its LAO; of other counts, for the LAO and its province. */
export function showDrift(turn: Turn, unitText: string | null): Answer {
  const { actor } = turn
  if (actor.level === 'department') return say(text(DRIFT.notHere))
  if (unitText === null) return showAll(turn)
  const found = unitBelow(turn, unitText, { deep: actor.level === 'lao' })
  if (!('unit' in found)) return found.answer
  const { unit } = found
  if (actor.level === 'institution') return show(turn, { unitId: actor.unitId, component: 'roster' })
  if (actor.level === 'province' && unit.level !== 'lao') return say(text(DRIFT.notHere))
  return show(turn, { unitId: unit.id, component: unit.level === 'institution' ? 'roster' : 'other_counts' })
}

function showAll(turn: Turn): Answer {
  const { actor } = turn
  if (actor.level === 'institution') return show(turn, { unitId: actor.unitId, component: 'roster' })
  const places = placesOf(turn)
  const [only, another] = places
  if (!only) return say(text(DRIFT.noneBelow))
  if (!another) return show(turn, only)
  return say(choose(turn, places))
}

function show(turn: Turn, place: Place): Answer {
  const drift = driftOf(turn.tx, { roundId: turn.round.id, ...place })
  if (!drift) return say(text(DRIFT.none(unitById(turn.tx, place.unitId).name)))
  return say(cardMessage(driftCard(turn, drift), DRIFT.listAlt))
}

/** Everything edited after confirming that this person may look into. */
function placesOf(turn: Turn): Place[] {
  const { tx, round, actor, now } = turn
  const laos =
    actor.level === 'lao' ? [unitById(tx, actor.unitId)] : childrenOf(tx, { unitId: actor.unitId, level: 'lao' }, now)
  const lines = laoLines(tx, { roundId: round.id, laos }, now)
  const counts = lines.filter((line) => line.countsDrifted).map((line) => placeOf(line.id, 'other_counts'))
  if (actor.level !== 'lao') return counts
  const rosters = lines.flatMap((line) => line.institutions).filter((line) => line.drifted)
  return [...rosters.map((line) => placeOf(line.id, 'roster')), ...counts]
}

const placeOf = (unitId: UnitId, component: Place['component']): Place => ({ unitId, component })

function choose(turn: Turn, places: readonly Place[]): Message {
  const names = places.map((place) => unitById(turn.tx, place.unitId).name)
  const card: Card = {
    over: `${roundWords(turn.round)} · ${turn.actor.unitName}`,
    title: DRIFT.which,
    lines: names.map((name) => ({ kind: 'item', mark: '!', tone: 'stop', text: name })),
    buttons: names.slice(0, MOST_BUTTONS).map((name) => button(name, DRIFT.showOf(name))),
  }
  return cardMessage(card, DRIFT.listAlt)
}
