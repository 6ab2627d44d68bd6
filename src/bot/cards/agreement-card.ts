import type { Agreement, AgreementRow } from '../../workflow/agreements.ts'
import type { Unit } from '../../workflow/unit.ts'
import { offer } from '../bot-action.ts'
import type { Scene } from '../scene.ts'
import { AGREEMENT, ALL, agreedValue, typedAccept, typedMoment } from '../words/agreement-words.ts'
import { SAY } from '../words/say.ts'
import { round as roundWords } from '../words/terms.ts'
import { type Card, type CardButton, type CardLine, say, tap } from './card.ts'
import { unitList } from './unit-list.ts'

type Limits = { until: number; suggested: number | null }

/** นัดส่ง of one institution: what is agreed, what waits, what is suggested. */
export function agreementCard(
  scene: Scene,
  input: { institution: Unit; agreement: Agreement | null; limits: Limits },
): Card {
  const { institution, agreement, limits } = input
  const lines = agreementLines(agreement, scene)
  const suggested = typedMoment(limits.suggested ?? limits.until - 1)
  const typed = scene.actor.level === 'lao' ? AGREEMENT.exampleBelow(suggested) : AGREEMENT.example(suggested)
  return {
    over: `${AGREEMENT.over} · ${roundWords(scene.round)}`,
    title: scene.actor.level === 'lao' ? institution.name : AGREEMENT.title,
    lines: [
      ...(lines.length > 0 ? lines : [{ kind: 'text' as const, text: AGREEMENT.none }]),
      { kind: 'rule' },
      { kind: 'small', text: AGREEMENT.until(limits.until) },
      { kind: 'small', text: AGREEMENT.guide },
      { kind: 'small', text: typed },
    ],
    buttons: buttonsOf(scene, input),
  }
}

/** What was agreed and what waits for an answer; nothing where nothing was ever proposed. Also part of the status card. */
export function agreementLines(agreement: Agreement | null, scene: Pick<Scene, 'actor' | 'now'>): CardLine[] {
  if (!agreement) return []
  const { agreed, proposed } = agreement
  const lines: CardLine[] = []
  if (agreed) lines.push({ kind: 'pair', label: AGREEMENT.agreed, value: agreedValue(agreed.dueAt, scene.now) })
  if (proposed) {
    const label = proposed.proposedBy === 'lao' ? AGREEMENT.proposedByLao : AGREEMENT.proposedByInstitution
    const waits = isForMe(proposed, scene) ? AGREEMENT.waitsForYou : AGREEMENT.waits
    lines.push({ kind: 'pair', label, value: `${agreedValue(proposed.dueAt, scene.now)} ${waits}`, tone: 'wait' })
  }
  return lines
}

/** นัดส่ง of an LAO: every institution that still has to confirm, those first that wait for its word. */
export function agreementsCard(
  scene: Scene,
  input: { institutions: readonly { unit: Unit; agreement: Agreement | null; open: boolean }[]; limits: Limits },
): Card {
  const { limits } = input
  const open = input.institutions.filter((one) => one.open)
  const waiting = open.filter(({ agreement }) => agreement?.proposed && isForMe(agreement.proposed, scene))
  const asked = open.filter(({ agreement }) => agreement?.proposed && !isForMe(agreement.proposed, scene))
  const agreed = open.filter(({ agreement }) => agreement?.agreed && !agreement.proposed)
  const none = open.filter(({ agreement }) => !agreement)
  const item = ({ unit, agreement }: (typeof open)[number]) => {
    const row = agreement?.proposed ?? agreement?.agreed
    return row ? `${unit.name}: ${agreedValue(row.dueAt, scene.now)}` : unit.name
  }
  const suggested = limits.suggested === null ? null : typedMoment(limits.suggested)
  const lines: CardLine[] = [
    ...unitList(AGREEMENT.waitsForYou, waiting.map(item), { mark: '!', tone: 'wait' }),
    ...unitList(AGREEMENT.waits, asked.map(item), { mark: '○', tone: 'calm' }),
    ...unitList(AGREEMENT.agreed, agreed.map(item), { mark: '✓', tone: 'good' }),
    ...unitList(AGREEMENT.none, none.map(item), { mark: '○', tone: 'calm' }),
    { kind: 'rule' },
    { kind: 'small', text: AGREEMENT.until(limits.until) },
    { kind: 'small', text: AGREEMENT.guide },
    { kind: 'small', text: AGREEMENT.exampleBelow(suggested ?? typedMoment(limits.until - 1)) },
  ]
  const buttons: CardButton[] = []
  if (scene.actor.role === 'officer') {
    for (const { unit, agreement } of waiting.slice(0, MOST_ACCEPT)) {
      const row = agreement?.proposed
      if (!row) continue
      const token = offer(scene, { type: 'accept-deadline', agreementId: row.id })
      buttons.push(tap(AGREEMENT.acceptOf(unit.name), token, { style: 'secondary', typed: typedAccept(unit.name) }))
    }
    if (suggested !== null && none.length > 0)
      buttons.push(say(AGREEMENT.proposeAll(suggested), `${SAY.agree}${ALL} ${suggested}`))
  }
  return { over: `${AGREEMENT.over} · ${roundWords(scene.round)}`, title: AGREEMENT.list, lines, buttons }
}

const MOST_ACCEPT = 5

/** Whether the answer is this person's side's to give. */
export function isForMe(row: AgreementRow, scene: Pick<Scene, 'actor'>): boolean {
  const { level } = scene.actor
  return (level === 'institution' && row.proposedBy === 'lao') || (level === 'lao' && row.proposedBy === 'institution')
}

/** Accept or counter, for whoever is to answer this proposal. */
export function agreementButtons(scene: Scene, input: { institution: Unit; row: AgreementRow }): CardButton[] {
  const { institution, row } = input
  if (row.state !== 'proposed' || scene.actor.role !== 'officer' || !isForMe(row, scene)) return []
  const token = offer(scene, { type: 'accept-deadline', agreementId: row.id })
  const named = scene.actor.level === 'lao' ? institution.name : null
  const ask = named === null ? SAY.agree : `${SAY.agree} ${named}`
  return [tap(AGREEMENT.accept, token, { typed: typedAccept(named) }), say(AGREEMENT.other, ask)]
}

function buttonsOf(
  scene: Scene,
  input: { institution: Unit; agreement: Agreement | null; limits: Limits },
): CardButton[] {
  const { institution, agreement, limits } = input
  if (scene.actor.role !== 'officer') return []
  const proposed = agreement?.proposed
  const answer = proposed
    ? agreementButtons(scene, { institution, row: proposed }).filter((button) => button.action.type === 'postback')
    : []
  const { suggested } = limits
  const known = suggested === proposed?.dueAt || suggested === agreement?.agreed?.dueAt
  if (suggested === null || known) return answer
  const when = typedMoment(suggested)
  const text = scene.actor.level === 'lao' ? `${SAY.agree} ${institution.name} ${when}` : `${SAY.agree} ${when}`
  return [...answer, say(AGREEMENT.propose(when), text)]
}
