import { eq } from 'drizzle-orm'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { units } from '../db/schema.ts'
import type { Tap } from './act-time.ts'
import { type Actor, appointedAt } from './actor.ts'
import { appendEvent } from './event-log.ts'
import { noticeUnit, URGENCY } from './notice.ts'
import { activeRound } from './rounds.ts'
import { type Decision, refuse } from './rules/refusal.ts'
import { endSubmission, waitingSubmission } from './submissions.ts'
import { unitById } from './unit.ts'

/**
 * A second person who certifies at an institution (domain.md section 7): switched on by its officer or its LAO, off by the LAO
 * alone, so that nobody frees himself of his own control.
 */
export function switchCertifier(
  tx: Tx,
  input: { actor: Actor; unitId: UnitId; on: boolean; tap?: Tap | undefined },
  now: Instant,
): Decision<{ changed: boolean; certifiers: string[] }> {
  const { actor, unitId, on } = input
  const unit = unitById(tx, unitId)
  if (unit.level !== 'institution') return refuse({ why: 'certifies-nothing' })
  const own = actor.unitId === unitId
  if (!own && unit.parentId !== actor.unitId) return refuse({ why: 'not-yours' })
  if (actor.role !== 'officer') return refuse({ why: 'reads-only' })
  if (own && !on) return refuse({ why: 'certifier-stays' })
  const certifiers = appointedAt(tx, { unitId, role: 'certifier' }, now).map(({ name }) => name)
  if (unit.certifierRequired === on) return { ok: true, changed: false, certifiers }
  tx.update(units).set({ certifierRequired: on }).where(eq(units.id, unitId)).run()
  appendEvent(tx, {
    at: now,
    type: 'certifier-switched',
    unitId,
    personId: actor.personId,
    appointmentId: actor.appointmentId,
    data: { on, ...(input.tap ? { tap: input.tap } : {}) },
  })
  const round = activeRound(tx)
  const waiting = on || !round ? null : waitingSubmission(tx, { roundId: round.id, unitId })
  if (waiting) endSubmission(tx, { submission: waiting, state: 'overtaken', actor, word: null }, now)
  const notice = { type: 'certifier-switched', unitId, on } as const
  noticeUnit(tx, { unitId, notice, urgency: URGENCY.result, except: actor.personId }, now)
  return { ok: true, changed: true, certifiers }
}
