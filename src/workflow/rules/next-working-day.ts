import { isWeekday } from './suggested-deadline.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Bangkok is UTC+7 all year. */
const BANGKOK = 7 * HOUR

/** The end (exclusive, epoch ms) of the first working day in Bangkok after the day of `now`. */
export function endOfNextWorkingDay(now: number, isWorkingDay: (day: number) => boolean = isWeekday): number {
  let day = Math.floor((now + BANGKOK) / DAY) * DAY - BANGKOK + DAY
  // No stretch of holidays is longer than this.
  for (let looked = 0; looked < 30 && !isWorkingDay(day); looked += 1) day += DAY
  return day + DAY
}
