import type Database from 'better-sqlite3'
import type { AppointmentId, Instant, PersonId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import type { Reach, Role, UnitLevel } from '../db/schema.ts'
import { parentOf } from './rounds.ts'

/** Whom an announcement would reach at one level; people with duties at several units of a level count once. */
export type LevelReached = {
  level: UnitLevel
  units: number
  /** Whose LINE account can be written to: what LINE counts against the quota. */
  people: number
  /** Appointed, but without an account or with one that blocked us. */
  unreached: number
  /** Units that nobody is appointed for. */
  vacant: number
}

export type Recipient = {
  unitId: UnitId
  personId: PersonId
  appointmentId: AppointmentId
  role: Role
}

/** How many people at which level, and how many messages in all: one for each person, however many duties. */
export function reachedBelow(
  tx: Tx,
  input: { unitId: UnitId; reach: Reach },
  now: Instant,
): { levels: LevelReached[]; people: number } {
  const { levels, people } = preparedOn(tx, scopeStatements)
  const asked = { unitId: input.unitId, depth: DEPTH[input.reach], now }
  const found = levels.all(asked).sort((one, other) => ORDER.indexOf(one.level) - ORDER.indexOf(other.level))
  return { levels: found, people: people.get(asked) ?? 0 }
}

/** How many accounts it goes to; `atLeastOne`: only whether it is any, which is known sooner. */
export function peopleBelow(
  tx: Tx,
  input: { unitId: UnitId; reach: Reach; atLeastOne?: boolean },
  now: Instant,
): number {
  const { people, anybody } = preparedOn(tx, scopeStatements)
  const asked = { unitId: input.unitId, depth: DEPTH[input.reach], now }
  return (input.atLeastOne ? anybody : people).get(asked) ?? 0
}

/** Officers and executives below a unit (`own`: and at it), at most `reach` levels down. */
export function recipientsBelow(
  tx: Tx,
  input: { unitId: UnitId; reach: Reach; own: boolean },
  now: Instant,
): Recipient[] {
  // The unit itself is one of the levels that are reached.
  const depth = DEPTH[input.reach] - (input.own ? 1 : 0)
  return preparedOn(tx, scopeStatements).recipients.all({ unitId: input.unitId, depth, from: input.own ? 0 : 1, now })
}

/** Whether what `fromId` announced is for this unit. */
export function isAddressed(tx: Tx, input: { fromId: UnitId; reach: Reach; unitId: UnitId }): boolean {
  let above = parentOf(tx, input.unitId)
  if (input.reach === 'next') return above === input.fromId
  for (let steps = 0; above !== null && steps < ORDER.length; steps += 1) {
    if (above === input.fromId) return true
    above = parentOf(tx, above)
  }
  return false
}

const ORDER: readonly UnitLevel[] = ['department', 'province', 'lao', 'institution']
const DEPTH: Record<Reach, number> = { all: ORDER.length, next: 1 }

const BELOW = `WITH RECURSIVE below(id, level, depth) AS (
    SELECT id, level, 0 FROM units WHERE id = @unitId
    UNION ALL
    SELECT u.id, u.level, b.depth + 1 FROM below b
    JOIN units u ON u.parent_id = b.id AND (u.closed_at IS NULL OR u.closed_at > @now)
    WHERE b.depth < @depth
  )`

const APPOINTED = `appointments a ON a.unit_id = b.id AND a.role IN ('officer', 'executive')
    AND a.valid_from <= @now AND (a.valid_to IS NULL OR a.valid_to > @now) AND a.suspended_at IS NULL`

const REACHABLE = 'p.line_user_id IS NOT NULL AND p.blocked_at IS NULL'

/** For every announcement and its preview: see docs/decisions/0009. */
function scopeStatements(raw: Database.Database) {
  type Asked = { unitId: UnitId; depth: number; now: Instant }
  return {
    levels: raw.prepare<[Asked], LevelReached>(
      `${BELOW}
       SELECT b.level, count(DISTINCT b.id) AS units,
         count(DISTINCT CASE WHEN ${REACHABLE} THEN p.id END) AS people,
         count(DISTINCT CASE WHEN NOT (${REACHABLE}) THEN p.id END) AS unreached,
         count(DISTINCT CASE WHEN p.id IS NULL THEN b.id END) AS vacant
       FROM below b LEFT JOIN ${APPOINTED} LEFT JOIN people p ON p.id = a.person_id
       WHERE b.depth > 0 GROUP BY b.level`,
    ),
    people: raw
      .prepare<[Asked], number>(
        `${BELOW}
         SELECT count(DISTINCT p.id) FROM below b JOIN ${APPOINTED} JOIN people p ON p.id = a.person_id
         WHERE b.depth > 0 AND ${REACHABLE}`,
      )
      .pluck(),
    anybody: raw
      .prepare<[Asked], number>(
        `${BELOW}
         SELECT 1 FROM below b CROSS JOIN ${APPOINTED} JOIN people p ON p.id = a.person_id
         WHERE b.depth > 0 AND ${REACHABLE} LIMIT 1`,
      )
      .pluck(),
    recipients: raw.prepare<[Asked & { from: number }], Recipient>(
      `${BELOW}
       SELECT b.id AS unitId, a.person_id AS personId, a.id AS appointmentId, a.role
       FROM below b JOIN ${APPOINTED} WHERE b.depth >= @from ORDER BY b.depth, b.id, a.id`,
    ),
  }
}
