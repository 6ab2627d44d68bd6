import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { AppointmentId, Instant, PersonId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { pendingActions } from '../db/schema.ts'
import type { PendingAction } from './pending-actions.ts'

const MOST = 60

/** Actions of a type that were offered to a duty and may still be taken, newest first: for those who type instead of tapping. */
export function offeredActions(
  tx: Tx,
  input: { personId: PersonId; appointmentId: AppointmentId; type: string },
  now: Instant,
): PendingAction[] {
  return tx
    .select()
    .from(pendingActions)
    .where(
      and(
        eq(pendingActions.personId, input.personId),
        eq(pendingActions.appointmentId, input.appointmentId),
        eq(pendingActions.type, input.type),
        isNull(pendingActions.usedAt),
        gt(pendingActions.expiresAt, now),
      ),
    )
    .orderBy(sql`rowid desc`)
    .limit(MOST)
    .all()
}

/** Whatever of a type is still offered to a duty may no longer be taken. */
export function withdrawOffers(
  tx: Tx,
  input: { personId: PersonId; appointmentId: AppointmentId; type: string },
  now: Instant,
): void {
  tx.update(pendingActions)
    .set({ usedAt: now })
    .where(
      and(
        eq(pendingActions.personId, input.personId),
        eq(pendingActions.appointmentId, input.appointmentId),
        eq(pendingActions.type, input.type),
        isNull(pendingActions.usedAt),
      ),
    )
    .run()
}
