import { staleRefusal } from '../../workflow/certify.ts'
import { waitingSubmission } from '../../workflow/submissions.ts'
import { cardMessage, text } from '../cards/messages.ts'
import { submissionCard } from '../cards/submission-card.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { CERTIFIER } from '../words/appointment-words.ts'

/** ยืนยัน, said by the second person: what waits to be certified. */
export function showSubmission(turn: Turn): Answer {
  const { tx, round, actor, now } = turn
  const submission = waitingSubmission(tx, { roundId: round.id, unitId: actor.unitId })
  if (!submission || submission.personId === actor.personId) return say(text(CERTIFIER.nothing))
  if (staleRefusal(tx, submission, now)) return say(text(CERTIFIER.changedLine))
  return say(cardMessage(submissionCard(turn, submission), CERTIFIER.alt))
}
