import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { validateSignature } from '@line/bot-sdk'

export type HeardEvent = Record<string, unknown> & {
  type: string
  webhookEventId: string
  replyToken?: string
  deliveryContext?: { isRedelivery: boolean }
  message?: Record<string, unknown>
  source?: { userId?: string }
}
export type HeardCall = { text: string; signature: string; signed: boolean; destination: string; events: HeardEvent[] }

/** A bot that keeps what it hears and answers what it is told to; `silent` never answers. */
export async function startBot(channelSecret: () => string, port = 0) {
  const calls: HeardCall[] = []
  const answers: (number | 'silent' | 'cut')[] = []
  const server = createServer((request, response) => {
    readAll(request)
      .then((body) => {
        const answer = answers.shift() ?? 200
        const signature = String(request.headers['x-line-signature'])
        const text = body.toString('utf8')
        const { destination, events } = JSON.parse(text) as { destination: string; events: HeardEvent[] }
        const signed = validateSignature(body, channelSecret(), signature)
        calls.push({ text, signature, signed, destination, events })
        if (answer === 'silent') return
        if (answer === 'cut') return void request.socket.destroy()
        response.writeHead(answer).end()
      })
      .catch(() => request.socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${taken}/line/webhook`,
    port: taken,
    calls,
    events: () => calls.flatMap((call) => call.events),
    answerNext: (...next: (number | 'silent' | 'cut')[]) => {
      answers.push(...next)
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export type Bot = Awaited<ReturnType<typeof startBot>>

function readAll(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('aborted', () => reject(new Error('aborted')))
    request.on('error', reject)
  })
}
