import { rosterOf } from '../../workflow/confirm-sheet.ts'
import { unitKey } from '../../workflow/find-unit.ts'
import { offeredActions } from '../../workflow/offered-actions.ts'
import { takeAction } from '../../workflow/pending-actions.ts'
import { requestById } from '../../workflow/reopening-requests.ts'
import { blockingHold } from '../../workflow/roster-holds.ts'
import { unitById } from '../../workflow/unit.ts'
import { actionOf, type BotAction } from '../bot-action.ts'
import { text } from '../cards/messages.ts'
import type { ConfirmWhat } from '../command.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { ANSWERS } from '../words/answers.ts'
import { CONFIRM_ANSWERS } from '../words/confirm-words.ts'
import { REQUESTS } from '../words/reopening-words.ts'
import { sendBackWith } from './decide-request.ts'
import { runToken } from './run-action.ts'
import { showRequests } from './show-requests.ts'
import { showStatus, unitBelow } from './show-status.ts'
import { showMarks, startConfirming } from './start-confirming.ts'
import { takeMark } from './take-step.ts'

/**
 * Those who see no buttons type the step with the number that the card shows. It is matched against what was offered to this duty
 * last: no step is skipped, and nothing is done with another number than the one shown.
 */
type Offered<Type extends BotAction['type']> = { token: string; action: Extract<BotAction, { type: Type }> }

function offered<Type extends BotAction['type']>(turn: Turn, type: Type): Offered<Type>[] {
  const { tx, actor, now } = turn
  const rows = offeredActions(tx, { personId: actor.personId, appointmentId: actor.appointmentId, type }, now)
  return rows.flatMap((row) => {
    const action = actionOf(row.input)
    return action?.type === type ? [{ token: row.token, action: action as Offered<Type>['action'] }] : []
  })
}

/** The newest of each component: an older card of the same matter is out of date. */
function newestOfEach<T extends { action: { component: string } }>(rows: T[]): T[] {
  const seen = new Set<string>()
  return rows.filter(({ action }) => !seen.has(action.component) && seen.add(action.component))
}

export function typeAttest(turn: Turn, count: number | null): Answer {
  const rows = newestOfEach(offered(turn, 'attest'))
  const [newest] = rows
  if (!newest) return startConfirming(turn, null)
  const same = rows.find(({ action }) => action.counted === count)
  if (same) return runToken(turn, same.token)
  return count === null
    ? say(text(CONFIRM_ANSWERS.nothingShown))
    : say(text(CONFIRM_ANSWERS.countDiffers(count, newest.action.counted)))
}

export function typeConfirm(turn: Turn, what: ConfirmWhat | null, count: number): Answer {
  const rows = newestOfEach(offered(turn, 'confirm')).filter(({ action }) => what === null || action.component === what)
  const [newest] = rows
  if (!newest) {
    const [attest] = offered(turn, 'attest')
    return attest ? say(text(CONFIRM_ANSWERS.attestFirst)) : startConfirming(turn, what)
  }
  const same = rows.find(({ action }) => action.counted === count)
  return same ? runToken(turn, same.token) : say(text(CONFIRM_ANSWERS.countDiffers(count, newest.action.counted)))
}

export function typeMark(
  turn: Turn,
  input: { count: number | null; unit: string | null; page?: number | undefined },
): Answer {
  const shownPages = offered(turn, 'mark')
  const [newest] = shownPages
  if (!newest || (input.count === null && input.unit === null)) return showMarks(turn, input.page)
  if (input.unit === null) {
    const shown = newest.action.laos.length
    return shown === input.count
      ? runToken(turn, newest.token)
      : say(text(CONFIRM_ANSWERS.countDiffers(input.count ?? 0, shown)))
  }
  const found = unitBelow(turn, input.unit, { deep: false })
  if ('answer' in found) return found.answer
  // It may stand on another page than the one shown last.
  const lao = shownPages.flatMap(({ action }) => action.laos).find(({ id }) => id === found.unit.id)
  return lao ? takeMark(turn, { type: 'mark', laos: [lao] }) : showStatus(turn, unitById(turn.tx, found.unit.id).name)
}

type Decision = Offered<'pass-on' | 'send-back'>

/**
 * เห็นชอบ โรงเรียนบ้านนา / ส่งคืน โรงเรียนบ้านนา: by the unit's name, by the number in the list, or without either when only one request
 * waits. What fits two requests is asked again: nobody endorses the wrong one.
 */
export function typeDecision(turn: Turn, input: { yes: boolean; number: number | null; rest: string | null }): Answer {
  const live = newestPerRequest(turn, input.yes ? offered(turn, 'pass-on') : offered(turn, 'send-back'))
  if (live.length === 0) return showRequests(turn)
  const named = input.rest === null ? [] : live.filter((row) => speaksOf(input.rest ?? '', nameOf(turn, row)))
  const numbered = input.number === null ? live : live.filter(({ action }) => action.number === input.number)
  const [chosen, other] = named.length > 0 ? named : numbered
  if (!chosen || other) return say(text(REQUESTS.pick))
  const word = named.length > 0 ? wordAfter(input.rest ?? '', nameOf(turn, chosen)) : input.rest
  if (input.yes && word !== null) return say(text(REQUESTS.pick))
  if (input.yes || word === null) return runToken(turn, chosen.token)
  const taken = takeAction(turn.tx, { token: chosen.token, personId: turn.actor.personId }, turn.now)
  return taken.ok ? sendBackWith(turn, { ...chosen.action, word }) : showRequests(turn)
}

/** Of each request that still waits here, what was offered last. */
function newestPerRequest(turn: Turn, rows: Decision[]): Decision[] {
  const seen = new Set<number>()
  return rows.filter(({ action }) => {
    const request = requestById(turn.tx, action.requestId)
    const waits = request?.state === 'waiting' && request.waitingAtUnitId === turn.actor.unitId
    if (!waits || seen.has(action.requestId)) return false
    seen.add(action.requestId)
    return true
  })
}

function nameOf(turn: Turn, row: Decision): string {
  const request = requestById(turn.tx, row.action.requestId)
  return request ? unitById(turn.tx, request.unitId).name : ''
}

const speaksOf = (rest: string, name: string): boolean =>
  unitKey(rest).startsWith(unitKey(name)) || (unitKey(rest).length >= 3 && unitKey(name).includes(unitKey(rest)))

/** ส่งคืน รร.บ้านนา ข้อมูลถูกต้องแล้ว: what stands after the name, in full or as officers shorten it. */
function wordAfter(rest: string, name: string): string | null {
  const key = unitKey(name)
  for (let end = 1; end <= rest.length; end += 1)
    if (unitKey(rest.slice(0, end)) === key) return rest.slice(end).trim() || null
  return null
}

export function typeHold(turn: Turn, decision: 'release' | 'refuse'): Answer {
  const standing = holdOf(turn)
  if (!standing) return say(text(ANSWERS.noHold))
  const chosen = offered(turn, 'hold').find(({ action }) => {
    const shown = action.holdId === standing.id && (action.refused ?? false) === standing.refused
    return shown && action.decision === decision
  })
  // It is answered on what is shown: the question as it stands now first.
  return chosen ? runToken(turn, chosen.token) : showStatus(turn, null)
}

function holdOf(turn: Turn) {
  const { tx, actor, round } = turn
  const contentHash = rosterOf(tx, round.id, actor.unitId)?.contentHash
  if (contentHash === undefined) return null
  return blockingHold(tx, { roundId: round.id, institutionId: actor.unitId, contentHash })
}
