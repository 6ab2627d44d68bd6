import { requestsWaitingAt } from '../../workflow/reopening-requests.ts'
import { unitById } from '../../workflow/unit.ts'
import { offer } from '../bot-action.ts'
import { tap } from '../cards/card.ts'
import { cardMessage, cardsMessage, text } from '../cards/messages.ts'
import { pageButtons, pageLines, pageOf } from '../cards/pages.ts'
import { requestCard } from '../cards/request-card.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { REQUESTS } from '../words/reopening-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON, requestLine } from '../words/status-words.ts'
import { COMPONENT } from '../words/terms.ts'
import { ownRequests } from './own-requests.ts'

/** LINE takes 50 KB a carousel; a reason may be long. */
const PER_PAGE = 6

/** คำขอ: what waits for this unit's word, oldest first, page by page; and how far the unit's own request has come. */
export function showRequests(turn: Turn, number?: number): Answer {
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
  const page = pageOf(waiting, number, PER_PAGE)
  if (waiting.length > 0) {
    const cards = page.items.map((request, index) => requestCard(turn, { request, number: page.from + index + 1 }))
    messages.push(cardsMessage(cards, REQUESTS.alt))
  }
  if (page.of > 1) {
    const lines = pageLines(page)
    const buttons = pageButtons(page, SAY.requests)
    messages.push(
      cardMessage({ over: REQUESTS.over, title: REQUESTS.waiting(waiting.length), lines, buttons }, REQUESTS.alt),
    )
  }
  return { messages }
}
