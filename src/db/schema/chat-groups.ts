import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { AppointmentId, Instant, UnitId } from '../ids.ts'
import { units } from './units.ts'

/** A LINE group or multi-person chat that an officer linked to a unit; gone when the bot leaves it. */
export const chatGroups = sqliteTable(
  'chat_groups',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** LINE's groupId (C…) or roomId (R…). */
    chatId: text().notNull(),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    linkedByAppointmentId: integer().notNull().$type<AppointmentId>(),
    linkedAt: integer().$type<Instant>().notNull(),
  },
  (t) => [uniqueIndex('chat_groups_chat').on(t.chatId)],
)

/** A one-time code that links the group it is typed in; only its hash is stored. */
export const groupCodes = sqliteTable('group_codes', {
  codeHash: text().primaryKey(),
  unitId: integer().notNull().$type<UnitId>(),
  appointmentId: integer().notNull().$type<AppointmentId>(),
  expiresAt: integer().$type<Instant>().notNull(),
  usedAt: integer().$type<Instant>(),
})
