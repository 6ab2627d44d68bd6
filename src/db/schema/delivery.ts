import { sql } from 'drizzle-orm'
import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** One multicast: the same bytes to several people, written before the call, so that a retry repeats bytes, recipients and key. */
export const outboxBatches = sqliteTable(
  'outbox_batches',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    retryKey: text().notNull(),
    payload: text().notNull(),
    recipients: integer().notNull(),
    /** `dissolved`: LINE did not take it; its rows go on by themselves. */
    state: text().notNull().$type<'pending' | 'accepted' | 'dissolved' | 'dead'>().default('pending'),
    attempts: integer().notNull().default(0),
    /** This and the other moments: platform clock. */
    notBefore: integer().notNull().default(0),
    createdAt: integer().notNull(),
    firstTriedAt: integer().notNull(),
    endedAt: integer(),
    lineRequestId: text(),
    error: text(),
  },
  (t) => [index('outbox_batches_pending').on(t.id).where(sql`state = 'pending'`)],
)

/** How fast each of LINE's sending endpoints is used: one bucket for all processes, since the lease lets one send at a time. */
export const sendingLanes = sqliteTable('sending_lanes', {
  lane: text().primaryKey().$type<'reply' | 'push' | 'multicast'>(),
  /** Calls that may be made at once. */
  tokens: real().notNull(),
  countedAt: integer().notNull(),
  /** LINE said that the rate is exceeded: nobody's message goes before. */
  pausedUntil: integer().notNull().default(0),
  /** Such refusals in a row; each doubles the pause. */
  strikes: integer().notNull().default(0),
})

/** LINE's monthly message quota: what LINE said last, and what was sent since. Months turn in UTC+9. */
export const quotaMonths = sqliteTable('quota_months', {
  month: text().primaryKey(),
  /** Null: unlimited, or not read yet (`readAt` 0). */
  quota: integer(),
  /** As LINE said it. */
  used: integer().notNull().default(0),
  readAt: integer().notNull().default(0),
  /** Recipients of pushes and multicasts that LINE accepted since then. */
  sentSince: integer().notNull().default(0),
  /** The same since the month began, as evidence of what we used. */
  sentByUs: integer().notNull().default(0),
  /** LINE refused for the month's limit; cleared when a later reading shows room. */
  exhaustedAt: integer(),
})
