import { windowOf } from '../../workflow/rounds.ts'
import { phaseOf } from '../../workflow/rules/round-window.ts'
import type { Card, CardLine } from '../cards/card.ts'
import { cardMessage } from '../cards/messages.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { countdown, dayAndTime, from, isoDay, until } from '../words/dates.ts'
import { DEADLINES, PHASE, ROUND_INSTANTS } from '../words/round-words.ts'
import { round as roundWords } from '../words/terms.ts'
import { componentsOf } from './own-requests.ts'

/** กำหนดเวลา: every instant of the round with its clause; what the documents do not give is marked as assumed. */
export function showDeadlines(turn: Turn): Answer {
  const { round, now, tx, actor } = turn
  const lines: CardLine[] = []
  for (const { field, label, opens } of ROUND_INSTANTS) {
    const instant = round[field]
    const past = instant <= now
    const left = past ? '' : ` (${countdown(instant, now)})`
    lines.push({ kind: 'text', text: label, strong: true })
    lines.push({
      kind: 'text',
      text: `${opens ? from(instant) : until(instant)}${left}`,
      ...(past ? { tone: 'calm' as const } : {}),
    })
    const source = sourceOf(round, field)
    if (source) lines.push({ kind: 'small', text: source })
  }
  const [component] = componentsOf(actor.level)
  const window = component ? windowOf(tx, { round, unitId: actor.unitId, component }, now) : null
  if (window?.extended) {
    lines.push({ kind: 'rule' }, { kind: 'text', text: DEADLINES.extended(until(window.closesAt)), tone: 'good' })
  }
  if (round.letterNumber) {
    const date = round.letterDate ? isoDay(round.letterDate) : null
    lines.push({ kind: 'rule' }, { kind: 'small', text: DEADLINES.letter(round, date) })
  }
  lines.push({ kind: 'small', text: dayAndTime(now) })
  const card: Card = {
    over: roundWords(round),
    title: DEADLINES.title,
    chip: { text: PHASE[phaseOf(round, now)], tone: 'calm' },
    lines,
    buttons: [],
  }
  return say(cardMessage(card, DEADLINES.alt))
}

function sourceOf(round: Turn['round'], field: string): string {
  if (round.assumed.includes(field)) return DEADLINES.assumed
  const clause = round.clauses[field]
  return clause ? DEADLINES.clause(clause) : ''
}
