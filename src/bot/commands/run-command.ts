import { text } from '../cards/messages.ts'
import type { Command } from '../command.ts'
import { expectNext } from '../conversation.ts'
import { type Answer, say, type Talk, type Turn } from '../turn.ts'
import { ANSWERS } from '../words/answers.ts'
import { CONFIRM_ANSWERS } from '../words/confirm-words.ts'
import { ASK } from '../words/reopening-words.ts'
import { askReopening } from './ask-reopening.ts'
import { cancelUnit } from './cancel-unit.ts'
import { withdrawOwn } from './decide-request.ts'
import { invite } from './invite.ts'
import { acceptOffered, declineOffered, showInvitation, takeEmail, takeName } from './join.ts'
import { refused } from './refused.ts'
import { showDeadlines } from './show-deadlines.ts'
import { showHelp } from './show-help.ts'
import { showInCharge } from './show-in-charge.ts'
import { showLeft } from './show-left.ts'
import { showRequests } from './show-requests.ts'
import { showStatus } from './show-status.ts'
import { spareUnit } from './spare-unit.ts'
import { startConfirming } from './start-confirming.ts'
import { switchDuty } from './switch-duty.ts'
import { typeAttest, typeConfirm, typeDecision, typeHold, typeMark } from './type-step.ts'

/** What an appointed person's command does. */
export function runCommand(talk: Talk, command: Command): Answer {
  switch (command.kind) {
    case 'help':
      return showHelp(talk)
    case 'in-charge':
      return showInCharge(talk)
    case 'invite':
      return invite(talk, command)
    case 'switch-duty':
      return switchDuty(talk, command.number)
    case 'join-code':
      return showInvitation(talk, command.code)
    case 'join':
      return showHelp(talk)
    case 'accept':
      return acceptOffered(talk)
    case 'decline':
      return declineOffered(talk)
    case 'email':
      return takeEmail(talk, command.email)
    case 'name':
      return takeName(talk, command.name)
    case 'not-yet':
      return say(text(CONFIRM_ANSWERS.notYet))
    case 'greeting':
      return say(text(ANSWERS.greeting(talk.actor.name)))
    case 'thanks':
      return say(text(ANSWERS.thanks))
    case 'stop':
      expectNext(talk.tx, { lineUserId: talk.lineUserId, expecting: null }, talk.now)
      return say(text(ASK.stopped))
    case 'unknown':
      return say(text(ANSWERS.unknown(command.near)))
    default:
      return talk.round ? runInRound({ ...talk, round: talk.round }, command) : refused(talk, { why: 'no-round' })
  }
}

type InRound = Extract<
  Command,
  {
    kind:
      | 'status'
      | 'left'
      | 'confirm'
      | 'attest'
      | 'mark-checked'
      | 'not-required'
      | 'ask-reopening'
      | 'withdraw'
      | 'requests'
      | 'pass-on'
      | 'send-back'
      | 'cancel'
      | 'deadlines'
      | 'hold'
  }
>

function runInRound(turn: Turn, command: InRound): Answer {
  switch (command.kind) {
    case 'status':
      return showStatus(turn, command.unit)
    case 'left':
      return showLeft(turn)
    case 'confirm':
      return command.count === null
        ? startConfirming(turn, command.what)
        : typeConfirm(turn, command.what, command.count)
    case 'attest':
      return typeAttest(turn, command.count)
    case 'mark-checked':
      return typeMark(turn, command)
    case 'not-required':
      return spareUnit(turn, command.unit)
    case 'ask-reopening':
      return askReopening(turn, command)
    case 'withdraw':
      return withdrawOwn(turn)
    case 'requests':
      return showRequests(turn)
    case 'pass-on':
      return typeDecision(turn, { yes: true, number: command.number, rest: command.rest })
    case 'send-back':
      return typeDecision(turn, { yes: false, number: command.number, rest: command.rest })
    case 'cancel':
      return cancelUnit(turn, command.unit)
    case 'deadlines':
      return showDeadlines(turn)
    case 'hold':
      return typeHold(turn, command.decision)
  }
}
