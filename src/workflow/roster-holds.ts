import { and, eq } from 'drizzle-orm'
import type { HoldId, Instant, PupilId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { holds } from '../db/schema.ts'
import { appendEvent } from './event-log.ts'
import { noticeUnit, URGENCY } from './notice.ts'
import type { StoredPupil } from './write-pupils.ts'

export type OpenHold = { id: HoldId; missing: number; outOf: number }

export function openHoldOf(
  tx: Tx,
  input: { roundId: RoundId; institutionId: UnitId },
): { id: HoldId; missing: number; outOf: number } | null {
  const row = tx
    .select({ id: holds.id, missing: holds.missing, outOf: holds.outOf })
    .from(holds)
    .where(and(eq(holds.roundId, input.roundId), eq(holds.institutionId, input.institutionId), eq(holds.state, 'open')))
    .get()
  return row ?? null
}

/** What keeps an institution from confirming: an undecided hold, or a refused one whose rows are still not back. */
export function blockingHold(
  tx: Tx,
  input: { roundId: RoundId; institutionId: UnitId; contentHash: string },
): { id: HoldId; missing: number; outOf: number; refused: boolean } | null {
  const open = openHoldOf(tx, input)
  if (open) return { ...open, refused: false }
  const last = tx.query.holds
    .findFirst({
      where: (t, { and, eq }) => and(eq(t.roundId, input.roundId), eq(t.institutionId, input.institutionId)),
      orderBy: (t, { desc }) => desc(t.id),
    })
    .sync()
  if (last?.state !== 'refused' || last.contentHash !== input.contentHash) return null
  return { id: last.id, missing: last.missing, outOf: last.outOf, refused: true }
}

/** Content that the officer refused last: the same content is not asked about again. */
export function lastRefusedHash(tx: Tx, input: { roundId: RoundId; institutionId: UnitId }): string | null {
  const row = tx.query.holds
    .findFirst({
      where: (t, { and, eq }) =>
        and(eq(t.roundId, input.roundId), eq(t.institutionId, input.institutionId), eq(t.state, 'refused')),
      orderBy: (t, { desc }) => desc(t.id),
    })
    .sync()
  return row?.contentHash ?? null
}

/**
 * Opens a hold and asks the institution, or brings the open one up to date. When rows are missing that the open one did not
 * name, the question is asked anew: a word on what was shown never reaches more rows.
 */
export function keepHold(
  tx: Tx,
  input: {
    roundId: RoundId
    institutionId: UnitId
    contentHash: string
    missing: StoredPupil[]
    outOf: number
    openHold: OpenHold | null
  },
  now: Instant,
): OpenHold {
  const missingPupilIds: PupilId[] = input.missing.map((row) => row.id)
  const facts = { contentHash: input.contentHash, missing: missingPupilIds.length, outOf: input.outOf, missingPupilIds }
  if (input.openHold && namesAll(tx, input.openHold.id, missingPupilIds)) {
    tx.update(holds).set(facts).where(eq(holds.id, input.openHold.id)).run()
    return { id: input.openHold.id, missing: facts.missing, outOf: facts.outOf }
  }
  if (input.openHold) closeHold(tx, input.openHold.id, 'resolved', now)
  const row = tx
    .insert(holds)
    .values({ roundId: input.roundId, institutionId: input.institutionId, ...facts, state: 'open', createdAt: now })
    .returning({ id: holds.id })
    .get()
  appendEvent(tx, {
    at: now,
    type: 'hold-opened',
    roundId: input.roundId,
    unitId: input.institutionId,
    data: { holdId: row.id, missing: facts.missing, outOf: facts.outOf },
  })
  noticeUnit(
    tx,
    { unitId: input.institutionId, notice: { type: 'hold-opened', holdId: row.id }, urgency: URGENCY.actNow },
    now,
  )
  return { id: row.id, missing: facts.missing, outOf: facts.outOf }
}

function namesAll(tx: Tx, id: HoldId, missing: readonly PupilId[]): boolean {
  const row = tx.select({ ids: holds.missingPupilIds }).from(holds).where(eq(holds.id, id)).get()
  const named = new Set(row?.ids ?? [])
  return missing.every((pupilId) => named.has(pupilId))
}

export function closeHold(tx: Tx, id: HoldId, state: 'resolved' | 'released' | 'refused', now: Instant): void {
  tx.update(holds).set({ state, decidedAt: now }).where(eq(holds.id, id)).run()
}
