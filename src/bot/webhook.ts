import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Whether the exact bytes were signed with one of the channel's secrets (two while one is being changed). A missing header is
 * false, and an empty secret never verifies: LINE's SDK would accept a forgery with it.
 */
export function verifySignature(input: {
  body: Buffer | string
  signature: string | undefined
  secrets: readonly string[]
}): boolean {
  if (!input.signature) return false
  const given = Buffer.from(input.signature, 'base64')
  let verified = false
  for (const secret of input.secrets) {
    if (secret === '') continue
    const right = createHmac('sha256', secret).update(input.body).digest()
    if (given.length === right.length && timingSafeEqual(given, right)) verified = true
  }
  return verified
}

export type IncomingEvent = {
  webhookEventId: string
  /** Events of one key are worked in order: the user, or the group. */
  orderKey: string
  /** LINE's event time, platform clock. */
  eventAt: number
  body: Record<string, unknown>
}

export type ParsedWebhook =
  | { ok: true; destination: string; events: IncomingEvent[] }
  | { ok: false; why: 'not-json' | 'not-a-webhook' }

/**
 * Takes a verified webhook apart, tolerant of event types and fields that LINE may add. `receivedAt` stands in for an event
 * without a time of its own. Looked at by hand: this runs before LINE gets its answer, and a schema costs twice what JSON.parse does.
 */
export function parseWebhook(body: string, receivedAt: number = Date.now()): ParsedWebhook {
  let webhook: unknown
  try {
    webhook = JSON.parse(body)
  } catch {
    return { ok: false, why: 'not-json' }
  }
  if (!isRecord(webhook)) return { ok: false, why: 'not-a-webhook' }
  const { destination = '', events } = webhook
  if (typeof destination !== 'string' || !Array.isArray(events)) return { ok: false, why: 'not-a-webhook' }
  return { ok: true, destination, events: events.filter(isRecord).map((event) => incoming(event, receivedAt)) }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const MOST_ID_LENGTH = 100

function incoming(body: Record<string, unknown>, receivedAt: number): IncomingEvent {
  const { webhookEventId: id, timestamp, source } = body
  const known = typeof id === 'string' && id !== '' && id.length <= MOST_ID_LENGTH
  const timed = typeof timestamp === 'number' && Number.isSafeInteger(timestamp) && timestamp > 0
  return {
    webhookEventId: known ? id : contentId(body),
    orderKey: isRecord(source) ? orderKeyOf(source) : 'nobody',
    eventAt: timed ? timestamp : receivedAt,
    body,
  }
}

/** Ids that are no text are no ids at all. */
function orderKeyOf({ groupId, roomId, userId }: Record<string, unknown>): string {
  const ids = [groupId, roomId, userId].filter((id) => id !== undefined)
  if (!ids.every((id) => typeof id === 'string')) return 'nobody'
  return ids[0] ?? 'nobody'
}

/** The same event delivered twice differs in `deliveryContext` only. */
function contentId(body: Record<string, unknown>): string {
  const { deliveryContext: _context, ...rest } = body
  return `sha256:${createHash('sha256').update(JSON.stringify(rest)).digest('hex')}`
}
