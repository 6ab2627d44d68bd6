import { and, desc, eq, lt } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { events } from '../db/schema.ts'

/**
 * What the last recorded read of a roster before an instant said. `rosters` keeps the newest read alone, the log keeps each that
 * changed something. Null: never read until then, or rows were missing beyond the guard, so that its figure was none.
 */
export function readBefore(
  tx: Tx,
  input: { roundId: RoundId; unitId: UnitId; at: Instant },
): { counted: number; at: Instant } | null {
  const { roundId, unitId } = input
  const row = tx
    .select({ at: events.at, data: events.data })
    .from(events)
    .where(
      and(
        eq(events.unitId, unitId),
        eq(events.type, 'roster-read'),
        eq(events.roundId, roundId),
        lt(events.at, input.at),
      ),
    )
    .orderBy(desc(events.seq))
    .limit(1)
    .get()
  if (!row) return null
  const { counted, held } = JSON.parse(row.data) as { counted?: unknown; held?: unknown }
  return typeof counted === 'number' && held === 0 ? { counted, at: row.at } : null
}
