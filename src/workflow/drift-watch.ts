import { and, eq, isNull } from 'drizzle-orm'
import type { Instant, PupilId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { drifts, pupils } from '../db/schema.ts'
import { appointedAt } from './actor.ts'
import { confirmedContent, type Drift, type DriftRef, driftOf, openDriftOf } from './drift.ts'
import { appendEvent } from './event-log.ts'
import { type Notice, queueNotice, URGENCY } from './notice.ts'
import { parentOf } from './rounds.ts'

/**
 * After every recorded read, in its transaction: is a confirmed sheet still as confirmed (domain.md section 8)? Found and gone
 * are put on record, and told to the unit and the level above, once for each distinct content. The confirmed figure never moves.
 * `readableKeys` are the pupils in rows without errors.
 */
export function watchDrift(
  tx: Tx,
  input: DriftRef & { contentHash: string; readableKeys?: ReadonlySet<string> },
  now: Instant,
): void {
  const ref: DriftRef = { roundId: input.roundId, unitId: input.unitId, component: input.component }
  const open = openDriftOf(tx, ref)
  const held = confirmedContent(tx, ref)
  const drifted = held !== null && held.snapshot.hash !== input.contentHash
  if (open && (!drifted || open.confirmationId !== held.confirmation.id))
    endDrift(tx, { ref, open, held: held !== null }, now)
  if (!drifted) return
  const known = open?.confirmationId === held.confirmation.id ? open : null
  const unreadablePupilIds = input.readableKeys ? unreadable(tx, ref, input.readableKeys) : []
  if (known?.contentHash === input.contentHash) return
  const values = { confirmationId: held.confirmation.id, contentHash: input.contentHash, unreadablePupilIds }
  if (known) tx.update(drifts).set(values).where(eq(drifts.id, known.id)).run()
  else
    tx.insert(drifts)
      .values({ ...ref, ...values, foundAt: now })
      .run()
  const drift = driftOf(tx, ref)
  const row = openDriftOf(tx, ref)
  if (!drift || !row) return
  record(tx, { ref, drift, what: 'drift-found', driftId: row.id }, now)
  tell(
    tx,
    {
      ref,
      notice: { type: 'drifted', ...ref, driftId: row.id, contentHash: input.contentHash },
      key: `drifted:${row.id}:${input.contentHash}`,
      urgency: URGENCY.actNow,
    },
    now,
  )
}

function endDrift(
  tx: Tx,
  input: { ref: DriftRef; open: typeof drifts.$inferSelect; held: boolean },
  now: Instant,
): void {
  const { ref, open } = input
  const putBack = input.held && confirmedContent(tx, ref)?.confirmation.id === open.confirmationId
  tx.update(drifts)
    .set({ endedAt: now, ending: putBack ? 'put_back' : 'reopened' })
    .where(eq(drifts.id, open.id))
    .run()
  // A reopening was told as such, and its sheet may be edited.
  if (!putBack) return
  appendEvent(tx, {
    at: now,
    type: 'drift-gone',
    roundId: ref.roundId,
    unitId: ref.unitId,
    data: { component: ref.component, driftId: open.id, confirmationId: open.confirmationId },
  })
  const notice = { type: 'drift-gone', ...ref, driftId: open.id } as const
  tell(tx, { ref, notice, key: `drift-gone:${open.id}`, urgency: URGENCY.result }, now)
}

/** Who was confirmed, was not taken out, and stands in no row that can be read. */
function unreadable(tx: Tx, ref: DriftRef, readableKeys: ReadonlySet<string>): PupilId[] {
  return tx
    .select({ id: pupils.id, key: pupils.key })
    .from(pupils)
    .where(and(eq(pupils.roundId, ref.roundId), eq(pupils.institutionId, ref.unitId), isNull(pupils.goneAt)))
    .all()
    .filter((row) => !readableKeys.has(row.key))
    .map((row) => row.id)
}

function record(
  tx: Tx,
  input: { ref: DriftRef; drift: Drift; what: 'drift-found'; driftId: number },
  now: Instant,
): void {
  const { ref, drift } = input
  appendEvent(tx, {
    at: now,
    type: input.what,
    roundId: ref.roundId,
    unitId: ref.unitId,
    data: {
      component: ref.component,
      driftId: input.driftId,
      confirmationId: drift.confirmation.id,
      contentHash: drift.contentHash,
      confirmed: drift.confirmed,
      counted: drift.counted,
      ...drift.counts,
    },
  })
}

function tell(tx: Tx, input: { ref: DriftRef; notice: Notice; key: string; urgency: number }, now: Instant): void {
  const above = parentOf(tx, input.ref.unitId)
  const places: UnitId[] = above === null ? [input.ref.unitId] : [input.ref.unitId, above]
  for (const unitId of places) {
    for (const actor of appointedAt(tx, { unitId, role: 'officer' }, now)) {
      const { notice, urgency } = input
      queueNotice(tx, { personId: actor.personId, notice, urgency, dedupeKey: `${input.key}:${actor.personId}` }, now)
    }
  }
}
