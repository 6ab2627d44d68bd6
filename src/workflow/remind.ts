import { and, eq } from 'drizzle-orm'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type Component, reminders } from '../db/schema.ts'
import { appointedAt } from './actor.ts'
import { confirmationOf, stateOf } from './component-state.ts'
import { appendEvent } from './event-log.ts'
import { extensionInstants } from './extension-reach.ts'
import { type Owes, queueNotice, URGENCY } from './notice.ts'
import { activeRound, type Round, windowOf } from './rounds.ts'
import { momentNow } from './rules/reminder-moments.ts'
import { type LaoLine, laoLines } from './structure.ts'
import { childrenOf, unitById } from './unit.ts'

/** What there is to do at `now`: `key` names the moments, so that one pass over the provinces is enough for each. */
export type ReminderPass = { key: string; round: Round; provinceIds: UnitId[] }

/** Null when no reminder's moment has come, for nobody, extensions included. */
export function reminderPass(tx: Tx, input: { departmentId: UnitId }, now: Instant): ReminderPass | null {
  const round = activeRound(tx)
  if (!round || now < round.recordingOpensAt) return null
  const moments = dueInstants(tx, round).map((dueAt) => momentNow({ dueAt, opensAt: round.recordingOpensAt, now })?.key)
  const key = [round.id, ...moments.filter((moment) => moment !== undefined)].join(' ')
  if (moments.every((moment) => moment === undefined)) return null
  const provinces = childrenOf(tx, { unitId: input.departmentId, level: 'province' }, now)
  return { key, round, provinceIds: provinces.map((province) => province.id) }
}

/**
 * Finds who owes what at `now` and queues one message each to the officers of owing institutions, LAOs and provinces: nobody
 * twice for the same moment, nobody who does not owe. Returns how many were queued.
 */
export function remindOwing(tx: Tx, input: { departmentId: UnitId }, now: Instant): number {
  const pass = reminderPass(tx, input, now)
  if (!pass) return 0
  return pass.provinceIds.reduce((sum, provinceId) => sum + remindProvince(tx, { ...pass, provinceId }, now), 0)
}

/** The same for one province: the whole country in one transaction would keep everybody else waiting for seconds. */
export function remindProvince(tx: Tx, input: { round: Round; provinceId: UnitId }, now: Instant): number {
  const { round, provinceId } = input
  const laos = childrenOf(tx, { unitId: provinceId, level: 'lao' }, now)
  const lines = laoLines(tx, { roundId: round.id, laos }, now)
  let queued = 0
  for (const line of lines) {
    for (const child of line.institutions) {
      if (child.state !== 'open') continue
      const owes = { ...OWES_NOTHING, roster: true }
      queued += remindUnit(tx, { round, unitId: child.id, component: 'roster', owes }, now)
    }
    const owes = laoOwes(line)
    if (!owes) continue
    const component = nextDue(tx, { round, laoId: line.id, owes }, now)
    if (component) queued += remindUnit(tx, { round, unitId: line.id, component, owes }, now)
  }
  const owes = provinceOwes(tx, { round, provinceId, lines })
  if (owes) queued += remindUnit(tx, { round, unitId: provinceId, component: 'province', owes }, now)
  return queued
}

const OWES_NOTHING: Owes = { roster: false, overview: false, otherCounts: false, province: false, units: [] }

/** Every instant that may be the due one for some unit: once overdue, the close that counts for it. */
function dueInstants(tx: Tx, round: Round): Instant[] {
  const { institutionDueAt, laoDueAt, otherCountsDueAt, provinceDueAt, recordingClosesAt, closesAt } = round
  const own = [institutionDueAt, laoDueAt, otherCountsDueAt, provinceDueAt, recordingClosesAt, closesAt]
  return [...new Set([...own, ...extensionInstants(tx, round)])]
}

/** Of what an LAO owes, the component whose due instant, or once overdue its close, comes next: one message names everything. */
function nextDue(
  tx: Tx,
  input: { round: Round; laoId: UnitId; owes: Owes },
  now: Instant,
): 'overview' | 'other_counts' | null {
  const { round, laoId, owes } = input
  const comesNext = (component: 'overview' | 'other_counts') => {
    const { dueAt, closesAt } = windowOf(tx, { round, unitId: laoId, component }, now)
    const at = now < dueAt ? dueAt : closesAt
    return now < at ? [{ component, at }] : []
  }
  const overview = owes.overview || owes.units.length > 0 ? comesNext('overview') : []
  const otherCounts = owes.otherCounts ? comesNext('other_counts') : []
  const [next] = [...overview, ...otherCounts].sort((one, other) => one.at - other.at)
  return next?.component ?? null
}

/** What an LAO owes: institutions, overview, other-affiliation counts; null when nothing. */
export function laoOwes(line: LaoLine): Owes | null {
  const units = line.institutions
    .filter((child) => child.state === 'open' || child.drifted)
    .map((child) => ({ id: child.id, name: child.name }))
  const overview = line.overview === 'open' || !line.overviewCovers
  const otherCounts = line.otherCounts === 'open' || !line.countsCover
  if (!overview && !otherCounts && units.length === 0) return null
  return { ...OWES_NOTHING, overview, otherCounts, units }
}

export function provinceOwes(tx: Tx, input: { round: Round; provinceId: UnitId; lines: LaoLine[] }): Owes | null {
  if (confirmationOf(tx, { roundId: input.round.id, unitId: input.provinceId, component: 'province' })) return null
  const units = input.lines.filter((line) => !line.complete).map((line) => ({ id: line.id, name: line.name }))
  return { ...OWES_NOTHING, province: true, units }
}

/** What a unit owes now, for the last look before sending: null means that the reminder drops out. */
export function owesNow(tx: Tx, input: { round: Round; unitId: UnitId }, now: Instant): Owes | null {
  const { round, unitId } = input
  const unit = unitById(tx, unitId)
  if (unit.level === 'institution') {
    const confirmed = confirmationOf(tx, { roundId: round.id, unitId, component: 'roster' })
    return confirmed ? null : { ...OWES_NOTHING, roster: true }
  }
  if (unit.level === 'lao') {
    const line = laoLines(tx, { roundId: round.id, laos: [unit] }, now)[0]
    return line ? laoOwes(line) : null
  }
  const laos = childrenOf(tx, { unitId, level: 'lao' }, now)
  return provinceOwes(tx, { round, provinceId: unitId, lines: laoLines(tx, { roundId: round.id, laos }, now) })
}

/** Reopened after the moment: at that moment nothing was owed, and the reopening itself was told. The next moment counts. */
function owedOnlySince(tx: Tx, input: { round: Round; unitId: UnitId; owes: Owes }, moment: Instant): boolean {
  const { roster, overview, otherCounts, province } = input.owes
  const owed: Component[] = []
  if (roster) owed.push('roster')
  if (overview) owed.push('overview')
  if (otherCounts) owed.push('other_counts')
  if (province) owed.push('province')
  const reopened = (component: Component) => {
    const state = stateOf(tx, { roundId: input.round.id, unitId: input.unitId, component })
    return state.reopenedTimes > 0 && state.changedAt > moment
  }
  return owed.length > 0 && owed.every(reopened)
}

function remindUnit(
  tx: Tx,
  input: { round: Round; unitId: UnitId; component: Component; owes: Owes },
  now: Instant,
): number {
  const { round, unitId, component, owes } = input
  const window = windowOf(tx, { round, unitId, component }, now)
  const overdue = now >= window.dueAt
  const dueAt = overdue ? window.closesAt : window.dueAt
  const moment = momentNow({ dueAt, opensAt: overdue ? window.dueAt : round.recordingOpensAt, now })
  if (!moment || owedOnlySince(tx, { round, unitId, owes }, moment.at)) return 0
  let queued = 0
  for (const actor of appointedAt(tx, { unitId, role: 'officer' }, now)) {
    const once = and(
      eq(reminders.roundId, round.id),
      eq(reminders.moment, moment.key),
      eq(reminders.unitId, unitId),
      eq(reminders.personId, actor.personId),
    )
    if (tx.select({ id: reminders.id }).from(reminders).where(once).get()) continue
    const notice = { type: 'reminder', roundId: round.id, unitId, moment: moment.key, dueAt, owes } as const
    const dedupeKey = `reminder:${round.id}:${moment.key}:${unitId}:${actor.personId}`
    const outboxId = queueNotice(tx, { personId: actor.personId, notice, urgency: URGENCY.reminder, dedupeKey }, now)
    tx.insert(reminders)
      .values({ roundId: round.id, unitId, personId: actor.personId, moment: moment.key, owes, outboxId, at: now })
      .run()
    appendEvent(tx, {
      at: now,
      type: 'reminder-queued',
      roundId: round.id,
      unitId,
      personId: actor.personId,
      appointmentId: actor.appointmentId,
      data: { moment: moment.key, outboxId, reached: outboxId !== null },
    })
    if (outboxId !== null) queued += 1
  }
  return queued
}
