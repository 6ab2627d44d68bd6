import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../ids.ts'

/** Codes that opened nothing, by the account or group that typed them in the last hour; hashes only. */
export const wrongCodes = sqliteTable(
  'wrong_codes',
  {
    /** LINE's userId, groupId or roomId. */
    chatId: text().notNull(),
    codeHash: text().notNull(),
    at: integer().$type<Instant>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.chatId, t.codeHash] }), index('wrong_codes_at').on(t.at)],
)
