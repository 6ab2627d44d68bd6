import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { inbox } from '../db/schema.ts'

/** Somebody took a message back: its stored words go, the event stays so that it is not worked twice. */
export function forgetUnsent(tx: Tx, input: { orderKey: string; messageId: string }): void {
  const rows = tx
    .select({ id: inbox.id, body: inbox.body })
    .from(inbox)
    .where(
      and(eq(inbox.orderKey, input.orderKey), sql`json_extract(${inbox.body}, '$.message.id') = ${input.messageId}`),
    )
    .all()
  for (const { id, body } of rows) {
    const { message, ...event } = body as { message: Record<string, unknown> }
    const { text: _text, ...kept } = message
    tx.update(inbox)
      .set({ body: { ...event, message: { ...kept, text: null } } })
      .where(eq(inbox.id, id))
      .run()
  }
}
