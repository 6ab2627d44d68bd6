import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Instant, RoundId, SheetFileId, UnitId } from '../ids.ts'
import { rounds } from './rounds.ts'
import { units } from './units.ts'

export type SheetFileKind = 'roster' | 'counts'
export type SheetFileState = 'creating' | 'ok' | 'access_lost' | 'trashed' | 'header_broken' | 'tab_missing'

/** A spreadsheet of ours in the shared drive: an institution's roster or an LAO's counts, per round. */
export const sheetFiles = sqliteTable(
  'sheet_files',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<SheetFileId>(),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    kind: text().notNull().$type<SheetFileKind>(),
    spreadsheetId: text(),
    dataTabId: integer(),
    reportTabId: integer(),
    state: text().notNull().$type<SheetFileState>(),
    stateReason: text(),
    locked: integer({ mode: 'boolean' }).notNull().default(false),
    /** What the chain wants; a job brings the file there. */
    lockWanted: integer({ mode: 'boolean' }).notNull().default(false),
    /** What the lock is wanted for, and what the lock on the file says; null: not known, or open. */
    lockWantedFor: text().$type<'confirmed' | 'closed' | 'unit_closed'>(),
    lockedFor: text().$type<'confirmed' | 'closed' | 'unit_closed'>(),
    /** Content hash of the last read that was recorded. */
    contentHash: text(),
    /** Hash of the last write-back; nothing is written when it would be the same. */
    reportHash: text(),
    driveVersion: text(),
    editedAt: integer().$type<Instant>(),
    lastEditor: text(),
    /** Platform clock: set by the change feed, cleared by a recorded read. */
    dirtyAt: integer(),
    /** Platform clock: the first mark since the last read. `dirtyAt` moves with every change, this one does not. */
    dirtySince: integer(),
    attempts: integer().notNull().default(0),
    notBefore: integer().notNull().default(0),
    readAt: integer().$type<Instant>(),
    /** Last time that reading came to an end, also where the sheet could not be taken. */
    lookedAt: integer().$type<Instant>(),
    sharedWith: text({ mode: 'json' }).notNull().$type<string[]>().default([]),
    /** When the file was given up as lost and a new one was ordered; tells the two apart in Drive. */
    renewedAt: integer().$type<Instant>(),
    createdAt: integer().$type<Instant>().notNull(),
  },
  (t) => [
    uniqueIndex('sheet_files_unit').on(t.roundId, t.unitId, t.kind),
    uniqueIndex('sheet_files_spreadsheet').on(t.spreadsheetId),
    index('sheet_files_dirty').on(t.dirtyAt),
  ],
)

/** Where we are in Drive's change feed; moves only after what it brought is marked dirty, in one transaction. */
export const changeFeeds = sqliteTable('change_feeds', {
  driveId: text().primaryKey(),
  pageToken: text().notNull(),
  polledAt: integer().notNull(),
})
