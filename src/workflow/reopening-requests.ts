import { and, asc, eq } from 'drizzle-orm'
import type { RequestId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type Component, reopeningRequests, reopeningSteps, units } from '../db/schema.ts'
import type { ReopeningRequest } from './reopening-step.ts'
import type { Round } from './rounds.ts'

export function requestById(tx: Tx, id: RequestId): ReopeningRequest | null {
  return tx.select().from(reopeningRequests).where(eq(reopeningRequests.id, id)).get() ?? null
}

export function openRequestOf(
  tx: Tx,
  input: { round: Round; unitId: UnitId; component: Component },
): ReopeningRequest | null {
  return (
    tx
      .select()
      .from(reopeningRequests)
      .where(
        and(
          eq(reopeningRequests.roundId, input.round.id),
          eq(reopeningRequests.unitId, input.unitId),
          eq(reopeningRequests.component, input.component),
          eq(reopeningRequests.state, 'waiting'),
        ),
      )
      .get() ?? null
  )
}

/** คำขอ: what waits for this unit's word, oldest first. */
export function requestsWaitingAt(tx: Tx, unitId: UnitId): (ReopeningRequest & { unitName: string })[] {
  return tx
    .select({ request: reopeningRequests, unitName: units.name })
    .from(reopeningRequests)
    .innerJoin(units, eq(units.id, reopeningRequests.unitId))
    .where(and(eq(reopeningRequests.waitingAtUnitId, unitId), eq(reopeningRequests.state, 'waiting')))
    .orderBy(asc(reopeningRequests.id))
    .all()
    .map((row) => ({ ...row.request, unitName: row.unitName }))
}

export function stepsOf(tx: Tx, requestId: RequestId): (typeof reopeningSteps.$inferSelect)[] {
  return tx
    .select()
    .from(reopeningSteps)
    .where(eq(reopeningSteps.requestId, requestId))
    .orderBy(asc(reopeningSteps.id))
    .all()
}
