import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type Component, confirmations, snapshots } from '../db/schema.ts'
import type { Tap } from './act-time.ts'
import type { Actor } from './actor.ts'
import { type Confirmation, setState } from './component-state.ts'
import { appendEvent } from './event-log.ts'
import type { Round } from './rounds.ts'
import { dueOf } from './rules/round-window.ts'

/**
 * Writes an accepted confirmation: snapshot, event, numbered receipt with the log's head, state. The caller has judged
 * every guard in this same transaction. The act is dated by the tap, also when its processing ends later.
 */
export function writeConfirmation(
  tx: Tx,
  input: {
    round: Round
    actor: Actor
    unitId: UnitId
    component: Component
    tap: Tap
    datedAt: Instant
    hash: string
    counted: number
    totals: unknown
    rows: unknown[]
  },
  now: Instant,
): Confirmation {
  const { round, actor, unitId, component } = input
  const snapshot = tx
    .insert(snapshots)
    .values({
      roundId: round.id,
      unitId,
      component,
      hash: input.hash,
      counted: input.counted,
      totals: input.totals,
      rows: input.rows,
      createdAt: now,
    })
    .returning({ id: snapshots.id })
    .get()
  const receiptNumber = nextReceiptNumber(tx, round)
  const dueAt = dueOf(round, component)
  const afterDueAt = input.datedAt >= dueAt ? dueAt : null
  const event = appendEvent(tx, {
    at: now,
    type: 'confirmed',
    roundId: round.id,
    unitId,
    personId: actor.personId,
    appointmentId: actor.appointmentId,
    data: {
      component,
      receiptNumber,
      snapshotId: snapshot.id,
      hash: input.hash,
      counted: input.counted,
      datedAt: input.datedAt,
      afterDueAt,
    },
  })
  const confirmation = tx
    .insert(confirmations)
    .values({
      receiptNumber,
      roundId: round.id,
      unitId,
      component,
      snapshotId: snapshot.id,
      personId: actor.personId,
      appointmentId: actor.appointmentId,
      tappedAt: input.datedAt,
      receivedAt: input.tap.receivedAt,
      committedAt: now,
      afterDueAt,
      eventSeq: event.seq,
      headHash: event.hash,
    })
    .returning()
    .get()
  setState(
    tx,
    { roundId: round.id, unitId, component },
    { state: 'confirmed', confirmationId: confirmation.id, reportedConfirmationId: confirmation.id },
    now,
  )
  return confirmation
}

function nextReceiptNumber(tx: Tx, round: Round): string {
  const row = tx
    .select({ count: sql<number>`count(*)` })
    .from(confirmations)
    .where(eq(confirmations.roundId, round.id))
    .get()
  return `${round.code}-${String((row?.count ?? 0) + 1).padStart(6, '0')}`
}

/** Hash of what a level saw of the level below: any new, cancelled or renewed confirmation changes it. */
export function hashOfShown(parts: readonly (readonly (string | number | null)[])[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
