import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postback } from './messages-made.ts'
import { refused, texts } from './refused.ts'
import { type ServedLine, serveLine } from './serve-line.ts'
import { type Bot, startBot } from './webhook-bot.ts'

let line: ServedLine
let bot: Bot
beforeAll(async () => {
  line = await serveLine()
  bot = await startBot(() => line.channel.channelSecret)
  await line.control('PUT', '/settings', { webhookUrl: bot.url })
})
afterAll(async () => {
  await bot.close()
  await line.close()
})

type Person = { userId: string; friend: boolean; blocked: boolean; device: string; lastSeq: number; unread: number }
type Chat = { items: { seq: number; from: string; via?: string; read?: boolean; message: Record<string, unknown> }[] }
const person = (userId: string) => line.control<Person>('GET', `/people/${userId}`)
const chatOf = (userId: string, after = 0) => line.control<Chat>('GET', `/people/${userId}/chat?after=${after}`)
const heard = async () => {
  await line.control('POST', '/idle')
  return bot.events()
}

describe('profiles', () => {
  it('are given of friends only', async () => {
    const userId = await line.friend('สมศรี ใจดี')
    expect(await line.client.getProfile(userId)).toMatchObject({ userId, displayName: 'สมศรี ใจดี' })
    await line.control('POST', `/people/${userId}/unfollow`)
    expect(await refused(line.client.getProfile(userId))).toMatchObject({ status: 404, message: 'Not found' })
    await line.control('POST', `/people/${userId}/unblock`)
    await line.client.getProfile(userId)
    expect((await refused(line.client.getProfile(`U${'0'.repeat(32)}`))).status).toBe(404)
  })

  it('are listed page by page for a verified account', async () => {
    for (let count = 0; count < 3; count += 1) await line.friend()
    const first = await line.client.getFollowers(undefined, 2)
    expect(first.userIds).toHaveLength(2)
    const second = await line.client.getFollowers(first.next, 1000)
    expect(second.userIds.some((id) => first.userIds.includes(id))).toBe(false)
    await line.control('PUT', '/settings', { verifiedAccount: false })
    expect((await refused(line.client.getFollowers())).status).toBe(403)
    await line.control('PUT', '/settings', { verifiedAccount: true })
  })
})

describe('people', () => {
  it('have a given id once, a device, and acts that fit their bond with the bot', async () => {
    const userId = `U${'a'.repeat(32)}`
    expect((await line.tryControl('POST', '/people', { displayName: 'ก', userId, device: 'pc' })).status).toBe(201)
    expect((await line.tryControl('POST', '/people', { displayName: 'ข', userId })).status).toBe(409)
    expect(await person(userId)).toMatchObject({ friend: false, blocked: false, device: 'pc' })
    expect((await line.tryControl('POST', `/people/${userId}/unblock`)).status).toBe(409)
    expect((await line.tryControl('POST', `/people/${userId}/unfollow`)).status).toBe(409)
    await line.control('POST', `/people/${userId}/follow`)
    expect((await line.tryControl('POST', `/people/${userId}/follow`)).status).toBe(409)
    await line.control('POST', `/people/${userId}/unfollow`)
    const said = await line.tryControl('POST', `/people/${userId}/messages`, { type: 'text', text: 'ก' })
    expect(said.status).toBe(409)
  })

  it('see unread messages until they open the chat', async () => {
    const userId = await line.friend()
    await line.client.pushMessage({ to: userId, messages: texts('1', '2') })
    expect((await person(userId)).unread).toBe(2)
    const { items } = await chatOf(userId)
    const last = items.at(-1)?.seq ?? 0
    expect(await person(userId)).toMatchObject({ unread: 0, lastSeq: last })
    expect((await chatOf(userId, last)).items).toEqual([])
  })

  it('get a reply without being a friend, yet no push', async () => {
    const { userId } = await line.control<Person>('POST', '/people', { displayName: 'ผู้มาเยือน' })
    await line.control('POST', `/people/${userId}/messages`, { type: 'text', text: 'สวัสดี' })
    const replyToken = (await heard()).at(-1)?.replyToken ?? ''
    await line.client.pushMessage({ to: userId, messages: texts('push') })
    await line.client.replyMessage({ replyToken, messages: texts('reply') })
    expect((await chatOf(userId)).items.map((item) => item.message['text'])).toEqual(['สวัสดี', 'reply'])
  })

  it('show a tap with displayText as their text, and one without as nothing', async () => {
    const userId = await line.friend()
    await line.control('POST', `/people/${userId}/postback`, { data: 'x', displayText: 'ยืนยัน' })
    await line.control('POST', `/people/${userId}/postback`, { data: 'y' })
    expect((await chatOf(userId)).items).toMatchObject([
      { from: 'person', via: 'postback', message: { type: 'text', text: 'ยืนยัน' } },
      { from: 'person', via: 'postback', message: { type: 'postback', data: 'y' } },
    ])
  })

  it('can tap only what a message shows them', async () => {
    const userId = await line.friend()
    const message = {
      type: 'text' as const,
      text: 'a',
      quickReply: {
        items: [{ type: 'action' as const, action: { ...postback('ok', 'q'), type: 'postback' as const } }],
      },
    }
    await line.client.pushMessage({ to: userId, messages: [message] })
    const fromSeq = (await chatOf(userId)).items.at(-1)?.seq
    const tap = async (data: string) =>
      (await line.tryControl('POST', `/people/${userId}/postback`, { data, fromSeq })).status
    expect(await tap('other')).toBe(409)
    await line.control('PATCH', `/people/${userId}`, { device: 'pc' })
    expect(await tap('q')).toBe(409)
    await line.control('PATCH', `/people/${userId}`, { device: 'phone' })
    expect(await tap('q')).toBe(200)
    expect(await tap('q')).toBe(409)
  })

  it('send pictures and files whose bytes wait until the message is taken back', async () => {
    const userId = await line.friend()
    const data = Buffer.from('ไฟล์').toString('base64')
    const { messageId } = await line.control<{ messageId: string }>('POST', `/people/${userId}/messages`, {
      type: 'file',
      fileName: 'ก.csv',
      data,
    })
    expect((await heard()).at(-1)?.message).toMatchObject({ type: 'file', fileName: 'ก.csv', fileSize: 12 })
    const chunks: Buffer[] = []
    for await (const chunk of await line.blobs.getMessageContent(messageId)) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).toString()).toBe('ไฟล์')
    await line.control('POST', `/people/${userId}/unsend`, { messageId })
    expect((await refused(line.blobs.getMessageContent(messageId))).status).toBe(404)
    expect((await chatOf(userId)).items.at(-1)?.message).toEqual({ type: 'unsent' })
    expect((await line.tryControl('POST', `/people/${userId}/unsend`, { messageId })).status).toBe(409)
  })

  it.each([
    { type: 'sticker', packageId: '446', stickerId: '1988' },
    { type: 'image' },
    { type: 'video' },
    { type: 'audio' },
    { type: 'location', latitude: 13.7, longitude: 100.5 },
  ])('send a $type', async (message) => {
    const userId = await line.friend()
    await line.control('POST', `/people/${userId}/messages`, message)
    expect((await heard()).at(-1)?.message).toMatchObject(message)
  })

  it('see whether the bot has read, when it marks by token', async () => {
    await line.control('PUT', '/settings', { markAsReadMode: 'manual' })
    const userId = await line.friend()
    await line.control('POST', `/people/${userId}/messages`, { type: 'text', text: 'a' })
    expect((await chatOf(userId)).items[0]?.read).toBe(false)
    const token = String((await heard()).at(-1)?.message?.['markAsReadToken'])
    await line.client.markMessagesAsReadByToken({ markAsReadToken: token })
    expect((await chatOf(userId)).items[0]?.read).toBe(true)
    expect((await refused(line.client.markMessagesAsReadByToken({ markAsReadToken: 'x' }))).status).toBe(400)
    await line.control('PUT', '/settings', { markAsReadMode: 'auto' })
  })
})

describe('groups', () => {
  it('tell of joining and of members, take pushes by member count, and forget the bot that leaves', async () => {
    const [one, two] = [await line.friend(), await line.friend()]
    const { groupId } = await line.control<{ groupId: string }>('POST', '/groups', { name: 'ทดสอบ', userIds: [one] })
    const at = `/groups/${groupId}`
    expect(
      (await line.tryControl('POST', `${at}/messages`, { userId: one, message: { type: 'text', text: 'a' } })).status,
    ).toBe(409)
    const before = (await heard()).length
    await line.control('POST', `${at}/bot-join`)
    await line.control('POST', `${at}/members`, { userIds: [two] })
    await line.control('POST', `${at}/messages`, {
      userId: two,
      hideUserId: true,
      message: { type: 'text', text: 'a' },
    })
    const events = (await heard()).slice(before)
    expect(events.map((event) => event.type)).toEqual(['join', 'memberJoined', 'message'])
    expect(events[2]?.source).toEqual({ type: 'group', groupId })

    await line.control('PUT', '/quota-used', { totalUsage: 0 })
    await line.client.pushMessage({ to: groupId, messages: texts('ถึงกลุ่ม') })
    expect(await line.client.getMessageQuotaConsumption()).toEqual({ totalUsage: 2 })
    await line.client.replyMessage({ replyToken: events[2]?.replyToken ?? '', messages: texts('ตอบกลุ่ม') })
    const { items } = await line.control<Chat>('GET', `${at}/chat`)
    expect(items.map((item) => item.message['text'])).toEqual(['a', 'ถึงกลุ่ม', 'ตอบกลุ่ม'])

    expect(await line.client.getGroupSummary(groupId)).toMatchObject({ groupId, groupName: 'ทดสอบ' })
    expect(await line.client.getGroupMemberCount(groupId)).toEqual({ count: 2 })
    expect((await line.client.getGroupMemberProfile(groupId, two)).userId).toBe(two)
    await line.client.leaveGroup(groupId)
    expect((await refused(line.client.getGroupSummary(groupId))).status).toBe(404)
    expect((await refused(line.client.pushMessage({ to: groupId, messages: texts('a') }))).status).toBe(400)
  })
})
