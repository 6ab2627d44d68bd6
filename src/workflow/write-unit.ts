import type Database from 'better-sqlite3'
import type { AppointmentId, Instant, RoundId, UnitChangeId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { type UnitFacts, type UnitLevel, unitChanges } from '../db/schema.ts'
import { appendEvent, type EventType } from './event-log.ts'

export type NewUnit = UnitFacts & {
  level: UnitLevel
  district: string | null
  telephone: string | null
  /** Since when its code is its own. */
  validFrom: Instant
}

/** Adds a unit with its code and its event; a registry brings tens of thousands (docs/decisions/0009). */
export function insertUnit(tx: Tx, input: { unit: NewUnit; by: 'operator' | 'file' }, now: Instant): UnitId {
  const { unit, by } = input
  const { code, validFrom, ...columns } = unit
  const { insert, insertCode } = preparedOn(tx, unitStatements)
  const unitId = Number(insert.run({ ...columns, openedAt: now }).lastInsertRowid) as UnitId
  if (code !== null) insertCode.run({ unitId, code, validFrom })
  const { level, kind, name, parentId, district } = unit
  appendEvent(tx, {
    at: now,
    type: 'unit-added',
    unitId,
    data: { code, level, kind, name, parentId, district, validFrom, by },
  })
  return unitId
}

function unitStatements(raw: Database.Database) {
  return {
    insert: raw.prepare(
      `INSERT INTO units (level, kind, name, parent_id, district, telephone, opened_at, certifier_required)
       VALUES (@level, @kind, @name, @parentId, @district, @telephone, @openedAt, 0)`,
    ),
    insertCode: raw.prepare(
      'INSERT INTO unit_codes (unit_id, code, valid_from, valid_to) VALUES (@unitId, @code, @validFrom, NULL)',
    ),
  }
}

/** What an act on a unit rests on (R38): `validFrom` by the order, which may be earlier than its recording. */
export type ChangeGround = {
  validFrom: Instant
  reason: string | null
  letterNumber: string | null
  by: 'operator' | 'file'
  appointmentId?: AppointmentId | null
}

type What = (typeof unitChanges.$inferSelect)['what']

const EVENT: Record<What, EventType> = {
  renamed: 'unit-changed',
  recoded: 'unit-recoded',
  moved: 'unit-moved',
  closed: 'unit-closed',
  merged: 'unit-merged',
  reopened: 'unit-reopened',
}

/** Keeps what a unit was before and is from now on, with its event. The reason is what somebody typed: it stays out of the log. */
export function writeUnitChange(
  tx: Tx,
  input: {
    unitId: UnitId
    what: What
    before: UnitFacts
    after: UnitFacts
    ground: ChangeGround
    mergedIntoId?: UnitId | null
    /** The running round in which a unit that ends owes nothing any more; null when it is in none. */
    leavesRoundId?: RoundId | null
  },
  now: Instant,
): UnitChangeId {
  const { unitId, what, before, after, ground } = input
  const moved = before.parentId !== after.parentId
  const mergedIntoId = input.mergedIntoId ?? null
  const { id } = tx
    .insert(unitChanges)
    .values({
      unitId,
      what,
      validFrom: ground.validFrom,
      recordedAt: now,
      before,
      after,
      fromParentId: moved ? before.parentId : null,
      toParentId: moved ? after.parentId : null,
      mergedIntoId,
      reason: ground.reason,
      letterNumber: ground.letterNumber,
      byAppointmentId: ground.appointmentId ?? null,
    })
    .returning({ id: unitChanges.id })
    .get()
  const { validFrom, letterNumber, by } = ground
  appendEvent(tx, {
    at: now,
    type: EVENT[what],
    unitId,
    appointmentId: ground.appointmentId ?? null,
    data: {
      changeId: id,
      before,
      after,
      mergedIntoId,
      validFrom,
      letterNumber,
      by,
      ...(input.leavesRoundId === undefined ? {} : { leavesRoundId: input.leavesRoundId }),
    },
  })
  return id
}
