import { and, eq, inArray } from 'drizzle-orm'
import type { UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { rosters } from '../db/schema.ts'
import { type Round, roundById } from './rounds.ts'
import type { RosterTotals } from './rules/roster/roster-totals.ts'

/** What became of the last round's pupils, and who came, as the lists were last read (R26). */
export type ChangesSince = {
  /** Code of the round that is compared with. */
  against: string
  carried: number
  movedIn: number
  /** Counted and neither carried nor moved in. */
  added: number
  movedOut: number
  /** Finished, left or died. */
  otherwiseLeft: number
  notExisting: number
  /** Carried and in no row at all. */
  missing: number
}

/** Summed over these institutions; null in a round that carries none, and where nothing was taken over or read yet. */
export function changesSince(tx: Tx, input: { round: Round; institutionIds: readonly UnitId[] }): ChangesSince | null {
  const { round, institutionIds } = input
  if (round.carriesRoundId === null || institutionIds.length === 0) return null
  const found = tx
    .select({ totals: rosters.totals })
    .from(rosters)
    .where(and(eq(rosters.roundId, round.id), inArray(rosters.institutionId, [...institutionIds])))
    .all()
    .flatMap(({ totals }) => (totals as RosterTotals).changes ?? [])
  if (found.length === 0) return null
  const sum = (of: (changes: (typeof found)[number]) => number) => found.reduce((total, one) => total + of(one), 0)
  return {
    against: roundById(tx, round.carriesRoundId).code,
    carried: sum((one) => one.carried),
    movedIn: sum((one) => one.movedIn),
    added: sum((one) => one.added),
    movedOut: sum((one) => one.left.ย้ายออก),
    otherwiseLeft: sum((one) => one.left.จบการศึกษา + one.left.ลาออก + one.left.เสียชีวิต),
    notExisting: sum((one) => one.notExisting),
    missing: sum((one) => one.missing),
  }
}
