import type Database from 'better-sqlite3'
import { inArray } from 'drizzle-orm'
import type { OutboxId } from '../../db/ids.ts'
import type { Tx } from '../../db/open.ts'
import { preparedOn } from '../../db/prepared.ts'
import { outbox } from '../../db/schema.ts'
import { ORDER_LINES } from '../../workflow/rules/sending-order.ts'

export type OutboxRow = typeof outbox.$inferSelect

type Asked = {
  now: number
  /** JSON array of LINE ids to which something is under way. */
  busy: string
  from: number
  to: number
  most: number
}

/** The order line of row `o`, as SQL: from which to which urgency order is kept with it. */
const lineOf = (end: 'from' | 'to'): string =>
  `case ${ORDER_LINES.map((line) => `when o.urgency <= ${line.to} then ${line[end]}`).join(' ')} else 99 end`

/**
 * Whose time has come, each time only the first of its person in its order line: an earlier one that has to wait keeps later ones of
 * its line waiting, and nobody else. A person to whom LINE took too many gets no push at all for a while; an answer by its reply
 * token waits for nothing but earlier replies. Conditions repeat those of the partial indexes word by word.
 */
function dueStatements(raw: Database.Database) {
  return {
    replies: raw
      .prepare<[Pick<Asked, 'now' | 'busy' | 'most'>], OutboxId>(
        `select o.id from outbox o indexed by outbox_pending_reply
         where o.state = 'pending' and o.channel = 'reply' and o.not_before <= @now
           and o.line_user_id not in (select value from json_each(@busy))
           and not exists (select 1 from outbox e indexed by outbox_pending_person
             where e.state = 'pending' and e.line_user_id = o.line_user_id and e.channel = 'reply' and e.id < o.id)
         order by o.id limit @most`,
      )
      .pluck(),
    pushes: raw
      .prepare<[Asked], OutboxId>(
        `select o.id from outbox o indexed by outbox_pending
         where o.state = 'pending' and o.urgency between @from and @to and o.channel = 'push' and o.not_before <= @now
           and o.batch_id is null
           and o.line_user_id not in (select value from json_each(@busy))
           and not exists (select 1 from outbox e indexed by outbox_pending_person
             where e.state = 'pending' and e.line_user_id = o.line_user_id and e.id < o.id
               and e.urgency >= ${lineOf('from')} and e.urgency <= ${lineOf('to')})
           and not exists (select 1 from outbox w indexed by outbox_pending_person
             where w.state = 'pending' and w.line_user_id = o.line_user_id and w.waits_for = 'person' and w.not_before > @now)
         order by o.urgency, o.id limit @most`,
      )
      .pluck(),
    /** Somebody else's turn first: an earlier or a more urgent message of the same person. */
    before: raw
      .prepare<[{ id: OutboxId }], number>(
        `select 1 from outbox o, outbox e indexed by outbox_pending_person
         where o.id = @id and e.state = 'pending' and e.line_user_id = o.line_user_id and e.id <> o.id
           and (e.id < o.id or e.urgency < o.urgency) limit 1`,
      )
      .pluck(),
    waiting: raw
      .prepare<[{ from: number; most: number }], number>(
        `select count(*) from (select 1 from outbox indexed by outbox_pending where state = 'pending' and urgency >= @from and channel = 'push' limit @most)`,
      )
      .pluck(),
  }
}

export const dueReplies = (tx: Tx, asked: { now: number; busy: readonly string[]; most: number }): OutboxRow[] =>
  asked.most <= 0
    ? []
    : rowsOf(tx, preparedOn(tx, dueStatements).replies.all({ ...asked, busy: JSON.stringify(asked.busy) }))

/** Pushes of an urgency `from` to `to`, the most urgent first. */
export const duePushes = (
  tx: Tx,
  asked: { now: number; busy: readonly string[]; from: number; to: number; most: number },
): OutboxRow[] =>
  asked.most <= 0 || asked.to < asked.from
    ? []
    : rowsOf(tx, preparedOn(tx, dueStatements).pushes.all({ ...asked, busy: JSON.stringify(asked.busy) }))

export const somethingComesFirst = (tx: Tx, id: OutboxId): boolean =>
  preparedOn(tx, dueStatements).before.get({ id }) !== undefined

/** How many pushes wait, counted no further than `most`. */
export const pushesWaiting = (tx: Tx, input: { from: number; most: number }): number =>
  preparedOn(tx, dueStatements).waiting.get(input) ?? 0

function rowsOf(tx: Tx, ids: OutboxId[]): OutboxRow[] {
  if (ids.length === 0) return []
  const place = new Map(ids.map((id, index) => [id, index]))
  const rows = tx.select().from(outbox).where(inArray(outbox.id, ids)).all()
  return rows.sort((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0))
}
