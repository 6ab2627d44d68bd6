import type Database from 'better-sqlite3'
import { and, eq, sql } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { type Component, componentStates, confirmations, people } from '../db/schema.ts'
import type { Refusal } from './rules/refusal.ts'

export type ComponentRef = { roundId: RoundId; unitId: UnitId; component: Component }
export type ComponentState = typeof componentStates.$inferSelect
export type Confirmation = typeof confirmations.$inferSelect

/** Asked many times for every card and act: see docs/decisions/0009. */
function stateStatements(raw: Database.Database, tx: Tx) {
  const key = and(
    eq(componentStates.roundId, sql.placeholder('roundId')),
    eq(componentStates.unitId, sql.placeholder('unitId')),
    eq(componentStates.component, sql.placeholder('component')),
  )
  return {
    state: tx.select().from(componentStates).where(key).prepare(),
    confirmation: tx
      .select({ confirmation: confirmations })
      .from(componentStates)
      .innerJoin(confirmations, eq(confirmations.id, componentStates.confirmationId))
      .where(key)
      .prepare(),
    confirmer: tx
      .select({ name: people.name })
      .from(people)
      .where(eq(people.id, sql.placeholder('personId')))
      .prepare(),
    write: raw.prepare<[ComponentState]>(
      `INSERT INTO component_states (round_id, unit_id, component, state, version, confirmation_id, reported_confirmation_id,
         reopened_times, not_required_reason, changed_at)
       VALUES (@roundId, @unitId, @component, @state, @version, @confirmationId, @reportedConfirmationId,
         @reopenedTimes, @notRequiredReason, @changedAt)
       ON CONFLICT (round_id, unit_id, component) DO UPDATE SET
         state = excluded.state, version = excluded.version, confirmation_id = excluded.confirmation_id,
         reported_confirmation_id = excluded.reported_confirmation_id, reopened_times = excluded.reopened_times,
         not_required_reason = excluded.not_required_reason, changed_at = excluded.changed_at`,
    ),
  }
}

/** State of a component; one that nobody touched yet is open at version 0. */
export function stateOf(tx: Tx, ref: ComponentRef): ComponentState {
  const { roundId, unitId, component } = ref
  const row = preparedOn(tx, stateStatements).state.get({ roundId, unitId, component })
  if (row) return row
  return {
    roundId,
    unitId,
    component,
    state: 'open',
    version: 0,
    confirmationId: null,
    reportedConfirmationId: null,
    reopenedTimes: 0,
    notRequiredReason: null,
    changedAt: 0,
  }
}

export function setState(
  tx: Tx,
  ref: ComponentRef,
  change: Partial<
    Pick<ComponentState, 'state' | 'confirmationId' | 'reportedConfirmationId' | 'reopenedTimes' | 'notRequiredReason'>
  >,
  now: Instant,
): void {
  const before = stateOf(tx, ref)
  const values = { ...before, ...change, version: before.version + 1, changedAt: now }
  preparedOn(tx, stateStatements).write.run(values)
}

/** The confirmation that holds now, or null while the component is open. */
export function confirmationOf(tx: Tx, ref: ComponentRef): Confirmation | null {
  const { roundId, unitId, component } = ref
  return preparedOn(tx, stateStatements).confirmation.get({ roundId, unitId, component })?.confirmation ?? null
}

/** For a person who was not the first: who confirmed, when, under which number. */
export function alreadyConfirmed(tx: Tx, confirmation: Confirmation): Refusal {
  const by = preparedOn(tx, stateStatements).confirmer.get({ personId: confirmation.personId })
  return {
    why: 'already-confirmed',
    receiptNumber: confirmation.receiptNumber,
    by: by?.name ?? '',
    at: confirmation.tappedAt,
  }
}
