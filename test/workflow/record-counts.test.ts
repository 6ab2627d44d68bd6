import { describe, expect, it } from 'vitest'
import { countSheets, otherCounts, rosterProblems } from '../../src/db/schema.ts'
import { recordCounts } from '../../src/workflow/record-counts.ts'
import { bangkok, type ChainWorld, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const record = (world: ChainWorld, rows: ReturnType<ChainWorld['countRows']>, at: number) =>
  world.act((tx) => world.recordCountsIn(tx, 'town', rows, at))
const counts = (world: ChainWorld) => world.act((tx) => tx.select().from(otherCounts).all())
const sheet = (world: ChainWorld) => world.act((tx) => tx.select().from(countSheets).get())
const events = (world: ChainWorld) =>
  world.act((tx) => tx.query.events.findMany().sync()).filter(({ type }) => type === 'counts-read')

describe('one read of a counts sheet', () => {
  it('of the same content writes nothing but the time of reading', () => {
    const world = openChainWorld()
    expect(record(world, world.countRows('town'), AT)).toEqual({ changed: true })
    const before = { counts: counts(world), sheet: sheet(world) }
    expect(record(world, world.countRows('town'), AT + 1000)).toEqual({ changed: false })
    expect(counts(world)).toEqual(before.counts)
    expect(sheet(world)).toEqual({ ...before.sheet, readAt: AT + 1000, editedAt: AT + 1000 })
    expect(events(world)).toHaveLength(1)
  })

  it('writes the row that changed, and no other', () => {
    const world = openChainWorld()
    record(world, world.countRows('town'), AT)
    const rows = world.countRows('town')
    expect(rows.length).toBeGreaterThan(1)
    const changed = rows.map((row, index) => (index === 0 ? { ...row, current: 7, reason: 'ย้ายออก' } : row))
    expect(record(world, changed, AT + 1000)).toEqual({ changed: true })
    expect(counts(world).filter(({ readAt }) => readAt === AT + 1000)).toMatchObject([{ current: 7, reason: 'ย้ายออก' }])
    expect(sheet(world)).toMatchObject({ version: 2, rows: rows.length })
  })

  it('counts a row that left the sheet as unchecked, and keeps its baseline', () => {
    const world = openChainWorld()
    record(world, world.countRows('town'), AT)
    const baselines = counts(world).map(({ baseline }) => baseline)
    record(world, world.countRows('town').slice(1), AT + 1000)
    expect(sheet(world)).toMatchObject({ unchecked: 1 })
    expect(counts(world).map(({ baseline }) => baseline)).toEqual(baselines)
    expect(counts(world).filter(({ readAt }) => readAt === AT + 1000)).toMatchObject([
      { current: null, checked: false },
    ])
  })

  it('keeps its problems as they stand in the sheet now', () => {
    const world = openChainWorld()
    const problem = {
      column: 'current',
      severity: 'error',
      code: 'count_unchecked',
      message: 'ยังไม่ได้กรอกจำนวน',
    } as const
    const read = (rows: number[], at: number) =>
      world.act((tx) =>
        recordCounts(
          tx,
          {
            roundId: world.round().id,
            laoId: world.idOf('town'),
            contentHash: 'same',
            rows: [],
            problems: rows.map((row) => ({ ...problem, row })),
            read: { readAt: at, editedAt: null, lastEditor: null },
          },
          at,
        ),
      )
    const stored = () => world.act((tx) => tx.select().from(rosterProblems).all())
    read([2, 3], AT)
    const ids = stored().map(({ id }) => id)
    read([2, 3], AT + 1)
    expect(stored().map(({ id }) => id)).toEqual(ids)
    read([3, 4], AT + 2)
    expect(stored().map(({ row }) => row)).toEqual([3, 4])
    expect(sheet(world)).toMatchObject({ errors: 2, version: 1 })
  })
})
