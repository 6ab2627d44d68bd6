import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AppointmentId, FindingId, Instant, PersonId, RoundId, SnapshotId, UnitId } from '../ids.ts'
import { rounds } from './rounds.ts'
import { units } from './units.ts'

/** ตรวจพบภายหลัง (R39): after the close somebody above found that a confirmed pupil does not exist. The figure stays what it was. */
export const findings = sqliteTable(
  'findings',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<FindingId>(),
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    institutionId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    /** The confirmed figure that the pupil stands in. */
    snapshotId: integer().notNull().$type<SnapshotId>(),
    /** Row of the sheet as confirmed; null when the pupil is described in words alone. */
    row: integer(),
    /** Masked number and grade, or what the finder wrote. */
    pupil: text().notNull(),
    /** Keyed hash that stands for the pupil in the log; null with `row`. */
    pupilHash: text(),
    how: text().notNull(),
    /** ISO date (CE) on which it was found. */
    foundOn: text().notNull(),
    personId: integer().notNull().$type<PersonId>(),
    appointmentId: integer().notNull().$type<AppointmentId>(),
    createdAt: integer().$type<Instant>().notNull(),
  },
  (t) => [index('findings_institution').on(t.roundId, t.institutionId)],
)
