import { createHash, randomInt } from 'node:crypto'
import { and, eq, gt, isNull } from 'drizzle-orm'
import type { AppointmentId, Instant, PersonId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { appointments, conversations, googleAddresses, invitations, people, type Role } from '../db/schema.ts'
import { type Actor, appointedAt } from './actor.ts'
import { appendEvent } from './event-log.ts'
import { NAMELESS } from './person-account.ts'
import { parentOf } from './rounds.ts'
import { type Decision, refuse } from './rules/refusal.ts'
import { normaliseText, plainDashes, toArabicDigits } from './rules/text/thai-text.ts'
import { unitById } from './unit.ts'

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const CODE_LENGTH = 8
export const INVITATION_LIFE_MS = 14 * 24 * 60 * 60 * 1000

/**
 * "abcd efgh", "ABCD–EFGH" and "ABCDEFGH" are one code, with Thai or full-width digits too; null when it cannot be one.
 */
export function normaliseCode(text: string): string | null {
  const plain = plainDashes(toArabicDigits(normaliseText(text.normalize('NFKC'))))
  const code = plain.toUpperCase().replace(/[\s-]/g, '')
  return code.length === CODE_LENGTH && [...code].every((char) => ALPHABET.includes(char)) ? code : null
}

const hashOfCode = (code: string): string => createHash('sha256').update(`invitation:${code}`).digest('hex')

export type InvitationInput = {
  /** null: the operator, by `lec invite`. */
  actor: Actor | null
  unitId: UnitId
  role: Role
  personName: string | null
  orderNumber: string | null
  orderDate: string | null
}

/** A one-time code from the level above (R4, R6, R7); the code itself is shown once and never stored. */
export function createInvitation(
  tx: Tx,
  input: InvitationInput,
  now: Instant,
): Decision<{ code: string; expiresAt: Instant }> {
  if (input.actor) {
    const own = input.actor.unitId === input.unitId
    const above = parentOf(tx, input.unitId) === input.actor.unitId
    if (!above && !own) return refuse({ why: 'not-yours' })
    if (own || input.actor.role !== 'officer') return refuse({ why: 'reads-only' })
  }
  const raw = Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  const expiresAt = now + INVITATION_LIFE_MS
  const row = tx
    .insert(invitations)
    .values({
      codeHash: hashOfCode(raw),
      unitId: input.unitId,
      role: input.role,
      personName: input.personName,
      orderNumber: input.orderNumber,
      orderDate: input.orderDate,
      createdByAppointmentId: input.actor?.appointmentId ?? null,
      createdAt: now,
      expiresAt,
    })
    .returning({ id: invitations.id })
    .get()
  appendEvent(tx, {
    at: now,
    type: 'invitation-created',
    unitId: input.unitId,
    personId: input.actor?.personId ?? null,
    appointmentId: input.actor?.appointmentId ?? null,
    data: { invitationId: row.id, role: input.role, expiresAt },
  })
  return { ok: true, code: `${raw.slice(0, 4)}-${raw.slice(4)}`, expiresAt }
}

export type OpenInvitation = {
  id: number
  unitId: UnitId
  unitName: string
  role: Role
  personName: string | null
  orderNumber: string | null
}

/** What a code stands for, or null when it is unknown, used, revoked or expired. */
export function invitationOf(tx: Tx, code: string, now: Instant): OpenInvitation | null {
  const normal = normaliseCode(code)
  if (!normal) return null
  const row = tx
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.codeHash, hashOfCode(normal)),
        isNull(invitations.usedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now),
      ),
    )
    .get()
  if (!row) return null
  const { id, unitId, role, personName, orderNumber } = row
  return { id, unitId, unitName: unitById(tx, unitId).name, role, personName, orderNumber }
}

export type Accepted = { personId: PersonId; appointmentId: AppointmentId; unitId: UnitId; role: Role }

/** Binds a LINE account to the unit of the invitation. A known account gets a further duty; one that it holds stays one. */
export function acceptInvitation(
  tx: Tx,
  input: { invitationId: number; lineUserId: string; displayName: string | null; name?: string },
  now: Instant,
): { ok: true; accepted: Accepted } | { ok: false; why: 'used-or-expired' } {
  const row = tx
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.id, input.invitationId),
        isNull(invitations.usedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now),
      ),
    )
    .get()
  if (!row) return { ok: false, why: 'used-or-expired' }
  const name = input.name ?? row.personName ?? input.displayName ?? NAMELESS
  const person = personOfAccount(tx, { ...input, name }, now)
  const held = appointedAt(tx, { unitId: row.unitId, role: row.role }, now).find((actor) => actor.personId === person)
  const appointment = held
    ? { id: held.appointmentId }
    : tx
        .insert(appointments)
        .values({
          personId: person,
          unitId: row.unitId,
          role: row.role,
          orderNumber: row.orderNumber,
          orderDate: row.orderDate,
          validFrom: now,
          grantedByAppointmentId: row.createdByAppointmentId,
        })
        .returning({ id: appointments.id })
        .get()
  tx.update(invitations).set({ usedAt: now, appointmentId: appointment.id }).where(eq(invitations.id, row.id)).run()
  tx.insert(conversations)
    .values({ lineUserId: input.lineUserId, appointmentId: appointment.id, updatedAt: now })
    .onConflictDoUpdate({ target: conversations.lineUserId, set: { appointmentId: appointment.id, updatedAt: now } })
    .run()
  appendEvent(tx, {
    at: now,
    type: 'person-appointed',
    unitId: row.unitId,
    personId: person,
    appointmentId: appointment.id,
    data: { invitationId: row.id, role: row.role, orderNumber: row.orderNumber, grantedBy: row.createdByAppointmentId },
  })
  return { ok: true, accepted: { personId: person, appointmentId: appointment.id, unitId: row.unitId, role: row.role } }
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

const EMAIL = /^[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"'.]{2,}$/

/** The Google account that may edit the person's sheets; the former one is kept as history. */
export function giveGoogleAddress(
  tx: Tx,
  input: { personId: PersonId; email: string },
  now: Instant,
): { ok: true; email: string } | { ok: false; why: 'not-an-address' } {
  const email = input.email.trim().toLowerCase()
  if (!EMAIL.test(email) || email.length > 254) return { ok: false, why: 'not-an-address' }
  tx.update(googleAddresses)
    .set({ replacedAt: now })
    .where(and(eq(googleAddresses.personId, input.personId), isNull(googleAddresses.replacedAt)))
    .run()
  tx.insert(googleAddresses).values({ personId: input.personId, email, createdAt: now }).run()
  appendEvent(tx, { at: now, type: 'google-address-given', personId: input.personId, data: {} })
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
