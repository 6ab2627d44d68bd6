import { eq } from 'drizzle-orm'
import type { Instant, RequestId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type Component, reopeningRequests } from '../db/schema.ts'
import { dateAct, type Tap } from './act-time.ts'
import { type Actor, actorOf } from './actor.ts'
import { cancelConfirmation } from './cancel.ts'
import { confirmationOf } from './component-state.ts'
import { noticeUnit, queueNotice, URGENCY } from './notice.ts'
import { openRequestOf, requestById, stepsOf } from './reopening-requests.ts'
import { endedRefusal, endRequest, type ReopeningRequest, writeStep } from './reopening-step.ts'
import { parentOf, type Round, roundById, windowOf } from './rounds.ts'
import { reasonRefusal } from './rules/reason.ts'
import { type Decision, refuse } from './rules/refusal.ts'
import { type ActingLevel, type ChainAbove, nextStep, unwindOrder } from './rules/reopening-path.ts'
import { TAP_GRACE_MS } from './rules/round-window.ts'
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
  const unreasoned = reasonRefusal(reason)
  if (unreasoned) return refuse(unreasoned)
  const confirmation = confirmationOf(tx, { roundId: round.id, unitId, component })
  if (!confirmation) return refuse({ why: 'not-confirmed' })
  const meant = { kind: 'ask-reopening', component, category: input.category, reason } as const
  const dated = dateAct(tx, { round, actor, unitId, component, meant, tap: input.tap }, now)
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
  const checked = checkMayAct(tx, { ...input, kind: 'pass-on' }, now)
  if (!checked.ok) return checked
  const { request, round } = checked
  const above = chainAbove(tx, { round, request })
  const step = nextStep(actor.level as ActingLevel, above)
  const unitName = unitById(tx, request.unitId).name
  if (step.act === 'endorse') {
    const next = parentOf(tx, actor.unitId)
    if (!next) return refuse({ why: 'not-yours' })
    tx.update(reopeningRequests)
      .set({ state: 'waiting', waitingAtUnitId: next, version: request.version + 1, endedAt: null })
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
  const checked = checkMayAct(tx, { ...input, kind: 'send-back' }, now)
  if (!checked.ok) return checked
  const unreasoned = reasonRefusal(input.word)
  if (unreasoned) return refuse(unreasoned)
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

/**
 * Requests that no level can act on any more lapse with the close; the requester is told. A minute later: a tap made in time
 * may still be on its way. Returns how many.
 */
export function lapseRequests(tx: Tx, now: Instant): number {
  const waiting = tx.select().from(reopeningRequests).where(eq(reopeningRequests.state, 'waiting')).all()
  let lapsed = 0
  for (const request of waiting) {
    const round = roundById(tx, request.roundId)
    const { unitId, component } = request
    const { closesAt } = windowOf(tx, { round, unitId, component }, now)
    if (now < closesAt + TAP_GRACE_MS) continue
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

type Answering = {
  kind: 'pass-on' | 'send-back'
  actor: Actor
  requestId: RequestId
  version: number
  word: string
  tap?: Tap | undefined
}

function checkMayAct(tx: Tx, input: Answering, now: Instant): Decision<{ request: ReopeningRequest; round: Round }> {
  const { actor, requestId, version } = input
  const found = requestById(tx, requestId)
  if (!found) return refuse({ why: 'not-yours' })
  const round = roundById(tx, found.roundId)
  const request = asTapped(tx, { ...input, request: found, round }, now)
  if (request.state !== 'waiting') return refuse(endedRefusal(tx, request))
  if (request.waitingAtUnitId !== actor.unitId) {
    const at = unitById(tx, request.waitingAtUnitId ?? request.unitId)
    return refuse({ why: 'request-open', waitingAt: { id: at.id, name: at.name } })
  }
  if (actor.role !== 'officer') return refuse({ why: 'reads-only' })
  if (request.version !== version) return refuse({ why: 'changed-since-shown' })
  const { unitId, component } = request
  const meant = { kind: input.kind, requestId, version, word: input.word }
  const dated = dateAct(tx, { round, actor, unitId, component, meant, tap: input.tap }, now)
  if (!dated.ok) return dated
  return { ok: true, request, round }
}

/**
 * The request as it stood when this level tapped: one that lapsed only because the answer came late still waits at the level that
 * answered in time. Whether the late answer counts is for `dateAct` and the department.
 */
function asTapped(
  tx: Tx,
  input: Answering & { request: ReopeningRequest; round: Round },
  now: Instant,
): ReopeningRequest {
  const { request, round, tap } = input
  if (request.state !== 'lapsed' || !tap || request.version !== input.version + 1) return request
  const { closesAt } = windowOf(tx, { round, unitId: request.unitId, component: request.component }, now)
  if (tap.tappedAt >= closesAt || openRequestOf(tx, { ...request, round })) return request
  const last = stepsOf(tx, request.id).findLast((step) => step.act === 'asked' || step.act === 'endorsed')
  return {
    ...request,
    state: 'waiting',
    version: input.version,
    waitingAtUnitId: parentOf(tx, last?.unitId ?? request.unitId),
  }
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
  const { request, stepId } = input
  const notice = { type: 'reopening-progress', requestId: request.id, stepId } as const
  // Whoever asked may have left since: then it is the matter of those in charge of the unit now.
  if (actorOf(tx, request.appointmentId, now))
    queueNotice(tx, { personId: request.personId, notice, urgency: URGENCY.result }, now)
  else noticeUnit(tx, { unitId: request.unitId, notice, urgency: URGENCY.result }, now)
}
