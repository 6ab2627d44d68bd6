import { type AnySQLiteColumn, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Instant, UnitId } from '../ids.ts'

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
