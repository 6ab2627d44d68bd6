import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { transact } from '../../src/db/open.ts'
import { appointments, googleAddresses, sheetFiles } from '../../src/db/schema.ts'
import { provisionUnit } from '../../src/sheets/provision-unit.ts'
import { fileOf, openSheetWorld, pageOf, TEACHER, tabOf } from './sheet-world.ts'

describe('the spreadsheet of a unit', () => {
  it('is made in the shared drive with its tabs, header, lists and boxes, and shared with the officer', async () => {
    const world = await openSheetWorld()
    const made = await provisionUnit(world.deps, { unitId: world.school, roundId: world.roundId })
    expect(made).toMatchObject({
      ok: true,
      created: true,
      shared: { answers: [{ email: TEACHER, state: 'accepted' }] },
    })
    const page = await pageOf(world, world.school)
    expect(page.sheets.map((sheet) => sheet.title)).toEqual(['รายชื่อ', 'ผลตรวจ', 'วิธีใช้'])
    const roster = page.sheets[0]
    expect(roster?.frozenRowCount).toBe(1)
    expect(roster?.rows[0]?.map((cell) => cell.v)).toEqual([
      'เลขประจำตัวประชาชน',
      'เลขประจำตัวนักเรียน',
      'คำนำหน้า',
      'ชื่อ',
      'นามสกุล',
      'เพศ',
      'วันเดือนปีเกิด',
      'สัญชาติ',
      'ระดับชั้น',
      'ห้อง',
      'วันที่เข้าศึกษา',
      'สถานะ',
      'มีตัวตนอยู่จริง',
      'คำชี้แจง',
    ])
    expect(page.permissions).toContainEqual(expect.objectContaining({ email: TEACHER, role: 'writer' }))
    expect(fileOf(world, world.school)).toMatchObject({ state: 'ok', dataTabId: 0, sharedWith: [TEACHER] })
  })

  it('says เด็กเล็ก at a child centre', async () => {
    const world = await openSheetWorld()
    await provisionUnit(world.deps, { unitId: world.centre, roundId: world.roundId })
    const tab = await tabOf(world, world.centre, 'รายชื่อ')
    expect(tab.rows[0]?.[1]?.v).toBe('เลขประจำตัวเด็กเล็ก')
  })

  it('of an LAO lists the other institutions with their dated baseline', async () => {
    const world = await openSheetWorld()
    await provisionUnit(world.deps, { unitId: world.lao, roundId: world.roundId })
    const tab = await tabOf(world, world.lao, 'จำนวนสังกัดอื่น')
    expect(tab.rows[1]?.slice(0, 5).map((cell) => cell.v)).toEqual([
      '1099000000',
      'โรงเรียนอื่น 0',
      'สพฐ.',
      '120',
      '10 พ.ย. 2566',
    ])
  })

  it('is not made for a province', async () => {
    const world = await openSheetWorld()
    const made = await provisionUnit(world.deps, { unitId: world.province, roundId: world.roundId })
    expect(made).toEqual({ ok: false, why: 'no-sheet-needed' })
  })

  it.each([
    ['the file was made and the answer lost', { on: 'drive', method: 'POST', path: '/files', kind: '503-after' }],
    ['the template was written and the answer lost', { on: 'sheets', method: 'POST', kind: '503-after' }],
    ['the template was not written', { on: 'sheets', method: 'POST', kind: '503-before' }],
  ])('is made once although %s', async (_what, fault) => {
    const world = await openSheetWorld()
    await world.control('POST', '/faults', fault)
    const input = { unitId: world.school, roundId: world.roundId }
    await expect(provisionUnit(world.deps, input)).rejects.toMatchObject({ code: 'unreachable', retry: true })
    expect(await provisionUnit(world.deps, input)).toMatchObject({ ok: true, created: true })
    const { files } = await world.control<{ files: { mimeType: string }[] }>('GET', '/files')
    expect(files.filter(({ mimeType }) => mimeType.endsWith('spreadsheet'))).toHaveLength(1)
    expect((await pageOf(world, world.school)).sheets).toHaveLength(3)
  })

  it('is found again, not made again, when a restored backup has forgotten it', async () => {
    const world = await openSheetWorld()
    await provisionUnit(world.deps, { unitId: world.school, roundId: world.roundId })
    const first = fileOf(world, world.school).spreadsheetId
    transact(world.db, (tx) => tx.delete(sheetFiles).run())
    await provisionUnit(world.deps, { unitId: world.school, roundId: world.roundId })
    expect(fileOf(world, world.school).spreadsheetId).toBe(first)
  })

  it('reports an address that is no Google account, and does not try it again', async () => {
    const world = await openSheetWorld()
    transact(world.db, (tx) =>
      tx
        .update(googleAddresses)
        .set({ email: 'nobody@nowhere.example' })
        .where(eq(googleAddresses.personId, world.teacher.personId))
        .run(),
    )
    const input = { unitId: world.school, roundId: world.roundId }
    const first = await provisionUnit(world.deps, input)
    expect(first).toMatchObject({ shared: { answers: [{ personId: world.teacher.personId, state: 'refused' }] } })
    expect(await provisionUnit(world.deps, input)).toMatchObject({ shared: { answers: [] } })
  })

  it('is taken from an officer who has left', async () => {
    const world = await openSheetWorld()
    const input = { unitId: world.school, roundId: world.roundId }
    await provisionUnit(world.deps, input)
    transact(world.db, (tx) =>
      tx
        .update(appointments)
        .set({ validTo: world.time.now })
        .where(eq(appointments.id, world.teacher.appointmentId))
        .run(),
    )
    expect(await provisionUnit(world.deps, input)).toMatchObject({ shared: { removed: [TEACHER] } })
    expect((await pageOf(world, world.school)).permissions.map(({ email }) => email)).not.toContain(TEACHER)
    expect(fileOf(world, world.school).sharedWith).toEqual([])
  })
})
