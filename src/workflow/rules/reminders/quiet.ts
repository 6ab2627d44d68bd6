import { DAY, MINUTE, startOfDay } from './calendar.ts'
import { lastDayOf } from './moments.ts'
import { type ReminderPolicy, timeOfDay } from './policy.ts'

/** A person's own quiet hours, minutes of the day in Bangkok; null: none chosen. */
export type OwnQuiet = { from: number; to: number } | null

/**
 * Until when somebody who is written to unasked has to wait (epoch ms); null: now. Nobody is disturbed in the policy's quiet hours
 * except on the last day, nor in one's own, unless what the message leads to (`until`, exclusive) would be over before they end.
 */
export function quietUntil(
  policy: ReminderPolicy,
  input: { now: number; until: number; lastDay: boolean; own: OwnQuiet },
): number | null {
  const { now, until, lastDay, own } = input
  const general = lastDay ? null : endOf({ from: timeOfDay(policy.quiet.from), to: timeOfDay(policy.quiet.to) }, now)
  const wished = own ? endOf({ from: own.from * MINUTE, to: own.to * MINUTE }, now) : null
  const kept = wished !== null && wished >= until ? null : wished
  if (general === null || kept === null) return general ?? kept
  return Math.max(general, kept)
}

/** Whether `now` lies on the last day of one of these ends (exclusive instants: due, close). */
export function isLastDay(policy: ReminderPolicy, input: { now: number; ends: readonly number[] }): boolean {
  const { now, ends } = input
  return ends.some((end) => now < end && now >= lastDayOf(policy, end))
}

/** From when on people may be written to, whoever they are; null: now. */
export function mayWriteFrom(policy: ReminderPolicy, input: { now: number; ends: readonly number[] }): number | null {
  return quietUntil(policy, { now: input.now, until: input.now, lastDay: isLastDay(policy, input), own: null })
}

/** The end of the quiet hours that `now` lies in; they may run over midnight. Equal ends are none. */
function endOf(hours: { from: number; to: number }, now: number): number | null {
  const { from, to } = hours
  if (from === to) return null
  const day = startOfDay(now)
  const time = now - day
  if (from < to) return time >= from && time < to ? day + to : null
  if (time >= from) return day + DAY + to
  return time < to ? day + to : null
}
