import type { UnitId } from '../db/ids.ts'
import type { Replayed, ReplayedAround } from './replayed.ts'

/** Where the log and a table disagree. `field` is `row` when one side has nothing at all. */
export type ReplayDifference = {
  table:
    | keyof Omit<Replayed, 'around' | 'openHolds' | 'waitingSubmissions'>
    | keyof Omit<ReplayedAround, 'sharedStepCounts'>
  /** The row's key: an id, a receipt number, or round/unit/component. */
  key: string
  unitId: UnitId | null
  field: string
  log: string
  tables: string
}

type Comparable = Record<string, string | number | boolean | null>

/** Compares the fields that the log's side has; both sides keyed alike. */
export function compare<K extends string | number>(
  table: ReplayDifference['table'],
  log: ReadonlyMap<K, Comparable>,
  stored: ReadonlyMap<K, Comparable>,
): ReplayDifference[] {
  const found: ReplayDifference[] = []
  for (const key of new Set([...log.keys(), ...stored.keys()])) {
    const [said, held] = [log.get(key), stored.get(key)]
    const unitId = (said?.['unitId'] ?? held?.['unitId'] ?? null) as UnitId | null
    const differs = (field: string, a: unknown, b: unknown): void => {
      found.push({ table, key: String(key), unitId, field, log: JSON.stringify(a), tables: JSON.stringify(b) })
    }
    if (!said || !held) {
      differs('row', said ?? null, held ?? null)
      continue
    }
    for (const field of Object.keys(said)) {
      const [a, b] = [said[field] ?? null, held[field] ?? null]
      if (a !== b) differs(field, a, b)
    }
  }
  return found
}

/** Rows by their id. */
export const byId = <T extends { id: number }>(rows: readonly T[]): Map<T['id'], Omit<T, 'id'>> =>
  new Map(rows.map(({ id, ...rest }) => [id, rest]))
