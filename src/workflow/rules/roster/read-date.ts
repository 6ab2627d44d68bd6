import { remember } from '../text/remember.ts'
import { normaliseText, toArabicDigits } from '../text/thai-text.ts'
import { buddhistOffset, type CalendarDate, dayExists, fromSerial, type PartialDate } from './calendar.ts'
import type { CellValue } from './cell-value.ts'
import { splitTypedDate, type TypedDate } from './typed-date.ts'

export type DateFault = 'unreadable' | 'year-unclear' | 'year-out-of-range' | 'no-such-day' | 'serial-before-1970'
export type DateReading = { ok: true; date: PartialDate } | { ok: false; why: DateFault }

/** Whether a reading of a two-digit year makes sense for this column (a birth: age 1-25). */
export type Plausible = (date: PartialDate) => boolean

/**
 * Reads a date as people type it (d/m/yyyy, 15 พ.ค. 60, Thai digits, year alone, 00/00/2560) or as a sheet keeps it (a
 * serial). Years from 2400 are BE, 1900-2100 CE, two digits are taken only when one single reading is plausible.
 */
export function readDate(cell: CellValue, plausible: Plausible): DateReading {
  if (cell.kind === 'number') return readSerialOrYear(cell.number, plausible)
  if (cell.kind !== 'text') return { ok: false, why: 'unreadable' }
  const typed = serialOrTyped(cell.text)
  if (typed === null) return { ok: false, why: 'unreadable' }
  return typeof typed === 'number' ? readSerial(typed) : readTyped(typed, plausible)
}

// Twenty-five years of birth dates: a nation's pupils share them.
const mostDatesRemembered = 10_000

// Longer than any way to write one; the patterns below would try for seconds on a page pasted into the cell.
export const longestDate = 60

/** A typed date without what a text format puts around it. */
export function typedText(text: string): string {
  return toArabicDigits(normaliseText(text))
    .replace(/^'/, '')
    .replace(/^(\d+)\.0+$/, '$1')
}

const serialOrTyped = remember((text): number | TypedDate | null => {
  const bare = typedText(text)
  if (bare.length > longestDate) return null
  return /^\d{5,7}(?:\.\d+)?$/.test(bare) ? Number(bare) : splitTypedDate(bare)
}, mostDatesRemembered)

// A bare year typed as a number is no serial: those numbers would be days of 1905 to 1907.
function readSerialOrYear(number: number, plausible: Plausible): DateReading {
  if (!isBareYear(number)) return readSerial(number)
  return readTyped({ day: 0, month: 0, year: String(number), era: null }, plausible)
}

function isBareYear(number: number): boolean {
  return Number.isInteger(number) && number >= 1000 && number <= 9999
}

// The last serial that a spreadsheet shows as a date is 31 Dec 9999.
const lastSerial = 2_958_465

function readSerial(serial: number): DateReading {
  if (!(serial >= 1) || serial > lastSerial + 1) return { ok: false, why: 'unreadable' }
  const date = fromSerial(serial)
  // 15/5/60 typed into a date cell becomes 1960: a sheet takes two digits as CE.
  if (date.year < 1970) return { ok: false, why: 'serial-before-1970' }
  if (date.year <= 2100) return { ok: true, date }
  if (date.year < 2400) return { ok: false, why: 'year-out-of-range' }
  // Typed in BE: 543 calendar years off, never days, so that a 29 February that BE does not have is found.
  return whole({ ...date, year: date.year - buddhistOffset })
}

/** The day of a cell that holds a serial, as it stands there; null for every other cell. */
export function serialDay(cell: CellValue): CalendarDate | null {
  const serial = cell.kind === 'number' ? cell.number : cell.kind === 'text' ? serialOrTyped(cell.text) : null
  if (typeof serial !== 'number' || (cell.kind === 'number' && isBareYear(serial))) return null
  return serial >= 1 && serial <= lastSerial ? fromSerial(serial) : null
}

function readTyped(typed: TypedDate, plausible: Plausible): DateReading {
  const date = (year: number): PartialDate => ({ year, month: typed.month || null, day: typed.day || null })
  const candidates = possibleYears(typed)
  if (candidates === null) return { ok: false, why: 'year-out-of-range' }
  const years = candidates.length === 1 ? candidates : candidates.filter((year) => plausible(date(year)))
  const [year, another] = years
  if (year === undefined || another !== undefined) return { ok: false, why: 'year-unclear' }
  return whole(date(year))
}

/** CE years that the typed year may mean; null when it means none. */
function possibleYears({ year, era }: TypedDate): number[] | null {
  const value = Number(year)
  if (year.length === 3 || year.length === 1) return []
  if (year.length === 2) {
    const be = 2500 - buddhistOffset + value
    if (era === 'be') return [be]
    return era === 'ce' ? [1900 + value, 2000 + value] : [be, 1900 + value, 2000 + value]
  }
  if (value >= 2400 && era !== 'ce') return [value - buddhistOffset]
  if (value >= 1900 && value <= 2100 && era !== 'be') return [value]
  return null
}

function whole(date: PartialDate): DateReading {
  if (date.month === null) return date.day === null ? { ok: true, date } : { ok: false, why: 'no-such-day' }
  const day = { year: date.year, month: date.month, day: date.day ?? 1 }
  return dayExists(day) ? { ok: true, date } : { ok: false, why: 'no-such-day' }
}
