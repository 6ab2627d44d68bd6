import { leaveAccount } from '../../workflow/leave-account.ts'
import { offeredActions } from '../../workflow/offered-actions.ts'
import { offerAction, takeAction } from '../../workflow/pending-actions.ts'
import { takeUnreached } from '../../workflow/unreached.ts'
import { type Card, type CardLine, tap } from '../cards/card.ts'
import { cardMessage, text, withQuickReplies } from '../cards/messages.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { LEAVING } from '../words/leaving-words.ts'
import { SAY } from '../words/say.ts'
import { dutyName } from '../words/terms.ts'

/** ออกจากระบบ: what goes, what stays and who is told, before anything is done. */
export function askLeaving(talk: Talk): Answer {
  const { tx, actor, duties, now } = talk
  const token = offerAction(tx, { actor, type: 'leave-account', input: { type: 'leave-account' } }, now)
  const lines: CardLine[] = [
    { kind: 'text', text: LEAVING.duties, strong: true, tone: 'stop' },
    ...duties.map((duty): CardLine => {
      return { kind: 'item', mark: '•', text: LEAVING.duty(duty.unitName, dutyName(duty)) }
    }),
    { kind: 'rule' },
    { kind: 'text', text: LEAVING.unlinks },
    { kind: 'text', text: LEAVING.deleted },
    { kind: 'text', text: LEAVING.kept },
    { kind: 'text', text: LEAVING.stillAppointed },
    { kind: 'small', text: LEAVING.back },
  ]
  const card: Card = {
    over: actor.unitName,
    title: LEAVING.title,
    lines,
    buttons: [tap(LEAVING.sure, token, { style: 'secondary', typed: SAY.leaveSure })],
  }
  return say(cardMessage(card, LEAVING.alt))
}

/** The second step; an appointment is not ended by it. */
export function takeLeave(talk: Talk): Answer {
  const { tx, actor, inboxId, tap: tapped, now } = talk
  leaveAccount(tx, { personId: actor.personId, inboxId, tap: tapped }, now)
  takeUnreached(tx)
  // Nothing but the way back is offered to whoever has left.
  return say(...withQuickReplies([text(LEAVING.done)], [SAY.join]))
}

/** Typed instead of the button; only after the warning. */
export function typeLeave(talk: Talk): Answer {
  const { tx, actor, now } = talk
  const { personId, appointmentId } = actor
  const [offered] = offeredActions(tx, { personId, appointmentId, type: 'leave-account' }, now)
  if (!offered || !takeAction(tx, { token: offered.token, personId }, now).ok) return say(text(LEAVING.first))
  return takeLeave(talk)
}
