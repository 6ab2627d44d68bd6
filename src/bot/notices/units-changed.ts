import type { UnitId } from '../../db/ids.ts'
import { confirmationOf } from '../../workflow/component-state.ts'
import type { Notice, UnitNews } from '../../workflow/notice.ts'
import { type Round, roundById } from '../../workflow/rounds.ts'
import { laoLines } from '../../workflow/structure.ts'
import { type Unit, unitById } from '../../workflow/unit.ts'
import { type CardLine, say } from '../cards/card.ts'
import { cardMessage, type Message } from '../cards/messages.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { SAY } from '../words/say.ts'
import { BUTTON } from '../words/status-words.ts'
import { more, round as roundWords } from '../words/terms.ts'
import { UNIT_NEWS, unitNewsLine } from '../words/unit-words.ts'

const MOST = 12

/** What became of the person's unit, or of those below it, and what there is to do now: told even when it is long done, since it happened. */
export function unitsChanged(stage: Stage, notice: Extract<Notice, { type: 'units-changed' }>): Message[] | null {
  const { tx } = stage
  const unit = unitById(tx, notice.unitId)
  const round = notice.roundId ? roundById(tx, notice.roundId) : null
  const left = notice.news.length - MOST
  const consequences = consequencesOf(stage, { unit, round, news: notice.news })
  const lines: CardLine[] = [
    ...notice.news.slice(0, MOST).map((news) => ({ kind: 'text' as const, text: lineOf(stage, news) })),
    ...(left > 0 ? [{ kind: 'small' as const, text: more(left) }] : []),
    ...(consequences.length > 0 ? [{ kind: 'rule' as const }] : []),
    ...consequences.map((text) => ({ kind: 'text' as const, text, strong: true })),
  ]
  const card = {
    over: round ? `${roundWords(round)} · ${unit.name}` : unit.name,
    title: UNIT_NEWS.title,
    lines,
    // Who has no duty left here has no state to look at.
    buttons: sceneAt(stage, { unitId: unit.id }) ? [say(BUTTON.status, SAY.status)] : [],
  }
  return [cardMessage(card, UNIT_NEWS.alt)]
}

function lineOf({ tx }: Stage, news: UnitNews): string {
  const nameOf = (id: UnitId | null | undefined) => (id ? unitById(tx, id).name : '')
  const former = news.formerName ?? nameOf(news.formerId)
  return unitNewsLine(news, { unit: nameOf(news.unitId), former, other: nameOf(news.otherId) })
}

function consequencesOf(stage: Stage, input: { unit: Unit; round: Round | null; news: readonly UnitNews[] }): string[] {
  const { unit, round, news } = input
  const own = news.filter((one) => one.unitId === unit.id)
  const words: string[] = []
  if (own.some((one) => one.what === 'closed' || one.what === 'merged')) words.push(UNIT_NEWS.appointmentEnded)
  if (own.some((one) => one.what === 'reopened')) words.push(UNIT_NEWS.restored, UNIT_NEWS.requestsGone)
  if (own.some((one) => (one.requestsLapsed ?? 0) > 0)) words.push(UNIT_NEWS.requestsLapsed)
  for (const one of news.filter(({ what, unitId }) => what === 'merged' && isInstitution(stage, unitId)))
    words.push(UNIT_NEWS.takeOver(unitById(stage.tx, one.unitId).name))
  if (!round) return words
  return [...words, ...inRound(stage, { unit, round, news, own })]
}

const isInstitution = (stage: Stage, unitId: UnitId): boolean => unitById(stage.tx, unitId).level === 'institution'

function inRound(
  stage: Stage,
  input: { unit: Unit; round: Round; news: readonly UnitNews[]; own: readonly UnitNews[] },
): string[] {
  const { unit, round, news, own } = input
  if (unit.level === 'institution') {
    const ref = { roundId: round.id, unitId: unit.id, component: 'roster' as const }
    const moved = own.some((one) => one.what === 'moved' || one.what === 'recoded')
    return moved && confirmationOf(stage.tx, ref) ? [UNIT_NEWS.stillConfirmed] : []
  }
  const below = news.filter((one) => one.unitId !== unit.id && isInstitution(stage, one.unitId))
  if (below.length === 0) return []
  if (unit.level === 'lao') {
    const [line] = linesOf(stage, { round, laoIds: [unit.id] })
    if (!line || line.overview === 'not_required' || line.overview === 'not_applicable') return []
    return [line.overview === 'confirmed' && !line.overviewCovers ? UNIT_NEWS.overviewStale : UNIT_NEWS.overviewOpen]
  }
  const stale = linesOf(stage, { round, laoIds: laosOf(stage, below, unit.id) }).filter((line) => !line.overviewCovers)
  return stale.length > 0 ? [UNIT_NEWS.laosStale(stale.map((line) => line.name).join(', '))] : []
}

function linesOf(stage: Stage, input: { round: Round; laoIds: readonly UnitId[] }) {
  const laos = input.laoIds.map((id) => unitById(stage.tx, id))
  return laoLines(stage.tx, { roundId: input.round.id, laos }, stage.deps.now)
}

/** The province's own LAOs that had or have the institutions that are told of. */
function laosOf(stage: Stage, news: readonly UnitNews[], provinceId: UnitId): UnitId[] {
  const ids = news.flatMap((one) => [unitById(stage.tx, one.unitId).parentId, one.formerId, one.otherId])
  return [...new Set(ids)].filter((id): id is UnitId => {
    if (!id) return false
    const unit = unitById(stage.tx, id)
    return unit.level === 'lao' && unit.parentId === provinceId && unit.closedAt === null
  })
}
