import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { PersonId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { inbox, outbox, pendingActions } from '../db/schema.ts'
import { personOfLineUser } from '../workflow/person-account.ts'

type Stored = { message?: Record<string, unknown> | undefined; replyToken?: unknown } & Record<string, unknown>

/**
 * Somebody took a message back: its stored words go, with the buttons that were offered on them and the answers that may quote
 * them; the event stays so that it is not worked twice. What has become an act by then, with the reason recorded for it, stays:
 * it is evidence.
 */
export function forgetUnsent(tx: Tx, input: { orderKey: string; messageId: string }): void {
  const rows = tx
    .select({ id: inbox.id, body: inbox.body })
    .from(inbox)
    .where(
      and(eq(inbox.orderKey, input.orderKey), sql`json_extract(${inbox.body}, '$.message.id') = ${input.messageId}`),
    )
    .all()
  const person = personOfLineUser(tx, input.orderKey)
  for (const row of rows) {
    const { message, replyToken } = row.body as Stored
    const words = message?.['text']
    if (person && typeof words === 'string') forgetOffers(tx, { personId: person.id, words })
    if (typeof replyToken === 'string') forgetAnswer(tx, replyToken)
    forgetWords(tx, row)
  }
}

/** The text of one stored event. */
export function forgetWords(tx: Tx, row: Pick<typeof inbox.$inferSelect, 'id' | 'body'>): void {
  const { message, ...event } = row.body as Stored
  if (!message) return
  const { text: _text, mention: _mention, ...kept } = message
  tx.update(inbox)
    .set({ body: { ...event, message: { ...kept, text: null } } })
    .where(eq(inbox.id, row.id))
    .run()
}

/** Shorter pieces are names of things, not what somebody wrote. */
const SHORTEST = 6

/** A button that waits for its second step may carry the words that it was made from. */
function forgetOffers(tx: Tx, input: { personId: PersonId; words: string }): void {
  const plain = plainOf(input.words)
  const open = and(eq(pendingActions.personId, input.personId), isNull(pendingActions.usedAt))
  for (const { token, input: meant } of tx.select().from(pendingActions).where(open).all()) {
    const from = stringsOf(meant).map(plainOf)
    if (from.some((one) => one.length >= SHORTEST && plain.includes(one)))
      tx.delete(pendingActions).where(eq(pendingActions.token, token)).run()
  }
}

const plainOf = (words: string): string => words.replace(/\s+/g, '')

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : []
}

function forgetAnswer(tx: Tx, replyToken: string): void {
  const answer = and(eq(outbox.replyToken, replyToken), ne(outbox.state, 'pending'))
  tx.update(outbox)
    .set({ payload: null })
    .where(and(answer, sql`json_extract(${outbox.notice}, '$.type') = 'answer'`))
    .run()
}
