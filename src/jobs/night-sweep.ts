import type { Instant } from '../db/ids.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const DAY_MS = 24 * HOUR_MS
/** Thailand has one time zone and no summer time. */
const BANGKOK_AHEAD_MS = 7 * HOUR_MS
const BEGINS_MS = 1 * HOUR_MS
const ENDS_MS = 5 * HOUR_MS

/** Three hours of slices, one a minute: a nation takes a third of the quota then, and the last hour is for what is late. */
export const SWEEP_SLICES = 180

export type SweepPlan = {
  /** Sheets whose id modulo SWEEP_SLICES is below this are due, if nobody looked at them since `since`. */
  slicesOpen: number
  since: Instant
  /** Whatever was not looked at since then is due at any hour: the product was not running at night. */
  overdueSince: Instant
}

/**
 * What is read although the change feed was silent about it: the feed is prompt, not perfect. Once a night in Bangkok, spread
 * over three hours from 01.00.
 */
export function sweepPlan(now: Instant): SweepPlan {
  const midnight = Math.floor((now + BANGKOK_AHEAD_MS) / DAY_MS) * DAY_MS - BANGKOK_AHEAD_MS
  const since = midnight + BEGINS_MS
  const isNight = now >= since && now < midnight + ENDS_MS
  const slicesOpen = isNight ? Math.min(SWEEP_SLICES, Math.floor((now - since) / MINUTE_MS) + 1) : 0
  return { slicesOpen, since: since as Instant, overdueSince: (now - 1.5 * DAY_MS) as Instant }
}
