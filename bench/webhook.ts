import { fork } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const SECRET = 'bench-secret'
const CONNECTIONS = 64
const ROUNDS = 5
const REQUESTS = 6000

type Measured = { perSecond: number; p99: number }

/** Webhook events stored durably per second (fsync before the 200), against a Hono server that only checks the signature. */
export async function benchWebhook(): Promise<void> {
  console.log('\n# Webhook: one signed text event per call, 64 connections, one server process')
  const best: Record<'bare' | 'product', Measured> = {
    bare: { perSecond: 0, p99: 0 },
    product: { perSecond: 0, p99: 0 },
  }
  // Interleaved, best of each: the machine is noisy.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const kind of ['bare', 'product'] as const) {
      const measured = await measure(kind, round)
      if (measured.perSecond > best[kind].perSecond) best[kind] = measured
    }
  }
  const line = (name: string, of: Measured) =>
    console.log(
      `${name.padEnd(44)} ${Math.round(of.perSecond).toLocaleString('en').padStart(8)} /s   p99 ${of.p99.toFixed(1)} ms`,
    )
  line('bare Hono, signature check only', best.bare)
  line('POST /line/webhook, stored durably', best.product)
  console.log(`ratio ${(best.product.perSecond / best.bare.perSecond).toFixed(2)}  (goal of a later release: 0.6)`)
}

async function measure(kind: 'bare' | 'product', round: number): Promise<Measured> {
  const dir = mkdtempSync(join(tmpdir(), 'lec-bench-'))
  const child = fork(fileURLToPath(new URL('./webhook-server.ts', import.meta.url)), [kind, dir])
  try {
    const port = await new Promise<number>((resolve, reject) => {
      child.once('message', (message) => resolve((message as { port: number }).port))
      child.once('exit', (code) => reject(new Error(`server ended with ${code}`)))
    })
    await load({ port, requests: 1000, mark: `w${round}` })
    return await load({ port, requests: REQUESTS, mark: `r${round}` })
  } finally {
    child.removeAllListeners('exit')
    child.kill('SIGKILL')
    rmSync(dir, { recursive: true, force: true })
  }
}

function requestOf(mark: string, running: number, port: number): Buffer {
  const body = JSON.stringify({
    destination: 'U8e742f61d673b39c7fff3cecb7536ef0',
    events: [
      {
        type: 'message',
        message: { type: 'text', id: String(running), quoteToken: 'q'.repeat(60), text: 'สถานะ' },
        webhookEventId: `${mark}-${String(running).padStart(24, '0')}`,
        deliveryContext: { isRedelivery: false },
        timestamp: 1717552800000,
        source: { type: 'user', userId: `U${String(running % 2000).padStart(32, '0')}` },
        replyToken: 'r'.repeat(32),
        mode: 'active',
      },
    ],
  })
  const signature = createHmac('sha256', SECRET).update(body).digest('base64')
  return Buffer.from(
    `POST /line/webhook HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nX-Line-Signature: ${signature}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

/** Raw sockets: an HTTP client in the same process would be slower than the servers it measures. */
async function load(input: { port: number; requests: number; mark: string }): Promise<Measured> {
  const requests = Array.from({ length: input.requests }, (_, index) => requestOf(input.mark, index, input.port))
  const times: number[] = []
  let next = 0
  const began = performance.now()
  await Promise.all(Array.from({ length: CONNECTIONS }, () => drive()))
  const seconds = (performance.now() - began) / 1000
  times.sort((a, b) => a - b)
  return { perSecond: input.requests / seconds, p99: times[Math.floor(times.length * 0.99)] ?? 0 }

  function drive(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(input.port, '127.0.0.1')
      let sentAt = 0
      const send = () => {
        const request = requests[next]
        next += 1
        if (!request) {
          socket.end()
          return resolve()
        }
        sentAt = performance.now()
        socket.write(request)
      }
      socket.on('connect', send)
      socket.on('error', reject)
      socket.on('data', (chunk) => {
        if (!chunk.toString('latin1').startsWith('HTTP/1.1 200'))
          return reject(new Error(chunk.toString('latin1').slice(0, 200)))
        times.push(performance.now() - sentAt)
        send()
      })
    })
  }
}
