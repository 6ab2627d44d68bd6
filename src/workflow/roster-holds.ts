import type Database from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import type { HoldId, Instant, PupilId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { holds } from '../db/schema.ts'
import { appendEvent } from './event-log.ts'
import { noticeUnit, URGENCY } from './notice.ts'
import type { StoredPupil } from './stored-pupils.ts'

type RosterRef = { roundId: RoundId; institutionId: UnitId }
export type OpenHold = { id: HoldId; missing: number; outOf: number }
type LastHold = OpenHold & {
  state: 'open' | 'released' | 'refused' | 'resolved'
  contentHash: string
  /** JSON of the pupils' ids. */
  missingPupilIds: string
}

/** An open hold is always the last: the one before is closed when a question is asked anew. */
export function lastHoldOf(tx: Tx, ref: RosterRef): LastHold | null {
  return preparedOn(tx, holdStatements).last.get(ref.roundId, ref.institutionId) ?? null
}

export function openOf(last: LastHold | null): OpenHold | null {
  return last?.state === 'open' ? { id: last.id, missing: last.missing, outOf: last.outOf } : null
}

export function openHoldOf(tx: Tx, ref: RosterRef): OpenHold | null {
  return openOf(lastHoldOf(tx, ref))
}

/** What keeps an institution from confirming: an undecided hold, or a refused one whose rows are still not back. */
export function blockingHold(
  tx: Tx,
  input: RosterRef & { contentHash: string },
): (OpenHold & { refused: boolean }) | null {
  const last = lastHoldOf(tx, input)
  const open = openOf(last)
  if (open) return { ...open, refused: false }
  if (!last || !isRefusedFor(last, input.contentHash)) return null
  return { id: last.id, missing: last.missing, outOf: last.outOf, refused: true }
}

/** The officer's last word was that these pupils did not leave: the same content is not asked about again. */
export function isRefusedFor(last: LastHold | null, contentHash: string): boolean {
  return last?.state === 'refused' && last.contentHash === contentHash
}

/** The officer's last word was that these pupils did not leave, and some of them are still away: no read removes them. */
export function wereSaidToStay(last: LastHold | null, missing: readonly StoredPupil[]): boolean {
  if (last?.state !== 'refused' || missing.length === 0) return false
  const named = new Set(JSON.parse(last.missingPupilIds) as PupilId[])
  return missing.some(({ id }) => named.has(id))
}

/**
 * How many rows the missing are held against. Where somebody is missing whom a question already names, it is as many as when it
 * was asked: a sheet that has grown meanwhile must not make the guard forget them.
 */
export function rowsToHoldAgainst(
  last: LastHold | null,
  found: { before: number; missing: readonly StoredPupil[] },
): number {
  if (found.missing.length === 0 || (last?.state !== 'open' && last?.state !== 'refused')) return found.before
  const named = new Set(JSON.parse(last.missingPupilIds) as PupilId[])
  return found.missing.some(({ id }) => named.has(id)) ? Math.min(found.before, last.outOf) : found.before
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
    lastHold: LastHold | null
  },
  now: Instant,
): OpenHold {
  const missingPupilIds: PupilId[] = input.missing.map((row) => row.id)
  const facts = { contentHash: input.contentHash, missing: missingPupilIds.length, missingPupilIds }
  const open = input.lastHold?.state === 'open' ? input.lastHold : null
  if (open && namesAll(open, missingPupilIds)) {
    tx.update(holds).set(facts).where(eq(holds.id, open.id)).run()
    return { id: open.id, missing: facts.missing, outOf: open.outOf }
  }
  if (open) closeHold(tx, open.id, 'resolved', now)
  const { outOf } = input
  const row = tx
    .insert(holds)
    .values({
      roundId: input.roundId,
      institutionId: input.institutionId,
      ...facts,
      outOf,
      state: 'open',
      createdAt: now,
    })
    .returning({ id: holds.id })
    .get()
  appendEvent(tx, {
    at: now,
    type: 'hold-opened',
    roundId: input.roundId,
    unitId: input.institutionId,
    data: { holdId: row.id, missing: facts.missing, outOf },
  })
  noticeUnit(
    tx,
    { unitId: input.institutionId, notice: { type: 'hold-opened', holdId: row.id }, urgency: URGENCY.actNow },
    now,
  )
  return { id: row.id, missing: facts.missing, outOf }
}

function namesAll(hold: LastHold, missing: readonly PupilId[]): boolean {
  const named = new Set(JSON.parse(hold.missingPupilIds) as PupilId[])
  return missing.every((pupilId) => named.has(pupilId))
}

export function closeHold(tx: Tx, id: HoldId, state: 'resolved' | 'released' | 'refused', now: Instant): void {
  tx.update(holds).set({ state, decidedAt: now }).where(eq(holds.id, id)).run()
}

function holdStatements(raw: Database.Database) {
  return {
    last: raw.prepare<[RoundId, UnitId], LastHold>(
      `SELECT id, state, content_hash AS contentHash, missing, out_of AS outOf, missing_pupil_ids AS missingPupilIds
       FROM holds WHERE round_id = ? AND institution_id = ? ORDER BY id DESC LIMIT 1`,
    ),
  }
}
