import { mayAskAgain } from '../../workflow/rules/shared-pupil.ts'
import type { SharedClaim, SharedPupil } from '../../workflow/shared-pupils.ts'
import { sheetOf } from '../../workflow/unit-facts.ts'
import { offer } from '../bot-action.ts'
import type { Scene } from '../scene.ts'
import { SAY } from '../words/say.ts'
import {
  SHARED,
  SHARED_BUTTON,
  SHARED_NEXT,
  SHARED_STATE,
  typedAsk,
  typedEvidence,
  typedKeep,
} from '../words/shared-pupil-words.ts'
import { BUTTON } from '../words/status-words.ts'
import { round as roundWords } from '../words/terms.ts'
import { afterCloseWay, isClosed } from './after-close.ts'
import { type Card, type CardButton, type CardLine, say, type Tone, tap } from './card.ts'
import { cutGraphemes } from './cut-text.ts'
import { openSheet } from './institution-card.ts'
import { onePrimary } from './lao-card.ts'

const MOST_WORD = 300
const MOST_KEEPERS = 4

type Shown = { question: SharedPupil; position: number }

/** One pupil in two institutions, as this unit sees it: a claimant with its own row, or the superior who may decide. */
export function sharedPupilCard(scene: Scene, shown: Shown): Card {
  const own = shown.question.claims.find((claim) => claim.institutionId === scene.actor.unitId)
  const about = {
    over: `${SHARED.over} · ${roundWords(scene.round)}`,
    title: SHARED.title(shown.position, shown.question.number),
  }
  return { ...about, ...(own ? claimantPart(scene, { ...shown, own }) : superiorPart(scene, shown)) }
}

type Part = Pick<Card, 'lines' | 'buttons'> & { chip: NonNullable<Card['chip']> }

function claimantPart(scene: Scene, input: Shown & { own: SharedClaim }): Part {
  const { question, own } = input
  const others = question.claims.filter((claim) => claim !== own)
  const lines: CardLine[] = [
    { kind: 'pair', label: SHARED.ownRow, value: own.row === null ? SHARED.figureOnly : SHARED.row(own.row) },
    ...others.map((claim): CardLine => ({ kind: 'pair', label: SHARED.other, value: placeOf(claim, own) })),
    ...decisionLines(question),
  ]
  if (own.evidence) lines.push({ kind: 'small', text: SHARED.ownEvidence(short(own.evidence.word)) })
  for (const claim of others) lines.push(...evidenceLines(claim))
  if (own.askedAt !== null && !own.holds) lines.push({ kind: 'small', text: SHARED.askedAt(own.askedAt) })
  lines.push({ kind: 'rule' }, { kind: 'text', text: nextOf(scene, { question, own }), strong: true })
  return { chip: claimantChip(question, own), lines, buttons: claimantButtons(scene, input) }
}

function claimantChip(question: SharedPupil, own: SharedClaim): { text: string; tone: Tone } {
  if (own.holds) return { text: SHARED_STATE.mayCount, tone: 'good' }
  return question.decided ? { text: SHARED_STATE.mustGo, tone: 'stop' } : { text: SHARED_STATE.blocked, tone: 'stop' }
}

type Seen = { question: SharedPupil; own: SharedClaim }

/** What this claimant does next; one that has confirmed must first have its confirmation cancelled. */
export function nextOf(scene: Scene, { question, own }: Seen): string {
  if (own.holds && question.decided) return SHARED_NEXT.kept
  if (isClosed(scene, { unitId: own.institutionId, component: 'roster' })) return afterCloseWay(scene)
  if (own.confirmed) return SHARED_NEXT.reopenFirst
  if (own.holds) return SHARED_NEXT.earlier
  if (question.decided) return SHARED_NEXT.mustGo
  return own.askedAt === null ? SHARED_NEXT.later : SHARED_NEXT.asked
}

function claimantButtons(scene: Scene, input: Shown & { own: SharedClaim }): CardButton[] {
  const { question, own, position } = input
  if (scene.actor.role !== 'officer') return []
  if (isClosed(scene, { unitId: own.institutionId, component: 'roster' })) return []
  const about = { sharedPupilId: question.id, number: position }
  const buttons: CardButton[] = []
  if (!own.holds && !question.decided && mayAskAgain(own.askedAt, scene.now)) {
    const token = offer(scene, { type: 'ask-release', ...about })
    buttons.push(tap(SHARED_BUTTON.ask, token, { typed: typedAsk(position) }))
  }
  const token = offer(scene, { type: 'state-evidence', ...about })
  const evidence = tap(SHARED_BUTTON.evidence, token, { style: 'secondary', typed: typedEvidence(position) })
  // Decided for the other one: what is left to do is to take the pupil out.
  if (question.decided && !own.holds) return onePrimary([...mendButtons(scene, own, 'primary'), evidence])
  if (question.decided) return [evidence]
  return onePrimary([...buttons, evidence, ...mendButtons(scene, own)])
}

/** The way to take the pupil out: the sheet at the pupil's row, or the request to open what is confirmed. */
export function mendButtons(
  scene: Scene,
  own: SharedClaim,
  style: 'primary' | 'secondary' = 'secondary',
): CardButton[] {
  if (scene.actor.role !== 'officer') return []
  if (isClosed(scene, { unitId: own.institutionId, component: 'roster' })) return []
  if (own.confirmed) return [say(BUTTON.askReopening, SAY.askReopening, style)]
  const sheet = sheetOf(scene.tx, { roundId: scene.round.id, unitId: own.institutionId })
  return sheet ? [openSheet(scene, sheet, { row: own.row, toFix: style === 'primary' })] : []
}

function superiorPart(scene: Scene, { question, position }: Shown): Part {
  const lines: CardLine[] = question.claims.flatMap((claim): CardLine[] => [
    { kind: 'item', mark: claim.holds ? '●' : '○', tone: claim.holds ? 'good' : 'wait', text: claimLine(claim) },
    ...(claim.evidence
      ? evidenceLines(claim)
      : [{ kind: 'small' as const, text: SHARED.noEvidence(claim.institution.name) }]),
  ])
  lines.push(...decisionLines(question))
  const mayDecide = scene.actor.role === 'officer' && scene.actor.unitId === question.superiorId
  const buttons = mayDecide ? keepButtons(scene, { question, position }) : []
  if (mayDecide) lines.push({ kind: 'rule' }, { kind: 'small', text: SHARED_NEXT.superior })
  const chip = question.decided
    ? { text: SHARED_STATE.decided, tone: 'calm' as const }
    : { text: SHARED_STATE.open, tone: 'wait' as const }
  return { chip, lines, buttons }
}

function keepButtons(scene: Scene, { question, position }: Shown): CardButton[] {
  const { id, version, decided } = question
  return question.claims
    .filter((claim) => claim.institutionId !== decided?.keeperId)
    .slice(0, MOST_KEEPERS)
    .map(({ institutionId, institution }) => {
      const token = offer(scene, {
        type: 'keep-at',
        sharedPupilId: id,
        keeperId: institutionId,
        version,
        number: position,
      })
      return tap(SHARED_BUTTON.keep(institution.name), token, {
        style: 'secondary',
        typed: typedKeep(position, institution.name),
      })
    })
}

const short = (word: string): string => cutGraphemes(word, MOST_WORD)

function evidenceLines(claim: SharedClaim): CardLine[] {
  const { evidence, institution } = claim
  return evidence ? [{ kind: 'small', text: SHARED.evidenceOf(institution.name, short(evidence.word)) }] : []
}

function decisionLines(question: SharedPupil): CardLine[] {
  const { decided, claims } = question
  const keeper = claims.find((claim) => claim.institutionId === decided?.keeperId)
  if (!decided || !keeper) return []
  const text = SHARED.decided(decided.by.name, keeper.institution.name, short(decided.reason))
  return [{ kind: 'text', text, tone: 'wait' }]
}

/** The other institution with its LAO, and its province where that is another one. */
function placeOf(claim: SharedClaim, own: SharedClaim): string {
  const { institution, lao, province } = claim
  const where = province.id === own.province.id ? lao.name : `${lao.name} ${province.name}`
  const marks = [SHARED.since(claim.since), ...(claim.confirmed ? [SHARED.confirmed] : [])]
  return `${institution.name} (${where}) ${marks.join(' ')}`
}

function claimLine(claim: SharedClaim): string {
  const { institution, lao, province, holds, confirmed, since } = claim
  const marks = [SHARED.since(since), ...(holds ? [SHARED.first] : []), ...(confirmed ? [SHARED.confirmed] : [])]
  return `${institution.name} (${lao.name} ${province.name}) ${marks.join(' ')}`
}
