import { ageAt } from '../workflow/rules/roster/age.ts'
import { buddhistOffset, type CalendarDate, type PartialDate } from '../workflow/rules/roster/calendar.ts'
import { type CellValue, cellText, emptyCell } from '../workflow/rules/roster/cell-value.ts'
import { readGrade } from '../workflow/rules/roster/grade.ts'
import { readPrefix, readSex } from '../workflow/rules/roster/prefix.ts'
import { bareNumber, readPupilNumber } from '../workflow/rules/roster/pupil-number.ts'
import { type Plausible, readDate } from '../workflow/rules/roster/read-date.ts'
import type { RawRow } from '../workflow/rules/roster/row-findings.ts'
import { type PupilStatus, readStatus } from '../workflow/rules/roster/status.ts'
import { wordKey } from '../workflow/rules/text/thai-text.ts'
import type { ImportedColumn } from './rpt318-header.ts'

/**
 * Words for สภาพนักเรียน that mean one of our statuses. Which words RPT318 uses is not documented: others are written as they
 * stand, and the rules report them.
 */
const STATUS_WORDS: Record<string, PupilStatus> = {
  ปกติ: 'เรียนอยู่',
  กำลังเรียน: 'เรียนอยู่',
  กำลังเรียนอยู่: 'เรียนอยู่',
  กำลังศึกษา: 'เรียนอยู่',
  กำลังศึกษาอยู่: 'เรียนอยู่',
  ศึกษาอยู่: 'เรียนอยู่',
  เข้าเรียนปกติ: 'เรียนอยู่',
  รับย้าย: 'ย้ายเข้า',
  รับย้ายเข้า: 'ย้ายเข้า',
  ย้ายสถานศึกษา: 'ย้ายออก',
  ย้ายโรงเรียน: 'ย้ายออก',
  จบ: 'จบการศึกษา',
  จบหลักสูตร: 'จบการศึกษา',
  สำเร็จการศึกษา: 'จบการศึกษา',
  ถึงแก่กรรม: 'เสียชีวิต',
  รอรหัสgcode: 'รอออกรหัส G-Code',
}

/** Two-digit years are read as the rules read them: a birth gives an age of 1 to 25, an entry lies in that time. */
function plausibleFor(column: 'birthDate' | 'enteredOn', asOf: CalendarDate): Plausible {
  if (column === 'enteredOn') return ({ year }) => year >= asOf.year - 25 && year <= asOf.year + 1
  return (birth) => {
    const age = ageAt(birth, asOf)
    return age.max >= 1 && age.min <= 25
  }
}

/**
 * The text that a cell says in the roster's own spelling: dates d/m/BE, grades, prefixes and statuses as the sheet lists them.
 * What is not understood stays as typed. Two cells with the same text mean the same.
 */
export function importedText(column: ImportedColumn, cell: CellValue | undefined, asOf: CalendarDate): string {
  const typed = cellText(cell)
  if (cell === undefined || typed === '') return ''
  switch (column) {
    case 'nationalId': {
      const reading = readPupilNumber(cell)
      return reading.kind === 'national_id' || reading.kind === 'g_code' ? reading.number : bareNumber(typed)
    }
    case 'birthDate':
    case 'enteredOn': {
      if (typed === '-') return ''
      const reading = readDate(cell, plausibleFor(column, asOf))
      return reading.ok ? writtenDate(reading.date) : shown(cell)
    }
    case 'prefix':
      return readPrefix(typed)?.name ?? typed
    case 'sex': {
      const sex = readSex(typed)
      return sex === null ? typed : sex === 'm' ? 'ชาย' : 'หญิง'
    }
    case 'grade':
      return readGrade(typed)?.name ?? typed
    case 'status':
      return readStatus(typed) ?? STATUS_WORDS[wordKey(typed).replaceAll('-', '')] ?? typed
    case 'nationality':
      return /^(?:สัญชาติ)?\s*(?:ไทย|thai)$/i.test(typed) ? 'ไทย' : typed
    case 'pupilNumber':
    case 'firstName':
    case 'lastName':
    case 'room':
      return typed
  }
}

/** dd/mm/BE; unknown parts as 00, which the rules read. */
function writtenDate({ year, month, day }: PartialDate): string {
  const two = (part: number | null) => String(part ?? 0).padStart(2, '0')
  return `${two(day)}/${two(month)}/${year + buddhistOffset}`
}

function shown(cell: CellValue): string {
  return cell.kind === 'number' && cell.text !== '' ? cell.text : cellText(cell)
}

/** What tells a pupil apart where there is no number: both names and the birth date; null without names. */
export function personKey(cells: RawRow['cells'], asOf: CalendarDate): string | null {
  const first = wordKey(cellText(cells.firstName))
  const last = wordKey(cellText(cells.lastName))
  if (first === '' || last === '') return null
  return `${first}|${last}|${importedText('birthDate', cells.birthDate, asOf)}`
}

export type NumberOfRow = {
  /** Null where the number cannot tell pupils apart: none, rounded, or words. */
  comparable: string | null
  kind: 'none' | 'national_id' | 'g_code' | 'bad'
}

export function numberOf(cells: RawRow['cells']): NumberOfRow {
  const cell = cells.nationalId ?? emptyCell
  if (cell.kind === 'formula') return { kind: 'bad', comparable: null }
  const reading = readPupilNumber(cell)
  switch (reading.kind) {
    case 'none':
      return { kind: 'none', comparable: null }
    case 'national_id':
    case 'g_code':
      return { kind: reading.kind, comparable: reading.number }
    case 'bad': {
      const { why } = reading.fault
      return { kind: 'bad', comparable: why === 'rounded' || why === 'characters' ? null : reading.bare }
    }
  }
}
