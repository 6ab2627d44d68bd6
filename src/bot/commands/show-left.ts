import { laoStatus, nationStatus, provinceStatus } from '../../workflow/status.ts'
import { isClosed } from '../cards/after-close.ts'
import type { CardLine } from '../cards/card.ts'
import { cardMessage, text } from '../cards/messages.ts'
import { notRequired } from '../cards/province-card.ts'
import { unitList } from '../cards/unit-list.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { LEFT } from '../words/answers.ts'
import { HEADING, institutionItem, laoItem, provinceItem } from '../words/status-words.ts'
import { round as roundWords } from '../words/terms.ts'
import { showStatus } from './show-status.ts'

const MOST = 40

/** เหลือใคร: who below is not confirmed yet, by name and state. */
export function showLeft(turn: Turn): Answer {
  const lines = linesOf(turn)
  if (lines === null) return showStatus(turn, null)
  if (lines.length === 0) return say(text(LEFT.none))
  const card = { over: `${roundWords(turn.round)} · ${turn.actor.unitName}`, title: LEFT.title, lines, buttons: [] }
  return say(cardMessage(card, LEFT.alt))
}

function linesOf(turn: Turn): CardLine[] | null {
  const { tx, round, actor, now } = turn
  const look = { mark: '○', tone: 'wait', most: MOST } as const
  switch (actor.level) {
    case 'institution':
      return null
    case 'lao': {
      const { institutions } = laoStatus(tx, { round, laoId: actor.unitId, actor }, now).line
      const open = institutions.filter((child) => child.state === 'open' || child.drifted)
      const items = open.map((child) =>
        institutionItem(child, { closed: isClosed(turn, { unitId: child.id, component: 'roster' }) }),
      )
      return unitList(HEADING.open, items, look)
    }
    case 'province': {
      const { laos } = provinceStatus(tx, { round, provinceId: actor.unitId, actor }, now)
      const open = laos.filter((lao) => !lao.complete && !notRequired(lao))
      return unitList(HEADING.incomplete, open.map(laoItem), look)
    }
    case 'department': {
      const { provinces } = nationStatus(tx, { round, departmentId: actor.unitId }, now)
      const open = provinces.filter((province) => !province.confirmed)
      return unitList(HEADING.open, open.map(provinceItem), look)
    }
  }
}
