import { type CarriedPupils, carriedKey } from './carried-pupils.ts'
import type { Pupil } from './pupil.ts'
import { type LeavingStatus, leavingStatuses } from './status.ts'

/**
 * What became of the last round's pupils, and who came (R26): carried = stayed + everyone in `left` + missing, apart from
 * those who stand in rows with errors; counted = stayed + movedIn + added.
 */
export type RoundChanges = {
  /** Pupils that the last round counted. */
  carried: number
  /** Carried and still counted. */
  stayed: number
  /** Counted, not carried, status ย้ายเข้า. */
  movedIn: number
  /** Counted and neither carried nor moved in: each is to be explained. */
  added: number
  /** Carried and no longer counted, by status. */
  left: Record<LeavingStatus, number>
  /** Part of `left`, also shown apart. */
  notExisting: number
  /** Carried and in no row at all. */
  missing: number
}

/** `keysInErrorRows` stand in the list, though unjudged. */
export function roundChanges(input: {
  carried: CarriedPupils
  pupils: readonly Pupil[]
  keysInErrorRows: readonly string[]
}): RoundChanges {
  const { carried, pupils, keysInErrorRows } = input
  const keys = new Set(carried.values())
  const found = new Set(keysInErrorRows.filter((key) => keys.has(key)))
  const left = Object.fromEntries(leavingStatuses.map((status) => [status, 0])) as Record<LeavingStatus, number>
  const changes = { carried: keys.size, stayed: 0, movedIn: 0, added: 0 }
  for (const pupil of pupils) {
    const key = carriedKey(pupil, carried)
    if (key !== null) found.add(key)
    if (pupil.counts) changes[key !== null ? 'stayed' : pupil.status === 'ย้ายเข้า' ? 'movedIn' : 'added'] += 1
    else if (key !== null) left[pupil.status as LeavingStatus] += 1
  }
  return { ...changes, left, notExisting: left.ไม่มีตัวตน, missing: keys.size - found.size }
}
