import type Database from 'better-sqlite3'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { RequestId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
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
  const { unitId, component } = input
  return preparedOn(tx, requestStatements).open.get({ roundId: input.round.id, unitId, component }) ?? null
}

/** คำขอ: what waits for this unit's word, oldest first. */
export function requestsWaitingAt(tx: Tx, unitId: UnitId): (ReopeningRequest & { unitName: string })[] {
  return preparedOn(tx, requestStatements)
    .waiting.all({ unitId })
    .map((row) => ({ ...row.request, unitName: row.unitName }))
}

/** For every card: see docs/decisions/0009. */
function requestStatements(_raw: Database.Database, tx: Tx) {
  // Unbound, or SQLite does not know that the index of the waiting ones holds them all.
  const isWaiting = sql`${reopeningRequests.state} = 'waiting'`
  return {
    open: tx
      .select()
      .from(reopeningRequests)
      .where(
        and(
          eq(reopeningRequests.roundId, sql.placeholder('roundId')),
          eq(reopeningRequests.unitId, sql.placeholder('unitId')),
          eq(reopeningRequests.component, sql.placeholder('component')),
          isWaiting,
        ),
      )
      .prepare(),
    waiting: tx
      .select({ request: reopeningRequests, unitName: units.name })
      .from(reopeningRequests)
      .innerJoin(units, eq(units.id, reopeningRequests.unitId))
      .where(and(eq(reopeningRequests.waitingAtUnitId, sql.placeholder('unitId')), isWaiting))
      .orderBy(asc(reopeningRequests.id))
      .prepare(),
  }
}

export function stepsOf(tx: Tx, requestId: RequestId): (typeof reopeningSteps.$inferSelect)[] {
  return tx
    .select()
    .from(reopeningSteps)
    .where(eq(reopeningSteps.requestId, requestId))
    .orderBy(asc(reopeningSteps.id))
    .all()
}
