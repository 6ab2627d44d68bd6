import { inArray, type SQL, sql } from 'drizzle-orm'
import type { Instant, RoundId, SheetFileId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { sheetFiles } from '../db/schema.ts'
import { runningExtensions } from './extension-reach.ts'
import { roundById } from './rounds.ts'
import type { LockedFor } from './rules/sheet-lock.ts'

export type UnsettledLock = { id: SheetFileId; lockedFor: LockedFor }

/**
 * Sheets of all rounds whose wanted lock is not what `wantedLock` says at `now`: the clock closed a window, or an extension
 * opened or ended one. The same rule as for one sheet (`lockOf`), asked of the whole nation in one statement per round.
 */
export function unsettledLocks(
  tx: Pick<Tx, 'all' | 'select' | 'selectDistinct'>,
  now: Instant,
  limit: number,
): UnsettledLock[] {
  const found: UnsettledLock[] = []
  for (const { roundId } of tx.selectDistinct({ roundId: sheetFiles.roundId }).from(sheetFiles).all()) {
    if (found.length >= limit) break
    found.push(...ofRound(tx, { roundId, now, limit: limit - found.length }))
  }
  return found
}

function ofRound(
  tx: Pick<Tx, 'all' | 'select'>,
  input: { roundId: RoundId; now: Instant; limit: number },
): UnsettledLock[] {
  const closed = closedCondition(tx, input)
  return tx.all<UnsettledLock>(sql`
    select id, locked_for as "lockedFor" from (
      select f.id, f.lock_wanted, f.lock_wanted_for,
        case when u.closed_at <= ${input.now} then 'unit_closed' when s.state = 'confirmed' then 'confirmed' when ${closed} then 'closed' end as locked_for
      from sheet_files f
      join units u on u.id = f.unit_id
      left join units parent on parent.id = u.parent_id
      left join units above on above.id = parent.parent_id
      left join component_states s on s.round_id = f.round_id and s.unit_id = f.unit_id
        and s.component = case f.kind when 'roster' then 'roster' else 'other_counts' end
      where f.round_id = ${input.roundId}
    )
    where lock_wanted <> (locked_for is not null) or lock_wanted_for is not locked_for
    order by id limit ${input.limit}`)
}

/** Closed by the clock, unless an extension that still runs reaches the unit, its LAO, its province or all. */
function closedCondition(tx: Pick<Tx, 'select'>, input: { roundId: RoundId; now: Instant }): SQL {
  const round = roundById(tx as Tx, input.roundId)
  if (round.archivedAt !== null && input.now >= round.archivedAt) return sql`1`
  if (input.now < round.recordingClosesAt) return sql`0`
  const running = runningExtensions(tx, input)
  if (running.length === 0) return sql`1`
  if (running.some((unitId) => unitId === null)) return sql`0`
  const ids = sql.join(
    running.map((id) => sql`${id}`),
    sql`, `,
  )
  return sql`not (u.id in (${ids}) or coalesce(parent.id in (${ids}), 0) or coalesce(above.id in (${ids}), 0)
    or coalesce(above.parent_id in (${ids}), 0))`
}

export function writeLocks(tx: Tx, locks: readonly UnsettledLock[]): void {
  for (const lockedFor of ['confirmed', 'closed', 'unit_closed', null] as const) {
    const ids = locks.filter((lock) => lock.lockedFor === lockedFor).map((lock) => lock.id)
    if (ids.length === 0) continue
    tx.update(sheetFiles)
      .set({ lockWanted: lockedFor !== null, lockWantedFor: lockedFor })
      .where(inArray(sheetFiles.id, ids))
      .run()
  }
}
