import type { Instant } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import type { Tap } from './act-time.ts'
import type { Run } from './confirm-run.ts'
import { holdAct } from './held-act.ts'
import { roundById, windowOf } from './rounds.ts'
import type { Refusal } from './rules/refusal.ts'
import { dateTap } from './rules/round-window.ts'

/** The tap that a sequence was started by. */
export const tapOf = (run: Run): Tap => ({
  tappedAt: run.tappedAt,
  receivedAt: run.receivedAt,
  ...(run.heldActId === null ? {} : { heldActId: run.heldActId }),
})

/**
 * What the person of a refused sequence is told: when the tap came late it is held for the department instead, also when the sheet could not
 * be read.
 */
export function holdLateRun(tx: Tx, run: Run, refusal: Refusal, now: Instant): Refusal {
  if (run.purpose === 'show') return refusal
  if (refusal.why !== 'held-late' && refusal.why !== 'sheet-unreadable') return refusal
  const { unitId, component, personId, appointmentId } = run
  const round = roundById(tx, run.roundId)
  if (round.archivedAt !== null) return refusal
  const { closesAt } = windowOf(tx, { round, unitId, component }, now)
  const tap = tapOf(run)
  if (!dateTap({ ...tap, closesAt, accepted: tap.heldActId !== undefined }).held) return refusal
  const { tappedAt, receivedAt } = tap
  const meant = { kind: 'confirm', component, seenHash: run.seenHash ?? '', submissionId: run.submissionId } as const
  const actor = { personId, appointmentId }
  holdAct(tx, { round, actor, unitId, component, meant, tappedAt, receivedAt, closesAt }, now)
  return { why: 'held-late', tappedAt, closedAt: closesAt }
}
