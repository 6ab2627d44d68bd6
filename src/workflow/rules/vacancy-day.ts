import { DAY, HOUR, isWorkingDay, startOfDay } from './reminders/calendar.ts'

/** Two weeks are enough to appoint somebody before the round opens. */
export const VACANCIES_BEFORE_MS = 14 * DAY
const FROM = 8.5 * HOUR
const UNTIL = 16.5 * HOUR

/**
 * The day on which units without an officer are reported now, as its midnight in Bangkok (epoch ms); null outside office hours
 * and on weekends and holidays, more than two weeks before the round opens, and from its close on.
 */
export function vacancyDay(round: { recordingOpensAt: number; closesAt: number }, now: number): number | null {
  if (now < round.recordingOpensAt - VACANCIES_BEFORE_MS || now >= round.closesAt) return null
  const day = startOfDay(now)
  const hour = now - day
  return hour < FROM || hour >= UNTIL || !isWorkingDay(day) ? null : day
}
