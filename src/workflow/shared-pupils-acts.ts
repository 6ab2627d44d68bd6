import { eq } from 'drizzle-orm'
import type { Instant, RoundId, SharedPupilId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { sharedPupilSteps, sharedPupils } from '../db/schema.ts'
import type { Actor } from './actor.ts'
import { appendEvent, pupilHash } from './event-log.ts'
import { reasonRefusal } from './rules/reason.ts'
import { type Decision, type Refusal, refuse } from './rules/refusal.ts'
import { mayAskAgain } from './rules/shared-pupil.ts'
import { openSharedPupil, openSharedPupils, type SharedClaim, type SharedPupil } from './shared-pupils.ts'
import { tellUnit } from './shared-pupils-tell.ts'
import { wantReports } from './want-read.ts'

export type ReleaseAsked = {
  asked: number
  /** Asked within the last day: not asked again. */
  already: number
  /** Who was asked, and whether anybody there can be reached in chat. */
  of: { id: UnitId; name: string; reached: boolean }[]
}

/**
 * The later claimant asks whoever holds the pupils to release them (mark ย้ายออก in its own sheet): one message to each
 * institution, once a day. Questions in which there is nobody to ask are left out; refused when none is left.
 */
export function askRelease(
  tx: Tx,
  input: { actor: Actor; ids: readonly SharedPupilId[] },
  now: Instant,
): Decision<ReleaseAsked> {
  const { actor } = input
  const claims = openSharedPupils(tx, input.ids, now).flatMap((question) => {
    const own = ownClaim(question, actor)
    const holder = question.claims.find((claim) => claim.holds)
    return own && holder ? [{ question, own, holder }] : []
  })
  const refusal = claimRefusal(tx, { actor, ids: input.ids, found: claims.length })
  if (refusal) return refuse(refusal)
  const later = claims.filter(({ own }) => !own.holds)
  const [first] = later
  if (!first) return refuse({ why: 'shared-pupil-kept' })
  const due = later.filter(({ own }) => mayAskAgain(own.askedAt, now))
  for (const { question } of due) writeStep(tx, { id: question.id, actor, act: 'release_asked' }, now)
  const of: ReleaseAsked['of'] = []
  for (const [unitId, asked] of Map.groupBy(due, ({ holder }) => holder.institutionId)) {
    const ids = asked.map(({ question }) => question.id)
    const { roundId } = first.question
    const told = tellUnit(tx, { roundId, unitId, what: 'release-asked', ids, byUnitId: actor.unitId }, now)
    of.push({ id: unitId, name: asked[0]?.holder.institution.name ?? '', reached: told > 0 })
  }
  if (due.length > 0) {
    const questions = due.map(({ question, holder }) => ({ id: question.id, of: holder.institutionId }))
    writeEvent(
      tx,
      { actor, roundId: first.question.roundId, type: 'shared-pupils-release-asked', data: { questions } },
      now,
    )
  }
  return { ok: true, asked: due.length, already: later.length - due.length, of }
}

/** A claimant states its evidence (free text, numbers masked). When each has, the superior is asked to decide. */
export function stateEvidence(
  tx: Tx,
  input: { actor: Actor; id: SharedPupilId; word: string },
  now: Instant,
): Decision<{ number: string; asksSuperior: boolean }> {
  const { actor, id, word } = input
  const question = openSharedPupil(tx, id, now)
  const own = question ? ownClaim(question, actor) : null
  const refusal = claimRefusal(tx, { actor, ids: [id], found: own ? 1 : 0 })
  if (refusal) return refuse(refusal)
  if (!question || !own) return refuse({ why: 'shared-pupil-over' })
  const unreasoned = reasonRefusal(word)
  if (unreasoned) return refuse(unreasoned)
  writeStep(tx, { id, actor, act: 'evidence', word: word.trim() }, now)
  moveOn(tx, question)
  const { roundId } = question
  // The word itself is what a person typed: it stands in the step, where it can be erased.
  const pupil = hashOf(tx, id)
  writeEvent(tx, { actor, roundId, type: 'shared-pupil-evidence', data: { id, pupil } }, now)
  const asksSuperior =
    own.evidence === null && question.claims.every((claim) => claim === own || claim.evidence !== null)
  if (asksSuperior && !question.decided) {
    tellUnit(tx, { roundId, unitId: question.superiorId, what: 'disputed', ids: [id] }, now)
  }
  return { ok: true, number: question.number, asksSuperior }
}

/**
 * The common superior decides, with a reason on record, which institution counts the pupil: that one is free, every other is
 * blocked until it has taken the pupil out. Nothing confirmed is undone: a confirmed one is told to ask for reopening.
 * `version` is the state of the question that was shown.
 */
export function decideKeeper(
  tx: Tx,
  input: { actor: Actor; id: SharedPupilId; keeperId: UnitId; version: number; reason: string },
  now: Instant,
): Decision<{ number: string; keeper: string; others: SharedClaim[] }> {
  const { actor, id, keeperId, reason } = input
  const question = openSharedPupil(tx, id, now)
  const refusal = decideRefusal({ actor, question, version: input.version, keeperId })
  if (refusal) return refuse(refusal)
  if (!question) return refuse({ why: 'shared-pupil-over' })
  const unreasoned = reasonRefusal(reason)
  if (unreasoned) return refuse(unreasoned)
  writeStep(tx, { id, actor, act: 'decided', word: reason.trim(), keeperId }, now)
  tx.update(sharedPupils).set({ keeperId }).where(eq(sharedPupils.id, id)).run()
  moveOn(tx, question)
  const { roundId, claims } = question
  const pupil = hashOf(tx, id)
  const data = { id, pupil, keeper: keeperId, institutions: claims.map((claim) => claim.institutionId) }
  writeEvent(tx, { actor, roundId, type: 'shared-pupil-decided', data }, now)
  for (const claim of claims) {
    tellUnit(tx, { roundId, unitId: claim.institutionId, what: 'decided', ids: [id], byUnitId: actor.unitId }, now)
  }
  wantReports(tx, { roundId, unitIds: claims.map((claim) => claim.institutionId) })
  const keeper = claims.find((claim) => claim.institutionId === keeperId)?.institution.name ?? ''
  return {
    ok: true,
    number: question.number,
    keeper,
    others: claims.filter((claim) => claim.institutionId !== keeperId),
  }
}

/** Why this person may not decide about this question as it was shown; null is yes, once there is a reason. */
export function decideRefusal(input: {
  actor: Actor
  question: SharedPupil | null
  version: number
  keeperId: UnitId
}): Refusal | null {
  const { actor, question } = input
  if (!question) return { why: 'shared-pupil-over' }
  if (question.superiorId !== actor.unitId) return { why: 'not-yours' }
  if (actor.role !== 'officer') return { why: 'reads-only' }
  const claims = question.claims.some((claim) => claim.institutionId === input.keeperId)
  return question.version === input.version && claims ? null : { why: 'changed-since-shown' }
}

function ownClaim(question: SharedPupil, actor: Actor): SharedClaim | null {
  return question.claims.find((claim) => claim.institutionId === actor.unitId) ?? null
}

function claimRefusal(tx: Tx, input: { actor: Actor; ids: readonly SharedPupilId[]; found: number }): Refusal | null {
  if (input.actor.level !== 'institution') return { why: 'not-yours' }
  if (input.actor.role !== 'officer') return { why: 'reads-only' }
  if (input.found > 0) return null
  const [id] = input.ids
  const open = id !== undefined && tx.select().from(sharedPupils).where(eq(sharedPupils.id, id)).get()?.state === 'open'
  return open ? { why: 'not-yours' } : { why: 'shared-pupil-over' }
}

function hashOf(tx: Tx, id: SharedPupilId): string {
  const row = tx.select({ key: sharedPupils.key }).from(sharedPupils).where(eq(sharedPupils.id, id)).get()
  return pupilHash(tx, row?.key ?? '')
}

function writeStep(
  tx: Tx,
  input: {
    id: SharedPupilId
    actor: Actor
    act: 'release_asked' | 'evidence' | 'decided'
    word?: string
    keeperId?: UnitId
  },
  now: Instant,
): void {
  const { id, actor, act } = input
  tx.insert(sharedPupilSteps)
    .values({
      sharedPupilId: id,
      act,
      unitId: actor.unitId,
      keeperId: input.keeperId ?? null,
      word: input.word ?? null,
      personId: actor.personId,
      appointmentId: actor.appointmentId,
      at: now,
    })
    .run()
}

function moveOn(tx: Tx, question: SharedPupil): void {
  tx.update(sharedPupils)
    .set({ version: question.version + 1 })
    .where(eq(sharedPupils.id, question.id))
    .run()
}

function writeEvent(
  tx: Tx,
  input: {
    actor: Actor
    roundId: RoundId
    type: 'shared-pupils-release-asked' | 'shared-pupil-evidence' | 'shared-pupil-decided'
    data: Record<string, unknown>
  },
  now: Instant,
): void {
  const { actor, roundId, type, data } = input
  const { personId, appointmentId, unitId } = actor
  appendEvent(tx, { at: now, type, roundId, unitId, personId, appointmentId, data })
}
