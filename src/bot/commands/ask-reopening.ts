import type { Component } from '../../db/schema.ts'
import { confirmationOf } from '../../workflow/component-state.ts'
import { type ReopeningCategory, requestReopening } from '../../workflow/reopening.ts'
import type { Refusal } from '../../workflow/rules/refusal.ts'
import { institutionStatus, laoStatus, type May, provinceStatus } from '../../workflow/status.ts'
import { unitById } from '../../workflow/unit.ts'
import { takeUnreached } from '../../workflow/unreached.ts'
import { say as sayButton } from '../cards/card.ts'
import { cardMessage, text } from '../cards/messages.ts'
import type { ConfirmWhat } from '../command.ts'
import { expectNext } from '../conversation.ts'
import { categoryIn } from '../reason-category.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { ASK, CATEGORY_BUTTON } from '../words/reopening-words.ts'
import { SAY } from '../words/say.ts'
import { CATEGORY, withoutIds } from '../words/terms.ts'
import { componentsOf } from './own-requests.ts'
import { refusalOf, refused } from './refused.ts'

/** ขอยกเลิกการยืนยัน: which component, why, then the request; each question only when the text has not answered it. */
export function askReopening(turn: Turn, input: { what: ConfirmWhat | null; reason: string | null }): Answer {
  const confirmed = confirmedComponents(turn)
  const own = componentsOf(turn.actor.level)
  const asked = input.what && own.includes(input.what) ? input.what : null
  if (asked === null && confirmed.length > 1) return whichComponent(turn)
  const component = asked ?? confirmed[0] ?? own[0]
  if (!component) return refused(turn, { why: 'not-confirmed' })
  const refusal = mayAsk(turn, component)
  if (refusal && !tappedInTime(turn, refusal)) return refused(turn, refusal, { component })
  if (input.reason) return request(turn, { component, category: categoryIn(input.reason), reason: input.reason })
  expectNext(turn.tx, { lineUserId: turn.lineUserId, expecting: { kind: 'reopening-category', component } }, turn.now)
  return say(categoryCard(turn, component))
}

function confirmedComponents(turn: Turn): Component[] {
  const { tx, round, actor } = turn
  return componentsOf(actor.level).filter(
    (component) => confirmationOf(tx, { roundId: round.id, unitId: actor.unitId, component }) !== null,
  )
}

function mayAsk(turn: Turn, component: Component): May {
  const { tx, round, actor, now } = turn
  switch (component) {
    case 'roster':
      return institutionStatus(tx, { round, institutionId: actor.unitId, actor }, now).may.requestReopening
    case 'overview':
      return laoStatus(tx, { round, laoId: actor.unitId, actor }, now).may.reopenOverview
    case 'other_counts':
      return laoStatus(tx, { round, laoId: actor.unitId, actor }, now).may.reopenOtherCounts
    case 'province':
      return provinceStatus(tx, { round, provinceId: actor.unitId, actor }, now).may.requestReopening
  }
}

/** Asked before the close, but it came after it: the request itself is dated by its tap, and held for the department when it must be. */
const tappedInTime = (turn: Turn, refusal: Refusal): boolean =>
  refusal.why === 'closed' && turn.tap.tappedAt < refusal.closedAt

function whichComponent(turn: Turn): Answer {
  const card = {
    over: turn.actor.unitName,
    title: ASK.whichTitle,
    lines: [],
    buttons: [
      sayButton(ASK.overview, SAY.askReopeningOverview),
      sayButton(ASK.otherCounts, SAY.askReopeningOtherCounts),
    ],
  }
  return say(cardMessage(card, ASK.whichAlt))
}

function categoryCard(turn: Turn, component: Component) {
  const card = {
    over: turn.actor.unitName,
    title: ASK.title,
    lines: [
      { kind: 'text' as const, text: ASK.why(component) },
      { kind: 'text' as const, text: ASK.choose },
    ],
    buttons: Object.values(CATEGORY_BUTTON).map((word) => sayButton(word, word)),
  }
  return cardMessage(card, ASK.alt)
}

/** The category was asked for: one of its words, or at once the reason in the person's own words. */
export function hearCategory(turn: Turn, input: { component: Component; typed: string }): Answer {
  const { component, typed } = input
  const category = Object.entries(CATEGORY).find(([, word]) => word === typed.trim())?.[0] as
    | ReopeningCategory
    | undefined
  if (!category) return request(turn, { component, category: categoryIn(typed), reason: typed })
  expectNext(
    turn.tx,
    { lineUserId: turn.lineUserId, expecting: { kind: 'reopening-reason', component, category } },
    turn.now,
  )
  return say(text(ASK.reason(CATEGORY[category])))
}

export function request(
  turn: Turn,
  input: { component: Component; category: ReopeningCategory; reason: string },
): Answer {
  const { tx, round, actor, now } = turn
  const { component, category } = input
  const decision = requestReopening(
    tx,
    { round, actor, component, category, reason: withoutIds(input.reason), tap: turn.tap },
    now,
  )
  if (!decision.ok) return refused(turn, refusalOf(decision) satisfies Refusal, { component })
  const at = unitById(tx, decision.waitingAt)
  const messages = [text(ASK.asked(at.name))]
  if (takeUnreached(tx).unitIds.includes(at.id)) messages.push(text(ASK.nobodyThere(at.name)))
  return { messages }
}
