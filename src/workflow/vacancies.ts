import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { and, eq, gt, isNotNull, isNull, lte, notExists, or, type Placeholder, sql } from 'drizzle-orm'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { appointments, units } from '../db/schema.ts'
import { appointedAt } from './actor.ts'
import { appendEvent } from './event-log.ts'
import { queueNotice, URGENCY } from './notice.ts'
import type { Round } from './rounds.ts'

export type VacantUnit = { id: UnitId; name: string }

/** Exists at `now`, and no officer is appointed there in force: an executive or a certifier alone can do nothing for it. */
const vacant = (tx: Pick<Tx, 'select'>, now: Instant | Placeholder) =>
  and(
    or(isNull(units.closedAt), gt(units.closedAt, now)),
    notExists(
      tx
        .select({ id: appointments.id })
        .from(appointments)
        .where(
          and(
            eq(appointments.unitId, units.id),
            eq(appointments.role, 'officer'),
            lte(appointments.validFrom, now),
            or(isNull(appointments.validTo), gt(appointments.validTo, now)),
            isNull(appointments.suspendedAt),
          ),
        ),
    ),
  )

/** Units directly below that nobody is appointed for, by id. */
export function unitsWithoutOfficer(tx: Tx, input: { unitId: UnitId }, now: Instant): VacantUnit[] {
  return preparedOn(tx, vacancyStatements).below.all({ unitId: input.unitId, now })
}

/** For every card of a level above: see docs/decisions/0009. */
function vacancyStatements(_raw: Database.Database, tx: Tx) {
  const below = tx
    .select({ id: units.id, name: units.name })
    .from(units)
    .where(and(eq(units.parentId, sql.placeholder('unitId')), vacant(tx, sql.placeholder('now'))))
    .orderBy(units.id)
    .prepare()
  return { below }
}

/** Units that have such a unit directly below. */
export function superiorsOfVacancies(tx: Pick<Tx, 'select' | 'selectDistinct'>, now: Instant): UnitId[] {
  return tx
    .selectDistinct({ id: units.parentId })
    .from(units)
    .where(and(isNotNull(units.parentId), vacant(tx, now)))
    .all()
    .flatMap((row) => row.id ?? [])
}

/**
 * Tells the officers of the level above which of their units nobody is appointed for: one message for each distinct list, also to
 * somebody who is appointed later. Returns how many were queued.
 */
export function reportVacancies(tx: Tx, input: { round: Round; superiorId: UnitId }, now: Instant): number {
  const { round, superiorId } = input
  const vacancies = unitsWithoutOfficer(tx, { unitId: superiorId }, now)
  if (vacancies.length === 0) return 0
  const list = createHash('sha256')
    .update(vacancies.map(({ id }) => id).join(' '))
    .digest('hex')
    .slice(0, 16)
  let queued = 0
  for (const officer of appointedAt(tx, { unitId: superiorId, role: 'officer' }, now)) {
    const dedupeKey = `vacancies:${round.id}:${superiorId}:${officer.personId}:${list}`
    const notice = { type: 'vacancies', roundId: round.id, unitId: superiorId } as const
    const outboxId = queueNotice(tx, { personId: officer.personId, notice, urgency: URGENCY.digest, dedupeKey }, now)
    if (outboxId === null) continue
    queued += 1
    appendEvent(tx, {
      at: now,
      type: 'vacancies-reported',
      roundId: round.id,
      unitId: superiorId,
      personId: officer.personId,
      appointmentId: officer.appointmentId,
      data: { outboxId, vacant: vacancies.length, list },
    })
  }
  return queued
}
