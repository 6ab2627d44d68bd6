import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Instant, OutboxId, PersonId, RoundId } from '../ids.ts'

/** The executive's card of a week: at most one per person. No `outboxId`: no account that can be reached. */
export const weeklyCards = sqliteTable(
  'weekly_cards',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    roundId: integer().notNull().$type<RoundId>(),
    personId: integer().notNull().$type<PersonId>(),
    /** ISO date of the week's Monday. */
    week: text().notNull(),
    outboxId: integer().$type<OutboxId>(),
    at: integer().$type<Instant>().notNull(),
  },
  (t) => [uniqueIndex('weekly_cards_once').on(t.roundId, t.personId, t.week)],
)
