import { and, eq } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type Component, componentStates, confirmations, people } from '../db/schema.ts'
import type { Refusal } from './rules/refusal.ts'

export type ComponentRef = { roundId: RoundId; unitId: UnitId; component: Component }
export type ComponentState = typeof componentStates.$inferSelect
export type Confirmation = typeof confirmations.$inferSelect

const keyOf = (ref: ComponentRef) =>
  and(
    eq(componentStates.roundId, ref.roundId),
    eq(componentStates.unitId, ref.unitId),
    eq(componentStates.component, ref.component),
  )

/** State of a component; one that nobody touched yet is open at version 0. */
export function stateOf(tx: Tx, ref: ComponentRef): ComponentState {
  const row = tx.select().from(componentStates).where(keyOf(ref)).get()
  if (row) return row
  return {
    ...ref,
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
  tx.insert(componentStates)
    .values(values)
    .onConflictDoUpdate({
      target: [componentStates.roundId, componentStates.unitId, componentStates.component],
      set: values,
    })
    .run()
}

/** The confirmation that holds now, or null while the component is open. */
export function confirmationOf(tx: Tx, ref: ComponentRef): Confirmation | null {
  const id = stateOf(tx, ref).confirmationId
  if (id === null) return null
  return tx.select().from(confirmations).where(eq(confirmations.id, id)).get() ?? null
}

/** For a person who was not the first: who confirmed, when, under which number. */
export function alreadyConfirmed(tx: Tx, confirmation: Confirmation): Refusal {
  const by = tx.select({ name: people.name }).from(people).where(eq(people.id, confirmation.personId)).get()
  return {
    why: 'already-confirmed',
    receiptNumber: confirmation.receiptNumber,
    by: by?.name ?? '',
    at: confirmation.tappedAt,
  }
}
