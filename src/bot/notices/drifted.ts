import type { UnitId } from '../../db/ids.ts'
import type { Tx } from '../../db/open.ts'
import type { Actor } from '../../workflow/actor.ts'
import { driftOf } from '../../workflow/drift.ts'
import type { Notice } from '../../workflow/notice.ts'
import { parentOf } from '../../workflow/rounds.ts'
import { unitById } from '../../workflow/unit.ts'
import { driftNews } from '../cards/drift-card.ts'
import { cardMessage, type Message, text } from '../cards/messages.ts'
import type { Scene } from '../scene.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { DRIFT } from '../words/drift-words.ts'

/** A confirmed sheet was edited. Pointless once it says something else again: that is told by a notice of its own. */
export function drifted(stage: Stage, notice: Extract<Notice, { type: 'drifted' }>): Message[] | null {
  const scene = sceneOf(stage, notice)
  const drift = scene ? driftOf(stage.tx, notice) : null
  if (!scene || drift?.contentHash !== notice.contentHash) return null
  return [cardMessage(driftNews(scene, drift), DRIFT.alt)]
}

/** The sheet says again what was confirmed. Pointless once it was edited anew or reopened. */
export function driftGone(stage: Stage, notice: Extract<Notice, { type: 'drift-gone' }>): Message[] | null {
  if (!sceneOf(stage, notice) || driftOf(stage.tx, notice)) return null
  return [text(DRIFT.gone(unitById(stage.tx, notice.unitId).name))]
}

type DriftNotice = Extract<Notice, { type: 'drifted' | 'drift-gone' }>

/** The unit through whose duty somebody hears of it: the edited one, or the level above. */
export function placeOfDrift(tx: Tx, notice: DriftNotice, duties: readonly Actor[]): UnitId | null {
  return duties.some((duty) => duty.unitId === notice.unitId) ? notice.unitId : parentOf(tx, notice.unitId)
}

function sceneOf(stage: Stage, notice: DriftNotice): Scene | null {
  const unitId = placeOfDrift(stage.tx, notice, stage.duties)
  return unitId === null ? null : sceneAt(stage, { unitId, roundId: notice.roundId })
}
