import type { Notice } from '../../workflow/notice.ts'
import type { Refusal } from '../../workflow/rules/refusal.ts'
import { blockedPupilsOf } from '../../workflow/shared-pupils.ts'
import { problemsOf, sheetOf } from '../../workflow/unit-facts.ts'
import { say } from '../cards/card.ts'
import { openSheet, problemLines } from '../cards/institution-card.ts'
import { cardMessage, type Message, text } from '../cards/messages.ts'
import { alsoShared, refusalCard } from '../cards/refusal-card.ts'
import { formerDutyWords } from '../former-duty.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { CONFIRM_ANSWERS } from '../words/confirm-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON } from '../words/status-words.ts'
import { round as roundWords } from '../words/terms.ts'

/** Why the sheet that was just read could not be confirmed, what is wrong in it, and the way to mend it. */
export function confirmRefused(stage: Stage, notice: Extract<Notice, { type: 'confirm-refused' }>): Message[] | null {
  const { unitId, component, refusal } = notice
  const scene = sceneAt(stage, { unitId })
  if (!scene) {
    const over = formerDutyWords(stage.tx, stage, stage.deps.now)
    return over ? [text(over)] : null
  }
  const ref = { roundId: scene.round.id, unitId }
  const problems = aboutContent(refusal.why) ? problemsOf(scene.tx, ref) : []
  const sheet = sheetOf(scene.tx, ref)
  const blocking =
    component === 'roster'
      ? blockedPupilsOf(scene.tx, { roundId: ref.roundId, institutionId: unitId }, scene.now).length
      : 0
  const inSheet = aboutContent(refusal.why) || refusal.why === 'sheet-unreadable'
  const again = say(
    refusal.why === 'roster-empty' && problems.length === 0 ? BUTTON.checkFirst : BUTTON.checkAgain,
    component === 'other_counts' ? SAY.confirmOtherCounts : SAY.confirm,
    inSheet ? 'secondary' : 'primary',
  )
  const row = problems.find((problem) => problem.row > 1 && !problem.explained)?.row ?? null
  const card = refusalCard(refusal, {
    over: `${roundWords(scene.round)} · ${scene.actor.unitName}`,
    component,
    lines: [...problemLines(problems, 5), ...alsoShared(refusal, blocking)],
    buttons: mayTryAgain(refusal)
      ? [...(inSheet && sheet ? [openSheet(scene, sheet, { row, toFix: true })] : []), again]
      : [say(BUTTON.status, SAY.status)],
  })
  return [cardMessage(card, CONFIRM_ANSWERS.refusedAlt)]
}

function aboutContent(why: string): boolean {
  return [
    'roster-has-errors',
    'warnings-unexplained',
    'roster-empty',
    'counts-have-errors',
    'counts-unchecked',
    'hold-open',
  ].includes(why)
}

function mayTryAgain(refusal: Refusal): boolean {
  if (refusal.why === 'changed-since-shown' && refusal.closedAt !== undefined) return false
  return ![
    'already-confirmed',
    'closed',
    'held-late',
    'not-required',
    'not-yours',
    'reads-only',
    'not-open-yet',
    'duty-ended',
    'submission-over',
    'certifier-only',
  ].includes(refusal.why)
}
