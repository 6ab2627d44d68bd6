import type { LineDatabase } from './line-database.ts'

export type LoggedRequest = {
  seq: number
  at: number
  method: string
  path: string
  status: number | null
  summary: string
  retryKey?: string
  requestId: string
}

type RequestRow = {
  seq: number
  at: number
  method: string
  path: string
  status: number | null
  summary: string
  retry_key: string | null
  request_id: string
}
type CallRow = {
  seq: number
  at: number
  attempts: number
  status: number | null
  reason: string
  event_ids: string
  redelivery: number
}

const keptRows = 20_000

/** What LINE was asked and what it sent out. Neither tokens nor bodies stand in it. A null status is a connection that got no answer. */
export function openRequestLog(options: { db: LineDatabase; now: () => number }) {
  const { db, now } = options
  return {
    write: (entry: {
      method: string
      path: string
      status: number | null
      summary: string
      retryKey: string | undefined
      requestId: string
    }): void => {
      const { lastInsertRowid } = db
        .prepare(
          'insert into requests (at, method, path, status, summary, retry_key, request_id) values (?, ?, ?, ?, ?, ?, ?)',
        )
        .run(now(), entry.method, entry.path, entry.status, entry.summary, entry.retryKey ?? null, entry.requestId)
      if (Number(lastInsertRowid) % 1_000 === 0)
        db.prepare('delete from requests where seq <= ?').run(Number(lastInsertRowid) - keptRows)
    },
    list: (after: number, limit: number): LoggedRequest[] =>
      db
        .prepare<[number, number], RequestRow>('select * from requests where seq > ? order by seq limit ?')
        .all(after, limit)
        .map(({ retry_key, request_id, ...row }) => ({
          ...row,
          ...(retry_key === null ? {} : { retryKey: retry_key }),
          requestId: request_id,
        })),
    writeCall: (call: {
      attempts: number
      status: number | null
      reason: string
      eventIds: string[]
      redelivery: boolean
    }): void => {
      db.prepare(
        'insert into webhook_calls (at, attempts, status, reason, event_ids, redelivery) values (?, ?, ?, ?, ?, ?)',
      ).run(now(), call.attempts, call.status, call.reason, JSON.stringify(call.eventIds), call.redelivery ? 1 : 0)
    },
    listCalls: (after: number, limit: number) =>
      db
        .prepare<[number, number], CallRow>('select * from webhook_calls where seq > ? order by seq limit ?')
        .all(after, limit)
        .map(({ event_ids, redelivery, ...row }) => ({
          ...row,
          eventIds: JSON.parse(event_ids) as string[],
          redelivery: redelivery === 1,
        })),
  }
}

export type RequestLog = ReturnType<typeof openRequestLog>
