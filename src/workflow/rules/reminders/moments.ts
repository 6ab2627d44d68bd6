import { DAY, MINUTE, startOfDay, workingDayFrom, workingDaysBefore } from './calendar.ts'
import { type ReminderPolicy, timeOfDay } from './policy.ts'

export type MomentKind = 'opens' | 'before' | 'last-day' | 'agreed' | 'missed' | 'closed' | 'digest' | 'executive'

/** One instant at which somebody is reminded; `key` names it in the record and carries the instant it leads to. */
export type ReminderMoment = {
  key: string
  kind: MomentKind
  at: number
  /** From then on it says nothing any more (exclusive). */
  until: number
  /** The moment belongs to the last day of what it leads to: nobody's quiet hours hold it back beyond the end. */
  lastDay: boolean
}

/** What one component of one unit is reminded of; all instants are epoch ms, due and close exclusive. */
export type ReminderSpan = {
  recordingOpensAt: number
  confirmingOpensAt: number
  dueAt: number
  closesAt: number
  /** When the extension was granted that moved the close; null when the close is the round's own. */
  extendedAt: number | null
  /** Agreed with the LAO (R18), and since when. */
  agreed: { dueAt: number; since: number } | null
  /** Units below owe something: their level above gets digests. */
  below: boolean
  /** For the executive of an LAO, who is told once and of nothing else. */
  executive?: boolean
  /** For the department, which confirms nothing: what those below owe, and what they missed. */
  onlyBelow?: boolean
}

/**
 * Every moment of one span in the order of time, those of one instant side by side. A pure function of the present state: an
 * extension, a changed agreement or a reopened unit has other moments from then on, and keys of its own.
 */
export function reminderMoments(policy: ReminderPolicy, span: ReminderSpan): ReminderMoment[] {
  if (span.executive) return byTime(executiveMoments(policy, span))
  if (span.onlyBelow) return byTime([...digests(policy, span), ...missed(policy, span)])
  return byTime([
    ...openings(policy, span),
    ...leadingTo(policy, { at: span.dueAt, since: span.recordingOpensAt }),
    ...(span.closesAt > span.dueAt ? leadingTo(policy, closeOf(span)) : []),
    ...missed(policy, span),
    ...agreedMoments(policy, span),
    ...(span.below ? digests(policy, span) : []),
  ])
}

/**
 * The moments that are to be told now: the latest instant that has come, all moments of it together, and never an earlier one. One
 * that came long ago is not made up for: its time ends with the working day after it, in the evening, or with what it led to.
 */
export function momentsNow(policy: ReminderPolicy, moments: readonly ReminderMoment[], now: number): ReminderMoment[] {
  const come = moments.filter(({ at }) => at <= now)
  const latest = Math.max(...come.map(({ at }) => at))
  if (come.length === 0 || now >= staleAt(policy, latest)) return []
  return come.filter(({ at, until }) => at === latest && now < until)
}

/** When a moment that nobody was told of is left alone. */
export function staleAt(policy: ReminderPolicy, at: number): number {
  return workingDayFrom(startOfDay(at) + DAY) + timeOfDay(policy.quiet.from)
}

type Target = { at: number; since: number }

const closeOf = (span: ReminderSpan): Target => ({
  at: span.closesAt,
  since: Math.max(span.dueAt, span.extendedAt ?? span.dueAt),
})

const byTime = (moments: ReminderMoment[]): ReminderMoment[] => moments.sort((a, b) => a.at - b.at)

function openings(policy: ReminderPolicy, span: ReminderSpan): ReminderMoment[] {
  const opening = (name: string, at: number): ReminderMoment => ({
    key: `${at}:${name}`,
    kind: 'opens',
    at: morningFrom(policy, at),
    until: span.dueAt,
    lastDay: false,
  })
  return [
    ...(policy.opening.recording ? [opening('opens', span.recordingOpensAt)] : []),
    ...(policy.opening.confirming ? [opening('confirming', span.confirmingOpensAt)] : []),
  ]
}

/** The moments before one deadline, on days counted back from its last day. */
function leadingTo(policy: ReminderPolicy, target: Target): ReminderMoment[] {
  const lastDay = lastDayOf(policy, target.at)
  const morning = timeOfDay(policy.morning)
  const before = (name: string, day: number): ReminderMoment => ({
    key: `${target.at}:${name}`,
    kind: 'before',
    at: day + morning,
    until: target.at,
    lastDay: false,
  })
  const found = [
    ...policy.workingDaysBefore.map((count) => before(`${count}d`, workingDaysBefore(lastDay, count))),
    ...(policy.dayBefore ? [before('1d', workingDaysBefore(lastDay, 1))] : []),
    ...(policy.lastDay ? [{ ...before('0d', lastDay), kind: 'last-day' as const, lastDay: true }] : []),
    ...lastDayMoments(policy, target.at),
  ]
  const once = found.filter((moment, index) => found.findIndex(({ key }) => key === moment.key) === index)
  return once.filter(({ at }) => at >= target.since && at < target.at)
}

/** Minutes before a deadline within the hours of the day, or at fixed times of its last day. */
function lastDayMoments(policy: ReminderPolicy, deadline: number): ReminderMoment[] {
  const lastDay = lastDayOf(policy, deadline)
  const within = startOfDay(deadline) === lastDay && deadline - lastDay < timeOfDay(policy.quiet.from)
  const moment = (name: string, at: number): ReminderMoment => ({
    key: `${deadline}:${name}`,
    kind: 'last-day',
    at,
    until: deadline,
    lastDay: true,
  })
  if (!within) return policy.lastDayTimes.map((time) => moment(time.replace(':', '.'), lastDay + timeOfDay(time)))
  const earliest = lastDay + timeOfDay(policy.quiet.to)
  return policy.minutesBefore.map((minutes) =>
    moment(nameOfMinutes(minutes), Math.max(earliest, deadline - minutes * MINUTE)),
  )
}

const nameOfMinutes = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`)

/** The last day on which something can still be done: a deadline before the morning's reminder belongs to the day before. */
export function lastDayOf(policy: ReminderPolicy, deadline: number): number {
  const day = startOfDay(deadline - 1)
  return deadline - day <= timeOfDay(policy.morning) ? day - DAY : day
}

function missed(policy: ReminderPolicy, span: ReminderSpan): ReminderMoment[] {
  const found: ReminderMoment[] = []
  const afterDue = morningFrom(policy, span.dueAt)
  if (policy.missed.afterDue && afterDue < span.closesAt)
    found.push({ key: `${span.dueAt}:missed`, kind: 'missed', at: afterDue, until: span.closesAt, lastDay: false })
  const afterClose = morningFrom(policy, span.closesAt)
  if (policy.missed.afterClose)
    found.push({
      key: `${span.closesAt}:closed`,
      kind: 'closed',
      at: afterClose,
      until: Number.POSITIVE_INFINITY,
      lastDay: false,
    })
  return found
}

/** One's own date guides and never blocks: it is over with the day, also for a reminder (R18). */
function agreedMoments(policy: ReminderPolicy, span: ReminderSpan): ReminderMoment[] {
  const { agreed } = span
  if (!agreed) return []
  const day = startOfDay(agreed.dueAt - 1)
  const moment = (name: string, at: number): ReminderMoment => ({
    key: `${agreed.dueAt}:${name}`,
    kind: 'agreed',
    at,
    until: agreed.dueAt,
    lastDay: false,
  })
  const found = [
    ...(policy.agreed.morning ? [moment('agreed', day + timeOfDay(policy.morning))] : []),
    ...policy.agreed.minutesBefore.map((minutes) =>
      moment(`agreed-${nameOfMinutes(minutes)}`, agreed.dueAt - minutes * MINUTE),
    ),
  ]
  return found.filter(({ at }) => at >= agreed.since && at < agreed.dueAt && !isQuiet(policy, at))
}

/** What never blocks wakes nobody either. */
function isQuiet(policy: ReminderPolicy, at: number): boolean {
  const time = at - startOfDay(at)
  return time < timeOfDay(policy.quiet.to) || time >= timeOfDay(policy.quiet.from)
}

/** On working mornings while confirming is open, from some working days before the first deadline on. */
function digests(policy: ReminderPolicy, span: ReminderSpan): ReminderMoment[] {
  const days = policy.digestFromWorkingDaysBefore
  if (days === null) return []
  const morning = timeOfDay(policy.morning)
  const from = Math.max(workingDaysBefore(lastDayOf(policy, span.dueAt), days), startOfDay(span.confirmingOpensAt))
  const found: ReminderMoment[] = []
  for (let day = workingDayFrom(from); day + morning < span.closesAt; day = workingDayFrom(day + DAY)) {
    const at = day + morning
    if (at >= span.confirmingOpensAt)
      found.push({
        key: `${day}:digest`,
        kind: 'digest',
        at,
        until: Math.min(day + DAY, span.closesAt),
        lastDay: false,
      })
  }
  return found
}

function executiveMoments(policy: ReminderPolicy, span: ReminderSpan): ReminderMoment[] {
  const { executiveFrom } = policy
  if (executiveFrom === null) return []
  const targets = span.closesAt > span.dueAt ? [{ at: span.dueAt, since: span.recordingOpensAt }, closeOf(span)] : []
  const all = targets.length > 0 ? targets : [{ at: span.dueAt, since: span.recordingOpensAt }]
  return all.flatMap((target) => {
    const found = byTime(lastDayMoments(policy, target.at))[executiveFrom]
    if (!found || found.at < target.since) return []
    return [{ ...found, key: `${target.at}:executive`, kind: 'executive' as const }]
  })
}

/** The morning of the first working day at which one who comes to work finds `instant` past. */
function morningFrom(policy: ReminderPolicy, instant: number): number {
  const day = startOfDay(instant)
  const morning = timeOfDay(policy.morning)
  return workingDayFrom(instant <= day + morning ? day : day + DAY) + morning
}
