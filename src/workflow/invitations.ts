import { and, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { AppointmentId, Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { appointments, invitations, people, type Role, units } from '../db/schema.ts'
import type { Actor } from './actor.ts'
import { appointmentById } from './appointment-record.ts'
import { appendEvent } from './event-log.ts'
import { hashOfCode, newCode, normaliseCode } from './invitation-code.ts'
import { parentOf } from './rounds.ts'
import { type Decision, refuse } from './rules/refusal.ts'
import { unitById } from './unit.ts'

export const INVITATION_LIFE_MS = 14 * 24 * 60 * 60 * 1000

export type InvitationInput = {
  /** null: the operator, by `lec invite` or `lec appoint`. */
  actor: Actor | null
  unitId: UnitId
  role: Role
  personName: string | null
  orderNumber: string | null
  /** ISO date of the order. */
  orderDate: string | null
  /** Whose duty at the unit ends at the moment this invitation is accepted. */
  replaces?: AppointmentId | null
}

/** A one-time code from the level above (R4, R6, R7); the code itself is shown once and never stored. */
export function createInvitation(
  tx: Tx,
  input: InvitationInput,
  now: Instant,
): Decision<{ id: number; code: string; expiresAt: Instant }> {
  const { actor, unitId, role, replaces = null } = input
  if (actor) {
    const own = actor.unitId === unitId
    const above = parentOf(tx, unitId) === actor.unitId
    if (!above && !own) return refuse({ why: 'not-yours' })
    if (own || actor.role !== 'officer') return refuse({ why: 'reads-only' })
  }
  if (role === 'certifier' && unitById(tx, unitId).level !== 'institution') return refuse({ why: 'certifies-nothing' })
  const predecessor = replaces === null ? null : appointmentById(tx, replaces)
  if (replaces !== null && (predecessor?.unitId !== unitId || predecessor.role !== role))
    return refuse({ why: 'not-yours' })
  if (predecessor && predecessor.state === 'ended') return refuse({ why: 'duty-state', state: 'ended' })
  const raw = newCode()
  const expiresAt = now + INVITATION_LIFE_MS
  const { personName, orderNumber, orderDate } = input
  const row = tx
    .insert(invitations)
    .values({
      codeHash: hashOfCode(raw),
      unitId,
      role,
      personName,
      orderNumber,
      orderDate,
      replacesAppointmentId: replaces,
      createdByAppointmentId: actor?.appointmentId ?? null,
      createdAt: now,
      expiresAt,
    })
    .returning({ id: invitations.id })
    .get()
  appendEvent(tx, {
    at: now,
    type: 'invitation-created',
    unitId,
    personId: actor?.personId ?? null,
    appointmentId: actor?.appointmentId ?? null,
    data: {
      invitationId: row.id,
      role,
      expiresAt,
      orderNumber,
      orderDate,
      replaces,
      ...(actor ? {} : { by: 'operator' }),
    },
  })
  return { ok: true, id: row.id, code: `${raw.slice(0, 4)}-${raw.slice(4)}`, expiresAt }
}

const usable = (now: Instant) =>
  and(isNull(invitations.usedAt), isNull(invitations.revokedAt), gt(invitations.expiresAt, now))

export type InvitationRow = typeof invitations.$inferSelect

/** An invitation that can still be accepted, or null. */
export function usableInvitation(tx: Tx, id: number, now: Instant): InvitationRow | null {
  return (
    tx
      .select()
      .from(invitations)
      .where(and(eq(invitations.id, id), usable(now)))
      .get() ?? null
  )
}

export type OfferedDuty = {
  id: number
  unitId: UnitId
  unitName: string
  role: Role
  personName: string | null
  orderNumber: string | null
  orderDate: string | null
  /** Who is replaced, by name. */
  replaces: string | null
}

/** What a code stands for, or null when it is unknown, used, revoked or expired. */
export function invitationOf(tx: Tx, code: string, now: Instant): OfferedDuty | null {
  const normal = normaliseCode(code)
  if (!normal) return null
  const row = tx
    .select()
    .from(invitations)
    .where(and(eq(invitations.codeHash, hashOfCode(normal)), usable(now)))
    .get()
  if (!row) return null
  const { id, unitId, role, personName, orderNumber, orderDate } = row
  const replaces = row.replacesAppointmentId ? (appointmentById(tx, row.replacesAppointmentId)?.name ?? null) : null
  return { id, unitId, unitName: unitById(tx, unitId).name, role, personName, orderNumber, orderDate, replaces }
}

export type OpenInvitation = OfferedDuty & { createdAt: Instant; expiresAt: Instant }

/** Codes for units directly below that nobody has accepted yet, oldest first. */
export function openInvitations(tx: Tx, input: { unitId: UnitId }, now: Instant): OpenInvitation[] {
  const rows = tx
    .select({ invitation: invitations, unitName: units.name })
    .from(invitations)
    .innerJoin(units, eq(units.id, invitations.unitId))
    .where(and(eq(units.parentId, input.unitId), usable(now)))
    .orderBy(invitations.id)
    .all()
  const replaced = new Map(
    tx
      .select({ id: appointments.id, name: people.name })
      .from(appointments)
      .innerJoin(people, eq(people.id, appointments.personId))
      .where(
        inArray(
          appointments.id,
          rows.flatMap((row) => row.invitation.replacesAppointmentId ?? []),
        ),
      )
      .all()
      .map((row) => [row.id, row.name]),
  )
  return rows.map(({ invitation, unitName }) => {
    const { id, unitId, role, personName, orderNumber, orderDate, createdAt, expiresAt } = invitation
    const replaces = invitation.replacesAppointmentId ? (replaced.get(invitation.replacesAppointmentId) ?? null) : null
    return { id, unitId, unitName, role, personName, orderNumber, orderDate, replaces, createdAt, expiresAt }
  })
}

/** The level above takes a code back before anybody has accepted it; from then on it opens nothing. */
export function revokeInvitation(
  tx: Tx,
  input: { actor: Actor; invitationId: number },
  now: Instant,
): Decision<{ unitName: string }> {
  const { actor, invitationId } = input
  const row = tx.select().from(invitations).where(eq(invitations.id, invitationId)).get()
  if (!row || parentOf(tx, row.unitId) !== actor.unitId) return refuse({ why: 'not-yours' })
  if (actor.role !== 'officer') return refuse({ why: 'reads-only' })
  if (!usableInvitation(tx, invitationId, now)) return refuse({ why: 'invitation-over' })
  tx.update(invitations).set({ revokedAt: now }).where(eq(invitations.id, invitationId)).run()
  appendEvent(tx, {
    at: now,
    type: 'invitation-revoked',
    unitId: row.unitId,
    personId: actor.personId,
    appointmentId: actor.appointmentId,
    data: { invitationId },
  })
  return { ok: true, unitName: unitById(tx, row.unitId).name }
}
