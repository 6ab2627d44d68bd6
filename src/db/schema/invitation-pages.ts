import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../ids.ts'
import { invitations } from './people.ts'

/**
 * The page and QR picture of an invitation. The code is sealed with the page's own id, of which only a hash stands here: whoever
 * reads the database learns neither.
 */
export const invitationPages = sqliteTable('invitation_pages', {
  idHash: text().primaryKey(),
  invitationId: integer()
    .notNull()
    .references(() => invitations.id),
  sealedCode: text().notNull(),
  createdAt: integer().$type<Instant>().notNull(),
})
