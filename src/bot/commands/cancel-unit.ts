import type { UnitId } from '../../db/ids.ts'
import type { Component } from '../../db/schema.ts'
import { cancelDirectly } from '../../workflow/cancel.ts'
import { confirmationOf } from '../../workflow/component-state.ts'
import { unitKey } from '../../workflow/find-unit.ts'
import { requestsWaitingAt } from '../../workflow/reopening-requests.ts'
import { unitById } from '../../workflow/unit.ts'
import { say as sayButton } from '../cards/card.ts'
import { cardMessage, text } from '../cards/messages.ts'
import { expectNext } from '../conversation.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { ASK, CANCEL } from '../words/reopening-words.ts'
import { SAY } from '../words/say.ts'
import { withoutIds } from '../words/terms.ts'
import { askReopening } from './ask-reopening.ts'
import { componentsOf } from './own-requests.ts'
import { refusalOf, refused } from './refused.ts'
import { showRequests } from './show-requests.ts'
import { unitBelow } from './show-status.ts'
import { typeDecision } from './type-step.ts'

/**
 * ยกเลิกการยืนยัน: of a unit below, directly and with a reason (domain.md section 7). Without a unit it is a request that waits, or,
 * said by somebody whose own unit is confirmed, the wish to reopen it.
 */
export function cancelUnit(turn: Turn, asked: string | null): Answer {
  if (turn.actor.level === 'institution') return askReopening(turn, { what: null, reason: null })
  if (asked === null) {
    if (requestsWaitingAt(turn.tx, turn.actor.unitId).length > 0) return showRequests(turn)
    return say(text(CANCEL.which))
  }
  if (turn.actor.role !== 'officer') return refused(turn, { why: 'reads-only' })
  const named = componentIn(asked)
  // The words that a request's card prints: the same as its button, for exactly the request that was shown. It may come from far below.
  const waiting = requestsWaitingAt(turn.tx, turn.actor.unitId).find(
    (request) => unitKey(request.unitName) === unitKey(named.unit),
  )
  if (waiting) return typeDecision(turn, { yes: true, number: null, rest: waiting.unitName })
  const found = unitBelow(turn, named.unit, { deep: false })
  if ('answer' in found) return found.answer
  const confirmed = confirmedOf(turn, found.unit.id)
  if (confirmed.length > 1 && !named.component) return whichComponent(found.unit.name)
  const component = confirmed.find((one) => one === named.component) ?? (named.component ? undefined : confirmed[0])
  if (!component) return refused(turn, { why: 'not-confirmed' })
  const expecting = { kind: 'cancel-reason', unitId: found.unit.id, component } as const
  expectNext(turn.tx, { lineUserId: turn.lineUserId, expecting }, turn.now)
  return say(text(CANCEL.askReason(found.unit.name, component)))
}

function componentIn(asked: string): { unit: string; component: Component | null } {
  const match = /^(.*?)\s*(ภาพรวม|สังกัดอื่น)$/.exec(asked)
  if (!match?.[1]) return { unit: asked, component: null }
  return { unit: match[1], component: match[2] === ASK.overview ? 'overview' : 'other_counts' }
}

function confirmedOf(turn: Turn, unitId: UnitId): Component[] {
  const { level } = unitById(turn.tx, unitId)
  return componentsOf(level).filter(
    (component) => confirmationOf(turn.tx, { roundId: turn.round.id, unitId, component }) !== null,
  )
}

function whichComponent(unitName: string): Answer {
  const card = {
    over: unitName,
    title: CANCEL.chooseTitle,
    lines: [],
    buttons: [
      sayButton(ASK.overview, `${SAY.cancel} ${unitName} ${ASK.overview}`),
      sayButton(ASK.otherCounts, `${SAY.cancel} ${unitName} ${ASK.otherCounts}`),
    ],
  }
  return say(cardMessage(card, CANCEL.chooseAlt))
}

export function cancelWith(turn: Turn, input: { unitId: UnitId; component: Component; reason: string }): Answer {
  const { tx, round, actor, tap, now } = turn
  const { unitId, component } = input
  const reason = withoutIds(input.reason)
  const decision = cancelDirectly(tx, { round, actor, unitId, component, reason, tap }, now)
  if (!decision.ok) return refused(turn, refusalOf(decision), { component })
  return say(text(CANCEL.done(unitById(tx, unitId).name)))
}
