import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { dateAct, type Tap } from './act-time.ts'
import type { Actor } from './actor.ts'
import { attestedHash } from './attest.ts'
import { alreadyConfirmed, type Confirmation, confirmationOf } from './component-state.ts'
import { tellProvinceWhenAllComplete } from './level-above.ts'
import { type Round, windowOf } from './rounds.ts'
import { guardOverview, guardSeen, guardWindow } from './rules/confirm-guards.ts'
import { type Decision, type Refusal, refuse } from './rules/refusal.ts'
import { type InstitutionLine, laoLines, overviewHash } from './structure.ts'
import { unitById } from './unit.ts'
import { writeConfirmation } from './write-confirmation.ts'

export type OverviewShown = { hash: string; counted: number; institutions: InstitutionLine[] }

/** What the LAO looks at before it confirms its overview, with the hash that its confirmation is bound to (R30). */
export function overviewShown(tx: Tx, input: { round: Round; laoId: UnitId }, now: Instant): OverviewShown {
  const line = laoLines(tx, { roundId: input.round.id, laos: [unitById(tx, input.laoId)] }, now)[0]
  return overviewOf(line?.institutions ?? [])
}

/** The same from an LAO's lines, where they are at hand. */
export function overviewOf(lines: readonly InstitutionLine[]): OverviewShown {
  const institutions = lines.filter((child) => child.state !== 'not_required')
  return {
    hash: overviewHash(institutions),
    counted: reportedFigure(lines),
    institutions,
  }
}

/** The confirmed figures of the institutions that are required; one that was spared or closed counts nowhere above it. */
export function reportedFigure(lines: readonly Pick<InstitutionLine, 'state' | 'reportedCount'>[]): number {
  return lines.reduce((sum, child) => sum + (child.state === 'not_required' ? 0 : (child.reportedCount ?? 0)), 0)
}

/** `shown`: what the actor's LAO looks at now, where the caller knows it already. */
export function overviewRefusal(
  tx: Tx,
  input: { round: Round; actor: Actor; shown?: OverviewShown | undefined },
  at: Instant,
): Refusal | null {
  const { round, actor } = input
  if (actor.level !== 'lao') return { why: 'not-yours' }
  if (actor.role !== 'officer') return { why: 'reads-only' }
  const confirmation = confirmationOf(tx, { roundId: round.id, unitId: actor.unitId, component: 'overview' })
  if (confirmation) return alreadyConfirmed(tx, confirmation)
  const late = guardWindow(windowOf(tx, { round, unitId: actor.unitId, component: 'overview' }, at))
  if (late) return late
  const shown = input.shown ?? overviewShown(tx, { round, laoId: actor.unitId }, at)
  return guardOverview(
    shown.institutions.map((child) => ({
      unit: { id: child.id, name: child.name },
      confirmed: child.state === 'confirmed',
      drifted: child.drifted,
    })),
  )
}

/** The LAO confirms the overview of its institutions (R30, R31), exactly as shown and with its own attestation (R28). */
export function confirmOverview(
  tx: Tx,
  input: { round: Round; actor: Actor; tap: Tap; seenHash: string },
  now: Instant,
): Decision<{ confirmation: Confirmation }> {
  const { round, actor, tap } = input
  const meant = { kind: 'confirm', component: 'overview', seenHash: input.seenHash } as const
  const dated = dateAct(tx, { round, actor, unitId: actor.unitId, component: 'overview', meant, tap }, now)
  if (!dated.ok) return dated
  const refusal = overviewRefusal(tx, { round, actor }, dated.at)
  if (refusal) return refuse(refusal)
  const shown = overviewShown(tx, { round, laoId: actor.unitId }, now)
  const attested = attestedHash(tx, { actor, roundId: round.id, unitId: actor.unitId, component: 'overview' })
  const unseen = guardSeen({ seenHash: input.seenHash, readHash: shown.hash, attestedHash: attested })
  if (unseen) return refuse(unseen)
  const rows = shown.institutions.map((child) => ({
    unitId: child.id,
    confirmationId: child.confirmationId,
    snapshotHash: child.snapshotHash,
    counted: child.reportedCount,
  }))
  const confirmation = writeConfirmation(
    tx,
    {
      round,
      actor,
      unitId: actor.unitId,
      component: 'overview',
      tap,
      datedAt: dated.at,
      hash: shown.hash,
      counted: shown.counted,
      totals: { counted: shown.counted, institutions: rows.length },
      rows,
    },
    now,
  )
  tellProvinceWhenAllComplete(tx, { roundId: round.id, laoId: actor.unitId }, now)
  return { ok: true, confirmation }
}
