import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { AppointmentId, Instant, PersonId, RoundId, UnitId } from '../ids.ts'
import { units } from './units.ts'

/** `overtaken`: submitted anew, confirmed otherwise, or the figures are no longer those that were submitted. */
export type SubmissionState = 'waiting' | 'certified' | 'sent_back' | 'overtaken'

/** What an institution's officer has attested and confirmed, waiting for the second person's tap (รอผู้รับรอง). */
export const submissions = sqliteTable(
  'submissions',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    roundId: integer().notNull().$type<RoundId>(),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    /** Content that the officer saw and attested; the certifier's tap is bound to the same. */
    seenHash: text().notNull(),
    counted: integer().notNull(),
    state: text().notNull().$type<SubmissionState>(),
    personId: integer().notNull().$type<PersonId>(),
    appointmentId: integer().notNull().$type<AppointmentId>(),
    tappedAt: integer().$type<Instant>().notNull(),
    /** The certifier's word when it was sent back. */
    word: text(),
    endedByPersonId: integer().$type<PersonId>(),
    endedByAppointmentId: integer().$type<AppointmentId>(),
    createdAt: integer().$type<Instant>().notNull(),
    endedAt: integer().$type<Instant>(),
  },
  (t) => [
    uniqueIndex('submissions_one_waiting').on(t.roundId, t.unitId).where(sql`state = 'waiting'`),
    index('submissions_unit').on(t.roundId, t.unitId),
  ],
)
