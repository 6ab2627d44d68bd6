import { type SharedPupil, sharedPupilsAt, sharedPupilsOf } from '../../workflow/shared-pupils.ts'
import { cardsMessage, text } from '../cards/messages.ts'
import { sharedPupilCard } from '../cards/shared-pupil-card.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { SHARED } from '../words/shared-pupil-words.ts'

const MOST_SHOWN = 8

/** รายชื่อซ้ำ: the open questions of this institution, or those that this unit may decide; what keeps it from confirming first. */
export function showSharedPupils(turn: Turn): Answer {
  const questions = questionsOf(turn)
  if (questions.length === 0) {
    return say(text(turn.actor.level === 'institution' ? SHARED.none : SHARED.noneBelow))
  }
  const cards = questions
    .slice(0, MOST_SHOWN)
    .map((question, index) => sharedPupilCard(turn, { question, position: index + 1 }))
  const messages = [cardsMessage(cards, SHARED.alt)]
  if (questions.length > MOST_SHOWN) messages.push(text(SHARED.more(questions.length - MOST_SHOWN)))
  return { messages }
}

function questionsOf(turn: Turn): SharedPupil[] {
  const { tx, actor, now } = turn
  const roundId = turn.round.id
  if (actor.level !== 'institution') {
    const waiting = sharedPupilsAt(tx, { roundId, superiorId: actor.unitId }, now)
    return waiting.sort((a, b) => Number(a.decided !== null) - Number(b.decided !== null) || a.id - b.id)
  }
  const holds = (question: SharedPupil) =>
    question.claims.some((claim) => claim.holds && claim.institutionId === actor.unitId)
  const own = sharedPupilsOf(tx, { roundId, institutionId: actor.unitId }, now)
  return own.sort((a, b) => Number(holds(a)) - Number(holds(b)) || a.id - b.id)
}
