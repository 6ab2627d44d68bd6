import type Database from 'better-sqlite3'
import type { LogWriter } from './fill-log.ts'
import { insertInto } from './insert-into.ts'
import { HOUR, NOW } from './nation-size.ts'
import type { Officer } from './place-units.ts'

export type RawConfirmation = {
  unitId: number
  officer: Officer
  component: 'roster' | 'overview' | 'other_counts' | 'province'
  hash: string
  counted: number
  /** JSON of the snapshot's rows. */
  rows: string
  totals?: object
  /** Reopened since: reported, but no longer in force. */
  reopened?: boolean
}

/** Writes what a confirmation leaves behind: snapshot, receipt, attestation, state and events. */
export function rawConfirmations(raw: Database.Database, input: { roundId: number; log: LogWriter }) {
  const { roundId, log } = input
  const unit = ['round_id', 'unit_id', 'component']
  const snapshot = insertInto(raw, 'snapshots', [...unit, 'hash', 'counted', 'totals', 'rows', 'created_at'])
  const people = ['person_id', 'appointment_id']
  const confirmation = insertInto(raw, 'confirmations', [
    'receipt_number',
    ...unit,
    'snapshot_id',
    ...people,
    'tapped_at',
    'received_at',
    'committed_at',
    'event_seq',
    'head_hash',
    'cancelled_at',
  ])
  const state = insertInto(raw, 'component_states', [
    ...unit,
    'state',
    'version',
    'confirmation_id',
    'reported_confirmation_id',
    'reopened_times',
    'changed_at',
  ])
  const attestation = insertInto(raw, 'attestations', [...unit, 'content_hash', 'counted', ...people, 'at'])
  let receipts = 0
  return (given: RawConfirmation): number => {
    const { unitId, officer, component, hash, counted, rows, totals = { counted }, reopened = false } = given
    const { personId, appointmentId } = officer
    receipts += 1
    const at = NOW - 48 * HOUR + receipts * 3_000
    const receiptNumber = `2567/1-${String(receipts).padStart(6, '0')}`
    if (component === 'roster') {
      attestation(roundId, unitId, component, hash, counted, personId, appointmentId, at)
      log({
        at,
        type: 'existence-attested',
        roundId,
        unitId,
        ...officer,
        data: { component, contentHash: hash, counted },
      })
    }
    const snapshotId = snapshot(roundId, unitId, component, hash, counted, JSON.stringify(totals), rows, at)
    const data = { component, receiptNumber, snapshotId, hash, counted, datedAt: at, afterDueAt: null }
    const head = log({ at, type: 'confirmed', roundId, unitId, ...officer, data })
    const id = confirmation(
      receiptNumber,
      roundId,
      unitId,
      component,
      snapshotId,
      personId,
      appointmentId,
      at,
      at,
      at,
      head.seq,
      head.hash,
      reopened ? at + HOUR : null,
    )
    state(
      roundId,
      unitId,
      component,
      reopened ? 'open' : 'confirmed',
      1,
      reopened ? null : id,
      id,
      reopened ? 1 : 0,
      at,
    )
    return id
  }
}
