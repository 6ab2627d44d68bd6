import { and, eq, inArray, sql } from 'drizzle-orm'
import type { RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { pupils, unitCodes, units } from '../db/schema.ts'
import { normaliseText, toArabicDigits, wordKey } from '../workflow/rules/text/thai-text.ts'
import type { Unit } from '../workflow/unit.ts'
import { type OutsideText, type TextPlace, textPlaces } from './rpt318-file.ts'

/** Whose roster a file is, as far as it can be told. */
export type FileOwner =
  | ToldByText
  | { whose: 'ours'; by: 'numbers' }
  | { whose: 'another'; by: 'numbers'; unit: OtherUnit; numbers: number; of: number }
  | { whose: 'unknown' }

type OtherUnit = { name: string; code: string | null }
type ToldByText = { whose: 'ours'; by: TextPlace } | { whose: 'another'; by: TextPlace; unit: OtherUnit }

type NamedUnit = { id: UnitId; name: string; key: string }

/**
 * Reads the institution from what stands outside the pupil table, the most telling place first: a code or name of ours there
 * settles it, one of another unit refuses it. Without either the numbers tell: most of them in one other roster of the round.
 */
export function ownerOfFile(
  tx: Tx,
  input: { unit: Unit; roundId: RoundId; outside: readonly OutsideText[]; numbers: readonly string[] },
): FileOwner {
  const holder = holderOfMost(tx, input)
  const told = ownerByTexts(tx, input)
  if (told?.whose === 'another') return told
  if (holder && holder.id !== input.unit.id) {
    const unit = { name: holder.name, code: codeOfUnit(tx, holder.id) }
    return { whose: 'another', by: 'numbers', unit, numbers: holder.count, of: input.numbers.length }
  }
  if (told) return told
  return holder ? { whose: 'ours', by: 'numbers' } : { whose: 'unknown' }
}

function ownerByTexts(tx: Tx, input: { unit: Unit; outside: readonly OutsideText[] }): ToldByText | null {
  const names = namedUnits(tx)
  const nameKey = unitNameKey(input.unit.name)
  for (const place of textPlaces) {
    const text = input.outside
      .filter((one) => one.place === place)
      .map((one) => one.text)
      .join('\n')
    if (text === '') continue
    const coded = unitsByCode(tx, codesIn(text))
    const named = unitsNamedIn(text, names)
    if (coded.some(({ id }) => id === input.unit.id)) return { whose: 'ours', by: place }
    const other = coded.find((unit) => unit.id !== input.unit.parentId)
    if (other) return { whose: 'another', by: place, unit: { name: other.name, code: other.code } }
    // Names are shared by many units; a name like ours speaks for us where no code speaks against it.
    if (named.some(({ key }) => key === nameKey)) return { whose: 'ours', by: place }
    const [stranger] = named
    if (stranger)
      return { whose: 'another', by: place, unit: { name: stranger.name, code: codeOfUnit(tx, stranger.id) } }
  }
  return null
}

/** Institutions have 10 digits, LAOs 8. */
function codesIn(text: string): string[] {
  return [...toArabicDigits(text).matchAll(/(?<!\d)\d{8}(?:\d{2})?(?!\d)/g)].map(([code]) => code)
}

function unitsByCode(tx: Tx, codes: readonly string[]): { id: UnitId; name: string; code: string }[] {
  if (codes.length === 0) return []
  return tx
    .select({ id: units.id, name: units.name, code: unitCodes.code })
    .from(unitCodes)
    .innerJoin(units, eq(units.id, unitCodes.unitId))
    .where(inArray(unitCodes.code, [...new Set(codes)].slice(0, 500)))
    .all()
}

function codeOfUnit(tx: Tx, unitId: UnitId): string | null {
  const row = tx.select({ code: unitCodes.code }).from(unitCodes).where(eq(unitCodes.unitId, unitId)).get()
  return row?.code ?? null
}

function namedUnits(tx: Tx): NamedUnit[] {
  const rows = tx.select({ id: units.id, name: units.name }).from(units).where(eq(units.level, 'institution')).all()
  return rows.map((unit) => ({ ...unit, key: unitNameKey(unit.name) }))
}

const SHORT_KINDS: readonly [RegExp, string][] = [
  [/^รร|(?<=[\s.,(\n])รร/g, 'โรงเรียน'],
  [/ศพด|ศูนย์เด็กเล็ก/g, 'ศูนย์พัฒนาเด็กเล็ก'],
]

function unitNameKey(text: string): string {
  const plain = SHORT_KINDS.reduce((one, [short, long]) => one.replace(short, long), normaliseText(text))
  return wordKey(plain)
}

const SHORTEST_NAME = 6

/** Institutions named in a text; a name that is only the beginning of a longer one found there is not meant. */
function unitsNamedIn(text: string, names: readonly NamedUnit[]): NamedUnit[] {
  const said = unitNameKey(text)
  const found = names.filter(({ key }) => key.length >= SHORTEST_NAME && said.includes(key))
  return found.filter(({ key }) => !found.some((longer) => longer.key !== key && longer.key.includes(key)))
}

/** The institution whose roster of the round holds more than half of the numbers; pupils who have left it do not count. */
function holderOfMost(
  tx: Tx,
  input: { roundId: RoundId; numbers: readonly string[] },
): { id: UnitId; name: string; count: number } | null {
  const counts = new Map<UnitId, number>()
  const numbers = [...new Set(input.numbers)]
  for (let at = 0; at < numbers.length; at += 500) {
    const found = tx
      .select({ institutionId: pupils.institutionId, count: sql<number>`count(*)` })
      .from(pupils)
      .where(
        and(
          eq(pupils.roundId, input.roundId),
          inArray(pupils.key, numbers.slice(at, at + 500)),
          // Word for word the conditions of the partial index.
          sql`gone_at is null and counts = 1 and number_kind <> 'waiting'`,
        ),
      )
      .groupBy(pupils.institutionId)
      .all()
    for (const { institutionId, count } of found) {
      counts.set(institutionId, (counts.get(institutionId) ?? 0) + count)
    }
  }
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a)
  if (!most || most[1] * 2 <= numbers.length) return null
  const unit = tx.select({ id: units.id, name: units.name }).from(units).where(eq(units.id, most[0])).get()
  return unit ? { ...unit, count: most[1] } : null
}
