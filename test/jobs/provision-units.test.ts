import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { UnitId } from '../../src/db/ids.ts'
import { transact } from '../../src/db/open.ts'
import { googleAddresses, leases, sheetFiles } from '../../src/db/schema.ts'
import { provisionSheetsJob } from '../../src/jobs/provision-sheets.ts'
import { provisionUnits, type UnitTold } from '../../src/jobs/provision-units.ts'
import { unitsInNeed, unitsWithSheets } from '../../src/sheets/units-in-need.ts'
import { fileOf, LAO_OFFICER, openSheetWorld, type SheetWorld, TEACHER } from '../sheets/sheet-world.ts'

const needsOf = (world: SheetWorld, among?: readonly UnitId[]) =>
  transact(world.db, (tx) => {
    const now = world.time.now
    return unitsInNeed(tx, { roundId: world.roundId, among: among ?? unitsWithSheets(tx, now), now })
  })

/** Waits pass at once: the platform's clock is moved instead. */
async function run(world: SheetWorld, given: { signal?: AbortSignal; onTold?: (told: UnitTold) => void } = {}) {
  const told: UnitTold[] = []
  await provisionUnits(world.deps, {
    roundId: world.roundId,
    needs: needsOf(world),
    wait: async (ms) => {
      world.time.platformAhead += ms
      await new Promise((resolve) => setImmediate(resolve))
    },
    ...given,
    onTold: (unit) => {
      told.push(unit)
      given.onTold?.(unit)
    },
  })
  return told
}

const spreadsheets = async (world: SheetWorld) => {
  const { files } = await world.control<{ files: { mimeType: string }[] }>('GET', '/files')
  return files.filter(({ mimeType }) => mimeType.endsWith('spreadsheet'))
}
const outcomes = (told: readonly UnitTold[]) => told.map(({ outcome }) => (outcome.ok ? 'ok' : outcome.why)).sort()

describe('sheets for many units', () => {
  it('are made and shared once, with progress, and the second time there is nothing left to do', async () => {
    const world = await openSheetWorld()
    const told = await run(world)
    expect(outcomes(told)).toEqual(['ok', 'ok', 'ok'])
    expect(told.map(({ done, of }) => `${done}/${of}`)).toEqual(['1/3', '2/3', '3/3'])
    expect(fileOf(world, world.school).sharedWith).toEqual([TEACHER])
    expect(fileOf(world, world.lao).sharedWith).toEqual([LAO_OFFICER])
    expect(needsOf(world)).toEqual([])
    expect(await run(world)).toEqual([])
    expect(await spreadsheets(world)).toHaveLength(3)
  })

  it.each([
    ['Google is out of reach for a moment', { on: 'drive', kind: '503-before', times: 2 }],
    ['answers get lost', { on: 'any', kind: 'cut', times: 3 }],
    ['the quota of writes is used up', { on: 'sheets', kind: '429-write', times: 2 }],
    ['the quota of Drive is used up', { on: 'drive', kind: '403-rate', times: 2 }],
  ])('are all made, none twice, although %s', async (_what, fault) => {
    const world = await openSheetWorld()
    await world.control('POST', '/faults', fault)
    expect(outcomes(await run(world))).toEqual(['ok', 'ok', 'ok'])
    expect(await spreadsheets(world)).toHaveLength(3)
  })

  it('are made without waiting for leave to share, which is taken up later', async () => {
    const world = await openSheetWorld()
    await world.control('POST', '/faults', { on: 'drive', path: '/permissions', kind: '403-sharing', times: 2 })
    const began = world.time.platformAhead
    expect(outcomes(await run(world))).toEqual(['ok', 'ok', 'ok'])
    expect(world.time.platformAhead - began).toBeGreaterThan(30_000)
    expect(fileOf(world, world.school).sharedWith).toEqual([TEACHER])
    expect(fileOf(world, world.lao).sharedWith).toEqual([LAO_OFFICER])
  })

  it('are handed over to the running product when Google refuses sharing for long', async () => {
    const world = await openSheetWorld()
    await world.control('POST', '/faults', { on: 'drive', path: '/permissions', kind: '403-sharing', times: 50 })
    const told = await run(world)
    expect(outcomes(told)).toEqual(['not-shared-yet', 'not-shared-yet', 'ok'])
    expect(needsOf(world).map(({ need }) => need)).toEqual(['sharing', 'sharing'])
  })

  it('keep no other waiting when one fails for good; its reason is told', async () => {
    const world = await openSheetWorld()
    const drive = world.deps.driveId
    const refused = { ...world, deps: { ...world.deps, driveId: 'no-such-drive' } }
    expect(outcomes(await run(refused))).toEqual(['failed', 'failed', 'failed'])
    expect(outcomes(await run({ ...world, deps: { ...world.deps, driveId: drive } }))).toEqual(['ok', 'ok', 'ok'])
  })

  it('stop when told to, and what is left is done by the next run', async () => {
    const world = await openSheetWorld()
    const stopping = new AbortController()
    stopping.abort()
    expect(await run(world, { signal: stopping.signal })).toEqual([])
    expect(outcomes(await run(world))).toEqual(['ok', 'ok', 'ok'])
  })

  it('wait while another process is at the same unit', async () => {
    const world = await openSheetWorld()
    const name = `provision-sheets:${world.roundId}:${world.school}`
    const until = world.deps.clock.platformNow() + 60_000
    transact(world.db, (tx) => tx.insert(leases).values({ name, holder: 'elsewhere/1/ab', until }).run())
    const order: UnitId[] = []
    await run(world, {
      onTold: ({ unitId }) => {
        order.push(unitId)
        if (unitId === world.school) expect(world.deps.clock.platformNow()).toBeGreaterThanOrEqual(until)
      },
    })
    expect(order.at(-1)).toBe(world.school)
  })
})

describe('the job that makes sheets by itself', () => {
  const once = (world: SheetWorld) => provisionSheetsJob(world.deps).run(new AbortController().signal)

  it('is not held up by Google wanting no more sharing: other files are made meanwhile', async () => {
    const world = await openSheetWorld()
    await world.control('POST', '/faults', { on: 'drive', path: '/permissions', kind: '403-sharing', times: 50 })
    await once(world)
    expect(
      world.db
        .select()
        .from(sheetFiles)
        .all()
        .map(({ state }) => state),
    ).toEqual(['ok', 'ok', 'ok'])
  })

  it('serves those who wait first: an officer who lost no sheet but has no right yet, then officers without a sheet', async () => {
    const world = await openSheetWorld()
    await provisionUnits(world.deps, { roundId: world.roundId, needs: needsOf(world, [world.lao]) })
    transact(world.db, (tx) => {
      tx.update(sheetFiles).set({ sharedWith: [] }).where(eq(sheetFiles.unitId, world.lao)).run()
      tx.update(googleAddresses).set({ state: 'accepted' }).run()
    })
    const before = world.exchanges.length
    await once(world)
    const order = world.exchanges
      .slice(before)
      .filter(({ method, path }) => method === 'POST' && /permissions|\/files\?/.test(path))
      .map(({ path, body }) => (path.includes('permissions') ? 'share' : String((body as { name?: string }).name)))
    expect(order[0]).toBe('share')
    expect(order[1]).toContain('โรงเรียนบ้านตัวอย่าง')
  })
})
