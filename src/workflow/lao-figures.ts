import type Database from 'better-sqlite3'
import { and, eq, gt, isNull, notExists, or, sql } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { laoFigures, units } from '../db/schema.ts'
import { reportedFigure } from './confirm-overview.ts'
import { type LaoLine, laoLines } from './structure.ts'
import type { Unit } from './unit.ts'
import { baseMoment, momentsOf } from './units-at.ts'

const NO_LIMIT = -1

export type ProvinceFigures = { id: UnitId; name: string; laos: number; complete: number; counted: number }

/**
 * Each province's LAOs, how many of them are complete, and the sum of what their institutions report. From kept figures, and
 * anew for the LAOs whose figure was forgotten when something changed. Writes nothing.
 */
export function provinceFigures(
  tx: Tx,
  input: { roundId: RoundId; departmentId: UnitId },
  now: Instant,
): ProvinceFigures[] {
  const { kept } = preparedOn(tx, figureStatements)
  const provinces = kept.all({ ...input, ...existing(tx, input.roundId, now) })
  const byId = new Map(
    provinces.map(({ id, name, laos, complete, counted }) => [id, { id, name, laos, complete, counted }]),
  )
  if (provinces.every((province) => province.kept === province.laos)) return [...byId.values()]
  const forgotten = withoutFigure(tx, { roundId: input.roundId, limit: NO_LIMIT }, now)
  const parents = new Map(forgotten.map((lao) => [lao.id, lao.parentId]))
  for (const line of laoLines(tx, { roundId: input.roundId, laos: forgotten }, now)) {
    const province = byId.get(parents.get(line.id) ?? (0 as UnitId))
    if (!province) continue
    const figure = figureOf(line)
    province.complete += figure.complete ? 1 : 0
    province.counted += figure.counted
  }
  return [...byId.values()]
}

/** Computes up to `limit` figures that were forgotten; returns how many. */
export function keepLaoFigures(tx: Tx, input: { roundId: RoundId; limit: number }, now: Instant): number {
  const { keep } = preparedOn(tx, figureStatements)
  const laos = withoutFigure(tx, input, now)
  for (const line of laoLines(tx, { roundId: input.roundId, laos }, now)) {
    const { complete, counted } = figureOf(line)
    keep.run(input.roundId, line.id, complete ? 1 : 0, counted)
  }
  return laos.length
}

/** Every figure is computed anew: a program starts that may reckon otherwise than the one before. */
export function forgetLaoFigures(tx: Tx): void {
  tx.delete(laoFigures).run()
}

export function laoFigureMissing(tx: Tx, input: { roundId: RoundId }, now: Instant): boolean {
  return withoutFigure(tx, { ...input, limit: 1 }, now).length > 0
}

function figureOf(line: LaoLine): { complete: boolean; counted: number } {
  return { complete: line.complete, counted: reportedFigure(line.institutions) }
}

function withoutFigure(tx: Tx, input: { roundId: RoundId; limit: number }, now: Instant): Unit[] {
  return preparedOn(tx, figureStatements).missing.all({ ...input, ...existing(tx, input.roundId, now) })
}

/** Which LAOs a round has: all that exist at `now`, but for those that closed later, in time that they were given (`gone`, JSON). */
function existing(tx: Tx, roundId: RoundId, now: Instant): { now: Instant; gone: string } {
  const base = baseMoment(tx, roundId, now)
  if (base === now) return { now, gone: '[]' }
  const at = momentsOf(tx, roundId, now)
  const closed = preparedOn(tx, figureStatements).closedSince.all({ base })
  return { now: base, gone: JSON.stringify(closed.filter((lao) => lao.closedAt <= at(lao.id)).map(({ id }) => id)) }
}

type KeptProvince = ProvinceFigures & { kept: number }

function figureStatements(raw: Database.Database, tx: Tx) {
  const figure = tx
    .select({ laoId: laoFigures.laoId })
    .from(laoFigures)
    .where(and(eq(laoFigures.roundId, sql.placeholder('roundId')), eq(laoFigures.laoId, units.id)))
  return {
    closedSince: raw.prepare<[{ base: Instant }], { id: UnitId; closedAt: Instant }>(
      `SELECT id, closed_at AS closedAt FROM units WHERE level = 'lao' AND closed_at > @base`,
    ),
    kept: raw.prepare<[{ roundId: RoundId; departmentId: UnitId; now: Instant; gone: string }], KeptProvince>(
      `SELECT p.id, p.name, count(l.id) AS laos, count(f.lao_id) AS kept, coalesce(sum(f.complete), 0) AS complete,
         coalesce(sum(f.counted), 0) AS counted
       FROM units p
       LEFT JOIN units l INDEXED BY units_parent ON l.parent_id = p.id AND l.level = 'lao'
         AND (l.closed_at IS NULL OR (l.closed_at > @now AND l.id NOT IN (SELECT value FROM json_each(@gone))))
       LEFT JOIN lao_figures f ON f.round_id = @roundId AND f.lao_id = l.id
       WHERE p.parent_id = @departmentId AND p.level = 'province' AND (p.closed_at IS NULL OR p.closed_at > @now)
       GROUP BY p.id ORDER BY p.id`,
    ),
    missing: tx
      .select()
      .from(units)
      .where(
        and(
          eq(units.level, 'lao'),
          or(
            isNull(units.closedAt),
            and(
              gt(units.closedAt, sql.placeholder('now')),
              sql`${units.id} not in (select value from json_each(${sql.placeholder('gone')}))`,
            ),
          ),
          notExists(figure),
        ),
      )
      .limit(sql.placeholder('limit'))
      .prepare(),
    keep: raw.prepare<[RoundId, UnitId, 0 | 1, number]>(
      `INSERT INTO lao_figures (round_id, lao_id, complete, counted) VALUES (?, ?, ?, ?)
       ON CONFLICT (round_id, lao_id) DO UPDATE SET complete = excluded.complete, counted = excluded.counted`,
    ),
  }
}
