const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Bangkok is UTC+7 all year. */
const BANGKOK = 7 * HOUR

export type ReminderMoment = { key: string; at: number }

/**
 * Moments at which those who still owe are reminded of one due instant (exclusive, epoch ms): 7 and 3 days before, the day
 * before and the last day at 08.30; then 3 h and 30 min before a due time within office hours, 13.30 and 16.00 of the last
 * day for one at midnight. Keys name the due instant, so that an extension makes new moments.
 */
export function reminderMoments(dueAt: number): ReminderMoment[] {
  const lastDay = startOfDay(dueAt - 1)
  const morning = (daysBefore: number) => lastDay - daysBefore * DAY + 8.5 * HOUR
  const atMidnight = startOfDay(dueAt) === dueAt
  const moments: [string, number][] = [
    ['7d', morning(7)],
    ['3d', morning(3)],
    ['1d', morning(1)],
    ['0d', morning(0)],
    ['3h', atMidnight ? lastDay + 13.5 * HOUR : dueAt - 3 * HOUR],
    ['30m', atMidnight ? lastDay + 16 * HOUR : dueAt - 30 * MINUTE],
  ]
  return moments.map(([name, at]) => ({ key: `${dueAt}:${name}`, at })).sort((a, b) => a.at - b.at)
}

/**
 * The one moment to send now: the latest that has come, unless it is so long past that the next one, or the due instant, has
 * taken its place. After downtime nothing stale is sent, and never two; a moment before `opensAt` (when this due instant
 * became the one that counts) is not made up for.
 */
export function momentNow(input: { dueAt: number; opensAt: number; now: number }): ReminderMoment | null {
  const { dueAt, opensAt, now } = input
  if (now >= dueAt || now < opensAt) return null
  const come = reminderMoments(dueAt).filter((moment) => moment.at >= opensAt && moment.at <= now)
  const last = come.at(-1)
  if (!last || now - last.at > DAY) return null
  return last
}

function startOfDay(instant: number): number {
  return Math.floor((instant + BANGKOK) / DAY) * DAY - BANGKOK
}
