import type Database from 'better-sqlite3'
import { eq, sql } from 'drizzle-orm'
import type { Instant } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { quotaMonths, units } from '../db/schema.ts'
import { appointedAt } from './actor.ts'
import { queueNotice, URGENCY } from './notice.ts'
import { type QuotaLeft, warningDue } from './rules/sending-order.ts'

/** LINE dates its statistics in UTC+9, and the month of the quota turns with them. */
const LINE_OFFSET_MS = 9 * 3_600_000
const READ_EVERY_MS = 10 * 60_000
/** Before many pushes the figures should be this fresh. */
const FRESH_FOR_CAMPAIGN_MS = 60_000
export const CAMPAIGN = 100

export type MessageQuota = QuotaLeft & {
  /** YYYY-MM as LINE counts it. */
  month: string
  /** What LINE said, and what was sent since. */
  used: number
  sentByUs: number
  /** Platform clock; null: LINE was not asked yet this month. */
  readAt: number | null
  /** LINE refused for the month's limit, and no later reading showed room. */
  exhausted: boolean
}

export const monthOf = (platformNow: number): string => new Date(platformNow + LINE_OFFSET_MS).toISOString().slice(0, 7)

/** What is known of the month's quota at `platformNow` (platform clock), by LINE's figures and ours. */
export function messageQuota(tx: Tx, platformNow: number): MessageQuota {
  const month = monthOf(platformNow)
  const row = rowOf(tx, month)
  const used = (row?.used ?? 0) + (row?.sentSince ?? 0)
  const limit = row?.quota ?? null
  const exhausted = (row?.exhaustedAt ?? null) !== null
  return {
    month,
    limit,
    used,
    left: exhausted ? 0 : limit === null ? null : Math.max(0, limit - used),
    sentByUs: row?.sentByUs ?? 0,
    readAt: row?.readAt ? row.readAt : null,
    exhausted,
    monthLeft: shareLeft(platformNow),
  }
}

function shareLeft(platformNow: number): number {
  const at = new Date(platformNow + LINE_OFFSET_MS)
  const start = Date.UTC(at.getUTCFullYear(), at.getUTCMonth())
  const end = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1)
  return (end - at.getTime()) / (end - start)
}

/** Whether LINE should be asked again: every ten minutes, before a campaign, and ten minutes after it refused. */
export function quotaIsStale(tx: Tx, input: { waiting: number }, platformNow: number): boolean {
  const row = rowOf(tx, monthOf(platformNow))
  if (!row?.readAt && !row?.exhaustedAt) return true
  const age = platformNow - Math.max(row.readAt, row.exhaustedAt ?? 0)
  if (age >= READ_EVERY_MS) return true
  return row.exhaustedAt === null && input.waiting >= CAMPAIGN && age >= FRESH_FOR_CAMPAIGN_MS
}

/**
 * Records what LINE said. `sentBefore`: our count when it was asked; what was accepted meanwhile may or may not be in LINE's figure
 * and counts once more, to be on the safe side. A refusal that came after the question is newer than its answer.
 */
export function recordQuota(
  tx: Tx,
  said: { limit: number | null; used: number; sentBefore: number; askedAt?: number },
  platformNow: number,
): void {
  const month = monthOf(platformNow)
  const row = rowOf(tx, month)
  const hasRoom = said.limit === null || said.used < said.limit
  const values = {
    quota: said.limit,
    used: said.used,
    readAt: platformNow,
    sentSince: Math.max(0, (row?.sentByUs ?? 0) - said.sentBefore),
    exhaustedAt: hasRoom && (said.askedAt ?? platformNow) > (row?.exhaustedAt ?? 0) ? null : (row?.exhaustedAt ?? null),
  }
  tx.insert(quotaMonths)
    .values({ month, ...values })
    .onConflictDoUpdate({ target: quotaMonths.month, set: values })
    .run()
}

export function countSent(tx: Tx, recipients: number, platformNow: number): void {
  if (recipients === 0) return
  preparedOn(tx, quotaStatements).count.run({ month: monthOf(platformNow), recipients })
}

/** LINE has refused a push because of the month's limit: nothing that costs goes until it says otherwise. */
export function markExhausted(tx: Tx, platformNow: number): void {
  const values = { month: monthOf(platformNow), exhaustedAt: platformNow }
  tx.insert(quotaMonths)
    .values(values)
    .onConflictDoUpdate({ target: quotaMonths.month, set: { exhaustedAt: platformNow } })
    .run()
}

/** Tells the department's officers at 80 and at 95 per cent, once each a month; these messages are in the quota too. */
export function warnOfQuota(tx: Tx, platformNow: number, now: Instant): number {
  const { month, limit, used, exhausted } = messageQuota(tx, platformNow)
  const percent = exhausted ? 95 : warningDue({ limit, used })
  if (percent === null) return 0
  return tellDepartment(
    tx,
    { notice: { type: 'quota-warning', percent, month, used, limit }, key: `quota:${month}:${percent}` },
    now,
  )
}

/** One message to each officer of the department under a key of its own; returns how many were queued. */
export function tellDepartment(
  tx: Tx,
  input: { notice: Parameters<typeof queueNotice>[1]['notice']; key: string },
  now: Instant,
): number {
  let queued = 0
  for (const { id } of tx.select({ id: units.id }).from(units).where(eq(units.level, 'department')).all())
    for (const { personId } of appointedAt(tx, { unitId: id, role: 'officer' }, now)) {
      const told = { personId, notice: input.notice, urgency: URGENCY.actNow, dedupeKey: `${input.key}:${personId}` }
      if (queueNotice(tx, told, now) !== null) queued += 1
    }
  return queued
}

const rowOf = (tx: Tx, month: string) => preparedOn(tx, quotaStatements).row.get({ month })

/** The sender asks many times a second: see docs/decisions/0009. */
function quotaStatements(raw: Database.Database, tx: Tx) {
  return {
    row: tx
      .select()
      .from(quotaMonths)
      .where(eq(quotaMonths.month, sql.placeholder('month')))
      .prepare(),
    count: raw.prepare<[{ month: string; recipients: number }]>(
      `insert into quota_months (month, sent_since, sent_by_us) values (@month, @recipients, @recipients)
       on conflict (month) do update set sent_since = sent_since + excluded.sent_since,
         sent_by_us = sent_by_us + excluded.sent_by_us`,
    ),
  }
}
