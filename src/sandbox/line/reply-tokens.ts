import type { LineDatabase } from './line-database.ts'
import { newReplyToken } from './line-ids.ts'

// LINE's reference: a redelivered token is good for another minute unless it was used or 20 minutes have passed.
const renewableForMs = 20 * 60_000

type TokenRow = { chat_id: string; issued_at: number; expires_at: number; used: number }

export function openReplyTokens(options: { db: LineDatabase; now: () => number; lifeMs: () => number }) {
  const { db, now, lifeMs } = options
  const find = db.prepare<[string], TokenRow>('select * from reply_tokens where token = ?')
  return {
    issue: (chatId: string): string => {
      const token = newReplyToken()
      db.prepare('insert into reply_tokens (token, chat_id, issued_at, expires_at) values (?, ?, ?, ?)').run(
        token,
        chatId,
        now(),
        now() + lifeMs(),
      )
      return token
    },
    /** Called at each delivery of the event that carries the token. */
    renew: (token: string): void => {
      const row = find.get(token)
      if (!row || row.used || now() - row.issued_at >= renewableForMs) return
      db.prepare('update reply_tokens set expires_at = ? where token = ?').run(now() + lifeMs(), token)
    },
    /** The chat a good token answers in; the token is used up by asking. */
    use: (token: string): string | undefined => {
      const row = find.get(token)
      if (!row || row.used || row.expires_at <= now()) return undefined
      db.prepare('update reply_tokens set used = 1 where token = ?').run(token)
      return row.chat_id
    },
  }
}

export type ReplyTokens = ReturnType<typeof openReplyTokens>
