import { runById } from '../../workflow/confirm-run.ts'
import type { Notice } from '../../workflow/notice.ts'
import { institutionStatus, laoStatus } from '../../workflow/status.ts'
import { cardMessage, type Message } from '../cards/messages.ts'
import { countsReadBack, rosterReadBack } from '../cards/read-back-card.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { READ_BACK } from '../words/confirm-words.ts'

/** What the sheet said when it was read for this person (R25); what the next steps are bound to is what this card shows. */
export function readBack(stage: Stage, notice: Extract<Notice, { type: 'read-back' }>): Message[] | null {
  const run = runById(stage.tx, notice.runId)
  const scene = sceneAt(stage, { unitId: run.unitId, roundId: run.roundId })
  if (!scene) return null
  const { tx, round, actor, now } = scene
  const card =
    run.component === 'roster'
      ? rosterReadBack(scene, institutionStatus(tx, { round, institutionId: run.unitId, actor }, now))
      : countsReadBack(scene, laoStatus(tx, { round, laoId: run.unitId, actor }, now))
  return [cardMessage(card, READ_BACK.alt)]
}
