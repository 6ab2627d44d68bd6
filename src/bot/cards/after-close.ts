import { windowOf } from '../../workflow/rounds.ts'
import type { WindowComponent } from '../../workflow/rules/round-window.ts'
import { type Unit, unitById } from '../../workflow/unit.ts'
import type { Scene } from '../scene.ts'
import { AFTER_CLOSE } from '../words/status-words.ts'

/**
 * Whether a unit's part can be mended no more: what would be advised before is not offered then. Asked for whole lists:
 * an extension, ended early or not, never closes before the round does, so that until then there is nothing to look up.
 */
export function isClosed(scene: Scene, about: { unitId: Unit['id']; component: WindowComponent }): boolean {
  if (scene.now < scene.round.recordingClosesAt) return false
  return windowOf(scene.tx, { round: scene.round, ...about }, scene.now).state === 'closed'
}

/** The one way that is left after the close, told to whoever looks: whom to turn to for an extension. */
export function afterCloseWay(scene: Scene): string {
  const { parentId, level } = unitById(scene.tx, scene.actor.unitId)
  if (level === 'department') return AFTER_CLOSE.department
  if (level === 'province' || parentId === null) return AFTER_CLOSE.province
  return AFTER_CLOSE.tell(unitById(scene.tx, parentId).name)
}
