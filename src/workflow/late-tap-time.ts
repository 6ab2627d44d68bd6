import { eq } from 'drizzle-orm'
import type { HeldActId, Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { heldActs } from '../db/schema.ts'
import { appendEvent } from './event-log.ts'
import type { ActMeant, HeldAct } from './held-act.ts'
import { requestById } from './reopening-requests.ts'
import { parentOf, type Round, roundById, windowOf } from './rounds.ts'
import { endOfNextWorkingDay } from './rules/next-working-day.ts'
import { isWorkingDay } from './rules/reminders/calendar.ts'
import type { WindowComponent } from './rules/round-window.ts'
import { type Unit, unitById } from './unit.ts'

type UnitRef = { id: UnitId; name: string }

/**
 * What accepting a late act leads to, which the department is told before it decides: `opens`, levels above whose time is over get
 * time to confirm what it brings; `needs-extension`, this unit could not finish what the act begins (`first`: the act cannot
 * even be accepted before it has time); `plain`, nothing more.
 */
export type LateOutlook =
  | { kind: 'opens'; units: UnitRef[]; until: Instant }
  | { kind: 'needs-extension'; unit: UnitRef; first: boolean }
  | { kind: 'plain' }

export function lateOutlook(tx: Tx, held: HeldAct, now: Instant): LateOutlook {
  const round = roundById(tx, held.roundId)
  const meant = held.input as ActMeant
  const shut = (unit: Unit): boolean => isShut(tx, { round, unit }, now)
  switch (meant.kind) {
    case 'confirm':
    case 'not-required': {
      const units = levelsAbove(tx, held.unitId).filter(shut).map(ref)
      return units.length === 0
        ? forItself(tx, held, shut)
        : { kind: 'opens', units, until: endOfNextWorkingDay(now, isWorkingDay) }
    }
    case 'mark':
      return forItself(tx, held, shut)
    case 'submit':
      return needs(unitById(tx, held.unitId), { shut, first: true })
    case 'cancel':
      return needs(unitById(tx, meant.unitId), { shut, first: false })
    case 'ask-reopening':
      return needs(unitById(tx, held.unitId), { shut, first: false })
    case 'pass-on': {
      const request = requestById(tx, meant.requestId)
      return request ? needs(unitById(tx, request.unitId), { shut, first: false }) : { kind: 'plain' }
    }
    case 'send-back':
      return { kind: 'plain' }
  }
}

/** A province that marks or spares has its own confirmation before it still. */
function forItself(tx: Tx, held: HeldAct, shut: (unit: Unit) => boolean): LateOutlook {
  const unit = unitById(tx, held.unitId)
  const confirms = (held.input as ActMeant).kind === 'confirm' || unit.level !== 'province'
  return confirms ? { kind: 'plain' } : needs(unit, { shut, first: false })
}

function needs(unit: Unit, input: { shut: (unit: Unit) => boolean; first: boolean }): LateOutlook {
  return input.shut(unit) ? { kind: 'needs-extension', unit: ref(unit), first: input.first } : { kind: 'plain' }
}

/**
 * The accepted act is carried out: the levels above it whose time is over may confirm again until the end of the next working day
 * after the decision (docs/decisions/0015). A fact of its own, on record; nothing below them opens.
 */
export function openAbove(tx: Tx, heldActId: HeldActId, now: Instant): void {
  const held = tx.select().from(heldActs).where(eq(heldActs.id, heldActId)).get()
  if (!held || held.decidedAt === null || held.aboveUntil !== null) return
  const outlook = lateOutlook(tx, held, held.decidedAt)
  if (outlook.kind !== 'opens' || outlook.until <= now) return
  tx.update(heldActs).set({ aboveUntil: outlook.until }).where(eq(heldActs.id, held.id)).run()
  appendEvent(tx, {
    at: now,
    type: 'late-tap-opened-above',
    roundId: held.roundId,
    unitId: held.unitId,
    personId: held.decidedByPersonId,
    appointmentId: held.decidedByAppointmentId,
    data: { heldActId: held.id, until: outlook.until, units: outlook.units.map(({ id }) => id) },
  })
}

/** The LAO and the province above a unit, lowest first. */
function levelsAbove(tx: Tx, unitId: UnitId): Unit[] {
  const above: Unit[] = []
  for (let id = parentOf(tx, unitId); id !== null; id = parentOf(tx, id)) {
    const unit = unitById(tx, id)
    if (unit.level === 'lao' || unit.level === 'province') above.push(unit)
  }
  return above
}

const COMPONENT: Partial<Record<Unit['level'], WindowComponent>> = {
  institution: 'roster',
  lao: 'overview',
  province: 'province',
}

function isShut(tx: Tx, input: { round: Round; unit: Unit }, now: Instant): boolean {
  const component = COMPONENT[input.unit.level]
  if (!component) return false
  return windowOf(tx, { round: input.round, unitId: input.unit.id, component }, now).state === 'closed'
}

const ref = ({ id, name }: Unit): UnitRef => ({ id, name })
