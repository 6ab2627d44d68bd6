import { and, eq } from 'drizzle-orm'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { reminders } from '../db/schema.ts'
import { appointedAt } from './actor.ts'
import { confirmationOf } from './component-state.ts'
import { appendEvent } from './event-log.ts'
import { type Owes, queueNotice, URGENCY } from './notice.ts'
import { activeRound, type Round, windowOf } from './rounds.ts'
import { momentNow } from './rules/reminder-moments.ts'
import { childrenOf, type LaoLine, laoLines, unitById } from './structure.ts'

/**
 * Finds who owes what at `now` and queues one message each to the officers of owing institutions, LAOs and provinces: nobody
 * twice for the same moment, nobody who does not owe. Returns how many were queued.
 */
export function remindOwing(tx: Tx, input: { departmentId: UnitId }, now: Instant): number {
  const round = activeRound(tx)
  if (!round || now < round.recordingOpensAt || now >= round.closesAt) return 0
  if (!anyMomentNow(round, now)) return 0
  let queued = 0
  for (const province of childrenOf(tx, { unitId: input.departmentId, level: 'province' }, now)) {
    const lines = laoLines(
      tx,
      { roundId: round.id, laos: childrenOf(tx, { unitId: province.id, level: 'lao' }, now) },
      now,
    )
    for (const line of lines) {
      for (const child of line.institutions) {
        if (child.state !== 'open') continue
        const owes = { ...OWES_NOTHING, roster: true }
        queued += remindUnit(tx, { round, unitId: child.id, component: 'roster', owes }, now)
      }
      const owes = laoOwes(line)
      if (owes) queued += remindUnit(tx, { round, unitId: line.id, component: 'overview', owes }, now)
    }
    const owes = provinceOwes(tx, { round, provinceId: province.id, lines })
    if (owes) queued += remindUnit(tx, { round, unitId: province.id, component: 'province', owes }, now)
  }
  return queued
}

const OWES_NOTHING: Owes = { roster: false, overview: false, otherCounts: false, province: false, units: [] }

/** Extensions move due instants per unit, so that a close of everyone else says nothing: only then all units are looked at. */
function anyMomentNow(round: Round, now: Instant): boolean {
  const due = [round.institutionDueAt, round.laoDueAt, round.provinceDueAt, round.recordingClosesAt, round.closesAt]
  return (
    now >= Math.min(...due) || due.some((dueAt) => momentNow({ dueAt, opensAt: round.recordingOpensAt, now }) !== null)
  )
}

/** What an LAO owes: institutions, overview, other-affiliation counts; null when nothing. */
export function laoOwes(line: LaoLine): Owes | null {
  const units = line.institutions
    .filter((child) => child.state === 'open' || child.drifted)
    .map((child) => ({ id: child.id, name: child.name }))
  const overview = line.overview === 'open'
  const otherCounts = line.otherCounts === 'open'
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

function remindUnit(
  tx: Tx,
  input: { round: Round; unitId: UnitId; component: 'roster' | 'overview' | 'province'; owes: Owes },
  now: Instant,
): number {
  const { round, unitId, component, owes } = input
  const window = windowOf(tx, { round, unitId, component }, now)
  const dueAt = now < window.dueAt ? window.dueAt : window.closesAt
  const moment = momentNow({ dueAt, opensAt: round.recordingOpensAt, now })
  if (!moment) return 0
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
