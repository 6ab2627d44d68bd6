import { z } from 'zod'
import { type MessageContent, stockContent } from './message-contents.ts'

const base64 = z
  .string()
  .regex(/^[A-Za-z0-9+/]*={0,2}$/)
  .optional()
const digits = z.string().regex(/^\d{1,20}$/)

/** What a person can send, as the control API takes it. */
export const personMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    text: z.string().min(1).max(10_000),
    quotedMessageId: z.string().optional(),
    mention: z.record(z.string(), z.unknown()).optional(),
  }),
  z.strictObject({ type: z.literal('sticker'), packageId: digits, stickerId: digits }),
  z.strictObject({ type: z.literal('image'), data: base64, mime: z.string().optional() }),
  z.strictObject({ type: z.literal('video'), data: base64, mime: z.string().optional(), duration: z.int().optional() }),
  z.strictObject({ type: z.literal('audio'), data: base64, mime: z.string().optional(), duration: z.int().optional() }),
  z.strictObject({
    type: z.literal('file'),
    fileName: z.string().min(1),
    data: base64,
    mime: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('location'),
    title: z.string().optional(),
    address: z.string().optional(),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }),
])

export type PersonMessage = z.infer<typeof personMessage>

export type MessageTokens = { id: string; quoteToken: string; markAsReadToken: string }

/** The `message` of the webhook event, and the bytes that wait on the data host. */
export function asEventMessage(
  message: PersonMessage,
  tokens: MessageTokens,
): { message: Record<string, unknown>; content?: MessageContent } {
  const { id, quoteToken, markAsReadToken } = tokens
  const quotable = { id, quoteToken, markAsReadToken }
  const plain = { id, markAsReadToken }
  switch (message.type) {
    case 'text': {
      const { type, text, quotedMessageId, mention } = message
      const extras = { ...(quotedMessageId ? { quotedMessageId } : {}), ...(mention ? { mention } : {}) }
      return { message: { type, ...quotable, text, ...extras } }
    }
    case 'sticker': {
      const { type, packageId, stickerId } = message
      return { message: { type, ...quotable, packageId, stickerId, stickerResourceType: 'STATIC' } }
    }
    case 'location': {
      const { type, ...place } = message
      return { message: { type, ...plain, ...place } }
    }
    case 'file': {
      const content = contentOf(message)
      const { fileName } = message
      return { message: { type: 'file', ...plain, fileName, fileSize: content.bytes.length }, content }
    }
    case 'image':
      return {
        message: { type: 'image', ...quotable, contentProvider: { type: 'line' } },
        content: contentOf(message),
      }
    case 'video':
    case 'audio': {
      const tokensKept = message.type === 'video' ? quotable : plain
      const { type, duration = 1_000 } = message
      return {
        message: { type, ...tokensKept, duration, contentProvider: { type: 'line' } },
        content: contentOf(message),
      }
    }
  }
}

function contentOf(message: {
  type: keyof typeof stockContent
  data?: string | undefined
  mime?: string | undefined
}): MessageContent {
  const stock = stockContent[message.type]
  const bytes = message.data === undefined ? stock.bytes : Buffer.from(message.data, 'base64')
  return { mime: message.mime ?? stock.mime, bytes }
}
