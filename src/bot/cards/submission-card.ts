import { personById } from '../../workflow/person-account.ts'
import { institutionStatus } from '../../workflow/status.ts'
import type { Submission } from '../../workflow/submissions.ts'
import { offer } from '../bot-action.ts'
import type { Scene } from '../scene.ts'
import { CERTIFIER } from '../words/appointment-words.ts'
import { dayAndTime } from '../words/dates.ts'
import { gradeLine, LABEL, passLine, people } from '../words/status-words.ts'
import { round as roundWords } from '../words/terms.ts'
import { type Card, type CardLine, tap } from './card.ts'

/** The same figures that the officer saw and attested, for the second person, with one button bound to exactly them. */
export function submissionCard(scene: Scene, submission: Submission): Card {
  const { tx, round, actor, now } = scene
  const { totals } = institutionStatus(tx, { round, institutionId: submission.unitId, actor }, now)
  const lines: CardLine[] = [
    { kind: 'pair', label: CERTIFIER.by, value: personById(tx, submission.personId)?.name ?? '' },
    { kind: 'pair', label: CERTIFIER.at, value: dayAndTime(submission.tappedAt) },
    { kind: 'pair', label: LABEL.counted, value: people(submission.counted), tone: 'good' },
  ]
  if (totals) {
    lines.push({ kind: 'pair', label: LABEL.boysGirls, value: `${totals.male} / ${totals.female}` })
    lines.push({ kind: 'text', text: passLine(totals) })
    for (const grade of totals.byGrade) lines.push({ kind: 'pair', ...gradeLine(grade) })
  }
  lines.push({ kind: 'rule' }, { kind: 'text', text: CERTIFIER.check, strong: true })
  const { id: submissionId, counted } = submission
  return {
    over: `${roundWords(round)} · ${actor.unitName}`,
    title: CERTIFIER.title,
    chip: { text: CERTIFIER.waits, tone: 'wait' },
    lines,
    buttons: [
      tap(CERTIFIER.certify(counted), offer(scene, { type: 'certify', submissionId, counted }), {
        typed: CERTIFIER.typed(counted),
      }),
      tap(CERTIFIER.sendBack, offer(scene, { type: 'return-submission', submissionId }), {
        style: 'secondary',
        typed: CERTIFIER.sendBackTyped,
      }),
    ],
  }
}
