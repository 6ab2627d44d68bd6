import { DAY, HOUR, isWorkingDay, startOfDay } from './reminders/calendar.ts'

const FROM = 8.5 * HOUR
const UNTIL = 16.5 * HOUR

/**
 * The week (ISO date of its Monday in Bangkok) whose executives' card is due now: from 08.30 of the week's first working day, within
 * office hours, while the round is open. Null otherwise; a week that was slept through is not made up for.
 */
export function weeklyCardWeek(
  round: { recordingOpensAt: number; closesAt: number; archivedAt: number | null },
  now: number,
  worksOn: (day: number) => boolean = isWorkingDay,
): string | null {
  if (now < round.recordingOpensAt || now >= round.closesAt || round.archivedAt !== null) return null
  const today = startOfDay(now)
  if (now < today + FROM || now >= today + UNTIL || !worksOn(today)) return null
  const monday = today - daysSinceMonday(today) * DAY
  for (let day = monday; day < today; day += DAY) if (worksOn(day)) return null
  return isoDate(monday)
}

/** Bangkok is UTC+7 all year: its midnight is 17:00 UTC of the day before. */
const local = (day: number): Date => new Date(day + 7 * HOUR)
const daysSinceMonday = (day: number): number => (local(day).getUTCDay() + 6) % 7
const isoDate = (day: number): string => local(day).toISOString().slice(0, 10)
