import type { Notice } from '../../workflow/notice.ts'
import { roundById } from '../../workflow/rounds.ts'
import { cardsMessage, type Message } from '../cards/messages.ts'
import { statusCardOf } from '../commands/show-status.ts'
import type { Stage } from '../stage.ts'
import { EXECUTIVE } from '../words/executive-words.ts'

/** The week's card for every unit that the person is the executive of (R9); pointless once the round is over or the duty has ended. */
export function weeklyCard(stage: Stage, notice: Extract<Notice, { type: 'weekly-card' }>): Message[] | null {
  const { tx, deps } = stage
  const round = roundById(tx, notice.roundId)
  if (deps.now >= round.closesAt || round.archivedAt !== null) return null
  const duties = stage.duties.filter(({ role, level }) => role === 'executive' && level !== 'institution')
  if (duties.length === 0) return null
  const cards = duties.map((actor) => statusCardOf({ tx, now: deps.now, deps, actor, round }))
  return [cardsMessage(cards, EXECUTIVE.alt)]
}
