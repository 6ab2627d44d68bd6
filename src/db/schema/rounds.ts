import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { AppointmentId, Instant, RoundId, UnitId } from '../ids.ts'
import { units } from './units.ts'

/**
 * A round (ปีการศึกษา, ครั้งที่; R11) with every instant. All "due" and "closes" instants are exclusive:
 * "by 10 June" is 11 June 00:00 Bangkok, and 17:00:00.000 itself is too late.
 */
export const rounds = sqliteTable(
  'rounds',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<RoundId>(),
    /** "2567/1" */
    code: text().notNull(),
    schoolYear: integer().notNull(),
    term: integer().notNull(),
    carriesRoundId: integer().$type<RoundId>(),
    /** ISO date (CE) on which ages and prefixes are judged. */
    asOf: text().notNull(),
    recordingOpensAt: integer().$type<Instant>().notNull(),
    confirmingOpensAt: integer().$type<Instant>().notNull(),
    institutionDueAt: integer().$type<Instant>().notNull(),
    laoDueAt: integer().$type<Instant>().notNull(),
    otherCountsDueAt: integer().$type<Instant>().notNull(),
    provinceDueAt: integer().$type<Instant>().notNull(),
    /** Closes recording, and confirming and cancelling for institutions and LAOs. */
    recordingClosesAt: integer().$type<Instant>().notNull(),
    /** Closes the round, the province's confirmation included. */
    closesAt: integer().$type<Instant>().notNull(),
    letterNumber: text(),
    letterDate: text(),
    helpDesk: text(),
    /** ISO date of the other-affiliation baseline, when the round names one (R23). */
    baselineDate: text(),
    /** Fields whose value the sources do not give; shown as assumed wherever they are shown. */
    assumed: text({ mode: 'json' }).notNull().$type<string[]>(),
    /** field → clause of the source document, e.g. institutionDueAt → "G4.2". */
    clauses: text({ mode: 'json' }).notNull().$type<Record<string, string>>(),
    /** Who is reminded when (docs/decisions/0017), checked before it is written; null: as is usual. */
    reminderPolicy: text({ mode: 'json' }).$type<unknown>(),
    active: integer({ mode: 'boolean' }).notNull().default(false),
    archivedAt: integer().$type<Instant>(),
    createdAt: integer().$type<Instant>().notNull(),
  },
  (t) => [uniqueIndex('rounds_code').on(t.code), uniqueIndex('rounds_one_active').on(t.active).where(sql`active = 1`)],
)

export type ExtensionScope = 'everyone' | 'province' | 'lao' | 'institution'

/** An added fact, never an edit of the round: the scope may record and confirm until `until` (exclusive). */
export const extensions = sqliteTable(
  'extensions',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    scope: text().notNull().$type<ExtensionScope>(),
    unitId: integer()
      .$type<UnitId>()
      .references(() => units.id),
    until: integer().$type<Instant>().notNull(),
    reason: text().notNull(),
    letterNumber: text().notNull(),
    byAppointmentId: integer().$type<AppointmentId>(),
    createdAt: integer().$type<Instant>().notNull(),
  },
  (t) => [index('extensions_round').on(t.roundId, t.unitId)],
)

/** ยกเลิกการขยายเวลา: an added fact too. From its instant on the extension no longer counts; what was done until then stands. */
export const extensionEndings = sqliteTable(
  'extension_endings',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    extensionId: integer()
      .notNull()
      .references(() => extensions.id),
    at: integer().$type<Instant>().notNull(),
    reason: text().notNull(),
    letterNumber: text().notNull(),
    byAppointmentId: integer().$type<AppointmentId>(),
  },
  (t) => [uniqueIndex('extension_endings_one').on(t.extensionId)],
)

/** Which provinces are still to be told of an extension, or of its end: the nation is not told in one transaction. */
export const extensionTellings = sqliteTable(
  'extension_tellings',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    extensionId: integer()
      .notNull()
      .references(() => extensions.id),
    what: text().notNull().$type<'granted' | 'ended'>(),
    provinceId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    toldAt: integer().$type<Instant>(),
  },
  (t) => [
    uniqueIndex('extension_tellings_once').on(t.extensionId, t.what, t.provinceId),
    index('extension_tellings_open').on(t.toldAt),
  ],
)

/** The date and time that an institution and its LAO agree on (R18); it guides, it never blocks. */
export const agreements = sqliteTable(
  'agreements',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    institutionId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    proposedBy: text().notNull().$type<'institution' | 'lao'>(),
    proposedByAppointmentId: integer().$type<AppointmentId>().notNull(),
    dueAt: integer().$type<Instant>().notNull(),
    state: text().notNull().$type<'proposed' | 'accepted' | 'countered' | 'replaced'>(),
    createdAt: integer().$type<Instant>().notNull(),
    answeredAt: integer().$type<Instant>(),
    answeredByAppointmentId: integer().$type<AppointmentId>(),
  },
  (t) => [index('agreements_institution').on(t.roundId, t.institutionId)],
)
