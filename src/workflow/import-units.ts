import { and, eq, isNull } from 'drizzle-orm'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type UnitKind, type UnitLevel, unitCodes, units } from '../db/schema.ts'
import { appendEvent } from './event-log.ts'
import { normaliseText } from './rules/text/thai-text.ts'
import { unitByCode } from './unit.ts'

/** One data line of a units file: a registry of LAOs, or institutions under an LAO. `line` is its number in the file. */
export type UnitRow = { line: number; cells: Record<string, string> }

export type ImportProblem = { line: number; words: string }
export type ImportReport = {
  added: number
  renamed: number
  moved: number
  unchanged: number
  warnings: ImportProblem[]
}
export type ImportResult = { ok: true; report: ImportReport } | { ok: false; problems: ImportProblem[] }

const LAO_WORDS: Record<string, string> = {
  pao: 'องค์การบริหารส่วนจังหวัด',
  city_municipality: 'เทศบาลนคร',
  town_municipality: 'เทศบาลเมือง',
  subdistrict_municipality: 'เทศบาลตำบล',
  sao: 'องค์การบริหารส่วนตำบล',
  special: 'เมือง',
}
const INSTITUTION_WORDS: Record<string, string> = {
  school: 'โรงเรียน',
  college: 'วิทยาลัย',
  child_centre: 'ศูนย์พัฒนาเด็กเล็ก',
}

type Wanted = {
  line: number
  code: string
  level: UnitLevel
  kind: UnitKind
  name: string
  parentCode: string | null
  district: string | null
  telephone: string | null
}

/**
 * Imports LAOs (columns code, kind, name_th, province_code, province_th, district_th) and institutions (code, kind, name_th,
 * lao_code), in one file or several. All or nothing: every bad line is named and then nothing is changed. Idempotent.
 * The kind comes from the file, never from the code (R19..R22).
 */
export function importUnits(tx: Tx, rows: readonly UnitRow[], now: Instant): ImportResult {
  const problems: ImportProblem[] = []
  const warnings: ImportProblem[] = []
  const wanted = rows.map((row) => readRow(row, problems, warnings)).filter((row) => row !== null)
  const provinces = provincesOf(rows, problems)
  findDuplicates(wanted, problems)
  findUnknownParents(tx, { wanted, provinces }, problems)
  if (problems.length > 0) return { ok: false, problems: problems.sort((a, b) => a.line - b.line) }
  const report: ImportReport = { added: 0, renamed: 0, moved: 0, unchanged: 0, warnings }
  const departmentId = ensureDepartment(tx, now)
  for (const [code, name] of provinces)
    upsert(
      tx,
      {
        code,
        level: 'province',
        kind: 'province',
        name: `จังหวัด${name}`,
        parentId: departmentId,
        district: null,
        telephone: null,
      },
      report,
      now,
    )
  for (const level of ['lao', 'institution'] as const) {
    for (const row of wanted.filter((candidate) => candidate.level === level)) {
      const parentId = row.parentCode ? (unitByCode(tx, row.parentCode)?.id ?? null) : null
      upsert(tx, { ...row, parentId }, report, now)
    }
  }
  return { ok: true, report }
}

function readRow(row: UnitRow, problems: ImportProblem[], warnings: ImportProblem[]): Wanted | null {
  const { line, cells } = row
  const cell = (name: string) => normaliseText(cells[name] ?? '').trim()
  const code = cell('code')
  const kind = cell('kind')
  const name = cell('name_th') || cell('name')
  const before = problems.length
  const isLao = Object.hasOwn(LAO_WORDS, kind)
  if (!isLao && !Object.hasOwn(INSTITUTION_WORDS, kind)) {
    problems.push({ line, words: `ไม่รู้จักประเภท (kind) "${kind}"` })
    return null
  }
  const digits = isLao ? 8 : 10
  if (!new RegExp(`^[0-9]{${digits}}$`).test(code)) {
    const hint = code.length === digits - 1 ? ' (เลขศูนย์นำหน้าอาจหายไป ให้จัดคอลัมน์เป็นข้อความ)' : ''
    problems.push({ line, words: `รหัส (code) "${code}" ต้องเป็นตัวเลข ${digits} หลัก${hint}` })
  }
  if (name === '') problems.push({ line, words: 'ไม่มีชื่อ (name_th)' })
  const parentCode = isLao ? cell('province_code') : cell('lao_code') || cell('parent_code')
  if (parentCode === '')
    problems.push({ line, words: isLao ? 'ไม่มีรหัสจังหวัด (province_code)' : 'ไม่มีรหัส อปท. ต้นสังกัด (lao_code)' })
  if (isLao && parentCode !== '' && !/^[0-9]{2}$/.test(parentCode))
    problems.push({ line, words: `รหัสจังหวัด (province_code) "${parentCode}" ต้องเป็นตัวเลข 2 หลัก` })
  if (problems.length > before) return null
  if (!isLao && /^30..3/.test(code)) {
    warnings.push({
      line,
      words: `รหัส ${code} ขึ้นต้น 30xx3 ใช้ได้ทั้งโรงเรียนและศูนย์พัฒนาเด็กเล็กของ อบต. ระบบใช้ประเภทตามไฟล์ (${kind})`,
    })
  }
  const word = isLao ? LAO_WORDS[kind] : INSTITUTION_WORDS[kind]
  return {
    line,
    code,
    level: isLao ? 'lao' : 'institution',
    kind: kind as UnitKind,
    name: name.startsWith(word ?? '') ? name : `${word}${name}`,
    parentCode: isLao ? provinceKey(parentCode) : parentCode,
    district: cell('district_th') || null,
    telephone: cell('telephone') || null,
  }
}

/** Provinces have no code pattern of their own in the source (R22): the two digits, marked as a province's. */
const provinceKey = (code: string): string => `P${code}`

function provincesOf(rows: readonly UnitRow[], problems: ImportProblem[]): Map<string, string> {
  const provinces = new Map<string, string>()
  for (const { line, cells } of rows) {
    const code = (cells['province_code'] ?? '').trim()
    const name = normaliseText(cells['province_th'] ?? '').trim()
    if (code === '' || name === '') continue
    const known = provinces.get(provinceKey(code))
    if (known && known !== name) problems.push({ line, words: `จังหวัดรหัส ${code} มีสองชื่อ: ${known} และ ${name}` })
    provinces.set(provinceKey(code), known ?? name)
  }
  return provinces
}

function findDuplicates(wanted: readonly Wanted[], problems: ImportProblem[]): void {
  const first = new Map<string, number>()
  for (const { code, line } of wanted) {
    const before = first.get(code)
    if (before === undefined) first.set(code, line)
    else problems.push({ line, words: `รหัส ${code} ซ้ำกับบรรทัดที่ ${before}` })
  }
}

function findUnknownParents(
  tx: Tx,
  input: { wanted: readonly Wanted[]; provinces: Map<string, string> },
  problems: ImportProblem[],
): void {
  const inFile = {
    lao: new Set(input.provinces.keys()),
    institution: new Set(input.wanted.filter((row) => row.level === 'lao').map((row) => row.code)),
  }
  const known = new Map<string, boolean>()
  for (const { parentCode, line, level } of input.wanted) {
    if (parentCode === null || (level !== 'lao' && level !== 'institution') || inFile[level].has(parentCode)) continue
    const parentLevel = level === 'lao' ? 'province' : 'lao'
    const there = known.get(parentCode) ?? unitByCode(tx, parentCode)?.level === parentLevel
    known.set(parentCode, there)
    if (there) continue
    const words =
      level === 'lao' ? `ไม่รู้จักจังหวัดรหัส ${parentCode.slice(1)} (ไม่มี province_th)` : `ไม่รู้จัก อปท. ต้นสังกัดรหัส ${parentCode}`
    problems.push({ line, words })
  }
}

function ensureDepartment(tx: Tx, now: Instant): UnitId {
  const known = tx.select({ id: units.id }).from(units).where(eq(units.level, 'department')).get()
  if (known) return known.id
  return tx
    .insert(units)
    .values({ level: 'department', kind: 'department', name: 'กรมส่งเสริมการปกครองท้องถิ่น', parentId: null, openedAt: now })
    .returning({ id: units.id })
    .get().id
}

function upsert(
  tx: Tx,
  row: Omit<Wanted, 'line' | 'parentCode'> & { parentId: UnitId | null },
  report: ImportReport,
  now: Instant,
): void {
  const { code, ...values } = row
  const known = unitByCode(tx, code)
  if (!known) {
    const { id } = tx
      .insert(units)
      .values({
        level: values.level,
        kind: values.kind,
        name: values.name,
        parentId: values.parentId,
        district: values.district,
        telephone: values.telephone,
        openedAt: now,
      })
      .returning({ id: units.id })
      .get()
    tx.insert(unitCodes).values({ unitId: id, code, validFrom: now }).run()
    appendEvent(tx, {
      at: now,
      type: 'unit-added',
      unitId: id,
      data: { code, level: values.level, kind: values.kind, parentId: values.parentId },
    })
    report.added += 1
    return
  }
  const renamed = known.name !== values.name || known.kind !== values.kind
  const moved = known.parentId !== values.parentId
  const telephone = values.telephone ?? known.telephone
  if (!renamed && !moved && known.district === values.district && known.telephone === telephone) {
    report.unchanged += 1
    return
  }
  tx.update(units)
    .set({ name: values.name, kind: values.kind, parentId: values.parentId, district: values.district, telephone })
    .where(and(eq(units.id, known.id), isNull(units.closedAt)))
    .run()
  appendEvent(tx, {
    at: now,
    type: 'unit-changed',
    unitId: known.id,
    data: { code, kind: values.kind, parentId: values.parentId, renamed, moved },
  })
  if (moved) report.moved += 1
  else if (renamed) report.renamed += 1
  else report.unchanged += 1
}
