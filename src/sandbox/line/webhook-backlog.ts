import type { LineDatabase } from './line-database.ts'
import type { WebhookEvent } from './webhook-events.ts'

export type EventState = 'waiting' | 'delivered' | 'lost' | 'dropped'

/** `eventId` names the event in the log where it itself may lack an id. */
export type NewEvent = { event: WebhookEvent; chatKey: string; eventId?: string }

export type WaitingEvent = {
  seq: number
  eventId: string
  /** Events with the same key go out in order: a person's id, or the group's. */
  chatKey: string
  body: string
  replyToken: string | null
  createdAt: number
  attempts: number
  nextAt: number
  held: number
}

const selectWaiting = `select seq, event_id as eventId, chat_key as chatKey, body, reply_token as replyToken,
  created_at as createdAt, attempts, next_at as nextAt, held from events where state = 'waiting' order by seq limit 1000`

/** Events that the bot has not taken yet, kept in the file so that neither side's death loses them. */
export function openWebhookBacklog(options: { db: LineDatabase; now: () => number }) {
  const { db, now } = options
  return {
    add: (entry: NewEvent): void => {
      const token = entry.event['replyToken']
      db.prepare(
        `insert into events (event_id, chat_key, body, reply_token, created_at, state, next_at)
         values (?, ?, ?, ?, ?, 'waiting', 0)`,
      ).run(
        entry.eventId ?? entry.event.webhookEventId,
        entry.chatKey,
        JSON.stringify(entry.event),
        typeof token === 'string' ? token : null,
        now(),
      )
    },
    waiting: (): WaitingEvent[] => db.prepare<[], WaitingEvent>(selectWaiting).all(),
    isEmpty: (): boolean => db.prepare("select 1 from events where state = 'waiting' limit 1").get() === undefined,
    /** Counted before the bytes leave: after a restart an event that may have arrived goes out as a redelivery. */
    countAttempt: (seq: number): void => {
      db.prepare('update events set attempts = attempts + 1, held = 0 where seq = ?').run(seq)
    },
    settle: (seq: number, state: Exclude<EventState, 'waiting'>): void => {
      db.prepare('update events set state = ? where seq = ?').run(state, seq)
    },
    retryAt: (seq: number, at: number): void => {
      db.prepare('update events set next_at = ? where seq = ?').run(at, seq)
    },
    hold: (seq: number, until: number): void => {
      db.prepare('update events set held = 1, next_at = ? where seq = ?').run(until, seq)
    },
    /** Lets go of what was held back in this event's chat, now that it has been overtaken. */
    releaseBefore: (event: { seq: number; chatKey: string }): void => {
      db.prepare("update events set next_at = 0 where state = 'waiting' and held = 1 and chat_key = ? and seq < ?").run(
        event.chatKey,
        event.seq,
      )
    },
  }
}

export type WebhookBacklog = ReturnType<typeof openWebhookBacklog>
