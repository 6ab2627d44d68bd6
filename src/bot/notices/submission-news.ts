import { staleRefusal } from '../../workflow/certify.ts'
import type { Notice } from '../../workflow/notice.ts'
import { personById } from '../../workflow/person-account.ts'
import { roundById } from '../../workflow/rounds.ts'
import { submissionById } from '../../workflow/submissions.ts'
import { unitById } from '../../workflow/unit.ts'
import { sheetOf } from '../../workflow/unit-facts.ts'
import { say } from '../cards/card.ts'
import { openSheet } from '../cards/institution-card.ts'
import { cardMessage, type Message, text } from '../cards/messages.ts'
import { submissionCard } from '../cards/submission-card.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { CERTIFIER } from '../words/appointment-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON } from '../words/status-words.ts'
import { round as roundWords } from '../words/terms.ts'

/** To the second person: what the officer has submitted. Pointless once somebody has acted on it. */
export function submissionWaits(stage: Stage, notice: Extract<Notice, { type: 'submission-waits' }>): Message[] | null {
  const { tx, deps } = stage
  const submission = submissionById(tx, notice.submissionId)
  if (submission?.state !== 'waiting' || staleRefusal(tx, submission, deps.now)) return null
  const actor = stage.duties.find((duty) => duty.role === 'certifier' && duty.unitId === submission.unitId)
  if (!actor) return null
  const scene = { tx, now: deps.now, deps, actor, round: roundById(tx, submission.roundId) }
  return [cardMessage(submissionCard(scene, submission), CERTIFIER.alt)]
}

/** To the officer: the second person said no, and why. */
export function submissionSentBack(
  stage: Stage,
  notice: Extract<Notice, { type: 'submission-sent-back' }>,
): Message[] | null {
  const { tx } = stage
  const submission = submissionById(tx, notice.submissionId)
  if (submission?.state !== 'sent_back') return null
  const { unitId, roundId, endedByPersonId, word } = submission
  const scene = sceneAt(stage, { unitId, roundId })
  if (!scene) return null
  const by = endedByPersonId ? (personById(tx, endedByPersonId)?.name ?? '') : ''
  const sheet = sheetOf(tx, { roundId, unitId })
  const card = {
    over: `${roundWords(scene.round)} · ${scene.actor.unitName}`,
    title: CERTIFIER.sentBackTitle,
    lines: [
      { kind: 'text' as const, text: CERTIFIER.sentBackBy(by, word ?? '') },
      { kind: 'text' as const, text: CERTIFIER.sentBackNext, strong: true },
    ],
    buttons: [...(sheet ? [openSheet(scene, sheet, { toFix: true })] : []), say(BUTTON.checkAgain, SAY.confirm)],
  }
  return [cardMessage(card, CERTIFIER.sentBackAlt)]
}

/** To the institution's officers, when somebody else has switched it. */
export function certifierSwitched(
  stage: Stage,
  notice: Extract<Notice, { type: 'certifier-switched' }>,
): Message[] | null {
  const unit = unitById(stage.tx, notice.unitId)
  if (unit.certifierRequired !== notice.on) return null
  return [text(notice.on ? CERTIFIER.on(unit.name) : CERTIFIER.off(unit.name))]
}
