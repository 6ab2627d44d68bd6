import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AppointmentId, Instant, PersonId, RoundId, UnitId } from '../ids.ts'

/**
 * The append-only log (R38), chained by hash: triggers refuse UPDATE and DELETE.
 * `data` carries internal ids only; whatever stands for a pupil is a keyed hash.
 */
export const events = sqliteTable(
  'events',
  {
    seq: integer().primaryKey(),
    at: integer().$type<Instant>().notNull(),
    type: text().notNull(),
    version: integer().notNull(),
    roundId: integer().$type<RoundId>(),
    unitId: integer().$type<UnitId>(),
    personId: integer().$type<PersonId>(),
    appointmentId: integer().$type<AppointmentId>(),
    data: text().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  (t) => [index('events_unit').on(t.unitId, t.seq), index('events_person').on(t.personId, t.seq)],
)

/** Who runs a job now, so that two processes never do; `until` is platform time. */
export const leases = sqliteTable('leases', {
  name: text().primaryKey(),
  holder: text().notNull(),
  until: integer().notNull(),
})

/** Google requests per identity, bucket and minute: one ledger for every process. */
export const quotaLedger = sqliteTable(
  'quota_ledger',
  {
    identity: text().notNull(),
    bucket: text().notNull(),
    minute: integer().notNull(),
    used: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.identity, t.bucket, t.minute] })],
)

/** Secrets and facts of this installation, e.g. the key of the pupils' hashes in the log. */
export const installation = sqliteTable('installation', {
  name: text().primaryKey(),
  value: text().notNull(),
})
