import { randomUUID } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { OutboxId } from '../../db/ids.ts'
import type { Tx } from '../../db/open.ts'
import { preparedOn } from '../../db/prepared.ts'
import { startOfDay } from '../../workflow/rules/reminders/calendar.ts'
import { ROUTINE_FROM } from '../../workflow/rules/sending-order.ts'
import { changeRow } from './change-rows.ts'
import type { OutboxRow } from './due-rows.ts'
import { type BytesDeps, messageBytes } from './message-bytes.ts'

/** Why the bytes of a try of unknown fate are not sent once more: nothing is left to say, a newer one says it, or their day is over. */
export type Outdated = 'pointless' | 'replaced' | 'of-another-day'

/**
 * A routine message that LINE may have taken is repeated with the same bytes only while they are right: after a long silence it
 * would remind of what was done meanwhile, or of a deadline that has passed. Null: they are. Answers and news are always repeated.
 */
export function outdatedTry(deps: BytesDeps, tx: Tx, row: OutboxRow): Outdated | null {
  if (row.urgency < ROUTINE_FROM || row.firstTriedAt === null) return null
  if (preparedOn(tx, statements).newer.get({ id: row.id })) return 'replaced'
  // What cannot be put into words now is no reason to change anything.
  if (messageBytes(deps, tx, { ...row, payload: null }).kind === 'pointless') return 'pointless'
  const { now, toDomain } = deps.handleDeps()
  return startOfDay(toDomain(row.firstTriedAt)) === startOfDay(now) ? null : 'of-another-day'
}

/** Nobody knows whether it arrived: it ends as such, or begins anew with the words of today under another key. */
export function leaveTry(tx: Tx, row: OutboxRow, why: Outdated, now: number): void {
  if (why === 'of-another-day') {
    const anew = { attempts: 0, firstTriedAt: null, notBefore: 0, waitsFor: null, batchId: null, payload: null }
    changeRow(tx, row.id, { ...anew, retryKey: randomUUID() }, now)
    return
  }
  changeRow(tx, row.id, { state: 'unknown', error: WORDS[why] }, now)
}

const WORDS: Record<Exclude<Outdated, 'of-another-day'>, string> = {
  pointless: 'tried without an answer, and nothing is left to say by now',
  replaced: 'tried without an answer, and a newer message takes its place',
}

function statements(raw: Database.Database) {
  return {
    /** A later reminder of the same round to the same person, whatever it says, is the latest state. */
    newer: raw
      .prepare<[{ id: OutboxId }], number>(
        `select 1 from outbox o, outbox e indexed by outbox_pending_person
         where o.id = @id and e.state = 'pending' and e.line_user_id = o.line_user_id and e.id > o.id
           and json_extract(o.notice, '$.type') = 'reminder' and json_extract(e.notice, '$.type') = 'reminder'
           and json_extract(e.notice, '$.roundId') = json_extract(o.notice, '$.roundId') limit 1`,
      )
      .pluck(),
  }
}
