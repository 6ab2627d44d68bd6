import { desc } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { quotaMonths } from '../db/schema.ts'

/** Messages that LINE's monthly quota still allows, as read last; null when it is unlimited or was never read. */
export function quotaLeft(tx: Tx): number | null {
  const row = tx.select().from(quotaMonths).orderBy(desc(quotaMonths.month)).limit(1).get()
  if (!row || row.readAt === 0 || row.quota === null) return null
  return Math.max(0, row.quota - row.used - row.sentSince)
}
