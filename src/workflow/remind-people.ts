import type Database from 'better-sqlite3'
import type { AppointmentId, Instant, PersonId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import type { Role, UnreachableReason } from '../db/schema.ts'
import type { OwnQuiet } from './rules/reminders/quiet.ts'

/** Stands in the record for nobody: a unit without an officer (no row of `people` has this number). */
export const NOBODY = 0 as PersonId

export type PersonToTell = {
  unitId: UnitId
  role: Role
  personId: PersonId
  appointmentId: AppointmentId
  name: string
  telephone: string | null
  /** Null: chat reaches the account. */
  unreachable: Exclude<UnreachableReason, 'vacant'> | null
  quiet: OwnQuiet
}

/** Officers and executives in force at many units, by unit and appointment. */
export function peopleAt(tx: Tx, unitIds: readonly UnitId[], now: Instant): PersonToTell[] {
  return preparedOn(tx, statements)
    .people.all({ ids: JSON.stringify(unitIds), now })
    .map(({ bound, blocked, quietFrom, quietTo, ...person }) => ({
      ...person,
      unreachable: bound === 0 ? 'unbound' : blocked === 1 ? 'blocked' : null,
      quiet: quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo },
    }))
}

/** Who at these units has been reminded at which of these moments, whether or not it reached anybody. */
export function remindedAt(
  tx: Tx,
  input: { roundId: RoundId; unitIds: readonly UnitId[]; moments: readonly string[] },
): { unitId: UnitId; personId: PersonId; moment: string }[] {
  const { roundId, unitIds, moments } = input
  return preparedOn(tx, statements).reminded.all({
    roundId,
    ids: JSON.stringify(unitIds),
    moments: JSON.stringify(moments),
  })
}

type Row = Omit<PersonToTell, 'unreachable' | 'quiet'> & {
  bound: 0 | 1
  blocked: 0 | 1
  quietFrom: number | null
  quietTo: number | null
}

/** For every province at every moment: see docs/decisions/0009. */
function statements(raw: Database.Database) {
  return {
    people: raw.prepare<[{ ids: string; now: Instant }], Row>(
      `SELECT a.unit_id AS unitId, a.role, p.id AS personId, a.id AS appointmentId, p.name, p.telephone,
         p.line_user_id IS NOT NULL AS bound, p.blocked_at IS NOT NULL AS blocked, p.quiet_from AS quietFrom, p.quiet_to AS quietTo
       FROM json_each(@ids) asked CROSS JOIN appointments a INDEXED BY appointments_unit ON a.unit_id = asked.value
       JOIN people p ON p.id = a.person_id
       WHERE a.role IN ('officer', 'executive') AND a.valid_from <= @now AND (a.valid_to IS NULL OR a.valid_to > @now)
         AND a.suspended_at IS NULL
       ORDER BY a.unit_id, a.id`,
    ),
    reminded: raw.prepare<
      [{ roundId: RoundId; ids: string; moments: string }],
      { unitId: UnitId; personId: PersonId; moment: string }
    >(
      `SELECT r.unit_id AS unitId, r.person_id AS personId, r.moment FROM json_each(@moments) m CROSS JOIN json_each(@ids) asked
       CROSS JOIN reminders r INDEXED BY reminders_once
         ON r.round_id = @roundId AND r.moment = m.value AND r.unit_id = asked.value`,
    ),
  }
}
