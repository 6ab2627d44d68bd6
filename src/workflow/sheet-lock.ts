import { and, eq } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { sheetFiles } from '../db/schema.ts'
import { confirmationOf } from './component-state.ts'
import { roundById, windowOf } from './rounds.ts'
import { type LockedFor, wantedLock } from './rules/sheet-lock.ts'
import { unitById } from './unit.ts'

export type LockRef = { roundId: RoundId; unitId: UnitId; component: 'roster' | 'other_counts' }

/** What the sheet of a component is to be locked for at `now`; null when people may edit it. */
export function lockOf(tx: Tx, ref: LockRef, now: Instant): LockedFor {
  const round = roundById(tx, ref.roundId)
  const { closesAt } = windowOf(tx, { round, unitId: ref.unitId, component: ref.component }, now)
  const { closedAt } = unitById(tx, ref.unitId)
  const unitClosed = closedAt !== null && closedAt <= now
  return wantedLock({ confirmed: confirmationOf(tx, ref) !== null, unitClosed, closesAt, now })
}

/** Writes down what the chain wants of a sheet's lock now; the job that keeps the locks brings the file there. */
export function settleLock(tx: Tx, ref: LockRef, now: Instant): LockedFor {
  const lockedFor = lockOf(tx, ref, now)
  tx.update(sheetFiles)
    .set({ lockWanted: lockedFor !== null, lockWantedFor: lockedFor })
    .where(
      and(
        eq(sheetFiles.roundId, ref.roundId),
        eq(sheetFiles.unitId, ref.unitId),
        eq(sheetFiles.kind, ref.component === 'roster' ? 'roster' : 'counts'),
      ),
    )
    .run()
  return lockedFor
}
