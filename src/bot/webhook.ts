import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

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

const webhookShape = z.looseObject({ destination: z.string().default(''), events: z.array(z.unknown()) })
const eventShape = z.record(z.string(), z.unknown())

const idShape = z.string().min(1).max(100)
const timeShape = z.number().int().positive()
const sourceShape = z.looseObject({
  userId: z.string().optional(),
  groupId: z.string().optional(),
  roomId: z.string().optional(),
})

/**
 * Takes a verified webhook apart, tolerant of event types and fields that LINE may add. `receivedAt` stands in for an event
 * without a time of its own.
 */
export function parseWebhook(body: string, receivedAt: number = Date.now()): ParsedWebhook {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return { ok: false, why: 'not-json' }
  }
  const webhook = webhookShape.safeParse(json)
  if (!webhook.success) return { ok: false, why: 'not-a-webhook' }
  const events = webhook.data.events.flatMap((event) => incoming(event, receivedAt))
  return { ok: true, destination: webhook.data.destination, events }
}

function incoming(event: unknown, receivedAt: number): IncomingEvent[] {
  const body = eventShape.safeParse(event)
  if (!body.success) return []
  const id = idShape.safeParse(body.data['webhookEventId'])
  const time = timeShape.safeParse(body.data['timestamp'])
  const source = sourceShape.safeParse(body.data['source'])
  const { userId, groupId, roomId } = source.success ? source.data : {}
  return [
    {
      webhookEventId: id.success ? id.data : contentId(body.data),
      orderKey: groupId ?? roomId ?? userId ?? 'nobody',
      eventAt: time.success ? time.data : receivedAt,
      body: body.data,
    },
  ]
}

/** The same event delivered twice differs in `deliveryContext` only. */
function contentId(body: Record<string, unknown>): string {
  const { deliveryContext: _context, ...rest } = body
  return `sha256:${createHash('sha256').update(JSON.stringify(rest)).digest('hex')}`
}
