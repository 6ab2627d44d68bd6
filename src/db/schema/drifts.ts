import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { ConfirmationId, DriftId, Instant, PupilId, RoundId, UnitId } from '../ids.ts'
import { rounds } from './rounds.ts'
import { units } from './units.ts'

/**
 * แก้ไขหลังยืนยัน: from the read that found a confirmed sheet edited until one that found it as confirmed again, or its
 * reopening. What differs is derived from the snapshot and what is read now; only what reading alone knows is kept here.
 */
export const drifts = sqliteTable(
  'drifts',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<DriftId>(),
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    component: text().notNull().$type<'roster' | 'other_counts'>(),
    confirmationId: integer().notNull().$type<ConfirmationId>(),
    /** Of the last read; people are told once for each. */
    contentHash: text().notNull(),
    /** Pupils whose row has an error in that read: not missing, and not to be compared. */
    unreadablePupilIds: text({ mode: 'json' }).notNull().$type<PupilId[]>().default([]),
    foundAt: integer().$type<Instant>().notNull(),
    endedAt: integer().$type<Instant>(),
    ending: text().$type<'put_back' | 'reopened'>(),
  },
  (t) => [
    uniqueIndex('drifts_one_open').on(t.roundId, t.unitId, t.component).where(sql`ended_at is null`),
    index('drifts_unit').on(t.unitId),
  ],
)
