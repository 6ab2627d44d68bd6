import { aliasedTable, eq, inArray } from 'drizzle-orm'
import type { UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { units } from '../db/schema.ts'
import { commonLevel } from './rules/shared-pupil.ts'

/** The lowest unit that stands above all these institutions: their LAO, else their province, else the department. */
export function commonSuperior(tx: Tx, institutionIds: readonly UnitId[]): UnitId {
  const laos = aliasedTable(units, 'laos')
  const provinces = aliasedTable(units, 'provinces')
  const rows = tx
    .select({ laoId: laos.id, provinceId: provinces.id, departmentId: provinces.parentId })
    .from(units)
    .innerJoin(laos, eq(laos.id, units.parentId))
    .innerJoin(provinces, eq(provinces.id, laos.parentId))
    .where(inArray(units.id, [...institutionIds]))
    .all()
  const [first] = rows
  if (!first) throw new Error(`institutions ${institutionIds.join(', ')} are gone`)
  const level = commonLevel(rows)
  if (level === 'lao') return first.laoId
  if (level === 'province' || first.departmentId === null) return first.provinceId
  return first.departmentId
}
