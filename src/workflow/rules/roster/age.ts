import { buddhistOffset, type CalendarDate, compareDates, earliest, latest, type PartialDate } from './calendar.ts'
import type { Grade } from './grade.ts'

/** Full years that a pupil may have at a day; both are equal when the whole birth date is known. */
export type AgeInterval = { min: number; max: number }

/** Full years between two days; negative before birth. */
export function fullYears(birth: CalendarDate, at: CalendarDate): number {
  const beforeBirthday = at.month < birth.month || (at.month === birth.month && at.day < birth.day)
  return at.year - birth.year - (beforeBirthday ? 1 : 0)
}

export function ageAt(birth: PartialDate, at: CalendarDate): AgeInterval {
  return { min: fullYears(latest(birth), at), max: fullYears(earliest(birth), at) }
}

/** Certainly born after the day, whatever the unknown parts of the date are. */
export function bornAfter(birth: PartialDate, at: CalendarDate): boolean {
  return compareDates(earliest(birth), at) > 0
}

const tolerance = 2

/**
 * Whether the age is certainly more than two years off what the grade expects: อ.n by full years at 16 May of the school
 * year, เตรียมอนุบาล and เด็กเล็ก the same with 2-5, all others by school year minus birth year.
 * `schoolYear` is in BE.
 */
export function isOffGrade(birth: PartialDate, context: { grade: Grade; schoolYear: number }): boolean {
  const { grade, schoolYear } = context
  if (grade.expected.by === 'year') {
    const age = schoolYear - (birth.year + buddhistOffset)
    return Math.abs(age - grade.expected.age) > tolerance
  }
  const { from, to } = grade.expected
  const age = ageAt(birth, { year: schoolYear - buddhistOffset, month: 5, day: 16 })
  return age.min > to + tolerance || age.max < from - tolerance
}
