import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import type { UnitLevel } from '../db/schema.ts'
import { onlyNear } from './rules/text/nearest-word.ts'
import { wordKey } from './rules/text/thai-text.ts'
import { childrenOf, type Unit, unitByAnyCode } from './unit.ts'

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
 * The unit below `unitId` that a text names, by its name, a short form of it, part of it, or its code. `deep` looks two levels
 * down (a province finds institutions); without it only those directly below are looked at.
 */
export function findUnitBelow(
  tx: Tx,
  input: { unitId: UnitId; level: UnitLevel; text: string; deep: boolean },
  now: Instant,
): FoundUnits {
  const asked = unitKey(input.text)
  if (asked === '') return { kind: 'none' }
  const candidates = below(tx, input, now)
  const same = candidates.filter((unit) => unitKey(unit.name) === asked)
  if (same.length > 0) return found(same)
  if (/^\d{6,12}$/.test(asked)) {
    const bearer = unitByAnyCode(tx, asked)?.unit.id
    return found(candidates.filter((unit) => unit.id === bearer))
  }
  if (asked.length < 2) return { kind: 'none' }
  return found(candidates.filter((unit) => unitKey(unit.name).includes(asked)))
}

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
