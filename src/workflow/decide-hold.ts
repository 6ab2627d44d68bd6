import { eq, inArray } from 'drizzle-orm'
import type { HoldId, Instant } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { appointments, holds, people, pupilChanges, pupils } from '../db/schema.ts'
import type { Actor } from './actor.ts'
import { appendEvent } from './event-log.ts'
import { closeHold } from './roster-holds.ts'

export type HoldDecision =
  | { ok: true; missing: number }
  | { ok: false; why: 'not-yours' | 'reads-only' }
  | { ok: false; why: 'already-decided'; by: string | null; at: Instant | null }

/**
 * One act of the institution's officer ends a hold. `release`: the missing pupils are indeed gone. `refuse`: they are not,
 * the rows must come back into the sheet; nobody is removed and confirming stays refused until the sheet changes.
 */
export function decideHold(
  tx: Tx,
  input: { actor: Actor; holdId: HoldId; decision: 'release' | 'refuse' },
  now: Instant,
): HoldDecision {
  const hold = tx.select().from(holds).where(eq(holds.id, input.holdId)).get()
  if (!hold || hold.institutionId !== input.actor.unitId) return { ok: false, why: 'not-yours' }
  if (input.actor.role !== 'officer') return { ok: false, why: 'reads-only' }
  if (hold.state !== 'open') return { ok: false, why: 'already-decided', by: deciderOf(tx, hold), at: hold.decidedAt }
  if (input.decision === 'release') {
    tx.update(pupils).set({ goneAt: now }).where(inArray(pupils.id, hold.missingPupilIds)).run()
    for (const pupilId of hold.missingPupilIds) {
      tx.insert(pupilChanges).values({ pupilId, change: 'gone', readAt: now, lastEditor: null }).run()
    }
  }
  closeHold(tx, hold.id, input.decision === 'release' ? 'released' : 'refused', now)
  tx.update(holds).set({ decidedByAppointmentId: input.actor.appointmentId }).where(eq(holds.id, hold.id)).run()
  appendEvent(tx, {
    at: now,
    type: input.decision === 'release' ? 'hold-released' : 'hold-refused',
    roundId: hold.roundId,
    unitId: hold.institutionId,
    personId: input.actor.personId,
    appointmentId: input.actor.appointmentId,
    data: { holdId: hold.id, missing: hold.missing },
  })
  return { ok: true, missing: hold.missing }
}

function deciderOf(tx: Tx, hold: typeof holds.$inferSelect): string | null {
  if (hold.decidedByAppointmentId === null) return null
  const row = tx
    .select({ name: people.name })
    .from(appointments)
    .innerJoin(people, eq(people.id, appointments.personId))
    .where(eq(appointments.id, hold.decidedByAppointmentId))
    .get()
  return row?.name ?? null
}
