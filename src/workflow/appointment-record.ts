import { and, desc, eq, gt, isNull, or } from 'drizzle-orm'
import type { AppointmentId, Instant, PersonId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { appointments, people, type Role, units } from '../db/schema.ts'

export type AppointmentState = 'in-force' | 'suspended' | 'ended'

/** A dated duty with its order, whether it is in force or not. */
export type Appointment = {
  id: AppointmentId
  personId: PersonId
  name: string
  unitId: UnitId
  unitName: string
  role: Role
  orderNumber: string | null
  orderDate: string | null
  validFrom: Instant
  validTo: Instant | null
  suspendedAt: Instant | null
  /** Why it is suspended or was ended, as the level above said it. */
  reason: string | null
  replacedByAppointmentId: AppointmentId | null
  state: AppointmentState
}

const columns = {
  id: appointments.id,
  personId: appointments.personId,
  name: people.name,
  unitId: appointments.unitId,
  unitName: units.name,
  role: appointments.role,
  orderNumber: appointments.orderNumber,
  orderDate: appointments.orderDate,
  validFrom: appointments.validFrom,
  validTo: appointments.validTo,
  suspendedAt: appointments.suspendedAt,
  suspendedReason: appointments.suspendedReason,
  endedReason: appointments.endedReason,
  replacedByAppointmentId: appointments.replacedByAppointmentId,
}

type Row = Omit<Appointment, 'reason' | 'state'> & { suspendedReason: string | null; endedReason: string | null }

/** An end is written when it happens, never for a day to come: what has one is over. */
function asAppointment({ suspendedReason, endedReason, ...row }: Row): Appointment {
  if (row.validTo !== null) return { ...row, reason: endedReason, state: 'ended' }
  if (row.suspendedAt !== null) return { ...row, reason: suspendedReason, state: 'suspended' }
  return { ...row, reason: null, state: 'in-force' }
}

export function appointmentById(tx: Tx, id: AppointmentId): Appointment | null {
  const row = select(tx).where(eq(appointments.id, id)).get()
  return row ? asAppointment(row) : null
}

/** Who is appointed at a unit at `now`, those suspended too, in the order of appointment. */
export function appointmentsAt(tx: Tx, unitId: UnitId, now: Instant): Appointment[] {
  return select(tx)
    .where(and(eq(appointments.unitId, unitId), or(isNull(appointments.validTo), gt(appointments.validTo, now))))
    .orderBy(appointments.id)
    .all()
    .map(asAppointment)
}

/** The last duty of an account that is in force no longer, for telling the person why nothing happens; null for a stranger. */
export function lastDutyOf(tx: Tx, lineUserId: string): Appointment | null {
  const row = select(tx).where(eq(people.lineUserId, lineUserId)).orderBy(desc(appointments.id)).limit(1).get()
  return row ? asAppointment(row) : null
}

function select(tx: Tx) {
  return tx
    .select(columns)
    .from(appointments)
    .innerJoin(people, eq(people.id, appointments.personId))
    .innerJoin(units, eq(units.id, appointments.unitId))
    .$dynamic()
}
