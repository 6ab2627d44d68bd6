import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../src/db/ids.ts'
import { outbox, people, reminders, rounds, units } from '../../src/db/schema.ts'
import { acceptDeadline, agreementOf, proposeDeadline } from '../../src/workflow/agreements.ts'
import { changeDuty } from '../../src/workflow/appointment-changes.ts'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import { setNotRequired } from '../../src/workflow/confirm-province.ts'
import { grantExtension } from '../../src/workflow/extensions.ts'
import { keepLaoFigures } from '../../src/workflow/lao-figures.ts'
import type { Owes } from '../../src/workflow/notice.ts'
import { owesNow } from '../../src/workflow/remind.ts'
import { setReminderPolicy } from '../../src/workflow/remind-policy.ts'
import { remindOwing } from '../../src/workflow/remind-tick.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld, type Place } from '../world/chain-world.ts'

const AT = bangkok('2024-06-04T09:00')
/** 2567/1: the morning of the last day of institutions and LAOs, the day before that of the provinces. */
const LAST_DAY = bangkok('2024-06-10T08:30')
const DUE = bangkok('2024-06-11T00:00')
const PLACES = ['school', 'centre', 'saoCentre', 'town', 'sao', 'countsOnly', 'bare', 'province', 'department'] as const
/** Everybody but the LAO with nothing to confirm. */
const ALL = PLACES.filter((place) => place !== 'bare')

/** One look; what it queued has left by the next one. */
const remind = (world: ChainWorld, at: Instant) => {
  const departmentId = world.idOf('department')
  return world.act((tx) => {
    tx.update(outbox).set({ state: 'accepted' }).run()
    return remindOwing(tx, { departmentId }, at)
  })
}
const rowsOf = (world: ChainWorld, place: Place) =>
  world.act((tx) =>
    tx
      .select()
      .from(reminders)
      .where(eq(reminders.unitId, world.idOf(place)))
      .orderBy(reminders.id)
      .all(),
  )
const momentsOf = (world: ChainWorld, place: Place) =>
  rowsOf(world, place).map(({ moment }) => moment.slice(moment.indexOf(':') + 1))
const owedBy = (world: ChainWorld, place: Place) => rowsOf(world, place).at(-1)?.owes as Owes | undefined
const reminded = (world: ChainWorld, place: Place) =>
  world.told(place, AT).flatMap((notice) => (notice.type === 'reminder' ? [notice] : []))
const whoHeard = (world: ChainWorld) => PLACES.filter((place) => reminded(world, place).length > 0)
const complete = (world: ChainWorld) => {
  world.confirmUpToLaos(AT)
  const who = world.actor('province', AT)
  must(
    world.act((tx) =>
      setNotRequired(tx, { round: world.round(), actor: who, laoId: world.idOf('bare'), reason: 'ไม่มีสถานศึกษา' }, AT),
    ),
  )
}

describe('who is reminded (R38, issue: one message naming what is missing)', () => {
  it('at first every institution, every LAO with something to confirm, the province, and the department of it', () => {
    const world = openChainWorld()
    expect(remind(world, LAST_DAY)).toBe(8)
    expect(whoHeard(world)).toEqual(ALL)
    expect(owedBy(world, 'town')).toMatchObject({
      overview: true,
      otherCounts: true,
      units: [{ name: 'โรงเรียนเทศบาล 1' }, { name: 'ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน' }],
    })
    expect(owedBy(world, 'countsOnly')).toMatchObject({ overview: false, otherCounts: true, units: [] })
  })

  it('the province by its own due instant, naming the LAOs that are incomplete', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmCounts('countsOnly', { at: AT }))
    remind(world, bangkok('2024-06-11T08:30'))
    expect(owedBy(world, 'province')).toMatchObject({ province: true })
    expect(owedBy(world, 'province')?.units.map((unit) => unit.name)).toEqual([
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
    expect(rowsOf(world, 'countsOnly').map(({ moment }) => moment)).toEqual([`${otherCountsDueAt}:0d`])
    expect(momentsOf(world, 'town')).toEqual(['digest', '0d'])
    expect(momentsOf(world, 'sao')).toEqual(['digest'])
    remind(world, LAST_DAY)
    expect(rowsOf(world, 'town').filter(({ moment }) => moment.startsWith(`${DUE}:`))).toHaveLength(1)
  })

  it('nobody who does not owe: what is confirmed drops out', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    mustBeDone(world.confirmRoster('saoCentre', { at: AT }))
    must(world.confirmLao('sao', { at: AT }))
    remind(world, LAST_DAY)
    expect(whoHeard(world)).toEqual(['centre', 'town', 'countsOnly', 'province', 'department'])
    expect(owedBy(world, 'town')?.units).toHaveLength(1)
  })

  it('nobody at all when everything is confirmed', () => {
    const world = openChainWorld()
    complete(world)
    must(world.markAll(AT))
    must(world.confirmProvince({ at: AT }))
    for (const at of [LAST_DAY, bangkok('2024-06-11T08:30'), bangkok('2024-06-12T08:30')])
      expect(remind(world, at)).toBe(0)
  })

  it('an LAO whose only debt is an institution that was edited after confirming is reminded', () => {
    const world = openChainWorld()
    complete(world)
    world.read('saoCentre', world.rows('saoCentre', 11), AT + 1)
    remind(world, LAST_DAY)
    expect(whoHeard(world)).toEqual(['sao', 'province', 'department'])
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
    expect(remind(world, LAST_DAY)).toBe(8)
    for (let minutes = 1; minutes < 300; minutes += 13) expect(remind(world, LAST_DAY + minutes * 60_000)).toBe(0)
    // The province is due a day later, and the department has its digest in the morning.
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
    expect(remind(world, bangkok('2024-05-29T08:30') - 1)).toBe(0)
    expect(remind(world, world.round().closesAt)).toBe(0)
  })

  it('after downtime over several moments only the latest is sent', () => {
    const world = openChainWorld()
    expect(remind(world, bangkok('2024-06-10T17:00'))).toBe(8)
    expect(momentsOf(world, 'school')).toEqual(['16.00'])
  })

  it.each(['2563/2', '2567/1'] as const)('%s: nobody is woken at midnight when the due instant passes', (code) => {
    const world = openChainWorld({ round: code })
    const due = world.round().institutionDueAt
    expect(remind(world, due - 1)).toBeGreaterThan(0)
    const others = PLACES.filter((place) => place !== 'province' && place !== 'department')
    const before = others.map((place) => rowsOf(world, place).length)
    for (const hours of [0, 1, 4, 8]) remind(world, due + hours * 3_600_000)
    expect(others.map((place) => rowsOf(world, place).length)).toEqual(before)
  })

  it('2567/1: those who are late are reminded of the close on its morning, three hours and half an hour before', () => {
    const world = openChainWorld()
    for (const time of ['08:29', '08:30', '14:00', '16:30', '16:59']) remind(world, bangkok(`2024-06-11T${time}`))
    expect(momentsOf(world, 'school')).toEqual(['0d', 'missed', '3h', '30m'])
    expect(reminded(world, 'school')).toHaveLength(3)
    expect(rowsOf(world, 'school')[0]?.moment).toBe(`${world.round().recordingClosesAt}:0d`)
  })

  it('after 17:00 institutions and LAOs are left in peace; the province is not (R17)', () => {
    const world = openChainWorld()
    remind(world, bangkok('2024-06-11T17:30'))
    expect(whoHeard(world)).toEqual(['province', 'department'])
  })

  it('an extension makes new moments for its scope only, also after the round closed for everybody else', () => {
    const world = openChainWorld()
    const until = bangkok('2024-06-14T17:00')
    const extension = {
      roundId: world.round().id,
      scope: 'institution' as const,
      unitId: world.idOf('school'),
      until,
      reason: 'เหตุอุทกภัยในพื้นที่',
      letterNumber: '1',
    }
    must(world.act((tx) => grantExtension(tx, extension, bangkok('2024-06-11T12:00'))))
    remind(world, bangkok('2024-06-14T08:30'))
    expect(whoHeard(world)).toEqual(['school', 'town', 'province', 'department'])
    expect(rowsOf(world, 'school').map(({ moment }) => moment)).toEqual([`${until}:0d`])
  })
})

describe('what is provable afterwards (R38)', () => {
  it('every reminder is on record with person, moment and what was owed, also one that reached no account', () => {
    const world = openChainWorld()
    const { personId } = world.actor('school', AT)
    world.act((tx) => tx.update(people).set({ blockedAt: AT }).where(eq(people.id, personId)).run())
    expect(remind(world, LAST_DAY)).toBe(7)
    const row = world.act((tx) => tx.select().from(reminders).where(eq(reminders.personId, personId)).get())
    expect(row).toMatchObject({ outboxId: null, unitId: world.idOf('school'), unreachable: 'blocked' })
    const events = world.act((tx) =>
      tx.query.events.findMany({ where: (t, { eq }) => eq(t.type, 'reminder-queued') }).sync(),
    )
    expect(events).toHaveLength(8)
    expect(events.filter((event) => (JSON.parse(event.data) as { reached: boolean }).reached)).toHaveLength(7)
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
      expect(now, place).toEqual(owedBy(world, place))
    }
  })
})

describe('one person, one message', () => {
  const ACCOUNT = 'U00000000000000000000000000000abc'

  it('somebody with two institutions and their LAO gets one, which speaks of all three', () => {
    const world = openChainWorld()
    for (const place of ['school', 'centre', 'town'] as const) world.appoint(place, { account: ACCOUNT })
    expect(remind(world, LAST_DAY)).toBe(9)
    const mine = world.act((tx) => tx.select().from(outbox).where(eq(outbox.lineUserId, ACCOUNT)).all())
    expect(
      mine.map(({ notice }) => (notice as { duties: { unitId: number }[] }).duties.map(({ unitId }) => unitId)),
    ).toEqual([[world.idOf('school'), world.idOf('centre'), world.idOf('town')]])
    const rows = world.act((tx) =>
      tx
        .select()
        .from(reminders)
        .where(eq(reminders.outboxId, mine[0]?.id ?? (0 as never)))
        .all(),
    )
    expect(new Set(rows.map(({ unitId }) => unitId)).size, 'each unit is on record').toBe(3)
  })

  it('a message that still waits for LINE takes in the next moment; one that was put into words does not', () => {
    const world = openChainWorld()
    const look = (at: Instant) => world.act((tx) => remindOwing(tx, { departmentId: world.idOf('department') }, at))
    look(LAST_DAY)
    look(bangkok('2024-06-10T13:30'))
    expect(reminded(world, 'school')).toHaveLength(1)
    expect(momentsOf(world, 'school')).toEqual(['0d', '13.30'])
    expect(new Set(rowsOf(world, 'school').map(({ outboxId }) => outboxId)).size).toBe(1)
    world.act((tx) => tx.update(outbox).set({ payload: '[]', attempts: 1 }).run())
    look(bangkok('2024-06-10T16:00'))
    expect(reminded(world, 'school')).toHaveLength(2)
  })

  it('an officer who is the executive too hears once, as the officer', () => {
    const world = openChainWorld()
    world.appoint('sao', { account: ACCOUNT })
    world.appoint('sao', { account: ACCOUNT, role: 'executive' })
    remind(world, bangkok('2024-06-10T13:30'))
    const mine = world.act((tx) => tx.select().from(outbox).where(eq(outbox.lineUserId, ACCOUNT)).all())
    expect(mine.map(({ notice }) => (notice as { duties: { role: string }[] }).duties.map(({ role }) => role))).toEqual(
      [['officer']],
    )
  })
})

describe('levels above and executives', () => {
  it('have a digest on working mornings while something is owed below, and none on other days or when nothing is', () => {
    const world = openChainWorld()
    for (const date of ['01', '02', '03', '04', '05', '06', '07', '08', '09'])
      remind(world, bangkok(`2024-06-${date}T09:00`))
    const days = new Set(
      rowsOf(world, 'department').map(({ at }) => new Date(at + 7 * 3_600_000).toISOString().slice(8, 10)),
    )
    expect([...days]).toEqual(['04', '05', '06', '07'])
    mustBeDone(world.confirmRoster('saoCentre', { at: bangkok('2024-06-09T10:00') }))
    must(world.confirmLao('sao', { at: bangkok('2024-06-09T10:00') }))
    const before = rowsOf(world, 'sao').length
    remind(world, LAST_DAY)
    expect(rowsOf(world, 'sao')).toHaveLength(before)
  })

  it('whose figure is kept as complete is not read again, and one that is incomplete always is', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('saoCentre', { at: AT }))
    must(world.confirmLao('sao', { at: AT }))
    world.act((tx) => keepLaoFigures(tx, { roundId: world.round().id, limit: 100 }, AT))
    remind(world, LAST_DAY)
    expect(whoHeard(world)).toEqual(['school', 'centre', 'town', 'countsOnly', 'province', 'department'])
    expect(owedBy(world, 'province')?.units.map(({ name }) => name)).not.toContain('องค์การบริหารส่วนตำบลบ้านนา')
  })

  it("the LAO's executive hears on the afternoon of the last day alone, and not when nothing is owed", () => {
    const world = openChainWorld()
    const executive = world.appoint('sao', { role: 'executive' })
    const heard = () => world.told(executive, AT).filter(({ type }) => type === 'reminder').length
    for (const at of ['2024-06-07T08:30', '2024-06-10T08:30']) remind(world, bangkok(at))
    expect(heard()).toBe(0)
    remind(world, bangkok('2024-06-10T13:30'))
    expect(heard()).toBe(1)
    remind(world, bangkok('2024-06-10T16:00'))
    expect(heard()).toBe(1)
    mustBeDone(world.confirmRoster('saoCentre', { at: bangkok('2024-06-11T09:00') }))
    must(world.confirmLao('sao', { at: bangkok('2024-06-11T09:00') }))
    remind(world, bangkok('2024-06-11T14:00'))
    expect(heard()).toBe(1)
  })

  it('a unit that nobody is appointed for is on record as such, with nobody told, once for each moment', () => {
    const world = openChainWorld()
    const { appointmentId } = world.actor('school', AT)
    must(
      world.act((tx) =>
        changeDuty(tx, { actor: world.actor('town', AT), appointmentId, change: 'end', reason: 'ย้ายไปหน่วยอื่น' }, AT),
      ),
    )
    for (const at of [LAST_DAY, LAST_DAY + 60_000]) remind(world, at)
    expect(rowsOf(world, 'school')).toMatchObject([{ personId: 0, outboxId: null, unreachable: 'vacant' }])
    const events = world.act((tx) =>
      tx.query.events.findMany({ where: (t, { eq }) => eq(t.type, 'reminder-queued') }).sync(),
    )
    const own = events.filter(({ unitId }) => unitId === world.idOf('school'))
    expect(
      own.map(({ personId, data }) => [personId, (JSON.parse(data) as { unreachable: string }).unreachable]),
    ).toEqual([[null, 'vacant']])
    world.appoint('school', { at: LAST_DAY + 120_000 })
    expect(remind(world, LAST_DAY + 180_000), 'who is appointed since hears of the moment').toBe(1)
  })
})

describe('what changes the plan', () => {
  it('R18: a date agreed on is told that morning and an hour before, a changed one at its own time, and it blocks nothing', () => {
    const world = openChainWorld()
    const agree = (dueAt: Instant, at: Instant) => {
      const institutionIds = [world.idOf('school')]
      must(
        world.act((tx) =>
          proposeDeadline(tx, { round: world.round(), actor: world.actor('town', at), institutionIds, dueAt }, at),
        ),
      )
      const agreementId = world.act(
        (tx) => agreementOf(tx, { roundId: world.round().id, institutionId: world.idOf('school') })?.proposed?.id ?? 0,
      )
      must(world.act((tx) => acceptDeadline(tx, { actor: world.actor('school', at), agreementId }, at)))
    }
    agree(bangkok('2024-06-06T16:30'), bangkok('2024-06-04T10:00'))
    for (const time of ['08:30', '15:30', '15:45', '16:30', '17:00']) remind(world, bangkok(`2024-06-06T${time}`))
    expect(momentsOf(world, 'school')).toEqual(['agreed', 'agreed-1h'])
    expect(momentsOf(world, 'centre'), 'nothing of its own').toEqual(['3d'])
    agree(bangkok('2024-06-07T12:00'), bangkok('2024-06-06T18:00'))
    remind(world, bangkok('2024-06-07T08:30'))
    remind(world, bangkok('2024-06-07T11:00'))
    expect(momentsOf(world, 'school').slice(2)).toEqual(['1d', 'agreed', 'agreed-1h'])
    expect(reminded(world, 'school'), 'what falls together is one message').toHaveLength(4)
  })

  it('an extension for one LAO leaves the others alone, and is reminded of from its grant on', () => {
    const world = openChainWorld()
    const until = bangkok('2024-06-13T17:00')
    const grantedAt = bangkok('2024-06-11T15:00')
    const extension = {
      roundId: world.round().id,
      scope: 'lao' as const,
      unitId: world.idOf('sao'),
      until,
      reason: 'เหตุอุทกภัยในพื้นที่',
      letterNumber: '1',
    }
    must(world.act((tx) => grantExtension(tx, extension, grantedAt)))
    expect(remind(world, grantedAt + 60_000), 'its moments of the morning are past').toBeGreaterThan(0)
    const before = rowsOf(world, 'saoCentre').length
    for (const at of [
      '2024-06-12T08:30',
      '2024-06-13T08:30',
      '2024-06-13T14:00',
      '2024-06-13T16:30',
      '2024-06-13T17:00',
    ])
      remind(world, bangkok(at))
    expect(momentsOf(world, 'saoCentre').slice(before)).toEqual(['1d', '0d', '3h', '30m'])
    expect(momentsOf(world, 'centre').filter((name) => name === 'closed')).toHaveLength(1)
    remind(world, bangkok('2024-06-14T08:30'))
    expect(momentsOf(world, 'saoCentre').at(-1)).toBe('closed')
  })

  it('after the close it is told once what was never confirmed; an edit after confirming is no debt then', () => {
    const world = openChainWorld()
    complete(world)
    world.read('saoCentre', world.rows('saoCentre', 11), AT + 1)
    const other = openChainWorld()
    for (const at of [
      '2024-06-12T08:29',
      '2024-06-12T08:30',
      '2024-06-12T12:00',
      '2024-06-13T08:30',
      '2024-06-14T09:00',
    ]) {
      remind(world, bangkok(at))
      remind(other, bangkok(at))
    }
    expect(momentsOf(world, 'sao')).toEqual([])
    expect(momentsOf(other, 'school')).toEqual(['closed'])
    expect(momentsOf(other, 'department')).toEqual(['closed'])
  })

  it('a policy of the round is kept, and what it leaves out is not sent', () => {
    const world = openChainWorld()
    const given = {
      workingDaysBefore: [2],
      dayBefore: false,
      lastDay: false,
      lastDayTimes: ['15:00'],
      digestFromWorkingDaysBefore: null,
    }
    must(world.act((tx) => setReminderPolicy(tx, { code: '2567/1', given }, AT)))
    for (const at of ['05T08:30', '06T08:30', '07T08:30', '10T08:30', '10T13:30', '10T15:00'])
      remind(world, bangkok(`2024-06-${at}`))
    expect(momentsOf(world, 'school')).toEqual(['2d', '15.00'])
    const refused = world.act((tx) => setReminderPolicy(tx, { code: '2567/1', given: { workingDayBefore: [2] } }, AT))
    expect(refused).toMatchObject({ ok: false, why: 'bad-policy' })
    expect(world.act((tx) => setReminderPolicy(tx, { code: '2567/1', given: { morning: '06:00' } }, AT))).toMatchObject(
      { problems: ['morning: lies in the quiet hours'] },
    )
  })
})

describe('quiet hours', () => {
  it('what came while nothing ran waits for the morning, except on the last day', () => {
    const world = openChainWorld()
    expect(remind(world, bangkok('2024-06-05T21:00'))).toBe(0)
    expect(remind(world, bangkok('2024-06-06T06:59'))).toBe(0)
    // The digests of the day before are over; what leads to a deadline is not.
    expect(remind(world, bangkok('2024-06-06T07:00'))).toBe(6)
    expect(remind(world, bangkok('2024-06-10T23:30'))).toBeGreaterThanOrEqual(6)
  })

  it("a person's own are kept, unless the close would pass before they end", () => {
    const world = openChainWorld()
    const set = (quiet: { quietFrom: number; quietTo: number }) =>
      world.act((tx) =>
        tx
          .update(people)
          .set(quiet)
          .where(eq(people.id, world.actor('school', AT).personId))
          .run(),
      )
    set({ quietFrom: 8 * 60, quietTo: 10 * 60 })
    remind(world, LAST_DAY)
    expect(momentsOf(world, 'school')).toEqual([])
    remind(world, bangkok('2024-06-10T10:00'))
    expect(momentsOf(world, 'school')).toEqual(['0d'])
    set({ quietFrom: 12 * 60, quietTo: 8 * 60 })
    remind(world, bangkok('2024-06-10T16:00'))
    expect(momentsOf(world, 'school').at(-1), 'midnight comes before eight').toBe('16.00')
  })
})
