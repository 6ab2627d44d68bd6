import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { AppointmentId, Instant, PersonId, PupilId, RoundId, SpotCheckId, UnitId } from '../ids.ts'
import { pupils } from './rosters.ts'
import { rounds } from './rounds.ts'
import { units } from './units.ts'

/** One draw of a province (R40): with its seed and the frame that it was drawn from, anybody can draw it again. */
export const spotChecks = sqliteTable(
  'spot_checks',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<SpotCheckId>(),
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    provinceId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    /** ครั้งที่ within round and province. */
    number: integer().notNull(),
    /** Name of the algorithm, docs/spot-checks.md. */
    method: text().notNull(),
    seed: text().notNull(),
    seedFrom: text().notNull().$type<'log' | 'given'>(),
    /** The text that `frameHash` is made of; internal ids and figures only. */
    frame: text().notNull(),
    frameHash: text().notNull(),
    /** Null: drawn by the department's operator. */
    personId: integer().$type<PersonId>(),
    appointmentId: integer().$type<AppointmentId>(),
    drawnAt: integer().$type<Instant>().notNull(),
  },
  (t) => [
    uniqueIndex('spot_checks_number').on(t.roundId, t.provinceId, t.number),
    uniqueIndex('spot_checks_seed').on(t.seed),
  ],
)

export const spotCheckInstitutions = sqliteTable(
  'spot_check_institutions',
  {
    spotCheckId: integer()
      .notNull()
      .$type<SpotCheckId>()
      .references(() => spotChecks.id),
    institutionId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    /** In the order of the draw. */
    position: integer().notNull(),
    note: text(),
    noteAt: integer().$type<Instant>(),
    noteByAppointmentId: integer().$type<AppointmentId>(),
  },
  (t) => [
    primaryKey({ columns: [t.spotCheckId, t.institutionId] }),
    index('spot_check_institutions_institution').on(t.institutionId),
  ],
)

export const spotCheckPupils = sqliteTable(
  'spot_check_pupils',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    spotCheckId: integer()
      .notNull()
      .$type<SpotCheckId>()
      .references(() => spotChecks.id),
    institutionId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    pupilId: integer()
      .notNull()
      .$type<PupilId>()
      .references(() => pupils.id),
    /** Runs through all draws of the province in the round: what people type. */
    number: integer().notNull(),
    /** Null until the province's officer says what was found; the last word counts, every word is an event. */
    result: text().$type<'found' | 'not_found'>(),
    note: text(),
    resultAt: integer().$type<Instant>(),
    resultByPersonId: integer().$type<PersonId>(),
    resultByAppointmentId: integer().$type<AppointmentId>(),
  },
  (t) => [
    uniqueIndex('spot_check_pupils_once').on(t.spotCheckId, t.pupilId),
    index('spot_check_pupils_pupil').on(t.pupilId),
  ],
)
