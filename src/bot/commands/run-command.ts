import { text } from '../cards/messages.ts'
import type { Command } from '../command.ts'
import { expectNext } from '../conversation.ts'
import { type Answer, say, type Talk, type Turn } from '../turn.ts'
import { ANSWERS } from '../words/answers.ts'
import { CONFIRM_ANSWERS } from '../words/confirm-words.ts'
import { nextWords } from '../words/quick-replies.ts'
import { ASK } from '../words/reopening-words.ts'
import { SAY } from '../words/say.ts'
import { typeAskRelease, typeEvidence, typeKeepAt } from './act-on-shared-pupil.ts'
import { agreeDeadline, typeAcceptDeadline } from './agree-deadline.ts'
import { answerQuestion } from './answer-question.ts'
import { answerWordless } from './answer-wordless.ts'
import { askReopening } from './ask-reopening.ts'
import { cancelUnit } from './cancel-unit.ts'
import { switchCertifierOf, typeCertify, typeReturn } from './certify.ts'
import { typeChangeDuty } from './change-duty.ts'
import { checkCountsInChat } from './check-counts.ts'
import { showLateTaps, typeLate } from './decide-late.ts'
import { withdrawOwn } from './decide-request.ts'
import { endExtendedTime, extendTime, typeSure } from './extend-time.ts'
import { invite } from './invite.ts'
import { acceptOffered, declineOffered, showInvitation, takeEmail, takeName } from './join.ts'
import { forUnit, lookUp } from './look-up-unit.ts'
import { nudgeBelow } from './nudge.ts'
import { foundLater, typeFound } from './record-found.ts'
import { refused } from './refused.ts'
import { runOfficeCommand } from './run-office-command.ts'
import { changeOwnSettings, showSettings } from './settings.ts'
import { showDeadlines } from './show-deadlines.ts'
import { showDrift } from './show-drift.ts'
import { showHelp } from './show-help.ts'
import { showHistory } from './show-history.ts'
import { showEveryoneInCharge, showInCharge } from './show-in-charge.ts'
import { showInvitations, typeRevoke } from './show-invitations.ts'
import { showLeft } from './show-left.ts'
import { showPeople } from './show-people.ts'
import { showRequests } from './show-requests.ts'
import { showSharedPupils } from './show-shared-pupils.ts'
import { showStatus } from './show-status.ts'
import { spareUnit } from './spare-unit.ts'
import { saySpotNote, saySpotResult, spotCheck } from './spot-check.ts'
import { startConfirming } from './start-confirming.ts'
import { switchDuty } from './switch-duty.ts'
import { typeAttest, typeConfirm, typeDecision, typeHold, typeMark } from './type-step.ts'

/** What an appointed person's command does. */
export function runCommand(talk: Talk, command: Command): Answer {
  switch (command.kind) {
    case 'help':
      return showHelp(talk)
    case 'in-charge':
      if (command.unit !== null) return showPeople(talk, command.unit)
      return command.everyone || command.page !== undefined
        ? showEveryoneInCharge(talk, command.page)
        : showInCharge(talk)
    case 'invite':
      return invite(talk, command)
    case 'invitations':
      return showInvitations(talk)
    case 'revoke-invitation':
      return typeRevoke(talk, command.number)
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
    case 'history':
      return showHistory(talk, command)
    case 'settings':
      return showSettings(talk)
    case 'thai-numerals':
    case 'quiet-hours':
      return changeOwnSettings(talk, command)
    case 'question':
      return answerQuestion(talk, command.about)
    case 'wordless':
      return answerWordless(talk, command.what)
    case 'announce':
    case 'announce-sure':
    case 'acknowledge':
    case 'pass-on-announcement':
    case 'who-acknowledged':
    case 'repeat-announcement':
    case 'official-reminder':
    case 'handover':
    case 'link-group':
    case 'unlink-group':
    case 'leave':
    case 'leave-sure':
      return runOfficeCommand(talk, command)
    case 'unknown':
      return say(
        text(
          ANSWERS.unknown(
            nextWords(
              talk.actor,
              command.near.map((near) => SAY[near]),
            ),
          ),
        ),
      )
    default:
      return talk.round ? runInRound({ ...talk, round: talk.round }, command) : refused(talk, { why: 'no-round' })
  }
}

type InRound = Extract<
  Command,
  {
    kind:
      | 'status'
      | 'look-up'
      | 'for-unit'
      | 'left'
      | 'nudge'
      | 'check-counts'
      | 'drift'
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
      | 'extend'
      | 'extend-sure'
      | 'end-extension'
      | 'end-extension-sure'
      | 'late-taps'
      | 'decide-late'
      | 'found-later'
      | 'found-sure'
      | 'change-duty'
      | 'certifier'
      | 'shared-pupils'
      | 'ask-release'
      | 'state-evidence'
      | 'keep-at'
      | 'agree-deadline'
      | 'accept-deadline'
      | 'spot-check'
      | 'spot-result'
      | 'spot-note'
  }
>

function runInRound(turn: Turn, command: InRound): Answer {
  switch (command.kind) {
    case 'status':
      return command.unit === null ? showStatus(turn, null) : lookUp(turn, command.unit)
    case 'look-up':
      return lookUp(turn, command.unit)
    case 'for-unit':
      return forUnit(turn, command, runCommand)
    case 'left':
      return showLeft(turn, command)
    case 'nudge':
      return nudgeBelow(turn, command)
    case 'check-counts':
      return checkCountsInChat(turn, command)
    case 'drift':
      return showDrift(turn, command.unit)
    case 'confirm':
      return command.count === null
        ? startConfirming(turn, command.what, command.page)
        : typeConfirm(turn, command.what, command.count)
    case 'attest':
      return turn.actor.role === 'certifier' ? typeCertify(turn, command.count) : typeAttest(turn, command.count)
    case 'mark-checked':
      return typeMark(turn, command)
    case 'not-required':
      return spareUnit(turn, command.unit)
    case 'ask-reopening':
      return askReopening(turn, command)
    case 'withdraw':
      return withdrawOwn(turn)
    case 'change-duty':
      return typeChangeDuty(turn, command)
    case 'certifier':
      return switchCertifierOf(turn, command)
    case 'requests':
      return showRequests(turn, command.page)
    case 'pass-on':
      return typeDecision(turn, { yes: true, number: command.number, rest: command.rest })
    case 'send-back':
      if (turn.actor.role === 'certifier') return typeReturn(turn, command.rest)
      return typeDecision(turn, { yes: false, number: command.number, rest: command.rest })
    case 'cancel':
      return cancelUnit(turn, command.unit)
    case 'deadlines':
      return showDeadlines(turn)
    case 'shared-pupils':
      return showSharedPupils(turn)
    case 'ask-release':
      return typeAskRelease(turn, command)
    case 'state-evidence':
      return typeEvidence(turn, command)
    case 'keep-at':
      return typeKeepAt(turn, command)
    case 'agree-deadline':
      return agreeDeadline(turn, command.rest)
    case 'accept-deadline':
      return typeAcceptDeadline(turn, command.unit)
    case 'spot-check':
      return spotCheck(turn, command.institutions)
    case 'spot-result':
      return saySpotResult(turn, command)
    case 'spot-note':
      return saySpotNote(turn, command)
    case 'extend':
      return extendTime(turn, command.rest)
    case 'extend-sure':
      return typeSure(turn, 'extend')
    case 'end-extension':
      return endExtendedTime(turn, command.rest)
    case 'end-extension-sure':
      return typeSure(turn, 'end-extension')
    case 'late-taps':
      return showLateTaps(turn)
    case 'decide-late':
      return typeLate(turn, command)
    case 'found-later':
      return foundLater(turn, command.rest)
    case 'found-sure':
      return typeFound(turn)
    case 'hold':
      return typeHold(turn, command.decision)
  }
}
