/** A day in CE years. */
export type CalendarDate = { year: number; month: number; day: number }
/** A birth of which only the year, or year and month, are known: real in civil registration. CE years. */
export type PartialDate = { year: number; month: number | null; day: number | null }

/** BE = CE + 543. */
export const buddhistOffset = 543

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Days of a CE month; 0 for a month that does not exist. */
export function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 && leap ? 29 : (monthLengths[month - 1] ?? 0)
}

export function dayExists(date: CalendarDate): boolean {
  return date.day >= 1 && date.day <= daysInMonth(date.year, date.month)
}

/** Negative when a is before b. */
export function compareDates(a: CalendarDate, b: CalendarDate): number {
  return a.year - b.year || a.month - b.month || a.day - b.day
}

export function earliest(date: PartialDate): CalendarDate {
  return { year: date.year, month: date.month ?? 1, day: date.day ?? 1 }
}

export function latest(date: PartialDate): CalendarDate {
  const month = date.month ?? 12
  return { year: date.year, month, day: date.day ?? daysInMonth(date.year, month) }
}

/** Spreadsheet serials count days since 1899-12-30; a fraction is the time of day. */
export function fromSerial(serial: number): CalendarDate {
  const at = new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * 86_400_000)
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() }
}

/** dd/mm/yyyy in BE, as people write it in the sheet. */
export function writtenInBe(date: CalendarDate): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(date.day)}/${two(date.month)}/${date.year + buddhistOffset}`
}

/** The BE school year that a day belongs to: school years begin on 16 May. */
export function schoolYearOf(date: CalendarDate): number {
  const begun = compareDates(date, { year: date.year, month: 5, day: 16 }) >= 0
  return date.year + buddhistOffset - (begun ? 0 : 1)
}
