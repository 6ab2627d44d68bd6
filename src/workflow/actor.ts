import type Database from 'better-sqlite3'
import { and, eq, gt, isNull, lte, or, type Placeholder, sql } from 'drizzle-orm'
import type { AppointmentId, Instant, PersonId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { appointments, people, type Role, type UnitKind, type UnitLevel, units } from '../db/schema.ts'

/** The person who acts, through one appointment: acts belong to both. */
export type Actor = {
  personId: PersonId
  appointmentId: AppointmentId
  name: string
  role: Role
  unitId: UnitId
  unitName: string
  level: UnitLevel
  kind: UnitKind
  lineUserId: string | null
}

const columns = {
  personId: people.id,
  appointmentId: appointments.id,
  name: people.name,
  role: appointments.role,
  unitId: units.id,
  unitName: units.name,
  level: units.level,
  kind: units.kind,
  lineUserId: people.lineUserId,
}

const inForce = (now: Instant | Placeholder) =>
  and(
    lte(appointments.validFrom, now),
    or(isNull(appointments.validTo), gt(appointments.validTo, now)),
    or(isNull(appointments.suspendedAt), gt(appointments.suspendedAt, now)),
  )

/** The actor behind an appointment, or null when it is not in force at `now`. */
export function actorOf(tx: Tx, appointmentId: AppointmentId, now: Instant): Actor | null {
  return preparedOn(tx, actorStatements).byAppointment.get({ appointmentId, now }) ?? null
}

/** All duties of a LINE account that are in force, oldest first. */
export function dutiesOfLineUser(tx: Tx, lineUserId: string, now: Instant): Actor[] {
  return select(tx)
    .where(and(eq(people.lineUserId, lineUserId), inForce(now)))
    .orderBy(appointments.id)
    .all()
}

/** Those appointed at a unit with a role, in force at `now`. */
export function appointedAt(tx: Tx, input: { unitId: UnitId; role: Role }, now: Instant): Actor[] {
  return preparedOn(tx, actorStatements).atUnit.all({ unitId: input.unitId, role: input.role, now })
}

/** For every act and notice: see docs/decisions/0009. */
function actorStatements(_raw: Database.Database, tx: Tx) {
  const now = sql.placeholder('now')
  return {
    byAppointment: select(tx)
      .where(and(eq(appointments.id, sql.placeholder('appointmentId')), inForce(now)))
      .prepare(),
    atUnit: select(tx)
      .where(
        and(
          eq(appointments.unitId, sql.placeholder('unitId')),
          eq(appointments.role, sql.placeholder('role')),
          inForce(now),
        ),
      )
      .orderBy(appointments.id)
      .prepare(),
  }
}

function select(tx: Tx) {
  return tx
    .select(columns)
    .from(appointments)
    .innerJoin(people, eq(people.id, appointments.personId))
    .innerJoin(units, eq(units.id, appointments.unitId))
    .$dynamic()
}
