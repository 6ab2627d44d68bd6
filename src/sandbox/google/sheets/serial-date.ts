// Sheets counts days from 1899-12-30; a JavaScript date counts milliseconds from 1970-01-01.
const epochOffsetDays = 25_569
const dayMs = 86_400_000

/** The serial of a calendar date, or nothing when the date does not exist. */
export function serialOf(year: number, month: number, day: number): number | undefined {
  const date = new Date(Date.UTC(2000, month - 1, day))
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  return Math.round(date.getTime() / dayMs) + epochOffsetDays
}

export function dateOfSerial(serial: number): Date {
  return new Date(Math.round((serial - epochOffsetDays) * dayMs))
}
