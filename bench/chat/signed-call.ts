import { createHmac } from 'node:crypto'

export type SaidEvent = {
  id: string
  userId: string
  text: string
  replyToken: string
  at: number
  redelivered?: boolean
}

/** One webhook call of LINE's with one text message in it, signed: the bytes that go over the socket. */
export function signedCall(event: SaidEvent, to: { port: number; secret: string; destination: string }): Buffer {
  const body = JSON.stringify({
    destination: to.destination,
    events: [
      {
        type: 'message',
        message: { type: 'text', id: event.id, quoteToken: 'q'.repeat(60), text: event.text },
        webhookEventId: event.id,
        deliveryContext: { isRedelivery: event.redelivered ?? false },
        timestamp: event.at,
        source: { type: 'user', userId: event.userId },
        replyToken: event.replyToken,
        mode: 'active',
      },
    ],
  })
  const signature = createHmac('sha256', to.secret).update(body).digest('base64')
  const head = [
    'POST /line/webhook HTTP/1.1',
    `Host: 127.0.0.1:${to.port}`,
    'Content-Type: application/json',
    `X-Line-Signature: ${signature}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}
