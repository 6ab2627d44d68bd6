import { and, eq, ne } from 'drizzle-orm'
import { appointments, people } from '../../db/schema.ts'
import { openRequestOf } from '../../workflow/reopening-requests.ts'
import { institutionStatus, laoStatus, nationStatus, provinceStatus } from '../../workflow/status.ts'
import { unitById } from '../../workflow/unit.ts'
import { unitsWithoutOfficer } from '../../workflow/vacancies.ts'
import { waitingMatters } from '../../workflow/waiting-matters.ts'
import { componentsOf } from '../commands/own-requests.ts'
import type { Scene } from '../scene.ts'
import { HANDOVER } from '../words/appointment-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON } from '../words/status-words.ts'
import { COMPONENT, round as roundWords } from '../words/terms.ts'
import { type Card, type CardButton, type CardLine, say } from './card.ts'
import { institutionState } from './institution-card.ts'
import { laoState, onePrimary } from './lao-card.ts'
import { cardMessage, type Message } from './messages.ts'
import { provinceState } from './province-card.ts'

/** All that is open at a unit, for whoever takes it over. `always: false`: only when somebody was there before. */
export function handoverMessages(scene: Scene, options: { always: boolean }): Message[] {
  const former = predecessors(scene)
  if (!options.always && former.length === 0) return []
  return [cardMessage(handoverCard(scene, former), HANDOVER.alt)]
}

/** Who held the same duty at the unit before, by name; newest first. */
function predecessors({ tx, actor }: Scene): string[] {
  const rows = tx
    .select({ name: people.name, validTo: appointments.validTo })
    .from(appointments)
    .innerJoin(people, eq(people.id, appointments.personId))
    .where(
      and(
        eq(appointments.unitId, actor.unitId),
        eq(appointments.role, actor.role),
        ne(appointments.personId, actor.personId),
      ),
    )
    .orderBy(appointments.id)
    .all()
  return rows.reverse().map(({ name }) => name)
}

const MOST_NAMED = 3

export function handoverCard(scene: Scene, former: readonly string[] = []): Card {
  const { tx, actor, round, now } = scene
  const waiting = waitingMatters(tx, actor.unitId)
  const lines: CardLine[] = [
    ...(former.length > 0 ? [{ kind: 'small' as const, text: HANDOVER.from(former.slice(0, MOST_NAMED)) }] : []),
    ...openMatters(scene),
    ...item(HANDOVER.requests, waiting.requests, HANDOVER.items),
    ...ownRequestLines(scene),
    ...item(HANDOVER.agreements, waiting.agreements, HANDOVER.items),
    ...item(HANDOVER.submission, waiting.submissions, HANDOVER.items),
    ...item(HANDOVER.vacant, unitsWithoutOfficer(tx, { unitId: actor.unitId }, now).length, HANDOVER.places),
  ]
  const nothing = lines.every((line) => line.kind !== 'pair' || line.label === HANDOVER.state)
  if (nothing) lines.push({ kind: 'text', text: HANDOVER.nothing })
  const buttons: CardButton[] = [say(BUTTON.status, SAY.status, 'primary')]
  if (waiting.requests > 0 && actor.role === 'officer')
    buttons.unshift(say(BUTTON.requests(waiting.requests), SAY.requests, 'primary'))
  return {
    over: `${roundWords(round)} · ${actor.unitName}`,
    title: HANDOVER.title,
    lines,
    buttons: onePrimary(buttons),
  }
}

function item(label: string, n: number, words: (n: number) => string): CardLine[] {
  return n > 0 ? [{ kind: 'pair', label, value: words(n), tone: 'wait' }] : []
}

function ownRequestLines({ tx, actor, round }: Scene): CardLine[] {
  return componentsOf(actor.level).flatMap((component) => {
    const request = openRequestOf(tx, { round, unitId: actor.unitId, component })
    if (!request?.waitingAtUnitId) return []
    const at = unitById(tx, request.waitingAtUnitId).name
    return [{ kind: 'pair' as const, label: HANDOVER.own, value: `${COMPONENT[component]}: ${HANDOVER.ownWaits(at)}` }]
  })
}

/** The unit's state, and what of its own cannot go on without a word. */
function openMatters(scene: Scene): CardLine[] {
  const { tx, actor, round, now } = scene
  const of = (state: string, shared: number, hold = 0): CardLine[] => [
    { kind: 'pair', label: HANDOVER.state, value: state },
    ...item(HANDOVER.hold, hold, HANDOVER.people),
    ...item(HANDOVER.shared, shared, HANDOVER.people),
  ]
  switch (actor.level) {
    case 'institution': {
      const status = institutionStatus(tx, { round, institutionId: actor.unitId, actor }, now)
      return of(institutionState(status).text, status.sharedPupils.open, status.hold?.missing ?? 0)
    }
    case 'lao': {
      const status = laoStatus(tx, { round, laoId: actor.unitId, actor }, now)
      return of(laoState(status).text, status.sharedPupils)
    }
    case 'province': {
      const status = provinceStatus(tx, { round, provinceId: actor.unitId, actor }, now)
      return of(provinceState(status).text, status.sharedPupils)
    }
    case 'department':
      return item(
        HANDOVER.shared,
        nationStatus(tx, { round, departmentId: actor.unitId }, now).sharedPupils,
        HANDOVER.people,
      )
  }
}
