import { ageAt, bornAfter, isOffGrade } from './age.ts'
import type { CalendarDate, PartialDate } from './calendar.ts'
import { type CellValue, cellText } from './cell-value.ts'
import { columnHeader } from './columns.ts'
import type { Grade } from './grade.ts'
import { otherDate } from './other-date.ts'
import { otherAgePrefix, type Prefix } from './prefix.ts'
import type { ProblemCode } from './problem.ts'
import { ageWords, dateWords, personWords } from './problem-words.ts'
import { type DateFault, type Plausible, readDate } from './read-date.ts'
import { cellOf, isFormula, type RowFindings, report, requiredText } from './row-findings.ts'

const birthCode: Record<DateFault, ProblemCode> = {
  unreadable: 'birth_unreadable',
  'year-unclear': 'birth_year_unclear',
  'year-out-of-range': 'birth_year_out_of_range',
  'no-such-day': 'birth_no_such_day',
  'serial-before-1970': 'birth_serial_before_1970',
}

/** The birth date, possibly known only in part; null, with the problem reported, when there is none to use. */
export function judgeBirth(findings: RowFindings, asOf: CalendarDate): PartialDate | null {
  if (requiredText(findings, 'birthDate') === null) return null
  const cell = cellOf(findings, 'birthDate')
  const reading = readDate(cell, pupilAge(asOf))
  if (!reading.ok) {
    const message = dateWords[reading.why](columnHeader('birthDate'), shownDate(cell))
    reportBirth(findings, { code: birthCode[reading.why], message, asOf })
    return null
  }
  return judgeYoungest(findings, reading.date, asOf)
}

/** With the only other reading that gives the age of a pupil, where there is one. */
function reportBirth(findings: RowFindings, found: { code: ProblemCode; message: string; asOf: CalendarDate }): void {
  const { code, message, asOf } = found
  const suggestion = otherDate(cellOf(findings, 'birthDate'), pupilAge(asOf))
  report(findings, { column: 'birthDate', code, message, suggestion })
}

/** A two-digit year is taken for a birth only where it gives an age of 1 to 25. */
function pupilAge(asOf: CalendarDate): Plausible {
  return (birth) => {
    const age = ageAt(birth, asOf)
    return age.max >= 1 && age.min <= 25
  }
}

function judgeYoungest(findings: RowFindings, birth: PartialDate, asOf: CalendarDate): PartialDate | null {
  if (bornAfter(birth, asOf)) {
    reportBirth(findings, { code: 'birth_after_as_of', message: ageWords.afterAsOf, asOf })
    return null
  }
  if (ageAt(birth, asOf).max < 1) {
    reportBirth(findings, { code: 'birth_under_one', message: ageWords.underOne(findings.kind), asOf })
    return null
  }
  return birth
}

function shownDate(cell: CellValue): string {
  return cell.kind === 'number' && cell.text !== '' ? cell.text : cellText(cell)
}

/** Prefix and grade against age; with a birth known only in part a warning comes only when it is certain. */
export function judgeAge(
  findings: RowFindings,
  pupil: { birth: PartialDate; prefix: Prefix | null; grade: Grade | null },
  context: { asOf: CalendarDate; schoolYear: number },
): void {
  const age = ageAt(pupil.birth, context.asOf)
  if (pupil.prefix !== null) judgePrefixAge(findings, pupil.prefix, age)
  if (age.min > 30) {
    reportBirth(findings, { code: 'age_over_30', message: ageWords.over30, asOf: context.asOf })
    return
  }
  if (pupil.grade === null || !isOffGrade(pupil.birth, { grade: pupil.grade, schoolYear: context.schoolYear })) return
  report(findings, { column: 'birthDate', code: 'age_off_grade', message: ageWords.offGrade(pupil.grade.name) })
}

const adultAge = 15

function judgePrefixAge(findings: RowFindings, prefix: Prefix, age: { min: number; max: number }): void {
  const tooOld = prefix.goesWith === 'child' && age.min >= adultAge
  const tooYoung = prefix.goesWith === 'adult' && age.max < adultAge
  if (!tooOld && !tooYoung) return
  const message = personWords.prefixAge(prefix.name, otherAgePrefix(prefix), tooOld)
  report(findings, { column: 'prefix', code: 'prefix_age', message })
}

// Pupils stay up to 25 years, and some are entered before the school year begins.
const yearsBack = 25

/** วันที่เข้าศึกษา is optional; what cannot be read is a warning and is not kept. */
export function judgeEnteredOn(findings: RowFindings, asOf: CalendarDate): PartialDate | null {
  const cell = cellOf(findings, 'enteredOn')
  const typed = isFormula(findings, 'enteredOn') ? '' : cellText(cell)
  if (typed === '' || typed === '-') return null
  const plausible: Plausible = ({ year }) => year >= asOf.year - yearsBack && year <= asOf.year + 1
  const reading = readDate(cell, plausible)
  if (reading.ok) return reading.date
  const message = dateWords[reading.why](columnHeader('enteredOn'), shownDate(cell))
  const suggestion = otherDate(cell, plausible)
  report(findings, { column: 'enteredOn', code: 'entered_on_unreadable', message, suggestion })
  return null
}
