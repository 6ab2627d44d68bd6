import { text } from '../cards/messages.ts'
import { formerDutyWords } from '../former-duty.ts'
import { type Answer, say } from '../turn.ts'
import { understand } from '../understand.ts'
import { JOIN, WELCOME } from '../words/join-words.ts'
import { newcomerWordless } from './answer-wordless.ts'
import { acceptOffered, type Caller, declineOffered, showInvitation } from './join.ts'
import { newcomerHelp } from './show-help.ts'

/** Longer texts hold no code. */
const LONGEST = 1000

/** A text of somebody without a duty: a code and its acceptance; whatever else is said, the way in is told. */
export function hearNewcomer(caller: Caller, typed: string): Answer {
  const former = (): string | null => formerDutyWords(caller.tx, { lineUserId: caller.lineUserId }, caller.now)
  const wayIn = (): Answer => say(text(former() ?? JOIN.how))
  if (typed.length > LONGEST) return wayIn()
  const command = understand(typed)
  const offered = caller.expecting?.kind === 'accept-invitation'
  switch (command.kind) {
    case 'join-code':
      return showInvitation(caller, command.code)
    case 'accept':
      return offered ? acceptOffered(caller) : wayIn()
    case 'decline':
      return offered ? declineOffered(caller) : wayIn()
    case 'help':
      return former() === null ? say(newcomerHelp(caller)) : wayIn()
    case 'wordless':
      return newcomerWordless(command.what)
    default:
      return wayIn()
  }
}

export const welcome = (): Answer => say(text(WELCOME.newcomer), text(JOIN.how))
