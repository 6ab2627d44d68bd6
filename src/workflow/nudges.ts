import { and, eq, inArray } from 'drizzle-orm'
import type { AppointmentId, Instant, PersonId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { reminders, type UnitLevel } from '../db/schema.ts'
import type { Tap } from './act-time.ts'
import type { Actor } from './actor.ts'
import { appendEvent } from './event-log.ts'
import { type Owes, queueNotice, URGENCY } from './notice.ts'
import { type OfficerReach, officersAt } from './officer-reach.ts'
import { type OwingUnit, owingBelow } from './owing-units.ts'
import { policyOf } from './remind-policy.ts'
import { type Round, windowOf } from './rounds.ts'
import { type Decision, type Refusal, refuse } from './rules/refusal.ts'
import { bangkokDay } from './rules/reminders/calendar.ts'
import { isLastDay, mayWriteFrom, quietUntil } from './rules/reminders/quiet.ts'
import { type ConfirmWindow, dateTap } from './rules/round-window.ts'
import { unitById } from './unit.ts'

/** Somebody of the unit that a nudge would not reach, with the number to call where one is known. */
export type Unreached = {
  unitId: UnitId
  name: string
  /** nobody: none appointed; blocked: no account, or it blocked us; quiet: in their own quiet hours now. */
  why: 'nobody' | 'blocked' | 'quiet'
  people: string[]
  telephone: string | null
}

export type NudgeResult = {
  nudged: { unitId: UnitId; name: string; people: number }[]
  /** Had been nudged today already. */
  already: { unitId: UnitId; name: string; at: Instant }[]
  unreached: Unreached[]
}

/** One unit below as it stands for a nudge. */
export type NudgeLine = {
  unit: OwingUnit
  state: 'ready' | 'already' | Unreached['why']
  at: Instant | null
  reach: Unreached | null
}

type Asked = {
  round: Round
  /** Null: the department's operator, who speaks for `superiorId`. */
  actor: Actor | null
  superiorId: UnitId
}

/**
 * The level above reminds those directly below that owe (เตือน): each unit once a day at most, whoever asks, and only in waking hours
 * except on the last day. Those who had been today, and those who cannot be reached, are named and never counted as told (R38).
 */
export function nudge(
  tx: Tx,
  input: Asked & { unitIds: readonly UnitId[] | 'all'; tap?: Tap | undefined },
  now: Instant,
): Decision<NudgeResult> {
  const { round, actor, superiorId } = input
  const refusal = whoRefusal(tx, input) ?? timeRefusal(tx, { round, superiorId, tap: input.tap }, now)
  if (refusal) return refuse(refusal)
  const owing = owingBelow(tx, { round, unitId: superiorId }, now)
  const ids: readonly UnitId[] = input.unitIds === 'all' ? [] : input.unitIds
  const asked = input.unitIds === 'all' ? owing : owing.filter(({ id }) => ids.includes(id))
  if (asked.length === 0) return refuse({ why: 'owes-nothing' })
  const result: NudgeResult = { nudged: [], already: [], unreached: [] }
  for (const line of linesOf(tx, { round, units: asked, superiorId }, now)) {
    const about = { unitId: line.unit.id, name: line.unit.name }
    if (line.state === 'already') result.already.push({ ...about, at: line.at ?? now })
    else {
      const one = { round, actor, superiorId, unit: line.unit }
      const people = line.state === 'ready' ? nudgeUnit(tx, one, now) : 0
      const why = line.state === 'ready' ? 'blocked' : line.state
      if (people > 0) result.nudged.push({ ...about, people })
      else result.unreached.push(recordUnreached(tx, { ...one, why }, now))
    }
  }
  return { ok: true, ...result }
}

/** Whom a nudge would go to, and what stands against it: shown before anybody is written to. */
export function nudgeLines(tx: Tx, input: { round: Round; superiorId: UnitId }, now: Instant): NudgeLine[] {
  const units = owingBelow(tx, { round: input.round, unitId: input.superiorId }, now)
  return linesOf(tx, { ...input, units }, now)
}

/** Why this person may nudge nobody now; null means yes. */
export function nudgeRefusal(tx: Tx, input: Asked, now: Instant): Refusal | null {
  return whoRefusal(tx, input) ?? timeRefusal(tx, input, now)
}

const BELOW: Record<UnitLevel, 'roster' | 'overview' | 'province' | null> = {
  department: 'province',
  province: 'overview',
  lao: 'roster',
  institution: null,
}

function whoRefusal(tx: Tx, input: Asked): Refusal | null {
  const { actor, superiorId } = input
  if (BELOW[unitById(tx, superiorId).level] === null) return { why: 'not-yours' }
  if (actor === null) return null
  if (actor.unitId !== superiorId) return { why: 'not-yours' }
  return actor.role === 'officer' ? null : { why: 'reads-only' }
}

function timeRefusal(
  tx: Tx,
  input: { round: Round; superiorId: UnitId; tap?: Tap | undefined },
  now: Instant,
): Refusal | null {
  const { round, superiorId } = input
  if (round.archivedAt !== null) return { why: 'round-archived', archivedAt: round.archivedAt }
  const window = windowBelow(tx, { round, superiorId }, now)
  const at = input.tap ? dateTap({ ...input.tap, closesAt: window.closesAt }).at : now
  if (now < round.recordingOpensAt) return { why: 'not-open-yet', opensAt: round.confirmingOpensAt }
  if (at >= window.closesAt) return { why: 'closed', closedAt: window.closesAt }
  const from = mayWriteFrom(policyOf(round), { now, ends: [window.dueAt, window.closesAt] })
  return from === null ? null : { why: 'quiet-hours', from }
}

/** The window of those below: an extension for one of them reaches its superior. */
function windowBelow(tx: Tx, input: { round: Round; superiorId: UnitId }, now: Instant): ConfirmWindow {
  const { level } = unitById(tx, input.superiorId)
  const component = BELOW[level] ?? 'roster'
  return windowOf(tx, { round: input.round, unitId: input.superiorId, component }, now)
}

const momentOf = (now: Instant): string => `nudge:${bangkokDay(now)}`

function linesOf(
  tx: Tx,
  input: { round: Round; superiorId: UnitId; units: readonly OwingUnit[] },
  now: Instant,
): NudgeLine[] {
  const { round, units } = input
  const ids = units.map(({ id }) => id)
  const today = nudgedToday(tx, { roundId: round.id, unitIds: ids }, now)
  const officers = officersAt(tx, ids, now)
  const isQuiet = quietReader(tx, input, now)
  return units.map((unit): NudgeLine => {
    const at = today.get(unit.id)
    if (at !== undefined) return { unit, state: 'already', at, reach: null }
    const there = officers.get(unit.id) ?? []
    const why = unreachedWhy(there, isQuiet)
    return why === null
      ? { unit, state: 'ready', at: null, reach: null }
      : { unit, state: why, at: null, reach: unreachedAt(tx, { unit, there, why }) }
  })
}

/** Null: at least one officer there can be written to now. */
function unreachedWhy(there: readonly OfficerReach[], isQuiet: QuietReader): Unreached['why'] | null {
  if (there.length === 0) return 'nobody'
  const reachable = there.filter(({ reachable }) => reachable)
  if (reachable.length === 0) return 'blocked'
  return reachable.some((officer) => !isQuiet(officer)) ? null : 'quiet'
}

type QuietReader = (officer: OfficerReach) => boolean

/** Whether somebody is left in peace now: the same rule as for every reminder, so that nobody misses the end of what is asked for. */
function quietReader(tx: Tx, input: { round: Round; superiorId: UnitId }, now: Instant): QuietReader {
  const policy = policyOf(input.round)
  const { dueAt, closesAt } = windowBelow(tx, input, now)
  const until = now < dueAt ? dueAt : closesAt
  const lastDay = isLastDay(policy, { now, ends: [dueAt, closesAt] })
  return ({ quietFrom, quietTo }) => {
    const own = quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo }
    return quietUntil(policy, { now, until, lastDay, own }) !== null
  }
}

function unreachedAt(
  tx: Tx,
  input: { unit: OwingUnit; there: readonly OfficerReach[]; why: Unreached['why'] },
): Unreached {
  const { unit, there, why } = input
  const telephone = there.find(({ telephone }) => telephone !== null)?.telephone ?? unitById(tx, unit.id).telephone
  return { unitId: unit.id, name: unit.name, why, people: there.map(({ name }) => name), telephone }
}

/** When each of these units was nudged today; those that were not are left out. Only what was queued counts. */
function nudgedToday(
  tx: Tx,
  input: { roundId: RoundId; unitIds: readonly UnitId[] },
  now: Instant,
): Map<UnitId, Instant> {
  const rows = tx
    .select({ unitId: reminders.unitId, at: reminders.at, outboxId: reminders.outboxId })
    .from(reminders)
    .where(
      and(
        eq(reminders.roundId, input.roundId),
        eq(reminders.moment, momentOf(now)),
        inArray(reminders.unitId, [...input.unitIds]),
      ),
    )
    .orderBy(reminders.id)
    .all()
  const found = new Map<UnitId, Instant>()
  for (const { unitId, at, outboxId } of rows) if (outboxId !== null && !found.has(unitId)) found.set(unitId, at)
  return found
}

type One = { round: Round; actor: Actor | null; superiorId: UnitId; unit: OwingUnit }

/** One message to each officer there who can be written to now; returns to how many. */
function nudgeUnit(tx: Tx, input: One, now: Instant): number {
  const { round, actor, superiorId, unit } = input
  const moment = momentOf(now)
  const isQuiet = quietReader(tx, { round, superiorId }, now)
  const byAppointmentId: AppointmentId | null = actor?.appointmentId ?? null
  let people = 0
  for (const officer of officersAt(tx, [unit.id], now).get(unit.id) ?? []) {
    if (!officer.reachable || isQuiet(officer)) continue
    const notice = { type: 'nudge', roundId: round.id, unitId: unit.id, byUnitId: superiorId, byAppointmentId } as const
    const dedupeKey = `${moment}:${round.id}:${unit.id}:${officer.personId}`
    const about = { personId: officer.personId, notice, urgency: URGENCY.reminder, dedupeKey }
    const outboxId = queueNotice(tx, about, now)
    if (outboxId === null) continue
    people += 1
    const row = {
      roundId: round.id,
      unitId: unit.id,
      personId: officer.personId,
      moment,
      owes: OWES,
      outboxId,
      at: now,
    }
    tx.insert(reminders)
      .values(row)
      .onConflictDoUpdate({ target: ONCE, set: { outboxId, unreachable: null, at: now } })
      .run()
  }
  if (people > 0) record(tx, input, { people }, now)
  return people
}

const ONCE = [reminders.roundId, reminders.moment, reminders.unitId, reminders.personId]

/** What is owed is looked up again when the message is made. */
const OWES: Owes = { roster: false, overview: false, otherCounts: false, province: false, units: [] }

/** On record once a day, however often it is tried: who could not be told, and why (R38). */
function recordUnreached(tx: Tx, input: One & { why: Unreached['why'] }, now: Instant): Unreached {
  const { round, unit, why } = input
  const there = officersAt(tx, [unit.id], now).get(unit.id) ?? []
  const reach = unreachedAt(tx, { unit, there, why })
  // In their own quiet hours they may be told later the same day.
  if (why === 'quiet') return reach
  const moment = momentOf(now)
  const missed = there.map(({ personId, bound }) => ({ personId, unreachable: bound ? 'blocked' : 'unbound' }) as const)
  const nobody = { personId: NOBODY, unreachable: 'vacant' } as const
  const rows = (missed.length > 0 ? missed : [nobody]).map((one) => ({
    ...one,
    roundId: round.id,
    unitId: unit.id,
    moment,
    owes: OWES,
    at: now,
  }))
  const { changes } = tx.insert(reminders).values(rows).onConflictDoNothing().run()
  if (changes > 0) record(tx, input, { people: 0, why }, now)
  return reach
}

const NOBODY = 0 as PersonId

function record(tx: Tx, input: One, data: { people: number; why?: Unreached['why'] }, now: Instant): void {
  appendEvent(tx, {
    at: now,
    type: 'nudged',
    roundId: input.round.id,
    unitId: input.unit.id,
    personId: input.actor?.personId ?? null,
    appointmentId: input.actor?.appointmentId ?? null,
    data: { byUnitId: input.superiorId, ...data },
  })
}
