import { integer, primaryKey, sqliteTable } from 'drizzle-orm/sqlite-core'
import type { AppointmentId, Instant, OtherInstitutionId, RoundId } from '../ids.ts'

/**
 * An LAO's word in chat that the total of an institution of another affiliation is what it was (ตรวจสอบแล้ว ไม่เปลี่ยนแปลง, R23): stands
 * for the figure and the tick in the sheet as long as nobody types another figure there.
 */
export const countChecks = sqliteTable(
  'count_checks',
  {
    roundId: integer().notNull().$type<RoundId>(),
    otherInstitutionId: integer().notNull().$type<OtherInstitutionId>(),
    total: integer().notNull(),
    appointmentId: integer().notNull().$type<AppointmentId>(),
    at: integer().$type<Instant>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.otherInstitutionId] })],
)
