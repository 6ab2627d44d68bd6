import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant, PersonId, RoundId, UnitId } from '../ids.ts'

/** One institution as it stood on somebody's last card; `state` is a word of ours for how far it had come. */
export type SeenState = { unitId: UnitId; state: string }

/** What an officer was last shown of the units below (สถานะ): the next card says what changed since. */
export const statusLooks = sqliteTable(
  'status_looks',
  {
    roundId: integer().notNull().$type<RoundId>(),
    unitId: integer().notNull().$type<UnitId>(),
    personId: integer().notNull().$type<PersonId>(),
    seen: text({ mode: 'json' }).notNull().$type<SeenState[]>(),
    at: integer().$type<Instant>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.unitId, t.personId] })],
)
