import { appointedAt } from '../../workflow/actor.ts'
import { appointmentById } from '../../workflow/appointment-record.ts'
import type { Notice } from '../../workflow/notice.ts'
import { unitById } from '../../workflow/unit.ts'
import { unitsWithoutOfficer } from '../../workflow/vacancies.ts'
import { waitingMatters } from '../../workflow/waiting-matters.ts'
import { say } from '../cards/card.ts'
import { handoverCard } from '../cards/handover-card.ts'
import { cardMessage, type Message, text } from '../cards/messages.ts'
import { unitList } from '../cards/unit-list.ts'
import { howItEnded, whoNow } from '../former-duty.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { COLLEAGUE, OVER, PEOPLE, VACANT } from '../words/appointment-words.ts'
import { SAY } from '../words/say.ts'

/** Told to the person whose duty it is; of a state that has changed again since, the newer news tells. */
export function dutyChanged(stage: Stage, notice: Extract<Notice, { type: 'duty-changed' }>): Message[] | null {
  const { tx, deps } = stage
  const duty = appointmentById(tx, notice.appointmentId)
  if (!duty) return null
  const resumed = notice.how === 'resumed'
  if (resumed !== (duty.state === 'in-force')) return null
  if (notice.how === 'suspended' && duty.state !== 'suspended') return null
  if (resumed) {
    const why = notice.reason ? [OVER.reason(notice.reason)] : []
    return [text([OVER.how.resumed(duty.unitName), ...why].join('\n'))]
  }
  return [text([howItEnded(tx, duty).trim(), ...whoNow(tx, duty, deps.now)].join('\n'))]
}

/** To those who stay: what is open at the unit is theirs. */
export function colleagueLeft(stage: Stage, notice: Extract<Notice, { type: 'colleague-left' }>): Message[] | null {
  const scene = sceneAt(stage, { unitId: notice.unitId })
  const duty = appointmentById(stage.tx, notice.appointmentId)
  if (!scene || !duty || duty.state === 'in-force') return null
  const card = handoverCard(scene)
  const lines = [
    { kind: 'text' as const, text: COLLEAGUE.left(duty.name, duty.state), strong: true },
    { kind: 'text' as const, text: COLLEAGUE.yours },
    { kind: 'rule' as const },
    ...card.lines,
  ]
  return [cardMessage({ ...card, title: COLLEAGUE.title, lines }, COLLEAGUE.alt)]
}

/** To the level above: nobody is left at a unit. Pointless once somebody is. */
export function unitVacant(stage: Stage, notice: Extract<Notice, { type: 'unit-vacant' }>): Message[] | null {
  const { tx, deps } = stage
  if (appointedAt(tx, { unitId: notice.vacantId, role: 'officer' }, deps.now).length > 0) return null
  const { name } = unitById(tx, notice.vacantId)
  const card = {
    over: unitById(tx, notice.unitId).name,
    title: VACANT.one(name),
    lines: [
      { kind: 'text' as const, text: VACANT.waiting(name, waitingMatters(tx, notice.vacantId).total), strong: true },
      { kind: 'text' as const, text: VACANT.next },
    ],
    buttons: [say(PEOPLE.inviteOne(name), `${SAY.invite} ${name}`, 'primary')],
  }
  return [cardMessage(card, VACANT.alt)]
}

const MOST_NAMED = 5

/** Which units below nobody answers for, as things stand when it is sent. */
export function vacancies(stage: Stage, notice: Extract<Notice, { type: 'vacancies' }>): Message[] | null {
  const { tx, deps } = stage
  const vacant = unitsWithoutOfficer(tx, { unitId: notice.unitId }, deps.now)
  const [first] = vacant
  if (!first) return null
  const names = vacant.map(({ name }) => name)
  const card = {
    over: unitById(tx, notice.unitId).name,
    title: VACANT.title,
    lines: [
      ...unitList(VACANT.heading, names, { mark: '!', tone: 'wait', most: MOST_NAMED }),
      { kind: 'rule' as const },
      { kind: 'text' as const, text: VACANT.next },
    ],
    buttons: [say(PEOPLE.inviteOne(first.name), `${SAY.invite} ${first.name}`), say(SAY.inCharge, SAY.inCharge)],
  }
  return [cardMessage(card, VACANT.alt)]
}
