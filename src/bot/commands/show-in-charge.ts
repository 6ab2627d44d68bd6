import { inChargeOf, type UnitInCharge } from '../../workflow/in-charge.ts'
import { type InChargeBelow, inChargeBelow, isOrphaned } from '../../workflow/in-charge-below.ts'
import { unitById } from '../../workflow/unit.ts'
import { type CardLine, say as sayButton } from '../cards/card.ts'
import { cardMessage } from '../cards/messages.ts'
import { pageButtons, type Section, sectionPage } from '../cards/pages.ts'
import { unitList } from '../cards/unit-list.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { IN_CHARGE } from '../words/answers.ts'
import { orderValue, PEOPLE } from '../words/appointment-words.ts'
import { SAY } from '../words/say.ts'
import { AT_ABOVE, PLACES, ROLE } from '../words/terms.ts'

/** ผู้รับผิดชอบ: who is appointed here and above, and which units below nobody in this chat answers for. */
export function showInCharge(talk: Talk): Answer {
  const { tx, actor, now } = talk
  const own = unitById(tx, actor.unitId)
  const lines = [...peopleLines(IN_CHARGE.own, inChargeOf(tx, own.id, now))]
  if (own.parentId)
    lines.push({ kind: 'rule' }, ...peopleLines(AT_ABOVE[actor.level], inChargeOf(tx, own.parentId, now)))
  const below = inChargeBelow(tx, own.id, now)
  const list = unitList(IN_CHARGE.below, below.filter(isOrphaned).map(nameAndPhone), {
    mark: '!',
    tone: 'wait',
    most: 8,
  })
  if (list.length > 0) lines.push({ kind: 'rule' }, ...list)
  const [example] = below
  if (example && actor.role === 'officer')
    lines.push({ kind: 'rule' }, { kind: 'small', text: PEOPLE.changeHint(example.name) })
  const buttons = below.length > 0 ? [sayButton(IN_CHARGE.everyone, SAY.everyoneInCharge)] : []
  const card = { over: own.name, title: IN_CHARGE.title, lines, buttons }
  return say(cardMessage(card, IN_CHARGE.alt))
}

/** ผู้รับผิดชอบทั้งหมด: everybody in charge of the units below, page by page, those first whom nobody answers for in this chat. */
export function showEveryoneInCharge(talk: Talk, page?: number): Answer {
  const { tx, actor, now } = talk
  const below = inChargeBelow(tx, actor.unitId, now)
  if (below.length === 0) return showInCharge(talk)
  const orphaned = below.filter(isOrphaned)
  const others = below.filter((unit) => !isOrphaned(unit))
  const sections: Section[] = [
    { heading: IN_CHARGE.below, mark: '!', tone: 'wait', items: orphaned.map(withPeople) },
    { heading: IN_CHARGE.reached, mark: '•', tone: 'calm', items: others.map(withPeople) },
  ]
  const shown = sectionPage(sections, { page, counted: PLACES, perPage: PEOPLE_PER_PAGE })
  const over = unitById(tx, actor.unitId).name
  const buttons = pageButtons(shown.page, SAY.everyoneInCharge)
  return say(cardMessage({ over, title: IN_CHARGE.title, lines: shown.lines, buttons }, IN_CHARGE.belowAlt))
}

/** Names, duties and numbers make long items. */
const PEOPLE_PER_PAGE = 15

const nameAndPhone = (unit: InChargeBelow): string =>
  unit.telephone === null ? unit.name : `${unit.name} โทร. ${unit.telephone}`

function withPeople(unit: InChargeBelow): string {
  const people = unit.people.map((person) => {
    const words = IN_CHARGE.person({ name: person.name, role: ROLE[person.role], telephone: person.telephone })
    return person.reachable ? words : `${words} ${IN_CHARGE.unreached}`
  })
  return `${nameAndPhone(unit)}: ${people.length > 0 ? people.join(', ') : IN_CHARGE.nobody}`
}

function peopleLines(heading: string, unit: UnitInCharge): CardLine[] {
  const lines: CardLine[] = [{ kind: 'text', text: `${heading}: ${unit.unitName}`, strong: true }]
  if (unit.telephone) lines.push({ kind: 'small', text: IN_CHARGE.unitPhone(unit.telephone) })
  if (unit.people.length === 0) lines.push({ kind: 'text', text: IN_CHARGE.nobody, tone: 'wait' })
  for (const person of unit.people) {
    const words = IN_CHARGE.person({ name: person.name, role: ROLE[person.role], telephone: person.telephone })
    lines.push({ kind: 'item', mark: '•', text: person.reachable ? words : `${words} ${IN_CHARGE.unreached}` })
    const order = orderValue(person)
    if (order !== '') lines.push({ kind: 'small', text: PEOPLE.order(order) })
  }
  return lines
}
