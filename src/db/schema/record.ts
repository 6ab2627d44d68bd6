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

/**
 * Google requests of the last minute per payer (a service account, or its project) and bucket, summed in slots of a tenth of a
 * second: one ledger for every process. Times are the platform clock's.
 */
export const quotaSlots = sqliteTable(
  'quota_slots',
  {
    payer: text().notNull(),
    bucket: text().notNull(),
    /** Platform clock in tenths of a second. */
    slot: integer().notNull(),
    used: integer().notNull(),
    /** When the last request of the slot was granted; 0 when it only came here because it took long. */
    grantedAt: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.payer, t.bucket, t.slot] })],
)

/** Google has said that a quota is used up: nobody but a waiting person asks before `until` (platform clock). */
export const quotaPauses = sqliteTable(
  'quota_pauses',
  {
    payer: text().notNull(),
    bucket: text().notNull(),
    until: integer().notNull(),
    /** Refusals in a row; each doubles the pause. */
    strikes: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.payer, t.bucket] })],
)

/** Secrets and facts of this installation, e.g. the key of the pupils' hashes in the log. */
export const installation = sqliteTable('installation', {
  name: text().primaryKey(),
  value: text().notNull(),
})
