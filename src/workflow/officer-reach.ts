import type Database from 'better-sqlite3'
import type { AppointmentId, Instant, PersonId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'

/** An officer in force at a unit, and whether chat reaches him. */
export type OfficerReach = {
  personId: PersonId
  appointmentId: AppointmentId
  name: string
  telephone: string | null
  /** Has an account. */
  bound: boolean
  /** Has an account that has not blocked us. */
  reachable: boolean
  /** Own quiet hours, in minutes of the Bangkok day. */
  quietFrom: number | null
  quietTo: number | null
}

/** The officers of many units at once; a unit without any is left out. */
export function officersAt(tx: Tx, unitIds: readonly UnitId[], now: Instant): Map<UnitId, OfficerReach[]> {
  const rows = preparedOn(tx, statements).officers.all({ ids: JSON.stringify(unitIds), now })
  const found = new Map<UnitId, OfficerReach[]>()
  for (const { unitId, bound, reachable, ...officer } of rows) {
    const there = found.get(unitId) ?? []
    found.set(unitId, [...there, { ...officer, bound: bound === 1, reachable: reachable === 1 }])
  }
  return found
}

type Row = Omit<OfficerReach, 'bound' | 'reachable'> & { unitId: UnitId; bound: 0 | 1; reachable: 0 | 1 }

function statements(raw: Database.Database) {
  return {
    officers: raw.prepare<[{ ids: string; now: Instant }], Row>(
      `SELECT a.unit_id AS unitId, a.id AS appointmentId, p.id AS personId, p.name, p.telephone,
         p.line_user_id IS NOT NULL AS bound,
         p.line_user_id IS NOT NULL AND p.blocked_at IS NULL AS reachable, p.quiet_from AS quietFrom, p.quiet_to AS quietTo
       FROM json_each(@ids) asked CROSS JOIN appointments a ON a.unit_id = asked.value
       JOIN people p ON p.id = a.person_id
       WHERE a.role = 'officer' AND a.valid_from <= @now AND (a.valid_to IS NULL OR a.valid_to > @now)
         AND a.suspended_at IS NULL
       ORDER BY a.id`,
    ),
  }
}
