import { and, asc, eq } from 'drizzle-orm'
import type { HeldActId, Instant, RoundId, RunId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { heldActs, people, units } from '../db/schema.ts'
import type { Tap } from './act-time.ts'
import { type Actor, actorOf } from './actor.ts'
import { cancelDirectly } from './cancel.ts'
import { submitForCertifying } from './certify.ts'
import { confirmOverview } from './confirm-overview.ts'
import { confirmProvince, markLaos, setNotRequired } from './confirm-province.ts'
import { startConfirm } from './confirm-run.ts'
import { appendEvent } from './event-log.ts'
import type { ActMeant, HeldAct } from './held-act.ts'
import { lateOutlook, openAbove } from './late-tap-time.ts'
import { queueNotice, URGENCY } from './notice.ts'
import { passOn, type ReopeningCategory, requestReopening, sendBack } from './reopening.ts'
import { type Round, roundById } from './rounds.ts'
import { reasonRefusal } from './rules/reason.ts'
import { type Decision, type Refusal, refuse } from './rules/refusal.ts'
import { setInstitutionNotRequired } from './spare-institution.ts'

export type ShownHeldAct = HeldAct & { unitName: string; personName: string }

/** คำสั่งที่มาช้า: acts of a round that wait for the department, oldest first. */
export function heldActsWaiting(tx: Tx, roundId: RoundId): ShownHeldAct[] {
  return tx
    .select({ act: heldActs, unitName: units.name, personName: people.name })
    .from(heldActs)
    .innerJoin(units, eq(units.id, heldActs.unitId))
    .innerJoin(people, eq(people.id, heldActs.personId))
    .where(and(eq(heldActs.roundId, roundId), eq(heldActs.state, 'waiting')))
    .orderBy(asc(heldActs.id))
    .all()
    .map(({ act, unitName, personName }) => ({ ...act, unitName, personName }))
}

export function heldActById(tx: Tx, id: HeldActId): HeldAct | null {
  return tx.select().from(heldActs).where(eq(heldActs.id, id)).get() ?? null
}

/** Accepted and done, accepted and being read, accepted in vain (`refusal` says why), or not accepted. */
export type CarriedOut = 'done' | 'reading-sheet' | 'in-vain' | 'no'

/**
 * The department decides on a late act. Accepted, it is carried out as of its tap, by the same rules as any other: what lives in a
 * sheet is read afresh and must be what the person saw; then the levels above get time for it (`openAbove`). Refused, with a word. The
 * person is told either way.
 */
export function decideHeldAct(
  tx: Tx,
  input: { actor: Actor; heldActId: HeldActId; accept: boolean; word: string },
  now: Instant,
): Decision<{ heldAct: HeldAct; carriedOut: CarriedOut; refusal: Refusal | null }> {
  const { actor, accept } = input
  const held = heldActById(tx, input.heldActId)
  if (!held || actor.level !== 'department') return refuse({ why: 'not-yours' })
  if (actor.role !== 'officer') return refuse({ why: 'reads-only' })
  if (held.state !== 'waiting') return refuse(decidedBefore(tx, held))
  const word = input.word.trim()
  const unreasoned = accept ? null : reasonRefusal(word)
  if (unreasoned) return refuse(unreasoned)
  const outlook = lateOutlook(tx, held, now)
  if (accept && outlook.kind === 'needs-extension' && outlook.first)
    return refuse({ why: 'extension-first', unit: outlook.unit })
  const decided = {
    state: accept ? ('accepted' as const) : ('refused' as const),
    decidedAt: now,
    decidedByPersonId: actor.personId,
    decidedByAppointmentId: actor.appointmentId,
    word: word === '' ? null : word,
  }
  tx.update(heldActs).set(decided).where(eq(heldActs.id, held.id)).run()
  appendEvent(tx, {
    at: now,
    type: accept ? 'late-tap-accepted' : 'late-tap-refused',
    roundId: held.roundId,
    unitId: held.unitId,
    personId: actor.personId,
    appointmentId: actor.appointmentId,
    // The word stands in the table, where it can be erased.
    data: { heldActId: held.id, component: held.component, ofPersonId: held.personId },
  })
  const done = accept ? carryOut(tx, held, now) : ({ carriedOut: 'no', refusal: null, runId: null } as const)
  tx.update(heldActs).set({ outcome: done.refusal, runId: done.runId }).where(eq(heldActs.id, held.id)).run()
  if (done.carriedOut === 'done') openAbove(tx, held.id, now)
  const notice = { type: 'late-tap-decided', heldActId: held.id } as const
  queueNotice(tx, { personId: held.personId, notice, urgency: URGENCY.result }, now)
  return { ok: true, heldAct: { ...held, ...decided }, carriedOut: done.carriedOut, refusal: done.refusal }
}

type Done = { carriedOut: Exclude<CarriedOut, 'no'>; refusal: Refusal | null; runId: RunId | null }
type Again = Decision<{ runId?: RunId }>

function carryOut(tx: Tx, held: HeldAct, now: Instant): Done {
  // Judged as of the tap: whoever was appointed then.
  const actor = actorOf(tx, held.appointmentId, held.tappedAt)
  const result: Again = actor ? actAgain(tx, { held, actor }, now) : refuse({ why: 'not-yours' })
  if (!result.ok) {
    const { ok: _ok, ...refusal } = result
    return { carriedOut: 'in-vain', refusal, runId: null }
  }
  const runId = result.runId ?? null
  return { carriedOut: runId === null ? 'done' : 'reading-sheet', refusal: null, runId }
}

function actAgain(tx: Tx, input: { held: HeldAct; actor: Actor }, now: Instant): Again {
  const { held, actor } = input
  const meant = held.input as ActMeant
  const round = roundById(tx, held.roundId)
  const tap = { tappedAt: held.tappedAt, receivedAt: held.receivedAt, heldActId: held.id }
  const common = { round, actor, tap }
  switch (meant.kind) {
    case 'confirm':
      return confirmAgain(tx, { ...common, meant }, now)
    case 'submit':
      return plain(submitForCertifying(tx, { ...common, seenHash: meant.seenHash, counted: meant.counted }, now))
    case 'mark': {
      const marked = markLaos(tx, { ...common, laos: meant.laos }, now)
      return marked.ok && marked.marked === 0 ? refuse({ why: 'changed-since-shown' }) : plain(marked)
    }
    case 'cancel':
      return plain(cancelDirectly(tx, { ...common, ...meant }, now))
    case 'not-required':
      return actor.level === 'lao'
        ? plain(setInstitutionNotRequired(tx, { ...common, institutionId: meant.unitId, reason: meant.reason }, now))
        : plain(setNotRequired(tx, { ...common, laoId: meant.unitId, reason: meant.reason }, now))
    case 'ask-reopening': {
      const category = meant.category as ReopeningCategory
      return plain(requestReopening(tx, { ...common, ...meant, category }, now))
    }
    case 'pass-on':
      return plain(passOn(tx, { ...meant, actor, tap }, now))
    case 'send-back':
      return plain(sendBack(tx, { ...meant, actor, tap }, now))
  }
}

const plain = (decision: Decision): Again => (decision.ok ? { ok: true } : decision)

function confirmAgain(
  tx: Tx,
  input: { round: Round; actor: Actor; tap: Tap; meant: Extract<ActMeant, { kind: 'confirm' }> },
  now: Instant,
): Again {
  const { round, actor, tap, meant } = input
  const { component, seenHash } = meant
  if (component === 'roster' || component === 'other_counts') {
    const submission = meant.submissionId == null ? {} : { submissionId: meant.submissionId }
    const start = { round, actor, ...tap, ...submission, unitId: actor.unitId, component, seenHash, inboxId: null }
    return startConfirm(tx, start, now)
  }
  const confirm = component === 'overview' ? confirmOverview : confirmProvince
  const decision = confirm(tx, { round, actor, tap, seenHash }, now)
  if (!decision.ok) return decision
  // The receipt that the person would have got on the spot.
  const notice = { type: 'receipt', confirmationId: decision.confirmation.id } as const
  queueNotice(tx, { personId: actor.personId, notice, urgency: URGENCY.result }, now)
  return { ok: true }
}

function decidedBefore(tx: Tx, held: HeldAct): Refusal {
  const by = held.decidedByPersonId
    ? tx.select({ name: people.name }).from(people).where(eq(people.id, held.decidedByPersonId)).get()
    : null
  return { why: 'held-decided', accepted: held.state === 'accepted', by: by?.name ?? '', at: held.decidedAt ?? 0 }
}
