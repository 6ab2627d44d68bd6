import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refused, texts } from './refused.ts'
import { type ServedLine, serveLine } from './serve-line.ts'

let line: ServedLine
let somsri: string
beforeAll(async () => {
  line = await serveLine()
})
beforeEach(async () => {
  somsri = await line.friend()
})
afterEach(() => line.control('DELETE', '/faults'))
afterAll(() => line.close())

const fault = (on: string, kind: string, more: Record<string, unknown> = {}) =>
  line.control<{ id: number }>('POST', '/faults', { on, kind, ...more })
const push = (key?: string) => line.client.pushMessage({ to: somsri, messages: texts('a') }, key)
const received = async () => (await line.control<{ items: unknown[] }>('GET', `/people/${somsri}/chat`)).items.length
const lastRequest = async () => {
  const { items } = await line.control<{ items: { status: number | null; summary: string; retryKey?: string }[] }>(
    'GET',
    '/requests?limit=10000',
  )
  return items.at(-1)
}

describe('faults', () => {
  it.each([
    ['429-rate', 429, 'The API rate limit has been exceeded. Try again later.'],
    ['429-user', 429, 'Too many messages have been sent to this user. Try again later.'],
    ['429-monthly', 429, 'You have reached your monthly limit.'],
    ['500', 500, 'Internal server error'],
  ])('answer %s once and leave no trace', async (kind, status, message) => {
    await fault('push', kind)
    const key = randomUUID()
    expect(await refused(push(key))).toMatchObject({ status, message })
    expect(await received()).toBe(0)
    await push(key)
    expect(await received()).toBe(1)
  })

  it('answer late and otherwise as ever', async () => {
    await fault('push', 'slow', { delayMs: 120 })
    const began = performance.now()
    await push()
    expect(performance.now() - began).toBeGreaterThan(110)
    expect(await received()).toBe(1)
  })

  it('accept and then cut the connection, so that the retry key answers 409', async () => {
    await fault('push', 'cut-after-accept')
    const key = randomUUID()
    await expect(push(key)).rejects.toThrow(TypeError)
    expect(await received()).toBe(1)
    expect(await lastRequest()).toMatchObject({ status: null, retryKey: key })
    expect((await refused(push(key))).status).toBe(409)
    expect(await received()).toBe(1)
  })

  it('cut the connection before anything happens', async () => {
    await fault('push', 'cut-before-accept')
    const key = randomUUID()
    await expect(push(key)).rejects.toThrow(TypeError)
    expect(await received()).toBe(0)
    await push(key)
    expect(await received()).toBe(1)
  })

  it('hold a request until the client gives up, without effect', async () => {
    await fault('push', 'timeout')
    const response = fetch(`${line.apiUrl}/v2/bot/message/push`, {
      method: 'POST',
      headers: { authorization: `Bearer ${line.channel.channelAccessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ to: somsri, messages: texts('a') }),
      signal: AbortSignal.timeout(150),
    })
    await expect(response).rejects.toMatchObject({ name: 'TimeoutError' })
    expect(await received()).toBe(0)
  })

  it('break a held request after the time asked for', async () => {
    await fault('push', 'timeout', { delayMs: 20 })
    await expect(push()).rejects.toThrow(TypeError)
    expect(await received()).toBe(0)
  })

  it('strike as often as ordered, only where ordered, or anywhere', async () => {
    await fault('push', '500', { times: 2 })
    expect((await line.client.getProfile(somsri)).userId).toBe(somsri)
    await refused(push())
    await refused(push())
    await push()
    await fault('any', '500')
    expect((await refused(line.client.getBotInfo())).status).toBe(500)
    await line.client.getBotInfo()
  })

  it('can be listed, cleared, and must make sense', async () => {
    await fault('reply', '500', { times: 3 })
    expect(await line.control('GET', '/faults')).toMatchObject({ faults: [{ on: 'reply', kind: '500', times: 3 }] })
    await line.control('DELETE', '/faults')
    expect(await line.control('GET', '/faults')).toEqual({ faults: [] })
    for (const wrong of [
      { on: 'push', kind: 'duplicate' },
      { on: 'webhook', kind: '429-rate' },
      { on: 'push', kind: '500', times: 0 },
      { on: 'nobody', kind: '500' },
    ])
      expect((await line.tryControl('POST', '/faults', wrong)).status).toBe(400)
  })
})

describe('rate limits', () => {
  const wholeHour = { requests: 2, windowMs: 3_600_000 }

  it('answer 429 once an endpoint has had its calls, each endpoint for itself', async () => {
    await line.control('PUT', '/settings', { rates: { quota: wholeHour } })
    await line.client.getMessageQuota()
    await line.client.getMessageQuota()
    const answer = await refused(line.client.getMessageQuota())
    expect(answer).toMatchObject({ status: 429, message: 'The API rate limit has been exceeded. Try again later.' })
    await line.client.getMessageQuotaConsumption()
    await push()
    await line.control('PUT', '/settings', { rates: {} })
  })

  it('allow three menu batches an hour', async () => {
    const batch = () =>
      fetch(`${line.apiUrl}/v2/bot/richmenu/batch`, {
        method: 'POST',
        headers: { authorization: `Bearer ${line.channel.channelAccessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ operations: [{ type: 'unlinkAll' }] }),
      }).then((response) => response.status)
    expect([await batch(), await batch(), await batch(), await batch()]).toEqual([202, 202, 202, 429])
  })
})

describe('settings', () => {
  it.each([{ nonsense: 1 }, { webhookUrl: 'nowhere' }, { replyTokenLifeMs: 0 }, { quota: { type: 'limited' } }])(
    'refuse %j',
    async (wrong) => {
      const { status, body } = await line.tryControl('PUT', '/settings', wrong)
      expect([status, typeof body['error']]).toEqual([400, 'string'])
    },
  )

  it('are kept one by one', async () => {
    await line.control('PUT', '/settings', { redelivery: true })
    const changed = await line.control('PUT', '/settings', { replyTokenLifeMs: 5_000 })
    expect(changed).toMatchObject({ redelivery: true, replyTokenLifeMs: 5_000, tokenLifeMs: 900_000 })
    expect(await line.control('GET', '/settings')).toEqual(changed)
  })

  it('and every other control call answer JSON also when there is no such call', async () => {
    expect((await line.tryControl('GET', '/nothing')).status).toBe(404)
    expect((await line.tryControl('POST', '/people/nobody/follow')).status).toBe(404)
  })
})

describe('the request log', () => {
  it('says who was sent what, and keeps neither token nor text', async () => {
    const key = randomUUID()
    const secret = 'ข้อความลับ'
    await line.client.pushMessage({ to: somsri, messages: texts(secret) }, key)
    const { items } = await line.control<{ items: Record<string, unknown>[] }>('GET', '/requests?limit=10000')
    expect(items.at(-1)).toMatchObject({
      method: 'POST',
      path: '/v2/bot/message/push',
      status: 200,
      retryKey: key,
      summary: 'to สมศรี ทดสอบ: text',
    })
    const written = JSON.stringify(items)
    expect(written).not.toContain(secret)
    expect(written).not.toContain(line.channel.channelAccessToken)
    const after = Number(items.at(-1)?.['seq'])
    expect(await line.control('GET', `/requests?after=${after}`)).toEqual({ items: [] })
  })
})
