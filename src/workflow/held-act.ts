import { and, eq } from 'drizzle-orm'
import type { HeldActId, Instant, RequestId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type Component, heldActs, units } from '../db/schema.ts'
import { type Actor, appointedAt } from './actor.ts'
import { appendEvent } from './event-log.ts'
import { queueNotice, URGENCY } from './notice.ts'
import type { Round } from './rounds.ts'

/** What a late act would have done, with exactly what the person saw. */
export type ActMeant =
  | { kind: 'confirm'; component: Component; seenHash: string; submissionId?: number | null }
  /** Laid before the second person who certifies. */
  | { kind: 'submit'; seenHash: string; counted: number }
  | { kind: 'mark'; laos: { id: UnitId; shownHash: string }[] }
  | { kind: 'not-required'; unitId: UnitId; reason: string }
  | { kind: 'cancel'; unitId: UnitId; component: Component; reason: string }
  | { kind: 'ask-reopening'; component: Component; category: string; reason: string }
  | { kind: 'pass-on'; requestId: RequestId; version: number; word: string }
  | { kind: 'send-back'; requestId: RequestId; version: number; word: string }

export type HeldAct = typeof heldActs.$inferSelect

const HOUR = 3_600_000

/** Puts a late act on record for the department, which is told once an hour at most. The same act of the same person waits once. */
export function holdAct(
  tx: Tx,
  input: {
    round: Round
    actor: Pick<Actor, 'personId' | 'appointmentId'>
    unitId: UnitId
    component: Component
    meant: ActMeant
    tappedAt: Instant
    receivedAt: Instant
    closesAt: Instant
  },
  now: Instant,
): HeldActId {
  const { round, actor, meant, ...facts } = input
  const { personId, appointmentId } = actor
  const known = tx
    .select()
    .from(heldActs)
    .where(and(eq(heldActs.roundId, round.id), eq(heldActs.personId, personId), eq(heldActs.state, 'waiting')))
    .all()
    .find((row) => row.unitId === facts.unitId && JSON.stringify(row.input) === JSON.stringify(meant))
  if (known) return known.id
  const { id } = tx
    .insert(heldActs)
    .values({ ...facts, roundId: round.id, personId, appointmentId, input: meant, state: 'waiting', createdAt: now })
    .returning({ id: heldActs.id })
    .get()
  const { component, tappedAt, receivedAt, closesAt } = facts
  appendEvent(tx, {
    at: now,
    type: 'late-tap-held',
    roundId: round.id,
    unitId: facts.unitId,
    personId,
    appointmentId,
    data: { heldActId: id, kind: meant.kind, component, tappedAt, receivedAt, closesAt },
  })
  tellDepartment(tx, round, now)
  return id
}

function tellDepartment(tx: Tx, round: Round, now: Instant): void {
  const department = tx.select({ id: units.id }).from(units).where(eq(units.level, 'department')).get()
  if (!department) return
  for (const { personId } of appointedAt(tx, { unitId: department.id, role: 'officer' }, now)) {
    const notice = { type: 'late-taps-waiting', roundId: round.id } as const
    const dedupeKey = `late-taps:${round.id}:${Math.floor(now / HOUR)}:${personId}`
    queueNotice(tx, { personId, notice, urgency: URGENCY.actNow, dedupeKey }, now)
  }
}
