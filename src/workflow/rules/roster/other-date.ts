import { buddhistOffset, type CalendarDate, dayExists, writtenInBe } from './calendar.ts'
import type { CellValue } from './cell-value.ts'
import { monthMeant } from './month-words.ts'
import { longestDate, type Plausible, serialDay, typedText } from './read-date.ts'
import { splitTypedDate, type TypedDate } from './typed-date.ts'

/**
 * What a date that cannot be right was meant to be, as dd/mm/yyyy in BE: its only other reading that makes sense for the
 * column. Undefined when there is none, or more than one.
 */
export function otherDate(cell: CellValue, plausible: Plausible): string | undefined {
  const sensible = otherReadings(cell).filter((date) => dayExists(date) && plausible(date))
  const [only, another] = new Set(sensible.map(writtenInBe))
  return another === undefined ? only : undefined
}

function otherReadings(cell: CellValue): CalendarDate[] {
  const serial = serialDay(cell)
  if (serial !== null) return yearsMeant(serial.year, 4).map((year) => ({ ...serial, year }))
  if (cell.kind !== 'text') return []
  const text = typedText(cell.text)
  if (text.length > longestDate) return []
  return [splitTypedDate(text), ...withoutSigns(text), monthMisspelt(text)].flatMap((typed) =>
    typed === null ? [] : daysMeant(typed),
  )
}

function daysMeant({ day, month, year }: TypedDate): CalendarDate[] {
  const years = yearsMeant(Number(year), year.length)
  // 05/31/2560: the month first, as programs set to English write it.
  const swapped = month > 12 ? [{ day: month, month: day }] : []
  return [{ day, month }, ...swapped].flatMap((at) => years.map((year) => ({ ...at, year })))
}

/**
 * CE years that a year may stand for when its plain reading makes no sense. Four digits: the era left out or taken wrong
 * (BE 2560 or CE 2017, once too often in either direction: 3103, 1474), or a two-digit BE year that a program completed to
 * 19.. or 20.. (1960, 2060 for 60). Three digits: the first one is missing.
 */
function yearsMeant(year: number, digits: number): number[] {
  if (digits === 3) return [2000 + year, 2000 + year - buddhistOffset]
  if (digits === 2) return [1900 + year, 2000 + year, 2500 + year - buddhistOffset]
  if (digits !== 4) return []
  const completed = year >= 1900 && year <= 2099 ? [2500 + (year % 100) - buddhistOffset] : []
  return [year, year - buddhistOffset, year - 2 * buddhistOffset, year + buddhistOffset, ...completed]
}

/** 15052560, and 25600515 as programs write it. */
function withoutSigns(text: string): TypedDate[] {
  if (!/^\d{8}$/.test(text)) return []
  const part = (from: number, to: number) => Number(text.slice(from, to))
  return [
    { day: part(0, 2), month: part(2, 4), year: text.slice(4), era: null },
    { day: part(6, 8), month: part(4, 6), year: text.slice(0, 4), era: null },
  ]
}

function monthMisspelt(text: string): TypedDate | null {
  const parts = /^(\d{1,2})[-/ .]*([ก-๎a-z][ก-๎a-z.]*)[-/ .]*(?:พ\.?ศ\.?\s*)?(\d{2}|\d{4})$/i.exec(text)
  const month = monthMeant(parts?.[2] ?? '')
  return month === null ? null : { day: Number(parts?.[1]), month, year: parts?.[3] ?? '', era: null }
}
