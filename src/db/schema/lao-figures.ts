import { integer, primaryKey, sqliteTable } from 'drizzle-orm/sqlite-core'
import type { RoundId, UnitId } from '../ids.ts'

/**
 * What the nation's overview needs of an LAO, kept because summing it up anew takes too long. Derived: a row is deleted by
 * trigger, in the transaction that changes anything it rests on (`lao-figure-triggers.ts`), and computed again from there.
 */
export const laoFigures = sqliteTable(
  'lao_figures',
  {
    roundId: integer().notNull().$type<RoundId>(),
    laoId: integer().notNull().$type<UnitId>(),
    complete: integer({ mode: 'boolean' }).notNull(),
    /** Sum of the institutions' reported figures. */
    counted: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.laoId] })],
)
