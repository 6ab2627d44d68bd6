import { eq } from 'drizzle-orm'
import type { AppointmentId, Instant, PersonId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { people } from '../db/schema.ts'
import { appendEvent } from './event-log.ts'

export type Person = typeof people.$inferSelect

/** What acceptInvitation calls somebody whose name nobody gave. */
export const NAMELESS = 'ไม่ทราบชื่อ'

export function personOfLineUser(tx: Tx, lineUserId: string): Person | null {
  return tx.select().from(people).where(eq(people.lineUserId, lineUserId)).get() ?? null
}

export function personById(tx: Tx, personId: PersonId): Person | null {
  return tx.select().from(people).where(eq(people.id, personId)).get() ?? null
}

/** The account blocked us (`at`) or let us in again (null). Unknown accounts are nobody's. */
export function setBlocked(tx: Tx, input: { lineUserId: string; at: Instant | null }): void {
  tx.update(people).set({ blockedAt: input.at }).where(eq(people.lineUserId, input.lineUserId)).run()
}

/** Letters, and what stands between them in names and ranks; an address or a number is no name. */
const NAME = /^[\p{L}\p{M}\s.,'’()\-–]+$/u

/** A person says how he or she is called; only a name that was never known may be given this way. */
export function giveName(
  tx: Tx,
  input: { personId: PersonId; appointmentId?: AppointmentId | null; name: string },
  now: Instant,
): { ok: true } | { ok: false; why: 'known' | 'not-a-name' } {
  const name = input.name.trim().replace(/\s+/g, ' ')
  if (name.length < 3 || name.length > 100 || !NAME.test(name)) return { ok: false, why: 'not-a-name' }
  const person = personById(tx, input.personId)
  if (person?.name !== NAMELESS) return { ok: false, why: 'known' }
  tx.update(people).set({ name }).where(eq(people.id, input.personId)).run()
  const { personId, appointmentId = null } = input
  appendEvent(tx, { at: now, type: 'person-named', personId, appointmentId, data: {} })
  return { ok: true }
}
