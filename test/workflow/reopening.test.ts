import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { AppointmentId, Instant, RequestId } from '../../src/db/ids.ts'
import { type Component, componentStates, confirmations, reopeningRequests } from '../../src/db/schema.ts'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import { setNotRequired } from '../../src/workflow/confirm-province.ts'
import { importUnits } from '../../src/workflow/import-units.ts'
import { lapseRequests, passOn, requestReopening, sendBack, withdraw, yesMeans } from '../../src/workflow/reopening.ts'
import { requestById, requestsWaitingAt, stepsOf } from '../../src/workflow/reopening-requests.ts'
import { laoLines } from '../../src/workflow/structure.ts'
import { unitById } from '../../src/workflow/unit.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld, type Place } from '../world/chain-world.ts'

const AT = bangkok('2024-06-06T09:00')
const CLOSES = bangkok('2024-06-11T17:00')
const LATER = AT + 3_600_000
const REASON = 'พบเด็กย้ายเข้าเพิ่ม 1 คน'

type Who = Place | AppointmentId
const ask = (
  world: ChainWorld,
  by: Who = 'school',
  given: { component?: Component; reason?: string; at?: Instant } = {},
) => {
  const { component = 'roster', reason = REASON, at = LATER } = given
  const input = { round: world.round(), actor: world.actor(by, at), component, category: 'moved_in' as const, reason }
  return world.act((tx) => requestReopening(tx, input, at))
}
const versionOf = (world: ChainWorld, requestId: RequestId) =>
  world.act((tx) => requestById(tx, requestId))?.version ?? 0
const yes = (world: ChainWorld, by: Who, requestId: RequestId, given: { version?: number; at?: Instant } = {}) => {
  const { version = versionOf(world, requestId), at = LATER } = given
  return world.act((tx) => passOn(tx, { actor: world.actor(by, at), requestId, version, word: '' }, at))
}
const confirmedNow = (world: ChainWorld) =>
  world
    .act((tx) => tx.select().from(componentStates).where(eq(componentStates.state, 'confirmed')).all())
    .map((row) => `${world.act((tx) => unitById(tx, row.unitId)).name} ${row.component}`)
const typesOf = (world: ChainWorld) => world.act((tx) => tx.query.events.findMany().sync()).map((event) => event.type)

/** School and centre confirmed; with `up`, the LAOs too; with `province`, everything. */
function confirmedWorld(up?: 'lao' | 'province'): ChainWorld {
  const world = openChainWorld()
  if (!up) {
    mustBeDone(world.confirmRoster('school', { at: AT }))
    mustBeDone(world.confirmRoster('centre', { at: AT }))
    return world
  }
  world.confirmUpToLaos(AT)
  if (up === 'lao') return world
  const who = world.actor('province', AT)
  must(
    world.act((tx) =>
      setNotRequired(tx, { round: world.round(), actor: who, laoId: world.idOf('bare'), reason: 'ไม่มีสถานศึกษา' }, AT),
    ),
  )
  must(world.markAll(AT))
  must(world.confirmProvince({ at: AT }))
  return world
}

describe('asking to reopen (R33)', () => {
  it('goes to the level above, who gets the request; the requester keeps the reason on record', () => {
    const world = confirmedWorld()
    const { requestId, waitingAt } = must(ask(world))
    expect(waitingAt).toBe(world.idOf('town'))
    expect(world.act((tx) => requestsWaitingAt(tx, world.idOf('town')))).toMatchObject([
      { id: requestId, reason: REASON, unitName: 'โรงเรียนเทศบาล 1' },
    ])
    expect(world.told('town', AT).at(-1)).toMatchObject({ type: 'reopening-waits', requestId })
  })

  it('needs a reason and something confirmed', () => {
    const world = confirmedWorld()
    expect(ask(world, 'school', { reason: ' \n ' })).toEqual({ ok: false, why: 'no-reason' })
    expect(ask(world, 'saoCentre')).toEqual({ ok: false, why: 'not-confirmed' })
    expect(ask(world, 'town', { component: 'overview' })).toEqual({ ok: false, why: 'not-confirmed' })
  })

  it('one open request at a time: the second is told where the first waits', () => {
    const world = confirmedWorld()
    must(ask(world))
    const second = ask(world, world.appoint('school'))
    expect(second).toEqual({
      ok: false,
      why: 'request-open',
      waitingAt: { id: world.idOf('town'), name: 'เทศบาลเมืองทุ่งตะวัน' },
    })
  })

  it('an executive asks for nothing (R9)', () => {
    const world = confirmedWorld()
    expect(ask(world, world.appoint('school', { role: 'executive' }))).toEqual({ ok: false, why: 'reads-only' })
  })

  it('is over with the close of recording, though the province is still open (R17)', () => {
    const world = confirmedWorld()
    expect(ask(world, 'school', { at: CLOSES })).toEqual({ ok: false, why: 'closed', closedAt: CLOSES })
    expect(ask(world, 'school', { at: CLOSES - 1 }).ok).toBe(true)
  })

  it('what a person typed stays out of the log', () => {
    const world = confirmedWorld()
    const { requestId } = must(ask(world))
    must(yes(world, 'town', requestId))
    const log = JSON.stringify(world.act((tx) => tx.query.events.findMany().sync()))
    expect(log).not.toContain(REASON)
    expect(world.act((tx) => requestById(tx, requestId))?.reason).toBe(REASON)
  })
})

describe('the level above carries it out (R33 R34)', () => {
  it('the LAO alone, while it has not confirmed itself: only the asked institution reopens, its sheet with it', () => {
    const world = confirmedWorld()
    const { requestId } = must(ask(world))
    expect(must(yes(world, 'town', requestId))).toMatchObject({ act: 'carried_out', waitingAtName: null })
    expect(confirmedNow(world)).toEqual(['ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน roster'])
    expect(world.fileOf('school')).toMatchObject({ lockWanted: false })
    expect(world.fileOf('centre')).toMatchObject({ lockWanted: true })
    expect(world.told('school', AT).at(-1)).toMatchObject({ type: 'cancelled', requestId })
  })

  it('the last confirmed figure stays the reported one until it is confirmed again (section 8)', () => {
    const world = confirmedWorld()
    const { requestId } = must(ask(world))
    must(yes(world, 'town', requestId))
    world.read('school', world.rows('school', 12), LATER + 1)
    const line = () =>
      world.act((tx) => laoLines(tx, { roundId: world.round().id, laos: [unitById(tx, world.idOf('town'))] }, LATER))[0]
    expect(line()?.institutions[0]).toMatchObject({ state: 'open', reportedCount: 10, counted: 12, reopenedTimes: 1 })
    mustBeDone(world.confirmRoster('school', { at: LATER + 2, sheet: world.rows('school', 12) }))
    expect(line()?.institutions[0]).toMatchObject({ state: 'confirmed', reportedCount: 12, reopenedTimes: 1 })
  })

  it('climbs while levels above are confirmed: endorsed from the bottom up, unwound from the top down in one go (R34)', () => {
    const world = confirmedWorld('province')
    const { requestId } = must(ask(world))
    const everything = confirmedNow(world)
    expect(must(yes(world, 'town', requestId))).toMatchObject({ act: 'endorsed' })
    expect(must(yes(world, 'province', requestId))).toMatchObject({ act: 'endorsed' })
    expect(confirmedNow(world)).toEqual(everything)
    expect(must(yes(world, 'department', requestId))).toMatchObject({ act: 'carried_out' })
    expect(everything.filter((name) => !confirmedNow(world).includes(name)).sort()).toEqual(
      ['จังหวัดทุ่งตะวัน province', 'เทศบาลเมืองทุ่งตะวัน overview', 'โรงเรียนเทศบาล 1 roster'].sort(),
    )
    const cancelled = world.act((tx) => tx.select().from(confirmations).all()).filter((row) => row.cancelledAt !== null)
    expect(cancelled.map((row) => row.cancelledAt)).toEqual([LATER, LATER, LATER])
    const log = typesOf(world)
    expect(log.slice(log.indexOf('reopening-carried-out'))).toEqual([
      'reopening-carried-out',
      'cancelled',
      'cancelled',
      'cancelled',
    ])
    const order = world.act((tx) => tx.query.events.findMany({ where: (t, { eq }) => eq(t.type, 'cancelled') }).sync())
    expect(order.map((event) => event.unitId)).toEqual([
      world.idOf('province'),
      world.idOf('town'),
      world.idOf('school'),
    ])
  })

  it('every step is on record with unit and person, and the requester hears of each (R38)', () => {
    const world = confirmedWorld('province')
    const { requestId } = must(ask(world))
    must(yes(world, 'town', requestId))
    must(yes(world, 'province', requestId))
    must(yes(world, 'department', requestId))
    const steps = world.act((tx) => stepsOf(tx, requestId))
    expect(steps.map((step) => [step.act, step.unitId])).toEqual([
      ['asked', world.idOf('school')],
      ['endorsed', world.idOf('town')],
      ['endorsed', world.idOf('province')],
      ['carried_out', world.idOf('department')],
    ])
    expect(steps.every((step) => step.personId !== null && step.at >= AT)).toBe(true)
    const heard = world
      .told('school', AT)
      .slice(2)
      .map((notice) => notice.type)
    expect(heard).toEqual(['reopening-progress', 'reopening-progress', 'cancelled'])
  })

  it('the words on the button follow from what a yes would do now', () => {
    const world = confirmedWorld('lao')
    const { requestId } = must(ask(world))
    const request = world.act((tx) => requestById(tx, requestId))
    if (!request) throw new Error('gone')
    expect(world.act((tx) => yesMeans(tx, { request, level: 'lao' }))).toBe('endorse')
    expect(world.act((tx) => yesMeans(tx, { request, level: 'province' }))).toBe('carry_out')
  })

  it('other counts reopen without touching the overview, and the other way round (R32)', () => {
    const world = confirmedWorld('lao')
    const { requestId } = must(ask(world, 'town', { component: 'other_counts' }))
    must(yes(world, 'province', requestId))
    expect(world.isConfirmed('town', 'other_counts')).toBe(false)
    expect(world.isConfirmed('town', 'overview')).toBe(true)
    expect(world.fileOf('town')).toMatchObject({ lockWanted: false })
    const overview = must(ask(world, 'sao', { component: 'overview' }))
    must(yes(world, 'province', overview.requestId))
    expect(world.isConfirmed('saoCentre', 'roster')).toBe(true)
  })

  it('the department cancels the province, with reason', () => {
    const world = confirmedWorld('province')
    const { requestId, waitingAt } = must(ask(world, 'province', { component: 'province' }))
    expect(waitingAt).toBe(world.idOf('department'))
    must(yes(world, 'department', requestId))
    expect(world.isConfirmed('province', 'province')).toBe(false)
    expect(world.isConfirmed('town', 'overview')).toBe(true)
  })

  it('an LAO never cancels what its province confirmed, also when its own overview is open', () => {
    const world = confirmedWorld('province')
    const cells = { code: '3099200009', kind: 'school', name_th: 'ใหม่', lao_code: '06990302' }
    must(world.act((tx) => importUnits(tx, [{ line: 2, cells }], AT)))
    // The school moves under the LAO that has no overview of its own yet.
    must(
      world.act((tx) =>
        importUnits(
          tx,
          [{ line: 2, cells: { code: '3099200001', kind: 'school', name_th: 'เทศบาล 1', lao_code: '06990302' } }],
          AT,
        ),
      ),
    )
    const { requestId } = must(ask(world))
    expect(must(yes(world, 'countsOnly', requestId))).toMatchObject({ act: 'endorsed' })
    expect(world.isConfirmed('province', 'province')).toBe(true)
  })
})

describe('who may act on a request', () => {
  it('only the level that it waits at; the others are told where it is', () => {
    const world = confirmedWorld('lao')
    const { requestId } = must(ask(world))
    for (const by of ['province', 'sao', 'school', 'department'] as const)
      expect(yes(world, by, requestId), by).toMatchObject({
        ok: false,
        why: 'request-open',
        waitingAt: { id: world.idOf('town') },
      })
    must(yes(world, 'town', requestId))
    expect(yes(world, 'town', requestId)).toMatchObject({
      ok: false,
      why: 'request-open',
      waitingAt: { id: world.idOf('province') },
    })
  })

  it('nobody carries out his own request (G8.1 knows no exception)', () => {
    const world = confirmedWorld()
    const { requestId } = must(ask(world))
    expect(yes(world, 'school', requestId).ok).toBe(false)
    expect(world.isConfirmed('school', 'roster')).toBe(true)
  })

  it('an executive of the level says neither yes nor no nor withdraws (R9)', () => {
    const world = confirmedWorld()
    const { requestId } = must(ask(world))
    const executive = world.appoint('town', { role: 'executive' })
    expect(yes(world, executive, requestId)).toEqual({ ok: false, why: 'reads-only' })
    const own = world.actor(world.appoint('school', { role: 'executive' }), LATER)
    expect(world.act((tx) => withdraw(tx, { actor: own, requestId }, LATER))).toEqual({ ok: false, why: 'reads-only' })
  })

  it('a yes to what was shown before somebody else acted is refused', () => {
    const world = confirmedWorld('lao')
    const { requestId } = must(ask(world))
    must(yes(world, 'town', requestId))
    expect(yes(world, 'province', requestId, { version: 1 })).toEqual({ ok: false, why: 'changed-since-shown' })
  })

  it('two officers at once: the second is told that it is done', () => {
    const world = confirmedWorld()
    const { requestId } = must(ask(world))
    must(yes(world, 'town', requestId))
    expect(yes(world, world.appoint('town'), requestId, { version: 1 })).toMatchObject({
      ok: false,
      why: 'request-ended',
      state: 'carried_out',
    })
  })
})

describe('a request that is not carried out', () => {
  it('is sent back with a word, everything stays confirmed, and a new one may be asked', () => {
    const world = confirmedWorld()
    const { requestId } = must(ask(world))
    const say = (word: string) =>
      world.act((tx) => sendBack(tx, { actor: world.actor('town', LATER), requestId, version: 1, word }, LATER))
    expect(say(' ')).toEqual({ ok: false, why: 'no-reason' })
    must(say('ข้อมูลถูกต้องแล้ว'))
    expect(world.isConfirmed('school', 'roster')).toBe(true)
    expect(world.told('school', AT).at(-1)).toMatchObject({ type: 'reopening-progress', requestId })
    expect(yes(world, 'town', requestId)).toMatchObject({
      why: 'request-ended',
      state: 'sent_back',
      by: 'ผู้รับผิดชอบ town',
      at: LATER,
    })
    expect(ask(world).ok).toBe(true)
  })

  it('is withdrawn by its own unit only, also by a colleague', () => {
    const world = confirmedWorld()
    const { requestId } = must(ask(world))
    const take = (by: Who) => world.act((tx) => withdraw(tx, { actor: world.actor(by, LATER), requestId }, LATER))
    expect(take('centre')).toEqual({ ok: false, why: 'not-yours' })
    must(take(world.appoint('school')))
    expect(take('school')).toMatchObject({ why: 'request-ended', state: 'withdrawn', by: 'คนทดสอบ', at: LATER })
  })

  it('lapses with the close, once, and the requester is told', () => {
    const world = confirmedWorld('lao')
    const { requestId } = must(ask(world))
    must(yes(world, 'town', requestId))
    // A minute is left for what was tapped in time.
    expect(world.act((tx) => lapseRequests(tx, CLOSES + 59_999))).toBe(0)
    expect(world.act((tx) => lapseRequests(tx, CLOSES + 60_000))).toBe(1)
    expect(world.act((tx) => lapseRequests(tx, CLOSES + 60_001))).toBe(0)
    expect(world.act((tx) => requestById(tx, requestId))?.state).toBe('lapsed')
    expect(world.told('school', AT).at(-1)).toMatchObject({ type: 'reopening-progress', requestId })
    expect(yes(world, 'province', requestId, { at: CLOSES })).toMatchObject({
      why: 'request-ended',
      state: 'lapsed',
      by: null,
    })
  })

  it('cannot be carried out in the millisecond of the close, also before the lapse is noticed', () => {
    const world = confirmedWorld()
    const { requestId } = must(ask(world))
    expect(yes(world, 'town', requestId, { at: CLOSES })).toEqual({ ok: false, why: 'closed', closedAt: CLOSES })
    expect(yes(world, 'town', requestId, { at: CLOSES - 1 }).ok).toBe(true)
  })
})

describe('requests that another act overtakes', () => {
  it("an LAO's own request ends when its overview was cancelled by an institution's", () => {
    const world = confirmedWorld('lao')
    const own = must(ask(world, 'town', { component: 'overview' }))
    const childs = must(ask(world))
    must(yes(world, 'town', childs.requestId))
    must(yes(world, 'province', childs.requestId))
    expect(world.isConfirmed('town', 'overview')).toBe(false)
    expect(world.act((tx) => requestById(tx, own.requestId))).toMatchObject({
      state: 'carried_out',
      waitingAtUnitId: null,
    })
    expect(world.act((tx) => stepsOf(tx, own.requestId)).at(-1)?.act).toBe('carried_out')
  })

  it('an old request never cancels a new confirmation', () => {
    const world = confirmedWorld('lao')
    const own = must(ask(world, 'town', { component: 'overview' }))
    const childs = must(ask(world))
    must(yes(world, 'town', childs.requestId))
    must(yes(world, 'province', childs.requestId))
    mustBeDone(world.confirmRoster('school', { at: LATER + 1 }))
    must(world.confirmLao('town', { at: LATER + 2 }))
    expect(yes(world, 'province', own.requestId, { at: LATER + 3 }).ok).toBe(false)
    expect(world.isConfirmed('town', 'overview')).toBe(true)
  })
})

describe('the level above cancels unasked (section 7)', () => {
  const cancel = (
    world: ChainWorld,
    by: Who,
    unit: Place,
    given: { component?: Component; reason?: string; at?: Instant } = {},
  ) => {
    const { component = 'roster', reason = 'ตรวจพบเด็กไม่มีตัวตน', at = LATER } = given
    const input = { round: world.round(), actor: world.actor(by, at), unitId: world.idOf(unit), component, reason }
    return world.act((tx) => cancelDirectly(tx, input, at))
  }

  it('with a reason, and the unit is told', () => {
    const world = confirmedWorld()
    expect(cancel(world, 'town', 'school', { reason: '' })).toEqual({ ok: false, why: 'no-reason' })
    must(cancel(world, 'town', 'school'))
    expect(world.isConfirmed('school', 'roster')).toBe(false)
    expect(world.told('school', AT).at(-1)).toMatchObject({
      type: 'cancelled',
      reason: 'ตรวจพบเด็กไม่มีตัวตน',
      requestId: null,
    })
  })

  it('only the level directly above, never oneself: there is no undo', () => {
    const world = confirmedWorld()
    for (const by of ['school', 'centre', 'sao', 'province', 'department'] as const)
      expect(cancel(world, by, 'school'), by).toEqual({ ok: false, why: 'not-yours' })
    expect(cancel(world, world.appoint('town', { role: 'executive' }), 'school')).toEqual({
      ok: false,
      why: 'reads-only',
    })
  })

  it('only while it is itself open', () => {
    const world = confirmedWorld('province')
    expect(cancel(world, 'town', 'school')).toMatchObject({
      ok: false,
      why: 'level-above-confirmed',
      unit: { id: world.idOf('town') },
    })
    expect(cancel(world, 'province', 'town', { component: 'overview' })).toMatchObject({
      ok: false,
      why: 'level-above-confirmed',
    })
    must(cancel(world, 'department', 'province', { component: 'province' }))
    must(cancel(world, 'province', 'town', { component: 'overview' }))
    must(cancel(world, 'town', 'school'))
  })

  it('not what is open, and not after the close', () => {
    const world = confirmedWorld()
    expect(cancel(world, 'sao', 'saoCentre')).toEqual({ ok: false, why: 'not-confirmed' })
    expect(cancel(world, 'town', 'school', { at: CLOSES })).toEqual({ ok: false, why: 'closed', closedAt: CLOSES })
  })

  it('ends the request that waited for it, with a step and an event like any other end', () => {
    const world = confirmedWorld()
    const { requestId } = must(ask(world))
    must(cancel(world, 'town', 'school'))
    const open = and(eq(reopeningRequests.id, requestId), eq(reopeningRequests.state, 'carried_out'))
    expect(world.act((tx) => tx.select().from(reopeningRequests).where(open).get())).toBeDefined()
    expect(world.act((tx) => stepsOf(tx, requestId)).at(-1)).toMatchObject({
      act: 'carried_out',
      unitId: world.idOf('town'),
    })
    expect(typesOf(world)).toContain('reopening-carried-out')
  })

  it('what the person typed stays out of the log', () => {
    const world = confirmedWorld()
    must(cancel(world, 'town', 'school'))
    expect(JSON.stringify(world.act((tx) => tx.query.events.findMany().sync()))).not.toContain('ตรวจพบเด็กไม่มีตัวตน')
  })
})

describe('an act around the close (section 7)', () => {
  const cancelAt = (world: ChainWorld, tap: { tappedAt: Instant; receivedAt: Instant }) => {
    const input = { round: world.round(), actor: world.actor('town', AT), unitId: world.idOf('school') }
    return world.act((tx) =>
      cancelDirectly(tx, { ...input, component: 'roster', reason: 'รายชื่อซ้ำ', tap }, tap.receivedAt),
    )
  }

  it('counts by its tap when it arrives within a minute', () => {
    expect(cancelAt(confirmedWorld(), { tappedAt: CLOSES - 1, receivedAt: CLOSES + 59_000 })).toEqual({ ok: true })
  })

  it('is held on record for the department when it arrives later, and cancels nothing', () => {
    const world = confirmedWorld()
    const tap = { tappedAt: CLOSES - 1, receivedAt: CLOSES + 61_000 }
    expect(cancelAt(world, tap)).toEqual({ ok: false, why: 'held-late', tappedAt: tap.tappedAt, closedAt: CLOSES })
    expect(world.isConfirmed('school', 'roster')).toBe(true)
    expect(typesOf(world)).toContain('late-tap-held')
  })

  it('is refused when it was tapped at 17:00:00.000', () => {
    const refused = cancelAt(confirmedWorld(), { tappedAt: CLOSES, receivedAt: CLOSES + 1 })
    expect(refused).toEqual({ ok: false, why: 'closed', closedAt: CLOSES })
  })
})
