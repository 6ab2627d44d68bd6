import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { RunId } from '../../src/db/ids.ts'
import { transact } from '../../src/db/open.ts'
import { drifts, sheetFiles } from '../../src/db/schema.ts'
import { keepLocksJob } from '../../src/jobs/keep-locks.ts'
import { lockAtCloseJob } from '../../src/jobs/lock-at-close.ts'
import { pollChangesJob } from '../../src/jobs/poll-changes.ts'
import { runConfirmationsJob } from '../../src/jobs/run-confirmations.ts'
import type { Job } from '../../src/jobs/runner.ts'
import { syncSheetsJob } from '../../src/jobs/sync-sheets.ts'
import { provisionUnit } from '../../src/sheets/provision-unit.ts'
import { actorOf } from '../../src/workflow/actor.ts'
import { attest } from '../../src/workflow/attest.ts'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import { runById, startConfirm, startShow } from '../../src/workflow/confirm-run.ts'
import { grantExtension } from '../../src/workflow/extensions.ts'
import { roundById } from '../../src/workflow/rounds.ts'
import { pupilRows } from '../sheets/pupil-rows.ts'
import { actAs, fileOf, openSheetWorld, pageOf, paste, type SheetWorld } from '../sheets/sheet-world.ts'

const never = new AbortController().signal
const run = (job: Job) => job.run(never)
const CLOSE = Date.parse('2024-06-11T17:00+07:00')

/** A provisioned school with three pupils in its sheet, all of it read, and the jobs that keep it. */
async function readSchool() {
  const world = await openSheetWorld()
  await provisionUnit(world.deps, { unitId: world.school, roundId: world.roundId })
  const jobs = {
    poll: pollChangesJob(world.deps),
    sync: syncSheetsJob(world.deps, { debounceMs: 0 }),
    close: lockAtCloseJob(world.deps),
    locks: keepLocksJob(world.deps),
    confirm: runConfirmationsJob(world.deps),
  }
  await run(jobs.poll)
  await paste(world, world.school, pupilRows(3))
  const settle = async () => {
    await run(jobs.poll)
    await run(jobs.sync)
  }
  await settle()
  return { ...world, jobs, settle }
}

type School = Awaited<ReturnType<typeof readSchool>>

/** What a person does in chat up to the worker's turn; `at` is the tap. */
function tap(world: SheetWorld, purpose: 'show' | 'confirm', at = world.time.now): RunId {
  return transact(world.db, (tx) => {
    const actor = actorOf(tx, world.teacher.appointmentId, at)
    if (!actor) throw new Error('nobody is appointed')
    const round = roundById(tx, world.roundId)
    const unitId = world.school
    const asked = { round, actor, unitId, component: 'roster' as const, inboxId: null, tappedAt: at, receivedAt: at }
    const contentHash = fileOf(world, unitId).contentHash ?? ''
    if (purpose === 'confirm')
      attest(tx, { actor, roundId: round.id, unitId, component: 'roster', contentHash, counted: 3 }, at)
    const started =
      purpose === 'show' ? startShow(tx, asked, at) : startConfirm(tx, { ...asked, seenHash: contentHash }, at)
    if (!started.ok) throw new Error(started.why)
    return started.runId
  })
}

async function confirmedSchool(): Promise<School> {
  const world = await readSchool()
  tap(world, 'confirm')
  await run(world.jobs.confirm)
  await world.settle()
  expect(await pageOf(world, world.school)).toMatchObject({ locked: true })
  return world
}

/** An organizer of the shared drive opens the file by hand. */
const lift = (world: SheetWorld) =>
  world.control('POST', `/files/${fileOf(world, world.school).spreadsheetId}/unlock`, {})
const isLocked = async (world: SheetWorld) => (await pageOf(world, world.school)).locked
const open = (world: SheetWorld) =>
  world.db
    .select()
    .from(drifts)
    .all()
    .filter(({ endedAt }) => endedAt === null)

describe('a lock that somebody with rights lifted', () => {
  it('is put back at once while nobody has edited', async () => {
    const world = await confirmedSchool()
    await lift(world)
    await run(world.jobs.poll)
    await run(world.jobs.locks)
    expect(await isLocked(world)).toBe(true)
  })

  it('is put back as soon as an edit was read and left the sheet as confirmed', async () => {
    const world = await confirmedSchool()
    await lift(world)
    await actAs(world, { unitId: world.school, act: 'sort', column: 0, descending: true })
    await run(world.jobs.poll)
    await run(world.jobs.locks)
    expect(await isLocked(world)).toBe(false)
    await run(world.jobs.sync)
    await run(world.jobs.locks)
    expect(await isLocked(world)).toBe(true)
    expect(open(world)).toEqual([])
  })

  it('stays lifted while the sheet differs, so that it can be put back; then it is locked again', async () => {
    const world = await confirmedSchool()
    await lift(world)
    await actAs(world, { unitId: world.school, act: 'type', cells: [{ row: 1, column: 8, text: 'ป.2' }] })
    await world.settle()
    await run(world.jobs.locks)
    expect(open(world)).toHaveLength(1)
    expect(await isLocked(world)).toBe(false)
    await actAs(world, { unitId: world.school, act: 'type', cells: [{ row: 1, column: 8, text: 'ป.1' }] })
    await world.settle()
    await run(world.jobs.locks)
    expect(open(world)).toEqual([])
    expect(await isLocked(world)).toBe(true)
  })

  it('stays lifted for an edit that the change feed has not told of yet', async () => {
    const world = await confirmedSchool()
    await lift(world)
    await run(world.jobs.poll)
    await actAs(world, { unitId: world.school, act: 'type', cells: [{ row: 1, column: 8, text: 'ป.2' }] })
    await run(world.jobs.locks)
    expect(await isLocked(world)).toBe(false)
    await run(world.jobs.sync)
    await run(world.jobs.locks)
    expect(open(world)).toHaveLength(1)
    expect(await isLocked(world)).toBe(false)
  })

  it('is put back when what once differed has been confirmed since', async () => {
    const world = await confirmedSchool()
    await lift(world)
    await actAs(world, { unitId: world.school, act: 'type', cells: [{ row: 1, column: 8, text: 'ป.2' }] })
    await world.settle()
    transact(world.db, (tx) => {
      const actor = actorOf(tx, world.laoOfficer.appointmentId, world.time.now)
      if (!actor) throw new Error('nobody is appointed')
      const about = { round: roundById(tx, world.roundId), actor, unitId: world.school, component: 'roster' as const }
      expect(cancelDirectly(tx, { ...about, reason: 'แก้ไขยอด' }, world.time.now).ok).toBe(true)
    })
    await run(world.jobs.locks)
    await world.settle()
    tap(world, 'confirm')
    await run(world.jobs.confirm)
    await lift(world)
    await run(world.jobs.poll)
    await run(world.jobs.locks)
    expect(await isLocked(world)).toBe(true)
  })

  it('while the confirmation runs is put back before anything is compared', async () => {
    const world = await readSchool()
    tap(world, 'confirm')
    let seen = 0
    world.between.step = async () => {
      seen += 1
      if (seen !== 2) return
      world.between.step = null
      await lift(world)
      await run(world.jobs.poll)
    }
    await run(world.jobs.confirm)
    expect(seen).toBe(2)
    expect(await isLocked(world)).toBe(true)
    expect(fileOf(world, world.school)).toMatchObject({ locked: true, lockedFor: 'confirmed' })
  })

  it('is put back at the close, whatever stands in the sheet', async () => {
    const world = await confirmedSchool()
    await lift(world)
    await actAs(world, { unitId: world.school, act: 'type', cells: [{ row: 1, column: 8, text: 'ป.2' }] })
    await world.settle()
    world.time.now = CLOSE
    await run(world.jobs.close)
    await run(world.jobs.locks)
    expect(await isLocked(world)).toBe(true)
    expect(open(world)).toHaveLength(1)
  })
})

describe('at the close', () => {
  it('every sheet is locked, and says why', async () => {
    const world = await readSchool()
    await provisionUnit(world.deps, { unitId: world.lao, roundId: world.roundId })
    world.time.now = CLOSE - 1
    await run(world.jobs.close)
    await run(world.jobs.locks)
    expect(await isLocked(world)).toBe(false)
    world.time.now = CLOSE
    await run(world.jobs.close)
    await run(world.jobs.locks)
    const closed = { locked: true, reason: expect.stringContaining('ปิดระบบ') }
    expect(await pageOf(world, world.school)).toMatchObject(closed)
    expect(await pageOf(world, world.lao)).toMatchObject(closed)
    await expect(paste(world, world.school, pupilRows(1))).rejects.toThrow(/403/)
  })

  it('an edit that was not read yet is still read, though the lock came after it', async () => {
    const world = await readSchool()
    await actAs(world, { unitId: world.school, act: 'type', cells: [{ row: 1, column: 8, text: 'ป.2' }] })
    world.time.now = CLOSE
    await run(world.jobs.close)
    await run(world.jobs.locks)
    expect(fileOf(world, world.school)).toMatchObject({ locked: true, dirtyAt: expect.any(Number) })
  })

  it('the confirmed ones keep saying that they are confirmed', async () => {
    const world = await confirmedSchool()
    world.time.now = CLOSE
    await run(world.jobs.close)
    await run(world.jobs.locks)
    expect(await pageOf(world, world.school)).toMatchObject({ reason: expect.stringContaining('ยืนยันข้อมูลแล้ว') })
  })

  it('locks go at a pace, what is opened first, and a new process goes on where one was killed', async () => {
    const world = await readSchool()
    for (const unitId of [world.centre, world.lao]) await provisionUnit(world.deps, { unitId, roundId: world.roundId })
    transact(world.db, (tx) =>
      tx.update(sheetFiles).set({ locked: true }).where(eq(sheetFiles.unitId, world.lao)).run(),
    )
    transact(world.db, (tx) =>
      tx
        .update(sheetFiles)
        .set({ lockWanted: true, lockWantedFor: 'closed' })
        .where(eq(sheetFiles.kind, 'roster'))
        .run(),
    )
    const lockedNow = () => [world.school, world.centre, world.lao].map((unitId) => fileOf(world, unitId).locked)
    await run(keepLocksJob(world.deps, { perPass: 1 }))
    expect(lockedNow()).toEqual([false, false, false])
    await run(keepLocksJob(world.deps, { perPass: 1 }))
    expect(lockedNow().filter(Boolean)).toHaveLength(1)
    await run(keepLocksJob(world.deps, { perPass: 1 }))
    expect(lockedNow()).toEqual([true, true, false])
  })

  it('an extension opens what it covers, and its end shuts it again', async () => {
    const world = await readSchool()
    world.time.now = CLOSE
    await run(world.jobs.close)
    await run(world.jobs.locks)
    const until = CLOSE + 3_600_000
    const extension = {
      scope: 'institution' as const,
      unitId: world.school,
      until,
      reason: 'ไฟฟ้าดับ',
      letterNumber: 'มท 1',
    }
    transact(world.db, (tx) => grantExtension(tx, { roundId: world.roundId, ...extension }, world.time.now))
    await run(world.jobs.close)
    await run(world.jobs.locks)
    expect(await isLocked(world)).toBe(false)
    await paste(world, world.school, pupilRows(1, 3), 4)
    await world.settle()
    tap(world, 'confirm')
    await run(world.jobs.confirm)
    world.time.now = until
    await run(world.jobs.close)
    await run(world.jobs.locks)
    expect(await pageOf(world, world.school)).toMatchObject({
      locked: true,
      reason: expect.stringContaining('ยืนยันข้อมูลแล้ว'),
    })
  })

  it('a tap in time is confirmed although the sheet was locked meanwhile', async () => {
    const world = await readSchool()
    const runId = tap(world, 'confirm', CLOSE - 10_000)
    world.time.now = CLOSE + 5_000
    await run(world.jobs.close)
    await run(world.jobs.locks)
    expect(await isLocked(world)).toBe(false)
    await run(world.jobs.confirm)
    expect(transact(world.db, (tx) => runById(tx, runId)).outcome).toMatchObject({ confirmationId: expect.any(Number) })
    expect(fileOf(world, world.school)).toMatchObject({
      locked: true,
      lockWantedFor: 'confirmed',
      lockedFor: 'confirmed',
    })
  })

  it('a tap in time on what was edited after the close is refused, and the sheet stays shut for the close', async () => {
    const world = await readSchool()
    const runId = tap(world, 'confirm', CLOSE - 10_000)
    await paste(world, world.school, pupilRows(1, 3), 4)
    world.time.now = CLOSE + 60_000
    await run(world.jobs.confirm)
    expect(transact(world.db, (tx) => runById(tx, runId)).outcome).toMatchObject({
      refusal: { why: 'changed-since-shown', closedAt: CLOSE },
    })
    expect(await pageOf(world, world.school)).toMatchObject({
      locked: true,
      reason: expect.stringContaining('ปิดระบบ'),
    })
    await run(world.jobs.close)
    expect(fileOf(world, world.school)).toMatchObject({ locked: true, lockWanted: true, lockedFor: 'closed' })
  })

  it('a lock left by a kill with the reason of another time is given the right one', async () => {
    const world = await confirmedSchool()
    transact(world.db, (tx) => tx.update(sheetFiles).set({ lockWantedFor: 'closed' }).run())
    await run(world.jobs.locks)
    expect(await pageOf(world, world.school)).toMatchObject({ reason: expect.stringContaining('ปิดระบบ') })
    expect(fileOf(world, world.school).lockedFor).toBe('closed')
  })
})
