import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openLineClient } from '../../src/bot/line-client.ts'
import { type ServedLine, serveLine } from '../sandbox/line/serve-line.ts'
import { type Bot, startBot } from '../sandbox/line/webhook-bot.ts'

let line: ServedLine
let bot: Bot
let userId: string
/** How far LINE's clock is ahead of ours. */
let ahead = 0

const messages = [{ type: 'text' as const, text: 'สวัสดี' }]
const clientWith = (over: Partial<Parameters<typeof openLineClient>[0]> = {}) =>
  openLineClient({
    channelId: line.channel.channelId,
    channelSecret: line.channel.channelSecret,
    channelAccessToken: null,
    apiBaseUrl: line.apiUrl,
    dataApiBaseUrl: line.apiUrl,
    timeoutMs: 2_000,
    ...over,
  })
const fault = (on: string, kind: string, times = 1) => line.control('POST', '/faults', { on, kind, times })
const tokensIssued = async () => {
  const { items } = await line.control<{ items: { path: string }[] }>('GET', '/requests?after=0&limit=1000')
  return items.filter((item) => item.path.endsWith('/oauth2/v3/token')).length
}
const received = async () => {
  const { items } = await line.control<{ items: { from: string }[] }>('GET', `/people/${userId}/chat`)
  return items.filter((item) => item.from === 'bot').length
}
const replyToken = async (): Promise<string> => {
  const sent = { type: 'text', text: 'สถานะ' }
  const { webhookEventId } = await line.control<{ webhookEventId: string }>('POST', `/people/${userId}/messages`, sent)
  await line.control('POST', '/idle')
  return bot.events().find((event) => event.webhookEventId === webhookEventId)?.replyToken ?? ''
}

beforeAll(async () => {
  line = await serveLine({ now: () => Date.now() + ahead })
  bot = await startBot(() => line.channel.channelSecret)
  await line.control('PUT', '/settings', { webhookUrl: bot.url, quota: { type: 'none' } })
})
beforeEach(async () => {
  await line.control('DELETE', '/faults')
  userId = await line.friend()
})
afterAll(async () => {
  await bot.close()
  await line.close()
})

describe('sending', () => {
  it('replies once with a token; the second time it is spent', async () => {
    const client = clientWith()
    const token = await replyToken()
    const first = await client.reply({ replyToken: token, messages })
    expect(first).toMatchObject({ kind: 'accepted', requestId: expect.any(String) })
    expect(await client.reply({ replyToken: token, messages })).toEqual({ kind: 'invalid-reply-token' })
    expect(await received()).toBe(1)
  })

  it('a push repeated with its retry key is accepted as the first one was', async () => {
    const client = clientWith()
    const push = { to: userId, messages, retryKey: randomUUID() }
    const first = await client.push(push)
    expect(await client.push(push)).toEqual(first)
    expect(await received()).toBe(1)
  })

  it.each([
    ['429-rate', 'rate-limited'],
    ['429-user', 'too-many-to-one'],
    ['429-monthly', 'monthly-limit'],
    ['500', 'unreachable'],
    ['cut-before-accept', 'unreachable'],
    ['cut-after-accept', 'unreachable'],
  ])('on the fault %s says %s', async (kind, expected) => {
    await fault('push', kind)
    const client = clientWith()
    const push = { to: userId, messages, retryKey: randomUUID() }
    expect((await client.push(push)).kind).toBe(expected)
    expect((await client.push(push)).kind).toBe('accepted')
    expect(await received()).toBe(1)
  })

  it('gives up waiting in its time and does not know what became of it', async () => {
    await fault('push', 'timeout')
    const client = clientWith({ timeoutMs: 150 })
    const push = { to: userId, messages, retryKey: randomUUID() }
    expect(await client.push(push)).toEqual({
      kind: 'unreachable',
      words: 'LINE did not answer within 150 ms',
      nothingSent: false,
    })
  })

  it('says what LINE refuses, and that nobody answers there', async () => {
    const refused = await clientWith().push({
      to: userId,
      messages: [{ type: 'text', text: '' }],
      retryKey: randomUUID(),
    })
    expect(refused).toMatchObject({ kind: 'refused', status: 400 })
    const nobody = clientWith({ apiBaseUrl: 'http://127.0.0.1:9', channelAccessToken: 'x' })
    expect((await nobody.push({ to: userId, messages, retryKey: randomUUID() })).kind).toBe('unreachable')
  })

  it('reaches several people with one call', async () => {
    const other = await line.friend('สมชาย ทดสอบ')
    const result = await clientWith().multicast({ to: [userId, other], messages, retryKey: randomUUID() })
    expect(result.kind).toBe('accepted')
    expect(await received()).toBe(1)
  })
})

describe('tokens', () => {
  it('are issued once for calls at the same time and used until they near their end', async () => {
    const before = await tokensIssued()
    const client = clientWith()
    await Promise.all([1, 2, 3].map(() => client.profile(userId)))
    await client.profile(userId)
    expect((await tokensIssued()) - before).toBe(1)
  })

  it('are issued anew before they end', async () => {
    await line.control('PUT', '/settings', { tokenLifeMs: 1_000 })
    const before = await tokensIssued()
    const client = clientWith()
    await client.profile(userId)
    await expect
      .poll(
        async () => {
          await client.profile(userId)
          return (await tokensIssued()) - before
        },
        { timeout: 5_000 },
      )
      .toBeGreaterThan(1)
    await line.control('PUT', '/settings', { tokenLifeMs: 900_000 })
  })

  it('are issued anew once when LINE knows them no more', async () => {
    const client = clientWith()
    await client.profile(userId)
    const before = await tokensIssued()
    ahead += 16 * 60_000
    expect(await client.push({ to: userId, messages, retryKey: randomUUID() })).toMatchObject({ kind: 'accepted' })
    expect((await tokensIssued()) - before).toBe(1)
  })

  it('that are long-lived and refused stay refused', async () => {
    const client = clientWith({ channelAccessToken: 'no longer good' })
    expect(await client.push({ to: userId, messages, retryKey: randomUUID() })).toMatchObject({
      kind: 'refused',
      status: 401,
    })
    const good = clientWith({ channelAccessToken: line.channel.channelAccessToken })
    expect(await good.push({ to: userId, messages, retryKey: randomUUID() })).toMatchObject({ kind: 'accepted' })
  })

  it('that cannot be got leave a sending undone and possible later', async () => {
    await fault('token', '500')
    const client = clientWith()
    const push = { to: userId, messages, retryKey: randomUUID() }
    expect((await client.push(push)).kind).toBe('unreachable')
    expect((await client.push(push)).kind).toBe('accepted')
  })

  it('are not got with a wrong secret, and the answer says so', async () => {
    const client = clientWith({ channelSecret: 'wrong' })
    const result = await client.push({ to: userId, messages, retryKey: randomUUID() })
    expect(result).toMatchObject({ kind: 'refused', status: 400, words: expect.stringContaining('client') })
  })
})

describe('people', () => {
  it('have a name, until they block us', async () => {
    const client = clientWith()
    expect(await client.profile(userId)).toEqual({ displayName: 'สมศรี ทดสอบ' })
    await line.control('POST', `/people/${userId}/unfollow`)
    expect(await client.profile(userId)).toBeNull()
  })

  it('see the dots while they wait; when that fails nothing happens', async () => {
    const client = clientWith()
    await client.showLoading(userId, 17)
    const { loading } = await line.control<{ loading: boolean }>('GET', `/people/${userId}/chat`)
    expect(loading).toBe(true)
    await fault('loading', '500')
    await expect(client.showLoading(userId, 20)).resolves.toBeUndefined()
  })
})

it('the bot knows its own name and says where its webhook is', async () => {
  const client = clientWith()
  expect(await client.botInfo()).toMatchObject({ userId: line.channel.botUserId, basicId: line.channel.basicId })
  await client.setWebhookEndpoint('https://lec.example.test/line/webhook')
  const settings = await line.control<{ webhookUrl: string }>('GET', '/settings')
  expect(settings.webhookUrl).toBe('https://lec.example.test/line/webhook')
  await line.control('PUT', '/settings', { webhookUrl: bot.url })
})
