import { and, eq, ne } from 'drizzle-orm'
import type { HoldId, Instant } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { appointments, holds, people, sheetFiles } from '../db/schema.ts'
import type { Tap } from './act-time.ts'
import type { Actor } from './actor.ts'
import { rosterOf } from './confirm-sheet.ts'
import { appendEvent } from './event-log.ts'
import { blockingHold, closeHold } from './roster-holds.ts'
import { roundById, windowOf } from './rounds.ts'
import { dateTap } from './rules/round-window.ts'
import { refreshSharedPupils } from './shared-pupils-refresh.ts'
import { ASKED_FOR } from './want-read.ts'
import { markGone } from './write-pupils.ts'

export type HoldDecision =
  | { ok: true; missing: number }
  | { ok: false; why: 'not-yours' | 'reads-only' }
  | { ok: false; why: 'closed'; closedAt: Instant }
  | { ok: false; why: 'already-decided'; by: string | null; at: Instant | null }

/**
 * One act of the institution's officer ends a hold. `release`: the missing pupils are indeed gone. `refuse`: they are not,
 * the rows must come back into the sheet; nobody is removed and confirming stays refused until the sheet changes. Whoever has
 * refused may still release, as long as the very same rows are missing: a second act on record. After the close neither is done.
 */
export function decideHold(
  tx: Tx,
  input: {
    actor: Actor
    holdId: HoldId
    decision: 'release' | 'refuse'
    /** It was shown as refused: whoever saw only the question is told who has answered it meanwhile. */
    shownRefused?: boolean
    tap?: Tap
  },
  now: Instant,
): HoldDecision {
  const hold = tx.select().from(holds).where(eq(holds.id, input.holdId)).get()
  if (!hold || hold.institutionId !== input.actor.unitId) return { ok: false, why: 'not-yours' }
  if (input.actor.role !== 'officer') return { ok: false, why: 'reads-only' }
  const takesBack = input.decision === 'release' && input.shownRefused === true && isStillRefused(tx, hold)
  if (hold.state !== 'open' && !takesBack)
    return { ok: false, why: 'already-decided', by: deciderOf(tx, hold), at: hold.decidedAt }
  const closedAt = closedFor(tx, { hold, tap: input.tap }, now)
  if (closedAt !== null) return { ok: false, why: 'closed', closedAt }
  if (input.decision === 'release') {
    markGone(tx, { pupilIds: hold.missingPupilIds, readAt: now, previousReadAt: null, lastEditor: null })
  }
  if (input.decision === 'release') refreshSharedPupils(tx, hold, now)
  closeHold(tx, hold.id, input.decision === 'release' ? 'released' : 'refused', now)
  tx.update(holds).set({ decidedByAppointmentId: input.actor.appointmentId }).where(eq(holds.id, hold.id)).run()
  // The question stands in the sheet as well, and goes from there with the answer.
  tx.update(sheetFiles)
    .set({ dirtyAt: ASKED_FOR, notBefore: 0 })
    .where(
      and(
        eq(sheetFiles.roundId, hold.roundId),
        eq(sheetFiles.unitId, hold.institutionId),
        ne(sheetFiles.state, 'creating'),
      ),
    )
    .run()
  appendEvent(tx, {
    at: now,
    type: input.decision === 'release' ? 'hold-released' : 'hold-refused',
    roundId: hold.roundId,
    unitId: hold.institutionId,
    personId: input.actor.personId,
    appointmentId: input.actor.appointmentId,
    data: { holdId: hold.id, missing: hold.missing, ...(takesBack ? { refusedBefore: true } : {}) },
  })
  return { ok: true, missing: hold.missing }
}

type Hold = typeof holds.$inferSelect

/** Refused, and the sheet says what it said then: the same rows are missing, and nobody has been asked anew. */
function isStillRefused(tx: Tx, hold: Hold): boolean {
  const { roundId, institutionId } = hold
  const contentHash = rosterOf(tx, roundId, institutionId)?.contentHash
  if (contentHash === undefined) return false
  const standing = blockingHold(tx, { roundId, institutionId, contentHash })
  return standing?.id === hold.id && standing.refused
}

function closedFor(tx: Tx, about: { hold: Hold; tap: Tap | undefined }, now: Instant): Instant | null {
  const { roundId, institutionId } = about.hold
  const round = roundById(tx, roundId)
  const { closesAt } = windowOf(tx, { round, unitId: institutionId, component: 'roster' }, now)
  const tap = about.tap ?? { tappedAt: now, receivedAt: now }
  return dateTap({ ...tap, closesAt }).at < closesAt ? null : closesAt
}

function deciderOf(tx: Tx, hold: Hold): string | null {
  if (hold.decidedByAppointmentId === null) return null
  const row = tx
    .select({ name: people.name })
    .from(appointments)
    .innerJoin(people, eq(people.id, appointments.personId))
    .where(eq(appointments.id, hold.decidedByAppointmentId))
    .get()
  return row?.name ?? null
}
