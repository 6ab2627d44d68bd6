import { and, eq, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { sheetFiles } from '../db/schema.ts'

/** The mark of a sheet that a person asks about: older than any other, so it is read first, and out of turn. */
export const ASKED_FOR = 0

/** A second question within this time is answered from what the first has brought. */
const FRESH_MS = 30_000

/** Somebody looks at a unit's state in chat: its sheet is read before those nobody asks about, without waiting for the feed. */
export function wantRead(tx: Tx, input: { roundId: RoundId; unitId: UnitId }, now: Instant): void {
  tx.update(sheetFiles)
    .set({ dirtyAt: ASKED_FOR, notBefore: 0 })
    .where(
      and(
        eq(sheetFiles.roundId, input.roundId),
        eq(sheetFiles.unitId, input.unitId),
        ne(sheetFiles.state, 'creating'),
        or(isNull(sheetFiles.lookedAt), lt(sheetFiles.lookedAt, now - FRESH_MS)),
      ),
    )
    .run()
}

/**
 * Something that others did changes what these units' sheets are told: they are read in their turn. No clock stands in the mark
 * (`dirtyAt` is the platform's); a read that is under way clears only the mark that it began with.
 */
export function wantReports(tx: Tx, input: { roundId: RoundId; unitIds: readonly UnitId[] }): void {
  if (input.unitIds.length === 0) return
  const { dirtyAt, dirtySince } = sheetFiles
  tx.update(sheetFiles)
    .set({ dirtyAt: sql`coalesce(${dirtyAt}, 0) + 1`, dirtySince: sql`coalesce(${dirtySince}, 1)`, notBefore: 0 })
    .where(
      and(
        eq(sheetFiles.roundId, input.roundId),
        inArray(sheetFiles.unitId, [...new Set(input.unitIds)]),
        ne(sheetFiles.state, 'creating'),
        or(isNull(dirtyAt), ne(dirtyAt, ASKED_FOR)),
      ),
    )
    .run()
}
