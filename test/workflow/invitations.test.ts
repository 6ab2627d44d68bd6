import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { appointments, googleAddresses, invitations } from '../../src/db/schema.ts'
import { acceptInvitation } from '../../src/workflow/accept-invitation.ts'
import { actorOf, appointedAt, dutiesOfLineUser } from '../../src/workflow/actor.ts'
import { giveGoogleAddress, googleAddressOf } from '../../src/workflow/google-address.ts'
import { normaliseCode } from '../../src/workflow/invitation-code.ts'
import { createInvitation, INVITATION_LIFE_MS, invitationOf } from '../../src/workflow/invitations.ts'
import { bangkok, type ChainWorld, must, openChainWorld, type Place } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const NEWCOMER = `U${'a'.repeat(32)}`
const invite = (
  world: ChainWorld,
  by: Parameters<ChainWorld['actor']>[0] | null,
  to: Place,
  role: 'officer' | 'executive' = 'officer',
) => {
  const actor = by === null ? null : world.actor(by, AT)
  const order = { personName: null, orderNumber: '12/2567', orderDate: '2024-05-01' }
  return world.act((tx) => createInvitation(tx, { actor, unitId: world.idOf(to), role, ...order }, AT))
}
const idOf = (world: ChainWorld, code: string, at = AT) => world.act((tx) => invitationOf(tx, code, at))?.id ?? 0
const accept = (
  world: ChainWorld,
  invitationId: number,
  given: { lineUserId?: string; at?: number; name?: string } = {},
) => {
  const { lineUserId = NEWCOMER, at = AT, ...rest } = given
  return world.act((tx) => acceptInvitation(tx, { invitationId, lineUserId, displayName: 'ชื่อใน LINE', ...rest }, at))
}

describe('a one-time code', () => {
  it.each([
    ['ABCD-EFGH', 'ABCDEFGH'],
    ['abcd efgh', 'ABCDEFGH'],
    [' abcdefgh ', 'ABCDEFGH'],
    ['ABCD–EFGH', 'ABCDEFGH'],
    ['ABCD—EFGH', 'ABCDEFGH'],
    ['A B C D E F G H', 'ABCDEFGH'],
    ['abcd\u00a0efgh', 'ABCDEFGH'],
    ['abcd\u200befgh', 'ABCDEFGH'],
    ['๒๓๔๕-EFGH', '2345EFGH'],
    ['ＡＢＣＤ２３４５', 'ABCD2345'],
  ])('%s is read as %s', (typed, code) => {
    expect(normaliseCode(typed)).toBe(code)
  })

  it.each(['', 'ABCDEFG', 'ABCDEFGHJ', 'ABCD-EFGO', 'ABCD-EFG1', 'ABCDEFGI', 'รหัสABCDEFGH', 'ABCD_EFGH'])(
    '%j is none',
    (typed) => {
      expect(normaliseCode(typed)).toBeNull()
    },
  )

  it('is shown once and stored only as a hash', () => {
    const world = openChainWorld()
    const { code } = must(invite(world, 'town', 'school'))
    expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
    const bare = code.replace('-', '')
    const dump = JSON.stringify([
      world.act((tx) => tx.select().from(invitations).all()),
      world.act((tx) => tx.query.events.findMany().sync()),
    ])
    expect(dump).not.toContain(bare)
    expect(dump).not.toContain(code)
  })

  it('appoints at the unit with the order of the level above (R4 R6 R7)', () => {
    const world = openChainWorld()
    const { code } = must(invite(world, 'town', 'school'))
    const open = world.act((tx) => invitationOf(tx, code.toLowerCase().replace('-', ' '), AT))
    expect(open).toMatchObject({ unitId: world.idOf('school'), role: 'officer', orderNumber: '12/2567' })
    const { accepted } = must(accept(world, open?.id ?? 0, { name: 'คนใหม่' }))
    expect(accepted).toMatchObject({ unitId: world.idOf('school'), role: 'officer' })
    const row = world.act((tx) =>
      tx.select().from(appointments).where(eq(appointments.id, accepted.appointmentId)).get(),
    )
    expect(row).toMatchObject({
      grantedByAppointmentId: world.actor('town', AT).appointmentId,
      orderDate: '2024-05-01',
      validFrom: AT,
    })
    expect(world.act((tx) => dutiesOfLineUser(tx, NEWCOMER, AT))).toMatchObject([
      { name: 'คนใหม่', level: 'institution' },
    ])
  })

  it('works once', () => {
    const world = openChainWorld()
    const { code } = must(invite(world, 'town', 'school'))
    const id = idOf(world, code)
    must(accept(world, id))
    expect(accept(world, id, { lineUserId: `U${'b'.repeat(32)}` })).toEqual({ ok: false, why: 'used-or-expired' })
    expect(idOf(world, code)).toBe(0)
  })

  it('is good for fourteen days, to the millisecond', () => {
    const world = openChainWorld()
    const { code, expiresAt } = must(invite(world, 'town', 'school'))
    expect(expiresAt).toBe(AT + INVITATION_LIFE_MS)
    expect(idOf(world, code, expiresAt - 1)).toBeGreaterThan(0)
    expect(idOf(world, code, expiresAt)).toBe(0)
    expect(accept(world, idOf(world, code), { at: expiresAt })).toEqual({ ok: false, why: 'used-or-expired' })
  })

  it('a revoked one is nothing any more', () => {
    const world = openChainWorld()
    const { code } = must(invite(world, 'town', 'school'))
    const id = idOf(world, code)
    world.act((tx) => tx.update(invitations).set({ revokedAt: AT }).where(eq(invitations.id, id)).run())
    expect(idOf(world, code)).toBe(0)
    expect(accept(world, id)).toEqual({ ok: false, why: 'used-or-expired' })
  })

  it('comes from the level directly above or the operator, never from oneself, a neighbour or an executive', () => {
    const world = openChainWorld()
    expect(invite(world, 'town', 'school').ok).toBe(true)
    expect(invite(world, 'province', 'town').ok).toBe(true)
    expect(invite(world, 'department', 'province').ok).toBe(true)
    expect(invite(world, null, 'department').ok).toBe(true)
    for (const by of ['school', 'centre', 'sao', 'province', 'department'] as const)
      expect(invite(world, by, 'school').ok, by).toBe(false)
    expect(invite(world, world.appoint('town', { role: 'executive' }), 'school')).toEqual({
      ok: false,
      why: 'reads-only',
    })
  })

  it('a known account gets a further duty and stays the same person', () => {
    const world = openChainWorld()
    const first = must(accept(world, idOf(world, must(invite(world, 'town', 'school')).code)))
    const second = must(accept(world, idOf(world, must(invite(world, 'town', 'centre')).code)))
    expect(second.accepted.personId).toBe(first.accepted.personId)
    expect(world.act((tx) => dutiesOfLineUser(tx, NEWCOMER, AT)).map((duty) => duty.unitId)).toEqual([
      world.idOf('school'),
      world.idOf('centre'),
    ])
  })

  it('the same duty a second time is not a second appointment', () => {
    const world = openChainWorld()
    must(accept(world, idOf(world, must(invite(world, 'town', 'school')).code)))
    accept(world, idOf(world, must(invite(world, 'town', 'school')).code))
    expect(world.act((tx) => dutiesOfLineUser(tx, NEWCOMER, AT))).toHaveLength(1)
  })
})

describe('an appointment in force', () => {
  it('begins with its first instant, ends with its last, and rests while suspended', () => {
    const world = openChainWorld()
    const id = world.appoint('school', { at: AT })
    const inForce = (at: number) => world.act((tx) => actorOf(tx, id, at)) !== null
    expect([inForce(AT - 1), inForce(AT)]).toEqual([false, true])
    world.act((tx) =>
      tx
        .update(appointments)
        .set({ validTo: AT + 100 })
        .where(eq(appointments.id, id))
        .run(),
    )
    expect([inForce(AT + 99), inForce(AT + 100)]).toEqual([true, false])
    world.act((tx) => tx.update(appointments).set({ suspendedAt: AT }).where(eq(appointments.id, id)).run())
    expect(inForce(AT + 50)).toBe(false)
    expect(world.act((tx) => appointedAt(tx, { unitId: world.idOf('school'), role: 'officer' }, AT + 50))).toHaveLength(
      1,
    )
  })

  it('who is not in force is told nothing more', () => {
    const world = openChainWorld()
    const { appointmentId, personId } = world.actor('town', AT)
    world.act((tx) => tx.update(appointments).set({ validTo: AT }).where(eq(appointments.id, appointmentId)).run())
    for (const place of ['school', 'centre'] as const) world.confirmRoster(place, { at: AT })
    const told = world.act((tx) => tx.query.outbox.findMany({ where: (t, { eq }) => eq(t.personId, personId) }).sync())
    expect(told).toEqual([])
  })
})

describe('the Google account of a person', () => {
  it('is normalised, replaces the former one, and keeps it as history', () => {
    const world = openChainWorld()
    const { personId } = world.actor('school', AT)
    const give = (email: string) => world.act((tx) => giveGoogleAddress(tx, { personId, email }, AT))
    expect(give('  Teacher@Example.COM ')).toEqual({ ok: true, email: 'teacher@example.com' })
    expect(give('second@example.com').ok).toBe(true)
    expect(world.act((tx) => googleAddressOf(tx, personId))).toEqual({
      email: 'second@example.com',
      state: 'unchecked',
    })
    expect(world.act((tx) => tx.select().from(googleAddresses).all())).toHaveLength(2)
  })

  it.each([
    '',
    'teacher',
    'teacher@',
    '@example.com',
    'a b@example.com',
    'a@b',
    '<a@example.com>',
    `${'a'.repeat(250)}@example.com`,
  ])('%j is no address', (email) => {
    const world = openChainWorld()
    const { personId } = world.actor('school', AT)
    expect(world.act((tx) => giveGoogleAddress(tx, { personId, email }, AT))).toEqual({
      ok: false,
      why: 'not-an-address',
    })
  })

  it('never stands in the log', () => {
    const world = openChainWorld()
    const { personId } = world.actor('school', AT)
    world.act((tx) => giveGoogleAddress(tx, { personId, email: 'teacher@example.com' }, AT))
    expect(JSON.stringify(world.act((tx) => tx.query.events.findMany().sync()))).not.toContain('teacher@')
  })
})
