import { and, eq, gt, isNull, lte, or } from 'drizzle-orm'
import type { AppointmentId, Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { appointments, people, type Role, units } from '../db/schema.ts'

export type InCharge = {
  appointmentId: AppointmentId
  name: string
  role: Role
  telephone: string | null
  reachable: boolean
  orderNumber: string | null
  /** ISO date of the order. */
  orderDate: string | null
  since: Instant
}
export type UnitInCharge = { unitId: UnitId; unitName: string; telephone: string | null; people: InCharge[] }

/** ผู้รับผิดชอบ of a unit: who is appointed at `now`, and whether chat reaches them. */
export function inChargeOf(tx: Tx, unitId: UnitId, now: Instant): UnitInCharge {
  const unit = tx.select().from(units).where(eq(units.id, unitId)).get()
  const rows = tx
    .select({
      appointmentId: appointments.id,
      name: people.name,
      role: appointments.role,
      telephone: people.telephone,
      lineUserId: people.lineUserId,
      blockedAt: people.blockedAt,
      orderNumber: appointments.orderNumber,
      orderDate: appointments.orderDate,
      since: appointments.validFrom,
    })
    .from(appointments)
    .innerJoin(people, eq(people.id, appointments.personId))
    .where(
      and(
        eq(appointments.unitId, unitId),
        lte(appointments.validFrom, now),
        or(isNull(appointments.validTo), gt(appointments.validTo, now)),
        isNull(appointments.suspendedAt),
      ),
    )
    .orderBy(appointments.id)
    .all()
  return {
    unitId,
    unitName: unit?.name ?? '',
    telephone: unit?.telephone ?? null,
    people: rows.map(({ lineUserId, blockedAt, ...person }) => ({
      ...person,
      reachable: lineUserId !== null && blockedAt === null,
    })),
  }
}
