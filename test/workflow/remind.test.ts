import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../src/db/ids.ts'
import { outbox, people, reminders, rounds, units } from '../../src/db/schema.ts'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import { setNotRequired } from '../../src/workflow/confirm-province.ts'
import { grantExtension } from '../../src/workflow/extensions.ts'
import { owesNow, remindOwing } from '../../src/workflow/remind.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld, type Place } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
/** 2567/1: the morning of the last day of institutions and LAOs, the day before that of the provinces. */
const LAST_DAY = bangkok('2024-06-10T08:30')
const DUE = bangkok('2024-06-11T00:00')
const PLACES = ['school', 'centre', 'saoCentre', 'town', 'sao', 'countsOnly', 'bare', 'province', 'department'] as const

const remind = (world: ChainWorld, at: Instant) => {
  const departmentId = world.idOf('department')
  return world.act((tx) => remindOwing(tx, { departmentId }, at))
}
const reminded = (world: ChainWorld, place: Place) =>
  world.told(place, AT).flatMap((notice) => (notice.type === 'reminder' ? [notice] : []))
const whoHeard = (world: ChainWorld) => PLACES.filter((place) => reminded(world, place).length > 0)
const complete = (world: ChainWorld) => {
  world.confirmUpToLaos(AT)
  const who = world.actor('province', AT)
  must(
    world.act((tx) =>
      setNotRequired(tx, { round: world.round(), actor: who, laoId: world.idOf('bare'), reason: 'ไม่มี' }, AT),
    ),
  )
}

describe('who is reminded (R38, issue: one message naming what is missing)', () => {
  it('at first every institution, every LAO with something to confirm, and the province; nobody else', () => {
    const world = openChainWorld()
    expect(remind(world, LAST_DAY)).toBe(7)
    expect(whoHeard(world)).toEqual(['school', 'centre', 'saoCentre', 'town', 'sao', 'countsOnly', 'province'])
    expect(reminded(world, 'town')[0]?.owes).toMatchObject({
      overview: true,
      otherCounts: true,
      units: [{ name: 'โรงเรียนเทศบาล 1' }, { name: 'ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน' }],
    })
    expect(reminded(world, 'countsOnly')[0]?.owes).toMatchObject({ overview: false, otherCounts: true, units: [] })
  })

  it('the province by its own due instant, naming the LAOs that are incomplete', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmCounts('countsOnly', { at: AT }))
    remind(world, bangkok('2024-06-11T08:30'))
    expect(reminded(world, 'province')[0]?.owes).toMatchObject({ province: true })
    expect(reminded(world, 'province')[0]?.owes.units.map((unit) => unit.name)).toEqual([
      'เทศบาลเมืองทุ่งตะวัน',
      'องค์การบริหารส่วนตำบลบ้านนา',
      'เทศบาลตำบลริมธาร',
    ])
  })

  it('an LAO by the due instant of what it owes: other counts have one of their own', () => {
    const world = openChainWorld()
    const otherCountsDueAt = bangkok('2024-06-07T00:00')
    world.act((tx) => tx.update(rounds).set({ otherCountsDueAt }).run())
    remind(world, bangkok('2024-06-06T08:30'))
    expect(reminded(world, 'countsOnly')[0]).toMatchObject({ dueAt: otherCountsDueAt, owes: { otherCounts: true } })
    expect(reminded(world, 'town').map(({ dueAt }) => dueAt)).toEqual([otherCountsDueAt])
    expect(reminded(world, 'sao')).toEqual([])
    remind(world, LAST_DAY)
    expect(reminded(world, 'town').map(({ dueAt }) => dueAt)).toEqual([otherCountsDueAt, DUE])
  })

  it('nobody who does not owe: what is confirmed drops out', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    mustBeDone(world.confirmRoster('saoCentre', { at: AT }))
    must(world.confirmLao('sao', { at: AT }))
    remind(world, LAST_DAY)
    expect(whoHeard(world)).toEqual(['centre', 'town', 'countsOnly', 'province'])
    expect(reminded(world, 'town')[0]?.owes.units).toHaveLength(1)
  })

  it('nobody at all when everything is confirmed', () => {
    const world = openChainWorld()
    complete(world)
    must(world.markAll(AT))
    must(world.confirmProvince({ at: AT }))
    for (const at of [LAST_DAY, bangkok('2024-06-11T08:30')]) expect(remind(world, at)).toBe(0)
  })

  it('an LAO whose only debt is an institution that was edited after confirming is reminded', () => {
    const world = openChainWorld()
    complete(world)
    world.read('saoCentre', world.rows('saoCentre', 11), AT + 1)
    remind(world, LAST_DAY)
    expect(whoHeard(world)).toEqual(['sao', 'province'])
  })

  it('an institution that was closed owes nothing', () => {
    const world = openChainWorld()
    world.act((tx) =>
      tx
        .update(units)
        .set({ closedAt: AT })
        .where(eq(units.id, world.idOf('saoCentre')))
        .run(),
    )
    remind(world, LAST_DAY)
    expect(whoHeard(world)).not.toContain('saoCentre')
    expect(whoHeard(world)).not.toContain('sao')
  })

  it('no executive, and nobody whose appointment is over', () => {
    const world = openChainWorld()
    world.appoint('school', { role: 'executive' })
    remind(world, LAST_DAY)
    const rows = world.act((tx) =>
      tx
        .select()
        .from(reminders)
        .where(eq(reminders.unitId, world.idOf('school')))
        .all(),
    )
    expect(rows).toHaveLength(1)
  })

  it('every officer of a unit, each once', () => {
    const world = openChainWorld()
    world.appoint('school')
    remind(world, LAST_DAY)
    const rows = world.act((tx) =>
      tx
        .select()
        .from(reminders)
        .where(eq(reminders.unitId, world.idOf('school')))
        .all(),
    )
    expect(new Set(rows.map((row) => row.personId)).size).toBe(2)
  })
})

describe('when', () => {
  it('nobody twice for the same moment, however often one looks', () => {
    const world = openChainWorld()
    expect(remind(world, LAST_DAY)).toBe(7)
    for (let minutes = 1; minutes < 300; minutes += 13) expect(remind(world, LAST_DAY + minutes * 60_000)).toBe(0)
    expect(remind(world, bangkok('2024-06-10T13:30'))).toBe(6)
  })

  it('a unit reopened since the moment waits for the next one: the reopening itself was told', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    remind(world, LAST_DAY)
    const reopenedAt = LAST_DAY + 3_600_000
    const input = { round: world.round(), actor: world.actor('town', AT), unitId: world.idOf('school') }
    must(world.act((tx) => cancelDirectly(tx, { ...input, component: 'roster', reason: 'ข้อมูลซ้ำ' }, reopenedAt)))
    remind(world, reopenedAt + 1)
    expect(reminded(world, 'school')).toEqual([])
    remind(world, bangkok('2024-06-10T13:30'))
    expect(reminded(world, 'school')).toHaveLength(1)
  })

  it('before a moment, before the round and after it: silence', () => {
    const world = openChainWorld()
    expect(remind(world, world.round().recordingOpensAt - 1)).toBe(0)
    expect(remind(world, bangkok('2024-06-03T08:30') - 1)).toBe(0)
    expect(remind(world, world.round().closesAt)).toBe(0)
  })

  it('after downtime over several moments only the latest is sent', () => {
    const world = openChainWorld()
    expect(remind(world, bangkok('2024-06-10T17:00'))).toBe(7)
    expect(reminded(world, 'school').map((notice) => notice.moment)).toEqual([`${DUE}:30m`])
  })

  it.each(['2563/2', '2567/1'] as const)('%s: nobody is woken at midnight when the due instant passes', (code) => {
    const world = openChainWorld({ round: code })
    const due = world.round().institutionDueAt
    expect(remind(world, due - 1)).toBeGreaterThan(0)
    for (const hours of [0, 1, 4, 8]) expect(remind(world, due + hours * 3_600_000), `${hours} h after due`).toBe(0)
  })

  it('2567/1: those who are late are reminded of the close on its morning, three hours and half an hour before', () => {
    const world = openChainWorld()
    for (const time of ['08:29', '08:30', '14:00', '16:30', '16:59']) remind(world, bangkok(`2024-06-11T${time}`))
    expect(reminded(world, 'school').map((notice) => notice.moment.split(':')[1])).toEqual(['0d', '3h', '30m'])
    expect(reminded(world, 'school')[0]?.dueAt).toBe(world.round().recordingClosesAt)
  })

  it('after 17:00 institutions and LAOs are left in peace; the province is not (R17)', () => {
    const world = openChainWorld()
    remind(world, bangkok('2024-06-11T17:30'))
    expect(whoHeard(world)).toEqual(['province'])
  })

  it('an extension makes new moments for its scope only, also after the round closed for everybody else', () => {
    const world = openChainWorld()
    const until = bangkok('2024-06-14T17:00')
    const extension = {
      roundId: world.round().id,
      scope: 'institution' as const,
      unitId: world.idOf('school'),
      until,
      reason: 'x',
      letterNumber: '1',
    }
    must(world.act((tx) => grantExtension(tx, extension, bangkok('2024-06-11T12:00'))))
    remind(world, bangkok('2024-06-14T08:30'))
    expect(whoHeard(world)).toEqual(['school', 'town', 'province'])
    expect(reminded(world, 'school')[0]).toMatchObject({ dueAt: until })
  })
})

describe('what is provable afterwards (R38)', () => {
  it('every reminder is on record with person, moment and what was owed, also one that reached no account', () => {
    const world = openChainWorld()
    const { personId } = world.actor('school', AT)
    world.act((tx) => tx.update(people).set({ blockedAt: AT }).where(eq(people.id, personId)).run())
    expect(remind(world, LAST_DAY)).toBe(6)
    const row = world.act((tx) => tx.select().from(reminders).where(eq(reminders.personId, personId)).get())
    expect(row).toMatchObject({ outboxId: null, unitId: world.idOf('school') })
    const events = world.act((tx) =>
      tx.query.events.findMany({ where: (t, { eq }) => eq(t.type, 'reminder-queued') }).sync(),
    )
    expect(events).toHaveLength(7)
    expect(events.filter((event) => (JSON.parse(event.data) as { reached: boolean }).reached)).toHaveLength(6)
  })

  it('at the last look before sending, what was done since drops out', () => {
    const world = openChainWorld()
    remind(world, LAST_DAY)
    mustBeDone(world.confirmRoster('school', { at: LAST_DAY + 1 }))
    const owes = (place: Place) =>
      world.act((tx) => owesNow(tx, { round: world.round(), unitId: world.idOf(place) }, LAST_DAY + 2))
    expect(owes('school')).toBeNull()
    expect(owes('town')?.units).toHaveLength(1)
    expect(world.act((tx) => tx.select().from(outbox).all()).length).toBeGreaterThan(0)
  })

  it('what a unit owes is the same at the last look as when it was queued', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('centre', { at: AT }))
    remind(world, LAST_DAY)
    for (const place of ['school', 'town', 'countsOnly'] as const) {
      const now = world.act((tx) => owesNow(tx, { round: world.round(), unitId: world.idOf(place) }, LAST_DAY))
      expect(now, place).toEqual(reminded(world, place)[0]?.owes)
    }
  })
})
