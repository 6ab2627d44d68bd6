import type Database from 'better-sqlite3'
import { type EventType, GENESIS_HASH, hashOfRow } from '../../src/workflow/event-log.ts'
import { insertInto } from './insert-into.ts'

export type LogWriter = (event: {
  at: number
  type: EventType
  roundId: number
  unitId: number
  personId?: number
  appointmentId?: number
  data: Record<string, unknown>
}) => { seq: number; hash: string }

/** Appends to the log as the product does, faster: nobody else writes meanwhile. */
export function openLogWriter(raw: Database.Database): LogWriter {
  const columns = ['seq', 'at', 'type', 'version', 'round_id', 'unit_id', 'person_id', 'appointment_id', 'data']
  const insert = insertInto(raw, 'events', [...columns, 'previous_hash', 'hash'])
  const last = raw.prepare<[], { seq: number; hash: string }>('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1')
  let head = last.get() ?? { seq: 0, hash: GENESIS_HASH }
  return ({ at, type, roundId, unitId, personId = null, appointmentId = null, data: given }) => {
    const seq = head.seq + 1
    const data = JSON.stringify(given)
    const ids = { roundId, unitId, personId, appointmentId } as Pick<
      Parameters<typeof hashOfRow>[0],
      'roundId' | 'unitId' | 'personId' | 'appointmentId'
    >
    const hash = hashOfRow({ seq, at, type, version: 1, ...ids, data, previousHash: head.hash })
    insert(seq, at, type, 1, roundId, unitId, personId, appointmentId, data, head.hash, hash)
    head = { seq, hash }
    return head
  }
}
