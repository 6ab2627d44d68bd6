import type { Refusal } from './refusal.ts'

/** One institution that counts the pupil; `since` is when it began to (epoch ms). */
export type Claim = { institutionId: number; since: number }

/** A pupil whom this institution may not confirm yet: the row in its own sheet, the masked number, and who counts it instead. */
export type BlockedPupil = {
  row: number | null
  number: string
  at: string
  lao: string
  /** The superior decided for the other one: it is no longer a question. */
  decided: boolean
  /** Which unit decided. */
  decidedBy?: string
}

/**
 * Who may go on counting a pupil that several institutions count (domain.md section 9): the one that the superior named, as
 * long as it claims the pupil, else the one that counted the pupil first. All others are blocked. Null without a claim.
 */
export function holderOf<C extends Claim>(input: { claims: readonly C[]; keeperId: number | null }): C | null {
  const keeper = input.claims.find((claim) => claim.institutionId === input.keeperId)
  if (keeper) return keeper
  const [first = null] = [...input.claims].sort((a, b) => a.since - b.since || a.institutionId - b.institutionId)
  return first
}

const NAMED = 5

/** The later claimant does not confirm while the question is open; the first five are named, the number is always told. */
export function guardSharedPupils(blocked: readonly BlockedPupil[]): Refusal | null {
  if (blocked.length === 0) return null
  return { why: 'shared-pupils', total: blocked.length, pupils: blocked.slice(0, NAMED) }
}

const ASK_AGAIN_MS = 24 * 60 * 60 * 1000

/** Whoever was asked to release a pupil is not asked again within a day. */
export function mayAskAgain(askedAt: number | null, now: number): boolean {
  return askedAt === null || now - askedAt >= ASK_AGAIN_MS
}

/** Where an institution stands: its LAO and its province. */
export type Standing = { laoId: number; provinceId: number }

/** The lowest level that all of them have in common; the department when not even the province is. */
export function commonLevel(standings: readonly Standing[]): 'lao' | 'province' | 'department' {
  if (new Set(standings.map(({ laoId }) => laoId)).size === 1) return 'lao'
  return new Set(standings.map(({ provinceId }) => provinceId)).size === 1 ? 'province' : 'department'
}

/**
 * When a claim begins. A pupil whose row was only in error keeps its place, unless somebody confirmed the pupil meanwhile;
 * one that was taken out and comes back begins anew; one that stands in a confirmed figure counts from its first sight.
 */
export function claimSince(input: {
  firstSeenAt: number
  changedAt: number
  /** Whether it is this institution's read that brought the claim to light. */
  isReader: boolean
  inConfirmedFigure: boolean
  /** Its former claim in the same question, if it had one. */
  former: { since: number; endedAt: number; why: 'gone' | 'in_error' } | null
  otherConfirmed: boolean
}): number {
  const { former, firstSeenAt, changedAt } = input
  if (former?.why === 'in_error' && !input.otherConfirmed) return former.since
  if (former) return Math.max(changedAt, former.endedAt)
  if (input.inConfirmedFigure || !input.isReader) return firstSeenAt
  return changedAt
}
