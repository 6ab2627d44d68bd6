import { and, eq, gt, lte } from 'drizzle-orm'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { agreements } from '../db/schema.ts'
import { extensionInstants } from './extension-reach.ts'
import { grantedAt } from './remind-owing.ts'
import { momentReader, type PlanInput, planDepartment, planProvince } from './remind-plan.ts'
import { policyOf } from './remind-policy.ts'
import { queueReminders } from './remind-queue.ts'
import { activeRound, type Round } from './rounds.ts'
import { DAY } from './rules/reminders/calendar.ts'
import { momentsNow, type ReminderSpan, reminderMoments } from './rules/reminders/moments.ts'
import { childrenOf } from './unit.ts'

/** What there is to do at `now`: `key` names the moments, so that one pass over the provinces is enough for each. */
export type ReminderPass = PlanInput & { key: string; departmentId: UnitId; provinceIds: UnitId[] }

/** Null when no reminder's moment has come, for nobody, extensions and agreed dates included. */
export function reminderPass(tx: Tx, input: { departmentId: UnitId }, now: Instant): ReminderPass | null {
  const round = activeRound(tx)
  if (!round || now < round.recordingOpensAt || (round.archivedAt !== null && now >= round.archivedAt)) return null
  const policy = policyOf(round)
  const keys = spansOf(tx, round, now).flatMap((span) =>
    momentsNow(policy, reminderMoments(policy, span), now).map(({ key }) => key),
  )
  if (keys.length === 0) return null
  const provinces = childrenOf(tx, { unitId: input.departmentId, level: 'province' }, now)
  const key = [round.id, JSON.stringify(policy), ...new Set(keys)].join(' ')
  const momentsOf = momentReader(policy)
  return { key, round, policy, momentsOf, departmentId: input.departmentId, provinceIds: provinces.map(({ id }) => id) }
}

/**
 * Finds who owes what at `now` and queues one message each to those who answer for it: nobody twice for the same moment, nobody who
 * does not owe. Returns how many people are told.
 */
export function remindOwing(tx: Tx, input: { departmentId: UnitId }, now: Instant): number {
  const pass = reminderPass(tx, input, now)
  if (!pass) return 0
  const provinces = pass.provinceIds.reduce(
    (sum, provinceId) => sum + remindProvince(tx, { ...pass, provinceId }, now),
    0,
  )
  return provinces + remindDepartment(tx, pass, now)
}

/** The same for one province: the whole country in one transaction would keep everybody else waiting for seconds. */
export function remindProvince(tx: Tx, input: PlanInput & { provinceId: UnitId }, now: Instant): number {
  return queueReminders(tx, { roundId: input.round.id, planned: planProvince(tx, input, now) }, now)
}

export function remindDepartment(tx: Tx, input: PlanInput & { departmentId: UnitId }, now: Instant): number {
  return queueReminders(tx, { roundId: input.round.id, planned: planDepartment(tx, input, now) }, now)
}

/** Every span that some unit may have: of the round's own instants, of each extension, of each date agreed on for the next day. */
function spansOf(tx: Tx, round: Round, now: Instant): ReminderSpan[] {
  const { recordingOpensAt, confirmingOpensAt, institutionDueAt, laoDueAt, otherCountsDueAt, provinceDueAt } = round
  const base = { recordingOpensAt, confirmingOpensAt, agreed: null, below: true }
  const dues = [...new Set([institutionDueAt, laoDueAt, otherCountsDueAt, provinceDueAt])]
  const closes = [
    ...[...new Set([round.recordingClosesAt, round.closesAt])].map((closesAt) => ({ closesAt, extendedAt: null })),
    ...extensionInstants(tx, round).map((until) => ({
      closesAt: until,
      extendedAt: grantedAt(tx, { round, until }),
    })),
  ]
  const spans = dues.flatMap((dueAt) => closes.map((close): ReminderSpan => ({ ...base, dueAt, ...close })))
  const [first] = spans
  if (!first) return []
  return [
    ...spans,
    ...spans.map((span) => ({ ...span, executive: true })),
    ...agreedSoon(tx, round, now).map((agreed) => ({ ...first, agreed, below: false })),
  ]
}

function agreedSoon(tx: Tx, round: Round, now: Instant): { dueAt: Instant; since: Instant }[] {
  const { dueAt, answeredAt } = agreements
  return tx
    .selectDistinct({ dueAt, answeredAt })
    .from(agreements)
    .where(
      and(eq(agreements.roundId, round.id), eq(agreements.state, 'accepted'), gt(dueAt, now), lte(dueAt, now + DAY)),
    )
    .all()
    .map((row) => ({ dueAt: row.dueAt, since: row.answeredAt ?? 0 }))
}
