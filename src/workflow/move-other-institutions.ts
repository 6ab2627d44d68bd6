import { and, eq, isNull } from 'drizzle-orm'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { otherInstitutions } from '../db/schema.ts'
import { appendEvent } from './event-log.ts'
import type { ChangeGround } from './write-unit.ts'

/**
 * The institutions of other affiliations that a merged LAO funded are funded by the one that takes over, which confirms their
 * counts from now on. One that both fund is kept once.
 */
export function moveOtherInstitutions(
  tx: Tx,
  input: { fromId: UnitId; toId: UnitId; ground: ChangeGround },
  now: Instant,
): void {
  const { fromId, toId, ground } = input
  const open = (laoId: UnitId) =>
    tx
      .select()
      .from(otherInstitutions)
      .where(and(eq(otherInstitutions.laoId, laoId), isNull(otherInstitutions.closedAt)))
      .all()
  // Closed ones too: a code stands once for each LAO.
  const there = tx.select().from(otherInstitutions).where(eq(otherInstitutions.laoId, toId)).all()
  const { letterNumber, by } = ground
  for (const { id, code } of open(fromId)) {
    const same = there.find((other) => other.code === code)
    const set = same ? { closedAt: now } : { laoId: toId }
    tx.update(otherInstitutions).set(set).where(eq(otherInstitutions.id, id)).run()
    if (same?.closedAt)
      tx.update(otherInstitutions).set({ closedAt: null }).where(eq(otherInstitutions.id, same.id)).run()
    const data = { otherInstitutionId: id, code, toLaoId: toId, keptAs: same?.id ?? null, letterNumber, by }
    const type = same ? 'other-institution-closed' : 'other-institution-changed'
    appendEvent(tx, { at: now, type, unitId: fromId, data })
  }
}
