import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { AppointmentId, InboxId, Instant, OutboxId, PersonId, RoundId, UnitId } from '../ids.ts'

/** Webhook events as received; the unique event id makes LINE's at-least-once delivery exactly-once work. */
export const inbox = sqliteTable(
  'inbox',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<InboxId>(),
    webhookEventId: text().notNull(),
    /** Order is kept per key: the user, or the group. */
    orderKey: text().notNull(),
    /** LINE's event time, platform clock. */
    eventAt: integer().notNull(),
    /** Our receipt, platform clock. */
    receivedAt: integer().notNull(),
    body: text({ mode: 'json' }).$type<unknown>(),
    state: text().notNull().$type<'new' | 'done' | 'dead'>().default('new'),
    attempts: integer().notNull().default(0),
    notBefore: integer().notNull().default(0),
    error: text(),
    doneAt: integer(),
  },
  (t) => [
    uniqueIndex('inbox_event').on(t.webhookEventId),
    /** Few wait among a million that are done; a query must repeat the condition word for word to use it. */
    index('inbox_waiting').on(t.state, t.orderKey, t.id).where(sql`state <> 'done'`),
    index('inbox_order').on(t.orderKey),
  ],
)

/** A message to send: meaning first, bytes at the first sending and kept, so that a retry sends the same with the same key. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<OutboxId>(),
    lineUserId: text().notNull(),
    personId: integer().$type<PersonId>(),
    notice: text({ mode: 'json' }).notNull().$type<unknown>(),
    /** JSON of the LINE message objects, written before the first call. */
    payload: text(),
    channel: text().notNull().$type<'reply' | 'push'>(),
    replyToken: text(),
    /** Platform clock; after it the token is not tried for the first time any more. */
    replyTokenUntil: integer(),
    retryKey: text().notNull(),
    urgency: integer().notNull().default(5),
    /** Same meaning to the same person is queued once. */
    dedupeKey: text(),
    /** `unreachable`: nobody could be written to; kept for the record, never sent. */
    state: text()
      .notNull()
      .$type<'pending' | 'accepted' | 'unknown' | 'dropped' | 'dead' | 'unreachable'>()
      .default('pending'),
    attempts: integer().notNull().default(0),
    notBefore: integer().notNull().default(0),
    createdAt: integer().notNull(),
    /** Domain instant of what is told. */
    occurredAt: integer().$type<Instant>().notNull(),
    firstTriedAt: integer(),
    endedAt: integer(),
    lineRequestId: text(),
    error: text(),
    /** The multicast it goes with, or went with. */
    batchId: integer(),
    /** Why a pending one that LINE has seen is not sent now. */
    waitsFor: text().$type<'retry' | 'person'>(),
    /** It answers an act, not a look: it is told however late. */
    ofAct: integer({ mode: 'boolean' }).notNull().default(false),
    /** Dead, and the department was told so; platform clock. */
    reportedAt: integer(),
  },
  (t) => [
    uniqueIndex('outbox_dedupe').on(t.dedupeKey),
    index('outbox_open').on(t.state, t.notBefore),
    index('outbox_person').on(t.lineUserId, t.id),
    /** Every reply asks whether its token is spoken for. */
    index('outbox_reply_token').on(t.replyToken).where(sql`reply_token is not null`),
    /** The sender asks many times a second what is next, and whether something of the same person comes first. */
    index('outbox_pending').on(t.urgency, t.id).where(sql`state = 'pending'`),
    index('outbox_pending_person').on(t.lineUserId, t.urgency, t.id).where(sql`state = 'pending'`),
    index('outbox_pending_reply').on(t.id).where(sql`state = 'pending' and channel = 'reply'`),
    index('outbox_batch').on(t.batchId).where(sql`batch_id is not null`),
    index('outbox_dead').on(t.reportedAt, t.id).where(sql`state = 'dead'`),
  ],
)

/** Result of every command by its idempotency key: a repeated command answers what the first one answered. */
export const commands = sqliteTable('commands', {
  idempotencyKey: text().primaryKey(),
  type: text().notNull(),
  personId: integer().$type<PersonId>(),
  result: text({ mode: 'json' }).notNull().$type<unknown>(),
  at: integer().$type<Instant>().notNull(),
})

/** What a button means: opaque, expiring, single use, bound to person, appointment, unit and what was shown. */
export const pendingActions = sqliteTable(
  'pending_actions',
  {
    token: text().primaryKey(),
    type: text().notNull(),
    personId: integer().notNull().$type<PersonId>(),
    appointmentId: integer().notNull().$type<AppointmentId>(),
    unitId: integer().$type<UnitId>(),
    roundId: integer().$type<RoundId>(),
    input: text({ mode: 'json' }).notNull().$type<unknown>(),
    createdAt: integer().$type<Instant>().notNull(),
    expiresAt: integer().$type<Instant>().notNull(),
    usedAt: integer().$type<Instant>(),
  },
  (t) => [index('pending_actions_expiry').on(t.expiresAt), index('pending_actions_person').on(t.personId)],
)

/** What the bot waits to hear from this LINE account next, and which duty it speaks for. */
export const conversations = sqliteTable('conversations', {
  lineUserId: text().primaryKey(),
  appointmentId: integer().$type<AppointmentId>(),
  expecting: text({ mode: 'json' }).$type<unknown>(),
  updatedAt: integer().$type<Instant>().notNull(),
})

export type UnreachableReason = 'vacant' | 'unbound' | 'blocked'

/** One reminder moment for one person in one round, at most once. */
export const reminders = sqliteTable(
  'reminders',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    roundId: integer().notNull().$type<RoundId>(),
    unitId: integer().notNull().$type<UnitId>(),
    personId: integer().notNull().$type<PersonId>(),
    moment: text().notNull(),
    owes: text({ mode: 'json' }).notNull().$type<unknown>(),
    outboxId: integer().$type<OutboxId>(),
    /** Why nobody was told, where nobody could be: nobody is appointed (the person is 0 then), the account is not bound, or it blocked us. */
    unreachable: text().$type<UnreachableReason>(),
    at: integer().$type<Instant>().notNull(),
  },
  (t) => [uniqueIndex('reminders_once').on(t.roundId, t.moment, t.unitId, t.personId)],
)
