import type { UnitId } from '../../db/ids.ts'
import {
  acceptDeadline,
  agreementById,
  agreementOf,
  agreementsBelow,
  deadlineLimits,
  type Proposed,
  proposeDeadline,
} from '../../workflow/agreements.ts'
import { unitKey } from '../../workflow/find-unit.ts'
import { offeredActions } from '../../workflow/offered-actions.ts'
import { parentOf } from '../../workflow/rounds.ts'
import { wordKey } from '../../workflow/rules/text/thai-text.ts'
import { readTypedMoment } from '../../workflow/rules/typed-moment.ts'
import { type Unit, unitById } from '../../workflow/unit.ts'
import { takeUnreached } from '../../workflow/unreached.ts'
import { actionOf } from '../bot-action.ts'
import { agreementCard, agreementsCard, isForMe } from '../cards/agreement-card.ts'
import { cardMessage, text } from '../cards/messages.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { AGREEMENT, ALL, typedMoment } from '../words/agreement-words.ts'
import { refusalOf, refused } from './refused.ts'
import { runToken } from './run-action.ts'
import { unitBelow } from './show-status.ts'

/**
 * นัดส่ง (R18): alone it shows what is agreed; with a date and time it proposes that to the other side. An LAO names the institution,
 * or all of them.
 */
export function agreeDeadline(turn: Turn, rest: string | null): Answer {
  const { level } = turn.actor
  if (level !== 'institution' && level !== 'lao') return say(text(AGREEMENT.notHere))
  if (rest === null) return showAgreements(turn)
  const typed = readTypedMoment(rest, turn.now)
  if (!typed) return unread(turn, rest)
  const { before, at } = typed
  if (level === 'institution') return before === '' ? propose(turn, [turn.actor.unitId], at) : unread(turn, rest)
  if (before === '') return say(text(AGREEMENT.whichUnit(example(turn))))
  if (EVERYONE.has(wordKey(before))) return proposeToAll(turn, at)
  const found = unitBelow(turn, before, { deep: false })
  return 'answer' in found ? found.answer : propose(turn, [found.unit.id], at)
}

const EVERYONE = new Set([ALL, 'ทุกแห่ง', 'ทุกโรงเรียน', 'ทุกศูนย์', 'ทุกสถานศึกษา'].map(wordKey))

/** No date was found: an LAO may just have named an institution to look at. */
function unread(turn: Turn, rest: string): Answer {
  const found = turn.actor.level === 'lao' ? unitBelow(turn, rest, { deep: false }) : null
  if (found && 'unit' in found) return showAgreement(turn, found.unit)
  return found && !/\d/.test(rest) ? found.answer : say(text(AGREEMENT.unclear(example(turn))))
}

function showAgreements(turn: Turn): Answer {
  const { tx, round, actor, now } = turn
  if (actor.level === 'institution') return showAgreement(turn, unitById(tx, actor.unitId))
  const institutions = agreementsBelow(tx, { round, laoId: actor.unitId }, now)
  if (!institutions.some(({ open }) => open)) return say(text(AGREEMENT.nobodyBelow))
  const limits = deadlineLimits(tx, { round, laoId: actor.unitId }, now)
  return say(cardMessage(agreementsCard(turn, { institutions, limits }), AGREEMENT.alt))
}

function showAgreement(turn: Turn, institution: Unit): Answer {
  const { tx, round, now } = turn
  const agreement = agreementOf(tx, { roundId: round.id, institutionId: institution.id })
  const limits = deadlineLimits(tx, { round, laoId: laoOf(turn) }, now)
  return say(cardMessage(agreementCard(turn, { institution, agreement, limits }), AGREEMENT.alt))
}

function laoOf(turn: Turn): UnitId {
  const { tx, actor } = turn
  return actor.level === 'lao' ? actor.unitId : (parentOf(tx, actor.unitId) ?? actor.unitId)
}

function example(turn: Turn): string {
  const { tx, round, now } = turn
  const { suggested, until } = deadlineLimits(tx, { round, laoId: laoOf(turn) }, now)
  return typedMoment(suggested ?? until - 1)
}

function proposeToAll(turn: Turn, dueAt: number): Answer {
  const { tx, round, actor, now } = turn
  const open = agreementsBelow(tx, { round, laoId: actor.unitId }, now).filter((one) => one.open)
  if (open.length === 0) return say(text(AGREEMENT.nobodyBelow))
  return propose(
    turn,
    open.map(({ unit }) => unit.id),
    dueAt,
  )
}

function propose(turn: Turn, institutionIds: UnitId[], dueAt: number): Answer {
  const { tx, round, actor, tap, now } = turn
  const decision = proposeDeadline(tx, { round, actor, institutionIds, dueAt, tap }, now)
  if (!decision.ok) return refused(turn, refusalOf(decision), { component: 'roster' })
  // Said here, for all of them at once.
  takeUnreached(tx)
  return { messages: wordsOf(turn, decision.proposals, dueAt).map(text) }
}

function wordsOf(turn: Turn, proposals: Proposed[], dueAt: number): string[] {
  const fresh = proposals.filter(({ became }) => became === 'proposed')
  const agreed = proposals.filter(({ became }) => became === 'accepted')
  const words: string[] = []
  const [first, second] = fresh
  if (first && second) words.push(AGREEMENT.proposedToAll(fresh.length, dueAt))
  else if (first) words.push(AGREEMENT.proposed(otherSide(turn, first), dueAt))
  if (agreed.length > 0) words.push(AGREEMENT.accepted(agreed.map(({ name }) => name).join(', '), dueAt))
  if (words.length === 0) words.push(AGREEMENT.asBefore(dueAt))
  const unreached = proposals.filter(({ reached }) => !reached).map((one) => otherSide(turn, one))
  if (unreached.length > 0) words.push(AGREEMENT.nobodyThere(unreached.join(', ')))
  return words
}

const otherSide = (turn: Turn, one: Proposed): string =>
  turn.actor.level === 'lao' ? one.name : unitById(turn.tx, laoOf(turn)).name

/** ตกลงตามนี้, tapped. */
export function takeAcceptDeadline(turn: Turn, agreementId: number): Answer {
  const { tx, actor, tap, now } = turn
  const decision = acceptDeadline(tx, { actor, agreementId, tap }, now)
  if (!decision.ok) return refused(turn, refusalOf(decision), { component: 'roster' })
  return say(text(AGREEMENT.accepted(decision.name, decision.dueAt)))
}

/** ตกลงนัดส่ง, typed: the proposal that was shown to this person, by the institution's name where several were. */
export function typeAcceptDeadline(turn: Turn, unit: string | null): Answer {
  const { tx, actor, now } = turn
  const about = { personId: actor.personId, appointmentId: actor.appointmentId, type: 'accept-deadline' }
  const seen = new Set<number>()
  const waiting = offeredActions(tx, about, now).flatMap(({ token, input }) => {
    const action = actionOf(input)
    const row = action?.type === 'accept-deadline' ? agreementById(tx, action.agreementId) : null
    if (row?.state !== 'proposed' || !isForMe(row, turn) || seen.has(row.id)) return []
    seen.add(row.id)
    return [{ token, name: unitKey(unitById(tx, row.institutionId).name) }]
  })
  const asked = unit === null ? null : unitKey(unit)
  const same = waiting.filter(({ name }) => name === asked)
  const fitting = same.length > 0 ? same : waiting.filter(({ name }) => asked === null || name.includes(asked))
  const [only, other] = fitting
  return only && !other ? runToken(turn, only.token) : showAgreements(turn)
}
