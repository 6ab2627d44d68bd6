import { requestsWaitingAt } from '../../workflow/reopening-requests.ts'
import { unitById } from '../../workflow/unit.ts'
import { offer } from '../bot-action.ts'
import { tap } from '../cards/card.ts'
import { cardMessage, cardsMessage, text } from '../cards/messages.ts'
import { requestCard } from '../cards/request-card.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { REQUESTS } from '../words/reopening-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON, requestLine } from '../words/status-words.ts'
import { COMPONENT } from '../words/terms.ts'
import { ownRequests } from './own-requests.ts'

const MOST_SHOWN = 8

/** คำขอ: what waits for this unit's word, oldest first; and how far the unit's own request has come. */
export function showRequests(turn: Turn): Answer {
  const waiting = requestsWaitingAt(turn.tx, turn.actor.unitId)
  const own = ownRequests(turn)
  if (waiting.length === 0 && own.length === 0) return say(text(REQUESTS.none))
  const messages = own.map((request) => {
    const at = request.waitingAtUnitId ? unitById(turn.tx, request.waitingAtUnitId).name : ''
    const token = offer(turn, { type: 'withdraw', requestId: request.id })
    const card = {
      over: REQUESTS.over,
      title: COMPONENT[request.component],
      lines: [{ kind: 'text' as const, text: requestLine(at) }],
      buttons:
        turn.actor.role === 'officer'
          ? [tap(BUTTON.withdraw, token, { style: 'secondary' as const, typed: SAY.withdraw })]
          : [],
    }
    return cardMessage(card, REQUESTS.alt)
  })
  if (waiting.length > 0) {
    const cards = waiting
      .slice(0, MOST_SHOWN)
      .map((request, index) => requestCard(turn, { request, number: index + 1 }))
    messages.push(cardsMessage(cards, REQUESTS.alt))
  }
  if (waiting.length > MOST_SHOWN) messages.push(text(REQUESTS.more(waiting.length - MOST_SHOWN)))
  return { messages }
}
