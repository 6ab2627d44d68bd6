import type { PartialDate } from './roster/calendar.ts'
import { buddhistOffset } from './roster/calendar.ts'
import type { RosterColumn } from './roster/columns.ts'
import { maskId, maskNumbers } from './roster/mask-id.ts'
import type { Pupil } from './roster/pupil.ts'
import { wordKey } from './text/thai-text.ts'

/** What stood in a column when it was confirmed, and what stands there now; numbers are masked. */
export type ColumnChange = { column: RosterColumn; from: string; to: string }

/** One pupil whose row is not as confirmed. `row` is the row in the sheet now, for `missing` the one at confirming; ids are masked. */
export type RosterDriftRow =
  | { kind: 'added'; row: number; number: string | null }
  | { kind: 'missing'; row: number; number: string | null }
  | { kind: 'changed'; row: number; number: string | null; changes: ColumnChange[] }
  | { kind: 'new_number'; row: number; from: string | null; number: string | null; changes: ColumnChange[] }
  /** The row has an error now and cannot be compared; `row` is the one at confirming. Null: a row of nobody who was confirmed. */
  | { kind: 'unreadable'; row: number | null; number: string | null }

/**
 * Row by row, how a roster differs from what was confirmed (domain.md section 8: the snapshot stays the official figure).
 * `unreadable` holds the keys of pupils who stand in rows with errors now, `otherErrorRows` how many more such rows there are.
 * A pupil of the same name and birth date under another number is one pupil with a new number, when there is no second one.
 */
export function rosterDrift(input: {
  confirmed: readonly Pupil[]
  now: readonly Pupil[]
  unreadable: ReadonlySet<string>
  otherErrorRows: number
}): RosterDriftRow[] {
  const { unreadable } = input
  const readable = input.now.filter((pupil) => !unreadable.has(pupil.key))
  const nowBy = new Map(readable.map((pupil) => [pupil.key, pupil]))
  const confirmedKeys = new Set(input.confirmed.map((pupil) => pupil.key))
  const gone = input.confirmed.filter((pupil) => !nowBy.has(pupil.key) && !unreadable.has(pupil.key))
  const come = readable.filter((pupil) => !confirmedKeys.has(pupil.key))
  const renumbered = pairsByPerson(gone, come)
  const paired = new Set([...renumbered].flat())
  const changed = input.confirmed.flatMap((before): RosterDriftRow[] => {
    const after = nowBy.get(before.key)
    const changes = after ? changesOf(before, after) : []
    return after && changes.length > 0 ? [{ kind: 'changed', row: after.row, number: masked(after), changes }] : []
  })
  const rows: RosterDriftRow[] = [
    ...changed,
    ...renumbered.map(([before, after]): RosterDriftRow => {
      const numbers = { from: masked(before), number: masked(after) }
      return { kind: 'new_number', row: after.row, ...numbers, changes: changesOf(before, after) }
    }),
    ...come
      .filter((pupil) => !paired.has(pupil))
      .map((pupil): RosterDriftRow => ({ kind: 'added', row: pupil.row, number: masked(pupil) })),
  ]
  rows.sort((a, b) => rowOf(a) - rowOf(b))
  const missing = gone
    .filter((pupil) => !paired.has(pupil))
    .sort((a, b) => a.row - b.row)
    .map((pupil): RosterDriftRow => ({ kind: 'missing', row: pupil.row, number: masked(pupil) }))
  const broken = input.confirmed
    .filter((pupil) => unreadable.has(pupil.key))
    .map((pupil): RosterDriftRow => ({ kind: 'unreadable', row: pupil.row, number: masked(pupil) }))
  const nobody = Array.from(
    { length: input.otherErrorRows },
    (): RosterDriftRow => ({ kind: 'unreadable', row: null, number: null }),
  )
  return [...rows, ...missing, ...broken, ...nobody]
}

const rowOf = (row: RosterDriftRow): number => row.row ?? 0

const masked = (pupil: Pupil): string | null => (pupil.number === null ? null : maskId(pupil.number))

function pairsByPerson(gone: readonly Pupil[], come: readonly Pupil[]): [Pupil, Pupil][] {
  const before = byPerson(gone)
  const after = byPerson(come)
  return [...before].flatMap(([person, [one, another]]): [Pupil, Pupil][] => {
    const [now, anotherNow] = after.get(person) ?? []
    return one && now && !another && !anotherNow ? [[one, now]] : []
  })
}

function byPerson(pupils: readonly Pupil[]): Map<string, Pupil[]> {
  const groups = new Map<string, Pupil[]>()
  for (const pupil of pupils) {
    const key = JSON.stringify([wordKey(pupil.firstName), wordKey(pupil.lastName), dayOf(pupil.birthDate)])
    groups.set(key, [...(groups.get(key) ?? []), pupil])
  }
  return groups
}

/** The number itself is told apart by `kind`. */
const VALUES: readonly [RosterColumn, (pupil: Pupil) => string][] = [
  ['pupilNumber', (pupil) => pupil.pupilNumber],
  ['prefix', (pupil) => pupil.prefix],
  ['firstName', (pupil) => pupil.firstName],
  ['lastName', (pupil) => pupil.lastName],
  ['sex', (pupil) => (pupil.sex === 'm' ? 'ชาย' : 'หญิง')],
  ['birthDate', (pupil) => dayOf(pupil.birthDate)],
  ['nationality', (pupil) => pupil.nationality],
  ['grade', (pupil) => pupil.grade],
  ['room', (pupil) => pupil.room],
  ['enteredOn', (pupil) => dayOf(pupil.enteredOn)],
  ['status', (pupil) => pupil.status],
  ['exists', (pupil) => (pupil.exists ? '✓' : '')],
  ['explanation', (pupil) => pupil.explanation],
]

function changesOf(before: Pupil, after: Pupil): ColumnChange[] {
  return VALUES.flatMap(([column, wordsOf]) => {
    const [from, to] = [wordsOf(before), wordsOf(after)]
    return from === to ? [] : [{ column, from: maskNumbers(from), to: maskNumbers(to) }]
  })
}

/** 15/5/2560, as far as it is known. */
function dayOf(date: PartialDate | null): string {
  if (date === null) return ''
  return [date.day, date.month, date.year + buddhistOffset]
    .filter((part) => part !== null && part !== undefined)
    .join('/')
}

export type DriftCounts = { added: number; missing: number; changed: number; unreadable: number }

/** How many rows of each kind; a new number is a change. */
export function countDrift(rows: readonly { kind: string }[]): DriftCounts {
  const of = (...kinds: string[]) => rows.filter(({ kind }) => kinds.includes(kind)).length
  return {
    added: of('added'),
    missing: of('missing'),
    changed: of('changed', 'new_number'),
    unreadable: of('unreadable'),
  }
}
