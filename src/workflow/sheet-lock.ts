import type Database from 'better-sqlite3'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
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
  const { roundId, unitId } = ref
  const kind = ref.component === 'roster' ? 'roster' : 'counts'
  preparedOn(tx, lockStatements).want.run({ wanted: lockedFor === null ? 0 : 1, lockedFor, roundId, unitId, kind })
  return lockedFor
}

/** With every confirmation: see docs/decisions/0009. */
function lockStatements(raw: Database.Database) {
  type Want = { wanted: 0 | 1; lockedFor: LockedFor; roundId: RoundId; unitId: UnitId; kind: 'roster' | 'counts' }
  return {
    want: raw.prepare<[Want]>(
      `UPDATE sheet_files SET lock_wanted = @wanted, lock_wanted_for = @lockedFor
       WHERE round_id = @roundId AND unit_id = @unitId AND kind = @kind`,
    ),
  }
}
