import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { joinLink } from '../../src/bot/join-link.ts'
import { qrPng } from '../../src/bot/qr-picture.ts'
import { understand } from '../../src/bot/understand.ts'
import { invitationPages, units } from '../../src/db/schema.ts'
import { readImageHeader } from '../../src/sandbox/line/image-header.ts'
import { invitationPageRoute } from '../../src/web/invitation-page.ts'
import { acceptInvitation } from '../../src/workflow/accept-invitation.ts'
import { makeInvitationPage } from '../../src/workflow/invitation-page.ts'
import { createInvitation, INVITATION_LIFE_MS, revokeInvitation } from '../../src/workflow/invitations.ts'
import { bangkok, must, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const BASIC_ID = '@223sandb'

/** An invitation of the SAO for its child centre, with its page, served. */
function openPage(given: { basicId?: string | null } = {}) {
  const world = openChainWorld()
  const state = { now: AT }
  const made = world.act((tx) => {
    const order = { personName: 'นางสาวสมหญิง ใจดี', orderNumber: null, orderDate: null }
    const wanted = {
      actor: world.actor('sao', AT),
      unitId: world.idOf('saoCentre'),
      role: 'officer' as const,
      ...order,
    }
    const { id, code } = must(createInvitation(tx, wanted, AT))
    return { id, code, pageId: makeInvitationPage(tx, { invitationId: id, code }, AT) }
  })
  const app = invitationPageRoute({
    db: world.db,
    now: () => state.now,
    basicId: () => (given.basicId === undefined ? BASIC_ID : given.basicId),
  })
  const get = async (path: string) => app.request(path)
  return { world, state, get, ...made }
}

describe('the page of an invitation', () => {
  it('shows unit, duty, code, until when, and three steps, and lets nobody keep it', async () => {
    const { get, code, pageId } = openPage()
    const answer = await get(`/i/${pageId}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('x-robots-tag')).toContain('noindex')
    const page = await answer.text()
    for (const words of ['ศูนย์พัฒนาเด็กเล็กบ้านนา', 'เจ้าหน้าที่สถานศึกษา', code, 'ใช้ได้ครั้งเดียว', '19 มิ.ย. 2567', BASIC_ID])
      expect(page).toContain(words)
    expect(page.match(/<li>/g)).toHaveLength(3)
    expect(page).not.toContain('สมหญิง')
    expect(page).toContain(`href="${joinLink(BASIC_ID, code)}"`)
  })

  it('has a QR picture that opens our chat with the code typed in, which is understood', async () => {
    const { get, code, pageId } = openPage()
    const answer = await get(`/i/${pageId}.png`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const png = Buffer.from(await answer.arrayBuffer())
    expect(png).toEqual(Buffer.from(qrPng(`https://line.me/R/oaMessage/%40223sandb/?${code}`)))
    expect(readImageHeader(png)?.width).toBeGreaterThan(300)
    const typed = decodeURIComponent(new URL(joinLink(BASIC_ID, code)).search.slice(1))
    expect(understand(typed)).toEqual({ kind: 'join-code', code: code.replace('-', '') })
  })

  it.each(['used', 'revoked', 'expired'] as const)(
    'is gone when the code is %s: nothing of it is told any more',
    async (how) => {
      const { world, state, get, id, code, pageId } = openPage()
      if (how === 'used')
        world.act((tx) =>
          must(acceptInvitation(tx, { invitationId: id, lineUserId: `U${'b'.repeat(32)}`, displayName: null }, AT)),
        )
      if (how === 'revoked')
        world.act((tx) => must(revokeInvitation(tx, { actor: world.actor('sao', AT), invitationId: id }, AT)))
      if (how === 'expired') state.now = AT + INVITATION_LIFE_MS
      const words = { used: 'ถูกใช้แล้ว', revoked: 'ถูกยกเลิกแล้ว', expired: 'หมดอายุแล้ว' }[how]
      for (const path of [`/i/${pageId}`, `/i/${pageId}.png`]) {
        const answer = await get(path)
        const said = await answer.text()
        expect(answer.status).toBe(410)
        expect(said).toContain(words)
        expect(said).not.toContain(code)
      }
      expect(await (await get(`/i/${pageId}`)).text()).toContain('โปรดขอรหัสใหม่ (สถานศึกษาขอจาก อปท.')
    },
  )

  it('is found by its whole id only, and the database alone gives away neither id nor code', async () => {
    const { world, get, code, pageId } = openPage()
    const other = `${pageId.slice(0, -1)}${pageId.endsWith('A') ? 'Q' : 'A'}`
    for (const path of [`/i/${code}`, `/i/${other}`, `/i/${other}.png`, '/i/x', "/i/'%20or%201=1", '/i/..%2f..%2fetc'])
      expect((await get(path)).status).toBe(404)
    const stored = JSON.stringify(world.act((tx) => tx.select().from(invitationPages).all()))
    for (const secret of [code, code.replace('-', ''), pageId]) expect(stored).not.toContain(secret)
  })

  it('without knowing our LINE account still shows the code and how to type it', async () => {
    const { get, code, pageId } = openPage({ basicId: null })
    const page = await (await get(`/i/${pageId}`)).text()
    expect(page).toContain(code)
    expect(page).toContain('พิมพ์รหัสข้างต้นในแชต')
    expect(page).not.toContain('<img')
    expect((await get(`/i/${pageId}.png`)).status).toBe(503)
  })

  it('escapes what a unit is called', async () => {
    const { world, get, pageId } = openPage()
    const name = '<script>alert(1)</script>'
    world.act((tx) =>
      tx
        .update(units)
        .set({ name })
        .where(eq(units.id, world.idOf('saoCentre')))
        .run(),
    )
    expect(await (await get(`/i/${pageId}`)).text()).not.toContain('<script>')
  })
})
