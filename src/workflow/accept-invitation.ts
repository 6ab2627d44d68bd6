import { eq } from 'drizzle-orm'
import type { AppointmentId, Instant, PersonId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { appointments, conversations, invitations, people, type Role } from '../db/schema.ts'
import { appointedAt } from './actor.ts'
import { closeAppointment } from './appointment-changes.ts'
import { appointmentById } from './appointment-record.ts'
import { appendEvent } from './event-log.ts'
import { type InvitationRow, usableInvitation } from './invitations.ts'
import { NAMELESS } from './person-account.ts'

export type Accepted = {
  personId: PersonId
  appointmentId: AppointmentId
  unitId: UnitId
  role: Role
  /** Whose duty ended with it, by name. */
  replaced: string | null
}

/**
 * Binds a LINE account to the unit of the invitation. A known account gets a further duty; one that it holds stays one. The
 * predecessor whom the invitation names leaves at this very moment: nobody acts for the unit twice, and never nobody.
 */
export function acceptInvitation(
  tx: Tx,
  input: { invitationId: number; lineUserId: string; displayName: string | null; name?: string },
  now: Instant,
): { ok: true; accepted: Accepted } | { ok: false; why: 'used-or-expired' } {
  const row = usableInvitation(tx, input.invitationId, now)
  if (!row) return { ok: false, why: 'used-or-expired' }
  const name = input.name ?? row.personName ?? input.displayName ?? NAMELESS
  const person = personOfAccount(tx, { ...input, name }, now)
  const held = appointedAt(tx, { unitId: row.unitId, role: row.role }, now).find((actor) => actor.personId === person)
  const appointmentId = held?.appointmentId ?? appoint(tx, { row, personId: person }, now)
  tx.update(invitations).set({ usedAt: now, appointmentId }).where(eq(invitations.id, row.id)).run()
  tx.insert(conversations)
    .values({ lineUserId: input.lineUserId, appointmentId, updatedAt: now })
    .onConflictDoUpdate({ target: conversations.lineUserId, set: { appointmentId, updatedAt: now } })
    .run()
  appendEvent(tx, {
    at: now,
    type: 'person-appointed',
    unitId: row.unitId,
    personId: person,
    appointmentId,
    data: {
      invitationId: row.id,
      role: row.role,
      orderNumber: row.orderNumber,
      orderDate: row.orderDate,
      grantedBy: row.createdByAppointmentId,
    },
  })
  const replaced = takeOver(tx, { row, personId: person, appointmentId }, now)
  return { ok: true, accepted: { personId: person, appointmentId, unitId: row.unitId, role: row.role, replaced } }
}

function appoint(tx: Tx, input: { row: InvitationRow; personId: PersonId }, now: Instant): AppointmentId {
  const { row, personId } = input
  const { unitId, role, orderNumber, orderDate, createdByAppointmentId } = row
  return tx
    .insert(appointments)
    .values({
      personId,
      unitId,
      role,
      orderNumber,
      orderDate,
      validFrom: now,
      grantedByAppointmentId: createdByAppointmentId,
    })
    .returning({ id: appointments.id })
    .get().id
}

function takeOver(
  tx: Tx,
  input: { row: InvitationRow; personId: PersonId; appointmentId: AppointmentId },
  now: Instant,
): string | null {
  const { row, personId, appointmentId } = input
  const former = row.replacesAppointmentId ? appointmentById(tx, row.replacesAppointmentId) : null
  if (!former || former.state === 'ended' || former.personId === personId) return null
  closeAppointment(tx, { appointment: former, how: 'replaced', by: { personId, appointmentId }, reason: null }, now)
  return former.name
}

function personOfAccount(
  tx: Tx,
  input: { lineUserId: string; displayName: string | null; name: string },
  now: Instant,
): PersonId {
  const known = tx.select({ id: people.id }).from(people).where(eq(people.lineUserId, input.lineUserId)).get()
  if (known) return known.id
  const row = tx
    .insert(people)
    .values({ name: input.name, lineUserId: input.lineUserId, lineDisplayName: input.displayName, createdAt: now })
    .returning({ id: people.id })
    .get()
  appendEvent(tx, { at: now, type: 'account-bound', personId: row.id, data: {} })
  return row.id
}
