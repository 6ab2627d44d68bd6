import { receiptOf } from '../../workflow/confirmed-figures.ts'
import type { Notice } from '../../workflow/notice.ts'
import { roundById } from '../../workflow/rounds.ts'
import { unitById } from '../../workflow/unit.ts'
import { sheetOf } from '../../workflow/unit-facts.ts'
import { say } from '../cards/card.ts'
import { openSheet } from '../cards/institution-card.ts'
import { cardMessage, type Message } from '../cards/messages.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { dayAndTime } from '../words/dates.ts'
import { CANCELLED } from '../words/reopening-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON } from '../words/status-words.ts'
import { COMPONENT, round as roundWords, withoutIds } from '../words/terms.ts'

/** Somebody's confirmation was cancelled: by whom, why, and what now. Told even when it has been confirmed anew since: it happened. */
export function cancelled(stage: Stage, notice: Extract<Notice, { type: 'cancelled' }>): Message[] | null {
  const receipt = receiptOf(stage.tx, notice.confirmationId)
  if (!receipt) return null
  const { confirmation } = receipt
  const { component, unitId, roundId } = confirmation
  const inSheet = component === 'roster' || component === 'other_counts'
  const scene = sceneAt(stage, { unitId, roundId })
  const sheet = scene && inSheet ? sheetOf(stage.tx, { roundId, unitId }) : null
  const card = {
    over: `${roundWords(roundById(stage.tx, roundId))} · ${receipt.unitName}`,
    title: `${CANCELLED.title}: ${COMPONENT[component]}`,
    chip: { text: CANCELLED.chip, tone: 'wait' as const },
    lines: [
      { kind: 'pair' as const, label: CANCELLED.by, value: unitById(stage.tx, notice.byUnitId).name },
      { kind: 'pair' as const, label: CANCELLED.at, value: dayAndTime(confirmation.cancelledAt ?? stage.deps.now) },
      { kind: 'pair' as const, label: CANCELLED.receipt, value: confirmation.receiptNumber },
      { kind: 'text' as const, text: `${CANCELLED.reason}: ${withoutIds(notice.reason)}` },
      { kind: 'rule' as const },
      { kind: 'text' as const, text: inSheet ? CANCELLED.sheet : CANCELLED.above, strong: true },
      { kind: 'small' as const, text: CANCELLED.reported },
    ],
    buttons: [...(scene && sheet ? [openSheet(scene, sheet, { toFix: true })] : []), say(BUTTON.status, SAY.status)],
  }
  return [cardMessage(card, CANCELLED.alt)]
}
