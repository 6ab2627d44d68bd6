import { expect, it } from 'vitest'
import { transact } from '../../src/db/open.ts'
import { provisionUnit } from '../../src/sheets/provision-unit.ts'
import { syncFile } from '../../src/sheets/sync-file.ts'
import { sharedPupilsOf } from '../../src/workflow/shared-pupils.ts'
import { pupilRows } from './pupil-rows.ts'
import { actAs, fileOf, openSheetWorld, paste, tabOf } from './sheet-world.ts'

it('a pupil typed into two sheets is found as they are read, and forgotten once one of them lets go', async () => {
  const world = await openSheetWorld()
  const { roundId } = world
  const sync = (unitId: typeof world.school) => syncFile(world.deps, fileOf(world, unitId).id)
  const open = () =>
    transact(world.db, (tx) => sharedPupilsOf(tx, { roundId, institutionId: world.centre }, world.time.now))
  for (const unitId of [world.school, world.centre]) await provisionUnit(world.deps, { unitId, roundId })
  await paste(world, world.school, pupilRows(3))
  await sync(world.school)
  world.time.now += 60_000
  await actAs(world, {
    unitId: world.centre,
    as: world.worker,
    act: 'paste',
    row: 1,
    column: 0,
    tsv: pupilRows(1)
      .map((cells) => cells.join('\t'))
      .join('\n'),
  })
  await sync(world.centre)
  const [question] = open()
  expect(question?.claims.map(({ institutionId, row, holds }) => ({ institutionId, row, holds }))).toEqual([
    { institutionId: world.school, row: 2, holds: true },
    { institutionId: world.centre, row: 2, holds: false },
  ])
  const said = async () =>
    (await tabOf(world, world.centre, 'ผลตรวจ')).rows.map((row) => row.map(({ v }) => v).join(' ')).join('\n')
  expect(await said()).toContain('ยังยืนยันไม่ได้ เพราะมีรายชื่อซ้ำกับสถานศึกษาอื่น 1 ราย')
  expect(await said()).toMatch(/\n2 .+ ทั้งแถว รายชื่อซ้ำ เลข \d-\d{4}-xxxxx-xx-\d มีอยู่ก่อนแล้วที่ .+เลือกสถานะ ย้ายออก/)
  world.time.now += 60_000
  await paste(world, world.school, pupilRows(3).slice(1))
  await actAs(world, { unitId: world.school, act: 'paste', row: 3, column: 0, tsv: Array(14).fill('').join('\t') })
  await sync(world.school)
  expect(open()).toEqual([])
  // The centre's own sheet is marked by what the school did, and says so no longer.
  expect(fileOf(world, world.centre).dirtyAt).not.toBeNull()
  await sync(world.centre)
  expect(await said()).not.toContain('รายชื่อซ้ำ')
})
