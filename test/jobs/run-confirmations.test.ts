import { describe, expect, it } from 'vitest'
import { transact } from '../../src/db/open.ts'
import { confirmations, confirmRuns, rosters, sheetFiles } from '../../src/db/schema.ts'
import { keepLocksJob } from '../../src/jobs/keep-locks.ts'
import { pollChangesJob } from '../../src/jobs/poll-changes.ts'
import { setFileLock } from '../../src/sheets/lock-file.ts'
import { provisionUnit } from '../../src/sheets/provision-unit.ts'
import { syncFile } from '../../src/sheets/sync-file.ts'
import { advanceRun } from '../../src/workflow/confirm-run.ts'
import { pupilRow, pupilRows } from '../sheets/pupil-rows.ts'
import { actAs, fileOf, LAO_OFFICER, openSheetWorld, paste } from '../sheets/sheet-world.ts'
import { lockedIs, noticesOf, runOf, schoolWith, show, start, work } from './confirming-school.ts'

const never = new AbortController().signal

describe('reading back before confirming', () => {
  it('shows what the sheet says at that moment, not what was read before', async () => {
    const world = await schoolWith(pupilRows(2))
    await syncFile(world.deps, fileOf(world, world.school).id)
    await paste(world, world.school, pupilRows(1, 2), 3)
    const runId = start(world, {})
    await work(world)
    expect(runOf(world, runId)).toMatchObject({ step: 'done', outcome: { contentHash: expect.any(String) } })
    expect(world.db.select().from(rosters).all()[0]?.counted).toBe(3)
    expect(noticesOf(world)).toMatchObject([{ type: 'read-back' }])
    expect(await lockedIs(world)).toBe(false)
  })

  it('tells in words when the sheet cannot be taken', async () => {
    const world = await schoolWith(pupilRows(3))
    await actAs(world, { unitId: world.school, act: 'merge', startRow: 1, endRow: 3, startColumn: 9, endColumn: 10 })
    await show(world)
    expect(noticesOf(world)[0]?.refusal).toMatchObject({ words: expect.stringContaining('J2:J3') })
  })

  it('is answered after a while when Google is not reached, and only then', async () => {
    const world = await schoolWith(pupilRows(1))
    await world.control('POST', '/faults', { on: 'sheets', kind: '503-before', times: 100 })
    const runId = start(world, {})
    const pauses: number[] = []
    for (let i = 0; i < 20 && runOf(world, runId).step !== 'done'; i += 1) {
      await work(world)
      const ahead = runOf(world, runId).notBefore - world.deps.clock.platformNow()
      if (ahead > 0) pauses.push(ahead)
      world.time.platformAhead += Math.max(0, ahead) + 1
    }
    expect(pauses.length).toBe(6)
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(40_000)
    expect(noticesOf(world)[0]?.refusal?.why).toBe('sheet-unreadable')
  })
})

describe('confirming', () => {
  it('locks the sheet, reads it again and writes the receipt', async () => {
    const world = await schoolWith(pupilRows(2))
    const runId = start(world, { seenHash: await show(world) })
    await work(world)
    expect(runOf(world, runId).step).toBe('done')
    expect(world.db.select().from(confirmations).all()).toHaveLength(1)
    expect(noticesOf(world).map(({ type }) => type)).toEqual(['read-back', 'receipt'])
    expect(await lockedIs(world)).toBe(true)
    expect(fileOf(world, world.school)).toMatchObject({ locked: true, lockWanted: true })
  })

  it('is refused when the sheet was edited after it was shown, and the sheet is open again', async () => {
    const world = await schoolWith(pupilRows(2))
    const seenHash = await show(world)
    await paste(world, world.school, pupilRows(1, 2), 3)
    start(world, { seenHash })
    await work(world)
    expect(world.db.select().from(confirmations).all()).toHaveLength(0)
    expect(noticesOf(world).at(-1)).toMatchObject({ type: 'confirm-refused', refusal: { why: 'changed-since-shown' } })
    expect(await lockedIs(world)).toBe(false)
    expect(fileOf(world, world.school)).toMatchObject({ locked: false, lockWanted: false })
    expect(fileOf(world, world.school).dirtyAt).not.toBeNull()
  })

  it('does not mind that the rows were sorted meanwhile', async () => {
    const world = await schoolWith(pupilRows(3))
    const seenHash = await show(world)
    await actAs(world, { unitId: world.school, act: 'sort', column: 0, descending: true })
    start(world, { seenHash })
    await work(world)
    expect(world.db.select().from(confirmations).all()).toHaveLength(1)
  })

  it('is refused while rows have errors', async () => {
    const world = await schoolWith([pupilRow(0), pupilRow(1, { grade: 'ป.9' })])
    start(world, { seenHash: await show(world) })
    await work(world)
    expect(noticesOf(world).at(-1)?.refusal?.why).toBe('roster-has-errors')
    expect(await lockedIs(world)).toBe(false)
  })

  it.each([
    ['before the lock was written down', { landed: true, written: null }],
    ['between lock and reading', { landed: true, written: 'verify' as const }],
    ['between reading and the receipt', { landed: true, written: 'commit' as const }],
    ['before it began', { landed: false, written: null }],
  ])('goes on after a kill %s', async (_when, { landed, written }) => {
    const world = await schoolWith(pupilRows(2))
    const runId = start(world, { seenHash: await show(world) })
    const spreadsheetId = fileOf(world, world.school).spreadsheetId ?? ''
    if (landed) await setFileLock(world.deps.google, { spreadsheetId, locked: true, urgent: true })
    if (written) {
      transact(world.db, (tx) => {
        tx.update(sheetFiles).set({ locked: true }).run()
        advanceRun(tx, runId, written)
      })
    }
    await work(world)
    expect(world.db.select().from(confirmations).all()).toHaveLength(1)
    expect(await lockedIs(world)).toBe(true)
  })

  it.each([
    ['between refusal and unlocking', { opened: false }],
    ['before the unlocking was written down', { opened: true }],
  ])('opens the sheet after a kill %s', async (_when, { opened }) => {
    const world = await schoolWith(pupilRows(2))
    const runId = start(world, { seenHash: await show(world) })
    const spreadsheetId = fileOf(world, world.school).spreadsheetId ?? ''
    await setFileLock(world.deps.google, { spreadsheetId, locked: !opened, urgent: true })
    transact(world.db, (tx) => {
      tx.update(confirmRuns)
        .set({ outcome: { refusal: { why: 'changed-since-shown' } } })
        .run()
      advanceRun(tx, runId, 'unlock')
    })
    await work(world)
    expect(noticesOf(world).at(-1)?.refusal?.why).toBe('changed-since-shown')
    expect(await lockedIs(world)).toBe(false)
  })

  it.each([
    ['a lock that landed although Google said 503', { on: 'drive', method: 'PATCH', kind: '503-after' }],
    ['a read that was cut', { on: 'sheets', method: 'GET', kind: 'cut' }],
    ['a 429', { on: 'sheets', kind: '429-read' }],
  ])('survives %s', async (_what, fault) => {
    const world = await schoolWith(pupilRows(2))
    const runId = start(world, { seenHash: await show(world) })
    await world.control('POST', '/faults', fault)
    await work(world)
    expect(runOf(world, runId)).toMatchObject({ attempts: 1 })
    world.time.platformAhead += 5_000
    await work(world)
    expect(world.db.select().from(confirmations).all()).toHaveLength(1)
  })

  it('tells the person when access is lost, and opens the sheet when it is back', async () => {
    const world = await schoolWith(pupilRows(2))
    const poll = pollChangesJob(world.deps)
    await poll.run(never)
    const runId = start(world, { seenHash: await show(world) })
    const id = fileOf(world, world.school).spreadsheetId ?? ''
    await setFileLock(world.deps.google, { spreadsheetId: id, locked: true, urgent: true })
    await world.control('POST', `/files/${id}/revoke-access`, {})
    await work(world)
    expect(runOf(world, runId).step).toBe('done')
    expect(noticesOf(world).at(-1)).toMatchObject({ type: 'confirm-refused', refusal: { why: 'sheet-unreadable' } })
    await world.control('POST', `/files/${id}/restore-access`, {})
    await poll.run(never)
    await keepLocksJob(world.deps).run(never)
    expect(await lockedIs(world)).toBe(false)
  })

  it('is not kept waiting by another unit whose sheet does not answer', async () => {
    const world = await schoolWith(pupilRows(2))
    await provisionUnit(world.deps, { unitId: world.lao, roundId: world.roundId })
    const seenHash = await show(world)
    const slow = fileOf(world, world.lao).spreadsheetId
    await world.control('POST', '/faults', { on: 'sheets', path: slow, kind: 'slow', delayMs: 1_000 })
    const waiting = start(world, { unitId: world.lao, component: 'other_counts' })
    const quick = start(world, { seenHash })
    const working = work(world)
    const deadline = Date.now() + 900
    while (runOf(world, quick).step !== 'done' && Date.now() < deadline) await new Promise(setImmediate)
    expect(runOf(world, quick).step).toBe('done')
    expect(runOf(world, waiting).step).toBe('read')
    await working
  })

  it('works for the counts of other affiliations too', async () => {
    const world = await openSheetWorld()
    await provisionUnit(world.deps, { unitId: world.lao, roundId: world.roundId })
    const cells = [1, 2].flatMap((row) => [
      { row, column: 5, text: row === 1 ? '120' : '40' },
      { row, column: 6, text: 'TRUE' },
    ])
    await actAs(world, { unitId: world.lao, as: LAO_OFFICER, act: 'type', cells })
    const asked = { unitId: world.lao, component: 'other_counts' as const }
    start(world, { ...asked, seenHash: await show(world, asked) })
    await work(world)
    expect(world.db.select().from(confirmations).all()).toMatchObject([{ component: 'other_counts' }])
    expect(await lockedIs(world, world.lao)).toBe(true)
  })
})
