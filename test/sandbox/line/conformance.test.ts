import { randomUUID } from 'node:crypto'
import { channelAccessToken, type messagingApi } from '@line/bot-sdk'
import { expect, it } from 'vitest'
import { openLineSpecs } from '../../conformance/line-openapi.ts'
import { bubble, buttonsTemplate, confirmTemplate, flex, postback, quick, word } from './messages-made.ts'
import { pictureBlob, png } from './pictures-made.ts'
import { refused, texts } from './refused.ts'
import { type Exchange, type ServedLine, serveLine } from './serve-line.ts'
import { startBot } from './webhook-bot.ts'

const specs = openLineSpecs()
if (!specs) console.warn('SKIPPED: conformance of the LINE sandbox; ../shared/specs is not here')

type Message = messagingApi.Message
const madeMessages = [
  flex(bubble(word('ก'), { type: 'button', action: postback() }, { type: 'separator', margin: 'md' })),
  confirmTemplate([postback(), postback('ยกเลิก')]),
  buttonsTemplate({}),
  quick(13),
] as Message[]

/** Everything that can be asked of the sandbox, refusals included. */
async function tour(line: ServedLine): Promise<void> {
  const { client, blobs, channel, control } = line
  const somsri = await line.friend('สมศรี')
  const blocked = await line.friend('สมชาย')
  await control('POST', `/people/${blocked}/unfollow`)
  const tokens = new channelAccessToken.ChannelAccessTokenClient({ baseURL: line.apiUrl })
  await tokens.issueStatelessChannelTokenByClientSecret(channel.channelId, channel.channelSecret)
  await refused(tokens.issueChannelToken('client_credentials', '1', 'x'))

  const key = randomUUID()
  await client.pushMessage({ to: somsri, messages: madeMessages }, key)
  await refused(client.pushMessage({ to: somsri, messages: madeMessages }, key))
  await refused(client.pushMessage({ to: somsri, messages: texts('') }))
  await client.multicast({ to: [somsri, blocked], messages: texts('a') })
  await refused(client.replyMessage({ replyToken: 'x', messages: texts('a') }))
  await client.validatePush({ messages: madeMessages })
  await client.getMessageQuota()
  await client.getMessageQuotaConsumption()
  await client.getProfile(somsri)
  await refused(client.getProfile(blocked))
  await client.getFollowers()
  await client.getBotInfo()
  await client.showLoadingAnimation({ chatId: somsri, loadingSeconds: 20 })
  await refused(client.showLoadingAnimation({ chatId: somsri, loadingSeconds: 7 }))
  await client.getWebhookEndpoint()
  await client.testWebhookEndpoint({})
  await client.issueLinkToken(somsri)

  const { richMenuId } = await client.createRichMenu({
    size: { width: 1_200, height: 405 },
    selected: false,
    name: 'menu',
    chatBarText: 'เมนู',
    areas: [{ bounds: { x: 0, y: 0, width: 600, height: 405 }, action: { type: 'postback', data: 'x' } }],
  })
  await blobs.setRichMenuImage(richMenuId, pictureBlob(png(1_200, 405), 'image/png'))
  await client.setDefaultRichMenu(richMenuId)
  await client.getDefaultRichMenuId()
  await client.linkRichMenuIdToUser(somsri, richMenuId)
  await client.getRichMenuIdOfUser(somsri)
  await client.linkRichMenuIdToUsers({ richMenuId, userIds: [somsri] })
  await client.unlinkRichMenuIdFromUsers({ userIds: [somsri] })
  await client.getRichMenu(richMenuId)
  await client.getRichMenuList()
  await client.createRichMenuAlias({ richMenuAliasId: 'a', richMenuId })
  await client.getRichMenuAlias('a')
  await client.getRichMenuAliasList()
  const batch = await client.richMenuBatchWithHttpInfo({ operations: [{ type: 'unlinkAll' }] })
  await client.getRichMenuBatchProgress(batch.httpResponse.headers.get('x-line-request-id') ?? '')
  await client.deleteRichMenuAlias('a')
  await client.deleteRichMenu(richMenuId)
  await refused(client.getRichMenu(richMenuId))
}

/** Everything that people can do. */
async function acts(line: ServedLine): Promise<void> {
  const { control } = line
  const { userId } = await control<{ userId: string }>('POST', '/people', { displayName: 'ใหม่' })
  const at = `/people/${userId}`
  await control('POST', `${at}/follow`)
  const { messageId } = await control<{ messageId: string }>('POST', `${at}/messages`, { type: 'text', text: 'สถานะ' })
  for (const message of [
    { type: 'sticker', packageId: '1', stickerId: '1' },
    { type: 'image' },
    { type: 'video' },
    { type: 'audio' },
    { type: 'file', fileName: 'ก.csv' },
    { type: 'location', latitude: 1, longitude: 2, title: 'a', address: 'b' },
  ])
    await control('POST', `${at}/messages`, message)
  await control('POST', `${at}/postback`, { data: 'x', params: { date: '2024-06-10' } })
  await control('POST', `${at}/unsend`, { messageId })
  await control('POST', `${at}/unfollow`)
  await control('POST', `${at}/unblock`)
  const { groupId } = await control<{ groupId: string }>('POST', '/groups', { name: 'ก', userIds: [userId] })
  const other = await line.friend()
  await control('POST', `/groups/${groupId}/bot-join`)
  await control('POST', `/groups/${groupId}/members`, { userIds: [other] })
  await control('POST', `/groups/${groupId}/messages`, { userId, message: { type: 'text', text: 'a' } })
  await control('POST', `/groups/${groupId}/members/leave`, { userIds: [other] })
  await control('POST', `/groups/${groupId}/bot-leave`)
  await control('POST', '/verify-webhook')
}

it('everything the sandbox answers and sends fits the descriptions that LINE publishes', async () => {
  if (!specs) return
  const exchanges: Exchange[] = []
  const line = await serveLine({ watch: (exchange) => exchanges.push(exchange) })
  const bot = await startBot(() => line.channel.channelSecret)
  await line.control('PUT', '/settings', { webhookUrl: bot.url })
  await tour(line)
  await acts(line)
  expect(await line.control('POST', '/idle')).toEqual({ idle: true })
  await bot.close()
  await line.close()

  const said = (exchange: Exchange) => `${exchange.method} ${exchange.path} ${exchange.status}`
  const wrong = exchanges.flatMap((exchange) => {
    const { method, path, request, status, response } = exchange
    const answers = specs.checkResponse(method, path, status, response)
    // What was refused may well be wrong; what was accepted must fit.
    const asked = status < 300 ? specs.checkRequest(method, path, request) : []
    return [...answers, ...asked].map((problem) => `${said(exchange)}: ${problem}`)
  })
  expect(wrong).toEqual([])
  expect(exchanges.length).toBeGreaterThan(35)
  expect(bot.calls.flatMap((call) => specs.checkWebhook(JSON.parse(call.text)))).toEqual([])
  expect(bot.events().length).toBeGreaterThan(15)
})

it('the descriptions are read with dispatch on type', () => {
  if (!specs) return
  const push = (message: unknown) =>
    specs.checkRequest('POST', '/v2/bot/message/push', { to: 'U', messages: [message] })
  expect(push({ type: 'text', text: 'a' })).toEqual([])
  expect(push({ type: 'text' })).not.toEqual([])
  expect(push({ type: 'nonsense' })).not.toEqual([])
  expect(push({ type: 'text', text: 'a', colour: 'red' })).not.toEqual([])
  expect(push(flex(bubble(word('a'))))).toEqual([])
  expect(push(flex(bubble({ type: 'button' })))).not.toEqual([])
  expect(specs.checkWebhook({ destination: 'x', events: [] })).not.toEqual([])
  expect(specs.checkResponse('POST', '/v2/bot/message/push', 200, {})).not.toEqual([])
  expect(specs.checkResponse('GET', '/v2/bot/nothing', 200, {})).not.toEqual([])
})
