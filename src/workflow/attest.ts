import { and, desc, eq } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { attestations, type Component } from '../db/schema.ts'
import type { Actor } from './actor.ts'
import { appendEvent } from './event-log.ts'

/** Records the act of R28: this appointed person attests that everyone in exactly this content exists. */
export function attest(
  tx: Tx,
  input: { actor: Actor; roundId: RoundId; unitId: UnitId; component: Component; contentHash: string; counted: number },
  now: Instant,
): void {
  const { actor, ...facts } = input
  tx.insert(attestations)
    .values({ ...facts, personId: actor.personId, appointmentId: actor.appointmentId, at: now })
    .run()
  appendEvent(tx, {
    at: now,
    type: 'existence-attested',
    roundId: input.roundId,
    unitId: input.unitId,
    personId: actor.personId,
    appointmentId: actor.appointmentId,
    data: { component: input.component, contentHash: input.contentHash, counted: input.counted },
  })
}

/** Content that this appointment attested last for the component, or null. */
export function attestedHash(
  tx: Tx,
  input: { actor: Actor; roundId: RoundId; unitId: UnitId; component: Component },
): string | null {
  const row = tx
    .select({ hash: attestations.contentHash })
    .from(attestations)
    .where(
      and(
        eq(attestations.roundId, input.roundId),
        eq(attestations.unitId, input.unitId),
        eq(attestations.component, input.component),
        eq(attestations.appointmentId, input.actor.appointmentId),
      ),
    )
    .orderBy(desc(attestations.id))
    .limit(1)
    .get()
  return row?.hash ?? null
}
