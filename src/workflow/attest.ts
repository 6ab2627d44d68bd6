import type Database from 'better-sqlite3'
import { and, desc, eq, sql } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
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
  const { roundId, unitId, component, actor } = input
  const { appointmentId } = actor
  return preparedOn(tx, attestationStatements).last.get({ roundId, unitId, component, appointmentId })?.hash ?? null
}

/** See docs/decisions/0009. */
function attestationStatements(_raw: Database.Database, tx: Tx) {
  const last = tx
    .select({ hash: attestations.contentHash })
    .from(attestations)
    .where(
      and(
        eq(attestations.roundId, sql.placeholder('roundId')),
        eq(attestations.unitId, sql.placeholder('unitId')),
        eq(attestations.component, sql.placeholder('component')),
        eq(attestations.appointmentId, sql.placeholder('appointmentId')),
      ),
    )
    .orderBy(desc(attestations.id))
    .limit(1)
    .prepare()
  return { last }
}
