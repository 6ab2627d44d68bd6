import { wordKey } from '../text/thai-text.ts'
import type { PartialDate } from './calendar.ts'
import type { Pupil } from './pupil.ts'

/** A pupil stored from an earlier read. Dates in CE years. */
export type KnownPupil = {
  id: number
  key: string
  numberKind: 'national_id' | 'g_code' | 'waiting'
  firstName: string
  lastName: string
  birthDate: PartialDate
}

/** What a row with errors still tells of its pupil; `birthDate` is null when it cannot be read. */
export type RowTrace = { row: number; firstName: string; lastName: string; birthDate: PartialDate | null }

type SamePupils = {
  /** Pupils who waited or had a G-Code and now have a number of their own: `formerKey` is kept as history. */
  renumbered: { id: number; key: string; formerKey: string }[]
  /** Stored pupils whose row is still there, only damaged: they are not missing. */
  present: number[]
}

/**
 * Which of the stored pupils missing from a read are still in it: under a new number (R27: waiting, then a G-Code, then 13
 * digits), or in a row whose number can no longer be read. Names and the birth date must be the same and leave no choice:
 * between two it never guesses. A pupil with 13 digits keeps them for life and is never renumbered.
 */
export function samePupils(input: {
  missing: readonly KnownPupil[]
  added: readonly Pupil[]
  errorRows: readonly RowTrace[]
}): SamePupils {
  const { missing, added, errorRows } = input
  if (missing.length === 0) return { renumbered: [], present: [] }
  const missingBy = groupBy(missing, personKey)
  const addedBy = groupBy(added, personKey)
  const errorsBy = groupBy(errorRows, personKey)
  const renumbered: SamePupils['renumbered'] = []
  const present: number[] = []
  const unplaced: KnownPupil[] = []
  for (const [person, known] of missingBy) {
    const inErrors = errorsBy.get(person) ?? []
    // As many damaged rows as missing pupils: whichever is whose, all of them are still there.
    if (inErrors.length >= known.length) present.push(...known.map(({ id }) => id))
    else if (inErrors.length > 0) continue
    else {
      const pair = onlyPair(known, addedBy.get(person) ?? [])
      if (pair === null) unplaced.push(...known)
      else renumbered.push(pair)
    }
  }
  present.push(...presentByName(unplaced, errorRows))
  return { renumbered: renumbered.toSorted((a, b) => a.id - b.id), present: present.toSorted((a, b) => a - b) }
}

function onlyPair(known: readonly KnownPupil[], added: readonly Pupil[]): SamePupils['renumbered'][number] | null {
  const [before, anotherBefore] = known
  const [now, anotherNow] = added
  if (before === undefined || now === undefined || anotherBefore !== undefined || anotherNow !== undefined) return null
  if (rank[now.numberKind] <= rank[before.numberKind]) return null
  return { id: before.id, key: now.key, formerKey: before.key }
}

const rank: Record<KnownPupil['numberKind'], number> = { waiting: 0, g_code: 1, national_id: 2 }

/** Rows whose birth date is damaged too: the names alone tell, where only one missing pupil has them. */
function presentByName(missing: readonly KnownPupil[], errorRows: readonly RowTrace[]): number[] {
  const undated = new Set(errorRows.filter(({ birthDate }) => birthDate === null).map(nameKey))
  undated.delete('')
  const byName = groupBy(missing, nameKey)
  return [...byName].flatMap(([name, [known, another]]) =>
    known === undefined || another !== undefined || !undated.has(name) ? [] : [known.id],
  )
}

function nameKey({ firstName, lastName }: { firstName: string; lastName: string }): string {
  const first = wordKey(firstName)
  return first === '' ? '' : `${first}|${wordKey(lastName)}`
}

type Person = { firstName: string; lastName: string; birthDate: PartialDate | null }

/** Whether two rows are of one person, by name and birth date; false where these do not tell. */
export function isSamePerson(one: Person, other: Person): boolean {
  const key = personKey(one)
  return key !== null && key === personKey(other)
}

/** Null for who cannot be told from others: no name, or no birth date. */
function personKey(person: Person): string | null {
  const name = nameKey(person)
  if (name === '' || person.birthDate === null) return null
  const { year, month, day } = person.birthDate
  return `${name}|${year}-${month ?? 0}-${day ?? 0}`
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === null) continue
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
