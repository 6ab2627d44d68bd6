import { THAI_HOLIDAYS } from './thai-holidays.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** Bangkok is UTC+7 all year. */
const BANGKOK = 7 * HOUR
const BE = 543
/** No stretch of holidays is longer than this. */
const MOST_LOOKS = 60

/** The midnight in Bangkok at which the day of `instant` began (epoch ms). */
export function startOfDay(instant: number): number {
  return Math.floor((instant + BANGKOK) / DAY) * DAY - BANGKOK
}

/** The day in Bangkok of an instant, as yyyy-mm-dd (CE). */
export function bangkokDay(instant: number): string {
  return new Date(instant + BANGKOK).toISOString().slice(0, 10)
}

/** Neither weekend nor public holiday; of a year without known holidays the weekends alone count. `day`: its beginning in Bangkok. */
export function isWorkingDay(day: number): boolean {
  const local = new Date(day + BANGKOK)
  const weekday = local.getUTCDay()
  if (weekday === 0 || weekday === 6) return false
  const monthAndDay = local.toISOString().slice(5, 10)
  const known = THAI_HOLIDAYS[local.getUTCFullYear() + BE]
  return !known?.days.some((line) => line.includes(monthAndDay))
}

/** The `count`-th working day before `day`; `day` itself is not counted. */
export function workingDaysBefore(day: number, count: number): number {
  let found = day
  for (let left = count; left > 0; left -= 1) found = nearestWorkingDay(found - DAY, -DAY)
  return found
}

/** `day` itself when one works on it, else the next day on which one does. */
export function workingDayFrom(day: number): number {
  return nearestWorkingDay(day, DAY)
}

function nearestWorkingDay(day: number, step: number): number {
  let found = day
  for (let looked = 0; looked < MOST_LOOKS && !isWorkingDay(found); looked += 1) found += step
  return found
}

export type YearKnown = { year: number; how: 'known' | 'provisional' | 'unknown'; source: string | null }

/** What is known of the holidays in each Buddhist year that `from` to `to` (epoch ms) touch. */
export function yearsKnown(input: { from: number; to: number }): YearKnown[] {
  const first = yearOf(input.from)
  const count = Math.max(0, yearOf(input.to) - first) + 1
  return Array.from({ length: count }, (_, index) => {
    const known = THAI_HOLIDAYS[first + index]
    const how = !known ? 'unknown' : known.provisional ? 'provisional' : 'known'
    return { year: first + index, how, source: known?.source ?? null }
  })
}

const yearOf = (instant: number): number => new Date(instant + BANGKOK).getUTCFullYear() + BE
