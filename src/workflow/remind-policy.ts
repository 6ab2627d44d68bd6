import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Instant } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { rounds } from '../db/schema.ts'
import { appendEvent } from './event-log.ts'
import { type Round, roundByCode } from './rounds.ts'
import { DEFAULT_POLICY, type ReminderPolicy } from './rules/reminders/policy.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const days = z.int().min(1).max(60)
const minutes = z
  .int()
  .min(1)
  .max(12 * 60)

/** What is left out is as usual; what is unknown is refused, so that a misspelt field does not pass for the usual. */
const policyFile = z.strictObject({
  morning: time.default(DEFAULT_POLICY.morning),
  opening: z.strictObject({ recording: z.boolean(), confirming: z.boolean() }).default(DEFAULT_POLICY.opening),
  workingDaysBefore: z
    .array(days)
    .max(10)
    .default([...DEFAULT_POLICY.workingDaysBefore]),
  dayBefore: z.boolean().default(DEFAULT_POLICY.dayBefore),
  lastDay: z.boolean().default(DEFAULT_POLICY.lastDay),
  minutesBefore: z
    .array(minutes)
    .max(6)
    .default([...DEFAULT_POLICY.minutesBefore]),
  lastDayTimes: z
    .array(time)
    .max(6)
    .default([...DEFAULT_POLICY.lastDayTimes]),
  missed: z.strictObject({ afterDue: z.boolean(), afterClose: z.boolean() }).default(DEFAULT_POLICY.missed),
  agreed: z
    .strictObject({ morning: z.boolean(), minutesBefore: z.array(minutes).max(3) })
    .default({ morning: true, minutesBefore: [...DEFAULT_POLICY.agreed.minutesBefore] }),
  quiet: z.strictObject({ from: time, to: time }).default(DEFAULT_POLICY.quiet),
  digestFromWorkingDaysBefore: z.int().min(0).max(60).nullable().default(DEFAULT_POLICY.digestFromWorkingDaysBefore),
  executiveFrom: z.int().min(0).max(5).nullable().default(DEFAULT_POLICY.executiveFrom),
})

const isWithinDay = (policy: ReminderPolicy): boolean =>
  policy.quiet.to <= policy.morning && policy.morning < policy.quiet.from

/** Reads a policy as it is written by hand: every problem at once, in English, or the whole policy. */
export function readPolicy(
  given: unknown,
): { ok: true; policy: ReminderPolicy } | { ok: false; problems: readonly string[] } {
  const parsed = policyFile.safeParse(given)
  if (!parsed.success)
    return {
      ok: false,
      problems: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'policy'}: ${message}`),
    }
  if (!isWithinDay(parsed.data)) return { ok: false, problems: ['morning: lies in the quiet hours'] }
  return { ok: true, policy: parsed.data }
}

/** The round's own policy, or the usual one. */
export function policyOf(round: Pick<Round, 'reminderPolicy'>): ReminderPolicy {
  if (round.reminderPolicy === null) return DEFAULT_POLICY
  const read = readPolicy(round.reminderPolicy)
  return read.ok ? read.policy : DEFAULT_POLICY
}

/** Gives a round another policy, or the usual one again (null). It holds for every moment that is still to come. */
export function setReminderPolicy(
  tx: Tx,
  input: { code: string; given: unknown },
  now: Instant,
):
  | { ok: true; policy: ReminderPolicy; round: Round }
  | { ok: false; why: 'unknown' | 'bad-policy'; problems: readonly string[] } {
  const round = roundByCode(tx, input.code)
  if (!round) return { ok: false, why: 'unknown', problems: [] }
  const read = input.given === null ? { ok: true as const, policy: DEFAULT_POLICY } : readPolicy(input.given)
  if (!read.ok) return { ok: false, why: 'bad-policy', problems: read.problems }
  const reminderPolicy = input.given === null ? null : read.policy
  tx.update(rounds).set({ reminderPolicy }).where(eq(rounds.id, round.id)).run()
  appendEvent(tx, { at: now, type: 'reminder-policy-set', roundId: round.id, data: { by: 'operator', reminderPolicy } })
  return { ok: true, policy: read.policy, round: { ...round, reminderPolicy } }
}
