import { expect, it } from 'vitest'
import { refused, texts } from './refused.ts'
import { serveLine } from './serve-line.ts'
import { startBot } from './webhook-bot.ts'

it('a restarted sandbox is the same channel, with the same people, chats, keys and waiting events', async () => {
  const first = await serveLine()
  const userId = await first.friend('สมศรี')
  const key = 'd1b5a1a0-95d8-4bb3-8a1b-0f7e1a5f3c11'
  await first.client.pushMessage({ to: userId, messages: texts('ก่อน') }, key)
  await first.control('PUT', '/settings', { webhookUrl: 'http://127.0.0.1:1/', redelivery: true, redeliveryDelayMs: 1 })
  await first.control('POST', `/people/${userId}/messages`, { type: 'text', text: 'ค้าง' })
  expect(await first.control('POST', '/idle', { timeoutMs: 50 })).toEqual({ idle: false })
  await first.close({ keep: true })

  const second = await serveLine({ dir: first.dir })
  const bot = await startBot(() => second.channel.channelSecret)
  expect(second.channel).toEqual({ ...first.channel, apiBaseUrl: second.apiUrl, dataApiBaseUrl: second.apiUrl })
  await second.control('PUT', '/settings', { webhookUrl: bot.url })
  expect(await second.control('POST', '/idle', { timeoutMs: 8_000 })).toEqual({ idle: true })
  expect(bot.events()).toMatchObject([{ message: { text: 'ค้าง' }, deliveryContext: { isRedelivery: true } }])
  const replyToken = bot.events()[0]?.replyToken ?? ''
  await second.client.replyMessage({ replyToken, messages: texts('หลัง') })
  expect((await refused(second.client.pushMessage({ to: userId, messages: texts('ก่อน') }, key))).status).toBe(409)
  const { items } = await second.control<{ items: { message: { text: string } }[] }>('GET', `/people/${userId}/chat`)
  expect(items.map((item) => item.message.text)).toEqual(['ก่อน', 'ค้าง', 'หลัง'])
  await bot.close()
  await second.close()
})
