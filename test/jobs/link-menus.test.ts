import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { speakFor } from '../../src/bot/conversation.ts'
import { MENU_KINDS } from '../../src/bot/menus/menu-kind.ts'
import { people, richMenuLinks, richMenus } from '../../src/db/schema.ts'
import { acceptInvitation } from '../../src/workflow/accept-invitation.ts'
import { changeDuty } from '../../src/workflow/appointment-changes.ts'
import { createInvitation, invitationOf } from '../../src/workflow/invitations.ts'
import { openLineSpecs } from '../conformance/line-openapi.ts'
import { type ServedLine, serveLine } from '../sandbox/line/serve-line.ts'
import { must, openChainWorld } from '../world/chain-world.ts'
import { AT, menusWorld } from './menus-world.ts'

const specs = openLineSpecs()
if (!specs) console.warn('SKIPPED: ../shared/specs is not at hand, rich menu calls are not held against LINE’s OpenAPI')

let line: ServedLine
beforeEach(async () => {
  line = await serveLine()
})
afterEach(() => line.close())

const SCHOOL = 'เมนูสถานศึกษา'
const LAO = 'เมนู อปท.'
const NEWCOMER = 'เมนู'

describe('a menu for each duty', () => {
  it('nothing is asked of LINE while the menus were never installed', async () => {
    const world = openChainWorld()
    const menus = menusWorld(world, line)
    world.appoint('school', { account: await line.friend() })
    await menus.run()
    expect(await menus.calls('richmenu')).toBe(0)
  })

  it('joining, switching, suspension, return and end each bring the menu that fits', async () => {
    const world = openChainWorld()
    const menus = menusWorld(world, line)
    await menus.install()
    const account = await line.friend()
    await menus.run()
    expect(await menus.shown(account)).toBe(NEWCOMER)

    const school = world.appoint('school', { account })
    await menus.run()
    expect(await menus.shown(account)).toBe(SCHOOL)

    const lao = world.appoint('town', { account })
    await menus.run()
    expect(await menus.shown(account)).toBe(LAO)
    world.act((tx) => speakFor(tx, { lineUserId: account, appointmentId: school }, AT))
    await menus.run()
    expect(await menus.shown(account)).toBe(SCHOOL)

    const change = (appointmentId: typeof school, what: 'suspend' | 'resume' | 'end') =>
      world.act((tx) => must(changeDuty(tx, { actor: null, appointmentId, change: what, reason: 'คำสั่งที่ 9/2567' }, AT)))
    change(school, 'suspend')
    await menus.run()
    expect(await menus.shown(account)).toBe(LAO)
    change(school, 'resume')
    await menus.run()
    expect(await menus.shown(account)).toBe(SCHOOL)
    change(school, 'end')
    change(lao, 'end')
    await menus.run()
    expect(await menus.shown(account)).toBe(NEWCOMER)
  })

  it('a successor gets the menu at the acceptance that takes it from the predecessor', async () => {
    const world = openChainWorld()
    const menus = menusWorld(world, line)
    await menus.install()
    const [former, next] = [await line.friend(), await line.friend('สมหญิง ทดสอบ')]
    const replaces = world.appoint('saoCentre', { account: former })
    await menus.run()
    expect(await menus.shown(former)).toBe(SCHOOL)
    world.act((tx) => {
      const wanted = { unitId: world.idOf('saoCentre'), role: 'officer' as const, personName: 'สมหญิง ทดสอบ' }
      const order = { orderNumber: null, orderDate: null }
      const { code } = must(createInvitation(tx, { actor: null, ...wanted, ...order, replaces }, AT))
      const invitationId = invitationOf(tx, code, AT)?.id ?? 0
      must(acceptInvitation(tx, { invitationId, lineUserId: next, displayName: null }, AT))
    })
    await menus.run()
    expect([await menus.shown(former), await menus.shown(next)]).toEqual([NEWCOMER, SCHOOL])
  })

  it('who has the right menu costs no call', async () => {
    const world = openChainWorld()
    const menus = menusWorld(world, line)
    await menus.install()
    world.appoint('school', { account: await line.friend() })
    await menus.run()
    const before = await menus.calls('/richmenu')
    await menus.run()
    await menus.run()
    expect(await menus.calls('/richmenu')).toBe(before)
  })

  it('a rate limit is waited out, and the rest follows', async () => {
    const world = openChainWorld()
    const menus = menusWorld(world, line)
    await menus.install()
    const account = await line.friend()
    world.appoint('school', { account })
    await line.control('POST', '/faults', { on: 'richmenu', kind: '429-rate', times: 1 })
    await menus.run()
    expect(await menus.shown(account)).toBe(NEWCOMER)
    const asked = await menus.calls('/richmenu')
    await menus.run()
    expect(await menus.calls('/richmenu')).toBe(asked)
    menus.state.platformNow += 61_000
    await menus.run()
    expect(await menus.shown(account)).toBe(SCHOOL)
  })

  it('an account that LINE refuses is left for a day and keeps nobody else from a menu', async () => {
    const world = openChainWorld()
    const menus = menusWorld(world, line)
    await menus.install()
    const stranger = `U${'9'.repeat(32)}`
    const account = await line.friend()
    world.appoint('school', { account: stranger })
    world.appoint('school', { account })
    await menus.run()
    expect(await menus.shown(account)).toBe(SCHOOL)
    const asked = await menus.calls(stranger)
    expect(asked).toBeGreaterThan(0)
    await menus.run()
    expect(await menus.calls(stranger)).toBe(asked)
    menus.state.platformNow += 25 * 60 * 60 * 1000
    await menus.run()
    expect(await menus.calls(stranger)).toBe(asked + 1)
  })

  it('an account that left or blocked us keeps no link; after coming back it gets its menu again', async () => {
    const world = openChainWorld()
    const menus = menusWorld(world, line)
    await menus.install()
    const [leaving, blocking] = [await line.friend(), await line.friend()]
    world.appoint('school', { account: leaving })
    world.appoint('school', { account: blocking })
    await menus.run()
    const block = (blockedAt: number | null) =>
      world.act((tx) => tx.update(people).set({ blockedAt }).where(eq(people.lineUserId, blocking)).run())
    world.act((tx) => tx.update(people).set({ lineUserId: null }).where(eq(people.lineUserId, leaving)).run())
    block(AT)
    menus.state.platformNow += 61_000
    await menus.run()
    const linked = world.act((tx) => tx.select().from(richMenuLinks).all()).map((row) => row.lineUserId)
    expect(linked).not.toContain(leaving)
    expect(linked).not.toContain(blocking)
    expect(await menus.shown(leaving)).toBe(NEWCOMER)
    block(null)
    await menus.run()
    expect(await menus.shown(blocking)).toBe(SCHOOL)
  })

  it('a menu deleted behind our back is forgotten instead of being asked for again and again', async () => {
    const world = openChainWorld()
    const menus = menusWorld(world, line)
    await menus.install()
    const of = world.act((tx) => tx.select().from(richMenus).where(eq(richMenus.kind, 'institution')).get())
    await line.client.deleteRichMenu(of?.richMenuId ?? '')
    const account = await line.friend()
    world.appoint('school', { account })
    await menus.run()
    const asked = await menus.calls('/richmenu')
    await menus.run()
    expect(await menus.calls('/richmenu')).toBe(asked)
    await menus.install()
    expect(await menus.shown(account)).toBe(SCHOOL)
  })
})

describe('installing', () => {
  const names = async () => (await line.client.getRichMenuList()).richmenus.map((menu) => menu.name)

  it('makes a menu of each kind with its picture, alias and default, shows them, and does nothing the second time', async () => {
    const world = openChainWorld()
    const menus = menusWorld(world, line)
    const account = await line.friend()
    world.appoint('town', { account })
    const steps = await menus.install()
    expect(steps.filter((step) => step.did === 'created')).toHaveLength(MENU_KINDS.length)
    expect(await names()).toHaveLength(MENU_KINDS.length)
    expect((await line.client.getRichMenuAliasList()).aliases).toHaveLength(MENU_KINDS.length)
    expect(await menus.shown(account)).toBe(LAO)
    expect(await menus.shown(await line.friend())).toBe(NEWCOMER)
    expect(await menus.install()).toEqual([])
  })

  it.each([
    ['the first menu was made', 5],
    ['a picture was uploaded', 6],
    ['the last picture was uploaded', 18],
    ['some aliases were set', 22],
    ['people were linked', 28],
  ])('killed right after %s, goes on where it was and leaves no doubles', async (_when, call) => {
    const world = openChainWorld()
    const menus = menusWorld(world, line)
    const account = await line.friend()
    world.appoint('school', { account })
    await expect(menus.install({ diesAfterCall: call })).rejects.toThrow('killed')
    await menus.install()
    expect(await names()).toHaveLength(MENU_KINDS.length)
    expect(await menus.shown(account)).toBe(SCHOOL)
    expect(await menus.install()).toEqual([])
  })

  it('speaks with LINE as LINE’s OpenAPI describes it', async () => {
    if (!specs) return
    const faults: string[] = []
    const watched = await serveLine({
      watch: ({ method, path, request }) => {
        if (!/richmenu/.test(path) || path.endsWith('/content')) return
        faults.push(...specs.checkRequest(method, path, request))
      },
    })
    const menus = menusWorld(openChainWorld(), watched)
    await menus.install()
    await menus.run()
    await watched.close()
    expect(faults).toEqual([])
  })

  it('refused for the hour, says so, and the same command goes on later', async () => {
    const menus = menusWorld(openChainWorld(), line)
    await line.control('PUT', '/settings', { rates: { createRichMenu: { requests: 3, windowMs: 3_600_000 } } })
    await expect(menus.install()).rejects.toMatchObject({ code: 'quota', retry: true })
    expect(await names()).toHaveLength(3)
    await line.control('PUT', '/settings', { rates: {} })
    await menus.install()
    expect(await names()).toHaveLength(MENU_KINDS.length)
  })

  it('replaces a former version, moves everybody to the new one, then removes the former, and leaves menus of others', async () => {
    const world = openChainWorld()
    const menus = menusWorld(world, line)
    const account = await line.friend()
    world.appoint('school', { account })
    const { size, areas } = { size: { width: 2500, height: 843 }, areas: [] }
    for (const name of ['lec-confirm/institution/0123456789ab', 'somebody else'])
      await line.client.createRichMenu({ size, areas, selected: true, name, chatBarText: 'เดิม' })
    const steps = await menus.install()
    expect(steps.at(-1)).toEqual({ did: 'removed', name: 'lec-confirm/institution/0123456789ab' })
    expect(await names()).toContain('somebody else')
    expect(await menus.shown(account)).toBe(SCHOOL)
  })
})
