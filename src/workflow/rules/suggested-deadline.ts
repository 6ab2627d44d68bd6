const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Bangkok is UTC+7 all year. */
const BANGKOK = 7 * HOUR

/** Monday to Friday; public holidays are not known here. `day` is the beginning of a day in Bangkok, epoch ms. */
export function isWeekday(day: number): boolean {
  const weekday = new Date(day + BANGKOK).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/**
 * When an institution had better be done (R18): 16.30 of the last working day before the last day of its LAO. `dueAt` is the
 * LAO's due instant (exclusive, epoch ms).
 */
export function suggestedDeadline(dueAt: number, isWorkingDay: (day: number) => boolean = isWeekday): number {
  let day = startOfDay(dueAt - 1) - DAY
  // No stretch of holidays is longer than this.
  for (let looked = 0; looked < 30 && !isWorkingDay(day); looked += 1) day -= DAY
  return day + 16.5 * HOUR
}

function startOfDay(instant: number): number {
  return Math.floor((instant + BANGKOK) / DAY) * DAY - BANGKOK
}
