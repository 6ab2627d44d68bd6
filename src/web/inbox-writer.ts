import type Database from 'better-sqlite3'

export type StoredEvent = { webhookEventId: string; orderKey: string; eventAt: number; body: Record<string, unknown> }
export type InboxWriter = {
  store(events: readonly StoredEvent[]): Promise<void>
  /** Whether many calls came at once a moment ago: more of them are on their way. */
  isPressed(): boolean
}

const MANY_CALLS = 16
const PRESSED_MS = 20

/**
 * Stores webhook events durably with group commit: what arrives in one turn of the loop is written in one transaction, and
 * each caller is answered after COMMIT. An event that is already there (redelivery) is left as it is.
 */
export function openInboxWriter(raw: Database.Database, platformNow: () => number): InboxWriter {
  const insert = raw.prepare(
    `INSERT INTO inbox (webhook_event_id, order_key, event_at, received_at, body, state, attempts, not_before)
     VALUES (?, ?, ?, ?, ?, 'new', 0, 0) ON CONFLICT (webhook_event_id) DO NOTHING`,
  )
  const writeAll = raw.transaction((batch: readonly StoredEvent[]) => {
    const now = platformNow()
    for (const event of batch) {
      insert.run(event.webhookEventId, event.orderKey, event.eventAt, now, JSON.stringify(event.body))
    }
  })
  let waiting: { events: readonly StoredEvent[]; done: () => void; failed: (error: unknown) => void }[] = []

  let pressedAt = Number.NEGATIVE_INFINITY

  const flush = () => {
    const group = waiting
    if (group.length >= MANY_CALLS) pressedAt = performance.now()
    waiting = []
    try {
      writeAll.immediate(group.flatMap((call) => call.events))
      for (const call of group) call.done()
    } catch (error) {
      for (const call of group) call.failed(error)
    }
  }
  return {
    isPressed: () => performance.now() - pressedAt < PRESSED_MS,
    store: (events) =>
      new Promise((done, failed) => {
        if (waiting.length === 0) setImmediate(flush)
        waiting.push({ events, done, failed })
      }),
  }
}
