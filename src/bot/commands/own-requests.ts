import type { Component, UnitLevel } from '../../db/schema.ts'
import type { ReopeningRequest } from '../../workflow/reopening.ts'
import { openRequestOf } from '../../workflow/reopening-requests.ts'
import type { Turn } from '../turn.ts'

const COMPONENTS_OF: Record<UnitLevel, readonly Component[]> = {
  institution: ['roster'],
  lao: ['overview', 'other_counts'],
  province: ['province'],
  department: [],
}

export const componentsOf = (level: UnitLevel): readonly Component[] => COMPONENTS_OF[level]

/** Requests of the person's own unit that still wait. */
export function ownRequests(turn: Turn): ReopeningRequest[] {
  const { tx, round, actor } = turn
  return componentsOf(actor.level).flatMap((component) => {
    const request = openRequestOf(tx, { round, unitId: actor.unitId, component })
    return request ? [request] : []
  })
}
