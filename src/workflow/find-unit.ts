import type Database from 'better-sqlite3'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import type { UnitLevel } from '../db/schema.ts'
import { onlyNear } from './rules/text/nearest-word.ts'
import { remember } from './rules/text/remember.ts'
import { wordKey } from './rules/text/thai-text.ts'
import { childrenOf, type Unit, unitByAnyCode, unitById } from './unit.ts'

const BELOW: Record<UnitLevel, UnitLevel | null> = {
  department: 'province',
  province: 'lao',
  lao: 'institution',
  institution: null,
}

/** How officers write the kinds of units: the short form stands for the long one. */
const SHORT_FORMS: readonly [RegExp, string][] = [
  [/ศูนย์พัฒนาเด็กเล็ก|ศูนย์เด็กเล็ก|ศูนย์เด็ก/g, 'ศพด'],
  [/โรงเรียน|รร/g, 'รร'],
  [/วิทยาลัย/g, 'วท'],
  [/องค์การบริหารส่วนจังหวัด/g, 'อบจ'],
  [/องค์การบริหารส่วนตำบล|องค์กรบริหารส่วนตำบล/g, 'อบต'],
  [/เทศบาลนคร/g, 'ทน'],
  [/เทศบาลเมือง/g, 'ทม'],
  [/เทศบาลตำบล/g, 'ทต'],
  [/สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด|สถจ|จังหวัด/g, 'จ'],
]

/** A unit's name as it is compared: short forms, no spaces, no dots. */
export const unitKey = (name: string): string =>
  SHORT_FORMS.reduce((key, [long, short]) => key.replace(long, short), wordKey(name))

export type FoundUnits = { kind: 'none' } | { kind: 'one'; unit: Unit } | { kind: 'several'; units: Unit[] }

/**
 * The unit below `unitId` that a text names, by its name, a short form of it, part of it, or its code. `deep` looks at everything
 * below, the nearer levels first; without it only at those directly below. `only`: units of that level alone.
 */
export function findUnitBelow(
  tx: Tx,
  input: { unitId: UnitId; level: UnitLevel; text: string; deep: boolean; only?: UnitLevel | undefined },
  now: Instant,
): FoundUnits {
  const asked = unitKey(input.text)
  if (asked === '') return { kind: 'none' }
  const candidates = below(tx, input, now).filter((unit) => input.only === undefined || unit.level === input.only)
  const same = candidates.filter((unit) => unitKey(unit.name) === asked)
  if (same.length > 0) return found(same)
  if (/^\d{6,12}$/.test(asked)) return found(bearersBelow(tx, { ...input, code: asked }, now))
  if (asked.length < 2) return { kind: 'none' }
  const part = candidates.filter((unit) => unitKey(unit.name).includes(asked))
  return found(part.length > 0 || !input.deep ? part : institutionsOfNation(tx, { ...input, asked }, now))
}

function bearersBelow(
  tx: Tx,
  input: { unitId: UnitId; deep: boolean; only?: UnitLevel | undefined; code: string },
  now: Instant,
): Unit[] {
  const bearer = unitByAnyCode(tx, input.code)?.unit
  if (!bearer || (bearer.closedAt !== null && bearer.closedAt <= now)) return []
  if (input.only !== undefined && bearer.level !== input.only) return []
  for (let above = bearer.parentId; above !== null; above = input.deep ? unitById(tx, above).parentId : null)
    if (above === input.unitId) return [bearer]
  return []
}

/** The department has institutions three levels down: tens of thousands, looked at only when nothing nearer is meant. */
function institutionsOfNation(
  tx: Tx,
  input: { level: UnitLevel; only?: UnitLevel | undefined; asked: string },
  now: Instant,
): Unit[] {
  if (input.level !== 'department' || (input.only ?? 'institution') !== 'institution') return []
  const named = preparedOn(tx, nationStatement)
    .all({ now })
    .map(({ id, name }) => ({ id, key: keptKey(name) }))
    .filter(({ key }) => key.includes(input.asked))
  const same = named.filter(({ key }) => key === input.asked)
  return (same.length > 0 ? same : named).map(({ id }) => unitById(tx, id))
}

const nationStatement = (raw: Database.Database) =>
  raw.prepare<[{ now: Instant }], { id: UnitId; name: string }>(
    `select id, name from units where level = 'institution' and (closed_at is null or closed_at > @now) order by id`,
  )

const keptKey = remember(unitKey, 60_000)

/**
 * The one unit below whose name was meant, when what was typed is a slip of exactly one: to look at, never to act on. Null else.
 */
export function unitMeant(
  tx: Tx,
  input: { unitId: UnitId; level: UnitLevel; text: string },
  now: Instant,
): Unit | null {
  const known = new Map(below(tx, { ...input, deep: true }, now).map((unit) => [unitKey(unit.name), unit] as const))
  return onlyNear(unitKey(input.text), known)
}

function below(tx: Tx, input: { unitId: UnitId; level: UnitLevel; deep: boolean }, now: Instant): Unit[] {
  const level = BELOW[input.level]
  if (!level) return []
  const children = childrenOf(tx, { unitId: input.unitId, level }, now)
  const next = BELOW[level]
  if (!input.deep || !next) return children
  return [...children, ...children.flatMap((child) => childrenOf(tx, { unitId: child.id, level: next }, now))]
}

function found(units: Unit[]): FoundUnits {
  const [only] = units
  if (!only) return { kind: 'none' }
  return units.length === 1 ? { kind: 'one', unit: only } : { kind: 'several', units }
}
