import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import type { Component } from '../db/schema.ts'
import { confirmationOf, stateOf } from './component-state.ts'
import type { Owes } from './notice.ts'
import type { Round } from './rounds.ts'
import { institutionLine, type LaoLine, laoLines } from './structure.ts'
import { childrenOf, unitById } from './unit.ts'
import { baseMoment } from './units-at.ts'

export const OWES_NOTHING: Owes = { roster: false, overview: false, otherCounts: false, province: false, units: [] }

/**
 * What an LAO owes: institutions, overview, other-affiliation counts; null when nothing. `closed`: what was never confirmed, since
 * an edit after the close counts for nothing.
 */
export function laoOwes(line: LaoLine, options: { closed?: boolean } = {}): Owes | null {
  const units = line.institutions
    .filter((child) => child.state === 'open' || (child.drifted && !options.closed))
    .map((child) => ({ id: child.id, name: child.name }))
  const overview = line.overview === 'open' || !line.overviewCovers
  const otherCounts = line.otherCounts === 'open' || !line.countsCover
  if (!overview && !otherCounts && units.length === 0) return null
  return { ...OWES_NOTHING, overview, otherCounts, units }
}

export function provinceOwes(tx: Tx, input: { round: Round; provinceId: UnitId; lines: LaoLine[] }): Owes | null {
  if (confirmationOf(tx, { roundId: input.round.id, unitId: input.provinceId, component: 'province' })) return null
  const units = input.lines.filter((line) => !line.complete).map((line) => ({ id: line.id, name: line.name }))
  return { ...OWES_NOTHING, province: true, units }
}

/** Provinces that have not confirmed; the department itself confirms nothing. */
export function departmentOwes(tx: Tx, input: { round: Round; departmentId: UnitId }, now: Instant): Owes | null {
  const { round, departmentId } = input
  const provinces = childrenOf(tx, { unitId: departmentId, level: 'province' }, baseMoment(tx, round.id, now))
  const units = provinces
    .filter(({ id }) => !confirmationOf(tx, { roundId: round.id, unitId: id, component: 'province' }))
    .map(({ id, name }) => ({ id, name }))
  return units.length > 0 ? { ...OWES_NOTHING, units } : null
}

/** What a unit owes now, for the last look before sending: null means that the reminder drops out. */
export function owesNow(tx: Tx, input: { round: Round; unitId: UnitId; closed?: boolean }, now: Instant): Owes | null {
  const { round, unitId, closed = false } = input
  const unit = unitById(tx, unitId)
  switch (unit.level) {
    case 'institution': {
      const line = institutionLine(tx, { roundId: round.id, institutionId: unitId }, now)
      return line?.state === 'open' ? { ...OWES_NOTHING, roster: true } : null
    }
    case 'lao': {
      const line = laoLines(tx, { roundId: round.id, laos: [unit] }, now)[0]
      return line ? laoOwes(line, { closed }) : null
    }
    case 'province': {
      const laos = childrenOf(tx, { unitId, level: 'lao' }, now)
      return provinceOwes(tx, { round, provinceId: unitId, lines: laoLines(tx, { roundId: round.id, laos }, now) })
    }
    case 'department':
      return departmentOwes(tx, { round, departmentId: unitId }, now)
  }
}

/** Components that a unit itself owes. */
export function componentsOf(owes: Owes): Component[] {
  const owed: Component[] = []
  if (owes.roster) owed.push('roster')
  if (owes.overview) owed.push('overview')
  if (owes.otherCounts) owed.push('other_counts')
  if (owes.province) owed.push('province')
  return owed
}

/** Reopened after the moment: at that moment nothing was owed, and the reopening itself was told. The next moment counts. */
export function owedOnlySince(
  tx: Tx,
  input: { roundId: RoundId; unitId: UnitId; owes: Owes },
  moment: Instant,
): boolean {
  const owed = componentsOf(input.owes)
  const reopened = (component: Component) => {
    const state = stateOf(tx, { roundId: input.roundId, unitId: input.unitId, component })
    return state.reopenedTimes > 0 && state.changedAt > moment
  }
  return owed.length > 0 && owed.every(reopened)
}
