import { type AnySQLiteColumn, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { AppointmentId, Instant, UnitChangeId, UnitId } from '../ids.ts'

export type UnitLevel = 'department' | 'province' | 'lao' | 'institution'
export type LaoKind = 'pao' | 'city_municipality' | 'town_municipality' | 'subdistrict_municipality' | 'sao' | 'special'
export type InstitutionKind = 'school' | 'college' | 'child_centre'
export type UnitKind = 'department' | 'province' | LaoKind | InstitutionKind

/** A department, province, LAO or institution: one stable id through renamings, new codes and upgrades (R19..R22). */
export const units = sqliteTable(
  'units',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<UnitId>(),
    level: text().notNull().$type<UnitLevel>(),
    kind: text().notNull().$type<UnitKind>(),
    /** Full Thai name as people say it, kind included: "โรงเรียนบ้านนา", "เทศบาลตำบลทุ่งรวง". */
    name: text().notNull(),
    parentId: integer()
      .$type<UnitId>()
      .references((): AnySQLiteColumn => units.id),
    district: text(),
    telephone: text(),
    openedAt: integer().$type<Instant>().notNull(),
    closedAt: integer().$type<Instant>(),
    mergedIntoId: integer()
      .$type<UnitId>()
      .references((): AnySQLiteColumn => units.id),
    /** An institution where a second person certifies before the confirmation counts. */
    certifierRequired: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (t) => [index('units_parent').on(t.parentId, t.level), index('units_level').on(t.level)],
)

/** Codes are dated text (User_Login, R19..R22): an upgraded LAO gets a new one and stays the same unit. */
export const unitCodes = sqliteTable(
  'unit_codes',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    code: text().notNull(),
    validFrom: integer().$type<Instant>().notNull(),
    validTo: integer().$type<Instant>(),
  },
  (t) => [index('unit_codes_unit').on(t.unitId), uniqueIndex('unit_codes_code').on(t.code, t.validFrom)],
)

export type UnitFacts = { code: string | null; kind: UnitKind; name: string; parentId: UnitId | null }

/** What became of a unit, by an act or a file: before and after, so that its former code, kind, name and parent can be told. */
export const unitChanges = sqliteTable(
  'unit_changes',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<UnitChangeId>(),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    what: text().notNull().$type<'renamed' | 'recoded' | 'moved' | 'closed' | 'merged' | 'reopened'>(),
    /** Since when it holds by the order or announcement; `recordedAt` is when we were told, and what states go by. */
    validFrom: integer().$type<Instant>().notNull(),
    recordedAt: integer().$type<Instant>().notNull(),
    before: text({ mode: 'json' }).notNull().$type<UnitFacts>(),
    after: text({ mode: 'json' }).notNull().$type<UnitFacts>(),
    fromParentId: integer().$type<UnitId>(),
    toParentId: integer().$type<UnitId>(),
    mergedIntoId: integer().$type<UnitId>(),
    reason: text(),
    letterNumber: text(),
    /** Null: the department's operator, or a file. */
    byAppointmentId: integer().$type<AppointmentId>(),
  },
  (t) => [index('unit_changes_unit').on(t.unitId, t.recordedAt), index('unit_changes_from').on(t.fromParentId)],
)
