import { sql } from 'drizzle-orm'
import type { Instant } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { outbox } from '../db/schema.ts'
import { messageQuota } from './message-quota.ts'
import { leastUrgentWithRoom } from './rules/sending-order.ts'

export type DeliveryHealth = {
  /** Messages by state. */
  counts: Record<string, number>
  /** When the oldest message that waits was queued: domain clock. */
  oldestPendingAt: Instant | null
}

export function deliveryHealth(tx: Tx): DeliveryHealth {
  const rows = tx.select({ state: outbox.state, n: sql<number>`count(*)` }).from(outbox).groupBy(outbox.state).all()
  return {
    counts: Object.fromEntries(rows.map(({ state, n }) => [state, n])),
    oldestPendingAt: oldestPending(tx, Number.MAX_SAFE_INTEGER),
  }
}

/** The oldest that ought to have gone: what a short quota holds back waits rightly. */
export function oldestOverdue(tx: Tx, platformNow: number): Instant | null {
  const least = leastUrgentWithRoom(messageQuota(tx, platformNow))
  const pushes = least > 0 ? oldestPending(tx, least) : null
  const replies = oldestReply(tx)
  if (pushes === null || replies === null) return pushes ?? replies
  return Math.min(pushes, replies) as Instant
}

const oldestPending = (tx: Tx, leastUrgent: number): Instant | null =>
  tx
    .select({ at: sql<Instant | null>`min(created_at)` })
    .from(outbox)
    .where(sql`state = 'pending' and urgency <= ${leastUrgent}`)
    .get()?.at ?? null

const oldestReply = (tx: Tx): Instant | null =>
  tx
    .select({ at: sql<Instant | null>`min(created_at)` })
    .from(outbox)
    .where(sql`state = 'pending' and channel = 'reply'`)
    .get()?.at ?? null
