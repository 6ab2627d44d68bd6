import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Instant, RoundId, SharedPupilId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { agreements, sharedPupilClaims, sharedPupils } from '../db/schema.ts'
import { agreementOf } from './agreements.ts'
import { appendEvent } from './event-log.ts'
import { noticeUnit, URGENCY } from './notice.ts'
import { openSharedPupils } from './shared-pupils.ts'
import { commonSuperior } from './shared-pupils-superior.ts'
import { tellUnit } from './shared-pupils-tell.ts'
import { childrenOf, type Unit, unitById } from './unit.ts'

/**
 * What an institution has running with the levels above goes along when it, or its LAO, is moved: open questions about pupils in
 * two institutions go to whoever stands above all of them now, and what was agreed about its date holds with the new LAO.
 */
export function followMovedUnit(tx: Tx, input: { roundId: RoundId; unitId: UnitId }, now: Instant): void {
  const unit = unitById(tx, input.unitId)
  const institutions = unit.level === 'lao' ? childrenOf(tx, { unitId: unit.id, level: 'institution' }, now) : [unit]
  const ids = institutions.map(({ id }) => id)
  moveQuestions(tx, { roundId: input.roundId, institutionIds: ids }, now)
  if (unit.level === 'institution') moveAgreement(tx, { roundId: input.roundId, institution: unit }, now)
}

function moveQuestions(tx: Tx, input: { roundId: RoundId; institutionIds: UnitId[] }, now: Instant): void {
  const { roundId, institutionIds } = input
  const concerned = tx
    .selectDistinct({ id: sharedPupils.id })
    .from(sharedPupilClaims)
    .innerJoin(sharedPupils, eq(sharedPupils.id, sharedPupilClaims.sharedPupilId))
    .where(
      and(
        inArray(sharedPupilClaims.institutionId, institutionIds),
        isNull(sharedPupilClaims.endedAt),
        eq(sharedPupils.roundId, roundId),
        eq(sharedPupils.state, 'open'),
      ),
    )
    .all()
  const waiting = new Map<UnitId, SharedPupilId[]>()
  const questions = openSharedPupils(
    tx,
    concerned.map(({ id }) => id),
    now,
  )
  for (const { id, claims, superiorId, version, decided } of questions) {
    const above = commonSuperior(
      tx,
      claims.map((claim) => claim.institutionId),
    )
    if (above === superiorId) continue
    // What was shown to the former superior decides nothing any more.
    const change = { superiorId: above, version: version + 1 }
    tx.update(sharedPupils).set(change).where(eq(sharedPupils.id, id)).run()
    if (!decided && claims.every((claim) => claim.evidence !== null))
      waiting.set(above, [...(waiting.get(above) ?? []), id])
  }
  for (const [unitId, ids] of waiting) tellUnit(tx, { roundId, unitId, what: 'disputed', ids }, now)
}

/** The former LAO's own proposal ends: the new one has proposed nothing. */
function moveAgreement(tx: Tx, input: { roundId: RoundId; institution: Unit }, now: Instant): void {
  const { roundId, institution } = input
  const standing = agreementOf(tx, { roundId, institutionId: institution.id })
  const former = standing?.proposed?.proposedBy === 'lao' ? standing.proposed : null
  if (former) {
    tx.update(agreements).set({ state: 'replaced', answeredAt: now }).where(eq(agreements.id, former.id)).run()
    const data = { agreementId: former.id, answer: 'lapsed', by: 'operator', dueAt: former.dueAt }
    appendEvent(tx, { at: now, type: 'agreement-answered', roundId, unitId: institution.id, data })
  }
  const rows = [standing?.agreed ?? null, former ? null : (standing?.proposed ?? null)]
  for (const row of rows) {
    if (row === null || institution.parentId === null) continue
    const what = row.state === 'accepted' ? 'accepted' : 'proposed'
    const about = {
      type: 'deadline-agreement',
      what,
      roundId,
      unitId: institution.parentId,
      agreementId: row.id,
    } as const
    noticeUnit(tx, { unitId: institution.parentId, notice: about, urgency: URGENCY.result }, now)
  }
}
