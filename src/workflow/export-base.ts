import type Database from 'better-sqlite3'
import type { ConfirmationId, Instant, RoundId, SnapshotId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import type { Component } from '../db/schema.ts'

/** The confirmation whose figure is reported: the one that holds, or the last one while the unit corrects. */
export type Reported = {
  confirmationId: ConfirmationId
  receiptNumber: string
  confirmedAt: Instant
  /** The due instant that was passed, when it was confirmed after it. */
  afterDueAt: Instant | null
  headHash: string
  snapshotId: SnapshotId
  counted: number
  /** The same figure as the append-only log has it. */
  loggedCounted: number | null
}

type ReportedRow = Reported & { unitId: UnitId; parentId: UnitId | null; component: Component }
type StateRow = { unitId: UnitId; component: Component; state: string; reason: string | null; reopenedTimes: number }
type Key = `${UnitId}:${Component}`

export type ExportBase = {
  head: { seq: number; hash: string }
  lastReceipt: { receiptNumber: string; headHash: string } | null
  codeOf: (id: UnitId) => string
  reportedOf: (id: UnitId, component: Component) => Reported | null
  /** Units directly above those that report a figure. */
  parentsOfReported: ReadonlySet<UnitId | null>
  isConfirmed: (id: UnitId, component: Component) => boolean
  reasonOf: (id: UnitId, component: Component) => string | null
  reopenedTimesOf: (id: UnitId, component: Component) => number
}

/** All of a round that an export looks up, read in four statements: the nation has 30,000 units. */
export function exportBase(tx: Tx, roundId: RoundId): ExportBase {
  const { reported, states, codes, head, lastReceipt } = preparedOn(tx, exportStatements)
  const rows = reported.all(roundId)
  const byKey = new Map(rows.map((row) => [`${row.unitId}:${row.component}` as Key, row]))
  const stateByKey = new Map(states.all(roundId).map((row) => [`${row.unitId}:${row.component}` as Key, row]))
  const codeById = new Map(codes.all().map(({ unitId, code }) => [unitId, code]))
  return {
    head: head.get() ?? { seq: 0, hash: '' },
    lastReceipt: lastReceipt.get(roundId) ?? null,
    codeOf: (id) => codeById.get(id) ?? '',
    reportedOf: (id, component) => byKey.get(`${id}:${component}`) ?? null,
    parentsOfReported: new Set(rows.map((row) => row.parentId)),
    isConfirmed: (id, component) => stateByKey.get(`${id}:${component}`)?.state === 'confirmed',
    reasonOf: (id, component) => stateByKey.get(`${id}:${component}`)?.reason ?? null,
    reopenedTimesOf: (id, component) => stateByKey.get(`${id}:${component}`)?.reopenedTimes ?? 0,
  }
}

function exportStatements(raw: Database.Database) {
  return {
    reported: raw.prepare<[RoundId], ReportedRow>(
      `SELECT cs.unit_id AS unitId, u.parent_id AS parentId, cs.component, c.id AS confirmationId,
         c.receipt_number AS receiptNumber, c.tapped_at AS confirmedAt, c.after_due_at AS afterDueAt, c.head_hash AS headHash,
         s.id AS snapshotId, s.counted, json_extract(e.data, '$.counted') AS loggedCounted
       FROM component_states cs
       JOIN units u ON u.id = cs.unit_id
       JOIN confirmations c ON c.id = cs.reported_confirmation_id
       JOIN snapshots s ON s.id = c.snapshot_id
       LEFT JOIN events e ON e.seq = c.event_seq AND e.type = 'confirmed'
       WHERE cs.round_id = ?`,
    ),
    states: raw.prepare<[RoundId], StateRow>(
      `SELECT unit_id AS unitId, component, state, not_required_reason AS reason, reopened_times AS reopenedTimes
       FROM component_states WHERE round_id = ?`,
    ),
    // The last one of each unit stays: a closed unit keeps the code it had.
    codes: raw.prepare<[], { unitId: UnitId; code: string }>(
      'SELECT unit_id AS unitId, code FROM unit_codes ORDER BY valid_from, id',
    ),
    head: raw.prepare<[], { seq: number; hash: string }>('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1'),
    lastReceipt: raw.prepare<[RoundId], { receiptNumber: string; headHash: string }>(
      `SELECT receipt_number AS receiptNumber, head_hash AS headHash FROM confirmations
       WHERE round_id = ? ORDER BY id DESC LIMIT 1`,
    ),
  }
}
