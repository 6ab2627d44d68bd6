import type { Notice, Owes } from '../../workflow/notice.ts'
import { owesNow } from '../../workflow/remind.ts'
import { type CardButton, type CardLine, say } from '../cards/card.ts'
import { onePrimary } from '../cards/lao-card.ts'
import { cardMessage, type Message } from '../cards/messages.ts'
import { unitList } from '../cards/unit-list.ts'
import type { Scene } from '../scene.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { REMINDER } from '../words/notice-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON } from '../words/status-words.ts'
import { round as roundWords } from '../words/terms.ts'

/** What is still owed at the moment of sending; done things drop out, and with the last one the whole reminder. */
export function reminder(stage: Stage, notice: Extract<Notice, { type: 'reminder' }>): Message[] | null {
  const scene = sceneAt(stage, { unitId: notice.unitId, roundId: notice.roundId })
  if (!scene) return null
  const owes = owesNow(scene.tx, { round: scene.round, unitId: notice.unitId }, scene.now)
  if (!owes || scene.now >= notice.dueAt) return null
  const card = {
    over: `${roundWords(scene.round)} · ${scene.actor.unitName}`,
    title: REMINDER.title,
    lines: [
      { kind: 'text' as const, text: REMINDER.due(notice.dueAt, scene.now), tone: 'wait' as const, strong: true },
      ...linesOf(owes),
    ],
    buttons: buttonsOf(scene, owes),
  }
  return [cardMessage(card, REMINDER.alt)]
}

function linesOf(owes: Owes): CardLine[] {
  const lines: CardLine[] = []
  if (owes.roster) lines.push({ kind: 'text', text: REMINDER.roster })
  if (owes.overview) lines.push({ kind: 'item', mark: '○', tone: 'wait', text: REMINDER.overview })
  if (owes.otherCounts) lines.push({ kind: 'item', mark: '○', tone: 'wait', text: REMINDER.otherCounts })
  if (owes.province) lines.push({ kind: 'item', mark: '○', tone: 'wait', text: REMINDER.province })
  lines.push(
    ...unitList(
      REMINDER.unitsBelow,
      owes.units.map((unit) => unit.name),
      { mark: '•', tone: 'wait' },
    ),
  )
  return lines
}

function buttonsOf(scene: Scene, owes: Owes): CardButton[] {
  const buttons: CardButton[] = []
  if (scene.actor.role !== 'officer') return buttons
  if (owes.roster) buttons.push(say(BUTTON.confirm, SAY.confirm, 'primary'))
  if (owes.overview && owes.units.length === 0)
    buttons.push(say(BUTTON.confirmOverview, SAY.confirmOverview, 'primary'))
  if (owes.otherCounts) buttons.push(say(BUTTON.confirmOtherCounts, SAY.confirmOtherCounts, 'primary'))
  if (owes.province && owes.units.length === 0) buttons.push(say(BUTTON.markChecked, SAY.markChecked, 'primary'))
  if (owes.units.length > 0) buttons.push(say(BUTTON.left, SAY.left))
  buttons.push(say(BUTTON.status, SAY.status))
  return onePrimary(buttons)
}
