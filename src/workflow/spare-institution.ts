import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { dateAct, type Tap } from './act-time.ts'
import type { Actor } from './actor.ts'
import { alreadyConfirmed, confirmationOf, setState, stateOf } from './component-state.ts'
import { rosterOf } from './confirm-sheet.ts'
import { appendEvent } from './event-log.ts'
import { tellLaoWhenAllIn } from './level-above.ts'
import type { Round } from './rounds.ts'
import { reasonRefusal } from './rules/reason.ts'
import { type Decision, refuse } from './rules/refusal.ts'
import { unitById } from './unit.ts'

/**
 * An institution without a single pupil in this round: not required, by a recorded act of its LAO (domain.md section 8); else it
 * would keep its LAO from confirming for ever. A pupil who appears in its sheet later makes it required again.
 */
export function setInstitutionNotRequired(
  tx: Tx,
  input: { round: Round; actor: Actor; institutionId: UnitId; reason: string; tap?: Tap | undefined },
  now: Instant,
): Decision {
  const { round, actor, institutionId } = input
  const ref = { roundId: round.id, unitId: institutionId, component: 'roster' } as const
  if (actor.level !== 'lao' || unitById(tx, institutionId).parentId !== actor.unitId)
    return refuse({ why: 'not-yours' })
  if (actor.role !== 'officer') return refuse({ why: 'reads-only' })
  const unreasoned = reasonRefusal(input.reason)
  if (unreasoned) return refuse(unreasoned)
  const confirmation = confirmationOf(tx, ref)
  if (confirmation) return refuse(alreadyConfirmed(tx, confirmation))
  const roster = rosterOf(tx, round.id, institutionId)
  const rows = (roster?.counted ?? 0) + (roster?.errors ?? 0)
  if (rows > 0) return refuse({ why: 'has-pupils', rows })
  const meant = { kind: 'not-required', unitId: institutionId, reason: input.reason } as const
  const dated = dateAct(tx, { round, actor, unitId: institutionId, component: 'roster', meant, tap: input.tap }, now)
  if (!dated.ok) return dated
  const known = stateOf(tx, ref)
  if (known.state === 'not_required') return refuse({ why: 'not-required', reason: known.notRequiredReason ?? '' })
  setState(tx, ref, { state: 'not_required', notRequiredReason: input.reason }, now)
  appendEvent(tx, {
    at: now,
    type: 'not-required-set',
    roundId: round.id,
    unitId: institutionId,
    personId: actor.personId,
    appointmentId: actor.appointmentId,
    // The reason is what a person typed: it stands in the state, where it can be erased.
    data: {},
  })
  tellLaoWhenAllIn(tx, { roundId: round.id, laoId: actor.unitId }, now)
  return { ok: true }
}
