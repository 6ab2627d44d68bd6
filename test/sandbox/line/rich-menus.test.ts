import type { messagingApi } from '@line/bot-sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jpeg, pictureBlob, png } from './pictures-made.ts'
import { refused } from './refused.ts'
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

const area = (over: Partial<messagingApi.RichMenuArea> = {}): messagingApi.RichMenuArea => ({
  bounds: { x: 0, y: 0, width: 1_200, height: 405 },
  action: { type: 'message', label: 'สถานะ', text: 'สถานะ' },
  ...over,
})
const menu = (over: messagingApi.RichMenuRequest = {}): messagingApi.RichMenuRequest => ({
  size: { width: 1_200, height: 405 },
  selected: true,
  name: 'menu',
  chatBarText: 'เมนู',
  areas: [area()],
  ...over,
})
const madeMenu = async (withImage = true) => {
  const { richMenuId } = await line.client.createRichMenu(menu())
  if (withImage) await line.blobs.setRichMenuImage(richMenuId, pictureBlob(png(1_200, 405), 'image/png'))
  return richMenuId
}
const shownTo = async (userId: string) =>
  (await line.control<{ richMenu: { richMenuId: string; imageUrl: string } | null }>('GET', `/people/${userId}/chat`))
    .richMenu

describe('rich menu limits', () => {
  it.each<[string, messagingApi.RichMenuRequest, string]>([
    ['21 areas', menu({ areas: Array.from({ length: 21 }, () => area()) }), 'areas'],
    ['a width of 799', menu({ size: { width: 799, height: 300 }, areas: [] }), 'size.width'],
    ['a width of 2,501', menu({ size: { width: 2_501, height: 843 } }), 'size.width'],
    ['a height of 249', menu({ size: { width: 800, height: 249 }, areas: [] }), 'size.height'],
    ['a ratio below 1.45', menu({ size: { width: 1_200, height: 828 } }), 'size'],
    ['15 graphemes on the chat bar', menu({ chatBarText: 'ก'.repeat(15) }), 'chatBarText'],
    ['a name of 301', menu({ name: 'a'.repeat(301) }), 'name'],
    [
      'a label of 21',
      menu({ areas: [area({ action: { type: 'message', label: 'a'.repeat(21), text: 'a' } })] }),
      'areas[0].action.label',
    ],
    [
      'an area beyond the edge',
      menu({ areas: [area({ bounds: { x: 1, y: 0, width: 1_200, height: 405 } })] }),
      'areas[0].bounds',
    ],
  ])('refuse %s', async (_what, request, property) => {
    for (const call of [line.client.createRichMenu(request), line.client.validateRichMenuObject(request)]) {
      const answer = await refused(call)
      expect(answer.status).toBe(400)
      expect(answer.details.map((detail) => detail.property)).toContain(property)
    }
  })

  it('count combining marks with their letter', async () => {
    await line.client.validateRichMenuObject(menu({ chatBarText: 'กี่'.repeat(14) }))
  })

  it('end at 100 menus an hour and 1,000 menus', async () => {
    const other = await serveLine()
    await other.control('PUT', '/settings', { rates: { createRichMenu: { requests: 2_000, windowMs: 1_000 } } })
    for (let count = 0; count < 1_000; count += 1) await other.client.createRichMenu(menu())
    expect((await refused(other.client.createRichMenu(menu()))).status).toBe(400)
    await other.control('PUT', '/settings', { rates: {} })
    const statuses = await Promise.all(
      Array.from({ length: 101 }, () => refused(other.client.createRichMenu(menu())).then((answer) => answer.status)),
    )
    expect(statuses).toContain(429)
    await other.close()
  })
})

describe('rich menu images', () => {
  it('are PNG or JPEG of the size of the menu, up to 1 MB, and stay as they are', async () => {
    const { richMenuId } = await line.client.createRichMenu(menu())
    const upload = (bytes: Buffer, type: string) => line.blobs.setRichMenuImage(richMenuId, pictureBlob(bytes, type))
    expect((await refused(upload(png(1_200, 405), 'image/gif'))).status).toBe(415)
    expect((await refused(upload(png(1_200, 405), 'image/jpeg'))).status).toBe(400)
    expect((await refused(upload(Buffer.from('nothing'), 'image/png'))).status).toBe(400)
    expect((await refused(upload(png(800, 270), 'image/png'))).message).toBe(
      'The image size is not allowed for richmenu',
    )
    expect((await refused(upload(png(1_200, 405, 1_048_577), 'image/png'))).status).toBe(413)
    await upload(jpeg(1_200, 405), 'image/jpeg')
    expect((await refused(upload(png(1_200, 405), 'image/png'))).message).toBe(
      'An image has already been uploaded to the richmenu',
    )
    expect(
      (await refused(line.blobs.setRichMenuImage('richmenu-none', pictureBlob(png(1_200, 405), 'image/png')))).status,
    ).toBe(404)
    const stream = await line.blobs.getRichMenuImage(richMenuId)
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks)).toEqual(jpeg(1_200, 405))
  })

  it('must be there before a menu is shown', async () => {
    const bare = await madeMenu(false)
    const userId = await line.friend()
    const message = 'must upload richmenu image before applying it to user'
    expect(await refused(line.client.setDefaultRichMenu(bare))).toMatchObject({ status: 400, message })
    expect(await refused(line.client.linkRichMenuIdToUser(userId, bare))).toMatchObject({ status: 400, message })
    expect((await refused(line.client.setDefaultRichMenu('richmenu-none'))).status).toBe(404)
  })
})

describe('rich menus', () => {
  it('are shown by default, unless a person has one linked; never on a PC', async () => {
    const [common, own] = [await madeMenu(), await madeMenu()]
    const [somsri, somchai] = [await line.friend(), await line.friend()]
    expect((await refused(line.client.getDefaultRichMenuId())).status).toBe(404)
    await line.client.setDefaultRichMenu(common)
    await line.client.linkRichMenuIdToUser(somsri, own)
    expect(await line.client.getDefaultRichMenuId()).toEqual({ richMenuId: common })
    expect(await line.client.getRichMenuIdOfUser(somsri)).toEqual({ richMenuId: own })
    expect((await refused(line.client.getRichMenuIdOfUser(somchai))).message).toBe('the user has no richmenu')
    expect((await shownTo(somsri))?.richMenuId).toBe(own)
    expect((await shownTo(somchai))?.richMenuId).toBe(common)
    await line.control('PATCH', `/people/${somchai}`, { device: 'pc' })
    expect(await shownTo(somchai)).toBeNull()
    await line.client.deleteRichMenu(own)
    expect((await shownTo(somsri))?.richMenuId).toBe(common)
    await line.client.cancelDefaultRichMenu()
    expect(await shownTo(somsri)).toBeNull()
  })

  it('are linked and unlinked in bulk', async () => {
    const richMenuId = await madeMenu()
    const userIds = [await line.friend(), await line.friend()]
    const { httpResponse } = await line.client.linkRichMenuIdToUsersWithHttpInfo({ richMenuId, userIds })
    expect(httpResponse.status).toBe(202)
    expect((await shownTo(userIds[1] ?? ''))?.richMenuId).toBe(richMenuId)
    await line.client.unlinkRichMenuIdFromUsers({ userIds })
    expect(await shownTo(userIds[1] ?? '')).toBeNull()
    const tooMany = Array.from({ length: 501 }, () => userIds[0] ?? '')
    expect((await refused(line.client.linkRichMenuIdToUsers({ richMenuId, userIds: tooMany }))).status).toBe(400)
  })

  it('are listed, read and deleted', async () => {
    const richMenuId = await madeMenu()
    expect(await line.client.getRichMenu(richMenuId)).toEqual({ richMenuId, ...menu() })
    expect((await line.client.getRichMenuList()).richmenus.map((one) => one.richMenuId)).toContain(richMenuId)
    await line.client.deleteRichMenu(richMenuId)
    expect((await refused(line.client.getRichMenu(richMenuId))).message).toBe('richmenu not found')
  })

  it('have aliases, through which a tap switches the menu', async () => {
    const [one, two] = [await madeMenu(), await madeMenu()]
    const userId = await line.friend()
    await line.client.createRichMenuAlias({ richMenuAliasId: 'menu-a', richMenuId: one })
    const again = await refused(line.client.createRichMenuAlias({ richMenuAliasId: 'menu-a', richMenuId: two }))
    expect(again).toMatchObject({ status: 400, message: 'conflict richmenu alias id' })
    for (const richMenuAliasId of ['Menu', 'a b', 'a'.repeat(33), ''])
      expect((await refused(line.client.createRichMenuAlias({ richMenuAliasId, richMenuId: one }))).status).toBe(400)
    await line.client.updateRichMenuAlias('menu-a', { richMenuId: two })
    expect(await line.client.getRichMenuAlias('menu-a')).toEqual({ richMenuAliasId: 'menu-a', richMenuId: two })
    expect((await line.client.getRichMenuAliasList()).aliases).toHaveLength(1)

    await line.control('POST', `/people/${userId}/rich-menu-switch`, { richMenuAliasId: 'menu-a', data: 'switch' })
    await line.control('POST', '/idle')
    expect((await shownTo(userId))?.richMenuId).toBe(two)
    expect(bot.events().at(-1)?.['postback']).toEqual({
      data: 'switch',
      params: { newRichMenuAliasId: 'menu-a', status: 'SUCCESS' },
    })

    await line.client.deleteRichMenuAlias('menu-a')
    expect((await refused(line.client.getRichMenuAlias('menu-a'))).message).toBe('richmenu alias not found')
  })
})
