import { isNull } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { transact } from '../../src/db/open.ts'
import { pupilChanges, pupils, sheetFiles } from '../../src/db/schema.ts'
import { provisionUnit } from '../../src/sheets/provision-unit.ts'
import { renewFile } from '../../src/sheets/renew-file.ts'
import { syncFile } from '../../src/sheets/sync-file.ts'
import { otherInstitutionsOf } from '../../src/workflow/record-counts.ts'
import { pupilRows } from './pupil-rows.ts'
import { actAs, fileOf, LAO_OFFICER, openSheetWorld, paste, type SheetWorld, tabOf } from './sheet-world.ts'

async function readOnce(world: SheetWorld, unitId: SheetWorld['school']) {
  await syncFile(world.deps, fileOf(world, unitId).id)
}

const renew = (world: SheetWorld, unitId: SheetWorld['school']) =>
  transact(world.db, (tx) => renewFile(tx, { roundId: world.roundId, unitId }, world.time.now))

async function lose(world: SheetWorld, unitId: SheetWorld['school']) {
  await world.control('POST', `/files/${fileOf(world, unitId).spreadsheetId}/revoke-access`, {})
  await readOnce(world, unitId)
}

describe('a sheet that cannot be opened any more', () => {
  it('gets a successor with what was recorded last, shared as before, and nobody is gone or changed', async () => {
    const world = await openSheetWorld()
    const ref = { unitId: world.school, roundId: world.roundId }
    await provisionUnit(world.deps, ref)
    await paste(world, world.school, pupilRows(12))
    await actAs(world, { unitId: world.school, act: 'type', cells: [{ row: 3, column: 12, text: 'TRUE' }] })
    await readOnce(world, world.school)
    const before = world.db.select().from(pupils).all()
    const changes = world.db.select().from(pupilChanges).all()
    await lose(world, world.school)
    const lost = fileOf(world, world.school)
    expect(lost.state).toBe('access_lost')
    expect(renew(world, world.school)).toEqual({ ok: true })
    await provisionUnit(world.deps, ref)
    const file = fileOf(world, world.school)
    expect(file).toMatchObject({ state: 'ok', sharedWith: ['teacher@school.example'] })
    expect(file.spreadsheetId).not.toBe(lost.spreadsheetId)
    await readOnce(world, world.school)
    expect(world.db.select().from(pupils).where(isNull(pupils.goneAt)).all()).toHaveLength(before.length)
    expect(world.db.select().from(pupilChanges).all()).toEqual(changes)
    const howTo = await tabOf(world, world.school, 'วิธีใช้')
    expect(JSON.stringify(howTo.rows)).toMatch(/ตารางใหม่แทนตารางเดิม.*12 ราย/)
  })

  it('of counts comes back with what was typed', async () => {
    const world = await openSheetWorld()
    const ref = { unitId: world.lao, roundId: world.roundId }
    await provisionUnit(world.deps, ref)
    const cells = [
      { row: 1, column: 5, text: '118' },
      { row: 1, column: 6, text: 'TRUE' },
      { row: 1, column: 7, text: 'ย้ายออก 2 ราย' },
    ]
    await actAs(world, { unitId: world.lao, as: LAO_OFFICER, act: 'type', cells })
    await readOnce(world, world.lao)
    const counts = () =>
      transact(world.db, (tx) => otherInstitutionsOf(tx, { roundId: world.roundId, laoId: world.lao }))
    const before = counts()
    expect(before[0]).toMatchObject({ current: 118, checked: true, reason: 'ย้ายออก 2 ราย' })
    await lose(world, world.lao)
    expect(renew(world, world.lao)).toEqual({ ok: true })
    await provisionUnit(world.deps, ref)
    await readOnce(world, world.lao)
    expect(counts()).toEqual(before)
  })

  it('is not given up a second time by a look at the old one that was under way', async () => {
    const world = await openSheetWorld()
    const ref = { unitId: world.school, roundId: world.roundId }
    await provisionUnit(world.deps, ref)
    await paste(world, world.school, pupilRows(3))
    await readOnce(world, world.school)
    await lose(world, world.school)
    world.between.step = async () => {
      world.between.step = null
      expect(renew(world, world.school)).toEqual({ ok: true })
    }
    await readOnce(world, world.school)
    expect(fileOf(world, world.school).state).toBe('creating')
    await provisionUnit(world.deps, ref)
    expect(fileOf(world, world.school)).toMatchObject({ state: 'ok', dirtyAt: expect.any(Number) })
  })

  it('is not given up while it can be opened, while there is none, or when its list is confirmed', async () => {
    const world = await openSheetWorld()
    expect(renew(world, world.school)).toEqual({ ok: false, why: 'no-sheet' })
    await provisionUnit(world.deps, { unitId: world.school, roundId: world.roundId })
    expect(renew(world, world.school)).toEqual({ ok: false, why: 'still-there', state: 'ok' })
    await lose(world, world.school)
    world.db.update(sheetFiles).set({ lockWanted: true, lockWantedFor: 'confirmed' }).run()
    expect(renew(world, world.school)).toEqual({ ok: false, why: 'confirmed' })
  })
})
