import type Database from 'better-sqlite3'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import type { Role } from '../db/schema.ts'

export type InChargeBelow = {
  id: UnitId
  name: string
  telephone: string | null
  people: { name: string; role: Role; telephone: string | null; reachable: boolean }[]
}

/** Who is in charge of every unit directly below, by id; a unit without anybody is there too. */
export function inChargeBelow(tx: Tx, unitId: UnitId, now: Instant): InChargeBelow[] {
  const found = new Map<UnitId, InChargeBelow>()
  for (const row of preparedOn(tx, statements).below.all({ unitId, now })) {
    const unit = found.get(row.id) ?? { id: row.id, name: row.name, telephone: row.unitTelephone, people: [] }
    found.set(row.id, unit)
    if (row.person === null || row.role === null) continue
    const { person: name, role, telephone, reachable } = row
    unit.people.push({ name, role, telephone, reachable: reachable === 1 })
  }
  return [...found.values()]
}

/** Nobody there can be reached in chat. */
export const isOrphaned = (unit: InChargeBelow): boolean => !unit.people.some(({ reachable }) => reachable)

type Row = {
  id: UnitId
  name: string
  unitTelephone: string | null
  person: string | null
  role: Role | null
  telephone: string | null
  reachable: 0 | 1
}

function statements(raw: Database.Database) {
  return {
    below: raw.prepare<[{ unitId: UnitId; now: Instant }], Row>(
      `SELECT u.id, u.name, u.telephone AS unitTelephone, p.name AS person, a.role, p.telephone,
         p.line_user_id IS NOT NULL AND p.blocked_at IS NULL AS reachable
       FROM units u
       LEFT JOIN appointments a ON a.unit_id = u.id AND a.valid_from <= @now AND (a.valid_to IS NULL OR a.valid_to > @now)
         AND a.suspended_at IS NULL
       LEFT JOIN people p ON p.id = a.person_id
       WHERE u.parent_id = @unitId AND (u.closed_at IS NULL OR u.closed_at > @now)
       ORDER BY u.id, a.id`,
    ),
  }
}
