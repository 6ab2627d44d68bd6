import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ConfirmationId, Instant, PersonId, RoundId, UnitId } from '../ids.ts'

export type SeenInstitution = { unitId: UnitId; confirmationId: ConfirmationId | null; counted: number | null }

/** What an officer of an LAO was last shown of its institutions before attesting: the next look says what changed (R30). */
export const overviewLooks = sqliteTable(
  'overview_looks',
  {
    roundId: integer().notNull().$type<RoundId>(),
    laoId: integer().notNull().$type<UnitId>(),
    personId: integer().notNull().$type<PersonId>(),
    shownHash: text().notNull(),
    seen: text({ mode: 'json' }).notNull().$type<SeenInstitution[]>(),
    at: integer().$type<Instant>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.laoId, t.personId] })],
)
