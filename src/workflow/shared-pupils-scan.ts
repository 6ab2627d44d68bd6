import type Database from 'better-sqlite3'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { pupils, pupilsInError } from '../db/schema.ts'
import type { Pupil } from './rules/roster/pupil.ts'
import { isSamePerson } from './rules/roster/same-pupil.ts'

type Where = { roundId: RoundId; institutionId: UnitId }

/** One institution that counts a number now. */
export type Counting = { key: string; institutionId: UnitId; firstSeenAt: Instant; changedAt: Instant }

const AT_ONCE = 500

/** The words of the partial index `pupils_number`: SQLite uses it only for a query that repeats them, unbound. */
const counted = (table: string): string =>
  `${table}.gone_at is null and ${table}.counts = 1 and ${table}.number_kind <> 'waiting'`

/**
 * Both indexes are named: left alone, SQLite walks through everybody of the round to find an institution's own. Whether the own
 * row counts is asked last, of the few that are found: until then both indexes answer and no row is fetched.
 */
export const COUNTED_ELSEWHERE = `
  select distinct own.key as key
  from pupils own indexed by pupils_key
  cross join pupils other indexed by pupils_number
    on other.round_id = own.round_id and other.key = own.key and ${counted('other')}
      and other.institution_id <> own.institution_id
  cross join pupils mine on mine.id = own.id and ${counted('mine')}
  where own.round_id = ? and own.institution_id = ?`

const CLAIMED = `
  select question.key as key
  from shared_pupil_claims claim
  join shared_pupils question on question.id = claim.shared_pupil_id
  where claim.institution_id = ? and claim.ended_at is null and question.round_id = ?`

/** Somebody whom an institution counts under another number now than the one asked about. */
const RENUMBERED = `
  select p.data from pupils p indexed by pupils_key
  join pupil_changes c on c.pupil_id = p.id and c.change = 'new_number' and c.former_key = ?
  where p.round_id = ? and p.institution_id = ? and p.key <> c.former_key and p.gone_at is null and p.counts = 1`

const NUMBERED = `
  select data from pupils where round_id = ? and institution_id = ? and key = ? and gone_at is null and counts = 1`

/** Asked after every read that changed anything, mostly for nothing: prepared once. */
function scanStatements(raw: Database.Database) {
  return {
    elsewhere: raw.prepare<[RoundId, UnitId], { key: string }>(COUNTED_ELSEWHERE),
    claimed: raw.prepare<[UnitId, RoundId], { key: string }>(CLAIMED),
    renumbered: raw.prepare<[string, RoundId, UnitId], string>(RENUMBERED).pluck(),
    numbered: raw.prepare<[RoundId, UnitId, string], string>(NUMBERED).pluck(),
    forget: raw.prepare('delete from pupils_in_error where round_id = ? and institution_id = ?'),
  }
}

/**
 * Whether an institution counts the pupil under a new number (R27) whom another one still counts under the former: one child
 * in two institutions as before. Names and birth date must agree; else the former number was a slip, and the question is over.
 */
export function countsUnderNewNumber(tx: Tx, input: Where & { key: string; others: readonly UnitId[] }): boolean {
  const { roundId, institutionId, key, others } = input
  const { renumbered, numbered } = preparedOn(tx, scanStatements)
  const here = renumbered.all(key, roundId, institutionId).map((data) => JSON.parse(data) as Pupil)
  if (here.length === 0) return false
  return others
    .flatMap((other) => numbered.all(roundId, other, key))
    .map((data) => JSON.parse(data) as Pupil)
    .some((there) => here.some((pupil) => isSamePerson(pupil, there)))
}

/** Numbers that this institution counts, or claims in a question, and that may be another one's too. */
export function keysToLookAt(tx: Tx, where: Where): string[] {
  const { elsewhere } = preparedOn(tx, scanStatements)
  const found = elsewhere.all(where.roundId, where.institutionId).map((row) => row.key)
  return [...new Set([...claimedKeys(tx, where), ...found])]
}

/** Numbers that this institution claims in a question. */
export function claimedKeys(tx: Tx, { roundId, institutionId }: Where): string[] {
  return preparedOn(tx, scanStatements)
    .claimed.all(institutionId, roundId)
    .map((row) => row.key)
}

/** Keeps which pupils of a fresh read stand in it with an error: of use for those who were recorded before. */
export function keepKeysInError(tx: Tx, input: Where & { keys: readonly string[] }): void {
  const { roundId, institutionId, keys } = input
  preparedOn(tx, scanStatements).forget.run(roundId, institutionId)
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    const rows = tx
      .select({ key: pupils.key })
      .from(pupils)
      .where(
        and(
          eq(pupils.roundId, roundId),
          eq(pupils.institutionId, institutionId),
          inArray(pupils.key, keys.slice(start, start + AT_ONCE)),
        ),
      )
      .all()
    for (const { key } of rows) tx.insert(pupilsInError).values({ roundId, institutionId, key }).run()
  }
}

export function isInError(tx: Tx, input: Where & { key: string }): boolean {
  const row = tx
    .select({ key: pupilsInError.key })
    .from(pupilsInError)
    .where(
      and(
        eq(pupilsInError.roundId, input.roundId),
        eq(pupilsInError.institutionId, input.institutionId),
        eq(pupilsInError.key, input.key),
      ),
    )
    .get()
  return row !== undefined
}

export const countedNow = (input: { roundId: RoundId; keys: readonly string[] }, now: Instant) => sql<Counting>`
  select counted.key as key, counted.institution_id as institutionId, counted.first_seen_at as firstSeenAt,
    counted.changed_at as changedAt
  from pupils counted indexed by pupils_number
  join units on units.id = counted.institution_id and (units.closed_at is null or units.closed_at > ${now})
  where counted.round_id = ${input.roundId} and counted.key in ${[...input.keys]} and ${sql.raw(counted('counted'))}
    and not exists (
      select 1 from pupils_in_error spoilt
      where spoilt.round_id = counted.round_id and spoilt.institution_id = counted.institution_id
        and spoilt.key = counted.key)`

/** Who counts each of these numbers now: in an institution that exists, in a row without an error. */
export function countingOf(tx: Tx, input: { roundId: RoundId; keys: string[] }, now: Instant): Map<string, Counting[]> {
  const rows = tx.all<Counting>(countedNow(input, now)).sort((a, b) => a.institutionId - b.institutionId)
  return Map.groupBy(rows, (row) => row.key)
}
