import type { Drift } from '../../workflow/drift.ts'
import { unitById } from '../../workflow/unit.ts'
import { sheetOf } from '../../workflow/unit-facts.ts'
import type { Scene } from '../scene.ts'
import { DRIFT } from '../words/drift-words.ts'
import { afterCloseWay, isClosed } from './after-close.ts'

/** What can still be done about a sheet that was edited after confirming, as it is for whoever looks. */
export function driftWayOut(scene: Scene, drift: Drift): string {
  const { unitId, component } = drift
  if (isClosed(scene, { unitId, component })) return afterCloseWay(scene)
  const own = scene.actor.unitId === unitId
  const locked = sheetOf(scene.tx, { roundId: scene.round.id, unitId })?.locked ?? false
  if (!own) {
    const { name } = unitById(scene.tx, unitId)
    return locked ? DRIFT.othersLocked(name) : DRIFT.othersPutBack(name)
  }
  if (drift.differing === 0) return locked ? DRIFT.typingOnlyLocked : DRIFT.typingOnly
  return locked ? DRIFT.locked : DRIFT.putBack
}
