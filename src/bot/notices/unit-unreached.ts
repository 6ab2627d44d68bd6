import type { Notice } from '../../workflow/notice.ts'
import { officersAt } from '../../workflow/officer-reach.ts'
import { unitById } from '../../workflow/unit.ts'
import { type CardLine, say } from '../cards/card.ts'
import { cardMessage, type Message } from '../cards/messages.ts'
import type { Stage } from '../stage.ts'
import { PEOPLE } from '../words/appointment-words.ts'
import { UNREACHED } from '../words/leaving-words.ts'
import { SAY } from '../words/say.ts'

/** To the level above: chat reaches nobody of a unit. Pointless once it does, or once nobody is appointed there at all. */
export function unitUnreached(stage: Stage, notice: Extract<Notice, { type: 'unit-unreached' }>): Message[] | null {
  const { tx, deps } = stage
  const { silentId, unitId } = notice
  const officers = officersAt(tx, [silentId], deps.now).get(silentId) ?? []
  if (officers.length === 0 || officers.some(({ reachable }) => reachable)) return null
  const { name, telephone } = unitById(tx, silentId)
  const lines: CardLine[] = [
    { kind: 'text', text: UNREACHED.why },
    ...officers.map((officer): CardLine => {
      return { kind: 'item', mark: '•', text: UNREACHED.person(officer.name, officer.telephone) }
    }),
    ...(telephone ? [{ kind: 'small' as const, text: UNREACHED.unitPhone(telephone) }] : []),
    { kind: 'rule' },
    { kind: 'text', text: UNREACHED.next(name) },
  ]
  const card = {
    over: unitById(tx, unitId).name,
    title: UNREACHED.title(name),
    lines,
    buttons: [say(PEOPLE.inviteOne(name), `${SAY.invite} ${name}`)],
  }
  return [cardMessage(card, UNREACHED.alt)]
}
