import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { transact } from '../../src/db/open.ts'
import { changeFeeds, quotaSlots, rosters, sheetFiles } from '../../src/db/schema.ts'
import { keepLocksJob } from '../../src/jobs/keep-locks.ts'
import { pollChangesJob } from '../../src/jobs/poll-changes.ts'
import { provisionSheetsJob } from '../../src/jobs/provision-sheets.ts'
import type { Job } from '../../src/jobs/runner.ts'
import { syncSheetsJob } from '../../src/jobs/sync-sheets.ts'
import { provisionUnit } from '../../src/sheets/provision-unit.ts'
import { pauseQuota } from '../../src/sheets/quota.ts'
import { wantRead } from '../../src/workflow/want-read.ts'
import { pupilRow, pupilRows } from '../sheets/pupil-rows.ts'
import { actAs, fileOf, openSheetWorld, pageOf, paste, type SheetWorld } from '../sheets/sheet-world.ts'

const never = new AbortController().signal
const run = (job: Job) => job.run(never)
const counted = (world: SheetWorld) => world.db.select().from(rosters).all()[0]?.counted
const requestsOf = async (world: SheetWorld, part: string) => {
  const { items } = await world.control<{ items: { path: string }[] }>('GET', '/requests?after=0&limit=1000')
  return items.filter(({ path }) => path.includes(part)).length
}

/** A school whose sheet is provisioned and followed, with nothing left to read. */
async function followedSchool() {
  const world = await openSheetWorld()
  await provisionUnit(world.deps, { unitId: world.school, roundId: world.roundId })
  const jobs = {
    poll: pollChangesJob(world.deps),
    sync: syncSheetsJob(world.deps, { debounceMs: 0 }),
    locks: keepLocksJob(world.deps),
  }
  const settle = async () => {
    await run(jobs.poll)
    await run(jobs.sync)
  }
  await settle()
  await settle()
  return { ...world, jobs, settle }
}

describe('following the change feed', () => {
  it('brings what people typed into the database', async () => {
    const world = await followedSchool()
    await paste(world, world.school, pupilRows(3))
    await world.settle()
    expect(counted(world)).toBe(3)
    expect(fileOf(world, world.school).lastEditor).toContain('teacher@school.example')
  })

  it('never takes our own write-back for an edit of people', async () => {
    const world = await followedSchool()
    await paste(world, world.school, [pupilRow(0, { grade: 'ป.9' })])
    await world.settle()
    await world.settle()
    expect(fileOf(world, world.school).lastEditor).toContain('teacher@school.example')
    const writes = await requestsOf(world, ':batchUpdate')
    await world.settle()
    expect(await requestsOf(world, ':batchUpdate')).toBe(writes)
  })

  it('reads once and writes once for one edit, and asks Drive nothing but the feed', async () => {
    const world = await followedSchool()
    await paste(world, world.school, [pupilRow(0, { grade: 'ป.9' })])
    const asked = world.exchanges.length
    await world.settle()
    await world.settle()
    await world.settle()
    const kinds = world.exchanges.slice(asked).map(({ method, path }) => {
      if (path.startsWith('/drive/v3/changes')) return 'feed'
      return path.includes(':batchUpdate') ? 'write' : `${method} ${path.split('?')[0]}`
    })
    const read = `GET /v4/spreadsheets/${fileOf(world, world.school).spreadsheetId}`
    expect(kinds).toEqual(['feed', read, 'write', 'feed', 'feed'])
    await actAs(world, { unitId: world.school, act: 'type', cells: [{ row: 1, column: 8, text: 'ป.1' }] })
    await world.settle()
    expect(counted(world)).toBe(1)
  })

  it('hears of an edit that came just after our write-back', async () => {
    const world = await followedSchool()
    await paste(world, world.school, [pupilRow(0, { grade: 'ป.9' })])
    await world.settle()
    await actAs(world, { unitId: world.school, act: 'type', cells: [{ row: 1, column: 8, text: 'ป.1' }] })
    await world.settle()
    expect(counted(world)).toBe(1)
  })

  it('moves its place only together with the marks', async () => {
    const world = await followedSchool()
    const before = world.db.select().from(changeFeeds).all()[0]?.pageToken
    await paste(world, world.school, pupilRows(2))
    // The database refuses the mark: then the token may not have moved either.
    world.db.run(
      sql`CREATE TRIGGER no_marks BEFORE UPDATE OF dirty_at ON sheet_files BEGIN SELECT RAISE(ABORT, 'full'); END`,
    )
    await expect(run(world.jobs.poll)).rejects.toThrow()
    expect(world.db.select().from(changeFeeds).all()[0]?.pageToken).toBe(before)
    world.db.run(sql`DROP TRIGGER no_marks`)
    await world.settle()
    expect(counted(world)).toBe(2)
  })

  it('keeps its place: a feed that cannot be reached loses nothing', async () => {
    const world = await followedSchool()
    await paste(world, world.school, pupilRows(2))
    await world.control('POST', '/faults', { on: 'drive', path: '/changes', kind: '503-before' })
    await expect(run(world.jobs.poll)).rejects.toMatchObject({ code: 'unreachable' })
    await world.settle()
    expect(counted(world)).toBe(2)
  })

  it('begins again and reads everything when its place is unknown', async () => {
    const world = await followedSchool()
    await paste(world, world.school, pupilRows(2))
    transact(world.db, (tx) => tx.update(changeFeeds).set({ pageToken: 'no-such-token' }).run())
    await world.settle()
    expect(counted(world)).toBe(2)
  })

  it('never takes a trashed file for pupils who are gone', async () => {
    const world = await followedSchool()
    await paste(world, world.school, pupilRows(2))
    await world.settle()
    const id = fileOf(world, world.school).spreadsheetId
    await world.control('POST', `/files/${id}/trash`, {})
    await world.settle()
    expect(counted(world)).toBe(2)
    expect(fileOf(world, world.school)).toMatchObject({ state: 'trashed', dirtyAt: null })
    await world.control('POST', `/files/${id}/untrash`, {})
    await world.settle()
    expect(fileOf(world, world.school)).toMatchObject({ state: 'ok', stateReason: null })
  })

  it('sees lost access, and its return', async () => {
    const world = await followedSchool()
    const id = fileOf(world, world.school).spreadsheetId
    await world.control('POST', `/files/${id}/revoke-access`, {})
    await world.settle()
    expect(fileOf(world, world.school)).toMatchObject({ state: 'access_lost' })
    await world.control('POST', `/files/${id}/restore-access`, {})
    await world.settle()
    expect(fileOf(world, world.school)).toMatchObject({ state: 'ok' })
  })
})

describe('syncing sheets', () => {
  it('reads a sheet only when it has been quiet for a moment', async () => {
    const world = await followedSchool()
    const patient = syncSheetsJob(world.deps, { debounceMs: 5_000 })
    await paste(world, world.school, pupilRows(1))
    await run(world.jobs.poll)
    await run(patient)
    expect(counted(world)).toBe(0)
    world.time.platformAhead += 5_001
    await run(patient)
    expect(counted(world)).toBe(1)
  })

  it('reads the others although one cannot be read', async () => {
    const world = await followedSchool()
    await provisionUnit(world.deps, { unitId: world.lao, roundId: world.roundId })
    await paste(world, world.school, pupilRows(2))
    await run(world.jobs.poll)
    await world.control('POST', '/faults', {
      on: 'sheets',
      path: fileOf(world, world.lao).spreadsheetId,
      kind: '500',
      times: 1,
    })
    await run(world.jobs.sync)
    expect(counted(world)).toBe(2)
    expect(fileOf(world, world.lao)).toMatchObject({ attempts: 1 })
    expect(fileOf(world, world.lao).notBefore).toBeGreaterThan(world.deps.clock.platformNow())
    world.time.platformAhead += 10_000
    await run(world.jobs.sync)
    expect(fileOf(world, world.lao)).toMatchObject({ attempts: 0, dirtyAt: null })
  })

  it('stops at a 429 until the minute is over, and loses no change', async () => {
    const world = await followedSchool()
    await paste(world, world.school, pupilRows(2))
    await run(world.jobs.poll)
    await world.control('POST', '/faults', { on: 'sheets', kind: '429-read' })
    await run(world.jobs.sync)
    const asked = await requestsOf(world, '/v4/spreadsheets/')
    world.time.platformAhead += 3_000
    await run(world.jobs.sync)
    expect(await requestsOf(world, '/v4/spreadsheets/')).toBe(asked)
    expect(counted(world)).toBe(0)
    world.time.platformAhead += 75_000
    await run(world.jobs.sync)
    expect(counted(world)).toBe(2)
  })

  it('keeps one ledger of its requests', async () => {
    const world = await followedSchool()
    const used = world.db.select().from(quotaSlots).all()
    expect(new Set(used.map(({ bucket }) => bucket))).toEqual(new Set(['drive', 'sheets-read', 'sheets-write']))
  })

  it('tells somebody who types without a pause all the same', async () => {
    const world = await followedSchool()
    const patient = syncSheetsJob(world.deps, { debounceMs: 5_000, mostDebounceMs: 30_000 })
    for (let n = 0; n < 8; n += 1) {
      await paste(world, world.school, pupilRows(1, n), n + 1)
      await run(world.jobs.poll)
      await run(patient)
      expect(counted(world)).toBe(0)
      world.time.platformAhead += 4_000
    }
    await run(patient)
    expect(counted(world)).toBe(8)
  })

  it('reads first what a person asks about, without waiting for the feed', async () => {
    const world = await followedSchool()
    await paste(world, world.school, pupilRows(2))
    world.time.now += 60_000
    transact(world.db, (tx) => wantRead(tx, { roundId: world.roundId, unitId: world.school }, world.time.now))
    await run(syncSheetsJob(world.deps))
    expect(counted(world)).toBe(2)
    transact(world.db, (tx) => wantRead(tx, { roundId: world.roundId, unitId: world.school }, world.time.now))
    expect(fileOf(world, world.school).dirtyAt).toBeNull()
  })

  it('waits for its turn without counting that as a failure', async () => {
    const world = await followedSchool()
    await paste(world, world.school, pupilRows(2))
    await run(world.jobs.poll)
    const identity = world.deps.google.owner
    const platformNow = world.deps.clock.platformNow()
    pauseQuota(world.db, { bucket: 'sheets-read', identity, whose: 'project', retryAfterMs: null, platformNow })
    await run(world.jobs.sync)
    expect(fileOf(world, world.school)).toMatchObject({ attempts: 0, notBefore: 0 })
    world.time.platformAhead += 80_000
    await run(world.jobs.sync)
    expect(counted(world)).toBe(2)
  })

  it('reads a sheet that the feed was silent about once in the night, and no earlier', async () => {
    const world = await followedSchool()
    const oneAtNight = world.time.now + 86_400_000 - ((world.time.now + 7 * 3_600_000) % 86_400_000) + 3_600_000
    await paste(world, world.school, pupilRows(2))
    world.time.now = oneAtNight - 60_000
    await run(world.jobs.sync)
    expect(counted(world)).toBe(0)
    world.time.now = oneAtNight + 3 * 3_600_000
    await run(world.jobs.sync)
    expect(counted(world)).toBe(2)
    const reads = await requestsOf(world, '/v4/spreadsheets/')
    world.time.now += 1_800_000
    await run(world.jobs.sync)
    expect(await requestsOf(world, '/v4/spreadsheets/')).toBe(reads)
  })

  it('does not go on reading a sheet that cannot be taken, swept or not', async () => {
    const world = await followedSchool()
    await actAs(world, { unitId: world.school, act: 'merge', startRow: 1, endRow: 3, startColumn: 9, endColumn: 10 })
    await paste(world, world.school, pupilRows(1), 5)
    world.time.now += 2 * 86_400_000
    await run(world.jobs.sync)
    const reads = await requestsOf(world, '/v4/spreadsheets/')
    await run(world.jobs.sync)
    expect(await requestsOf(world, '/v4/spreadsheets/')).toBe(reads)
  })
})

describe('keeping locks', () => {
  const want = (world: SheetWorld, lockWanted: boolean) =>
    transact(world.db, (tx) =>
      tx.update(sheetFiles).set({ lockWanted }).where(eq(sheetFiles.unitId, world.school)).run(),
    )

  it('locks and opens as the chain wants, with a reason people understand', async () => {
    const world = await followedSchool()
    want(world, true)
    await run(world.jobs.locks)
    expect(await pageOf(world, world.school)).toMatchObject({
      locked: true,
      reason: expect.stringContaining('ยืนยันข้อมูลแล้ว'),
    })
    await expect(paste(world, world.school, pupilRows(1))).rejects.toThrow(/403/)
    want(world, false)
    await run(world.jobs.locks)
    expect(await pageOf(world, world.school)).toMatchObject({ locked: false })
  })

  it('locks again what somebody opened by hand', async () => {
    const world = await followedSchool()
    want(world, true)
    await run(world.jobs.locks)
    await world.control('POST', `/files/${fileOf(world, world.school).spreadsheetId}/unlock`, {})
    await run(world.jobs.poll)
    await run(world.jobs.locks)
    expect(await pageOf(world, world.school)).toMatchObject({ locked: true })
  })

  it('writes what was found meanwhile once the sheet is open', async () => {
    const world = await followedSchool()
    await paste(world, world.school, [pupilRow(0, { grade: 'ป.9' })])
    want(world, true)
    await run(world.jobs.locks)
    await world.settle()
    expect((await pageOf(world, world.school)).sheets[1]?.rows[2]?.[0]?.v ?? '').toBe('')
    want(world, false)
    await run(world.jobs.locks)
    await run(world.jobs.sync)
    expect((await pageOf(world, world.school)).sheets[1]?.rows[2]?.[0]?.v).toBe('2')
  })

  it('tries again later when Google is not reached', async () => {
    const world = await followedSchool()
    want(world, true)
    await world.control('POST', '/faults', { on: 'drive', method: 'PATCH', kind: '503-before' })
    await run(world.jobs.locks)
    expect(fileOf(world, world.school).locked).toBe(false)
    world.time.platformAhead += 10_000
    await run(world.jobs.locks)
    expect(fileOf(world, world.school).locked).toBe(true)
  })
})

describe('provisioning sheets', () => {
  it('gives every unit its sheet, and asks Google nothing when all is there', async () => {
    const world = await openSheetWorld()
    const job = provisionSheetsJob(world.deps)
    await run(job)
    expect(
      world.db
        .select()
        .from(sheetFiles)
        .all()
        .map(({ state }) => state),
    ).toEqual(['ok', 'ok', 'ok'])
    const asked = await requestsOf(world, '/')
    await run(job)
    expect(await requestsOf(world, '/')).toBe(asked)
  })

  it('provisions the others although one fails, and that one later', async () => {
    const world = await openSheetWorld()
    const job = provisionSheetsJob(world.deps)
    await world.control('POST', '/faults', { on: 'drive', method: 'POST', path: '/files', kind: '500' })
    await run(job)
    expect(
      world.db
        .select()
        .from(sheetFiles)
        .all()
        .map(({ state }) => state),
    ).toEqual(['creating', 'ok', 'ok'])
    world.time.platformAhead += 10_000
    await run(job)
    expect(
      world.db
        .select()
        .from(sheetFiles)
        .all()
        .map(({ state }) => state),
    ).toEqual(['ok', 'ok', 'ok'])
  })

  it('lets its caller tell the person in the transaction that keeps the answer', async () => {
    const world = await openSheetWorld()
    const told: string[] = []
    const deps = { ...world.deps, onAddress: (_tx: unknown, answer: { email: string }) => void told.push(answer.email) }
    await run(provisionSheetsJob(deps))
    expect(told.sort()).toEqual(['officer@lao.example', 'teacher@school.example'])
  })

  it('lets the officer type into the sheet', async () => {
    const world = await openSheetWorld()
    await run(provisionSheetsJob(world.deps))
    await actAs(world, { unitId: world.school, act: 'type', cells: [{ row: 1, column: 0, text: '0113200420331' }] })
    expect((await pageOf(world, world.school)).sheets[0]?.rows[1]?.[0]?.v).toBe('0113200420331')
  })
})
