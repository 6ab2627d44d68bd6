import type { RequestId } from '../../db/ids.ts'
import { passOn, sendBack, withdraw } from '../../workflow/reopening.ts'
import { requestById } from '../../workflow/reopening-requests.ts'
import { endedRefusal } from '../../workflow/reopening-step.ts'
import { unitById } from '../../workflow/unit.ts'
import { text } from '../cards/messages.ts'
import { expectNext } from '../conversation.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { ASK, REQUESTS } from '../words/reopening-words.ts'
import { withoutIds } from '../words/terms.ts'
import { ownRequests } from './own-requests.ts'
import { refusalOf, refused } from './refused.ts'

type Decided = { requestId: RequestId; version: number }

/** เห็นชอบและส่งต่อ, or ยกเลิกการยืนยัน where this level's consent is the last one (R33, R34). */
export function passOnRequest(turn: Turn, input: Decided): Answer {
  const { requestId, version } = input
  const decision = passOn(turn.tx, { actor: turn.actor, requestId, version, word: '', tap: turn.tap }, turn.now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  if (decision.act === 'endorsed') return say(text(REQUESTS.endorsed(decision.unitName, decision.waitingAtName ?? '')))
  return say(text(REQUESTS.carriedOut(decision.unitName, decision.sheetOpens)))
}

/** ส่งคืนคำขอ: asks for the word first; nothing is sent back without one. */
export function sendBackRequest(turn: Turn, input: Decided): Answer {
  const { requestId, version } = input
  const request = requestById(turn.tx, requestId)
  if (!request) return refused(turn, { why: 'not-yours' })
  if (request.state !== 'waiting') return refused(turn, endedRefusal(turn.tx, request))
  const { lineUserId, now } = turn
  expectNext(turn.tx, { lineUserId, expecting: { kind: 'send-back-word', requestId, version } }, now)
  return say(text(REQUESTS.askWord(unitById(turn.tx, request.unitId).name)))
}

export function sendBackWith(turn: Turn, input: Decided & { word: string }): Answer {
  const word = withoutIds(input.word)
  const decision = sendBack(
    turn.tx,
    { actor: turn.actor, requestId: input.requestId, version: input.version, word, tap: turn.tap },
    turn.now,
  )
  if (!decision.ok) return refused(turn, refusalOf(decision))
  return say(text(REQUESTS.sentBack(decision.unitName)))
}

export function withdrawRequest(turn: Turn, requestId: RequestId): Answer {
  if (turn.actor.role !== 'officer') return refused(turn, { why: 'reads-only' })
  const decision = withdraw(turn.tx, { actor: turn.actor, requestId }, turn.now)
  return decision.ok ? say(text(ASK.withdrawn)) : refused(turn, refusalOf(decision))
}

/** ถอนคำขอ, typed: the unit's own request that waits. */
export function withdrawOwn(turn: Turn): Answer {
  const [request] = ownRequests(turn)
  return request ? withdrawRequest(turn, request.id) : say(text(ASK.noneOpen))
}
