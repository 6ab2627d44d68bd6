import { ulid } from 'ulid'

export type EventSource =
  | { type: 'user'; userId: string }
  | { type: 'group'; groupId: string; userId?: string }
  | { type: 'room'; roomId: string; userId?: string }

export type WebhookEvent = Record<string, unknown> & { type: string; webhookEventId: string }

/** An event as LINE sends it, in LINE's property order. */
export function webhookEvent(options: {
  type: string
  source: EventSource
  now: number
  replyToken?: string
  content?: Record<string, unknown>
}): WebhookEvent {
  return {
    type: options.type,
    ...options.content,
    webhookEventId: ulid(options.now),
    deliveryContext: { isRedelivery: false },
    timestamp: options.now,
    source: options.source,
    ...(options.replyToken === undefined ? {} : { replyToken: options.replyToken }),
    mode: 'active',
  }
}

export const chatIdOf = (source: EventSource): string => {
  if (source.type === 'user') return source.userId
  return source.type === 'group' ? source.groupId : source.roomId
}
