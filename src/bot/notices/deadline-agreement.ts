import { agreementById } from '../../workflow/agreements.ts'
import type { Notice } from '../../workflow/notice.ts'
import { unitById } from '../../workflow/unit.ts'
import { agreementButtons } from '../cards/agreement-card.ts'
import type { CardLine } from '../cards/card.ts'
import { cardMessage, type Message } from '../cards/messages.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { AGREEMENT, agreedValue } from '../words/agreement-words.ts'
import { LEVEL, round as roundWords } from '../words/terms.ts'

/** The other side proposed or agreed (R18). Pointless once it was answered or replaced. */
export function deadlineAgreement(
  stage: Stage,
  notice: Extract<Notice, { type: 'deadline-agreement' }>,
): Message[] | null {
  const row = agreementById(stage.tx, notice.agreementId)
  const scene = sceneAt(stage, { unitId: notice.unitId, roundId: notice.roundId })
  if (!scene || row?.state !== notice.what) return null
  const institution = unitById(stage.tx, row.institutionId)
  const by = row.proposedBy === 'lao' ? LEVEL.lao : institution.name
  const lines: CardLine[] = [
    { kind: 'pair', label: AGREEMENT.institution, value: institution.name },
    { kind: 'pair', label: AGREEMENT.when, value: agreedValue(row.dueAt, scene.now) },
    { kind: 'small', text: AGREEMENT.guide },
  ]
  const card = {
    over: `${AGREEMENT.over} · ${roundWords(scene.round)}`,
    title: notice.what === 'proposed' ? AGREEMENT.newsProposed(by) : AGREEMENT.newsAccepted,
    lines,
    buttons: agreementButtons(scene, { institution, row }),
  }
  return [cardMessage(card, AGREEMENT.alt)]
}
