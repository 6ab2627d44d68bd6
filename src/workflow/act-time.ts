import type { HeldActId, Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import type { Component } from '../db/schema.ts'
import type { Actor } from './actor.ts'
import { type ActMeant, holdAct } from './held-act.ts'
import { type Round, windowOf } from './rounds.ts'
import { guardWindow } from './rules/confirm-guards.ts'
import { type Decision, refuse } from './rules/refusal.ts'
import { dateTap } from './rules/round-window.ts'

/**
 * A chat act on the domain clock: LINE's event time and our receipt. `heldActId`: it came late and the department has accepted it,
 * so that the tap alone counts.
 */
export type Tap = { tappedAt: Instant; receivedAt: Instant; heldActId?: HeldActId | undefined }

/**
 * The instant that dates an act on a component, when its window was open then (domain.md section 7: the tap counts when it arrives
 * within a minute). A tap made in time that arrives later is refused and held on record for the department, with what it meant.
 */
export function dateAct(
  tx: Tx,
  input: { round: Round; actor: Actor; unitId: UnitId; component: Component; meant: ActMeant; tap?: Tap | undefined },
  now: Instant,
): Decision<{ at: Instant }> {
  const { round, actor, unitId, component, meant } = input
  const tap = input.tap ?? { tappedAt: now, receivedAt: now }
  const { closesAt } = windowOf(tx, { round, unitId, component }, now)
  // Nothing of an archived round waits for a decision or changes any more.
  if (round.archivedAt !== null) return refuse({ why: 'round-archived', archivedAt: round.archivedAt })
  const dated = dateTap({ ...tap, closesAt, accepted: tap.heldActId !== undefined })
  if (dated.held) {
    const { tappedAt, receivedAt } = tap
    holdAct(tx, { round, actor, unitId, component, meant, tappedAt, receivedAt, closesAt }, now)
    return refuse({ why: 'held-late', tappedAt, closedAt: closesAt })
  }
  const late = guardWindow(windowOf(tx, { round, unitId, component }, dated.at))
  return late ? refuse(late) : { ok: true, at: dated.at }
}
