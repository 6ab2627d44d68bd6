import { and, eq, isNull } from 'drizzle-orm'
import type { AppointmentId, Instant, PersonId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { googleAddresses } from '../db/schema.ts'
import { appendEvent } from './event-log.ts'

const EMAIL = /^[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"'.]{2,}$/

/** The Google account that may edit the person's sheets; the former one is kept as history. */
export function giveGoogleAddress(
  tx: Tx,
  input: { personId: PersonId; appointmentId?: AppointmentId | null; email: string },
  now: Instant,
): { ok: true; email: string } | { ok: false; why: 'not-an-address' } {
  const { personId, appointmentId = null } = input
  const email = input.email.trim().toLowerCase()
  if (!EMAIL.test(email) || email.length > 254) return { ok: false, why: 'not-an-address' }
  tx.update(googleAddresses)
    .set({ replacedAt: now })
    .where(and(eq(googleAddresses.personId, personId), isNull(googleAddresses.replacedAt)))
    .run()
  tx.insert(googleAddresses).values({ personId, email, createdAt: now }).run()
  appendEvent(tx, { at: now, type: 'google-address-given', personId, appointmentId, data: {} })
  return { ok: true, email }
}

export function googleAddressOf(
  tx: Tx,
  personId: PersonId,
): { email: string; state: 'unchecked' | 'accepted' | 'refused' } | null {
  return (
    tx
      .select({ email: googleAddresses.email, state: googleAddresses.state })
      .from(googleAddresses)
      .where(and(eq(googleAddresses.personId, personId), isNull(googleAddresses.replacedAt)))
      .get() ?? null
  )
}
