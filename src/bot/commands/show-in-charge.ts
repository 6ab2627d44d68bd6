import type { UnitLevel } from '../../db/schema.ts'
import { inChargeOf, type UnitInCharge } from '../../workflow/in-charge.ts'
import { childrenOf, unitById } from '../../workflow/unit.ts'
import type { CardLine } from '../cards/card.ts'
import { cardMessage } from '../cards/messages.ts'
import { unitList } from '../cards/unit-list.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { IN_CHARGE } from '../words/answers.ts'
import { orderValue, PEOPLE } from '../words/appointment-words.ts'
import { ROLE } from '../words/terms.ts'

const BELOW: Record<UnitLevel, UnitLevel | null> = {
  department: 'province',
  province: 'lao',
  lao: 'institution',
  institution: null,
}
const MOST_LOOKED_AT = 200

/** ผู้รับผิดชอบ: who is appointed here and above, and which units below nobody in this chat answers for. */
export function showInCharge(talk: Talk): Answer {
  const { tx, actor, now } = talk
  const own = unitById(tx, actor.unitId)
  const lines = [...peopleLines(IN_CHARGE.own, inChargeOf(tx, own.id, now))]
  if (own.parentId) lines.push({ kind: 'rule' }, ...peopleLines(IN_CHARGE.above, inChargeOf(tx, own.parentId, now)))
  const level = BELOW[own.level]
  const below = level ? childrenOf(tx, { unitId: own.id, level }, now).slice(0, MOST_LOOKED_AT) : []
  const orphaned = below.filter((unit) => !inChargeOf(tx, unit.id, now).people.some((person) => person.reachable))
  const list = unitList(
    IN_CHARGE.below,
    orphaned.map((unit) => unit.name),
    { mark: '!', tone: 'wait' },
  )
  if (list.length > 0) lines.push({ kind: 'rule' }, ...list)
  const [example] = below
  if (example && actor.role === 'officer')
    lines.push({ kind: 'rule' }, { kind: 'small', text: PEOPLE.changeHint(example.name) })
  const card = { over: own.name, title: IN_CHARGE.title, lines, buttons: [] }
  return say(cardMessage(card, IN_CHARGE.alt))
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
