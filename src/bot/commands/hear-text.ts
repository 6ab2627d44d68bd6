import type { Actor } from '../../workflow/actor.ts'
import { reasonRefusal } from '../../workflow/rules/reason.ts'
import { text } from '../cards/messages.ts'
import type { Command } from '../command.ts'
import { askedOfAnyDuty, type Expecting, expectNext, speakFor } from '../conversation.ts'
import { addressedDuty } from '../duty-address.ts'
import { dutyInSentence } from '../own-duties.ts'
import { plainText } from '../plain-text.ts'
import { type Answer, say, type Talk, type Turn } from '../turn.ts'
import { exactCommand, understand } from '../understand.ts'
import { endsAsking } from '../understand-question.ts'
import { ANSWERS, INSTEAD } from '../words/answers.ts'
import { DUTIES } from '../words/join-words.ts'
import { nextWords } from '../words/quick-replies.ts'
import { keepWith, stateWith } from './act-on-shared-pupil.ts'
import { hearCategory, request } from './ask-reopening.ts'
import { cancelWith } from './cancel-unit.ts'
import { returnSubmissionWith } from './certify.ts'
import { changeDutyWith } from './change-duty.ts'
import { refuseLateWith } from './decide-late.ts'
import { sendBackWith } from './decide-request.ts'
import { takeEmail, takeName } from './join.ts'
import { guessUnit } from './look-up-unit.ts'
import { refused } from './refused.ts'
import { runCommand } from './run-command.ts'
import { spareWith } from './spare-unit.ts'

/** Longer texts are no command and no reason. */
const LONGEST = 1000

/**
 * A text of an appointed person: the answer to what was asked, or a command. A whole command always wins, so that nobody is
 * caught in a question; every other text is taken as the answer, word for word.
 */
export function hearText(talk: Talk, typed: string): Answer {
  if (typed.length > LONGEST) return say(text(`${ANSWERS.tooLong}\n${INSTEAD.next(nextWords(talk.actor))}`))
  const addressed = addressedDuty(typed, talk.duties)
  if (addressed) return hearAddressed(talk, addressed)
  const { expecting } = talk
  const exact = exactCommand(typed)
  if (exact) return commandInstead(talk, exact)
  const named = expecting ? null : dutyNamed(talk, typed)
  if (named) return switchedTo(talk, named.actor, hearAddressed(talk, named))
  const answered = expecting ? hearAnswer(talk, expecting, typed) : null
  return answered ?? hearCommand(talk, typed)
}

function hearCommand(talk: Talk, typed: string): Answer {
  const command = understand(typed)
  const { round } = talk
  const guessed = command.kind === 'unknown' && round ? guessUnit({ ...talk, round }, plainText(typed)) : null
  return guessed ?? runCommand(talk, command)
}

/** What a person does for a unit of one's own; about others' units the same words mean the unit below. */
const FOR_OWN: ReadonlySet<Command['kind']> = new Set([
  'status',
  'confirm',
  'attest',
  'ask-reopening',
  'withdraw',
  'hold',
  'shared-pupils',
  'deadlines',
  'drift',
])

/** "ขอยกเลิกการยืนยัน ศพด.บ้านนา เด็กย้ายเข้า": which of several duties is meant stands in the sentence. */
function dutyNamed(talk: Talk, typed: string): { actor: Actor; said: string } | null {
  if (talk.duties.length < 2) return null
  const found = dutyInSentence(typed, talk.duties)
  return found && FOR_OWN.has(understand(found.said).kind) ? found : null
}

/** Nobody switches duties without being told. */
function switchedTo(talk: Talk, actor: Actor, answer: Answer): Answer {
  if (actor.appointmentId === talk.actor.appointmentId || !('messages' in answer)) return answer
  return say(text(DUTIES.switched(actor.unitName, actor.role)), ...answer.messages)
}

function hearAddressed(talk: Talk, addressed: { actor: Actor; said: string }): Answer {
  const { tx, lineUserId, now } = talk
  const { actor, said } = addressed
  speakFor(tx, { lineUserId, appointmentId: actor.appointmentId }, now)
  const same = actor.appointmentId === talk.actor.appointmentId
  return hearText({ ...talk, actor, expecting: same ? talk.expecting : askedOfAnyDuty(talk.expecting) }, said)
}

function commandInstead(talk: Talk, command: Command): Answer {
  const keeps = command.kind === 'accept' || command.kind === 'decline' || command.kind === 'help'
  if (talk.expecting && !keeps) expectNext(talk.tx, { lineUserId: talk.lineUserId, expecting: null }, talk.now)
  return runCommand(talk, command)
}

/** Whole commands with a number: nobody gives them as a reason, and the buttons of other cards say them. */
const NO_REASON: ReadonlySet<Command['kind']> = new Set([
  'join-code',
  'confirm',
  'attest',
  'switch-duty',
  'acknowledge',
  'who-acknowledged',
  'repeat-announcement',
  'announce-sure',
  'revoke-invitation',
])

/** Null: the text is no answer to this question and is to be understood as any other. */
function hearAnswer(talk: Talk, expecting: Expecting, typed: string): Answer | null {
  const command = understand(typed)
  if (expecting.kind === 'accept-invitation') return null
  if (expecting.kind === 'google-address') {
    if (command.kind !== 'unknown') return null
    return isPersonName(typed) ? takeName(talk, typed.trim()) : takeEmail(talk, typed)
  }
  if (expecting.kind === 'name') return command.kind === 'unknown' ? takeName(talk, typed) : null
  // Somebody who asks is answered; the question that was put stays open.
  if (command.kind === 'question' && endsAsking(plainText(typed))) return null
  if (command.kind === 'wordless' && command.what !== 'digits') return null
  if (NO_REASON.has(command.kind)) return null
  // A reason that says nothing is asked for again, and the question stays open.
  const unreasoned =
    expecting.kind === 'reopening-category' ? null : reasonRefusal(typed, expecting.kind === 'duty-reason')
  if (unreasoned && typed.trim() !== '') return refused(talk, unreasoned)
  expectNext(talk.tx, { lineUserId: talk.lineUserId, expecting: null }, talk.now)
  if (!talk.round) return refused(talk, { why: 'no-round' })
  return hearReason({ ...talk, round: talk.round }, expecting, typed)
}

/** A name as it is written on forms, typed where an address was asked for. */
const isPersonName = (typed: string): boolean =>
  /^(?:นางสาว|นาง|นาย|น\.\s*ส\.|ว่าที่|ดร\.)\s*[\p{L}\p{M}.]+\s+[\p{L}\p{M}]/u.test(typed.trim()) && !typed.includes('@')

type Asked = Extract<
  Expecting,
  {
    kind:
      | 'reopening-category'
      | 'reopening-reason'
      | 'send-back-word'
      | 'cancel-reason'
      | 'not-required-reason'
      | 'late-tap-word'
      | 'duty-reason'
      | 'submission-word'
      | 'shared-pupil-evidence'
      | 'shared-pupil-keeper'
  }
>

function hearReason(turn: Turn, expecting: Asked, typed: string): Answer {
  switch (expecting.kind) {
    case 'reopening-category':
      return hearCategory(turn, { component: expecting.component, typed })
    case 'reopening-reason':
      return request(turn, { component: expecting.component, category: expecting.category, reason: typed })
    case 'send-back-word':
      return sendBackWith(turn, { requestId: expecting.requestId, version: expecting.version, word: typed })
    case 'duty-reason':
      return changeDutyWith(turn, { ...expecting, reason: typed })
    case 'submission-word':
      return returnSubmissionWith(turn, { submissionId: expecting.submissionId, word: typed })
    case 'late-tap-word':
      return refuseLateWith(turn, { heldActId: expecting.heldActId, word: typed })
    case 'not-required-reason':
      return spareWith(turn, { unitId: expecting.unitId, reason: typed })
    case 'shared-pupil-evidence':
      return stateWith(turn, { id: expecting.sharedPupilId, word: typed })
    case 'shared-pupil-keeper':
      return keepWith(turn, {
        id: expecting.sharedPupilId,
        keeperId: expecting.keeperId,
        version: expecting.version,
        reason: typed,
      })
    case 'cancel-reason':
      return cancelWith(turn, { unitId: expecting.unitId, component: expecting.component, reason: typed })
  }
}
