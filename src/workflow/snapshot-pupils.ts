import { eq } from 'drizzle-orm'
import type { RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { snapshots } from '../db/schema.ts'
import { confirmationOf } from './component-state.ts'

export type ConfirmedFigure = { confirmed: boolean; holds: (key: string) => boolean }

/** Whether an institution's confirmed figure counts a pupil; each snapshot is opened at most once, and only when asked about. */
export function confirmedFigureOf(tx: Tx, roundId: RoundId): (institutionId: UnitId) => ConfirmedFigure {
  const known = new Map<UnitId, ConfirmedFigure>()
  return (institutionId) => {
    const before = known.get(institutionId)
    if (before) return before
    const confirmation = confirmationOf(tx, { roundId, unitId: institutionId, component: 'roster' })
    let keys: Set<string> | null = null
    const figure: ConfirmedFigure = {
      confirmed: confirmation !== null,
      holds(key) {
        if (!confirmation) return false
        keys ??= countedKeys(tx, confirmation.snapshotId)
        return keys.has(key)
      },
    }
    known.set(institutionId, figure)
    return figure
  }
}

function countedKeys(tx: Tx, snapshotId: (typeof snapshots.$inferSelect)['id']): Set<string> {
  const row = tx.select({ rows: snapshots.rows }).from(snapshots).where(eq(snapshots.id, snapshotId)).get()
  const rows = (row?.rows ?? []) as { key?: unknown; counts?: unknown }[]
  return new Set(rows.flatMap(({ key, counts }) => (counts === true && typeof key === 'string' ? [key] : [])))
}
