import type { Instant, OtherInstitutionId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { countChecks } from '../db/schema.ts'
import type { Tap } from './act-time.ts'
import type { Actor } from './actor.ts'
import { alreadyConfirmed, confirmationOf } from './component-state.ts'
import { appendEvent } from './event-log.ts'
import { type OtherInstitution, otherInstitutionsOf } from './record-counts.ts'
import { type Round, windowOf } from './rounds.ts'
import { type Decision, type Refusal, refuse } from './rules/refusal.ts'
import { dateTap } from './rules/round-window.ts'

/** How one institution of another affiliation stands for its LAO's check (R23). */
export type CountCheckState = 'checked' | 'unchanged?' | 'in-sheet'

/**
 * checked: ticked in the sheet, or called unchanged in chat. unchanged?: the earlier figure is known and nothing else is typed. in-sheet:
 * no earlier figure, another one typed, or 0, which needs its reason (R24): that is done in the sheet.
 */
export function countCheckState(row: OtherInstitution): CountCheckState {
  const shown = row.current ?? row.checkedAs
  if (row.checked || (row.checkedAs !== null && row.checkedAs === shown)) return 'checked'
  const open = row.baseline !== null && row.baseline > 0 && (row.current === null || row.current === row.baseline)
  return open ? 'unchanged?' : 'in-sheet'
}

/** The institutions of other affiliations whose earlier figure may be called unchanged. */
export function uncheckedCounts(tx: Tx, input: { roundId: RoundId; laoId: UnitId }): OtherInstitution[] {
  return otherInstitutionsOf(tx, input).filter((row) => countCheckState(row) === 'unchanged?')
}

/** Why this person may not check counts now; null means yes. A check is no confirmation: it may be made as soon as recording is open. */
export function checkRefusal(
  tx: Tx,
  input: { round: Round; actor: Actor; tap?: Tap | undefined },
  now: Instant,
): Refusal | null {
  const { round, actor } = input
  if (actor.level !== 'lao') return { why: 'not-yours' }
  if (actor.role !== 'officer') return { why: 'reads-only' }
  const ref = { roundId: round.id, unitId: actor.unitId, component: 'other_counts' as const }
  const confirmation = confirmationOf(tx, ref)
  if (confirmation) return alreadyConfirmed(tx, confirmation)
  if (round.archivedAt !== null) return { why: 'round-archived', archivedAt: round.archivedAt }
  const { closesAt } = windowOf(tx, { round, unitId: actor.unitId, component: 'other_counts' }, now)
  // Without a confirmation a check has no effect: one that comes late is not worth the department's decision.
  const dated = dateTap({ ...(input.tap ?? { tappedAt: now, receivedAt: now }), closesAt })
  if (dated.held || dated.at >= closesAt) return { why: 'closed', closedAt: closesAt }
  return dated.at < round.recordingOpensAt ? { why: 'not-open-yet', opensAt: round.confirmingOpensAt } : null
}

/**
 * The LAO calls totals of other affiliations unchanged (ตรวจสอบแล้ว ไม่เปลี่ยนแปลง, R23), each for exactly the figure that was shown; what
 * was typed in the sheet meanwhile is named and left alone.
 */
export function checkCounts(
  tx: Tx,
  input: {
    round: Round
    actor: Actor
    rows: readonly { id: OtherInstitutionId; total: number }[]
    tap?: Tap | undefined
  },
  now: Instant,
): Decision<{ checked: number; changed: string[] }> {
  const { round, actor } = input
  const refusal = checkRefusal(tx, input, now)
  if (refusal) return refuse(refusal)
  const own = new Map(otherInstitutionsOf(tx, { roundId: round.id, laoId: actor.unitId }).map((row) => [row.id, row]))
  const asked = input.rows.flatMap(({ id, total }) => {
    const row = own.get(id)
    return row ? [{ row, total }] : []
  })
  const fits = asked.filter(({ row, total }) => countCheckState(row) === 'unchanged?' && row.baseline === total)
  const changed = asked.filter((one) => !fits.includes(one) && countCheckState(one.row) !== 'checked')
  if (fits.length === 0) return refuse({ why: 'nothing-to-check' })
  const at = input.tap ? Math.min(input.tap.tappedAt, input.tap.receivedAt) : now
  for (const { row, total } of fits) {
    const values = { total, appointmentId: actor.appointmentId, at }
    tx.insert(countChecks)
      .values({ roundId: round.id, otherInstitutionId: row.id, ...values })
      .onConflictDoUpdate({ target: [countChecks.roundId, countChecks.otherInstitutionId], set: values })
      .run()
  }
  appendEvent(tx, {
    at,
    type: 'counts-checked',
    roundId: round.id,
    unitId: actor.unitId,
    personId: actor.personId,
    appointmentId: actor.appointmentId,
    data: { institutions: fits.map(({ row, total }) => ({ id: row.id, total })) },
  })
  return { ok: true, checked: fits.length, changed: changed.map(({ row }) => row.name) }
}
