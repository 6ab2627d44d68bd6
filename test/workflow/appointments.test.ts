import { describe, expect, it } from 'vitest'
import type { AppointmentId } from '../../src/db/ids.ts'
import { outbox } from '../../src/db/schema.ts'
import { acceptInvitation } from '../../src/workflow/accept-invitation.ts'
import { actorOf } from '../../src/workflow/actor.ts'
import { changeDuty, type DutyChange } from '../../src/workflow/appointment-changes.ts'
import { appointmentById } from '../../src/workflow/appointment-record.ts'
import { attest } from '../../src/workflow/attest.ts'
import { startConfirm } from '../../src/workflow/confirm-run.ts'
import { createInvitation, invitationOf, openInvitations, revokeInvitation } from '../../src/workflow/invitations.ts'
import type { Notice } from '../../src/workflow/notice.ts'
import { requestReopening, sendBack } from '../../src/workflow/reopening.ts'
import { reportVacancies, superiorsOfVacancies, unitsWithoutOfficer } from '../../src/workflow/vacancies.ts'
import { bangkok, type ChainWorld, must, openChainWorld, type Place } from '../world/chain-world.ts'
import { hashOfRows } from '../world/roster-rows.ts'

const AT = bangkok('2024-06-05T09:00')
const LATER = AT + 60_000

const change = (
  world: ChainWorld,
  by: Place | AppointmentId | null,
  of: Place | AppointmentId,
  what: DutyChange,
  reason = 'คำสั่งที่ 20/2567',
) => {
  const actor = by === null ? null : world.actor(by, LATER)
  const appointmentId = typeof of === 'number' ? of : world.actor(of, AT).appointmentId
  return world.act((tx) => changeDuty(tx, { actor, appointmentId, change: what, reason }, LATER))
}
const events = (world: ChainWorld, type: string) =>
  world.act((tx) => tx.query.events.findMany({ where: (t, { eq }) => eq(t.type, type) }).sync())
const noticesOf = (world: ChainWorld, appointmentId: AppointmentId): Notice['type'][] =>
  world.act((tx) => {
    const person = appointmentById(tx, appointmentId)?.personId
    const rows = tx.select().from(outbox).all()
    return rows.filter((row) => row.personId === person).map((row) => (row.notice as Notice).type)
  })

describe('a duty is suspended, resumed and ended by the level above (R4 R6 R7)', () => {
  it('each change holds from that moment, names its actor and keeps the reason out of the log', () => {
    const world = openChainWorld()
    const id = world.actor('school', AT).appointmentId
    const inForce = (at: number) => world.act((tx) => actorOf(tx, id, at)) !== null
    must(change(world, 'town', id, 'suspend', 'ระหว่างสอบสวน'))
    expect([inForce(LATER), world.act((tx) => appointmentById(tx, id)?.reason)]).toEqual([false, 'ระหว่างสอบสวน'])
    must(change(world, 'town', id, 'resume'))
    expect(inForce(LATER)).toBe(true)
    must(change(world, 'town', id, 'end', 'ย้ายไปที่อื่น'))
    expect([inForce(LATER), inForce(LATER + 1)]).toEqual([false, false])
    const town = world.actor('town', AT)
    for (const type of ['appointment-suspended', 'appointment-resumed', 'appointment-ended']) {
      expect(events(world, type)).toMatchObject([
        { personId: town.personId, appointmentId: town.appointmentId, unitId: world.idOf('school') },
      ])
    }
    expect(JSON.stringify(world.act((tx) => tx.query.events.findMany().sync()))).not.toContain('ระหว่างสอบสวน')
  })

  it('by nobody else: not oneself, a neighbour, two levels above or an executive; and never without a reason', () => {
    const world = openChainWorld()
    for (const by of ['school', 'centre', 'sao', 'province', 'department'] as const)
      expect(change(world, by, 'school', 'suspend'), by).toEqual({ ok: false, why: 'not-yours' })
    const executive = world.appoint('town', { role: 'executive' })
    expect(change(world, executive, 'school', 'end')).toEqual({ ok: false, why: 'reads-only' })
    expect(change(world, 'town', 'school', 'end', '  ')).toEqual({ ok: false, why: 'no-reason' })
    expect(events(world, 'appointment-ended')).toEqual([])
  })

  it('what is the case already is said, and done no second time', () => {
    const world = openChainWorld()
    const id = world.actor('school', AT).appointmentId
    expect(change(world, 'town', id, 'resume')).toEqual({ ok: false, why: 'duty-state', state: 'in-force' })
    must(change(world, 'town', id, 'end'))
    for (const what of ['suspend', 'resume', 'end'] as const)
      expect(change(world, 'town', id, what)).toEqual({ ok: false, why: 'duty-state', state: 'ended' })
    expect(events(world, 'appointment-ended')).toHaveLength(1)
  })

  it("the operator's act stands in the log as the operator's", () => {
    const world = openChainWorld()
    must(change(world, null, 'department', 'suspend'))
    const [event] = events(world, 'appointment-suspended')
    expect(event).toMatchObject({ personId: null, appointmentId: null })
    expect(JSON.parse(event?.data ?? '{}')).toMatchObject({ by: 'operator' })
  })

  it('a confirmation that runs is refused at its commit, and the reason is that the duty is over', () => {
    const world = openChainWorld()
    const actor = world.actor('school', AT)
    const sheet = world.rows('school')
    const seenHash = hashOfRows(sheet)
    const ref = { roundId: world.round().id, unitId: world.idOf('school'), component: 'roster' } as const
    world.read('school', sheet, AT)
    world.act((tx) => attest(tx, { actor, ...ref, contentHash: seenHash, counted: 10 }, AT))
    const start = { round: world.round(), actor, ...ref, inboxId: null, tappedAt: AT, receivedAt: AT, seenHash }
    const { runId } = must(world.act((tx) => startConfirm(tx, start, AT)))
    must(change(world, 'town', actor.appointmentId, 'suspend'))
    const done = world.finish(runId, (tx, now) => world.recordIn(tx, 'school', sheet, now), {
      hash: seenHash,
      now: LATER,
    })
    expect(done).toMatchObject({ step: 'unlock', outcome: { refusal: { why: 'duty-ended' } } })
    expect(world.isConfirmed('school', 'roster')).toBe(false)
  })
})

describe('what waits for somebody who leaves', () => {
  const ask = (world: ChainWorld) => {
    world.confirmRoster('school', { at: AT })
    const actor = world.actor('school', AT)
    return must(
      world.act((tx) =>
        requestReopening(
          tx,
          { round: world.round(), actor, component: 'roster', category: 'other', reason: 'แก้ไข 1 คน' },
          AT,
        ),
      ),
    )
  }

  it('goes on to the others of the unit', () => {
    const world = openChainWorld()
    const second = world.appoint('town', { name: 'เจ้าหน้าที่คนที่สอง' })
    ask(world)
    const decision = must(change(world, 'province', 'town', 'end'))
    expect(decision.waitingForNobody).toBeNull()
    expect(noticesOf(world, second)).toContain('colleague-left')
  })

  it('is told to the level above when nobody is left, with how much waits', () => {
    const world = openChainWorld()
    const colleague = world.appoint('province', { name: 'เจ้าหน้าที่จังหวัดคนที่สอง' })
    ask(world)
    const leaving = world.actor('town', AT).appointmentId
    const decision = must(change(world, 'province', leaving, 'suspend'))
    expect(decision.waitingForNobody).toBe(1)
    expect(noticesOf(world, colleague)).toContain('unit-vacant')
    expect(noticesOf(world, leaving)).toContain('duty-changed')
  })

  it('a request whose asker has left is answered to those in charge now', () => {
    const world = openChainWorld()
    const { requestId } = ask(world)
    const second = world.appoint('school', { name: 'ครูคนใหม่', at: AT })
    const asker = world.actor('school', AT).appointmentId
    must(change(world, 'town', asker, 'end'))
    const town = world.actor('town', LATER)
    must(world.act((tx) => sendBack(tx, { actor: town, requestId, version: 1, word: 'ข้อมูลถูกต้องแล้ว' }, LATER)))
    expect(noticesOf(world, second)).toContain('reopening-progress')
    expect(noticesOf(world, asker)).not.toContain('reopening-progress')
  })
})

describe('an invitation', () => {
  const order = { personName: null, orderNumber: '12/2567', orderDate: '2024-05-03' }
  const invite = (
    world: ChainWorld,
    input: { replaces?: AppointmentId; role?: 'officer' | 'certifier'; to?: Place },
  ) => {
    const { replaces = null, role = 'officer', to = 'school' } = input
    const actor = world.actor(to === 'town' ? 'province' : 'town', AT)
    return world.act((tx) => createInvitation(tx, { actor, unitId: world.idOf(to), role, ...order, replaces }, AT))
  }
  const accept = (world: ChainWorld, code: string, lineUserId = `U${'c'.repeat(32)}`) =>
    world.act((tx) =>
      acceptInvitation(
        tx,
        { invitationId: invitationOf(tx, code, LATER)?.id ?? 0, lineUserId, displayName: null, name: 'ครูคนใหม่' },
        LATER,
      ),
    )

  it('that replaces somebody ends the former duty at the moment it is accepted, and not before', () => {
    const world = openChainWorld()
    const former = world.actor('school', AT)
    const { code } = must(invite(world, { replaces: former.appointmentId }))
    expect(world.act((tx) => actorOf(tx, former.appointmentId, LATER))).not.toBeNull()
    const { accepted } = must(accept(world, code))
    expect(accepted.replaced).toBe(former.name)
    const ended = world.act((tx) => appointmentById(tx, former.appointmentId))
    expect(ended).toMatchObject({ state: 'ended', validTo: LATER, replacedByAppointmentId: accepted.appointmentId })
    expect(world.act((tx) => actorOf(tx, accepted.appointmentId, LATER))).not.toBeNull()
    expect(noticesOf(world, former.appointmentId)).toContain('duty-changed')
    expect(events(world, 'appointment-ended')).toHaveLength(1)
  })

  it('replaces only somebody with the same duty at the same unit who is still there', () => {
    const world = openChainWorld()
    const neighbour = world.actor('centre', AT).appointmentId
    expect(invite(world, { replaces: neighbour })).toEqual({ ok: false, why: 'not-yours' })
    const own = world.actor('school', AT).appointmentId
    expect(invite(world, { replaces: own, role: 'certifier' })).toEqual({ ok: false, why: 'not-yours' })
    must(change(world, 'town', own, 'end'))
    expect(invite(world, { replaces: own })).toEqual({ ok: false, why: 'duty-state', state: 'ended' })
  })

  it('for a second person who certifies goes to institutions only', () => {
    const world = openChainWorld()
    expect(invite(world, { role: 'certifier', to: 'town' })).toEqual({ ok: false, why: 'certifies-nothing' })
    expect(invite(world, { role: 'certifier' }).ok).toBe(true)
  })

  it('is listed to its level until it is accepted or revoked, and revoked by that level alone', () => {
    const world = openChainWorld()
    const { code } = must(invite(world, {}))
    const list = (by: Place) => world.act((tx) => openInvitations(tx, { unitId: world.idOf(by) }, LATER))
    const [open] = list('town')
    expect(open).toMatchObject({ unitName: 'โรงเรียนเทศบาล 1', orderNumber: '12/2567', orderDate: '2024-05-03' })
    expect([list('province'), list('sao')]).toEqual([[], []])
    const revoke = (by: Place) =>
      world.act((tx) => revokeInvitation(tx, { actor: world.actor(by, LATER), invitationId: open?.id ?? 0 }, LATER))
    for (const by of ['school', 'sao', 'province'] as const) expect(revoke(by)).toEqual({ ok: false, why: 'not-yours' })
    must(revoke('town'))
    expect(revoke('town')).toEqual({ ok: false, why: 'invitation-over' })
    expect(list('town')).toEqual([])
    expect(accept(world, code)).toEqual({ ok: false, why: 'used-or-expired' })
    expect(events(world, 'invitation-revoked')).toHaveLength(1)
  })
})

describe('units that nobody is appointed for', () => {
  it('are those without an officer in force: neither an executive nor a suspended officer is one', () => {
    const world = openChainWorld()
    const vacant = (by: Place) =>
      world.act((tx) => unitsWithoutOfficer(tx, { unitId: world.idOf(by) }, LATER)).map(({ id }) => id)
    expect([vacant('department'), vacant('province'), vacant('town')]).toEqual([[], [], []])
    must(change(world, 'town', 'school', 'suspend'))
    world.appoint('school', { role: 'executive' })
    must(change(world, 'province', 'sao', 'end'))
    expect(vacant('town')).toEqual([world.idOf('school')])
    expect(vacant('province')).toEqual([world.idOf('sao')])
    const superiors = world.act((tx) => superiorsOfVacancies(tx, LATER))
    expect(superiors.sort()).toEqual([world.idOf('province'), world.idOf('town')].sort())
  })

  it('are told to the level above once for each distinct list, also to somebody who comes later', () => {
    const world = openChainWorld()
    const report = () =>
      world.act((tx) => reportVacancies(tx, { round: world.round(), superiorId: world.idOf('town') }, LATER))
    expect(report()).toBe(0)
    must(change(world, 'town', 'school', 'suspend'))
    expect([report(), report()]).toEqual([1, 0])
    world.appoint('town', { name: 'เจ้าหน้าที่คนที่สอง', at: AT })
    expect([report(), report()]).toEqual([1, 0])
    must(change(world, 'town', 'centre', 'suspend'))
    expect(report()).toBe(2)
    expect(events(world, 'vacancies-reported')).toHaveLength(4)
  })
})
