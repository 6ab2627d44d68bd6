import { describe, expect, it } from 'vitest'
import { transact } from '../../src/db/open.ts'
import { provisionUnit } from '../../src/sheets/provision-unit.ts'
import { syncFile } from '../../src/sheets/sync-file.ts'
import { actorOf } from '../../src/workflow/actor.ts'
import { decideHold } from '../../src/workflow/decide-hold.ts'
import { openHoldOf } from '../../src/workflow/roster-holds.ts'
import { pupilRows } from './pupil-rows.ts'
import { fileOf, openSheetWorld, paste, type SheetWorld, tabOf } from './sheet-world.ts'

const sync = (world: SheetWorld) => syncFile(world.deps, fileOf(world, world.school).id)
const reportText = async (world: SheetWorld) =>
  (await tabOf(world, world.school, 'ผลตรวจ')).rows.map((row) => row.map(({ v }) => v).join(' ')).join('\n')

/** Twelve pupils were read, then all but three were wiped out of the sheet. */
async function heldSchool(): Promise<SheetWorld> {
  const world = await openSheetWorld()
  await provisionUnit(world.deps, { unitId: world.school, roundId: world.roundId })
  await paste(world, world.school, pupilRows(12))
  await sync(world)
  const blank = pupilRows(9).map((cells) => cells.map(() => ''))
  await paste(world, world.school, blank, 4)
  await sync(world)
  return world
}

function decide(world: SheetWorld, decision: 'release' | 'refuse') {
  return transact(world.db, (tx) => {
    const actor = actorOf(tx, world.teacher.appointmentId, world.time.now)
    const hold = openHoldOf(tx, { roundId: world.roundId, institutionId: world.school })
    if (!actor || !hold) throw new Error('nothing to decide')
    return decideHold(tx, { actor, holdId: hold.id, decision }, world.time.now)
  })
}

describe('rows missing beyond the guard', () => {
  it('are asked about in the sheet as well as in chat, also where nothing else is wrong', async () => {
    const world = await heldSchool()
    const said = await reportText(world)
    expect(said).toContain('รายชื่อหายไปจากตาราง 9 จาก 12 ราย')
    expect(said).toContain('โปรดตอบใน LINE')
    expect(said).not.toContain('ไม่พบรายการที่ต้องแก้ไข')
  })

  it('are asked about until the officer answers in chat: the answer is read in the sheet at the next turn', async () => {
    const world = await heldSchool()
    expect(decide(world, 'release')).toMatchObject({ ok: true })
    expect(fileOf(world, world.school).dirtyAt).not.toBeNull()
    await sync(world)
    expect(await reportText(world)).not.toContain('หายไปจากตาราง')
  })

  it('said not to have left are to be put back, and then there is nothing to ask', async () => {
    const world = await heldSchool()
    decide(world, 'refuse')
    await sync(world)
    expect(await reportText(world)).toContain('โปรดนำรายชื่อกลับเข้าตาราง')
    await paste(world, world.school, pupilRows(12))
    await sync(world)
    expect(await reportText(world)).not.toContain('หายไปจากตาราง')
  })
})
