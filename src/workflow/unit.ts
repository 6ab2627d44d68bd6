import type Database from 'better-sqlite3'
import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { type UnitLevel, unitCodes, units } from '../db/schema.ts'

export type Unit = typeof units.$inferSelect

export function unitById(tx: Tx, id: UnitId): Unit {
  const row = preparedOn(tx, unitStatements).byId.get({ id })
  if (!row) throw new Error(`unit ${id} is gone`)
  return row
}

/** Asked many times for every card and act: see docs/decisions/0009. */
function unitStatements(_raw: Database.Database, tx: Tx) {
  const byId = tx
    .select()
    .from(units)
    .where(eq(units.id, sql.placeholder('id')))
    .prepare()
  const now = sql.placeholder('now')
  const children = tx
    .select()
    .from(units)
    .where(
      and(
        eq(units.parentId, sql.placeholder('unitId')),
        eq(units.level, sql.placeholder('level')),
        or(isNull(units.closedAt), gt(units.closedAt, now)),
      ),
    )
    .orderBy(units.id)
    .prepare()
  return { byId, children }
}

export function unitByCode(tx: Tx, code: string): Unit | null {
  const row = tx
    .select({ unit: units })
    .from(unitCodes)
    .innerJoin(units, eq(units.id, unitCodes.unitId))
    .where(and(eq(unitCodes.code, code), isNull(unitCodes.validTo)))
    .get()
  return row?.unit ?? null
}

/**
 * The unit that bears a code now, or else the one that bore it last (รหัสเดิม): `former` then, and `code` is its present one. A
 * code that another unit bears by now stands for that one alone.
 */
export function unitByAnyCode(tx: Tx, asked: string): { unit: Unit; former: boolean; code: string | null } | null {
  const bearer = unitByCode(tx, asked)
  if (bearer) return { unit: bearer, former: false, code: asked }
  const row = tx
    .select({ unit: units })
    .from(unitCodes)
    .innerJoin(units, eq(units.id, unitCodes.unitId))
    .where(eq(unitCodes.code, asked))
    .orderBy(desc(unitCodes.validTo), desc(unitCodes.id))
    .limit(1)
    .get()
  return row ? { unit: row.unit, former: true, code: codeOf(tx, row.unit.id) } : null
}

export function codeOf(tx: Tx, unitId: UnitId): string | null {
  return (
    tx
      .select({ code: unitCodes.code })
      .from(unitCodes)
      .where(and(eq(unitCodes.unitId, unitId), isNull(unitCodes.validTo)))
      .get()?.code ?? null
  )
}

/** Units directly below that exist at `now`, by id. */
export function childrenOf(tx: Tx, input: { unitId: UnitId; level: UnitLevel }, now: Instant): Unit[] {
  return preparedOn(tx, unitStatements).children.all({ ...input, now })
}
