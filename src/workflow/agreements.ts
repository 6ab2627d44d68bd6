import type Database from 'better-sqlite3'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { AppointmentId, Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { agreements } from '../db/schema.ts'
import type { Tap } from './act-time.ts'
import type { Actor } from './actor.ts'
import { alreadyConfirmed, confirmationOf, stateOf } from './component-state.ts'
import { appendEvent } from './event-log.ts'
import { noticeUnit, URGENCY } from './notice.ts'
import { type Round, roundById, windowOf } from './rounds.ts'
import { type Decision, type Refusal, refuse } from './rules/refusal.ts'
import { isWorkingDay } from './rules/reminders/calendar.ts'
import { suggestedDeadline } from './rules/suggested-deadline.ts'
import { childrenOf, type Unit, unitById } from './unit.ts'

export type AgreementRow = typeof agreements.$inferSelect

/** The date and time that an institution and its LAO agreed on (R18), and the one that waits for the other side's word. */
export type Agreement = { agreed: AgreementRow | null; proposed: AgreementRow | null }

type InstitutionRef = { roundId: RoundId; institutionId: UnitId }

/** Null when neither side has ever proposed anything that still stands. */
export function agreementOf(tx: Tx, ref: InstitutionRef): Agreement | null {
  return agreementsOf(tx, { roundId: ref.roundId, institutionIds: [ref.institutionId] }).get(ref.institutionId) ?? null
}

export function agreementsOf(
  tx: Tx,
  input: { roundId: RoundId; institutionIds: readonly UnitId[] },
): Map<UnitId, Agreement> {
  const ids = JSON.stringify(input.institutionIds)
  const rows = preparedOn(tx, agreementStatements).standing.all({ roundId: input.roundId, ids })
  const found = new Map<UnitId, Agreement>()
  for (const row of rows) {
    const known = found.get(row.institutionId) ?? { agreed: null, proposed: null }
    found.set(row.institutionId, row.state === 'accepted' ? { ...known, agreed: row } : { ...known, proposed: row })
  }
  return found
}

/** For every card: see docs/decisions/0009. */
function agreementStatements(_raw: Database.Database, tx: Tx) {
  const asked = sql`(select value from json_each(${sql.placeholder('ids')}))`
  const standing = tx
    .select()
    .from(agreements)
    .where(
      and(
        eq(agreements.roundId, sql.placeholder('roundId')),
        inArray(agreements.institutionId, asked),
        inArray(agreements.state, ['proposed', 'accepted']),
      ),
    )
    .orderBy(asc(agreements.id))
    .prepare()
  return { standing }
}

export function agreementById(tx: Tx, id: number): AgreementRow | null {
  return tx.select().from(agreements).where(eq(agreements.id, id)).get() ?? null
}

/** What is the last possible instant, and what is suggested; `suggested` is null once it has passed. */
export function deadlineLimits(
  tx: Tx,
  input: { round: Round; laoId: UnitId },
  now: Instant,
): { until: Instant; suggested: Instant | null } {
  const window = windowOf(tx, { round: input.round, unitId: input.laoId, component: 'overview' }, now)
  // An extension gives the LAO its time, so that there is something to agree on again.
  const until = window.extended ? window.closesAt : window.dueAt
  const suggested = suggestedDeadline(until, isWorkingDay)
  return { until, suggested: suggested > now ? suggested : null }
}

export type Proposed = {
  institutionId: UnitId
  name: string
  /** `accepted`: the other side had proposed the very same instant. */
  became: 'proposed' | 'accepted' | 'as-before'
  /** Nobody of the other side can be reached in chat. */
  reached: boolean
}

/**
 * An institution proposes to its LAO, or the LAO to one or more of its institutions, when the roster is to be confirmed (R18).
 * A new proposal takes the place of the one that waits, whose ever it was; an agreement holds until another one is accepted. It
 * guides and never blocks. `dueAt` lies between now and the LAO's due instant. Of several institutions, those that need none
 * (confirmed, not required) are left out.
 */
export function proposeDeadline(
  tx: Tx,
  input: { round: Round; actor: Actor; institutionIds: readonly UnitId[]; dueAt: Instant; tap?: Tap | undefined },
  now: Instant,
): Decision<{ proposals: Proposed[]; dueAt: Instant }> {
  const { round, actor, dueAt } = input
  const ids = [...new Set(input.institutionIds)]
  const [firstId] = ids
  if (firstId === undefined) return refuse({ why: 'nothing-to-confirm' })
  const institutions = ids.map((id) => unitById(tx, id))
  const refusal = sideRefusal({ actor, institutions }) ?? rangeRefusal(tx, { round, institutions, dueAt }, now)
  if (refusal) return refuse(refusal)
  const open = institutions.filter((unit) => needless(tx, round, unit.id) === null)
  if (open.length === 0) return refuse(needless(tx, round, firstId) ?? { why: 'nothing-to-confirm' })
  const at = tappedAt(input.tap, now)
  return { ok: true, dueAt, proposals: open.map((unit) => propose(tx, { round, actor, unit, dueAt, at }, now)) }
}

/** The other side's yes to a proposal as it was shown. */
export function acceptDeadline(
  tx: Tx,
  input: { actor: Actor; agreementId: number; tap?: Tap | undefined },
  now: Instant,
): Decision<{ name: string; dueAt: Instant }> {
  const { actor } = input
  const row = agreementById(tx, input.agreementId)
  if (!row) return refuse({ why: 'agreement-over' })
  const round = roundById(tx, row.roundId)
  const institution = unitById(tx, row.institutionId)
  const side = sideRefusal({ actor, institutions: [institution] })
  if (side) return refuse(side)
  if (row.proposedBy === sideOf(actor)) return refuse({ why: 'not-yours' })
  if (row.state !== 'proposed') return refuse({ why: 'agreement-over' })
  const refusal =
    needless(tx, round, institution.id) ??
    rangeRefusal(tx, { round, institutions: [institution], dueAt: row.dueAt }, now)
  if (refusal) return refuse(refusal)
  accept(tx, { row, actor, institution, at: tappedAt(input.tap, now) }, now)
  return { ok: true, name: institution.name, dueAt: row.dueAt }
}

/** Of these institutions: how many wait for the LAO's word, and how many have an agreement. */
export function agreementCounts(
  tx: Tx,
  input: { roundId: RoundId; institutionIds: readonly UnitId[] },
): { waiting: number; agreed: number } {
  const found = [...agreementsOf(tx, input).values()]
  return {
    waiting: found.filter(({ proposed }) => proposed?.proposedBy === 'institution').length,
    agreed: found.filter(({ agreed }) => agreed !== null).length,
  }
}

/** What this LAO's institutions have agreed or proposed, by name of the institution. */
export function agreementsBelow(
  tx: Tx,
  input: { round: Round; laoId: UnitId },
  now: Instant,
): { unit: Unit; agreement: Agreement | null; open: boolean }[] {
  const children = childrenOf(tx, { unitId: input.laoId, level: 'institution' }, now)
  const found = agreementsOf(tx, { roundId: input.round.id, institutionIds: children.map(({ id }) => id) })
  return children.map((unit) => ({
    unit,
    agreement: found.get(unit.id) ?? null,
    open: needless(tx, input.round, unit.id) === null,
  }))
}

const sideOf = (actor: Actor): 'institution' | 'lao' => (actor.level === 'institution' ? 'institution' : 'lao')

function sideRefusal(input: { actor: Actor; institutions: readonly Unit[] }): Refusal | null {
  const { actor, institutions } = input
  const own = (unit: Unit) =>
    unit.level === 'institution' &&
    (actor.level === 'institution' ? unit.id === actor.unitId : actor.level === 'lao' && unit.parentId === actor.unitId)
  if (!institutions.every(own)) return { why: 'not-yours' }
  return actor.role === 'officer' ? null : { why: 'reads-only' }
}

function rangeRefusal(
  tx: Tx,
  input: { round: Round; institutions: readonly Unit[]; dueAt: Instant },
  now: Instant,
): Refusal | null {
  const laoId = input.institutions[0]?.parentId
  if (!laoId) return { why: 'not-yours' }
  const { until } = deadlineLimits(tx, { round: input.round, laoId }, now)
  if (input.dueAt > now && input.dueAt <= until) return null
  return { why: 'deadline-out-of-range', asked: input.dueAt, until }
}

/** Who has confirmed, or need not, has nothing to agree on. */
function needless(tx: Tx, round: Round, institutionId: UnitId): Refusal | null {
  const ref = { roundId: round.id, unitId: institutionId, component: 'roster' } as const
  const confirmation = confirmationOf(tx, ref)
  if (confirmation) return alreadyConfirmed(tx, confirmation)
  const { state, notRequiredReason } = stateOf(tx, ref)
  return state === 'not_required' ? { why: 'not-required', reason: notRequiredReason ?? '' } : null
}

function propose(
  tx: Tx,
  input: { round: Round; actor: Actor; unit: Unit; dueAt: Instant; at: Instant },
  now: Instant,
): Proposed {
  const { round, actor, unit, dueAt, at } = input
  const side = sideOf(actor)
  const { agreed, proposed } = agreementOf(tx, { roundId: round.id, institutionId: unit.id }) ?? NOTHING
  const about = { institutionId: unit.id, name: unit.name }
  if (proposed?.dueAt === dueAt && proposed.proposedBy !== side) {
    const told = accept(tx, { row: proposed, actor, institution: unit, at }, now)
    return { ...about, became: 'accepted', reached: told > 0 }
  }
  if (proposed?.dueAt === dueAt || (!proposed && agreed?.dueAt === dueAt)) {
    return { ...about, became: 'as-before', reached: true }
  }
  if (proposed) {
    answer(tx, { row: proposed, state: proposed.proposedBy === side ? 'replaced' : 'countered', by: actor, at })
  }
  const row = tx
    .insert(agreements)
    .values({
      roundId: round.id,
      institutionId: unit.id,
      proposedBy: side,
      proposedByAppointmentId: actor.appointmentId,
      dueAt,
      state: 'proposed',
      createdAt: at,
    })
    .returning()
    .get()
  appendEvent(tx, {
    at,
    type: 'agreement-proposed',
    roundId: round.id,
    unitId: unit.id,
    personId: actor.personId,
    appointmentId: actor.appointmentId,
    data: { agreementId: row.id, by: side, dueAt, instead: proposed?.id ?? null },
  })
  return { ...about, became: 'proposed', reached: tellBoth(tx, { row, what: 'proposed', unit, actor }, now) > 0 }
}

const NOTHING: Agreement = { agreed: null, proposed: null }

function accept(
  tx: Tx,
  input: { row: AgreementRow; actor: Actor; institution: Unit; at: Instant },
  now: Instant,
): number {
  const { row, actor, institution, at } = input
  const former = agreementOf(tx, row)?.agreed ?? null
  if (former) tx.update(agreements).set({ state: 'replaced' }).where(eq(agreements.id, former.id)).run()
  answer(tx, { row, state: 'accepted', by: actor, at })
  appendEvent(tx, {
    at,
    type: 'agreement-answered',
    roundId: row.roundId,
    unitId: row.institutionId,
    personId: actor.personId,
    appointmentId: actor.appointmentId,
    data: { agreementId: row.id, answer: 'accepted', by: sideOf(actor), dueAt: row.dueAt, instead: former?.id ?? null },
  })
  return tellBoth(tx, { row, what: 'accepted', unit: institution, actor }, now)
}

function answer(
  tx: Tx,
  input: { row: AgreementRow; state: 'accepted' | 'countered' | 'replaced'; by: Actor; at: Instant },
): void {
  const set: { state: AgreementRow['state']; answeredAt: Instant; answeredByAppointmentId: AppointmentId } = {
    state: input.state,
    answeredAt: input.at,
    answeredByAppointmentId: input.by.appointmentId,
  }
  tx.update(agreements).set(set).where(eq(agreements.id, input.row.id)).run()
}

/** Colleagues of the one who acts are told too; returns how many of the other side can be reached. */
function tellBoth(
  tx: Tx,
  input: { row: AgreementRow; what: 'proposed' | 'accepted'; unit: Unit; actor: Actor },
  now: Instant,
): number {
  const { row, what, unit, actor } = input
  const { id: agreementId, roundId } = row
  const lao = unit.parentId
  if (lao === null) return 0
  const tell = (unitId: UnitId) => {
    const notice = { type: 'deadline-agreement', what, roundId, unitId, agreementId } as const
    return noticeUnit(tx, { unitId, notice, urgency: URGENCY.result, except: actor.personId }, now)
  }
  const [own, other] = actor.unitId === unit.id ? [unit.id, lao] : [lao, unit.id]
  tell(own)
  return tell(other)
}

const tappedAt = (tap: Tap | undefined, now: Instant): Instant => (tap ? Math.min(tap.tappedAt, tap.receivedAt) : now)
