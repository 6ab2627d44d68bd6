import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { AppointmentId, Instant, PersonId, RoundId, SharedPupilId, UnitId } from '../ids.ts'
import { rounds } from './rounds.ts'
import { units } from './units.ts'

/** The question about one number that more than one institution of the round counts; asked again when it comes back. */
export const sharedPupils = sqliteTable(
  'shared_pupils',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<SharedPupilId>(),
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    /** The pupil's key in `pupils`. */
    key: text().notNull(),
    state: text().notNull().$type<'open' | 'resolved'>(),
    /** Moves with every claim, word and decision: a decision names the version it was made on. */
    version: integer().notNull(),
    /** The lowest unit that stands above all who claim; it may decide. */
    superiorId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    /** Decided by the superior: this one counts the pupil, for as long as it claims it. */
    keeperId: integer()
      .$type<UnitId>()
      .references(() => units.id),
    openedAt: integer().$type<Instant>().notNull(),
    resolvedAt: integer().$type<Instant>(),
  },
  (t) => [
    uniqueIndex('shared_pupils_key').on(t.roundId, t.key),
    index('shared_pupils_superior').on(t.superiorId, t.state),
  ],
)

/** Who counts the pupil, and since when: the earlier claimant is free, the later ones are blocked. */
export const sharedPupilClaims = sqliteTable(
  'shared_pupil_claims',
  {
    sharedPupilId: integer()
      .notNull()
      .$type<SharedPupilId>()
      .references(() => sharedPupils.id),
    institutionId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    since: integer().$type<Instant>().notNull(),
    /** Null while the institution counts the pupil. */
    endedAt: integer().$type<Instant>(),
    endedWhy: text().$type<'gone' | 'in_error'>(),
  },
  (t) => [
    primaryKey({ columns: [t.sharedPupilId, t.institutionId] }),
    index('shared_pupil_claims_institution').on(t.institutionId, t.endedAt),
  ],
)

/** What people said and decided about it. Words have their pupil numbers masked. */
export const sharedPupilSteps = sqliteTable(
  'shared_pupil_steps',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    sharedPupilId: integer()
      .notNull()
      .$type<SharedPupilId>()
      .references(() => sharedPupils.id),
    act: text().notNull().$type<'release_asked' | 'evidence' | 'decided'>(),
    /** The unit that acts. */
    unitId: integer().notNull().$type<UnitId>(),
    /** Of a decision: who keeps the pupil. */
    keeperId: integer().$type<UnitId>(),
    word: text(),
    personId: integer().notNull().$type<PersonId>(),
    appointmentId: integer().notNull().$type<AppointmentId>(),
    at: integer().$type<Instant>().notNull(),
  },
  (t) => [index('shared_pupil_steps_question').on(t.sharedPupilId, t.act)],
)

/** Pupils whose row stands in the sheet but has an error now: not taken out, yet not counted either. */
export const pupilsInError = sqliteTable(
  'pupils_in_error',
  {
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    institutionId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    key: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.institutionId, t.key] })],
)
