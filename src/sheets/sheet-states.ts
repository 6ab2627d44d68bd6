import { eq } from 'drizzle-orm'
import type { RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type SheetFileState, sheetFiles } from '../db/schema.ts'

export type SheetStates = {
  of: number
  /** Units whose file was not begun yet. */
  none: number
  byState: Partial<Record<SheetFileState, number>>
  locked: number
  /** Changed since they were read. */
  unread: number
}

/** How many sheets of these units are in which state. */
export function sheetStates(tx: Tx, input: { roundId: RoundId; unitIds: readonly UnitId[] }): SheetStates {
  const within = new Set(input.unitIds)
  const files = tx
    .select({
      unitId: sheetFiles.unitId,
      state: sheetFiles.state,
      locked: sheetFiles.locked,
      dirtyAt: sheetFiles.dirtyAt,
    })
    .from(sheetFiles)
    .where(eq(sheetFiles.roundId, input.roundId))
    .all()
    .filter(({ unitId }) => within.has(unitId))
  const byState: SheetStates['byState'] = {}
  for (const { state } of files) byState[state] = (byState[state] ?? 0) + 1
  return {
    of: within.size,
    none: within.size - files.length,
    byState,
    locked: files.filter(({ locked }) => locked).length,
    unread: files.filter(({ dirtyAt }) => dirtyAt !== null).length,
  }
}
