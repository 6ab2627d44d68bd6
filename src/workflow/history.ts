import { and, count, desc, eq, isNotNull, notInArray } from 'drizzle-orm'
import type { Instant, PersonId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { events } from '../db/schema.ts'
import type { EventType } from './event-log.ts'
import { actOf, type EvidenceAct } from './evidence.ts'

/** What the system does or tells, though it names the person concerned. */
const NO_ACTS: EventType[] = ['reminder-queued', 'vacancies-reported']

export type HistoryPage = { acts: EvidenceAct[]; page: number; pages: number; total: number }

/**
 * ประวัติการดำเนินการ: what a person did, or what people did at a unit, newest first, from the log (R38). A page past the last is the last.
 */
export function historyOf(
  tx: Tx,
  input: { about: { personId: PersonId } | { unitId: UnitId }; page: number; size: number },
): HistoryPage {
  const { about, size } = input
  const whose =
    'personId' in about
      ? eq(events.personId, about.personId)
      : and(eq(events.unitId, about.unitId), isNotNull(events.personId))
  const acts = and(whose, notInArray(events.type, NO_ACTS))
  const total = tx.select({ total: count() }).from(events).where(acts).get()?.total ?? 0
  const pages = Math.max(1, Math.ceil(total / size))
  const page = Math.min(Math.max(1, input.page), pages)
  const rows = tx
    .select()
    .from(events)
    .where(acts)
    .orderBy(desc(events.seq))
    .limit(size)
    .offset((page - 1) * size)
    .all()
  return { acts: rows.map((row) => actOf(tx, row)), page, pages, total }
}

/** When the person did it: an act carried out later is dated by its tap. */
export function madeAt(act: EvidenceAct): Instant {
  const { datedAt } = act.data
  return typeof datedAt === 'number' ? datedAt : act.at
}
