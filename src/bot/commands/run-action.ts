import { actorOf } from '../../workflow/actor.ts'
import { type PendingAction, recordedAct, takeAction } from '../../workflow/pending-actions.ts'
import { activeRound, roundById } from '../../workflow/rounds.ts'
import { actionOf, type BotAction } from '../bot-action.ts'
import { text } from '../cards/messages.ts'
import { speakFor } from '../conversation.ts'
import { formerDutyWords } from '../former-duty.ts'
import { type Answer, say, type Talk, type Turn } from '../turn.ts'
import { ANSWERS } from '../words/answers.ts'
import { DUTIES } from '../words/join-words.ts'
import { repeatWith } from './acknowledge.ts'
import { askEvidence, askKeeperReason, takeAskRelease } from './act-on-shared-pupil.ts'
import { takeAcceptDeadline } from './agree-deadline.ts'
import { takeAnnounce } from './announce.ts'
import { askReturnWord, takeCertify } from './certify.ts'
import { askDutyReason } from './change-duty.ts'
import { takeCheckCounts } from './check-counts.ts'
import { acceptLate, askLateWord } from './decide-late.ts'
import { passOnRequest, sendBackRequest, withdrawRequest } from './decide-request.ts'
import { takeEndExtension, takeExtend } from './extend-time.ts'
import { nameFirst } from './join.ts'
import { takeLeave } from './leave.ts'
import { takeFound } from './record-found.ts'
import { revokeOffered } from './show-invitations.ts'
import { showRequests } from './show-requests.ts'
import { showSharedPupils } from './show-shared-pupils.ts'
import { statusMessage } from './show-status.ts'
import { saySpotResult, takeDraw } from './spot-check.ts'
import { takeAttest, takeConfirm, takeHold, takeMark } from './take-step.ts'

/** Postback data is this and nothing else; what it means stands in the database. */
const DATA = /^a=([A-Za-z0-9_-]{10,64})$/

/** A tapped button: taken once, by its own person, and judged anew when it runs. */
export function tapped(talk: Talk, data: string): Answer {
  const token = DATA.exec(data)?.[1]
  return token ? runToken(talk, token) : say(text(ANSWERS.badButton))
}

export function runToken(talk: Talk, token: string): Answer {
  // Before it is taken: the button stays good until the name is given.
  const unnamed = nameFirst(talk)
  if (unnamed) return unnamed
  const taken = takeAction(talk.tx, { token, personId: talk.actor.personId }, talk.now)
  if (!('action' in taken)) return say(text(ANSWERS.badButton))
  const turn = turnOf(talk, taken.action)
  if (!turn)
    return say(text(formerDutyWords(talk.tx, { appointmentId: taken.action.appointmentId }, talk.now) ?? DUTIES.ended))
  // Typing the next step must mean the same duty as the tap before it.
  const { lineUserId, now, actor } = turn
  if (actor.appointmentId !== talk.actor.appointmentId)
    speakFor(turn.tx, { lineUserId, appointmentId: actor.appointmentId }, now)
  if (!taken.ok)
    return say(text(taken.why === 'used' ? ANSWERS.used : ANSWERS.expired), ...nowTheCase(turn, taken.action))
  const action = actionOf(taken.action.input)
  if (!action) return say(text(ANSWERS.badButton))
  return recordedAct(turn.tx, taken.action, turn.now, () => runAction(turn, action))
}

/** The act belongs to the duty that the button was offered to, whichever one the person speaks for by now. */
function turnOf(talk: Talk, action: PendingAction): Turn | null {
  const actor = actorOf(talk.tx, action.appointmentId, talk.now)
  const round = action.roundId ? roundById(talk.tx, action.roundId) : activeRound(talk.tx)
  return actor && round ? { ...talk, actor, round } : null
}

function nowTheCase(turn: Turn, action: PendingAction) {
  if (action.type === 'pass-on' || action.type === 'send-back') {
    const answer = showRequests(turn)
    return 'messages' in answer ? answer.messages : []
  }
  if (action.type === 'ask-release' || action.type === 'state-evidence' || action.type === 'keep-at') {
    const answer = showSharedPupils(turn)
    return 'messages' in answer ? answer.messages : []
  }
  return [statusMessage(turn)]
}

function runAction(turn: Turn, action: BotAction): Answer {
  switch (action.type) {
    case 'attest':
      return takeAttest(turn, action)
    case 'confirm':
      return takeConfirm(turn, action)
    case 'mark':
      return takeMark(turn, action)
    case 'check-counts':
      return takeCheckCounts(turn, action)
    case 'change-duty':
      return askDutyReason(turn, action)
    case 'revoke-invitation':
      return revokeOffered(turn, action.invitationId)
    case 'certify':
      return takeCertify(turn, action.submissionId)
    case 'return-submission':
      return askReturnWord(turn, action.submissionId)
    case 'extend':
      return takeExtend(turn, action)
    case 'end-extension':
      return takeEndExtension(turn, action)
    case 'accept-late':
      return acceptLate(turn, action.heldActId)
    case 'refuse-late':
      return askLateWord(turn, action.heldActId)
    case 'found-later':
      return takeFound(turn, action)
    case 'announce':
      return takeAnnounce(turn, action)
    case 'repeat-announcement':
      return repeatWith(turn, action.announcementId)
    case 'leave-account':
      return takeLeave(turn)
    case 'hold':
      return takeHold(turn, action)
    case 'accept-deadline':
      return takeAcceptDeadline(turn, action.agreementId)
    case 'draw-spot-check':
      return takeDraw(turn, action)
    case 'spot-found':
      return saySpotResult(turn, { result: 'found', numbers: action.numbers, note: null })
    case 'ask-release':
      return takeAskRelease(turn, [action.sharedPupilId])
    case 'state-evidence':
      return askEvidence(turn, action.sharedPupilId)
    case 'keep-at':
      return askKeeperReason(turn, { ...action, id: action.sharedPupilId })
    case 'pass-on':
      return passOnRequest(turn, action)
    case 'send-back':
      return sendBackRequest(turn, action)
    case 'withdraw':
      return withdrawRequest(turn, action.requestId)
  }
}
