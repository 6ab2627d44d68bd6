import { and, eq, isNull } from 'drizzle-orm'
import type { RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { sharedPupilClaims, sharedPupils } from '../db/schema.ts'

/** Keys of an institution's pupils whom another institution counts too. */
export function keysSharedBy(tx: Tx, input: { roundId: RoundId; institutionId: UnitId }): Set<string> {
  const rows = tx
    .select({ key: sharedPupils.key })
    .from(sharedPupilClaims)
    .innerJoin(sharedPupils, eq(sharedPupils.id, sharedPupilClaims.sharedPupilId))
    .where(
      and(
        eq(sharedPupilClaims.institutionId, input.institutionId),
        isNull(sharedPupilClaims.endedAt),
        eq(sharedPupils.roundId, input.roundId),
        eq(sharedPupils.state, 'open'),
      ),
    )
    .all()
  return new Set(rows.map(({ key }) => key))
}
