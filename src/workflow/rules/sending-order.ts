/**
 * Kinds of messages by urgency (see URGENCY in notice.ts), the most urgent first. Order is kept within a kind for each person: an
 * answer never waits behind a reminder that was queued earlier, and news of one matter come in the order in which it went.
 * `keeps`: the share of the month's quota below which this kind waits, see `roomFor`.
 */
export const SENDING_KINDS = [
  { kind: 'answer', from: 1, to: 1, keeps: 0 },
  { kind: 'to-act-on', from: 2, to: 3, keeps: 0 },
  { kind: 'news', from: 4, to: 5, keeps: 0.03 },
  { kind: 'reminder', from: 6, to: 6, keeps: 0.1 },
  { kind: 'early-reminder', from: 7, to: 7, keeps: 0.15 },
  { kind: 'digest', from: 8, to: 99, keeps: 0.2 },
] as const

export type SendingKind = (typeof SENDING_KINDS)[number]['kind']

/** News that call for an act and those that tell a result are one line of one matter: these kinds keep one order. */
export const ORDER_LINES: readonly { from: number; to: number }[] = [
  { from: 0, to: 1 },
  { from: 2, to: 5 },
  { from: 6, to: 7 },
  { from: 8, to: 99 },
]

/** From here on a message may share its call with others, and waits while the quota has not been read. */
export const ROUTINE_FROM = 6

export function kindOf(urgency: number): SendingKind {
  return SENDING_KINDS.find(({ to }) => urgency <= to)?.kind ?? 'digest'
}

export type QuotaLeft = {
  /** The month's quota in recipients; null: unlimited or unknown. */
  limit: number | null
  /** What is left of it; null as above, unless LINE has refused: then 0. */
  left: number | null
  /** Share of the month that is still to come, 0 to 1: what is kept is kept for it. */
  monthLeft: number
}

/**
 * How many recipients a message of this urgency may still have. What is kept for more urgent ones shrinks with the month: on its last
 * day nothing is kept for nobody. Answers and what must be acted on may use everything.
 */
export function roomFor(quota: QuotaLeft, urgency: number): number {
  if (quota.left === null) return Number.POSITIVE_INFINITY
  const kept = SENDING_KINDS.find(({ to }) => urgency <= to)?.keeps ?? 0
  return Math.max(0, quota.left - Math.floor((quota.limit ?? 0) * kept * quota.monthLeft))
}

/** The least urgent that may still be sent; 0 when nothing may. */
export function leastUrgentWithRoom(quota: QuotaLeft): number {
  let least = 0
  for (const { from, to } of SENDING_KINDS) if (roomFor(quota, from) >= 1) least = to
  return least
}

/** Shares of the month's quota at which the operator is told, once each. */
export const WARN_AT_PERCENT = [95, 80] as const

/** The highest of these that is reached; null below them or without a limit. */
export function warningDue(input: { limit: number | null; used: number }): 80 | 95 | null {
  const { limit, used } = input
  if (limit === null) return null
  return WARN_AT_PERCENT.find((percent) => used * 100 >= limit * percent) ?? null
}
