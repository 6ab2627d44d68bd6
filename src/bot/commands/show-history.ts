import type { UnitId } from '../../db/ids.ts'
import type { EvidenceAct } from '../../workflow/evidence.ts'
import { historyOf, madeAt } from '../../workflow/history.ts'
import type { CardButton, CardLine } from '../cards/card.ts'
import { say as sayButton } from '../cards/card.ts'
import { cardMessage } from '../cards/messages.ts'
import { ownDuties } from '../own-duties.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { actWords } from '../words/act-words.ts'
import { dayAndTime } from '../words/dates.ts'
import { HISTORY } from '../words/history-words.ts'
import { ROLE, withoutIds } from '../words/terms.ts'
import { unitBelow } from './show-status.ts'

const ON_A_PAGE = 6

/**
 * ประวัติการดำเนินการ: the person's own acts, newest first; with a unit's name, what people did at that unit, as far as it is one's own or
 * below. Reasons that somebody typed are left out: they may name a pupil.
 */
export function showHistory(talk: Talk, asked: { unit: string | null; page: number }): Answer {
  if (asked.unit === null) {
    const about = { personId: talk.actor.personId }
    return pageOf(talk, { about, page: asked.page, unit: null, over: HISTORY.own(talk.actor.name) })
  }
  const found = unitNamed(talk, asked.unit)
  if ('answer' in found) return found.answer
  const { id, name } = found.unit
  return pageOf(talk, { about: { unitId: id }, page: asked.page, unit: name, over: name })
}

function unitNamed(talk: Talk, asked: string): { unit: { id: UnitId; name: string } } | { answer: Answer } {
  const [own, other] = ownDuties(talk.tx, talk.duties, asked)
  if (own && !other) return { unit: { id: own.unitId, name: own.unitName } }
  return unitBelow(talk, asked, { deep: true })
}

function pageOf(
  talk: Talk,
  input: {
    about: { personId: Talk['actor']['personId'] } | { unitId: UnitId }
    page: number
    unit: string | null
    over: string
  },
): Answer {
  const { acts, page, pages } = historyOf(talk.tx, { about: input.about, page: input.page, size: ON_A_PAGE })
  const lines: CardLine[] = acts.flatMap((act) => linesOf(act, input.unit !== null))
  if (acts.length === 0) lines.push({ kind: 'text', text: HISTORY.none })
  lines.push({ kind: 'rule' }, { kind: 'small', text: HISTORY.note })
  const to = (label: string, number: number): CardButton => sayButton(label, HISTORY.typed(input.unit, number))
  const buttons = [
    ...(page < pages ? [to(HISTORY.older(page + 1), page + 1)] : []),
    ...(page > 1 ? [to(HISTORY.newer(page - 1), page - 1)] : []),
  ]
  const over = pages > 1 ? `${input.over} · ${HISTORY.page(page, pages)}` : input.over
  return say(cardMessage({ over, title: HISTORY.title, lines, buttons }, HISTORY.alt))
}

function linesOf(act: EvidenceAct, named: boolean): CardLine[] {
  const { person, unitName, receiptNumber } = act
  const who = person ? `${person.name}${person.duty ? ` (${ROLE[person.duty.role]})` : ''}` : ''
  const details = [
    ...(named ? [HISTORY.by(who)] : unitName ? [unitName] : []),
    ...(receiptNumber ? [HISTORY.receipt(receiptNumber)] : []),
  ]
  return [
    { kind: 'small', text: dayAndTime(madeAt(act)) },
    { kind: 'text', text: withoutIds(actWords(act.type, act.data)), strong: true },
    { kind: 'small', text: withoutIds(details.join(' · ')) },
  ]
}
