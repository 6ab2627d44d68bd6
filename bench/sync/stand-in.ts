import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openSlidingWindow } from './sliding-window.ts'
import { openStandInDrive } from './stand-in-drive.ts'
import { emptyCounts, type StandInCounts, type StandInOrder } from './stand-in-orders.ts'
import { openStandInSheets } from './stand-in-sheets.ts'

/**
 * Google for a whole nation in a process of its own: what the product asks of Sheets and Drive and no more, with Google's
 * quotas over a sliding minute. It trusts its caller's clock (`x-now`) and signatures; the sandbox's Google checks both.
 */
const rows = Number(process.argv[2] ?? 80)
const LIMITS = { perProject: 300, perUser: 60 }

const drive = openStandInDrive()
const sheets = openStandInSheets({ rows, drive })
const window = openSlidingWindow()
let counts: StandInCounts = emptyCounts()

type Answer = { status: number; body: string }

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    send(response, answerTo(request, body), body.length)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))

process.on('message', (order: StandInOrder) => {
  if (order.type === 'edit') for (const index of order.sheets) sheets.edit(index, order.at)
  if (order.type === 'reset') counts = emptyCounts()
  process.send?.({ counts, feedback: sheets.feedback(), read: sheets.readOnce() })
})

function send(response: ServerResponse, { status, body }: Answer, bytesIn: number): void {
  const bytes = Buffer.from(body)
  counts.bytesIn += bytesIn
  counts.bytesOut += bytes.length
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', 'content-length': bytes.length })
  response.end(bytes)
}

function answerTo(request: IncomingMessage, body: Buffer): Answer {
  const url = new URL(request.url ?? '/', 'http://stand-in')
  const now = Number(request.headers['x-now'])
  if (url.pathname === '/token') return tokenFor(body)
  const caller = String(request.headers.authorization).slice('Bearer '.length)
  if (url.pathname.startsWith('/drive/v3/')) {
    counts.drive += 1
    return ok(drive.answer(url))
  }
  const kind = request.method === 'GET' ? 'reads' : 'writes'
  const refused = overQuota({ kind, caller, now })
  if (refused) return refused
  counts[kind] += 1
  if (kind === 'reads') return ok(sheets.read(url))
  return ok(sheets.batchUpdate(url, { body: JSON.parse(body.toString()), caller, now }))
}

const ok = (body: string): Answer => ({ status: 200, body })

function overQuota(asked: { kind: 'reads' | 'writes'; caller: string; now: number }): Answer | null {
  const { kind, caller, now } = asked
  const keys = [
    { key: `${kind} ${caller}`, limit: LIMITS.perUser, name: 'PerMinutePerUser' },
    { key: kind, limit: LIMITS.perProject, name: 'PerMinutePerProject' },
  ]
  const over = keys.find(({ key, limit }) => window.used(key, now) >= limit)
  if (!over) {
    for (const { key } of keys) window.add(key, now)
    return null
  }
  counts.refused += 1
  const detail = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: 'RATE_LIMIT_EXCEEDED',
    metadata: { quota_limit: `${kind === 'reads' ? 'Read' : 'Write'}Requests${over.name}` },
  }
  const error = { code: 429, message: 'Quota exceeded', status: 'RESOURCE_EXHAUSTED', details: [detail] }
  return { status: 429, body: JSON.stringify({ error }) }
}

/** The token is the service account's own address. */
function tokenFor(body: Buffer): Answer {
  const assertion = new URLSearchParams(body.toString()).get('assertion') ?? ''
  const claims = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString()) as { iss: string }
  return ok(JSON.stringify({ access_token: claims.iss, expires_in: 86_400, token_type: 'Bearer' }))
}
