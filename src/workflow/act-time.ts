import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import type { Component } from '../db/schema.ts'
import type { Actor } from './actor.ts'
import { appendEvent } from './event-log.ts'
import { type Round, windowOf } from './rounds.ts'
import { guardWindow } from './rules/confirm-guards.ts'
import { type Decision, refuse } from './rules/refusal.ts'
import { dateTap } from './rules/round-window.ts'

/** A chat act on the domain clock: LINE's event time and our receipt. */
export type Tap = { tappedAt: Instant; receivedAt: Instant }

/**
 * The instant that dates an act on a component, when its window was open then (domain.md section 7: the tap counts when it arrives
 * within a minute). A tap made in time that arrives later is refused and held on record for the department.
 */
export function dateAct(
  tx: Tx,
  input: { round: Round; actor: Actor; unitId: UnitId; component: Component; tap?: Tap | undefined },
  now: Instant,
): Decision<{ at: Instant }> {
  const { round, actor, unitId, component } = input
  const tap = input.tap ?? { tappedAt: now, receivedAt: now }
  const { closesAt } = windowOf(tx, { round, unitId, component }, now)
  const dated = dateTap({ ...tap, closesAt })
  if (dated.held) {
    appendEvent(tx, {
      at: now,
      type: 'late-tap-held',
      roundId: round.id,
      unitId,
      personId: actor.personId,
      appointmentId: actor.appointmentId,
      data: { component, ...tap, closesAt },
    })
    return refuse({ why: 'held-late', tappedAt: tap.tappedAt, closedAt: closesAt })
  }
  const late = guardWindow(windowOf(tx, { round, unitId, component }, dated.at))
  return late ? refuse(late) : { ok: true, at: dated.at }
}
