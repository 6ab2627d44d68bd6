import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { AppointmentId, HoldId, Instant, OtherInstitutionId, PupilId, RoundId, UnitId } from '../ids.ts'
import { rounds } from './rounds.ts'
import { units } from './units.ts'

/** What the last complete read of an institution's roster sheet said; one row per round and institution. */
export const rosters = sqliteTable(
  'rosters',
  {
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    institutionId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    /** Moves with every change of content; commands name the version they were decided on. */
    version: integer().notNull(),
    /** Hash of the typed rows regardless of their order. */
    contentHash: text().notNull(),
    counted: integer().notNull(),
    errors: integer().notNull(),
    unexplainedWarnings: integer().notNull(),
    totals: text({ mode: 'json' }).notNull().$type<unknown>(),
    readAt: integer().$type<Instant>().notNull(),
    /** Google's word on the file's last edit; not on who changed which row. */
    editedAt: integer().$type<Instant>(),
    lastEditor: text(),
    changedAt: integer().$type<Instant>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.institutionId] })],
)

/**
 * Every read that changed something. A pupil was first seen by the read at `pupils.firstSeenAt`: between that and
 * `previousReadAt`, with the file's last editor as Google names him (R39).
 */
export const rosterReads = sqliteTable(
  'roster_reads',
  {
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    institutionId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    readAt: integer().$type<Instant>().notNull(),
    previousReadAt: integer().$type<Instant>(),
    editedAt: integer().$type<Instant>(),
    lastEditor: text(),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.institutionId, t.readAt] })],
)

/** A pupil (or child) whose row has no error. Gone rows stay until the round is archived: provenance (R39). */
export const pupils = sqliteTable(
  'pupils',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<PupilId>(),
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    institutionId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    /** Normalised 13 digits or G-Code; a derived key while a child waits for a G-Code. */
    key: text().notNull(),
    numberKind: text().notNull().$type<'national_id' | 'g_code' | 'waiting'>(),
    row: integer().notNull(),
    rowHash: text().notNull(),
    /** The judged row as the rules return it. */
    data: text({ mode: 'json' }).notNull().$type<unknown>(),
    grade: text().notNull(),
    sex: text().notNull().$type<'m' | 'f'>(),
    status: text().notNull(),
    counts: integer({ mode: 'boolean' }).notNull(),
    firstSeenAt: integer().$type<Instant>().notNull(),
    changedAt: integer().$type<Instant>().notNull(),
    goneAt: integer().$type<Instant>(),
  },
  (t) => [
    uniqueIndex('pupils_key').on(t.roundId, t.institutionId, t.key),
    /** Finds a number in other institutions. Partial: a query must repeat these three conditions word for word to use it. */
    index('pupils_number')
      .on(t.roundId, t.key, t.institutionId)
      .where(sql`gone_at is null and counts = 1 and number_kind <> 'waiting'`),
  ],
)

/**
 * Which pupil was changed or gone between which two reads, and who Google says edited the file last (R39). When a pupil was
 * first seen stands in `pupils` and `roster_reads`: one row here for each of 1.6 million would double what a first read writes.
 */
export const pupilChanges = sqliteTable(
  'pupil_changes',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    pupilId: integer()
      .notNull()
      .$type<PupilId>()
      .references(() => pupils.id),
    change: text().notNull().$type<'changed' | 'gone' | 'returned' | 'new_number'>(),
    previousReadAt: integer().$type<Instant>(),
    readAt: integer().$type<Instant>().notNull(),
    lastEditor: text(),
    /** Former number when a G-Code became 13 digits. */
    formerKey: text(),
  },
  (t) => [index('pupil_changes_pupil').on(t.pupilId)],
)

export const rosterProblems = sqliteTable(
  'roster_problems',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    row: integer().notNull(),
    columnKey: text(),
    severity: text().notNull().$type<'error' | 'warning'>(),
    code: text().notNull(),
    /** Thai words, ids masked. */
    message: text().notNull(),
    explained: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (t) => [index('roster_problems_unit').on(t.roundId, t.unitId)],
)

/** Rows missing beyond the guard: additions and changes went in, nobody was removed, a person decides. */
export const holds = sqliteTable(
  'holds',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<HoldId>(),
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    institutionId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    contentHash: text().notNull(),
    missing: integer().notNull(),
    outOf: integer().notNull(),
    missingPupilIds: text({ mode: 'json' }).notNull().$type<PupilId[]>(),
    state: text().notNull().$type<'open' | 'released' | 'refused' | 'resolved'>(),
    createdAt: integer().$type<Instant>().notNull(),
    decidedAt: integer().$type<Instant>(),
    decidedByAppointmentId: integer().$type<AppointmentId>(),
  },
  (t) => [index('holds_institution').on(t.roundId, t.institutionId, t.state)],
)

/** An institution of another affiliation that an LAO funds (สถานศึกษาสังกัดอื่น, R5 R23). */
export const otherInstitutions = sqliteTable(
  'other_institutions',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<OtherInstitutionId>(),
    laoId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    code: text().notNull(),
    name: text().notNull(),
    affiliation: text().notNull(),
    closedAt: integer().$type<Instant>(),
  },
  (t) => [uniqueIndex('other_institutions_code').on(t.laoId, t.code)],
)

export const otherCounts = sqliteTable(
  'other_counts',
  {
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    otherInstitutionId: integer()
      .notNull()
      .$type<OtherInstitutionId>()
      .references(() => otherInstitutions.id),
    baseline: integer(),
    /** ISO date; a baseline is always shown with it. */
    baselineDate: text(),
    current: integer(),
    checked: integer({ mode: 'boolean' }).notNull().default(false),
    reason: text(),
    readAt: integer().$type<Instant>(),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.otherInstitutionId] })],
)

/** What the last complete read of an LAO's counts sheet said. */
export const countSheets = sqliteTable(
  'count_sheets',
  {
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    laoId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    version: integer().notNull(),
    contentHash: text().notNull(),
    errors: integer().notNull(),
    unexplainedWarnings: integer().notNull(),
    unchecked: integer().notNull(),
    total: integer().notNull(),
    rows: integer().notNull(),
    readAt: integer().$type<Instant>().notNull(),
    editedAt: integer().$type<Instant>(),
    lastEditor: text(),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.laoId] })],
)
