import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { confirmationOf } from './component-state.ts'
import { provinceFigures } from './lao-figures.ts'
import type { Round } from './rounds.ts'
import { institutionLine, type LaoLine, laoLines } from './structure.ts'
import { childrenOf, type Unit, unitById } from './unit.ts'

/** How far a unit is, in words that anybody may read: units and whether they are done; no person, no pupil, no figure of any. */
export type PublicProgress = {
  unit: Unit
  /** The unit's own part is done: its roster, its overview and counts, its confirmation. */
  done: boolean
  /** Units directly below; none for an institution. */
  below: { done: number; total: number; left: string[] }
}

export function publicProgress(tx: Tx, input: { round: Round; unitId: UnitId }, now: Instant): PublicProgress {
  const { round, unitId } = input
  const unit = unitById(tx, unitId)
  const roundId = round.id
  switch (unit.level) {
    case 'institution': {
      const line = institutionLine(tx, { roundId, institutionId: unitId }, now)
      const done = line !== null && line.state !== 'open' && !line.drifted
      return { unit, done, below: { done: 0, total: 0, left: [] } }
    }
    case 'lao': {
      const [line] = laoLines(tx, { roundId, laos: [unit] }, now)
      const required = line?.institutions.filter(({ state }) => state !== 'not_required') ?? []
      const left = required.filter(({ state, drifted }) => state === 'open' || drifted).map(({ name }) => name)
      const below = { done: required.length - left.length, total: required.length, left }
      return { unit, done: line !== undefined && isDone(line), below }
    }
    case 'province': {
      const lines = laoLines(tx, { roundId, laos: childrenOf(tx, { unitId, level: 'lao' }, now) }, now)
      const left = lines.filter((line) => !isDone(line)).map(({ name }) => name)
      const below = { done: lines.length - left.length, total: lines.length, left }
      return { unit, done: isConfirmed(tx, round, unitId), below }
    }
    case 'department': {
      const provinces = provinceFigures(tx, { roundId, departmentId: unitId }, now)
      const left = provinces.filter(({ id }) => !isConfirmed(tx, round, id)).map(({ name }) => name)
      const below = { done: provinces.length - left.length, total: provinces.length, left }
      return { unit, done: left.length === 0, below }
    }
  }
}

const isConfirmed = (tx: Tx, round: Round, unitId: UnitId): boolean =>
  confirmationOf(tx, { roundId: round.id, unitId, component: 'province' }) !== null

const isDone = (line: LaoLine): boolean =>
  line.complete || (line.overview === 'not_required' && line.otherCounts === 'not_required')
