import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../src/db/ids.ts'
import { holds, pupilChanges, pupils, rosterProblems, rosterReads, rosters, snapshots } from '../../src/db/schema.ts'
import { decideHold } from '../../src/workflow/decide-hold.ts'
import { blockingHold, openHoldOf } from '../../src/workflow/roster-holds.ts'
import { missingNeedsHold } from '../../src/workflow/rules/missing-guard.ts'
import { bangkok, type ChainWorld, mustBeDone, openChainWorld } from '../world/chain-world.ts'
import { hashOfRows, reordered } from '../world/roster-rows.ts'

const AT = bangkok('2024-06-05T09:00')
const all = (world: ChainWorld) => world.act((tx) => tx.select().from(pupils).orderBy(pupils.id).all())
const present = (world: ChainWorld) => all(world).filter((row) => row.goneAt === null)
const changesOf = (world: ChainWorld) =>
  world.act((tx) => tx.select().from(pupilChanges).orderBy(pupilChanges.id).all()).map((row) => row.change)
const openHold = (world: ChainWorld) =>
  world.act((tx) => openHoldOf(tx, { roundId: world.round().id, institutionId: world.idOf('school') }))
const decide = (
  world: ChainWorld,
  decision: 'release' | 'refuse',
  given: { by?: Parameters<ChainWorld['actor']>[0]; at?: Instant; shownRefused?: boolean } = {},
) => {
  const { by = 'school', at = AT + 100, shownRefused = false } = given
  const hold = world.act((tx) => tx.select().from(holds).orderBy(holds.id).all()).at(-1)
  if (!hold) throw new Error('no hold')
  return world.act((tx) => decideHold(tx, { actor: world.actor(by, at), holdId: hold.id, decision, shownRefused }, at))
}

describe('how many missing rows are held for a word (google.md, two-way safety)', () => {
  it.each([
    [10, 5, false],
    [10, 6, true],
    [50, 5, false],
    [51, 5, false],
    [60, 6, false],
    [60, 7, true],
    [100, 10, false],
    [100, 11, true],
    [3, 3, true],
    [1, 1, true],
    [3, 2, false],
    [0, 0, false],
  ])('of %i rows, %i missing: held %s', (before, missing, held) => {
    expect(missingNeedsHold({ before, missing })).toBe(held)
  })
})

describe('one read of a roster', () => {
  it('keeps who was first seen, changed, gone and back, between which reads, with the last editor (R39)', () => {
    const world = openChainWorld()
    const rows = world.rows('school', 10)
    world.read('school', rows, AT, 'teacher@example.com')
    const renamed = world.rows('school', 10, (index) => (index === 0 ? { firstName: 'เปลี่ยน' } : {}))
    expect(world.read('school', renamed.slice(0, 9), AT + 1000, 'other@example.com')).toMatchObject({
      changed: true,
      added: 0,
      updated: 1,
      gone: 1,
    })
    expect(world.read('school', renamed, AT + 2000)).toMatchObject({ updated: 1, gone: 0 })
    expect(changesOf(world)).toEqual(['changed', 'gone', 'returned'])
    const change = world.act((tx) => tx.select().from(pupilChanges).where(eq(pupilChanges.change, 'gone')).get())
    expect(change).toMatchObject({ previousReadAt: AT, readAt: AT + 1000, lastEditor: 'other@example.com' })
    expect(all(world)).toHaveLength(10)
    const first = all(world)[0]
    const reads = world.act((tx) => tx.select().from(rosterReads).orderBy(rosterReads.readAt).all())
    expect(reads.find((one) => one.readAt === first?.firstSeenAt)).toMatchObject({
      previousReadAt: null,
      lastEditor: 'teacher@example.com',
    })
    expect(reads.map((one) => [one.readAt, one.previousReadAt])).toEqual([
      [AT, null],
      [AT + 1000, AT],
      [AT + 2000, AT + 1000],
    ])
  })

  it('of the same content changes nothing but the time of reading', () => {
    const world = openChainWorld()
    world.read('school', world.rows('school'), AT)
    expect(world.read('school', world.rows('school'), AT + 1000)).toEqual({
      changed: false,
      added: 0,
      updated: 0,
      gone: 0,
      hold: null,
    })
    expect(world.act((tx) => tx.select().from(rosters).get())).toMatchObject({
      version: 1,
      readAt: AT + 1000,
      changedAt: AT,
    })
  })

  it('of sorted rows is no change, and yet the problems name the rows where they stand now', () => {
    const world = openChainWorld()
    const rows = world.rows('school', 10, (index) => (index === 0 ? { birthDate: '' } : {}))
    world.read('school', rows, AT)
    const sorted = reordered(rows, (list) => list.reverse())
    expect(world.read('school', sorted, AT + 1000)).toMatchObject({ changed: false, added: 0, updated: 0, gone: 0 })
    expect(changesOf(world)).toEqual([])
    expect(world.act((tx) => tx.select().from(rosterProblems).get())).toMatchObject({ row: 11, code: 'required_blank' })
    expect(all(world).map((pupil) => [pupil.row, (pupil.data as { row: number }).row, pupil.changedAt])).toEqual(
      [10, 9, 8, 7, 6, 5, 4, 3, 2].map((row) => [row, row, AT]),
    )
  })

  it('judged otherwise than before is recorded again, though nobody typed anything', () => {
    const world = openChainWorld()
    world.read('school', world.rows('school', 10), AT)
    world.act((tx) =>
      tx
        .update(rosters)
        .set({ totals: { counted: 10 } })
        .run(),
    )
    expect(world.read('school', world.rows('school', 10), AT + 1000)).toMatchObject({ changed: true, updated: 0 })
    expect(world.read('school', world.rows('school', 10), AT + 2000)).toMatchObject({ changed: false })
  })

  it('a row with an error is not missing: its pupil stays (section 9)', () => {
    const world = openChainWorld()
    world.read('school', world.rows('school', 10), AT)
    const broken = world.rows('school', 10, () => ({ birthDate: '' }))
    expect(world.read('school', broken, AT + 1000)).toMatchObject({ gone: 0, hold: null })
    expect(present(world)).toHaveLength(10)
    expect(world.act((tx) => tx.select().from(rosters).get())).toMatchObject({ errors: 10, counted: 0 })
  })

  it('the same number twice stays two problems and takes nobody out', () => {
    const world = openChainWorld()
    world.read('school', world.rows('school', 10), AT)
    const [first] = world.rows('school', 1)
    const id = first?.cells.nationalId
    const doubled = world
      .rows('school', 10)
      .map((row) => (row.row === 3 && id ? { ...row, cells: { ...row.cells, nationalId: id } } : row))
    expect(world.read('school', doubled, AT + 1000)).toMatchObject({ gone: 0, hold: null })
    expect(present(world)).toHaveLength(10)
    expect(world.act((tx) => tx.select().from(rosterProblems).all()).map((row) => [row.row, row.code])).toEqual([
      [2, 'number_duplicate'],
      [3, 'number_duplicate'],
    ])
  })

  it('pupils stand in the log as keyed hashes only (house.md)', () => {
    const world = openChainWorld()
    world.read('school', world.rows('school', 10), AT)
    world.read('school', world.rows('school', 9), AT + 1000)
    const log = JSON.stringify(world.act((tx) => tx.query.events.findMany().sync()))
    for (const pupil of all(world)) expect(log).not.toContain(pupil.key)
    expect(log).not.toContain('สมมติ')
    expect(log).toMatch(/gone\\":\[\\"[A-Za-z0-9_-]{22}\\"\]/)
  })

  it('5,000 rows are recorded whole, well under a second a thousand', () => {
    const world = openChainWorld()
    const rows = world.rows('school', 5000)
    const before = performance.now()
    expect(world.read('school', rows, AT)).toMatchObject({ added: 5000, hold: null })
    expect(performance.now() - before).toBeLessThan(15_000)
    expect(present(world)).toHaveLength(5000)
  })
})

describe('a hold', () => {
  const held = (count = 20, left = 5) => {
    const world = openChainWorld()
    world.read('school', world.rows('school', count), AT)
    const result = world.read('school', world.rows('school', left), AT + 10)
    return { world, result }
  }

  it('takes in additions and changes, removes nobody, and asks the officer once', () => {
    const world = openChainWorld()
    world.read('school', world.rows('school', 20), AT)
    const rows = [
      ...world.rows('school', 5, (index) => (index === 0 ? { room: '2' } : {})),
      ...world.rows('school', 2, undefined, 500),
    ]
    const result = world.read('school', rows, AT + 10)
    expect(result).toMatchObject({ added: 2, updated: 1, gone: 0, hold: { missing: 15, outOf: 20 } })
    expect(present(world)).toHaveLength(22)
    world.read('school', rows.toReversed(), AT + 20)
    expect(world.told('school', AT).map((notice) => notice.type)).toEqual(['hold-opened'])
  })

  it('an emptied sheet is held whole', () => {
    const { world, result } = held(20, 0)
    expect(result.hold).toMatchObject({ missing: 20, outOf: 20 })
    expect(present(world)).toHaveLength(20)
  })

  it('keeps the institution from confirming, with the figures', () => {
    const { world } = held()
    expect(world.confirmRoster('school', { at: AT + 20, sheet: world.rows('school', 5) }).outcome.refusal).toEqual({
      why: 'hold-open',
      missing: 15,
      outOf: 20,
    })
  })

  it('released: the missing are gone, by an act on record, and confirming is free', () => {
    const { world } = held()
    expect(decide(world, 'release')).toEqual({ ok: true, missing: 15 })
    expect(present(world)).toHaveLength(5)
    expect(changesOf(world).filter((change) => change === 'gone')).toHaveLength(15)
    const events = world.act((tx) => tx.query.events.findMany().sync())
    expect(events.at(-1)).toMatchObject({ type: 'hold-released', personId: world.actor('school', AT).personId })
    mustBeDone(world.confirmRoster('school', { at: AT + 200, sheet: world.rows('school', 5) }))
  })

  it('refused: nobody is removed and confirming stays refused until the sheet changes', () => {
    const { world } = held()
    expect(decide(world, 'refuse')).toEqual({ ok: true, missing: 15 })
    expect(present(world)).toHaveLength(20)
    expect(world.read('school', world.rows('school', 5), AT + 150)).toMatchObject({ hold: null })
    expect(
      world.confirmRoster('school', { at: AT + 200, sheet: world.rows('school', 5) }).outcome.refusal,
    ).toMatchObject({ why: 'hold-open' })
    mustBeDone(world.confirmRoster('school', { at: AT + 300, sheet: world.rows('school', 20) }))
  })

  it('refused, and the same rows still missing: it may be released after all, by a second act on record', () => {
    const { world } = held()
    decide(world, 'refuse')
    expect(world.confirmRoster('school', { at: AT + 150, sheet: world.rows('school', 5) }).outcome.refusal).toEqual({
      why: 'hold-open',
      missing: 15,
      outOf: 20,
      refused: true,
    })
    expect(decide(world, 'release', { at: AT + 200, shownRefused: true })).toEqual({ ok: true, missing: 15 })
    expect(present(world)).toHaveLength(5)
    const acts = world.act((tx) => tx.query.events.findMany().sync()).filter(({ type }) => type.startsWith('hold-'))
    expect(acts.map(({ type }) => type)).toEqual(['hold-opened', 'hold-refused', 'hold-released'])
    expect(JSON.parse(acts.at(-1)?.data ?? '')).toMatchObject({ missing: 15, refusedBefore: true })
    mustBeDone(world.confirmRoster('school', { at: AT + 300, sheet: world.rows('school', 5) }))
  })

  it('refused, and the rows back: there is nothing to release', () => {
    const { world } = held()
    decide(world, 'refuse')
    world.read('school', world.rows('school', 20), AT + 200)
    expect(decide(world, 'release', { at: AT + 300, shownRefused: true })).toMatchObject({ why: 'already-decided' })
    expect(present(world)).toHaveLength(20)
  })

  it('refused by one while another saw only the question: the other is told who and when', () => {
    const { world } = held()
    decide(world, 'refuse')
    const colleague = world.appoint('school', { name: 'อีกคน' })
    expect(decide(world, 'release', { by: colleague, at: AT + 200 })).toEqual({
      ok: false,
      why: 'already-decided',
      by: 'ผู้รับผิดชอบ school',
      at: AT + 100,
    })
    expect(present(world)).toHaveLength(20)
  })

  it('is not decided after the close, but by a tap in time', () => {
    const CLOSE = bangkok('2024-06-11T17:00')
    const { world } = held()
    expect(decide(world, 'release', { at: CLOSE })).toEqual({ ok: false, why: 'closed', closedAt: CLOSE })
    expect(present(world)).toHaveLength(20)
    const holdId = openHold(world)?.id
    if (!holdId) throw new Error('no hold')
    const input = { actor: world.actor('school', CLOSE), holdId, decision: 'release' as const }
    const tap = { tappedAt: CLOSE - 5_000, receivedAt: CLOSE + 5_000 }
    expect(world.act((tx) => decideHold(tx, { ...input, tap }, CLOSE + 5_000))).toEqual({ ok: true, missing: 15 })
  })

  it('says what the sheet says, which is what could be confirmed, and keeps the missing apart from it', () => {
    const { world } = held()
    const figures = () => world.act((tx) => tx.select({ counted: rosters.counted }).from(rosters).get()?.counted)
    expect(figures()).toBe(5)
    expect(present(world)).toHaveLength(20)
    decide(world, 'release')
    expect(figures()).toBe(present(world).length)
    mustBeDone(world.confirmRoster('school', { at: AT + 200, sheet: world.rows('school', 5) }))
    const snapshot = world.act((tx) => tx.select().from(snapshots).get())
    expect([snapshot?.counted, snapshot?.rows.length]).toEqual([5, 5])
  })

  it('refused, then all rows back: nobody was ever away, and nothing is asked or kept from confirming', () => {
    const { world } = held()
    decide(world, 'refuse')
    expect(world.read('school', world.rows('school', 20), AT + 200)).toMatchObject({ updated: 0, gone: 0, hold: null })
    expect(changesOf(world)).toEqual([])
    mustBeDone(world.confirmRoster('school', { at: AT + 300, sheet: world.rows('school', 20) }))
  })

  it('refused, other rows missing, and then the refused content again: the question stays, and confirming refused', () => {
    const { world } = held()
    decide(world, 'refuse')
    world.read('school', world.rows('school', 6), AT + 200)
    world.read('school', world.rows('school', 5), AT + 300)
    expect(openHold(world)).toMatchObject({ missing: 15, outOf: 20 })
    expect(decide(world, 'release', { at: AT + 400 })).toEqual({ ok: true, missing: 15 })
    expect(present(world)).toHaveLength(5)
  })

  it('refused, and a few rows stay away when most come back: nobody is removed, and they are asked about', () => {
    const { world } = held()
    decide(world, 'refuse')
    expect(world.read('school', world.rows('school', 18), AT + 200)).toMatchObject({ gone: 0, hold: { missing: 2 } })
    expect(present(world)).toHaveLength(20)
    expect(decide(world, 'release', { at: AT + 300 })).toEqual({ ok: true, missing: 2 })
    expect(present(world)).toHaveLength(18)
    expect(world.read('school', world.rows('school', 17), AT + 400)).toMatchObject({ gone: 1, hold: null })
  })

  it('is not forgotten because the sheet has grown meanwhile', () => {
    const { world } = held()
    const grown = [...world.rows('school', 5), ...reordered(world.rows('school', 300, undefined, 500), (rows) => rows)]
    const rows = reordered(grown, (list) => list)
    expect(world.read('school', rows, AT + 20)).toMatchObject({ added: 300, gone: 0, hold: { missing: 15, outOf: 20 } })
    const edited = rows.slice(0, -1)
    expect(world.read('school', edited, AT + 30)).toMatchObject({ gone: 0 })
    expect(openHold(world)?.missing).toBe(16)
    expect(present(world)).toHaveLength(320)
  })

  it('an emptied sheet restored: as if nothing had been', () => {
    const { world } = held(20, 0)
    expect(world.read('school', world.rows('school', 20), AT + 20)).toMatchObject({ added: 0, updated: 0, gone: 0 })
    expect(openHold(world)).toBeNull()
    expect(changesOf(world)).toEqual([])
    expect(all(world).map((pupil) => pupil.firstSeenAt)).toEqual(Array.from({ length: 20 }, () => AT))
  })

  it('an emptied sheet whose hold was released, filled again: everybody is back with their history', () => {
    const { world } = held(20, 0)
    decide(world, 'release')
    expect(present(world)).toHaveLength(0)
    expect(world.read('school', world.rows('school', 20), AT + 200)).toMatchObject({ added: 0, updated: 20, gone: 0 })
    expect(changesOf(world)).toEqual([...Array(20).fill('gone'), ...Array(20).fill('returned')])
  })

  it('does not count rows that are spoilt: their pupils still stand in the sheet', () => {
    const world = openChainWorld()
    const named = (index: number) => ({ firstName: `ทดสอบ${'กขคงจฉชซฌญฐฑฒณดตถทธน'.charAt(index)}` })
    world.read('school', world.rows('school', 20, named), AT)
    const spoilt = world.rows('school', 14, (index) => ({
      ...named(index),
      ...(index < 5 ? { nationalId: '' } : {}),
      ...(index >= 5 && index < 8 ? { grade: '' } : {}),
    }))
    expect(world.read('school', spoilt, AT + 10)).toMatchObject({ gone: 0, hold: { missing: 6, outOf: 20 } })
    expect(decide(world, 'release')).toEqual({ ok: true, missing: 6 })
    expect(present(world)).toHaveLength(14)
    world.read('school', world.rows('school', 14, named), AT + 200)
    expect(present(world)).toHaveLength(14)
    expect(changesOf(world)).toEqual(Array(6).fill('gone'))
  })

  it('refused, and then other rows missing: a new question', () => {
    const { world } = held()
    decide(world, 'refuse')
    world.read('school', world.rows('school', 6), AT + 200)
    expect(openHold(world)).toMatchObject({ missing: 14, outOf: 20 })
  })

  it('ends by itself when the rows come back', () => {
    const { world } = held()
    world.read('school', world.rows('school', 20), AT + 20)
    expect(openHold(world)).toBeNull()
    expect(world.act((tx) => tx.select().from(holds).get())).toMatchObject({ state: 'resolved' })
    expect(decide(world, 'release')).toMatchObject({ why: 'already-decided', by: null })
    expect(present(world)).toHaveLength(20)
  })

  it('ends also when most rows come back; the few that stay away are gone', () => {
    const { world } = held()
    expect(world.read('school', world.rows('school', 17), AT + 20)).toMatchObject({ gone: 3, hold: null })
    expect(openHold(world)).toBeNull()
    expect(present(world)).toHaveLength(17)
  })

  it('is decided by the officer of the institution, once', () => {
    const { world } = held()
    expect(decide(world, 'release', { by: 'town' })).toEqual({ ok: false, why: 'not-yours' })
    expect(decide(world, 'release', { by: world.appoint('school', { role: 'executive' }) })).toEqual({
      ok: false,
      why: 'reads-only',
    })
    expect(decide(world, 'release').ok).toBe(true)
    expect(decide(world, 'refuse')).toMatchObject({ why: 'already-decided', by: 'ผู้รับผิดชอบ school' })
  })

  it('a word on what was shown does not reach rows that went missing afterwards: the question is asked anew', () => {
    const { world } = held(20, 10)
    const shown = openHold(world)
    if (!shown) throw new Error('no hold')
    world.read('school', world.rows('school', 2), AT + 20)
    const input = { actor: world.actor('school', AT + 30), holdId: shown.id, decision: 'release' as const }
    expect(world.act((tx) => decideHold(tx, input, AT + 30))).toMatchObject({ why: 'already-decided', by: null })
    expect(present(world)).toHaveLength(20)
    expect(openHold(world)).toMatchObject({ missing: 18, outOf: 20 })
    expect(world.told('school', AT).map((notice) => notice.type)).toEqual(['hold-opened', 'hold-opened'])
  })

  it('when some of the missing come back the same question stands, for fewer', () => {
    const { world } = held(20, 2)
    const shown = openHold(world)
    world.read('school', world.rows('school', 10), AT + 20)
    expect(openHold(world)).toEqual({ id: shown?.id, missing: 10, outOf: 20 })
    expect(decide(world, 'release')).toEqual({ ok: true, missing: 10 })
    expect(present(world)).toHaveLength(10)
    expect(world.told('school', AT)).toHaveLength(1)
  })

  it('an old refusal does not come back when a later hold was released', () => {
    const world = openChainWorld()
    world.read('school', world.rows('school', 20), AT)
    world.read('school', world.rows('school', 10), AT + 10)
    decide(world, 'refuse')
    world.read('school', [...world.rows('school', 10), ...world.rows('school', 1, undefined, 900)], AT + 200)
    decide(world, 'release', { at: AT + 250 })
    world.read('school', world.rows('school', 10), AT + 300)
    const ref = {
      roundId: world.round().id,
      institutionId: world.idOf('school'),
      contentHash: hashOfRows(world.rows('school', 10)),
    }
    expect(world.act((tx) => blockingHold(tx, ref))).toBeNull()
  })
})
