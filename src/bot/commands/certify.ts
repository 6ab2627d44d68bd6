import { switchCertifier } from '../../workflow/certifier-switch.ts'
import { certify, certifyRefusal, sendBackSubmission } from '../../workflow/certify.ts'
import { offeredActions } from '../../workflow/offered-actions.ts'
import { submissionById, waitingSubmission } from '../../workflow/submissions.ts'
import { type Unit, unitById } from '../../workflow/unit.ts'
import { actionOf } from '../bot-action.ts'
import { say as sayButton } from '../cards/card.ts'
import { text } from '../cards/messages.ts'
import { expectNext } from '../conversation.ts'
import { type Answer, say, type Turn, WAITS } from '../turn.ts'
import { CERTIFIER } from '../words/appointment-words.ts'
import { CONFIRM_ANSWERS } from '../words/confirm-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON } from '../words/status-words.ts'
import { withoutIds } from '../words/terms.ts'
import { refusalOf, refused } from './refused.ts'
import { runToken } from './run-action.ts'
import { unitBelow } from './show-status.ts'
import { showSubmission } from './show-submission.ts'

/** เปิดผู้รับรอง / ปิดผู้รับรอง: of one's own institution, or of one below. */
export function switchCertifierOf(turn: Turn, input: { on: boolean; unit: string | null }): Answer {
  const { tx, actor, now } = turn
  const found = unitOf(turn, input)
  if ('answer' in found) return found.answer
  const { id: unitId, name } = found.unit
  const decision = switchCertifier(tx, { actor, unitId, on: input.on, tap: turn.tap }, now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  if (!decision.changed) return say(text(CERTIFIER.already(name, input.on)))
  if (!input.on) return say(text(CERTIFIER.off(name)))
  const who = decision.certifiers.length > 0 ? CERTIFIER.people(decision.certifiers) : CERTIFIER.nobody(name)
  return say(text(`${CERTIFIER.on(name)}\n${who}`))
}

function unitOf(turn: Turn, input: { on: boolean; unit: string | null }): { unit: Unit } | { answer: Answer } {
  const { tx, actor } = turn
  if (actor.level === 'institution') return { unit: unitById(tx, actor.unitId) }
  if (input.unit === null) return { answer: say(text(CERTIFIER.which(input.on))) }
  return unitBelow(turn, input.unit, { deep: false })
}

/** รับรองและยืนยัน: the sheet is read once more by the job, which answers with the receipt. */
export function takeCertify(turn: Turn, submissionId: number): Answer {
  const { tx, actor, inboxId, tap, now } = turn
  const decision = certify(tx, { actor, submissionId, inboxId, tap }, now)
  if (decision.ok) return WAITS
  const buttons = [sayButton(BUTTON.status, SAY.status)]
  return refused(turn, refusalOf(decision), { component: 'roster', buttons })
}

/** Typed with the number that the card shows, by those who see no buttons: matched against what was offered last. */
export function typeCertify(turn: Turn, count: number | null): Answer {
  const { tx, actor, now } = turn
  const of = { personId: actor.personId, appointmentId: actor.appointmentId, type: 'certify' }
  const [newest] = offeredActions(tx, of, now)
  const action = newest ? actionOf(newest.input) : null
  if (!newest || action?.type !== 'certify' || count === null) return showSubmission(turn)
  if (action.counted === count) return runToken(turn, newest.token)
  return say(text(CONFIRM_ANSWERS.countDiffers(count, action.counted)))
}

/** ส่งคืน: asks for the word first; nothing is sent back without one. */
export function askReturnWord(turn: Turn, submissionId: number): Answer {
  const { tx, actor, lineUserId, now } = turn
  const refusal = certifyRefusal(actor, submissionById(tx, submissionId))
  if (refusal) return refused(turn, refusal)
  expectNext(tx, { lineUserId, expecting: { kind: 'submission-word', submissionId } }, now)
  return say(text(CERTIFIER.askWord))
}

export function returnSubmissionWith(turn: Turn, input: { submissionId: number; word: string }): Answer {
  const { tx, actor, now } = turn
  const decision = sendBackSubmission(tx, { ...input, actor, word: withoutIds(input.word) }, now)
  return decision.ok ? say(text(CERTIFIER.sentBack)) : refused(turn, refusalOf(decision))
}

export function typeReturn(turn: Turn, word: string | null): Answer {
  const { tx, round, actor } = turn
  const submission = waitingSubmission(tx, { roundId: round.id, unitId: actor.unitId })
  if (!submission) return showSubmission(turn)
  if (word === null) return askReturnWord(turn, submission.id)
  return returnSubmissionWith(turn, { submissionId: submission.id, word })
}
