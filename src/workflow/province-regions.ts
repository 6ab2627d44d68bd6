import type Database from 'better-sqlite3'
import type { UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { type Region, regionOf } from './rules/regions.ts'

/** In which region each province of the department lies, by any code that it has borne; one without is left out. */
export function provinceRegions(tx: Tx, departmentId: UnitId): Map<UnitId, Region> {
  const found = new Map<UnitId, Region>()
  for (const { id, code } of preparedOn(tx, statements).codes.all(departmentId)) {
    const region = regionOf(code)
    if (region) found.set(id, region)
  }
  return found
}

function statements(raw: Database.Database) {
  return {
    codes: raw.prepare<[UnitId], { id: UnitId; code: string }>(
      `SELECT u.id, c.code FROM units u JOIN unit_codes c ON c.unit_id = u.id
       WHERE u.parent_id = ? AND u.level = 'province' ORDER BY c.id`,
    ),
  }
}
