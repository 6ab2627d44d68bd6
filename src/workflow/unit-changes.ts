import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { otherInstitutions, type UnitFacts, type UnitKind, unitCodes, units } from '../db/schema.ts'
import { followMovedUnit } from './follow-moved-unit.ts'
import { moveOtherInstitutions } from './move-other-institutions.ts'
import { childrenOf, codeOf, type Unit, unitByCode, unitById } from './unit.ts'
import {
  type Aftermath,
  closeInRound,
  finishAftermath,
  laoOf,
  lapseRequestsOf,
  noteLoss,
  openAftermath,
  provincesToTell,
  runsFor,
  tell,
} from './unit-aftermath.ts'
import { type ChangeGround, writeUnitChange } from './write-unit.ts'

type UnitRef = { id: UnitId; name: string }

export type UnitRefusal =
  | { why: 'no-ground' }
  | { why: 'no-letter' }
  | { why: 'in-the-future' }
  | { why: 'is-closed'; unit: UnitRef }
  | { why: 'bad-code'; digits: number }
  | { why: 'code-taken'; unit: UnitRef }
  | { why: 'same-code' }
  | { why: 'code-newer'; since: Instant }
  | { why: 'wrong-kind' }
  | { why: 'wrong-level' }
  | { why: 'there-already' }
  | { why: 'children-open'; units: UnitRef[] }
  | { why: 'not-closed' }
  | { why: 'no-reason-and-letter' }
  /** A closed round stays as it stood, without the unit. */
  | { why: 'round-closed-since'; roundCode: string; at: Instant }

export type UnitDecision = { ok: true; unit: Unit } | ({ ok: false } & UnitRefusal)
/** Gives the gathered aftermath when the act is one of many; alone it tells everyone itself. */
type Together = { aftermath?: Aftermath }

const DIGITS = { institution: 10, lao: 8, province: 2, department: 0 } as const
const LAO_KINDS: readonly UnitKind[] = [
  'pao',
  'city_municipality',
  'town_municipality',
  'subdistrict_municipality',
  'sao',
  'special',
]

export function factsOf(tx: Tx, unit: Unit): UnitFacts {
  return { code: codeOf(tx, unit.id), kind: unit.kind, name: unit.name, parentId: unit.parentId }
}

/**
 * An LAO is upgraded or an institution gets a new code: the same unit, its codes dated, kind and name changed with history.
 * What is below it follows by itself, since everything hangs on the unit's id (R19..R22).
 */
export function recodeUnit(
  tx: Tx,
  input: { unitId: UnitId; code: string; kind?: UnitKind; name?: string; ground: ChangeGround } & Together,
  now: Instant,
): UnitDecision {
  const unit = unitById(tx, input.unitId)
  const refusal = recodeRefusal(tx, { ...input, unit }, now)
  if (refusal) return { ok: false, ...refusal }
  const { code, ground } = input
  const before = factsOf(tx, unit)
  const after = { ...before, code, kind: input.kind ?? unit.kind, name: input.name ?? unit.name }
  tx.update(unitCodes)
    .set({ validTo: ground.validFrom, validFrom: sql`min(${unitCodes.validFrom}, ${ground.validFrom})` })
    .where(and(eq(unitCodes.unitId, unit.id), isNull(unitCodes.validTo)))
    .run()
  tx.insert(unitCodes).values({ unitId: unit.id, code, validFrom: ground.validFrom }).run()
  tx.update(units).set({ kind: after.kind, name: after.name }).where(eq(units.id, unit.id)).run()
  writeUnitChange(tx, { unitId: unit.id, what: 'recoded', before, after, ground }, now)
  return done(tx, { ...input, unit }, now, (aftermath) => {
    tell(aftermath, [unit.id, unit.parentId], {
      what: 'recoded',
      unitId: unit.id,
      formerName: before.name,
      formerCode: before.code,
      code,
      letterNumber: ground.letterNumber,
    })
  })
}

function recodeRefusal(
  tx: Tx,
  input: { unit: Unit; code: string; kind?: UnitKind; ground: ChangeGround },
  now: Instant,
): UnitRefusal | null {
  const { unit, code, kind, ground } = input
  const common = commonRefusal(unit, ground, now)
  if (common) return common
  if (ground.by === 'operator' && !ground.letterNumber?.trim()) return { why: 'no-letter' }
  if (unit.level !== 'lao' && unit.level !== 'institution') return { why: 'wrong-level' }
  const digits = DIGITS[unit.level]
  if (code.length !== digits || !/^[0-9]+$/.test(code)) return { why: 'bad-code', digits }
  if (kind && LAO_KINDS.includes(kind) !== (unit.level === 'lao')) return { why: 'wrong-kind' }
  const bearer = unitByCode(tx, code)
  if (bearer?.id === unit.id) return { why: 'same-code' }
  if (bearer) return { why: 'code-taken', unit: ref(bearer) }
  const current = tx
    .select({ validFrom: unitCodes.validFrom })
    .from(unitCodes)
    .where(and(eq(unitCodes.unitId, unit.id), isNull(unitCodes.validTo)))
    .get()
  // What the registry brought is dated by its import, which says nothing about since when the code was borne.
  if (current && current.validFrom > ground.validFrom && current.validFrom !== unit.openedAt)
    return { why: 'code-newer', since: current.validFrom }
  return null
}

/**
 * An institution goes to another LAO, or an LAO to another province. Its own confirmation stays; the former one's overview has
 * lost it and the new one's lacks it, so that each is incomplete until it is confirmed anew: both are told, nothing is undone.
 */
export function moveUnit(
  tx: Tx,
  input: { unitId: UnitId; toId: UnitId; ground: ChangeGround } & Together,
  now: Instant,
): UnitDecision {
  const unit = unitById(tx, input.unitId)
  const to = unitById(tx, input.toId)
  const common = commonRefusal(unit, input.ground, now)
  if (common) return { ok: false, ...common }
  if (isClosed(to)) return { ok: false, why: 'is-closed', unit: ref(to) }
  if (!mayHold(to, unit)) return { ok: false, why: 'wrong-level' }
  if (unit.parentId === to.id) return { ok: false, why: 'there-already' }
  const before = factsOf(tx, unit)
  const aftermath = input.aftermath ?? openAftermath(tx, now)
  noteLoss(tx, { aftermath, unit, parentId: before.parentId }, now)
  tx.update(units).set({ parentId: to.id }).where(eq(units.id, unit.id)).run()
  const change = { unitId: unit.id, before, after: { ...before, parentId: to.id }, ground: input.ground }
  writeUnitChange(tx, { ...change, what: 'moved' }, now)
  const requestsLapsed = lapseRequestsOf(tx, { unitId: unit.id, formerParentId: before.parentId }, now)
  if (aftermath.round) followMovedUnit(tx, { roundId: aftermath.round.id, unitId: unit.id }, now)
  return done(tx, { ...input, unit, gathering: aftermath }, now, (aftermath) => {
    const { letterNumber } = input.ground
    const provinces = provincesToTell(tx, { round: aftermath.round, laoIds: [before.parentId, to.id] }, now)
    tell(aftermath, [unit.id, before.parentId, to.id, ...provinces], {
      what: 'moved',
      unitId: unit.id,
      formerId: before.parentId,
      otherId: to.id,
      letterNumber,
      requestsLapsed,
    })
  })
}

/**
 * A unit that exists no longer: not required any more, its figure no longer counted in an open overview; one that was confirmed
 * with it stays reported, and LAO and province must look again. An LAO goes after its institutions.
 */
export function closeUnit(
  tx: Tx,
  input: { unitId: UnitId; ground: ChangeGround } & Together,
  now: Instant,
): UnitDecision {
  const unit = unitById(tx, input.unitId)
  const refusal = closeRefusal(tx, { unit, ground: input.ground }, now)
  if (refusal) return { ok: false, ...refusal }
  return endUnit(tx, { ...input, unit, into: null }, now)
}

/**
 * A unit becomes part of another of its level. People move an institution's pupils in the sheets; an LAO's institutions, its
 * own and those of other affiliations, go with it.
 */
export function mergeUnit(
  tx: Tx,
  input: { unitId: UnitId; intoId: UnitId; ground: ChangeGround } & Together,
  now: Instant,
): UnitDecision {
  const unit = unitById(tx, input.unitId)
  const into = unitById(tx, input.intoId)
  const common = commonRefusal(unit, input.ground, now)
  if (common) return { ok: false, ...common }
  if (isClosed(into)) return { ok: false, why: 'is-closed', unit: ref(into) }
  if (unit.id === into.id || unit.level !== into.level || (unit.level !== 'lao' && unit.level !== 'institution'))
    return { ok: false, why: 'wrong-level' }
  const aftermath = input.aftermath ?? openAftermath(tx, now)
  if (unit.level === 'lao') {
    for (const child of childrenOf(tx, { unitId: unit.id, level: 'institution' }, now))
      moveUnit(tx, { unitId: child.id, toId: into.id, ground: input.ground, aftermath }, now)
    moveOtherInstitutions(tx, { fromId: unit.id, toId: into.id, ground: input.ground }, now)
  }
  const ended = endUnit(tx, { ...input, unit, into, aftermath }, now)
  if (!input.aftermath) finishAftermath(tx, aftermath, now)
  return ended
}

function endUnit(
  tx: Tx,
  input: { unit: Unit; into: Unit | null; ground: ChangeGround } & Together,
  now: Instant,
): UnitDecision {
  const { unit, into, ground } = input
  const facts = factsOf(tx, unit)
  const aftermath = input.aftermath ?? openAftermath(tx, now)
  noteLoss(tx, { aftermath, unit, parentId: unit.parentId }, now)
  tx.update(units)
    .set({ closedAt: now, mergedIntoId: into?.id ?? null })
    .where(eq(units.id, unit.id))
    .run()
  const what = into ? 'merged' : 'closed'
  // Over for its LAO, the round keeps the unit as it stood.
  const round = runsFor(tx, { round: aftermath.round, laoId: laoOf(unit) }, now) ? aftermath.round : null
  const change = { unitId: unit.id, what, before: facts, after: facts, ground } as const
  writeUnitChange(tx, { ...change, mergedIntoId: into?.id ?? null, leavesRoundId: round?.id ?? null }, now)
  const requestsLapsed = lapseRequestsOf(tx, { unitId: unit.id, formerParentId: unit.id }, now)
  return done(tx, { ...input, unit, gathering: aftermath }, now, (aftermath) => {
    closeInRound(tx, { unit, round }, now)
    aftermath.closed.push(unit.id)
    const news = { what, unitId: unit.id, otherId: into?.id ?? null, letterNumber: ground.letterNumber } as const
    const laoIds = unit.level === 'institution' ? [unit.parentId] : []
    const provinces = provincesToTell(tx, { round: aftermath.round, laoIds }, now)
    tell(aftermath, [unit.id, unit.parentId, into?.id ?? null, ...provinces], { ...news, requestsLapsed })
  })
}

function closeRefusal(tx: Tx, input: { unit: Unit; ground: ChangeGround }, now: Instant): UnitRefusal | null {
  const { unit, ground } = input
  const common = commonRefusal(unit, ground, now)
  if (common) return common
  if (unit.level !== 'lao' && unit.level !== 'institution') return { why: 'wrong-level' }
  if (unit.level === 'institution') return null
  const own = childrenOf(tx, { unitId: unit.id, level: 'institution' }, now).map(ref)
  const others = tx
    .select({ name: otherInstitutions.name })
    .from(otherInstitutions)
    .where(and(eq(otherInstitutions.laoId, unit.id), isNull(otherInstitutions.closedAt)))
    .all()
  const below = [...own, ...others.map(({ name }) => ({ id: unit.id, name }))]
  return below.length > 0 ? { why: 'children-open', units: below } : null
}

function commonRefusal(unit: Unit, ground: ChangeGround, now: Instant): UnitRefusal | null {
  if (isClosed(unit)) return { why: 'is-closed', unit: ref(unit) }
  if (ground.validFrom > now) return { why: 'in-the-future' }
  const grounded = ground.by === 'file' || ground.reason?.trim() || ground.letterNumber?.trim()
  return grounded ? null : { why: 'no-ground' }
}

/** Acts are dated no later than they are recorded, so that a unit with a closing date is closed. */
const isClosed = (unit: Unit): boolean => unit.closedAt !== null
const ref = ({ id, name }: Unit): UnitRef => ({ id, name })

function mayHold(parent: Unit, unit: Unit): boolean {
  if (unit.level === 'institution') return parent.level === 'lao'
  return unit.level === 'lao' && parent.level === 'province'
}

function done(
  tx: Tx,
  input: { unit: Unit; gathering?: Aftermath } & Together,
  now: Instant,
  gather: (aftermath: Aftermath) => void,
): UnitDecision {
  const aftermath = input.gathering ?? input.aftermath ?? openAftermath(tx, now)
  gather(aftermath)
  if (!input.aftermath) finishAftermath(tx, aftermath, now)
  return { ok: true, unit: unitById(tx, input.unit.id) }
}
