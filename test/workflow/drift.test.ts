import { describe, expect, it } from 'vitest'
import { drifts, events } from '../../src/db/schema.ts'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import { driftOf } from '../../src/workflow/drift.ts'
import { institutionStatus, laoStatus } from '../../src/workflow/status.ts'
import { laoLines } from '../../src/workflow/structure.ts'
import { unitById } from '../../src/workflow/unit.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld } from '../world/chain-world.ts'
import { reordered } from '../world/roster-rows.ts'

const AT = bangkok('2024-06-05T09:00')

const driftIn = (world: ChainWorld, place: 'school' | 'town') =>
  world.act((tx) =>
    driftOf(tx, {
      roundId: world.round().id,
      unitId: world.idOf(place),
      component: place === 'town' ? 'other_counts' : 'roster',
    }),
  )
const news = (world: ChainWorld, who: 'school' | 'town' | 'province' | 'department') =>
  world.told(who, AT + 1_000).filter(({ type }) => type === 'drifted' || type === 'drift-gone')
const logged = (world: ChainWorld) =>
  world
    .act((tx) => tx.select().from(events).all())
    .filter(({ type }) => type.startsWith('drift'))
    .map(({ type, data }) => ({ type, ...(JSON.parse(data) as Record<string, unknown>) }))

function confirmedSchool() {
  const world = openChainWorld()
  mustBeDone(world.confirmRoster('school', { at: AT }))
  return world
}

describe('a confirmed roster that was edited', () => {
  it('is shown row by row, and its figure stays', () => {
    const world = confirmedSchool()
    const rows = world.rows('school', 12, (index) => (index === 3 ? { grade: 'ป.2' } : {})).slice(1)
    world.read('school', rows, AT + 1)
    const drift = driftIn(world, 'school')
    expect(drift).toMatchObject({ confirmed: 10, counted: 11, differing: 4 })
    expect(drift?.counts).toEqual({ added: 2, missing: 1, changed: 1, unreadable: 0 })
    expect(drift?.rows.map(({ kind }) => kind)).toEqual(['changed', 'added', 'added', 'missing'])
    expect(JSON.stringify(drift?.rows)).not.toMatch(/\d{13}/)
  })

  it('is not one that was only sorted', () => {
    const world = confirmedSchool()
    world.read(
      'school',
      reordered(world.rows('school'), (rows) => rows.reverse()),
      AT + 1,
    )
    expect(driftIn(world, 'school')).toBeNull()
    expect(news(world, 'school')).toEqual([])
  })

  it('tells the institution and its LAO once for each content, and puts it on record', () => {
    const world = confirmedSchool()
    const first = world.rows('school', 11)
    world.read('school', first, AT + 1)
    world.read('school', first, AT + 2)
    expect(news(world, 'school')).toHaveLength(1)
    world.read('school', world.rows('school', 12), AT + 3)
    world.read('school', first, AT + 4)
    expect(news(world, 'school').map(({ type }) => type)).toEqual(['drifted', 'drifted'])
    expect(news(world, 'town')).toHaveLength(2)
    expect(news(world, 'province')).toEqual([])
    expect(logged(world)[0]).toMatchObject({ type: 'drift-found', component: 'roster', added: 1, confirmed: 10 })
    expect(JSON.stringify(logged(world))).not.toMatch(/ทดสอบ|\d{13}/)
  })

  it('is over when the sheet says again what was confirmed; both are told', () => {
    const world = confirmedSchool()
    world.read('school', world.rows('school', 9), AT + 1)
    world.read('school', world.rows('school'), AT + 2)
    expect(driftIn(world, 'school')).toBeNull()
    expect(news(world, 'school').map(({ type }) => type)).toEqual(['drifted', 'drift-gone'])
    expect(news(world, 'town').map(({ type }) => type)).toEqual(['drifted', 'drift-gone'])
    expect(logged(world).map(({ type }) => type)).toEqual(['drift-found', 'drift-gone'])
    world.read('school', world.rows('school', 9), AT + 3)
    expect(news(world, 'school')).toHaveLength(3)
  })

  it('ends quietly with a reopening, and what is confirmed then is no drift', () => {
    const world = confirmedSchool()
    const now = world.rows('school', 11)
    world.read('school', now, AT + 1)
    const cancelled = world.act((tx) =>
      cancelDirectly(
        tx,
        {
          round: world.round(),
          actor: world.actor('town', AT),
          unitId: world.idOf('school'),
          component: 'roster',
          reason: 'แก้ไขยอด',
        },
        AT + 2,
      ),
    )
    expect(cancelled.ok).toBe(true)
    expect(driftIn(world, 'school')).toBeNull()
    mustBeDone(world.confirmRoster('school', { at: AT + 3, sheet: now }))
    expect(driftIn(world, 'school')).toBeNull()
    world.read('school', world.rows('school', 12), AT + 4)
    expect(world.act((tx) => tx.select().from(drifts).all())).toMatchObject([{ ending: 'reopened' }, { endedAt: null }])
    expect(news(world, 'school').map(({ type }) => type)).toEqual(['drifted', 'drifted'])
  })

  it('takes a row with an error for one that cannot be compared, not for a missing pupil', () => {
    const world = confirmedSchool()
    const bad = (index: number) => (index === 2 ? { grade: 'ป.9' } : {})
    world.read('school', world.rows('school', 10, bad), AT + 1)
    expect(driftIn(world, 'school')?.counts).toEqual({ added: 0, missing: 0, changed: 0, unreadable: 1 })
  })

  it('names rows as missing although so many are gone that they are held', () => {
    const world = openChainWorld()
    const all = world.rows('school', 30)
    mustBeDone(world.confirmRoster('school', { at: AT, sheet: all }))
    world.read('school', all.slice(0, 10), AT + 1)
    expect(driftIn(world, 'school')?.counts).toEqual({ added: 0, missing: 20, changed: 0, unreadable: 0 })
  })

  it('says so when only the way of typing differs', () => {
    const world = confirmedSchool()
    const typed = (index: number) => (index === 0 ? { prefix: 'เด็กชาย' } : {})
    world.read('school', world.rows('school', 10, typed), AT + 1)
    expect(driftIn(world, 'school')).toMatchObject({ differing: 0, rows: [] })
  })
})

describe('confirmed counts that were edited', () => {
  function confirmedTown() {
    const world = openChainWorld()
    world.confirmUpToLaos(AT)
    return world
  }
  const townLine = (world: ChainWorld) =>
    world.act((tx) => laoLines(tx, { roundId: world.round().id, laos: [unitById(tx, world.idOf('town'))] }, AT))[0]
  const edit = (world: ChainWorld, at: number) =>
    world.act((tx) =>
      world.recordCountsIn(
        tx,
        'town',
        world.countRows('town', ({ row, current }) =>
          row === 2 ? { current: (current ?? 0) + 7 } : { current: current ?? 0 },
        ),
        at,
      ),
    )

  it('are shown per institution, told to the LAO and the province, and the figure stays', () => {
    const world = confirmedTown()
    const before = townLine(world)
    edit(world, AT + 1)
    expect(driftIn(world, 'town')).toMatchObject({
      rows: [{ kind: 'changed', name: 'โรงเรียนอนุบาลทุ่งตะวัน', from: 412, to: 419 }],
      confirmed: 508,
      counted: 515,
    })
    expect(townLine(world)).toMatchObject({ countsDrifted: true, otherCounted: before?.otherCounted })
    expect(news(world, 'town')).toHaveLength(1)
    expect(news(world, 'province')).toHaveLength(1)
    expect(news(world, 'department')).toEqual([])
  })

  it('keep the province from marking and confirming until they are as confirmed again', () => {
    const world = confirmedTown()
    const confirmed = world.countRows('town')
    edit(world, AT + 1)
    expect(townLine(world)?.complete).toBe(false)
    expect(must(world.markAll(AT + 2)).changed.map(({ id }) => id)).toContain(world.idOf('town'))
    world.act((tx) => world.recordCountsIn(tx, 'town', confirmed, AT + 3))
    expect(townLine(world)).toMatchObject({ complete: true, countsDrifted: false })
    must(world.markAll(AT + 4))
    edit(world, AT + 5)
    expect(world.confirmProvince({ at: AT + 6 })).toMatchObject({ ok: false, why: 'children-incomplete' })
  })
})

describe('what was edited after the close', () => {
  const CLOSE = bangkok('2024-06-11T17:00')
  const schoolAt = (world: ChainWorld, now: number) =>
    world.act((tx) =>
      institutionStatus(
        tx,
        { round: world.round(), institutionId: world.idOf('school'), actor: world.actor('school', now) },
        now,
      ),
    )

  it('is shown as such while unconfirmed, with Google’s time of it', () => {
    const world = openChainWorld()
    world.read('school', world.rows('school'), CLOSE - 1)
    expect(schoolAt(world, CLOSE + 10).editedAfterClose).toBeNull()
    world.read('school', world.rows('school', 11), CLOSE + 5)
    expect(schoolAt(world, CLOSE + 10).editedAfterClose).toBe(CLOSE + 5)
  })

  it('is nothing when the confirmed sheet was only sorted, and a drift when it was changed', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: CLOSE - 10_000 }))
    world.read(
      'school',
      reordered(world.rows('school'), (rows) => rows.reverse()),
      CLOSE + 5,
    )
    expect(schoolAt(world, CLOSE + 10).editedAfterClose).toBeNull()
    world.read('school', world.rows('school', 11), CLOSE + 6)
    expect(schoolAt(world, CLOSE + 10)).toMatchObject({ editedAfterClose: CLOSE + 6, drift: { differing: 1 } })
  })

  it('is shown for counts too', () => {
    const world = openChainWorld()
    world.act((tx) => world.recordCountsIn(tx, 'town', world.countRows('town'), CLOSE + 5))
    const status = world.act((tx) =>
      laoStatus(tx, { round: world.round(), laoId: world.idOf('town'), actor: world.actor('town', CLOSE) }, CLOSE + 9),
    )
    expect(status.countsEditedAfterClose).toBe(CLOSE + 5)
  })

  it('refuses a tap made in time on what was shown before, and says that the system is closed', () => {
    const world = openChainWorld()
    const result = world.confirmRoster('school', {
      at: CLOSE - 10_000,
      receivedAt: CLOSE - 9_000,
      now: CLOSE + 60_000,
      sheetWhenLocked: world.rows('school', 11),
    })
    expect(result).toMatchObject({
      step: 'unlock',
      outcome: { refusal: { why: 'changed-since-shown', closedAt: CLOSE } },
    })
    expect(world.fileOf('school')).toMatchObject({ locked: true, lockWanted: true, lockWantedFor: 'closed' })
  })
})
