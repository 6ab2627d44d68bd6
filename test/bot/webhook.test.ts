import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseWebhook, verifySignature } from '../../src/bot/webhook.ts'

// LINE's published example.
const BODY = '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
const SECRET = '8c570fa6dd201bb328f1c1eac23a96d8'
const SIGNATURE = 'GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs='
const forged = (body: string, secret: string) => createHmac('sha256', secret).update(body).digest('base64')

describe('a signature', () => {
  it('holds over the exact bytes with either of two secrets', () => {
    expect(verifySignature({ body: BODY, signature: SIGNATURE, secrets: [SECRET] })).toBe(true)
    expect(verifySignature({ body: Buffer.from(BODY), signature: SIGNATURE, secrets: ['old', SECRET] })).toBe(true)
  })

  it.each([
    ['a changed byte', { body: `${BODY} `, signature: SIGNATURE, secrets: [SECRET] }],
    ['a missing header', { body: BODY, signature: undefined, secrets: [SECRET] }],
    ['an empty header', { body: BODY, signature: '', secrets: [SECRET] }],
    ['half a signature', { body: BODY, signature: SIGNATURE.slice(0, 20), secrets: [SECRET] }],
    ['another secret', { body: BODY, signature: forged(BODY, 'other'), secrets: [SECRET] }],
    ['an empty secret', { body: BODY, signature: forged(BODY, ''), secrets: ['', SECRET] }],
    ['no secret at all', { body: BODY, signature: SIGNATURE, secrets: [] }],
  ])('fails with %s', (_what, input) => {
    expect(verifySignature(input)).toBe(false)
  })
})

describe('a webhook', () => {
  const event = {
    type: 'message',
    webhookEventId: '01HZZZZZZZZZZZZZZZZZZZZZZZ',
    timestamp: 1_717_500_000_000,
    source: { type: 'user', userId: 'U1' },
    future: { field: true },
  }
  const parsed = (...events: unknown[]) => {
    const result = parseWebhook(JSON.stringify({ destination: 'U9', events }), 5)
    if (!result.ok) throw new Error(result.why)
    return result.events
  }

  it('brings events of several people, each in its own order', () => {
    const group = { ...event, webhookEventId: 'b', source: { type: 'group', groupId: 'C1', userId: 'U1' } }
    expect(
      parsed(event, group).map(({ webhookEventId, orderKey, eventAt }) => ({ webhookEventId, orderKey, eventAt })),
    ).toEqual([
      { webhookEventId: event.webhookEventId, orderKey: 'U1', eventAt: event.timestamp },
      { webhookEventId: 'b', orderKey: 'C1', eventAt: event.timestamp },
    ])
    expect(parsed(event)[0]?.body).toEqual(event)
  })

  it('without an event id is known by its content, redelivered or not', () => {
    const { webhookEventId: _id, ...nameless } = event
    const [first] = parsed({ ...nameless, deliveryContext: { isRedelivery: false } })
    const [again] = parsed({ ...nameless, deliveryContext: { isRedelivery: true } })
    const [other] = parsed({ ...nameless, timestamp: 1 })
    expect(first?.webhookEventId).toBe(again?.webhookEventId)
    expect(first?.webhookEventId).not.toBe(other?.webhookEventId)
  })

  it('may carry nothing, oddities and events without time or source', () => {
    expect(parsed()).toEqual([])
    expect(parsed(null, 7, 'x')).toEqual([])
    expect(parsed({ type: 'newThing' })[0]).toMatchObject({ orderKey: 'nobody', eventAt: 5 })
    expect(parsed({ type: 'newThing', timestamp: 'yesterday', source: 'moon' })[0]).toMatchObject({ eventAt: 5 })
  })

  it.each([
    ['', 'not-json'],
    ['{', 'not-json'],
    ['[]', 'not-a-webhook'],
    ['null', 'not-a-webhook'],
    ['{"events":{}}', 'not-a-webhook'],
  ])('%j is refused as %s', (body, why) => {
    expect(parseWebhook(body)).toEqual({ ok: false, why })
  })
})
