import type Database from 'better-sqlite3'
import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { type ExtensionScope, extensionEndings, extensions } from '../db/schema.ts'
import type { WindowComponent } from './rules/round-window.ts'

/**
 * Latest extension that reaches a component of a unit: one for everyone, for the unit or an ancestor, or for a descendant,
 * whose ancestors need the same time to confirm again (domain.md section 7), the one that it has moved away from since too; other
 * counts do not wait for a descendant. One that was ended reaches until its end. A late act that was accepted after the close opens
 * the levels above it alone (docs/decisions/0015).
 */
export function extendedUntil(
  tx: Tx,
  input: { roundId: RoundId; unitId: UnitId; component?: WindowComponent },
): Instant | null {
  const below = input.component === 'other_counts' ? 0 : 1
  const { some, latest } = preparedOn(tx, statements)
  // Mostly there is nothing, and SQLite needs 50 µs to open what it takes to find that out.
  if (some.get({ roundId: input.roundId }) === undefined) return null
  return latest.get({ roundId: input.roundId, unitId: input.unitId, below }) ?? null
}

/** Until when extensions of the round last, and what accepted late acts opened, each instant once, in the order of time. */
export function extensionInstants(tx: Tx, round: { id: RoundId }): Instant[] {
  return preparedOn(tx, statements).instants.all({ roundId: round.id })
}

export type ReachingExtension = {
  id: number
  scope: ExtensionScope
  /** Null: everyone. */
  unitName: string | null
  until: Instant
  letterNumber: string
  reason: string
  endedAt: Instant | null
}

/** Extensions that give time to a unit or to any unit below it, as they were granted; ended ones say when. */
export function extensionsReaching(tx: Tx, input: { roundId: RoundId; unitId: UnitId }): ReachingExtension[] {
  return preparedOn(tx, statements).reaching.all({ ...input, below: 1 })
}

/** What runs at `now`, by unit; null stands for everyone. Asked outside a transaction too. */
export function runningExtensions(
  tx: Pick<Tx, 'select'>,
  input: { roundId: RoundId; now: Instant },
): (UnitId | null)[] {
  return tx
    .select({ unitId: extensions.unitId })
    .from(extensions)
    .leftJoin(extensionEndings, eq(extensionEndings.extensionId, extensions.id))
    .where(
      and(
        eq(extensions.roundId, input.roundId),
        gt(extensions.until, input.now),
        or(isNull(extensionEndings.at), gt(extensionEndings.at, input.now)),
      ),
    )
    .all()
    .map((row) => row.unitId)
}

/** A unit below has moved away from the unit @unitId, or from below it, since it was given time. */
const movedAway = (given: { unit: string; lao: string; since: string }): string => `EXISTS (
  SELECT 1 FROM unit_changes m INDEXED BY unit_changes_unit JOIN units f ON f.id = m.from_parent_id LEFT JOIN units fp ON fp.id = f.parent_id
  WHERE m.unit_id IN (${given.unit}, ${given.lao}) AND m.recorded_at >= ${given.since} AND m.what = 'moved'
    AND @unitId IN (f.id, f.parent_id, fp.parent_id))`

/** `e` reaches the unit @unitId: e is for all, for the unit or one above it, or (@below) for one below it. */
const REACHES = `
  extensions e
  LEFT JOIN extension_endings x ON x.extension_id = e.id
  LEFT JOIN units eu ON eu.id = e.unit_id
  LEFT JOIN units ep ON ep.id = eu.parent_id
  LEFT JOIN units eg ON eg.id = ep.parent_id
  JOIN units u ON u.id = @unitId
  LEFT JOIN units p ON p.id = u.parent_id
  LEFT JOIN units g ON g.id = p.parent_id
  WHERE e.round_id = @roundId AND (e.unit_id IS NULL OR e.unit_id IN (u.id, u.parent_id, p.parent_id, g.parent_id)
    OR (@below AND (u.id IN (eu.parent_id, ep.parent_id, eg.parent_id)
      OR ${movedAway({ unit: 'eu.id', lao: 'ep.id', since: 'e.created_at' })})))`

/** The late acts that were accepted for a unit below @unitId. */
const LATE_BELOW = `
  held_acts h JOIN units hu ON hu.id = h.unit_id
  LEFT JOIN units hp ON hp.id = hu.parent_id LEFT JOIN units hg ON hg.id = hp.parent_id
  WHERE @below AND h.round_id = @roundId AND h.state = 'accepted' AND h.above_until IS NOT NULL
    AND (@unitId IN (hu.parent_id, hp.parent_id, hg.parent_id)
      OR ${movedAway({ unit: 'hu.id', lao: 'hp.id', since: 'h.decided_at' })})`
const COUNTS_UNTIL = 'min(e.until, coalesce(x.at, e.until))'

type Reach = { roundId: RoundId; unitId: UnitId; below: number }

/** Asked for every window on every card: prepared once (docs/decisions/0009). */
function statements(raw: Database.Database) {
  return {
    some: raw
      .prepare<{ roundId: RoundId }, 1>(
        `SELECT 1 FROM extensions WHERE round_id = @roundId
         UNION ALL SELECT 1 FROM held_acts WHERE round_id = @roundId AND state = 'accepted' AND above_until IS NOT NULL LIMIT 1`,
      )
      .pluck(),
    latest: raw
      .prepare<[Reach], Instant | null>(
        `SELECT max(until) FROM (
           SELECT max(${COUNTS_UNTIL}) AS until FROM ${REACHES} UNION ALL SELECT max(h.above_until) FROM ${LATE_BELOW})`,
      )
      .pluck(),
    instants: raw
      .prepare<{ roundId: RoundId }, Instant>(
        `SELECT ${COUNTS_UNTIL} AS until FROM extensions e LEFT JOIN extension_endings x ON x.extension_id = e.id
         WHERE e.round_id = @roundId
         UNION SELECT above_until FROM held_acts WHERE round_id = @roundId AND state = 'accepted' AND above_until IS NOT NULL
         ORDER BY until`,
      )
      .pluck(),
    reaching: raw.prepare<[Reach], ReachingExtension>(
      `SELECT e.id, e.scope, eu.name AS unitName, e.until, e.letter_number AS letterNumber, e.reason, x.at AS endedAt
       FROM ${REACHES} ORDER BY e.id`,
    ),
  }
}
