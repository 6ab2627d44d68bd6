import type { PersonId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import type { Actor } from '../workflow/actor.ts'
import { activeRound, roundById } from '../workflow/rounds.ts'
import type { HandleDeps, Scene } from './scene.ts'

/** Who a notice is rendered for, before it is known through which of their duties it concerns them. */
export type Stage = { tx: Tx; personId: PersonId | null; lineUserId: string; deps: HandleDeps; duties: Actor[] }

/** The person in the duty at a unit, in a round (the active one if none is named); null when the duty has ended. */
export function sceneAt(stage: Stage, input: { unitId: UnitId; roundId?: RoundId }): Scene | null {
  const at = stage.duties.filter((duty) => duty.unitId === input.unitId)
  const actor = at.find((duty) => duty.role === 'officer') ?? at[0]
  const round = input.roundId ? roundById(stage.tx, input.roundId) : activeRound(stage.tx)
  return actor && round ? { tx: stage.tx, now: stage.deps.now, deps: stage.deps, actor, round } : null
}
