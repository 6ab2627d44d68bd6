import { hash } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { ConfirmationId, Instant, RoundId, SnapshotId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { packJson } from '../db/packed-json.ts'
import { preparedOn } from '../db/prepared.ts'
import type { Component } from '../db/schema.ts'
import type { Tap } from './act-time.ts'
import type { Actor } from './actor.ts'
import { type Confirmation, setState } from './component-state.ts'
import { appendEvent } from './event-log.ts'
import type { Round } from './rounds.ts'
import { dueOf } from './rules/round-window.ts'

/** What a snapshot keeps: rows, or the bytes of their JSON as SQLite wrote them. */
export type SnapshotRows = unknown[] | Buffer

/**
 * Writes an accepted confirmation: snapshot, event, numbered receipt with the log's head, state. The caller has judged
 * every guard in this same transaction. The act is dated by the tap, also when its processing ends later.
 */
export function writeConfirmation(
  tx: Tx,
  input: {
    round: Round
    actor: Actor
    /** The second person, where one certifies. */
    certifier?: Actor | null
    unitId: UnitId
    component: Component
    tap: Tap
    datedAt: Instant
    hash: string
    counted: number
    totals: unknown
    rows: SnapshotRows
  },
  now: Instant,
): Confirmation {
  const { round, actor, certifier = null, unitId, component } = input
  const snapshotId = writeSnapshot(tx, input, now)
  const receiptNumber = nextReceiptNumber(tx, round)
  const dueAt = dueOf(round, component)
  const afterDueAt = input.datedAt >= dueAt ? dueAt : null
  const event = appendEvent(tx, {
    at: now,
    type: 'confirmed',
    roundId: round.id,
    unitId,
    personId: actor.personId,
    appointmentId: actor.appointmentId,
    data: {
      component,
      receiptNumber,
      snapshotId,
      hash: input.hash,
      counted: input.counted,
      datedAt: input.datedAt,
      afterDueAt,
      ...(certifier ? { certifier: { personId: certifier.personId, appointmentId: certifier.appointmentId } } : {}),
    },
  })
  const row = {
    receiptNumber,
    roundId: round.id,
    unitId,
    component,
    snapshotId,
    personId: actor.personId,
    appointmentId: actor.appointmentId,
    certifierPersonId: certifier?.personId ?? null,
    certifierAppointmentId: certifier?.appointmentId ?? null,
    tappedAt: input.datedAt,
    receivedAt: input.tap.receivedAt,
    committedAt: now,
    afterDueAt,
    eventSeq: event.seq,
    headHash: event.hash,
  }
  const { lastInsertRowid } = preparedOn(tx, receiptStatements).write.run(row)
  const id = Number(lastInsertRowid) as ConfirmationId
  const confirmation: Confirmation = { id, ...row, cancelledAt: null, cancelReason: null }
  setState(
    tx,
    { roundId: round.id, unitId, component },
    { state: 'confirmed', confirmationId: confirmation.id, reportedConfirmationId: confirmation.id },
    now,
  )
  return confirmation
}

type SnapshotInput = {
  round: Round
  unitId: UnitId
  component: Component
  hash: string
  counted: number
  totals: unknown
  rows: SnapshotRows
}

function writeSnapshot(tx: Tx, input: SnapshotInput, now: Instant): SnapshotId {
  const { round, unitId, component, hash: ofContent, counted } = input
  const json = Buffer.isBuffer(input.rows) ? input.rows : Buffer.from(JSON.stringify(input.rows))
  const { lastInsertRowid } = preparedOn(tx, receiptStatements).keep.run({
    roundId: round.id,
    unitId,
    component,
    hash: ofContent,
    counted,
    totals: JSON.stringify(input.totals),
    rows: packJson(json),
    createdAt: now,
  })
  return Number(lastInsertRowid) as SnapshotId
}

function nextReceiptNumber(tx: Tx, round: Round): string {
  const last = preparedOn(tx, receiptStatements).last.get(round.id)
  const number = last === undefined ? 0 : Number(last.slice(round.code.length + 1))
  return `${round.code}-${String(number + 1).padStart(6, '0')}`
}

/** The last one of the round is nearly always the last of all: found from the end (hence the +), not by counting a nation's. */
function receiptStatements(raw: Database.Database) {
  return {
    last: raw
      .prepare<[RoundId], string>(
        'SELECT receipt_number FROM confirmations WHERE +round_id = ? ORDER BY id DESC LIMIT 1',
      )
      .pluck(),
    keep: raw.prepare(
      `INSERT INTO snapshots (round_id, unit_id, component, hash, counted, totals, rows, created_at)
       VALUES (@roundId, @unitId, @component, @hash, @counted, @totals, @rows, @createdAt)`,
    ),
    write: raw.prepare<[Omit<Confirmation, 'id' | 'cancelledAt' | 'cancelReason'>]>(
      `INSERT INTO confirmations (receipt_number, round_id, unit_id, component, snapshot_id, person_id, appointment_id,
         certifier_person_id, certifier_appointment_id, tapped_at, received_at, committed_at, after_due_at, event_seq, head_hash)
       VALUES (@receiptNumber, @roundId, @unitId, @component, @snapshotId, @personId, @appointmentId,
         @certifierPersonId, @certifierAppointmentId, @tappedAt, @receivedAt, @committedAt, @afterDueAt, @eventSeq, @headHash)`,
    ),
  }
}

/** Hash of what a level saw of the level below: any new, cancelled or renewed confirmation changes it. */
export function hashOfShown(parts: readonly (readonly (string | number | null)[])[]): string {
  return hash('sha256', JSON.stringify(parts))
}
