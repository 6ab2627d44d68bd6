import { and, eq, inArray } from 'drizzle-orm'
import type { Instant, RoundId, SharedPupilId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { sharedPupilClaims, sharedPupils } from '../db/schema.ts'
import { recordingHasEnded, wasEditedTooLate } from './edited-too-late.ts'
import { claimSince } from './rules/shared-pupil.ts'
import {
  type Counting,
  claimedKeys,
  countingOf,
  countsUnderNewNumber,
  isInError,
  keepKeysInError,
  keysToLookAt,
} from './shared-pupils-scan.ts'
import { commonSuperior } from './shared-pupils-superior.ts'
import { type SharedPupilChange, tellSharedPupils } from './shared-pupils-tell.ts'
import { confirmedFigureOf } from './snapshot-pupils.ts'
import { wantReports } from './want-read.ts'

type Where = { roundId: RoundId; institutionId: UnitId }
type Question = typeof sharedPupils.$inferSelect
type Claim = typeof sharedPupilClaims.$inferSelect

const AT_ONCE = 500

/**
 * Brings the questions about pupils whom several institutions of the round count up to what the rosters say now: opens,
 * reopens and resolves them, and tells those concerned. Call it whenever what an institution counts may have changed; one
 * query when nothing is shared. `keysInErrorRows`: pupils of a fresh read that stand in it with an error, who are no claim.
 * A read of what was edited after the institution's close settles nothing: it counts for nothing (domain.md section 7).
 */
export function refreshSharedPupils(
  tx: Tx,
  input: Where & { keysInErrorRows?: readonly string[] },
  now: Instant,
): { opened: number; resolved: number } {
  if (input.keysInErrorRows) {
    if (wasEditedTooLate(tx, input, now)) return { opened: 0, resolved: 0 }
    keepKeysInError(tx, { ...input, keys: input.keysInErrorRows })
  }
  return refreshAll(tx, { ...input, keys: keysToLookAt(tx, input) }, now)
}

/**
 * The same for an institution whose own read was looked at before: whoever changed what the others count has asked about it then, so
 * that only questions which it has a part in can have moved, and 2,000 numbers need not be looked for in the nation. After the end of
 * recording a read may have settled nothing, and all of it is asked.
 */
export function recheckSharedPupils(tx: Tx, where: Where, now: Instant): { opened: number; resolved: number } {
  const keys = recordingHasEnded(tx, where, now) ? keysToLookAt(tx, where) : claimedKeys(tx, where)
  return refreshAll(tx, { ...where, keys }, now)
}

function refreshAll(
  tx: Tx,
  input: Where & { keys: readonly string[] },
  now: Instant,
): { opened: number; resolved: number } {
  const { keys } = input
  const changes: SharedPupilChange[] = []
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    changes.push(...refreshKeys(tx, { ...input, keys: keys.slice(start, start + AT_ONCE) }, now))
  }
  if (changes.length > 0) tellSharedPupils(tx, { ...input, changes }, now)
  // What stands in ผลตรวจ of the others about it; the reader's own is written with this read.
  const others = changes.flatMap((change) => [...change.institutionIds, ...change.leftIds])
  wantReports(tx, { roundId: input.roundId, unitIds: others.filter((id) => id !== input.institutionId) })
  return {
    opened: changes.filter(({ what }) => what === 'opened').length,
    resolved: changes.filter(({ what }) => what === 'resolved').length,
  }
}

function refreshKeys(tx: Tx, input: Where & { keys: string[] }, now: Instant): SharedPupilChange[] {
  const { roundId, keys } = input
  const counting = countingOf(tx, { roundId, keys }, now)
  const questions = tx
    .select()
    .from(sharedPupils)
    .where(and(eq(sharedPupils.roundId, roundId), inArray(sharedPupils.key, keys)))
    .all()
  const byKey = new Map(questions.map((question) => [question.key, question]))
  const claims = Map.groupBy(claimsOf(tx, questions), (claim) => claim.sharedPupilId)
  const figures = confirmedFigureOf(tx, roundId)
  return keys.flatMap((key) => {
    const question = byKey.get(key) ?? null
    const known = question ? (claims.get(question.id) ?? []) : []
    const change = refreshOne(
      tx,
      { ...input, key, question, known, counting: counting.get(key) ?? [], inFigure: figures },
      now,
    )
    return change ? [change] : []
  })
}

function claimsOf(tx: Tx, questions: readonly Question[]): Claim[] {
  if (questions.length === 0) return []
  const ids = questions.map((question) => question.id)
  return tx.select().from(sharedPupilClaims).where(inArray(sharedPupilClaims.sharedPupilId, ids)).all()
}

type One = Where & {
  key: string
  question: Question | null
  known: Claim[]
  counting: Counting[]
  inFigure: (institutionId: UnitId) => { confirmed: boolean; holds: (key: string) => boolean }
}

function refreshOne(tx: Tx, one: One, now: Instant): SharedPupilChange | null {
  const { key, known, counting, question } = one
  const standing = known.filter((claim) => claim.endedAt === null)
  const kept = standing.filter((claim) => stillClaims(tx, one, claim))
  const ended = standing.filter((claim) => !kept.includes(claim))
  const begun = counting.filter((row) => !standing.some((claim) => claim.institutionId === row.institutionId))
  const live = [...kept.map((claim) => claim.institutionId), ...begun.map((row) => row.institutionId)]
  if (!question && live.length < 2) return null
  const isOpen = live.length > 1
  if (question && ended.length === 0 && begun.length === 0 && isOpen === (question.state === 'open')) return null
  const id = writeQuestion(tx, { ...one, live, isOpen }, now)
  for (const claim of ended)
    endClaim(tx, { claim, inError: isInError(tx, { ...one, institutionId: claim.institutionId }) }, now)
  for (const row of begun) beginClaim(tx, { one, id, row, live })
  const wasOpen = question?.state === 'open'
  const before = standing.map((claim) => claim.institutionId)
  if (isOpen) {
    const what = wasOpen && begun.length === 0 ? 'changed' : 'opened'
    return { what, id, key, institutionIds: live, leftIds: ended.map((claim) => claim.institutionId) }
  }
  if (!wasOpen) return null
  return { what: 'resolved', id, key, institutionIds: before, leftIds: ended.map((claim) => claim.institutionId) }
}

/**
 * Taken out of the sheet after confirming, the pupil still stands in the confirmed figure: the claim stands with it. And a child
 * who got 13 digits for a G-Code is the same child.
 */
function stillClaims(tx: Tx, one: One, { institutionId }: Claim): boolean {
  if (one.counting.some((row) => row.institutionId === institutionId)) return true
  if (one.inFigure(institutionId).holds(one.key)) return true
  const others = one.counting.map((row) => row.institutionId)
  return countsUnderNewNumber(tx, { roundId: one.roundId, institutionId, key: one.key, others })
}

function writeQuestion(tx: Tx, one: One & { live: UnitId[]; isOpen: boolean }, now: Instant): SharedPupilId {
  const { question, live, isOpen, roundId, key } = one
  const superiorId = live.length > 0 ? commonSuperior(tx, live) : question?.superiorId
  if (!superiorId) throw new Error('a shared pupil without a claim')
  if (!question) {
    return tx
      .insert(sharedPupils)
      .values({ roundId, key, state: 'open', version: 1, superiorId, openedAt: now })
      .returning({ id: sharedPupils.id })
      .get().id
  }
  const reopened = isOpen && question.state === 'resolved'
  // A decision ends with the claim of the one it was made for.
  const keeperId = question.keeperId !== null && live.includes(question.keeperId) ? question.keeperId : null
  tx.update(sharedPupils)
    .set({
      state: isOpen ? 'open' : 'resolved',
      version: question.version + 1,
      superiorId,
      keeperId,
      resolvedAt: isOpen ? null : (question.resolvedAt ?? now),
      ...(reopened ? { openedAt: now } : {}),
    })
    .where(eq(sharedPupils.id, question.id))
    .run()
  return question.id
}

function endClaim(tx: Tx, input: { claim: Claim; inError: boolean }, now: Instant): void {
  const { claim } = input
  tx.update(sharedPupilClaims)
    .set({ endedAt: now, endedWhy: input.inError ? 'in_error' : 'gone' })
    .where(
      and(
        eq(sharedPupilClaims.sharedPupilId, claim.sharedPupilId),
        eq(sharedPupilClaims.institutionId, claim.institutionId),
      ),
    )
    .run()
}

function beginClaim(tx: Tx, input: { one: One; id: SharedPupilId; row: Counting; live: UnitId[] }): void {
  const { one, id, row, live } = input
  const former = one.known.find((claim) => claim.institutionId === row.institutionId)
  const since = claimSince({
    firstSeenAt: row.firstSeenAt,
    changedAt: row.changedAt,
    isReader: row.institutionId === one.institutionId,
    inConfirmedFigure: one.inFigure(row.institutionId).holds(one.key),
    former: former?.endedAt ? { since: former.since, endedAt: former.endedAt, why: former.endedWhy ?? 'gone' } : null,
    otherConfirmed: live.some((other) => other !== row.institutionId && one.inFigure(other).confirmed),
  })
  const values = { since, endedAt: null, endedWhy: null }
  tx.insert(sharedPupilClaims)
    .values({ sharedPupilId: id, institutionId: row.institutionId, ...values })
    .onConflictDoUpdate({ target: [sharedPupilClaims.sharedPupilId, sharedPupilClaims.institutionId], set: values })
    .run()
}
