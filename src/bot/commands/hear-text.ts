import type { Actor } from '../../workflow/actor.ts'
import { text } from '../cards/messages.ts'
import type { Command } from '../command.ts'
import { type Expecting, expectNext, speakFor } from '../conversation.ts'
import { addressedDuty } from '../duty-address.ts'
import { type Answer, say, type Talk, type Turn } from '../turn.ts'
import { exactCommand, understand } from '../understand.ts'
import { ANSWERS } from '../words/answers.ts'
import { keepWith, stateWith } from './act-on-shared-pupil.ts'
import { hearCategory, request } from './ask-reopening.ts'
import { cancelWith } from './cancel-unit.ts'
import { returnSubmissionWith } from './certify.ts'
import { changeDutyWith } from './change-duty.ts'
import { refuseLateWith } from './decide-late.ts'
import { sendBackWith } from './decide-request.ts'
import { takeEmail, takeName } from './join.ts'
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
  if (typed.trim() === '') return say(text(ANSWERS.unknown(['status', 'help'])))
  if (typed.length > LONGEST) return say(text(ANSWERS.tooLong))
  const addressed = addressedDuty(typed, talk.duties)
  if (addressed) return hearAddressed(talk, addressed)
  const { expecting } = talk
  const exact = exactCommand(typed)
  if (exact) return commandInstead(talk, exact)
  const answered = expecting ? hearAnswer(talk, expecting, typed) : null
  return answered ?? runCommand(talk, understand(typed))
}

function hearAddressed(talk: Talk, addressed: { actor: Actor; said: string }): Answer {
  const { tx, lineUserId, now } = talk
  const { actor, said } = addressed
  speakFor(tx, { lineUserId, appointmentId: actor.appointmentId }, now)
  return hearText({ ...talk, actor }, said)
}

function commandInstead(talk: Talk, command: Command): Answer {
  const keeps = command.kind === 'accept' || command.kind === 'decline' || command.kind === 'help'
  if (talk.expecting && !keeps) expectNext(talk.tx, { lineUserId: talk.lineUserId, expecting: null }, talk.now)
  return runCommand(talk, command)
}

/** Null: the text is no answer to this question and is to be understood as any other. */
function hearAnswer(talk: Talk, expecting: Expecting, typed: string): Answer | null {
  const command = understand(typed)
  if (expecting.kind === 'accept-invitation') return null
  if (expecting.kind === 'google-address') return command.kind === 'unknown' ? takeEmail(talk, typed) : null
  if (expecting.kind === 'name') return command.kind === 'unknown' ? takeName(talk, typed) : null
  if (command.kind === 'join-code' || command.kind === 'confirm' || command.kind === 'attest') return null
  expectNext(talk.tx, { lineUserId: talk.lineUserId, expecting: null }, talk.now)
  if (!talk.round) return refused(talk, { why: 'no-round' })
  return hearReason({ ...talk, round: talk.round }, expecting, typed)
}

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
