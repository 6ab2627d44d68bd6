import { dayExists } from './roster/calendar.ts'
import { readDate } from './roster/read-date.ts'
import { normaliseText, plainDashes, toArabicDigits } from './text/thai-text.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Bangkok is UTC+7 all year. */
const BANGKOK = 7 * HOUR
const END_OF_OFFICE_DAY = { hour: 16, minute: 30 }

/** A date at the end of a text, with the time of day if one is named, and what stands before it. */
export type TypedMoment = { before: string; at: number }

const TIME = /(?:^|\s+|เวลา\s*)([01]?\d|2[0-3])(?:[.:]([0-5]\d)\s*(?:น\.?|นาฬิกา)?|\s*(?:น\.?|นาฬิกา))$/
const NEAR_DAYS: readonly [RegExp, number][] = [
  [/^(.*?)\s*มะรืน(?:นี้)?$/, 2],
  [/^(.*?)\s*พรุ่งนี้$/, 1],
  [/^(.*?)\s*วันนี้$/, 0],
]

/**
 * Reads "โรงเรียนบ้านนา 9 มิ.ย. 16.30", "9/6/67 เวลา 16:30 น.", "พรุ่งนี้ 10.00": epoch ms in Bangkok. Without a year it is the date
 * nearest to `now`, without a time the end of the office day; null when no date is found. A time alone is none.
 */
export function readTypedMoment(raw: string, now: number): TypedMoment | null {
  const text = plainDashes(toArabicDigits(normaliseText(raw)))
    .replace(/\s*,\s*/g, ' ')
    .trim()
  const { rest, time } = takeTime(text)
  const found = nearDay(rest, now) ?? calendarDay(rest, now)
  if (!found) return null
  const before = found.before.replace(/\s*(?:ภายใน|วันที่|วัน|ใน)?\s*$/, '').trim()
  return { before, at: found.day + time.hour * HOUR + time.minute * 60_000 }
}

function takeTime(text: string): { rest: string; time: { hour: number; minute: number } } {
  const found = TIME.exec(text)
  if (!found) return { rest: text, time: END_OF_OFFICE_DAY }
  const rest = text
    .slice(0, found.index)
    .replace(/\s*(?:เวลา|ก่อน|ก่อนเวลา)\s*$/, '')
    .trim()
  return { rest, time: { hour: Number(found[1]), minute: Number(found[2] ?? 0) } }
}

type Found = { before: string; day: number }

function nearDay(text: string, now: number): Found | null {
  for (const [words, days] of NEAR_DAYS) {
    const found = words.exec(text)
    if (found) return { before: found[1] ?? '', day: startOfDay(now) + days * DAY }
  }
  return null
}

/** The first number after which everything is a date near `now`: "โรงเรียนเทศบาล 1 9 มิ.ย." has its date at the 9. */
function calendarDay(text: string, now: number): Found | null {
  for (const { index } of text.matchAll(/(?<!\d)\d{1,4}/g)) {
    const day = dayOf(text.slice(index), now)
    if (day !== null) return { before: text.slice(0, index), day }
  }
  return null
}

function dayOf(text: string, now: number): number | null {
  const thisYear = new Date(now + BANGKOK).getUTCFullYear()
  const years = /\d{4}|\d{1,2}\D+\d{1,2}\D+\d{2}$|[ก-๎][\s.]*\d{2}$/.test(text)
    ? ['']
    : [thisYear - 1, thisYear, thisYear + 1]
  const days = years.flatMap((year) => {
    const written = year === '' ? text : `${text}${/[/-]\d{1,2}$/.test(text) ? `/${year}` : ` ${year}`}`
    const read = readDate({ kind: 'text', text: written }, (date) => Math.abs(date.year - thisYear) <= 1)
    if (!read.ok || read.date.month === null || read.date.day === null) return []
    const date = { year: read.date.year, month: read.date.month, day: read.date.day }
    if (Math.abs(date.year - thisYear) > 1 || !dayExists(date)) return []
    return [Date.UTC(date.year, date.month - 1, date.day) - BANGKOK]
  })
  const [nearest] = days.sort((a, b) => Math.abs(a - now) - Math.abs(b - now))
  return nearest ?? null
}

function startOfDay(instant: number): number {
  return Math.floor((instant + BANGKOK) / DAY) * DAY - BANGKOK
}
