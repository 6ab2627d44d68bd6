/** Who is told what, when (docs/decisions/0017): data of the round. Times of day are "HH:MM" in Bangkok. */
export type ReminderPolicy = {
  /** Of every reminder that a day brings. */
  morning: string
  opening: { recording: boolean; confirming: boolean }
  /** Working days before the last day. */
  workingDaysBefore: readonly number[]
  /** The working day before the last day. */
  dayBefore: boolean
  lastDay: boolean
  /** Of a deadline within the day: minutes before it. */
  minutesBefore: readonly number[]
  /** Of a deadline at midnight, or outside the hours in which one may be disturbed: times of the last day. */
  lastDayTimes: readonly string[]
  missed: { afterDue: boolean; afterClose: boolean }
  /** The date that an institution agreed on with its LAO (R18). */
  agreed: { morning: boolean; minutesBefore: readonly number[] }
  /** Nobody is disturbed in between, except on the last day. */
  quiet: { from: string; to: string }
  /** Levels above, on working mornings, from so many working days before the first deadline on; null: never. */
  digestFromWorkingDaysBefore: number | null
  /** The LAO's executive: from the last-day moment with this index on (0: the first after the morning); null: never. */
  executiveFrom: number | null
}

export const DEFAULT_POLICY: ReminderPolicy = {
  morning: '08:30',
  opening: { recording: true, confirming: true },
  workingDaysBefore: [7, 3],
  dayBefore: true,
  lastDay: true,
  minutesBefore: [180, 30],
  lastDayTimes: ['13:30', '16:00'],
  missed: { afterDue: true, afterClose: true },
  agreed: { morning: true, minutesBefore: [60] },
  quiet: { from: '20:00', to: '07:00' },
  digestFromWorkingDaysBefore: 7,
  executiveFrom: 0,
}

/** "08:30" → ms since midnight. */
export function timeOfDay(text: string): number {
  const [hours = '', minutes = ''] = text.split(':')
  return (Number(hours) * 60 + Number(minutes)) * 60_000
}
