import type { Instant, PersonId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import type { Role, UnreachableReason } from '../db/schema.ts'
import { monthOf } from './message-quota.ts'
import { type Owing, owingDepartment, owingInProvince } from './remind-owing.ts'
import { type PersonToTell, peopleAt } from './remind-people.ts'
import { momentReader, momentsOfUnit, owedAt, type PlanInput } from './remind-plan.ts'
import type { MomentKind, ReminderMoment } from './rules/reminders/moments.ts'
import { childrenOf, type Unit, unitById } from './unit.ts'

/** Which share of all units is assumed to owe still, by the moment's name, else by its kind. */
export type OwingShares = Readonly<Record<string, number>>

/** Our guess, to be replaced by `--owing`: nobody has measured it yet. The levels above owe as long as one below does. */
export const DEFAULT_SHARES: OwingShares = {
  opens: 1,
  confirming: 1,
  '7d': 0.9,
  '3d': 0.6,
  '1d': 0.4,
  '0d': 0.25,
  '3h': 0.15,
  '13.30': 0.15,
  '30m': 0.08,
  '16.00': 0.08,
  digest: 0.8,
  agreed: 0.5,
  executive: 0.2,
  missed: 0.05,
  closed: 0.02,
}

export type ForecastName = {
  unitId: UnitId
  unitName: string
  role: Role
  person: string | null
  unreachable: UnreachableReason | null
}

/** Everything that goes out at one instant. */
export type ForecastSlot = {
  at: Instant
  /** Names of the moments that fall together, e.g. "3d". */
  moments: string[]
  units: number
  /** If nobody confirmed anything until then. */
  recipients: number
  /** Under the assumed shares. */
  expected: number
  /** Units with nobody whom chat reaches. */
  unreachable: number
  names: ForecastName[]
}

export type Forecast = {
  slots: ForecastSlot[]
  /** By LINE's month. */
  months: { month: string; recipients: number; expected: number }[]
  /** Units that owe now, and what share of all that is. */
  owingNow: number
  units: number
}

type ForecastInput = PlanInput & {
  departmentId: UnitId
  /** Only this unit and those below it; null: the nation. */
  unitId: UnitId | null
  from: Instant
  to: Instant
  shares: OwingShares
  named: boolean
}

/** Who would be told what, when, as units, officers, extensions and agreed dates stand now. Reads only. */
export function forecastReminders(tx: Tx, input: ForecastInput, now: Instant): Forecast {
  const { owing, units } = owingOf(tx, input, now)
  const people = Map.groupBy(
    peopleAt(tx, [...new Set(owing.map(({ unitId }) => unitId))], now),
    ({ unitId, role }) => `${unitId} ${role}`,
  )
  const momentsOf = momentReader(input.policy)
  const slots = new Map<Instant, Slot>()
  for (const one of owing) {
    for (const [at, moments] of Map.groupBy(momentsOfUnit(one, momentsOf), (moment) => moment.at)) {
      if (at < input.from || at >= input.to || owedAt(one, moments) === null) continue
      const slot = slots.get(at) ?? emptySlot(at)
      slots.set(at, slot)
      addTo(slot, { one, moments, people: people.get(`${one.unitId} ${one.role}`) ?? [], shares: input.shares })
    }
  }
  const owingNow = new Set(owing.filter(({ role }) => role === 'officer').map(({ unitId }) => unitId)).size
  const nowShare = units > 0 ? owingNow / units : 1
  const shown = [...slots.values()]
    .sort((a, b) => a.at - b.at)
    .map((slot) => shape(tx, slot, { nowShare, named: input.named }))
  return { slots: shown, months: monthsOf(shown), owingNow, units }
}

type Slot = {
  at: Instant
  moments: Set<string>
  units: Set<UnitId>
  /** The largest share of the duties that the message speaks of. */
  people: Map<PersonId, number>
  unreachable: Set<UnitId>
  lines: { unitId: UnitId; role: Role; person: PersonToTell | null }[]
}

const emptySlot = (at: Instant): Slot => ({
  at,
  moments: new Set(),
  units: new Set(),
  people: new Map(),
  unreachable: new Set(),
  lines: [],
})

/** "1718038800000:3d" → "3d". */
export const nameOfMoment = ({ key }: Pick<ReminderMoment, 'key'>): string => key.slice(key.indexOf(':') + 1)

const KIND_SHARE: Record<MomentKind, string> = {
  opens: 'opens',
  before: '3d',
  'last-day': '13.30',
  agreed: 'agreed',
  missed: 'missed',
  closed: 'closed',
  digest: 'digest',
  executive: 'executive',
}

function addTo(
  slot: Slot,
  given: { one: Owing; moments: readonly ReminderMoment[]; people: readonly PersonToTell[]; shares: OwingShares },
): void {
  const { one, moments, people, shares } = given
  if (one.role === 'executive' && people.length === 0) return
  const share = Math.max(
    ...moments.map((moment) => shares[nameOfMoment(moment)] ?? shares[KIND_SHARE[moment.kind]] ?? 1),
  )
  for (const moment of moments) slot.moments.add(nameOfMoment(moment))
  slot.units.add(one.unitId)
  const reachable = people.filter(({ unreachable }) => unreachable === null)
  if (reachable.length === 0) slot.unreachable.add(one.unitId)
  for (const person of reachable)
    slot.people.set(person.personId, Math.max(share, slot.people.get(person.personId) ?? 0))
  for (const person of people) slot.lines.push({ unitId: one.unitId, role: one.role, person })
  if (people.length === 0) slot.lines.push({ unitId: one.unitId, role: one.role, person: null })
}

function shape(tx: Tx, slot: Slot, options: { nowShare: number; named: boolean }): ForecastSlot {
  // Shares are of all units; those that have confirmed already are not counted here any more.
  const expected = [...slot.people.values()].reduce((sum, share) => sum + Math.min(1, share / options.nowShare), 0)
  const names = options.named
    ? slot.lines.map(({ unitId, role, person }) => ({
        unitId,
        unitName: unitById(tx, unitId).name,
        role,
        person: person?.name ?? null,
        unreachable: person ? person.unreachable : ('vacant' as const),
      }))
    : []
  return {
    at: slot.at,
    moments: [...slot.moments],
    units: slot.units.size,
    recipients: slot.people.size,
    expected: Math.round(expected),
    unreachable: slot.unreachable.size,
    names,
  }
}

function monthsOf(slots: readonly ForecastSlot[]): Forecast['months'] {
  return [...Map.groupBy(slots, ({ at }) => monthOf(at))].map(([month, own]) => ({
    month,
    recipients: own.reduce((sum, { recipients }) => sum + recipients, 0),
    expected: own.reduce((sum, { expected }) => sum + expected, 0),
  }))
}

function owingOf(tx: Tx, input: ForecastInput, now: Instant): { owing: Owing[]; units: number } {
  const { departmentId, unitId } = input
  const unit = unitId === null ? null : unitById(tx, unitId)
  const provinces = childrenOf(tx, { unitId: departmentId, level: 'province' }, now)
  const asked =
    unit === null || unit.level === 'department' ? provinces : provinces.filter(({ id }) => id === provinceOf(tx, unit))
  const owing: Owing[] = []
  let units = 0
  for (const province of asked) {
    const below = unitsOf(tx, province, now)
    const wanted =
      unit === null || unit.level === 'department'
        ? below
        : below.filter((one) => one.id === unit.id || one.parentId === unit.id || unit.level === 'province')
    const ids = new Set(wanted.map(({ id }) => id))
    units += ids.size
    owing.push(...owingInProvince(tx, { ...input, provinceId: province.id }, now).filter((one) => ids.has(one.unitId)))
  }
  if (unit !== null && unit.level !== 'department') return { owing, units }
  return { owing: [...owing, ...owingDepartment(tx, input, now)], units: units + 1 }
}

function unitsOf(tx: Tx, province: Unit, now: Instant): Unit[] {
  const laos = childrenOf(tx, { unitId: province.id, level: 'lao' }, now)
  return [province, ...laos, ...laos.flatMap((lao) => childrenOf(tx, { unitId: lao.id, level: 'institution' }, now))]
}

function provinceOf(tx: Tx, unit: Unit): UnitId | null {
  if (unit.level === 'province') return unit.id
  return unit.parentId === null ? null : provinceOf(tx, unitById(tx, unit.parentId))
}
