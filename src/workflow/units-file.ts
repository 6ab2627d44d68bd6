import type { Instant } from '../db/ids.ts'
import type { UnitKind, UnitLevel } from '../db/schema.ts'
import { normaliseText } from './rules/text/thai-text.ts'

/** One data line of a units file: a registry of LAOs, or institutions under an LAO. `line` is its number in the file. */
export type UnitRow = { line: number; cells: Record<string, string> }
export type ImportProblem = { line: number; words: string }

export type Wanted = {
  line: number
  code: string
  level: UnitLevel
  kind: UnitKind
  name: string
  parentCode: string
  district: string | null
  telephone: string | null
  /** The code that it bore before, when the file says that it got a new one. */
  formerCode: string | null
  /** Since when the code is its own, or when the unit was founded. */
  opened: Instant | null
  closed: Instant | null
  reason: string | null
  letter: string | null
}

export type UnitsFile = { wanted: Wanted[]; provinces: Map<string, string>; warnings: ImportProblem[] }

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

/** Name as people say it, with the word for its kind before it; null for a kind that nobody knows. */
export function fullName(kind: string, name: string): string | null {
  const word = Object.hasOwn(LAO_WORDS, kind) ? LAO_WORDS[kind] : undefined
  const before = word ?? (Object.hasOwn(INSTITUTION_WORDS, kind) ? INSTITUTION_WORDS[kind] : undefined)
  if (before === undefined) return null
  return name.startsWith(before) ? name : `${before}${name}`
}

/** A name stands in typed commands and buttons, where LINE takes 300 UTF-16 units for all. */
const LONGEST_NAME = 150

/** Reads every row of a units file; what is wrong in it is added to `problems`, line by line. */
export function readUnitsFile(rows: readonly UnitRow[], problems: ImportProblem[]): UnitsFile {
  const warnings: ImportProblem[] = []
  const wanted = rows.map((row) => readRow(row, problems, warnings)).filter((row) => row !== null)
  const provinces = provincesOf(rows, problems)
  findDuplicates(wanted, problems)
  return { wanted, provinces, warnings }
}

function readRow(row: UnitRow, problems: ImportProblem[], warnings: ImportProblem[]): Wanted | null {
  const { line, cells } = row
  const cell = (name: string) => normaliseText(cells[name] ?? '').trim()
  const code = cell('code')
  const kind = cell('kind')
  const given = cell('name_th') || cell('name')
  const before = problems.length
  const isLao = Object.hasOwn(LAO_WORDS, kind)
  const name = fullName(kind, given)
  if (name === null) {
    problems.push({ line, words: `ไม่รู้จักประเภท (kind) "${kind}"` })
    return null
  }
  // R22 gives no pattern for a college's code.
  const digits = isLao ? 8 : kind === 'college' ? null : 10
  checkCode({ line, column: 'code', code, digits }, problems)
  const formerCode = cell('former_code')
  if (formerCode !== '') checkCode({ line, column: 'former_code', code: formerCode, digits }, problems)
  if (given === '') problems.push({ line, words: 'ไม่มีชื่อ (name_th)' })
  if (given.length > LONGEST_NAME)
    problems.push({ line, words: `ชื่อ (name_th) ยาว ${given.length} ตัวอักษร ต้องไม่เกิน ${LONGEST_NAME} ตัวอักษร` })
  const parentCode = isLao ? cell('province_code') : cell('lao_code') || cell('parent_code')
  if (parentCode === '')
    problems.push({ line, words: isLao ? 'ไม่มีรหัสจังหวัด (province_code)' : 'ไม่มีรหัส อปท. ต้นสังกัด (lao_code)' })
  if (isLao && parentCode !== '' && !/^[0-9]{2}$/.test(parentCode))
    problems.push({ line, words: `รหัสจังหวัด (province_code) "${parentCode}" ต้องเป็นตัวเลข 2 หลัก` })
  const opened = dateIn({ line, column: 'opened', text: cell('opened') }, problems)
  const closed = dateIn({ line, column: 'closed', text: cell('closed') }, problems)
  if (problems.length > before) return null
  // R20 R21: 30xx3 stands for a school and for a centre of an SAO; the kind comes from the file.
  if (!isLao && /^30..3/.test(code)) {
    warnings.push({
      line,
      words: `รหัส ${code} ขึ้นต้น 30xx3 ใช้ได้ทั้งโรงเรียนและศูนย์พัฒนาเด็กเล็กของ อบต. ระบบใช้ประเภทตามไฟล์ (${kind})`,
    })
  }
  return {
    line,
    code,
    level: isLao ? 'lao' : 'institution',
    kind: kind as UnitKind,
    name,
    parentCode: isLao ? provinceKey(parentCode) : parentCode,
    district: cell('district_th') || null,
    telephone: cell('telephone') || null,
    formerCode: formerCode === '' || formerCode === code ? null : formerCode,
    opened,
    closed,
    reason: cell('reason') || null,
    letter: cell('letter') || null,
  }
}

function checkCode(
  input: { line: number; column: string; code: string; digits: number | null },
  problems: ImportProblem[],
): void {
  const { line, column, code, digits } = input
  if (digits === null) {
    if (!/^[0-9A-Z]{4,12}$/.test(code))
      problems.push({ line, words: `รหัส (${column}) "${code}" ต้องเป็นตัวเลขหรืออักษรอังกฤษพิมพ์ใหญ่ 4 ถึง 12 ตัว` })
    return
  }
  if (new RegExp(`^[0-9]{${digits}}$`).test(code)) return
  const hint = code.length === digits - 1 ? ' (เลขศูนย์นำหน้าอาจหายไป ให้จัดคอลัมน์เป็นข้อความ)' : ''
  problems.push({ line, words: `รหัส (${column}) "${code}" ต้องเป็นตัวเลข ${digits} หลัก${hint}` })
}

function dateIn(input: { line: number; column: string; text: string }, problems: ImportProblem[]): Instant | null {
  if (input.text === '') return null
  const at = bangkokMidnight(input.text)
  if (at === null)
    problems.push({
      line: input.line,
      words: `วันที่ (${input.column}) "${input.text}" ต้องเป็นแบบ YYYY-MM-DD ปี ค.ศ.`,
    })
  return at
}

/** The beginning of an ISO day (CE) in Bangkok, which has no daylight saving; null for what is no such day. */
export function bangkokMidnight(day: string): Instant | null {
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(day)) return null
  const utc = Date.parse(`${day}T00:00:00Z`)
  const real = !Number.isNaN(utc) && new Date(utc).toISOString().startsWith(day)
  return real ? utc - 7 * 3_600_000 : null
}

/** Provinces have no code pattern of their own in the source (R22): the two digits, marked as a province's. */
export const provinceKey = (code: string): string => `P${code}`

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
  const formerly = new Map<string, number>()
  for (const { code, formerCode, line } of wanted) {
    const before = first.get(code)
    if (before === undefined) first.set(code, line)
    else problems.push({ line, words: `รหัส ${code} ซ้ำกับบรรทัดที่ ${before}` })
    const claimed = formerCode === null ? undefined : formerly.get(formerCode)
    if (formerCode !== null && claimed === undefined) formerly.set(formerCode, line)
    if (claimed !== undefined) problems.push({ line, words: `รหัสเดิม ${formerCode} ซ้ำกับบรรทัดที่ ${claimed}` })
  }
}
