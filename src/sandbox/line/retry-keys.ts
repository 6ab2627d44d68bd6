import { createHash } from 'node:crypto'
import type { LineDatabase } from './line-database.ts'

const rememberedMs = 24 * 3_600_000
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export type SentMessage = { id: string; quoteToken?: string }
/** `payload`: a hash of the request's body, by which another request under the same key is told from a repeated one. */
export type Acceptance = { requestId: string; sentMessages?: SentMessage[]; payload: string }

export const isRetryKey = (value: string): boolean => uuid.test(value)

export const payloadHash = (body: unknown): string => createHash('sha256').update(JSON.stringify(body)).digest('hex')

export function openRetryKeys(options: { db: LineDatabase; now: () => number }) {
  const { db, now } = options
  const find = db.prepare<[string, number], { request_id: string; sent_messages: string | null; payload: string }>(
    'select request_id, sent_messages, payload from retry_keys where key = ? and accepted_at > ?',
  )
  const put = db.prepare(
    `insert into retry_keys (key, request_id, accepted_at, sent_messages, payload) values (?, ?, ?, ?, ?)
     on conflict (key) do update set request_id = excluded.request_id, accepted_at = excluded.accepted_at,
       sent_messages = excluded.sent_messages, payload = excluded.payload`,
  )
  return {
    accepted: (key: string): Acceptance | undefined => {
      const row = find.get(key.toLowerCase(), now() - rememberedMs)
      if (!row) return undefined
      const known = { requestId: row.request_id, payload: row.payload }
      if (row.sent_messages === null) return known
      return { ...known, sentMessages: JSON.parse(row.sent_messages) as SentMessage[] }
    },
    remember: (key: string, acceptance: Acceptance): void => {
      const sent = acceptance.sentMessages ? JSON.stringify(acceptance.sentMessages) : null
      put.run(key.toLowerCase(), acceptance.requestId, now(), sent, acceptance.payload)
    },
  }
}

export type RetryKeys = ReturnType<typeof openRetryKeys>
