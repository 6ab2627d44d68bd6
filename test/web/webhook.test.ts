import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/db/open.ts'
import { openLog } from '../../src/log.ts'
import { openInboxWriter } from '../../src/web/inbox-writer.ts'
import { webhookRoute } from '../../src/web/webhook.ts'

const SECRET = 'first-secret'
const NEXT_SECRET = 'second-secret'
const BOT = 'U8e742f61d673b39c7fff3cecb7536ef0'

let dir: string
let database: OpenDatabase
let woken = 0
const sign = (body: string | Buffer, secret = SECRET) => createHmac('sha256', secret).update(body).digest('base64')

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lec-web-'))
  database = openDatabase(join(dir, 'web.db'))
  woken = 0
})
afterEach(() => {
  database.close()
  rmSync(dir, { recursive: true, force: true })
})

function post(body: string | Buffer, headers: Record<string, string>): Promise<Response> {
  const app = webhookRoute({
    channelSecrets: [SECRET, NEXT_SECRET],
    botUserId: () => BOT,
    inbox: openInboxWriter(database.raw, () => Date.now()),
    wake: () => {
      woken += 1
    },
    log: openLog('silent'),
  })
  return Promise.resolve(
    app.request('/line/webhook', { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers }),
  )
}

const postSigned = (body: string | Buffer, secret = SECRET) => post(body, { 'x-line-signature': sign(body, secret) })
const stored = () =>
  database.raw.prepare('SELECT webhook_event_id id, order_key orderKey FROM inbox ORDER BY id').all() as {
    id: string
    orderKey: string
  }[]

const event = (id: string, over: Record<string, unknown> = {}) => ({
  type: 'message',
  webhookEventId: id,
  timestamp: 1717552800000,
  mode: 'active',
  source: { type: 'user', userId: `U${'a'.repeat(32)}` },
  replyToken: 'r1',
  deliveryContext: { isRedelivery: false },
  message: { type: 'text', id: '1', text: 'สถานะ' },
  ...over,
})
const call = (events: unknown[], destination = BOT) => JSON.stringify({ destination, events })

describe('POST /line/webhook', () => {
  it('stores the events of a signed call and wakes the worker before it answers 200', async () => {
    const answer = await postSigned(call([event('e1'), event('e2')]))
    expect(answer.status).toBe(200)
    expect(stored().map((row) => row.id)).toEqual(['e1', 'e2'])
    expect(woken).toBe(1)
  })

  it('takes either of two secrets while the channel secret is being changed', async () => {
    expect((await postSigned(call([event('e1')]), NEXT_SECRET)).status).toBe(200)
    expect(stored()).toHaveLength(1)
  })

  it.each([
    ['a missing signature', () => ({})],
    ['an empty signature', () => ({ 'x-line-signature': '' })],
    ['a signature of another secret', (body: string) => ({ 'x-line-signature': sign(body, 'other') })],
    ['a signature under an empty secret', (body: string) => ({ 'x-line-signature': sign(body, '') })],
    ['a cut signature', (body: string) => ({ 'x-line-signature': sign(body).slice(0, 20) })],
    ['a signature that is not base64', () => ({ 'x-line-signature': '!!!! not base64 !!!!' })],
  ])('refuses %s with 401 and stores nothing', async (_name, headers) => {
    const body = call([event('e1')])
    const answer = await post(body, headers(body) as Record<string, string>)
    expect(answer.status).toBe(401)
    expect(((await answer.json()) as { error: string }).error).toMatch(/x-line-signature/)
    expect(stored()).toEqual([])
    expect(woken).toBe(0)
  })

  it('checks the exact bytes: the same JSON with another space is refused', async () => {
    const body = call([event('e1')])
    expect((await post(body.replace('{', '{ '), { 'x-line-signature': sign(body) })).status).toBe(401)
  })

  it.each([
    ['0 bytes', ''],
    ['text that is not JSON', 'สวัสดี'],
    ['half a JSON', '{"destination":"U'],
    ['JSON that is no webhook', '[1,2,3]'],
    ['bytes that are not UTF-8', Buffer.from([0xff, 0xfe, 0x00, 0x81])],
  ])('answers 400 to a signed body of %s', async (_name, body) => {
    const answer = await postSigned(body)
    expect(answer.status).toBe(400)
    expect(((await answer.json()) as { error: string }).error).toMatch(/^body is not/)
    expect(stored()).toEqual([])
  })

  it('takes a signed body of 1 MB and refuses one of 3 MB with 413', async () => {
    const padded = (bytes: number) => call([event('big', { padding: 'x'.repeat(bytes) })])
    expect((await postSigned(padded(1024 * 1024))).status).toBe(200)
    expect(stored()).toHaveLength(1)
    expect((await postSigned(padded(3 * 1024 * 1024))).status).toBe(413)
  })

  it('refuses a call that says it is larger than 2 MB without reading it', async () => {
    const body = call([event('big')])
    const said = { 'x-line-signature': sign(body), 'content-length': String(3 * 1024 * 1024) }
    expect((await post(body, said)).status).toBe(413)
    expect(stored()).toEqual([])
  })

  it('answers 200 to the console’s Verify button (no events)', async () => {
    expect((await postSigned(call([]))).status).toBe(200)
    expect(woken).toBe(0)
  })

  it('stores a redelivered event once', async () => {
    await postSigned(call([event('e1')]))
    await postSigned(call([event('e1', { deliveryContext: { isRedelivery: true } }), event('e2')]))
    expect(stored().map((row) => row.id)).toEqual(['e1', 'e2'])
  })

  it('stores unknown event types and fields instead of refusing the batch', async () => {
    const answer = await postSigned(call([event('e1', { type: 'somethingNew', novelty: { a: 1 } }), event('e2')]))
    expect(answer.status).toBe(200)
    expect(stored()).toHaveLength(2)
  })

  it('gives an event without id an id of its content, so that it too is stored once', async () => {
    const { webhookEventId: _id, ...nameless } = event('gone')
    await postSigned(call([nameless]))
    await postSigned(call([nameless]))
    expect(stored()).toHaveLength(1)
  })

  it('ignores a call for another bot', async () => {
    expect((await postSigned(call([event('e1')], `U${'b'.repeat(32)}`))).status).toBe(200)
    expect(stored()).toEqual([])
  })

  it('keeps every event of many calls at once, each answered after its commit', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => postSigned(call([event(`e${index}`)]))))
    expect(answers.every((answer) => answer.status === 200)).toBe(true)
    expect(stored()).toHaveLength(50)
  })
})
