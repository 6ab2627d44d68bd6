import { owingBelow } from '../../workflow/owing-below.ts'
import { text } from '../cards/messages.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { OFFICIAL, officialReminder } from '../words/official-letter-words.ts'
import { refused } from './refused.ts'

/** ร่างหนังสือเตือน: an official reminder to copy, to those below that owe. It is sent to nobody. */
export function draftLetter(turn: Turn): Answer {
  const { tx, actor, round, now } = turn
  const { level, unitId, unitName } = actor
  if (actor.role !== 'officer') return refused(turn, { why: 'reads-only' })
  if (level === 'institution') return refused(turn, { why: 'nobody-below' })
  const { owing, total } = owingBelow(tx, { round, unitId }, now)
  if (owing.length === 0) return say(text(OFFICIAL.none))
  const parts = officialReminder({ sender: { name: unitName, level }, round, owing, total, now })
  return say(text(OFFICIAL.note), ...parts.map(text))
}
