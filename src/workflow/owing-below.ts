import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { confirmationOf } from './component-state.ts'
import { provinceFigures } from './lao-figures.ts'
import type { Round } from './rounds.ts'
import { type LaoLine, laoLines } from './structure.ts'
import { childrenOf, unitById } from './unit.ts'

/** A unit directly below that is not done, with what of an LAO is missing. */
export type OwingUnit = { name: string; institutions: number; overview: boolean; otherCounts: boolean }

/** What an official reminder names: the units directly below that owe, and how many there are in all. */
export function owingBelow(
  tx: Tx,
  input: { round: Round; unitId: UnitId },
  now: Instant,
): { owing: OwingUnit[]; total: number } {
  const { round, unitId } = input
  const unit = unitById(tx, unitId)
  const nothing = { institutions: 0, overview: false, otherCounts: false }
  if (unit.level === 'department') {
    const provinces = provinceFigures(tx, { roundId: round.id, departmentId: unitId }, now)
    const open = provinces.filter(
      ({ id }) => confirmationOf(tx, { roundId: round.id, unitId: id, component: 'province' }) === null,
    )
    return { owing: open.map(({ name }) => ({ name, ...nothing })), total: provinces.length }
  }
  if (unit.level === 'province') {
    const lines = laoLines(tx, { roundId: round.id, laos: childrenOf(tx, { unitId, level: 'lao' }, now) }, now)
    const required = lines.filter((line) => line.overview !== 'not_required' || line.otherCounts !== 'not_required')
    return { owing: required.filter(({ complete }) => !complete).map(missingOf), total: required.length }
  }
  const [line] = unit.level === 'lao' ? laoLines(tx, { roundId: round.id, laos: [unit] }, now) : []
  const required = line?.institutions.filter(({ state }) => state !== 'not_required') ?? []
  const open = required.filter(({ state, drifted }) => state === 'open' || drifted)
  return { owing: open.map(({ name }) => ({ name, ...nothing })), total: required.length }
}

function missingOf(line: LaoLine): OwingUnit {
  return {
    name: line.name,
    institutions: line.institutions.filter(({ state, drifted }) => state === 'open' || drifted).length,
    overview: line.overview === 'open' || !line.overviewCovers,
    otherCounts: line.otherCounts === 'open' || !line.countsCover || line.countsDrifted,
  }
}
