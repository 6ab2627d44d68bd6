import { text } from '../cards/messages.ts'
import { formerDutyWords } from '../former-duty.ts'
import { type Answer, say } from '../turn.ts'
import { understand } from '../understand.ts'
import { JOIN, WELCOME } from '../words/join-words.ts'
import { acceptOffered, type Caller, declineOffered, showInvitation } from './join.ts'

/** A text of somebody without a duty: a code and its acceptance; whatever else is said, the way in is told. */
export function hearNewcomer(caller: Caller, typed: string): Answer {
  const command = understand(typed)
  switch (command.kind) {
    case 'join-code':
      return showInvitation(caller, command.code)
    case 'accept':
      return caller.expecting?.kind === 'accept-invitation' ? acceptOffered(caller) : say(text(JOIN.how))
    case 'decline':
      return caller.expecting?.kind === 'accept-invitation' ? declineOffered(caller) : say(text(JOIN.how))
    default:
      return say(text(formerDutyWords(caller.tx, { lineUserId: caller.lineUserId }, caller.now) ?? JOIN.how))
  }
}

export const welcome = (): Answer => say(text(WELCOME.newcomer), text(JOIN.how))
