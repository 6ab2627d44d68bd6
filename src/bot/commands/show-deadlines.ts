import { extensionsReaching } from '../../workflow/extension-reach.ts'
import { windowOf } from '../../workflow/rounds.ts'
import { phaseOf } from '../../workflow/rules/round-window.ts'
import type { Card, CardLine } from '../cards/card.ts'
import { cardMessage } from '../cards/messages.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { countdown, dayAndTime, from, isoDay, until } from '../words/dates.ts'
import { EVERYWHERE, EXTEND } from '../words/round-act-words.ts'
import { DEADLINES, PHASE, ROUND_INSTANTS } from '../words/round-words.ts'
import { more, round as roundWords } from '../words/terms.ts'
import { componentsOf } from './own-requests.ts'

const MOST_EXTENSIONS = 10

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
  const reaching = extensionsReaching(tx, { roundId: round.id, unitId: actor.unitId })
  if (reaching.length > 0) {
    lines.push({ kind: 'rule' }, { kind: 'text', text: EXTEND.heading, strong: true })
    for (const one of reaching.slice(-MOST_EXTENSIONS)) {
      const who = one.unitName ?? EVERYWHERE
      lines.push({ kind: 'small', text: EXTEND.line({ ...one, who, letter: one.letterNumber }) })
    }
    if (reaching.length > MOST_EXTENSIONS)
      lines.push({ kind: 'small', text: more(reaching.length - MOST_EXTENSIONS, 'รายการ') })
  }
  if (round.letterNumber) {
    const date = round.letterDate ? isoDay(round.letterDate) : null
    lines.push({ kind: 'rule' }, { kind: 'small', text: DEADLINES.letter(round, date) })
  }
  lines.push({ kind: 'small', text: DEADLINES.asOf(dayAndTime(now)) })
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
