import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import type { UnreachableReason } from '../db/schema.ts'
import type { Owes } from './notice.ts'
import { owedOnlySince } from './remind.ts'
import { type Owing, owingDepartment, owingInProvince } from './remind-owing.ts'
import { NOBODY, type PersonToTell, peopleAt, remindedAt } from './remind-people.ts'
import type { Round } from './rounds.ts'
import { momentsNow, type ReminderMoment, type ReminderSpan, reminderMoments } from './rules/reminders/moments.ts'
import type { ReminderPolicy } from './rules/reminders/policy.ts'
import { quietUntil } from './rules/reminders/quiet.ts'

/** One person to be reminded of one unit now; or nobody to be found there, which goes on record as such. */
export type PlannedReminder = {
  unitId: UnitId
  level: Owing['level']
  role: Owing['role']
  owes: Owes
  moments: ReminderMoment[]
  person: PersonToTell | null
  unreachable: UnreachableReason | null
}

export type MomentReader = (span: ReminderSpan) => readonly ReminderMoment[]
/** `momentsOf`: of one look at several provinces, which mostly have the same spans. */
export type PlanInput = { round: Round; policy: ReminderPolicy; momentsOf?: MomentReader }

/** Who in a province is to be reminded at `now` and has not been. Reads only, all owing units at once. */
export function planProvince(tx: Tx, input: PlanInput & { provinceId: UnitId }, now: Instant): PlannedReminder[] {
  return plan(tx, { ...input, owing: owingInProvince(tx, input, now) }, now)
}

export function planDepartment(tx: Tx, input: PlanInput & { departmentId: UnitId }, now: Instant): PlannedReminder[] {
  return plan(tx, { ...input, owing: owingDepartment(tx, input, now) }, now)
}

/** Moments of a span under one policy; units mostly share theirs, and counting working days takes time. */
export function momentReader(policy: ReminderPolicy): MomentReader {
  const known = new Map<string, readonly ReminderMoment[]>()
  return (span) => {
    const key = JSON.stringify(span)
    const found = known.get(key) ?? reminderMoments(policy, span)
    known.set(key, found)
    return found
  }
}

/** All moments of a unit, each once: components that are due together are spoken of together. */
export function momentsOfUnit(owing: Pick<Owing, 'spans'>, momentsOf: MomentReader): ReminderMoment[] {
  const byKey = new Map<string, ReminderMoment>()
  for (const span of owing.spans) for (const moment of momentsOf(span)) byKey.set(moment.key, moment)
  return [...byKey.values()]
}

/** What has become of it once the round is over is all that a reminder after the close speaks of. */
export function owedAt(owing: Owing, moments: readonly ReminderMoment[]): Owes | null {
  return moments.every(({ kind }) => kind === 'closed') ? owing.owesClosed : owing.owes
}

type Due = { owing: Owing; owes: Owes; moments: ReminderMoment[] }

function plan(tx: Tx, input: PlanInput & { owing: readonly Owing[] }, now: Instant): PlannedReminder[] {
  const due = dueNow(input, now)
  if (due.length === 0) return []
  const { round } = input
  const unitIds = [...new Set(due.map(({ owing }) => owing.unitId))]
  const moments = [...new Set(due.flatMap((one) => one.moments.map(({ key }) => key)))]
  const done = new Set(remindedAt(tx, { roundId: round.id, unitIds, moments }).map(recordKey))
  const people = Map.groupBy(peopleAt(tx, unitIds, now), ({ unitId, role }) => `${unitId} ${role}`)
  return due.flatMap(({ owing, owes, moments }): PlannedReminder[] => {
    const { unitId, level, role } = owing
    const isDone = (personId: PersonToTell['personId']) =>
      moments.some(({ key }) => done.has(recordKey({ unitId, personId, moment: key })))
    const about = { unitId, level, role, owes, moments }
    const there = people.get(`${unitId} ${role}`) ?? []
    const vacant = there.length === 0 && role === 'officer' && !isDone(NOBODY)
    const told = there.filter((person) => !isDone(person.personId) && mayTell(input.policy, { person, moments }, now))
    if (!vacant && told.length === 0) return []
    const at = moments[0]?.at ?? now
    if (owedOnlySince(tx, { roundId: round.id, unitId, owes }, at)) return []
    if (vacant) return [{ ...about, person: null, unreachable: 'vacant' }]
    return told.map((person) => ({ ...about, person, unreachable: person.unreachable }))
  })
}

function dueNow(input: PlanInput & { owing: readonly Owing[] }, now: Instant): Due[] {
  const momentsOf = input.momentsOf ?? momentReader(input.policy)
  const known = new Map<string, ReminderMoment[]>()
  return input.owing.flatMap((owing): Due[] => {
    const key = JSON.stringify(owing.spans)
    const moments = known.get(key) ?? momentsNow(input.policy, momentsOfUnit(owing, momentsOf), now)
    known.set(key, moments)
    const owes = moments.length > 0 ? owedAt(owing, moments) : null
    return owes ? [{ owing, owes, moments }] : []
  })
}

const recordKey = (row: { unitId: UnitId; personId: PersonToTell['personId']; moment: string }): string =>
  `${row.unitId} ${row.personId} ${row.moment}`

/** Of moments that fall together the one that allows most decides. Who cannot be reached is not disturbed either. */
function mayTell(
  policy: ReminderPolicy,
  input: { person: PersonToTell; moments: readonly ReminderMoment[] },
  now: Instant,
): boolean {
  const { person, moments } = input
  if (person.unreachable !== null) return true
  return moments.some(({ until, lastDay }) => quietUntil(policy, { now, until, lastDay, own: person.quiet }) === null)
}
