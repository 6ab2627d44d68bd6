import type { Notice } from '../../workflow/notice.ts'
import { sheetOf } from '../../workflow/unit-facts.ts'
import { say } from '../cards/card.ts'
import { openSheet } from '../cards/institution-card.ts'
import { cardMessage, type Message } from '../cards/messages.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { SHEET_READY } from '../words/notice-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON } from '../words/status-words.ts'
import { round as roundWords } from '../words/terms.ts'

/** The unit's spreadsheet may be edited by this person now. */
export function sheetReady(stage: Stage, notice: Extract<Notice, { type: 'sheet-ready' }>): Message[] | null {
  const scene = sceneAt(stage, { unitId: notice.unitId, roundId: notice.roundId })
  const sheet = sheetOf(stage.tx, { roundId: notice.roundId, unitId: notice.unitId })
  if (!scene || !sheet) return null
  const open = openSheet(scene, sheet)
  const card = {
    over: `${roundWords(scene.round)} · ${scene.actor.unitName}`,
    title: SHEET_READY.title,
    lines: [{ kind: 'text' as const, text: SHEET_READY.note }],
    buttons: [{ ...open, style: 'primary' as const }, say(BUTTON.status, SAY.status)],
  }
  return [cardMessage(card, SHEET_READY.alt)]
}
