import { and, eq, ne, or, sql } from 'drizzle-orm'
import type { UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { agreements, reopeningRequests, submissions, units } from '../db/schema.ts'
import { activeRound } from './rounds.ts'

export type WaitingMatters = {
  /** ขอยกเลิกการยืนยัน that wait for this unit's word. */
  requests: number
  /** Internal deadlines that the other side has proposed. */
  agreements: number
  /** Submitted and waiting for the second person. */
  submissions: number
  total: number
}

/** What waits at a unit for its officer's word: who takes over must know of it, and somebody must when nobody is there. */
export function waitingMatters(tx: Tx, unitId: UnitId): WaitingMatters {
  const round = activeRound(tx)
  const requests = count(
    tx
      .select({ n: sql<number>`count(*)` })
      .from(reopeningRequests)
      .where(and(eq(reopeningRequests.waitingAtUnitId, unitId), eq(reopeningRequests.state, 'waiting')))
      .get(),
  )
  if (!round) return { requests, agreements: 0, submissions: 0, total: requests }
  const proposed = count(
    tx
      .select({ n: sql<number>`count(*)` })
      .from(agreements)
      .innerJoin(units, eq(units.id, agreements.institutionId))
      .where(
        and(
          eq(agreements.roundId, round.id),
          eq(agreements.state, 'proposed'),
          or(
            and(eq(agreements.institutionId, unitId), eq(agreements.proposedBy, 'lao')),
            and(eq(units.parentId, unitId), ne(agreements.proposedBy, 'lao')),
          ),
        ),
      )
      .get(),
  )
  const submitted = count(
    tx
      .select({ n: sql<number>`count(*)` })
      .from(submissions)
      .where(and(eq(submissions.roundId, round.id), eq(submissions.unitId, unitId), eq(submissions.state, 'waiting')))
      .get(),
  )
  return { requests, agreements: proposed, submissions: submitted, total: requests + proposed }
}

const count = (row: { n: number } | undefined): number => row?.n ?? 0
