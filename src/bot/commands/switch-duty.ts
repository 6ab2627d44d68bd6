import { say as sayButton } from '../cards/card.ts'
import { cardMessage, text } from '../cards/messages.ts'
import { speakFor } from '../conversation.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { DUTIES } from '../words/join-words.ts'
import { ROLE } from '../words/terms.ts'

const MOST_BUTTONS = 8

/** เปลี่ยนหน้าที่: the list, or the duty of that number in it. */
export function switchDuty(talk: Talk, number: number | null): Answer {
  const { duties, tx, lineUserId, now } = talk
  if (duties.length === 1) return say(text(DUTIES.only(talk.actor.unitName)))
  if (number === null) return say(dutyCard(talk))
  const duty = duties[number - 1]
  if (!duty) return say(text(DUTIES.noSuch))
  speakFor(tx, { lineUserId, appointmentId: duty.appointmentId }, now)
  return say(text(DUTIES.switched(duty.unitName, duty.role)))
}

function dutyCard(talk: Talk) {
  const lines = talk.duties.map((duty, index) => {
    const current = duty.appointmentId === talk.actor.appointmentId
    const words = DUTIES.item(index + 1, duty.unitName, duty.role)
    return {
      kind: 'item' as const,
      mark: current ? '✓' : '○',
      text: current ? `${words} ${DUTIES.current}` : words,
    }
  })
  const buttons = talk.duties
    .slice(0, MOST_BUTTONS)
    .map((duty, index) => sayButton(`${duty.unitName} (${ROLE[duty.role]})`, DUTIES.typed(index + 1)))
  return cardMessage({ over: DUTIES.over, title: DUTIES.title, lines, buttons }, DUTIES.alt)
}
