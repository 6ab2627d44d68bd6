import type Database from 'better-sqlite3'
import { insertInto } from './insert-into.ts'
import { HOUR, INSTITUTIONS, NOW } from './nation-size.ts'
import { type RegistryLao, readRegistry } from './read-registry.ts'
import { seeded } from './seeded.ts'

export type Officer = { personId: number; appointmentId: number }
export type PlacedLao = { id: number; provinceId: number; officer: Officer; institutions: PlacedInstitution[] }
export type PlacedInstitution = { id: number; laoId: number; provinceId: number; index: number; officer: Officer }
export type PlacedProvince = { id: number; officer: Officer; laos: PlacedLao[] }
export type Places = { departmentId: number; provinces: PlacedProvince[] }

const KINDS = ['school', 'child_centre', 'child_centre', 'school', 'college'] as const

/** Department, provinces, LAOs and institutions, each with a code, an officer of its own and that person's LINE account. */
export function placeUnits(raw: Database.Database, registryFile: string): Places {
  const registry = readRegistry(registryFile)
  const unit = insertInto(raw, 'units', ['level', 'kind', 'name', 'parent_id', 'opened_at'])
  const code = insertInto(raw, 'unit_codes', ['unit_id', 'code', 'valid_from'])
  const appoint = officersOf(raw)
  const place = (level: string, kind: string, name: string, parentId: number | null, unitCode: string | null) => {
    const id = unit(level, kind, name, parentId, 0)
    if (unitCode) code(id, unitCode, 0)
    return { id, officer: appoint(id) }
  }
  const departmentId = place('department', 'department', 'กรมส่งเสริมการปกครองท้องถิ่น', null, null).id
  const provinces: PlacedProvince[] = []
  for (const [provinceCode, rows] of Map.groupBy(registry, (row) => row.provinceCode)) {
    const province = place('province', 'province', rows[0]?.province ?? '', departmentId, `P${provinceCode}`)
    const laos = rows.map((row: RegistryLao) => ({
      ...place('lao', row.kind, row.name, province.id, row.code),
      provinceId: province.id,
      institutions: [] as PlacedInstitution[],
    }))
    provinces.push({ ...province, laos })
  }
  const laos = provinces.flatMap((province) => province.laos)
  const random = seeded(1)
  for (let index = 0; index < INSTITUTIONS; index += 1) {
    // Every seventh LAO or so has none, most have a few, some have many.
    const lao = laos[Math.min(random.below(laos.length), random.below(laos.length * 2)) % laos.length]
    if (!lao) continue
    const kind = KINDS[index % KINDS.length] ?? 'school'
    const name = `${kind === 'child_centre' ? 'ศพด.' : 'โรงเรียน'}ทดสอบ ${index}`
    const placed = place('institution', kind, name, lao.id, String(3_099_000_000 + index))
    lao.institutions.push({ ...placed, laoId: lao.id, provinceId: lao.provinceId, index })
  }
  return { departmentId, provinces }
}

function officersOf(raw: Database.Database): (unitId: number) => Officer {
  const person = insertInto(raw, 'people', ['name', 'line_user_id', 'created_at'])
  const appointment = insertInto(raw, 'appointments', ['person_id', 'unit_id', 'role', 'valid_from'])
  return (unitId) => {
    const personId = person(`เจ้าหน้าที่ทดสอบ ${unitId}`, `U${String(unitId).padStart(32, '0')}`, 0)
    return { personId, appointmentId: appointment(personId, unitId, 'officer', NOW - 1_000 * HOUR) }
  }
}
