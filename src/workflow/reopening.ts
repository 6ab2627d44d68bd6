import { eq } from 'drizzle-orm'
import type { Instant, RequestId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type Component, reopeningRequests } from '../db/schema.ts'
import { dateAct, type Tap } from './act-time.ts'
import type { Actor } from './actor.ts'
import { cancelConfirmation } from './cancel.ts'
import { confirmationOf } from './component-state.ts'
import { noticeUnit, queueNotice, URGENCY } from './notice.ts'
import { openRequestOf, requestById } from './reopening-requests.ts'
import { endedRefusal, endRequest, type ReopeningRequest, writeStep } from './reopening-step.ts'
import { parentOf, type Round, roundById, windowOf } from './rounds.ts'
import { type Decision, refuse } from './rules/refusal.ts'
import { type ActingLevel, type ChainAbove, nextStep, unwindOrder } from './rules/reopening-path.ts'
import { unitById } from './unit.ts'

export type { ReopeningRequest }
export type ReopeningCategory = 'moved_in' | 'moved_out' | 'not_existing' | 'wrong_data' | 'other'

/** The unit asks the level above to cancel its confirmation (R33, R34): confirmed, a reason given, one open request at a time. */
export function requestReopening(
  tx: Tx,
  input: {
    round: Round
    actor: Actor
    component: Component
    category: ReopeningCategory
    reason: string
    tap?: Tap | undefined
  },
  now: Instant,
): Decision<{ requestId: RequestId; waitingAt: UnitId; stepId: number }> {
  const { round, actor, component } = input
  const unitId = actor.unitId
  const reason = input.reason.trim()
  if (actor.role !== 'officer') return refuse({ why: 'reads-only' })
  if (reason === '') return refuse({ why: 'no-reason' })
  const confirmation = confirmationOf(tx, { roundId: round.id, unitId, component })
  if (!confirmation) return refuse({ why: 'not-confirmed' })
  const dated = dateAct(tx, { round, actor, unitId, component, tap: input.tap }, now)
  if (!dated.ok) return dated
  const open = openRequestOf(tx, { round, unitId, component })
  if (open?.waitingAtUnitId) {
    const at = unitById(tx, open.waitingAtUnitId)
    return refuse({ why: 'request-open', waitingAt: { id: at.id, name: at.name } })
  }
  const waitingAt = parentOf(tx, unitId)
  if (!waitingAt) return refuse({ why: 'not-yours' })
  const request = tx
    .insert(reopeningRequests)
    .values({
      roundId: round.id,
      unitId,
      component,
      confirmationId: confirmation.id,
      category: input.category,
      reason,
      state: 'waiting',
      waitingAtUnitId: waitingAt,
      personId: actor.personId,
      appointmentId: actor.appointmentId,
      version: 1,
      createdAt: now,
    })
    .returning()
    .get()
  const stepId = writeStep(tx, { request, actor, act: 'asked', word: reason }, now)
  tellWaiting(tx, request, waitingAt, stepId, now)
  return { ok: true, requestId: request.id, waitingAt, stepId }
}

/**
 * The level that the request waits at says yes: it consents and passes it on while its own confirmation stands, else the
 * chain unwinds from the top down in this one transaction (R34). Only the asked unit reopens, its siblings stay confirmed.
 */
export function passOn(
  tx: Tx,
  input: { actor: Actor; requestId: RequestId; version: number; word: string; tap?: Tap | undefined },
  now: Instant,
): Decision<{
  act: 'endorsed' | 'carried_out'
  stepId: number
  unitName: string
  waitingAtName: string | null
  /** What is reopened has a sheet, which is unlocked. */
  sheetOpens: boolean
}> {
  const { actor } = input
  const checked = checkMayAct(tx, input, now)
  if (!checked.ok) return checked
  const { request, round } = checked
  const above = chainAbove(tx, { round, request })
  const step = nextStep(actor.level as ActingLevel, above)
  const unitName = unitById(tx, request.unitId).name
  if (step.act === 'endorse') {
    const next = parentOf(tx, actor.unitId)
    if (!next) return refuse({ why: 'not-yours' })
    tx.update(reopeningRequests)
      .set({ waitingAtUnitId: next, version: request.version + 1 })
      .where(eq(reopeningRequests.id, request.id))
      .run()
    const stepId = writeStep(tx, { request, actor, act: 'endorsed', word: input.word }, now)
    tellWaiting(tx, request, next, stepId, now)
    tellRequester(tx, { request, stepId }, now)
    return { ok: true, act: 'endorsed', stepId, unitName, waitingAtName: unitById(tx, next).name, sheetOpens: false }
  }
  const stepId = writeStep(tx, { request, actor, act: 'carried_out', word: input.word }, now)
  unwind(tx, { round, request, actor, above }, now)
  endRequest(tx, request, 'carried_out', now)
  const sheetOpens = request.component === 'roster' || request.component === 'other_counts'
  return { ok: true, act: 'carried_out', stepId, unitName, waitingAtName: null, sheetOpens }
}

/** ส่งคืนคำขอ: the level says no, with a word; everything stays confirmed. */
export function sendBack(
  tx: Tx,
  input: { actor: Actor; requestId: RequestId; version: number; word: string; tap?: Tap | undefined },
  now: Instant,
): Decision<{ stepId: number; unitName: string }> {
  const checked = checkMayAct(tx, input, now)
  if (!checked.ok) return checked
  if (input.word.trim() === '') return refuse({ why: 'no-reason' })
  const { request } = checked
  const stepId = writeStep(tx, { request, actor: input.actor, act: 'sent_back', word: input.word.trim() }, now)
  endRequest(tx, request, 'sent_back', now)
  tellRequester(tx, { request, stepId }, now)
  return { ok: true, stepId, unitName: unitById(tx, request.unitId).name }
}

/** The requester thinks better of it. */
export function withdraw(tx: Tx, input: { actor: Actor; requestId: RequestId }, now: Instant): Decision {
  const request = requestById(tx, input.requestId)
  if (!request || request.unitId !== input.actor.unitId) return refuse({ why: 'not-yours' })
  if (input.actor.role !== 'officer') return refuse({ why: 'reads-only' })
  if (request.state !== 'waiting') return refuse(endedRefusal(tx, request))
  writeStep(tx, { request, actor: input.actor, act: 'withdrawn', word: null }, now)
  endRequest(tx, request, 'withdrawn', now)
  return { ok: true }
}

/** Requests that no level can act on any more lapse with the close; the requester is told. Returns how many. */
export function lapseRequests(tx: Tx, now: Instant): number {
  const waiting = tx.select().from(reopeningRequests).where(eq(reopeningRequests.state, 'waiting')).all()
  let lapsed = 0
  for (const request of waiting) {
    const round = roundById(tx, request.roundId)
    const window = windowOf(tx, { round, unitId: request.unitId, component: request.component }, now)
    if (window.state !== 'closed') continue
    const stepId = writeStep(tx, { request, actor: null, act: 'lapsed', word: null }, now)
    endRequest(tx, request, 'lapsed', now)
    tellRequester(tx, { request, stepId }, now)
    lapsed += 1
  }
  return lapsed
}

/** What the level's yes would do now: the words on the button follow from it. */
export function yesMeans(tx: Tx, input: { request: ReopeningRequest; level: ActingLevel }): 'endorse' | 'carry_out' {
  const round = roundById(tx, input.request.roundId)
  return nextStep(input.level, chainAbove(tx, { round, request: input.request })).act
}

function checkMayAct(
  tx: Tx,
  input: { actor: Actor; requestId: RequestId; version: number; tap?: Tap | undefined },
  now: Instant,
): Decision<{ request: ReopeningRequest; round: Round }> {
  const request = requestById(tx, input.requestId)
  if (!request) return refuse({ why: 'not-yours' })
  if (request.state !== 'waiting') return refuse(endedRefusal(tx, request))
  if (request.waitingAtUnitId !== input.actor.unitId) {
    const at = unitById(tx, request.waitingAtUnitId ?? request.unitId)
    return refuse({ why: 'request-open', waitingAt: { id: at.id, name: at.name } })
  }
  if (input.actor.role !== 'officer') return refuse({ why: 'reads-only' })
  if (request.version !== input.version) return refuse({ why: 'changed-since-shown' })
  const round = roundById(tx, request.roundId)
  const { unitId, component } = request
  const dated = dateAct(tx, { round, actor: input.actor, unitId, component, tap: input.tap }, now)
  if (!dated.ok) return dated
  return { ok: true, request, round }
}

function unitsAbove(tx: Tx, request: ReopeningRequest): { lao: UnitId | null; province: UnitId | null } {
  const unit = unitById(tx, request.unitId)
  const lao = unit.level === 'institution' ? unit.parentId : null
  const province = unit.level === 'province' ? null : parentOf(tx, lao ?? unit.id)
  return { lao, province }
}

function chainAbove(tx: Tx, input: { round: Round; request: ReopeningRequest }): ChainAbove {
  const { lao, province } = unitsAbove(tx, input.request)
  const roundId = input.round.id
  return {
    overviewConfirmed: lao !== null && confirmationOf(tx, { roundId, unitId: lao, component: 'overview' }) !== null,
    provinceConfirmed:
      province !== null && confirmationOf(tx, { roundId, unitId: province, component: 'province' }) !== null,
  }
}

function unwind(
  tx: Tx,
  input: { round: Round; request: ReopeningRequest; actor: Actor; above: ChainAbove },
  now: Instant,
): void {
  const { round, request, actor } = input
  const { lao, province } = unitsAbove(tx, request)
  const common = { round, actor, reason: request.reason, requestId: request.id }
  for (const what of unwindOrder(request.component, input.above)) {
    if (what === 'province' && province)
      cancelConfirmation(tx, { ...common, unitId: province, component: 'province' }, now)
    if (what === 'overview' && lao) cancelConfirmation(tx, { ...common, unitId: lao, component: 'overview' }, now)
    if (what === 'asked')
      cancelConfirmation(tx, { ...common, unitId: request.unitId, component: request.component }, now)
  }
}

function tellWaiting(tx: Tx, request: ReopeningRequest, unitId: UnitId, stepId: number, now: Instant): void {
  const notice = { type: 'reopening-waits', requestId: request.id, stepId } as const
  noticeUnit(tx, { unitId, notice, urgency: URGENCY.actNow }, now)
}

function tellRequester(tx: Tx, input: { request: ReopeningRequest; stepId: number }, now: Instant): void {
  const notice = { type: 'reopening-progress', requestId: input.request.id, stepId: input.stepId } as const
  queueNotice(tx, { personId: input.request.personId, notice, urgency: URGENCY.result }, now)
}
