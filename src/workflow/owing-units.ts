import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { confirmationOf } from './component-state.ts'
import { provinceShown } from './confirm-province.ts'
import type { Round } from './rounds.ts'
import { type InstitutionLine, institutionLine, type LaoLine, laoLines } from './structure.ts'
import { childrenOf, type Unit, unitById } from './unit.ts'

/** A unit that owes something to the level above, with its line where it has one. */
export type OwingUnit = { id: UnitId; name: string } & (
  | { level: 'institution'; line: InstitutionLine }
  | { level: 'lao'; line: LaoLine }
  | { level: 'province' }
)

/** Those directly below that owe their confirmation: what an LAO, a province or the department waits for. */
export function owingBelow(tx: Tx, input: { round: Round; unitId: UnitId }, now: Instant): OwingUnit[] {
  const { round, unitId } = input
  const unit = unitById(tx, unitId)
  switch (unit.level) {
    case 'institution':
      return []
    case 'lao':
      return laoLines(tx, { roundId: round.id, laos: [unit] }, now).flatMap((lao) =>
        lao.institutions.flatMap(institution),
      )
    case 'province':
      return provinceShown(tx, { round, provinceId: unitId }, now).laos.flatMap(lao)
    case 'department':
      return childrenOf(tx, { unitId, level: 'province' }, now).flatMap((one) => province(tx, round, one))
  }
}

/** The same of one unit alone; null when it owes nothing, or is none any more. */
export function owingUnit(tx: Tx, input: { round: Round; unitId: UnitId }, now: Instant): OwingUnit | null {
  const { round, unitId } = input
  const unit = unitById(tx, unitId)
  if (unit.closedAt !== null && unit.closedAt <= now) return null
  if (unit.level === 'province') return province(tx, round, unit)[0] ?? null
  if (unit.level === 'lao') return laoLines(tx, { roundId: round.id, laos: [unit] }, now).flatMap(lao)[0] ?? null
  const line =
    unit.level === 'institution' ? institutionLine(tx, { roundId: round.id, institutionId: unitId }, now) : null
  return line ? (institution(line)[0] ?? null) : null
}

function institution(line: InstitutionLine): OwingUnit[] {
  const owes = line.state === 'open' || line.drifted
  return owes ? [{ id: line.id, name: line.name, level: 'institution', line }] : []
}

/** An LAO with nothing to confirm waits for its province's own act, not for a reminder. */
function lao(line: LaoLine): OwingUnit[] {
  const applies = [line.overview, line.otherCounts].some((state) => state === 'open' || state === 'confirmed')
  return applies && !line.complete ? [{ id: line.id, name: line.name, level: 'lao', line }] : []
}

function province(tx: Tx, round: Round, unit: Pick<Unit, 'id' | 'name'>): OwingUnit[] {
  const confirmed = confirmationOf(tx, { roundId: round.id, unitId: unit.id, component: 'province' }) !== null
  return confirmed ? [] : [{ id: unit.id, name: unit.name, level: 'province' }]
}
