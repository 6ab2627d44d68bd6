import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import type { UnreachableReason } from '../db/schema.ts'
import { agreementOf } from './agreements.ts'
import { provinceFigures } from './lao-figures.ts'
import type { Owes, ReminderDuty } from './notice.ts'
import { componentsOf, owesNow } from './remind.ts'
import { peopleAt } from './remind-people.ts'
import { type Round, windowOf } from './rounds.ts'
import type { ConfirmWindow, WindowComponent } from './rules/round-window.ts'
import { type InstitutionLine, institutionLine, institutionLines, laoLines } from './structure.ts'
import { childrenOf, type Unit, unitById } from './unit.ts'

/** A unit below that owes and that no officer can be told of in chat, with whom to call. */
export type OutOfReach = {
  name: string
  why: UnreachableReason
  people: string[]
  telephone: string | null
}

/** One duty of a reminder as things stand when it is put into words. */
export type ReminderLook = {
  unit: Unit
  role: ReminderDuty['role']
  kinds: ReminderDuty['kinds']
  owes: Owes
  /** Of the owed component that is due first. */
  window: ConfirmWindow
  /** Of the units below that owe, where their time is another one. */
  windowBelow: ConfirmWindow | null
  /** How many units below are looked at, of which `owes.units` owe. */
  unitsBelow: number
  /** Of an institution: what its sheet says, and the figure that stands while it corrects. */
  line: InstitutionLine | null
  agreedAt: Instant | null
  outOfReach: OutOfReach[]
}

const MOST_OUT_OF_REACH = 50

/** Null when nothing of it is left to say: done since, over since, or the time agreed on has passed. */
export function reminderLook(tx: Tx, input: { round: Round; duty: ReminderDuty }, now: Instant): ReminderLook | null {
  const { round, duty } = input
  const unit = unitById(tx, duty.unitId)
  if (unit.closedAt !== null && unit.closedAt <= now) return null
  const closing = duty.kinds.includes('closed')
  const owes = owesNow(tx, { round, unitId: unit.id, closed: closing }, now)
  if (!owes) return null
  const window = nextWindow(tx, { round, unit, owes }, now)
  if (window.state === 'closed' && !closing) return null
  const agreedAt = unit.level === 'institution' ? agreedOf(tx, { round, unitId: unit.id }) : null
  const only = (kind: ReminderDuty['kinds'][number]) => duty.kinds.every((one) => one === kind)
  if (only('agreed') && (agreedAt === null || now >= agreedAt)) return null
  if (only('digest') && owes.units.length === 0) return null
  const line =
    unit.level === 'institution' ? institutionLine(tx, { roundId: round.id, institutionId: unit.id }, now) : null
  return {
    unit,
    role: duty.role,
    kinds: duty.kinds,
    owes,
    window,
    windowBelow: owes.units.length > 0 ? otherWindowBelow(tx, { round, unit, window }, now) : null,
    unitsBelow: unitsBelow(tx, { round, unit }, now),
    line,
    agreedAt: agreedAt !== null && now < agreedAt ? agreedAt : null,
    outOfReach: outOfReach(tx, owes.units, now),
  }
}

/** Units that owe and that nobody answers for in chat. */
export function outOfReach(tx: Tx, units: readonly { id: UnitId; name: string }[], now: Instant): OutOfReach[] {
  if (units.length === 0) return []
  const officers = peopleAt(
    tx,
    units.map(({ id }) => id),
    now,
  ).filter(({ role }) => role === 'officer')
  const byUnit = Map.groupBy(officers, ({ unitId }) => unitId)
  const found: OutOfReach[] = []
  for (const { id, name } of units) {
    const there = byUnit.get(id) ?? []
    if (there.some(({ unreachable }) => unreachable === null)) continue
    if (found.length >= MOST_OUT_OF_REACH) break
    const telephone = there.find((person) => person.telephone !== null)?.telephone ?? unitById(tx, id).telephone
    found.push({
      name,
      why: there[0]?.unreachable ?? 'vacant',
      people: there.map((person) => person.name),
      telephone,
    })
  }
  return found
}

/** An LAO may owe two things with deadlines of their own: the one that ends first, as long as it can be done. */
function nextWindow(tx: Tx, input: { round: Round; unit: Unit; owes: Owes }, now: Instant): ConfirmWindow {
  const { round, unit, owes } = input
  const owed: WindowComponent[] = componentsOf(owes)
  if (owes.units.length > 0) owed.push(unit.level === 'lao' ? 'overview' : 'province')
  const windows = [...new Set(owed)].map((component) => windowOf(tx, { round, unitId: unit.id, component }, now))
  const endOf = (window: ConfirmWindow) => (now < window.dueAt ? window.dueAt : window.closesAt)
  const open = windows.filter(({ state }) => state !== 'closed').sort((a, b) => endOf(a) - endOf(b))
  const window = open[0] ?? windows[0]
  if (!window) throw new Error(`unit ${unit.id} owes nothing`)
  return window
}

/** An extension for one of them reaches the unit above too. */
function otherWindowBelow(
  tx: Tx,
  input: { round: Round; unit: Unit; window: ConfirmWindow },
  now: Instant,
): ConfirmWindow | null {
  const { round, unit, window } = input
  if (unit.level === 'institution' || unit.level === 'department') return null
  const component = unit.level === 'province' ? 'overview' : 'roster'
  const below = windowOf(tx, { round, unitId: unit.id, component }, now)
  return below.dueAt === window.dueAt && below.closesAt === window.closesAt ? null : below
}

const agreedOf = (tx: Tx, input: { round: Round; unitId: UnitId }): Instant | null =>
  agreementOf(tx, { roundId: input.round.id, institutionId: input.unitId })?.agreed?.dueAt ?? null

function unitsBelow(tx: Tx, input: { round: Round; unit: Unit }, now: Instant): number {
  const { round, unit } = input
  switch (unit.level) {
    case 'institution':
      return 0
    case 'lao':
      return institutionLines(tx, { roundId: round.id, laoIds: [unit.id] }, now).filter(
        ({ state }) => state !== 'not_required',
      ).length
    case 'province': {
      const laos = childrenOf(tx, { unitId: unit.id, level: 'lao' }, now)
      return laoLines(tx, { roundId: round.id, laos }, now).filter(
        ({ overview, otherCounts }) => overview !== 'not_required' || otherCounts !== 'not_required',
      ).length
    }
    case 'department':
      return provinceFigures(tx, { roundId: round.id, departmentId: unit.id }, now).length
  }
}
