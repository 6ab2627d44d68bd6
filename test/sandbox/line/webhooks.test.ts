import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signatureOf } from '../../../src/sandbox/line/webhook-post.ts'
import { refused, texts } from './refused.ts'
import { type ServedLine, serveLine } from './serve-line.ts'
import { type Bot, startBot } from './webhook-bot.ts'

let line: ServedLine
let bot: Bot
let somsri: string
let now: number

const idle = async (timeoutMs = 8_000) => (await line.control<{ idle: boolean }>('POST', '/idle', { timeoutMs })).idle
const settings = (change: Record<string, unknown>) => line.control('PUT', '/settings', change)
const say = (userId: string, text: string) =>
  line.control<{ messageId: string; webhookEventId: string }>('POST', `/people/${userId}/messages`, {
    type: 'text',
    text,
  })
const heardTexts = () => bot.events().map((event) => event.message?.['text'])
const calls = async () =>
  (
    await line.control<{
      items: { attempts: number; status: number | null; eventIds: string[]; redelivery: boolean }[]
    }>('GET', '/webhooks')
  ).items

beforeEach(async () => {
  now = 1_700_000_000_000
  line = await serveLine({ now: () => now })
  bot = await startBot(() => line.channel.channelSecret)
  await settings({ webhookUrl: bot.url, redeliveryDelayMs: 20 })
  somsri = await line.friend('สมศรี')
})
afterEach(async () => {
  await bot.close()
  await line.close()
})

describe('webhooks', () => {
  it('are signed as in the published example', () => {
    const body = Buffer.from('{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}')
    expect(signatureOf(body, '8c570fa6dd201bb328f1c1eac23a96d8')).toBe('GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=')
  })

  it('carry a signed text event with ULID, reply token and destination', async () => {
    const { messageId, webhookEventId } = await say(somsri, 'สถานะ')
    expect(await idle()).toBe(true)
    expect(bot.calls).toMatchObject([{ signed: true, destination: line.channel.botUserId }])
    expect(webhookEventId).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    expect(bot.events()).toEqual([
      {
        type: 'message',
        message: {
          type: 'text',
          id: messageId,
          text: 'สถานะ',
          quoteToken: expect.any(String),
          markAsReadToken: expect.any(String),
        },
        webhookEventId,
        deliveryContext: { isRedelivery: false },
        timestamp: now,
        source: { type: 'user', userId: somsri },
        replyToken: expect.stringMatching(/^[0-9a-f]{32}$/),
        mode: 'active',
      },
    ])
  })

  it('tell of following, blocking, unblocking, taps and messages taken back', async () => {
    const { userId } = await line.control<{ userId: string }>('POST', '/people', { displayName: 'ใหม่' })
    await line.control('POST', `/people/${userId}/follow`)
    await line.control('POST', `/people/${userId}/unfollow`)
    await line.control('POST', `/people/${userId}/unblock`)
    await line.control('POST', `/people/${userId}/postback`, { data: 'x', params: { date: '2024-06-10' } })
    const { messageId } = await say(userId, 'ผิด')
    await line.control('POST', `/people/${userId}/unsend`, { messageId })
    expect(await idle()).toBe(true)
    const heard = bot.events()
    expect(heard.map((event) => event.type)).toEqual(['follow', 'unfollow', 'follow', 'postback', 'message', 'unsend'])
    expect(heard.map((event) => event['follow'])).toMatchObject([
      { isUnblocked: false },
      undefined,
      { isUnblocked: true },
      undefined,
      undefined,
      undefined,
    ])
    expect(heard.map((event) => event.replyToken !== undefined)).toEqual([true, false, true, true, true, false])
    expect(heard[3]?.['postback']).toEqual({ data: 'x', params: { date: '2024-06-10' } })
    expect(heard[5]?.['unsend']).toEqual({ messageId })
  })

  it('come without a webhook when somebody was added long ago', async () => {
    await line.friend()
    expect(await idle()).toBe(true)
    expect(bot.calls).toEqual([])
  })

  it('bring events of several people in one call, each person in order', async () => {
    const somchai = await line.friend('สมชาย')
    await settings({ deliveryPaused: true })
    await say(somsri, '1')
    await say(somchai, '2')
    await say(somsri, '3')
    await settings({ deliveryPaused: false })
    expect(await idle()).toBe(true)
    expect(bot.calls).toHaveLength(1)
    expect(heardTexts()).toEqual(['1', '2', '3'])
  })

  it('keep a person in order while a call is under way', async () => {
    for (const text of ['1', '2', '3', '4', '5', '6']) await say(somsri, text)
    expect(await idle()).toBe(true)
    expect(heardTexts()).toEqual(['1', '2', '3', '4', '5', '6'])
  })

  it('can carry anything unexpected', async () => {
    await line.control('POST', `/people/${somsri}/raw-event`, { type: 'somethingNew', source: null, replyToken: null })
    await line.control('POST', `/people/${somsri}/raw-event`, { mode: 'standby', replyToken: null })
    expect(await idle()).toBe(true)
    expect(bot.events()).toMatchObject([{ type: 'somethingNew' }, { type: 'message', mode: 'standby' }])
    expect(bot.events()[0]).not.toHaveProperty('source')
    expect(bot.events()[1]).not.toHaveProperty('replyToken')
  })

  it('are lost without a webhook URL', async () => {
    await settings({ webhookUrl: null })
    await say(somsri, 'หาย')
    expect(await idle()).toBe(true)
    await settings({ webhookUrl: bot.url })
    await say(somsri, 'ถึง')
    expect(await idle()).toBe(true)
    expect(heardTexts()).toEqual(['ถึง'])
  })

  it('go only to https or to loopback', async () => {
    expect((await line.tryControl('PUT', '/settings', { webhookUrl: 'http://example.com/' })).status).toBe(400)
    expect((await refused(line.client.setWebhookEndpoint({ endpoint: 'http://example.com/' }))).status).toBe(400)
    await line.client.setWebhookEndpoint({ endpoint: 'https://example.com/' })
    expect(await line.client.getWebhookEndpoint()).toEqual({ endpoint: 'https://example.com/', active: true })
  })

  it('are verified with a signed call without events', async () => {
    expect(await line.control('POST', '/verify-webhook')).toMatchObject({
      success: true,
      statusCode: 200,
      reason: 'OK',
    })
    expect(bot.calls).toMatchObject([{ signed: true, events: [] }])
    bot.answerNext(500)
    expect(await line.client.testWebhookEndpoint({})).toMatchObject({ success: false, statusCode: 500 })
  })

  it('are signed with the new secret as soon as it is reissued', async () => {
    const { channelSecret } = await line.control<{ channelSecret: string }>('POST', '/channel/reissue-secret')
    await say(somsri, 'a')
    expect(await idle()).toBe(true)
    expect(bot.calls[0]?.signed).toBe(false)
    expect(bot.calls[0]?.signature).toBe(signatureOf(Buffer.from(bot.calls[0]?.text ?? ''), channelSecret))
  })
})

describe('redelivery', () => {
  it('is off at first: a failed event is lost', async () => {
    bot.answerNext(500)
    await say(somsri, 'a')
    expect(await idle()).toBe(true)
    expect(await calls()).toMatchObject([{ attempts: 1, status: 500, redelivery: false }])
  })

  it('repeats with the same ids and token until the bot answers 2xx', async () => {
    await settings({ redelivery: true })
    bot.answerNext(500, 404, 302)
    await say(somsri, 'a')
    expect(await idleAfterRetries()).toBe(true)
    const [first, ...again] = bot.events()
    expect(again).toHaveLength(3)
    for (const event of again) expect(event).toEqual({ ...first, deliveryContext: { isRedelivery: true } })
    expect((await calls()).map((call) => call.attempts)).toEqual([1, 2, 3, 4])
  })

  it('repeats when the bot breaks the connection or is silent for two seconds', async () => {
    await settings({ redelivery: true })
    bot.answerNext('cut', 'silent')
    await say(somsri, 'a')
    expect(await idleAfterRetries()).toBe(true)
    expect((await calls()).map((call) => call.status)).toEqual([null, null, 200])
  })

  it('keeps a person in order while her first event waits', async () => {
    await settings({ redelivery: true })
    const somchai = await line.friend('สมชาย')
    bot.answerNext(500)
    await say(somsri, '1')
    await reached(async () => (await calls()).length === 1)
    await say(somsri, '2')
    await say(somchai, 'อื่น')
    expect(await idleAfterRetries()).toBe(true)
    expect(heardTexts().filter((text) => text !== 'อื่น')).toEqual(['1', '1', '2'])
  })

  it('gives the reply token another minute, until twenty minutes are over', async () => {
    await settings({ redelivery: true, redeliveryDelayMs: 70_000 })
    bot.answerNext(500, 500)
    await say(somsri, 'a')
    await reached(async () => (await calls()).length === 1)
    now += 70_000
    const replyToken = bot.events()[0]?.replyToken ?? ''
    expect((await refused(line.client.replyMessage({ replyToken, messages: texts('late') }))).status).toBe(400)
    await settings({})
    await reached(async () => (await calls()).length === 2)
    now += 20 * 60_000
    await settings({})
    expect(await idleAfterRetries()).toBe(true)
    expect((await refused(line.client.replyMessage({ replyToken, messages: texts('late') }))).status).toBe(400)
  })

  it('makes a token good again that was not used', async () => {
    await settings({ redelivery: true, redeliveryDelayMs: 70_000 })
    bot.answerNext(500)
    await say(somsri, 'a')
    await reached(async () => (await calls()).length === 1)
    now += 70_000
    await settings({})
    expect(await idleAfterRetries()).toBe(true)
    await line.client.replyMessage({ replyToken: bot.events()[0]?.replyToken ?? '', messages: texts('ok') })
  })

  it('reaches a bot that was away', async () => {
    await settings({ redelivery: true })
    const { port } = bot
    await bot.close()
    await say(somsri, '1')
    await say(somsri, '2')
    expect(await idle(50)).toBe(false)
    bot = await startBot(() => line.channel.channelSecret, port)
    expect(await idleAfterRetries()).toBe(true)
    expect(heardTexts()).toEqual(['1', '2'])
  })

  /** The clock of the test stands still: each look moves it past the next retry. */
  async function idleAfterRetries(): Promise<boolean> {
    for (let round = 0; round < 100; round += 1) {
      if (await idle(100)) return true
      now += 1_000
      await settings({})
    }
    return false
  }
})

describe('webhook faults', () => {
  const fault = (kind: string, more: Record<string, unknown> = {}) =>
    line.control('POST', '/faults', { on: 'webhook', kind, ...more })

  it('deliver an event twice', async () => {
    await fault('duplicate')
    await say(somsri, 'a')
    expect(await idle()).toBe(true)
    expect(bot.events()).toHaveLength(2)
    expect(bot.calls[0]?.text).toBe(bot.calls[1]?.text)
  })

  it('drop an event', async () => {
    await fault('drop')
    await say(somsri, '1')
    await say(somsri, '2')
    expect(await idle()).toBe(true)
    expect(heardTexts()).toEqual(['2'])
  })

  it('let the next event of the same person overtake', async () => {
    await fault('reorder', { delayMs: 60_000 })
    await say(somsri, '1')
    await say(somsri, '2')
    await say(somsri, '3')
    expect(await idle()).toBe(true)
    expect(heardTexts().slice(0, 2)).not.toEqual(['1', '2'])
    expect([...heardTexts()].sort()).toEqual(['1', '2', '3'])
  })

  it.each(['timeout', 'cut-after-accept'])('lose the answer on %s, so that the event comes again', async (kind) => {
    await settings({ redelivery: true, redeliveryDelayMs: 1 })
    await fault(kind)
    await say(somsri, 'a')
    await reached(async () => (await calls()).length === 1)
    now += 10
    await settings({})
    expect(await idle()).toBe(true)
    expect(bot.events().map((event) => event.deliveryContext?.isRedelivery)).toEqual([false, true])
  })

  it('break the connection in the middle of the body', async () => {
    await settings({ redelivery: true, redeliveryDelayMs: 1 })
    await fault('cut-before-accept')
    await say(somsri, 'a')
    await reached(async () => (await calls()).length === 1)
    expect(bot.calls).toEqual([])
    now += 10
    await settings({})
    expect(await idle()).toBe(true)
    expect(bot.events()).toHaveLength(1)
  })
})

async function reached(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('not reached in time')
    await new Promise((resolve) => setImmediate(resolve))
  }
}
