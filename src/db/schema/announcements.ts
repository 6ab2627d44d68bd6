import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { AnnouncementId, AppointmentId, Instant, OutboxId, PersonId, RoundId, UnitId } from '../ids.ts'
import type { Role } from './people.ts'
import { units } from './units.ts'

/** all: every level below at once; next: the level directly below, which passes it on with a word of its own. */
export type Reach = 'all' | 'next'

/** ประกาศ of one level to those below it (R10), or what a level passes on of one that reached it. Never edited. */
export const announcements = sqliteTable(
  'announcements',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<AnnouncementId>(),
    roundId: integer().$type<RoundId>(),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    /** Null: the department's operator. */
    byAppointmentId: integer().$type<AppointmentId>(),
    /** Of one that is passed on: the word that this level adds, which may be empty. */
    words: text().notNull(),
    letterNumber: text(),
    reach: text().notNull().$type<Reach>(),
    passesOnId: integer().$type<AnnouncementId>(),
    createdAt: integer().$type<Instant>().notNull(),
    /** When those who had not acknowledged were told once more. */
    repeatedAt: integer().$type<Instant>(),
  },
  (t) => [index('announcements_unit').on(t.unitId, t.id), uniqueIndex('announcements_once').on(t.passesOnId, t.unitId)],
)

/** Province by province: one announcement for the nation is not told in one transaction. */
export const announcementTellings = sqliteTable(
  'announcement_tellings',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    announcementId: integer()
      .notNull()
      .$type<AnnouncementId>()
      .references(() => announcements.id),
    /** The province, or the announcing unit itself below that level. */
    underUnitId: integer().notNull().$type<UnitId>(),
    toldAt: integer().$type<Instant>(),
  },
  (t) => [index('announcement_tellings_open').on(t.toldAt, t.id)],
)

/** One person in one duty whom an announcement is for. No `outboxId`: no account that can be reached. */
export const announcementReceipts = sqliteTable(
  'announcement_receipts',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    announcementId: integer()
      .notNull()
      .$type<AnnouncementId>()
      .references(() => announcements.id),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    personId: integer().notNull().$type<PersonId>(),
    appointmentId: integer().notNull().$type<AppointmentId>(),
    role: text().notNull().$type<Role>(),
    outboxId: integer().$type<OutboxId>(),
    toldAt: integer().$type<Instant>().notNull(),
    /** The person's own word that it was read (รับทราบ); LINE's acceptance says nothing of the kind. */
    acknowledgedAt: integer().$type<Instant>(),
  },
  (t) => [
    uniqueIndex('announcement_receipts_once').on(t.announcementId, t.unitId, t.personId),
    index('announcement_receipts_person').on(t.personId, t.acknowledgedAt),
  ],
)
