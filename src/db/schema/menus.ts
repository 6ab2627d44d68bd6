import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Rich menus that stand on the LINE channel, as `lec line menus` made them; the newest ready one of a kind is the one to show. */
export const richMenus = sqliteTable('rich_menus', {
  id: integer().primaryKey({ autoIncrement: true }),
  richMenuId: text().notNull().unique(),
  /** Whose menu it is: 'institution', 'lao', …, 'newcomer'. */
  kind: text().notNull(),
  /** Hash of everything that its picture and areas are made of. */
  version: text().notNull(),
  /** Platform clock. Its picture is there: only then can it be shown. */
  readyAt: integer(),
})

/** Which menu LINE shows to an account, as far as we asked for it; without a row the channel's default shows. */
export const richMenuLinks = sqliteTable(
  'rich_menu_links',
  {
    lineUserId: text().primaryKey(),
    richMenuId: text().notNull(),
    /** Platform clock. */
    at: integer().notNull(),
    /** LINE would not show it to this account; asked again a day later. */
    refused: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (t) => [index('rich_menu_links_menu').on(t.richMenuId)],
)
