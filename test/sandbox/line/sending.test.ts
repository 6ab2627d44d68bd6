import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refused, texts } from './refused.ts'
import { type ServedLine, serveLine } from './serve-line.ts'
import { type Bot, startBot } from './webhook-bot.ts'

let line: ServedLine
let bot: Bot
let now = 1_700_000_000_000

type Chat = {
  items: { seq: number; from: string; via?: string; requestId?: string; message: Record<string, unknown> }[]
  loading: boolean
}
const chatOf = (userId: string) => line.control<Chat>('GET', `/people/${userId}/chat`)
const quota = (value: number) => line.control('PUT', '/settings', { quota: { type: 'limited', value } })

/** Somebody writes; the reply token that the bot hears. */
async function writtenBy(userId: string, text = 'สถานะ'): Promise<string> {
  const { webhookEventId } = await line.control<{ webhookEventId: string }>('POST', `/people/${userId}/messages`, {
    type: 'text',
    text,
  })
  await line.control('POST', '/idle')
  const token = bot.events().find((event) => event.webhookEventId === webhookEventId)?.replyToken
  if (token === undefined) throw new Error('the event did not arrive')
  return token
}

beforeAll(async () => {
  line = await serveLine({ now: () => now })
  bot = await startBot(() => line.channel.channelSecret)
  await line.control('PUT', '/settings', { webhookUrl: bot.url, quota: { type: 'none' } })
})

afterAll(async () => {
  await bot.close()
  await line.close()
})

describe('replying', () => {
  it('puts up to five messages into the chat and names their ids', async () => {
    const userId = await line.friend()
    const replyToken = await writtenBy(userId)
    const { sentMessages } = await line.client.replyMessage({ replyToken, messages: texts('1', '2', '3', '4', '5') })
    expect(sentMessages).toHaveLength(5)
    const { items } = await chatOf(userId)
    expect(items.filter((item) => item.from === 'bot').map((item) => item.message['text'])).toEqual('12345'.split(''))
    expect(items.at(-1)?.via).toBe('reply')
  })

  it('refuses six messages and none', async () => {
    const replyToken = await writtenBy(await line.friend())
    const six = await refused(line.client.replyMessage({ replyToken, messages: texts(...'123456') }))
    expect(six).toMatchObject({ status: 400, message: 'The request body has 1 error(s)' })
    expect(six.details[0]?.property).toBe('messages')
    expect((await refused(line.client.replyMessage({ replyToken, messages: [] }))).status).toBe(400)
  })

  it('works once per token', async () => {
    const replyToken = await writtenBy(await line.friend())
    await line.client.replyMessage({ replyToken, messages: texts('a') })
    const again = await refused(line.client.replyMessage({ replyToken, messages: texts('a') }))
    expect(again).toMatchObject({ status: 400, message: 'Invalid reply token' })
  })

  it('refuses a token after its minute and one that was never given out', async () => {
    const replyToken = await writtenBy(await line.friend())
    now += 60_001
    const late = await refused(line.client.replyMessage({ replyToken, messages: texts('a') }))
    expect(late.message).toBe('Invalid reply token')
    const forged = await refused(line.client.replyMessage({ replyToken: 'f'.repeat(32), messages: texts('a') }))
    expect(forged.message).toBe('Invalid reply token')
  })

  it('keeps the token when the messages were refused', async () => {
    const replyToken = await writtenBy(await line.friend())
    await refused(line.client.replyMessage({ replyToken, messages: texts('') }))
    await line.client.replyMessage({ replyToken, messages: texts('a') })
  })

  it('refuses a retry key', async () => {
    const replyToken = await writtenBy(await line.friend())
    const response = await fetch(`${line.apiUrl}/v2/bot/message/reply`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${line.channel.channelAccessToken}`,
        'content-type': 'application/json',
        'x-line-retry-key': randomUUID(),
      },
      body: JSON.stringify({ replyToken, messages: texts('a') }),
    })
    expect(response.status).toBe(400)
    await line.client.replyMessage({ replyToken, messages: texts('a') })
  })

  it('costs no quota', async () => {
    await quota(0)
    const replyToken = await writtenBy(await line.friend())
    await line.client.replyMessage({ replyToken, messages: texts('a') })
    await line.control('PUT', '/settings', { quota: { type: 'none' } })
  })
})

describe('pushing', () => {
  it('accepts a message for somebody who has blocked the bot and delivers nothing', async () => {
    const userId = await line.friend()
    await line.control('POST', `/people/${userId}/unfollow`)
    const { sentMessages } = await line.client.pushMessage({ to: userId, messages: texts('a') })
    expect(sentMessages).toHaveLength(1)
    expect((await chatOf(userId)).items).toEqual([])
  })

  it('accepts a message for a stranger and for somebody who is no friend', async () => {
    const { userId } = await line.control<{ userId: string }>('POST', '/people', { displayName: 'ยังไม่เป็นเพื่อน' })
    await line.client.pushMessage({ to: userId, messages: texts('a') })
    expect((await chatOf(userId)).items).toEqual([])
    await line.client.pushMessage({ to: `U${'0'.repeat(32)}`, messages: texts('a') })
  })

  it('refuses what is no id', async () => {
    const answer = await refused(line.client.pushMessage({ to: 'somsri', messages: texts('a') }))
    expect(answer).toMatchObject({
      status: 400,
      message: "The property, 'to', in the request body is invalid (line: -, column: -)",
    })
  })

  it('refuses a group that the bot is not in', async () => {
    const answer = await refused(line.client.pushMessage({ to: `C${'0'.repeat(32)}`, messages: texts('a') }))
    expect(answer).toMatchObject({ status: 400, message: 'Failed to send messages' })
  })

  it('answers a repeated retry key with the accepted request and the sent messages', async () => {
    const userId = await line.friend()
    const key = randomUUID()
    const first = await line.client.pushMessageWithHttpInfo({ to: userId, messages: texts('a') }, key)
    const again = await refused(line.client.pushMessage({ to: userId, messages: texts('a') }, key))
    expect(again.status).toBe(409)
    expect(again.headers.get('x-line-accepted-request-id')).toBe(first.httpResponse.headers.get('x-line-request-id'))
    expect(again.body).toEqual({
      message: 'The retry key is already accepted',
      sentMessages: first.body.sentMessages,
    })
    expect((await chatOf(userId)).items).toHaveLength(1)
  })

  it('refuses a retry key with another body: a retry repeats the request', async () => {
    const userId = await line.friend()
    const key = randomUUID()
    await line.client.pushMessage({ to: userId, messages: texts('a') }, key)
    const other = await refused(line.client.pushMessage({ to: userId, messages: texts('b') }, key))
    expect(other).toMatchObject({ status: 400, message: 'The retry key was used for another request body' })
    expect((await chatOf(userId)).items.filter((item) => item.from === 'bot')).toHaveLength(1)
  })

  it('forgets a retry key after a day', async () => {
    const userId = await line.friend()
    const key = randomUUID()
    await line.client.pushMessage({ to: userId, messages: texts('a') }, key)
    now += 24 * 3_600_000 + 1
    await line.client.pushMessage({ to: userId, messages: texts('a') }, key)
    expect((await chatOf(userId)).items).toHaveLength(2)
  })

  it('does not remember the key of a refused request', async () => {
    const userId = await line.friend()
    const key = randomUUID()
    await refused(line.client.pushMessage({ to: userId, messages: texts('') }, key))
    await line.client.pushMessage({ to: userId, messages: texts('a') }, key)
  })

  it('refuses a retry key that is no UUID', async () => {
    const userId = await line.friend()
    expect((await refused(line.client.pushMessage({ to: userId, messages: texts('a') }, 'once'))).status).toBe(400)
  })

  it('refuses a quote token from another chat', async () => {
    const [here, there] = [await line.friend(), await line.friend()]
    const { sentMessages } = await line.client.pushMessage({ to: here, messages: texts('a') })
    const quoteToken = sentMessages[0]?.quoteToken ?? ''
    const message = { type: 'text' as const, text: 'b', quoteToken }
    await line.client.pushMessage({ to: here, messages: [message] })
    expect((await refused(line.client.pushMessage({ to: there, messages: [message] }))).status).toBe(400)
  })
})

describe('multicasting', () => {
  it('reaches the friends among the addressed and answers an empty object', async () => {
    const [one, two] = [await line.friend(), await line.friend()]
    await line.control('POST', `/people/${two}/unfollow`)
    expect(await line.client.multicast({ to: [one, two], messages: texts('a') })).toEqual({})
    expect((await chatOf(one)).items[0]?.via).toBe('multicast')
    expect((await chatOf(two)).items).toEqual([])
  })

  it('takes 500 people and refuses 501, groups and nobody', async () => {
    const ids = Array.from({ length: 501 }, (_, index) => `U${String(index).padStart(32, '0')}`)
    await line.client.multicast({ to: ids.slice(0, 500), messages: texts('a') })
    const tooMany = await refused(line.client.multicast({ to: ids, messages: texts('a') }))
    expect(tooMany.details).toEqual([{ message: 'Size must be between 1 and 500', property: 'to' }])
    expect((await refused(line.client.multicast({ to: [], messages: texts('a') }))).status).toBe(400)
    const group = await refused(line.client.multicast({ to: [`C${'0'.repeat(32)}`], messages: texts('a') }))
    expect(group.status).toBe(400)
  })

  it('answers a repeated retry key with 409 and no messages', async () => {
    const userId = await line.friend()
    const key = randomUUID()
    await line.client.multicast({ to: [userId], messages: texts('a') }, key)
    const again = await refused(line.client.multicast({ to: [userId], messages: texts('a') }, key))
    expect([again.status, again.body]).toEqual([409, { message: 'The retry key is already accepted' }])
    expect((await chatOf(userId)).items).toHaveLength(1)
  })
})

describe('quota', () => {
  it('refuses a retry key with other recipients', async () => {
    const [a, b] = [await line.friend(), await line.friend()]
    const key = randomUUID()
    await line.client.multicast({ to: [a], messages: texts('a') }, key)
    expect((await refused(line.client.multicast({ to: [a, b], messages: texts('a') }, key))).status).toBe(400)
    expect((await chatOf(b)).items.filter((item) => item.from === 'bot')).toHaveLength(0)
  })

  it('counts recipients, not messages, and not those whom it does not reach', async () => {
    await line.control('PUT', '/quota-used', { totalUsage: 0 })
    const [one, two, blocked] = [await line.friend(), await line.friend(), await line.friend()]
    await line.control('POST', `/people/${blocked}/unfollow`)
    await line.client.pushMessage({ to: one, messages: texts('1', '2', '3', '4', '5') })
    await line.client.pushMessage({ to: blocked, messages: texts('a') })
    await line.client.multicast({ to: [one, two, blocked], messages: texts('a') })
    expect(await line.client.getMessageQuotaConsumption()).toEqual({ totalUsage: 3 })
  })

  it('refuses what does not fit into the month, whole', async () => {
    await line.control('PUT', '/quota-used', { totalUsage: 0 })
    await quota(2)
    const ids = [await line.friend(), await line.friend(), await line.friend()]
    const answer = await refused(line.client.multicast({ to: ids, messages: texts('a') }))
    expect(answer).toMatchObject({ status: 429, message: 'You have reached your monthly limit.' })
    expect((await chatOf(ids[0] ?? '')).items).toEqual([])
    await line.client.multicast({ to: ids.slice(0, 2), messages: texts('a') })
    expect((await refused(line.client.pushMessage({ to: ids[0] ?? '', messages: texts('a') }))).status).toBe(429)
    expect(await line.client.getMessageQuota()).toEqual({ type: 'limited', value: 2 })
    await line.control('PUT', '/settings', { quota: { type: 'none' } })
    expect(await line.client.getMessageQuota()).toEqual({ type: 'none' })
  })

  it('starts anew with the month', async () => {
    await line.control('PUT', '/quota-used', { totalUsage: 7 })
    now += 32 * 86_400_000
    expect(await line.client.getMessageQuotaConsumption()).toEqual({ totalUsage: 0 })
  })
})

describe('the loading animation', () => {
  it('shows until the bot writes or its time is over', async () => {
    const userId = await line.friend()
    const { httpResponse } = await line.client.showLoadingAnimationWithHttpInfo({ chatId: userId, loadingSeconds: 10 })
    expect(httpResponse.status).toBe(202)
    expect((await chatOf(userId)).loading).toBe(true)
    await line.client.pushMessage({ to: userId, messages: texts('a') })
    expect((await chatOf(userId)).loading).toBe(false)
    await line.client.showLoadingAnimation({ chatId: userId, loadingSeconds: 5 })
    now += 5_000
    expect((await chatOf(userId)).loading).toBe(false)
  })

  it.each([0, 3, 7, 65])('refuses %i seconds', async (loadingSeconds) => {
    const chatId = await line.friend()
    expect((await refused(line.client.showLoadingAnimation({ chatId, loadingSeconds }))).status).toBe(400)
  })

  it('refuses groups', async () => {
    const answer = await refused(line.client.showLoadingAnimation({ chatId: `C${'0'.repeat(32)}` }))
    expect(answer.status).toBe(400)
  })
})
