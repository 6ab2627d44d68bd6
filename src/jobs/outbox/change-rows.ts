import type Database from 'better-sqlite3'
import { and, eq } from 'drizzle-orm'
import type { OutboxId } from '../../db/ids.ts'
import type { Tx } from '../../db/open.ts'
import { preparedOn } from '../../db/prepared.ts'
import { outbox } from '../../db/schema.ts'
import type { OutboxRow } from './due-rows.ts'

export type RowChange = Partial<Omit<OutboxRow, 'id'>>

/** What becomes of a row that is still to be sent; one that was dropped by hand meanwhile stays so. */
export function changeRow(tx: Tx, id: OutboxId, change: RowChange, now: number): void {
  const endedAt = change.state ? now : null
  tx.update(outbox)
    .set({ ...change, endedAt })
    .where(and(eq(outbox.id, id), eq(outbox.state, 'pending')))
    .run()
}

/** Notes a try before it is made: after a crash its fate counts as unknown. False when the row is not as it was read. */
export function noteTry(tx: Tx, row: OutboxRow, change: { payload: string; at: number }): OutboxRow | null {
  const attempts = row.firstTriedAt === null ? 1 : row.attempts + 1
  const firstTriedAt = row.firstTriedAt ?? change.at
  const { payload } = change
  const noted = preparedOn(tx, changeStatements).tried.run({
    id: row.id,
    before: row.attempts,
    attempts,
    firstTriedAt,
    payload,
  })
  return noted.changes === 1 ? { ...row, payload, attempts, firstTriedAt, waitsFor: null } : null
}

/** LINE has taken it, whatever was decided here while it was on its way. */
export function noteAccepted(tx: Tx, id: OutboxId, accepted: { requestId: string | null; at: number }): void {
  preparedOn(tx, changeStatements).accepted.run({ id, ...accepted })
}

/** For every message: see docs/decisions/0009. */
function changeStatements(raw: Database.Database) {
  return {
    tried: raw.prepare<[{ id: OutboxId; before: number; attempts: number; firstTriedAt: number; payload: string }]>(
      `update outbox set payload = @payload, attempts = @attempts, first_tried_at = @firstTriedAt, waits_for = null
       where id = @id and state = 'pending' and attempts = @before`,
    ),
    accepted: raw.prepare<[{ id: OutboxId; requestId: string | null; at: number }]>(
      `update outbox set state = 'accepted', line_request_id = @requestId, ended_at = @at, waits_for = null
       where id = @id and state in ('pending', 'dropped')`,
    ),
  }
}
