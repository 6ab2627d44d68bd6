import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Instant, PersonId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { commands, pendingActions } from '../db/schema.ts'
import type { Actor } from './actor.ts'
import { logHead } from './event-log.ts'

export type PendingAction = typeof pendingActions.$inferSelect

export const ACTION_LIFE_MS = 24 * 60 * 60 * 1000

/** Makes the opaque id that a button carries: bound to this person, duty and input, single use, good for a day. */
export function offerAction(
  tx: Tx,
  input: {
    actor: Actor
    type: string
    input: unknown
    unitId?: UnitId | null
    roundId?: RoundId | null
    lifeMs?: number
  },
  now: Instant,
): string {
  const token = randomBytes(16).toString('base64url')
  tx.insert(pendingActions)
    .values({
      token,
      type: input.type,
      personId: input.actor.personId,
      appointmentId: input.actor.appointmentId,
      unitId: input.unitId ?? input.actor.unitId,
      roundId: input.roundId ?? null,
      input: input.input,
      createdAt: now,
      expiresAt: now + (input.lifeMs ?? ACTION_LIFE_MS),
    })
    .run()
  return token
}

export type TakenAction =
  | { ok: true; action: PendingAction }
  | { ok: false; why: 'unknown' | 'not-yours' }
  | { ok: false; why: 'used' | 'expired'; action: PendingAction }

/** Takes an action for its person, once. Whether it may still be done is judged afterwards, when it runs. */
export function takeAction(tx: Tx, input: { token: string; personId: PersonId }, now: Instant): TakenAction {
  const action = tx.select().from(pendingActions).where(eq(pendingActions.token, input.token)).get()
  if (!action) return { ok: false, why: 'unknown' }
  if (action.personId !== input.personId) return { ok: false, why: 'not-yours' }
  if (action.usedAt !== null) return { ok: false, why: 'used', action }
  if (now >= action.expiresAt) return { ok: false, why: 'expired', action }
  tx.update(pendingActions).set({ usedAt: now }).where(eq(pendingActions.token, input.token)).run()
  return { ok: true, action }
}

/**
 * Runs a taken action and records it under its idempotency key with the span of events that it wrote (null: it was refused or
 * changed nothing), in the same transaction.
 */
export function recordedAct<T>(tx: Tx, action: PendingAction, now: Instant, act: () => T): T {
  const before = logHead(tx).seq
  const result = act()
  const after = logHead(tx).seq
  tx.insert(commands)
    .values({
      idempotencyKey: `tap:${action.token}`,
      type: action.type,
      personId: action.personId,
      result: { events: after > before ? [before + 1, after] : null },
      at: now,
    })
    .run()
  return result
}
