import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { outbox, people } from '../../src/db/schema.ts'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import { noticeUnit, queueNotice, URGENCY } from '../../src/workflow/notice.ts'
import { reasonRefusal } from '../../src/workflow/rules/reason.ts'
import { takeUnreached } from '../../src/workflow/unreached.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld, type Place } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')

const block = (world: ChainWorld, place: Place) => {
  const { personId } = world.actor(place, AT)
  world.act((tx) => tx.update(people).set({ blockedAt: AT }).where(eq(people.id, personId)).run())
  return personId
}
const cancel = (world: ChainWorld) => {
  const about = { round: world.round(), actor: world.actor('town', AT), unitId: world.idOf('school') }
  return world.act((tx) => {
    must(cancelDirectly(tx, { ...about, component: 'roster', reason: 'ยอดไม่ตรงกับหลักฐาน' }, AT))
    return takeUnreached(tx)
  })
}

describe('a person who cannot be written to (R38)', () => {
  it('is on record as not told, is never sent to, and whoever acts learns which unit was not reached', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    const personId = block(world, 'school')
    expect(cancel(world)).toEqual({ unitIds: [world.idOf('school')], personIds: [] })
    const rows = world.act((tx) => tx.select().from(outbox).where(eq(outbox.state, 'unreachable')).all())
    expect(rows).toMatchObject([{ personId, lineUserId: '', notice: { type: 'cancelled' }, payload: null }])
  })

  it('says nothing when a colleague there is told, or when everyone is', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    world.appoint('school', { name: 'ผู้ช่วย' })
    block(world, 'school')
    expect(cancel(world)).toEqual({ unitIds: [], personIds: [] })
  })

  it('a unit that nobody is appointed at is not reached either; the one who acts needs no telling', () => {
    const world = openChainWorld()
    const { personId, appointmentId } = world.actor('town', AT)
    const notice = { type: 'certifier-switched', unitId: world.idOf('town'), on: true } as const
    const tell = (except?: typeof personId) =>
      world.act((tx) => {
        const about = { unitId: world.idOf('town'), notice, urgency: URGENCY.result }
        noticeUnit(tx, except === undefined ? about : { ...about, except }, AT + 1)
        return takeUnreached(tx).unitIds
      })
    expect(tell(personId)).toEqual([])
    world.act((tx) => tx.run(`UPDATE appointments SET valid_to = ${AT} WHERE id = ${appointmentId}`))
    expect(tell()).toEqual([world.idOf('town')])
  })

  it('is told the same with its key once he can be', () => {
    const world = openChainWorld()
    const personId = block(world, 'town')
    const told = { personId, notice: { type: 'late-taps-waiting', roundId: world.round().id }, urgency: 2 } as const
    const queue = () => world.act((tx) => queueNotice(tx, { ...told, dedupeKey: 'once' }, AT))
    expect([queue(), queue()]).toEqual([null, null])
    world.act((tx) => tx.update(people).set({ blockedAt: null }).where(eq(people.id, personId)).run())
    expect(queue()).not.toBeNull()
    const states = world.act((tx) => tx.select().from(outbox).all()).filter((row) => row.personId === personId)
    expect(states.map(({ state }) => state)).toEqual(['unreachable', 'pending'])
  })
})

describe('a typed reason', () => {
  it.each(['น้ำท่วม', 'เกิดพายุ', 'ยอดไม่ตรง', 'flood', 'ป่วย'])('%s says something', (reason) => {
    expect(reasonRefusal(reason)).toBeNull()
  })
  it.each(['.', 'ก', '12345', 'ดี', '.....', 'ก ก'])('%s does not', (reason) => {
    expect(reasonRefusal(reason)).toEqual({ why: 'no-reason', tooShort: 3 })
  })
  it('left empty is none, and the number of an order does where an order is asked for', () => {
    expect(reasonRefusal(' ')).toEqual({ why: 'no-reason' })
    expect(reasonRefusal('6/2567', true)).toBeNull()
  })
})
