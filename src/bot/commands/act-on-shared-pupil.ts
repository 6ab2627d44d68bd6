import type { SharedPupilId, UnitId } from '../../db/ids.ts'
import { unitKey } from '../../workflow/find-unit.ts'
import { offeredActions } from '../../workflow/offered-actions.ts'
import { mayAskAgain } from '../../workflow/rules/shared-pupil.ts'
import { openSharedPupil, openSharedPupils, sharedPupilsOf } from '../../workflow/shared-pupils.ts'
import { askRelease, decideKeeper, decideRefusal, stateEvidence } from '../../workflow/shared-pupils-acts.ts'
import { unitById } from '../../workflow/unit.ts'
import { takeUnreached } from '../../workflow/unreached.ts'
import { actionOf } from '../bot-action.ts'
import { text } from '../cards/messages.ts'
import { expectNext } from '../conversation.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { SHARED_ANSWER } from '../words/shared-pupil-words.ts'
import { withoutIds } from '../words/terms.ts'
import { refusalOf, refused } from './refused.ts'
import { runToken } from './run-action.ts'
import { showSharedPupils } from './show-shared-pupils.ts'

/** ขอให้อีกแห่งย้ายออก */
export function takeAskRelease(turn: Turn, ids: readonly SharedPupilId[]): Answer {
  const decision = askRelease(turn.tx, { actor: turn.actor, ids }, turn.now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  const { asked, already, of } = decision
  const messages = []
  const superiors = superiorsOf(turn, ids)
  if (asked > 0) messages.push(text(SHARED_ANSWER.asked(asked, of.map((unit) => unit.name).join(', '), superiors)))
  if (already > 0) messages.push(text(SHARED_ANSWER.already(already)))
  // Said here, for the units that were asked.
  takeUnreached(turn.tx)
  const unreached = of.filter((unit) => !unit.reached).map((unit) => unit.name)
  if (unreached.length > 0) messages.push(text(SHARED_ANSWER.nobodyThere(unreached.join(', '))))
  return { messages }
}

/** Who decides about these, by name. */
function superiorsOf(turn: Turn, ids: readonly SharedPupilId[]): string {
  const open = openSharedPupils(turn.tx, ids, turn.now)
  const superiors = new Set(open.map((question) => question.superiorId))
  return [...superiors].map((id) => unitById(turn.tx, id).name).join(', ')
}

/** ชี้แจงหลักฐาน: asks for the word; the next text is it. */
export function askEvidence(turn: Turn, id: SharedPupilId): Answer {
  const { tx, actor, now, lineUserId } = turn
  if (actor.role !== 'officer') return refused(turn, { why: 'reads-only' })
  const question = openSharedPupil(tx, id, now)
  if (!question) return refused(turn, { why: 'shared-pupil-over' })
  if (!question.claims.some((claim) => claim.institutionId === actor.unitId))
    return refused(turn, { why: 'shared-pupil-over' })
  expectNext(tx, { lineUserId, expecting: { kind: 'shared-pupil-evidence', sharedPupilId: id } }, now)
  return say(text(SHARED_ANSWER.askEvidence(question.number)))
}

export function stateWith(turn: Turn, input: { id: SharedPupilId; word: string }): Answer {
  const decision = stateEvidence(turn.tx, { actor: turn.actor, id: input.id, word: withoutIds(input.word) }, turn.now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  const superior = superiorsOf(turn, [input.id])
  const words = [
    SHARED_ANSWER.evidence(decision.number, superior),
    ...(decision.asksSuperior ? [SHARED_ANSWER.askedSuperior(superior)] : []),
  ]
  return say(text(words.join('\n')))
}

type Keep = { id: SharedPupilId; keeperId: UnitId; version: number }

/** ให้นับที่ …: the superior's choice; nothing is decided without a reason. */
export function askKeeperReason(turn: Turn, { id, keeperId, version }: Keep): Answer {
  const { tx, actor, now, lineUserId } = turn
  const question = openSharedPupil(tx, id, now)
  const refusal = decideRefusal({ actor, question, version, keeperId })
  if (refusal || !question) return refused(turn, refusal ?? { why: 'shared-pupil-over' })
  const expecting = { kind: 'shared-pupil-keeper', sharedPupilId: id, keeperId, version } as const
  expectNext(tx, { lineUserId, expecting }, now)
  return say(text(SHARED_ANSWER.askReason(question.number, unitById(tx, keeperId).name)))
}

export function keepWith(turn: Turn, input: Keep & { reason: string }): Answer {
  const decision = decideKeeper(turn.tx, { ...input, actor: turn.actor, reason: withoutIds(input.reason) }, turn.now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  const messages = [text(SHARED_ANSWER.decided(decision.number, decision.keeper))]
  const confirmed = decision.others.filter((claim) => claim.confirmed).map((claim) => claim.institution.name)
  if (confirmed.length > 0) messages.push(text(SHARED_ANSWER.othersConfirmed(confirmed.join(', '))))
  return { messages }
}

type Kind = 'ask-release' | 'state-evidence' | 'keep-at'
type Offered = { token: string; id: SharedPupilId; number: number; keeperId: UnitId | null }

/** What was offered to this duty last about each question that is still open: typed numbers are those on the cards. */
function offered(turn: Turn, type: Kind): Offered[] {
  const { tx, actor, now } = turn
  const rows = offeredActions(tx, { personId: actor.personId, appointmentId: actor.appointmentId, type }, now)
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    const action = actionOf(row.input)
    if (!action || !('sharedPupilId' in action)) return []
    const { sharedPupilId: id, number } = action
    const keeperId = action.type === 'keep-at' ? action.keeperId : null
    const matter = `${id}:${keeperId}`
    if (seen.has(matter) || !openSharedPupil(tx, id, now)) return []
    seen.add(matter)
    return [{ token: row.token, id, number, keeperId }]
  })
}

/** The one meant by the number on its card, or the only one there is. Null: it is not clear which. */
function chosen(rows: Offered[], number: number | null): Offered | null {
  const [only, other] = number === null ? rows : rows.filter((row) => row.number === number)
  return only && !other ? only : null
}

export function typeAskRelease(turn: Turn, input: { number: number | null; all: boolean }): Answer {
  if (input.all) {
    const { tx, round, actor, now } = turn
    const open = sharedPupilsOf(tx, { roundId: round.id, institutionId: actor.unitId }, now)
    if (open.length === 0) return showSharedPupils(turn)
    return takeAskRelease(
      turn,
      open.map((question) => question.id),
    )
  }
  return askedBefore(turn, input.number) ?? typed(turn, offered(turn, 'ask-release'), input.number)
}

/** The number on the card stays when its button to ask has been used: whoever asks again is told so, and sees what is the case. */
function askedBefore(turn: Turn, number: number | null): Answer | null {
  if (chosen(offered(turn, 'ask-release'), number)) return null
  const one = chosen(offered(turn, 'state-evidence'), number)
  const question = one ? openSharedPupil(turn.tx, one.id, turn.now) : null
  const own = question?.claims.find((claim) => claim.institutionId === turn.actor.unitId)
  if (!own || own.holds || question?.decided || mayAskAgain(own.askedAt, turn.now)) return null
  const list = showSharedPupils(turn)
  return say(text(SHARED_ANSWER.already(1)), ...('messages' in list ? list.messages : []))
}

export function typeEvidence(turn: Turn, input: { number: number | null; word: string | null }): Answer {
  const rows = offered(turn, 'state-evidence')
  const one = chosen(rows, input.number)
  if (!one || input.word === null) return typed(turn, rows, input.number)
  return stateWith(turn, { id: one.id, word: input.word })
}

export function typeKeepAt(turn: Turn, input: { number: number | null; unit: string | null }): Answer {
  if (input.unit === null) return showSharedPupils(turn)
  const asked = unitKey(input.unit)
  const named = offered(turn, 'keep-at').flatMap((row) =>
    row.number === input.number && row.keeperId !== null
      ? [{ row, name: unitKey(unitById(turn.tx, row.keeperId).name) }]
      : [],
  )
  const same = named.filter(({ name }) => name === asked)
  const fitting = same.length > 0 ? same : named.filter(({ name }) => name.includes(asked))
  return typed(
    turn,
    fitting.map(({ row }) => row),
    null,
  )
}

function typed(turn: Turn, rows: Offered[], number: number | null): Answer {
  const one = chosen(rows, number)
  if (one) return runToken(turn, one.token)
  const list = showSharedPupils(turn)
  if (rows.length === 0 || !('messages' in list)) return list
  return say(text(SHARED_ANSWER.pick), ...list.messages)
}
