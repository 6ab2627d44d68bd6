import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { AppointmentId, Instant, PersonId, UnitId } from '../ids.ts'
import { units } from './units.ts'

export type Role = 'officer' | 'executive' | 'certifier'

/** A natural person; acts belong to the person and to the appointment held at that moment. */
export const people = sqliteTable(
  'people',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<PersonId>(),
    name: text().notNull(),
    telephone: text(),
    lineUserId: text(),
    /** What LINE calls the account; kept only while the account is bound. */
    lineDisplayName: text(),
    /** The account blocked us (unfollow): told to the level above, never counted as reached. */
    blockedAt: integer().$type<Instant>(),
    thaiNumerals: integer({ mode: 'boolean' }).notNull().default(false),
    quietFrom: integer(),
    quietTo: integer(),
    createdAt: integer().$type<Instant>().notNull(),
  },
  (t) => [uniqueIndex('people_line_user').on(t.lineUserId)],
)

/** A dated duty at a unit (ได้รับแต่งตั้ง, R4 R6 R7), granted by the level above, with its order's number and date. */
export const appointments = sqliteTable(
  'appointments',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<AppointmentId>(),
    personId: integer()
      .notNull()
      .$type<PersonId>()
      .references(() => people.id),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    role: text().notNull().$type<Role>(),
    orderNumber: text(),
    /** ISO date of the order. */
    orderDate: text(),
    validFrom: integer().$type<Instant>().notNull(),
    validTo: integer().$type<Instant>(),
    suspendedAt: integer().$type<Instant>(),
    suspendedReason: text(),
    grantedByAppointmentId: integer().$type<AppointmentId>(),
    endedReason: text(),
    /** Who took over, when it ended by a successor's acceptance. */
    replacedByAppointmentId: integer().$type<AppointmentId>(),
  },
  (t) => [index('appointments_unit').on(t.unitId, t.role), index('appointments_person').on(t.personId)],
)

/** A one-time code that binds a LINE account to a unit; only its hash is stored. */
export const invitations = sqliteTable(
  'invitations',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    codeHash: text().notNull(),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    role: text().notNull().$type<Role>(),
    personName: text(),
    orderNumber: text(),
    orderDate: text(),
    /** Whose appointment ends at the moment this one is accepted. */
    replacesAppointmentId: integer().$type<AppointmentId>(),
    createdByAppointmentId: integer().$type<AppointmentId>(),
    createdAt: integer().$type<Instant>().notNull(),
    expiresAt: integer().$type<Instant>().notNull(),
    usedAt: integer().$type<Instant>(),
    appointmentId: integer().$type<AppointmentId>(),
    revokedAt: integer().$type<Instant>(),
  },
  (t) => [uniqueIndex('invitations_code').on(t.codeHash), index('invitations_unit').on(t.unitId)],
)

/** The Google account that may edit the sheets of the person's units; asked for when joining. */
export const googleAddresses = sqliteTable(
  'google_addresses',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    personId: integer()
      .notNull()
      .$type<PersonId>()
      .references(() => people.id),
    email: text().notNull(),
    /** refused: Google said that this address is no Google account. */
    state: text().notNull().$type<'unchecked' | 'accepted' | 'refused'>().default('unchecked'),
    createdAt: integer().$type<Instant>().notNull(),
    replacedAt: integer().$type<Instant>(),
  },
  (t) => [index('google_addresses_person').on(t.personId)],
)
