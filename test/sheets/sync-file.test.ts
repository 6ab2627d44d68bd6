import { and, eq, isNull } from 'drizzle-orm'
import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { describe, expect, it } from 'vitest'
import type { UnitId } from '../../src/db/ids.ts'
import {
  countChecks,
  countSheets,
  otherCounts,
  otherInstitutions,
  pupils,
  rosterProblems,
  rosters,
} from '../../src/db/schema.ts'
import { provisionUnit } from '../../src/sheets/provision-unit.ts'
import { syncFile } from '../../src/sheets/sync-file.ts'
import { inventedId, pupilRow, pupilRows } from './pupil-rows.ts'
import { actAs, fileOf, LAO_OFFICER, openSheetWorld, pageOf, paste, type SheetWorld, tabOf } from './sheet-world.ts'

async function schoolWith(rows: string[][]): Promise<SheetWorld> {
  const world = await openSheetWorld()
  await provisionUnit(world.deps, { unitId: world.school, roundId: world.roundId })
  if (rows.length > 0) await paste(world, world.school, rows)
  return world
}

const sync = (world: SheetWorld, unitId: UnitId = world.school) => syncFile(world.deps, fileOf(world, unitId).id)

function present(world: SheetWorld) {
  return world.db
    .select()
    .from(pupils)
    .where(and(eq(pupils.institutionId, world.school), isNull(pupils.goneAt)))
    .all()
}

const rosterOf = (world: SheetWorld) => world.db.select().from(rosters).all()[0]
const problemsOf = (world: SheetWorld, unitId: UnitId = world.school) =>
  world.db.select().from(rosterProblems).where(eq(rosterProblems.unitId, unitId)).all()

async function reportOf(world: SheetWorld, unitId: UnitId = world.school): Promise<string[][]> {
  const tab = await tabOf(world, unitId, 'ผลตรวจ')
  return tab.rows.map((row) => row.map((cell) => cell.v)).filter((row) => row.some((text) => text !== ''))
}

async function notesOf(world: SheetWorld, unitId: UnitId = world.school): Promise<Record<string, string>> {
  const tab = (await pageOf(world, unitId)).sheets[0]
  const notes: Record<string, string> = {}
  for (const [row, cells] of (tab?.rows ?? []).entries()) {
    for (const [column, cell] of cells.entries()) if (cell.note) notes[`${row + 1}:${column}`] = cell.note
  }
  return notes
}

/** What only an organizer of the drive may do: header and tabs are protected from everybody else. */
async function asOrganizer(world: SheetWorld, requests: sheets_v4.Schema$Request[]): Promise<void> {
  const spreadsheetId = fileOf(world, world.school).spreadsheetId ?? ''
  await world.deps.google.owner.sheets.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } })
}

async function writesOf(world: SheetWorld): Promise<number> {
  const { items } = await world.control<{ items: { path: string }[] }>('GET', '/requests?after=0&limit=1000')
  return items.filter(({ path }) => path.includes(':batchUpdate')).length
}

describe('a roster that people typed', () => {
  it('comes into the database whole, and the sheet says that it was read', async () => {
    const world = await schoolWith(pupilRows(3))
    expect(await sync(world)).toEqual({ outcome: 'recorded', report: true })
    expect(present(world).map(({ key }) => key)).toEqual([0, 1, 2].map(inventedId))
    expect(rosterOf(world)).toMatchObject({ counted: 3, errors: 0, unexplainedWarnings: 0 })
    const [freshness] = await reportOf(world)
    expect(freshness?.[0]).toMatch(/^ตรวจล่าสุด \d\d\.\d\d น\. \(.+ 2567\) ผ่าน 3 ราย ไม่พบรายการที่ต้องแก้ไข$/)
    expect(fileOf(world, world.school)).toMatchObject({ dirtyAt: null, state: 'ok' })
  })

  it('shows what is wrong in ผลตรวจ and at the cell, without whole numbers in ผลตรวจ', async () => {
    const wrong = '1101700230705'
    const world = await schoolWith([pupilRow(0), pupilRow(1, { id: wrong }), pupilRow(2, { grade: 'ป.9' })])
    await sync(world)
    expect(present(world)).toHaveLength(1)
    expect(problemsOf(world).map(({ row, code }) => [row, code])).toEqual([
      [3, 'id_check_digit'],
      [4, 'grade_unknown'],
    ])
    const report = await reportOf(world)
    expect(report[0]?.[0]).toContain('ผ่าน 1 ราย ต้องแก้ไข 2 ราย')
    expect(report.slice(2).map((line) => line.slice(0, 4))).toEqual([
      ['3', 'ด.ช.ขวัญ มีสุข', 'เลขประจำตัวประชาชน', 'ต้องแก้ไข'],
      ['4', 'ด.ช.จันทร์ รักเรียน', 'ระดับชั้น', 'ต้องแก้ไข'],
    ])
    expect(JSON.stringify(report.map((line) => line.slice(0, 5)))).not.toContain(wrong)
    const notes = await notesOf(world)
    expect(Object.keys(notes)).toEqual(['3:0', '4:8'])
    expect(notes['4:8']).toMatch(/^LEC: ต้องแก้ไข: /)
  })

  it('loses its notes when it is right, and keeps those that people made', async () => {
    const world = await schoolWith([pupilRow(0, { grade: 'ป.9' })])
    await sync(world)
    expect(Object.keys(await notesOf(world))).toEqual(['2:8'])
    const start = { sheetId: 0, rowIndex: 1, columnIndex: 3 }
    const rows = [{ values: [{ note: 'ถามผู้ปกครอง' }] }]
    await asOrganizer(world, [{ updateCells: { start, rows, fields: 'note' } }])
    await actAs(world, { unitId: world.school, act: 'type', cells: [{ row: 1, column: 8, text: 'ป.1' }] })
    await sync(world)
    expect(await notesOf(world)).toEqual({ '2:3': 'ถามผู้ปกครอง' })
    expect(await reportOf(world)).toHaveLength(2)
    expect(present(world)).toHaveLength(1)
  })

  it('is not written to again when nothing changed', async () => {
    const world = await schoolWith([pupilRow(0), pupilRow(1, { grade: 'ป.9' })])
    await sync(world)
    const before = await writesOf(world)
    expect(await sync(world)).toEqual({ outcome: 'recorded', report: false })
    expect(await writesOf(world)).toBe(before)
  })

  it('may be sorted: nothing changes but the row numbers of what is wrong', async () => {
    const world = await schoolWith([pupilRow(0), pupilRow(1), pupilRow(2, { grade: 'ป.9' })])
    await sync(world)
    const hash = fileOf(world, world.school).contentHash
    await actAs(world, { unitId: world.school, act: 'sort', column: 0, descending: true })
    await sync(world)
    expect(fileOf(world, world.school).contentHash).toBe(hash)
    const report = await reportOf(world)
    expect(report.slice(2).map((line) => line[0])).toEqual(['2'])
    expect(Object.keys(await notesOf(world))).toEqual(['2:8'])
  })

  it('may have its columns moved, a strange one inserted and an own tab beside it', async () => {
    const world = await schoolWith(pupilRows(2))
    const columns = { sheetId: 0, dimension: 'COLUMNS' }
    await asOrganizer(world, [
      { moveDimension: { source: { ...columns, startIndex: 3, endIndex: 4 }, destinationIndex: 0 } },
      { insertDimension: { range: { ...columns, startIndex: 2, endIndex: 3 } } },
      { addSheet: { properties: { title: 'ของครู' } } },
    ])
    await sync(world)
    expect(present(world).map(({ data }) => (data as { firstName: string }).firstName)).toEqual(['กานต์', 'ขวัญ'])
  })

  it('may have its tab renamed', async () => {
    const world = await schoolWith(pupilRows(2))
    const properties = { sheetId: 0, title: "ห้อง 'ก'" }
    await asOrganizer(world, [{ updateSheetProperties: { properties, fields: 'title' } }])
    await sync(world)
    expect(present(world)).toHaveLength(2)
  })

  it('may have Thai digits, emoji and typed numbers in it', async () => {
    const thai = inventedId(0).replace(/\d/g, (digit) => String.fromCharCode(0x0e50 + Number(digit)))
    const world = await schoolWith([pupilRow(0, { id: thai, birth: '๑๕/๐๕/๒๕๖๐' }), pupilRow(1, { first: 'ขวัญ😀' })])
    await sync(world)
    expect(present(world).map(({ key }) => key)).toEqual([inventedId(0), inventedId(1)])
    expect(rosterOf(world)?.errors).toBe(0)
  })

  it('cannot hold formulas', async () => {
    const world = await schoolWith(pupilRows(2))
    const cells = [{ row: 1, column: 3, text: '=UPPER("a")' }]
    await actAs(world, { unitId: world.school, act: 'type', cells })
    await sync(world)
    expect(problemsOf(world).map(({ code }) => code)).toEqual(['cell_formula'])
    expect(present(world)).toHaveLength(1)
    // What a formula says is nobody's name.
    const names = (await reportOf(world)).map((row) => row[1])
    expect(names).toContain('แถวที่ 2')
    expect(names.join()).not.toContain('UPPER')
  })

  it('writes nothing as a formula, whatever people type', async () => {
    const world = await schoolWith([pupilRow(0, { first: '+1', grade: '@x' })])
    await sync(world)
    const tab = await tabOf(world, world.school, 'ผลตรวจ')
    expect(tab.rows.flat().some((cell) => cell.kind === 'formula')).toBe(false)
  })

  it('may be empty: nothing is wrong and nothing is there', async () => {
    const world = await schoolWith([])
    expect(await sync(world)).toMatchObject({ outcome: 'recorded' })
    expect(rosterOf(world)).toMatchObject({ counted: 0, errors: 0 })
    expect((await reportOf(world))[0]?.[0]).toContain('ยังไม่มีข้อมูลในตาราง')
  })

  it('with 5,000 rows is read, judged and told about', async () => {
    const rows = pupilRows(5000)
    rows[4999] = pupilRow(4999, { grade: 'ป.9' })
    const world = await schoolWith(rows)
    expect(await sync(world)).toMatchObject({ outcome: 'recorded' })
    expect(rosterOf(world)).toMatchObject({ counted: 4999, errors: 1 })
    expect((await reportOf(world)).at(-1)?.[0]).toBe('5001')
  })
})

describe('a roster that cannot be taken', () => {
  const retitle = (column: number, text: string) => [
    {
      updateCells: {
        start: { sheetId: 0, rowIndex: 0, columnIndex: column },
        rows: [{ values: [{ userEnteredValue: { stringValue: text } }] }],
        fields: 'userEnteredValue',
      },
    },
  ]

  it('keeps a renamed header readable: its column is known by what it carries', async () => {
    const world = await schoolWith(pupilRows(2))
    await asOrganizer(world, retitle(0, 'เลขบัตรของเด็ก'))
    await sync(world)
    expect(present(world)).toHaveLength(2)
  })

  it('reads swapped headers as they stand', async () => {
    const world = await schoolWith(pupilRows(1))
    await asOrganizer(world, retitle(3, 'นามสกุล'))
    await asOrganizer(world, retitle(4, 'ชื่อ'))
    await sync(world)
    expect(present(world)[0]?.data).toMatchObject({ firstName: 'ใจดี', lastName: 'กานต์' })
  })

  it('stays at its last good version when two headers say the same, and says so', async () => {
    const world = await schoolWith(pupilRows(2))
    await sync(world)
    await asOrganizer(world, retitle(3, 'นามสกุล'))
    expect(await sync(world)).toMatchObject({ outcome: 'trouble' })
    expect(present(world)).toHaveLength(2)
    expect(fileOf(world, world.school)).toMatchObject({ state: 'header_broken', dirtyAt: null })
    expect(fileOf(world, world.school).stateReason).toContain('นามสกุล')
    const report = await reportOf(world)
    expect(report[0]?.[0]).toContain('ยังอ่านข้อมูลไม่ได้')
    expect(report[2]?.[4]).toContain('นามสกุล')
    await asOrganizer(world, retitle(3, 'ชื่อ'))
    expect(await sync(world)).toMatchObject({ outcome: 'recorded' })
    expect(fileOf(world, world.school)).toMatchObject({ state: 'ok', stateReason: null })
  })

  it('stays at its last good version when a needed column was deleted', async () => {
    const world = await schoolWith(pupilRows(2))
    await sync(world)
    const range = { sheetId: 0, dimension: 'COLUMNS', startIndex: 6, endIndex: 7 }
    await asOrganizer(world, [{ deleteDimension: { range } }])
    expect(await sync(world)).toMatchObject({ outcome: 'trouble' })
    expect(present(world)).toHaveLength(2)
    expect(fileOf(world, world.school).stateReason).toContain('วันเดือนปีเกิด')
  })

  it('never takes the first pupil for the header when the header row was deleted', async () => {
    const world = await schoolWith(pupilRows(3))
    await sync(world)
    const range = { sheetId: fileOf(world, world.school).dataTabId ?? 0, dimension: 'ROWS', startIndex: 0, endIndex: 1 }
    await asOrganizer(world, [{ deleteDimension: { range } }])
    expect(await sync(world)).toMatchObject({ outcome: 'trouble' })
    expect(present(world)).toHaveLength(3)
    expect(fileOf(world, world.school)).toMatchObject({ state: 'header_broken' })
  })

  it('names merged cells in the table', async () => {
    const world = await schoolWith(pupilRows(4))
    await actAs(world, { unitId: world.school, act: 'merge', startRow: 2, endRow: 4, startColumn: 9, endColumn: 10 })
    expect(await sync(world)).toMatchObject({ outcome: 'trouble' })
    expect(fileOf(world, world.school).stateReason).toContain('J3:J4')
  })

  it('does not mind merged cells below or beside the table', async () => {
    const world = await schoolWith(pupilRows(2))
    await actAs(world, { unitId: world.school, act: 'merge', startRow: 9, endRow: 10, startColumn: 0, endColumn: 5 })
    expect(await sync(world)).toMatchObject({ outcome: 'recorded' })
  })

  it('is not a roster of nobody when the tab was deleted', async () => {
    const world = await schoolWith(pupilRows(2))
    await sync(world)
    await asOrganizer(world, [{ deleteSheet: { sheetId: 0 } }])
    expect(await sync(world)).toMatchObject({ outcome: 'trouble' })
    expect(present(world)).toHaveLength(2)
    expect(fileOf(world, world.school)).toMatchObject({ state: 'tab_missing' })
  })

  it('is not a roster of nobody when access was lost', async () => {
    const world = await schoolWith(pupilRows(2))
    await sync(world)
    await world.control('POST', `/files/${fileOf(world, world.school).spreadsheetId}/revoke-access`, {})
    expect(await sync(world)).toMatchObject({ outcome: 'trouble' })
    expect(present(world)).toHaveLength(2)
    expect(fileOf(world, world.school)).toMatchObject({ state: 'access_lost' })
  })

  it('gets its ผลตรวจ back when somebody deleted it', async () => {
    const world = await schoolWith(pupilRows(2))
    await asOrganizer(world, [{ deleteSheet: { sheetId: 1001 } }])
    await sync(world)
    expect((await reportOf(world))[0]?.[0]).toContain('ผ่าน 2 ราย')
  })
})

describe('writing back', () => {
  it('is repeated safely when it had landed although Google said 503', async () => {
    const world = await schoolWith([pupilRow(0, { grade: 'ป.9' })])
    await world.control('POST', '/faults', { on: 'sheets', path: 'batchUpdate', kind: '503-after' })
    await expect(sync(world)).rejects.toMatchObject({ code: 'unreachable' })
    expect(fileOf(world, world.school).dirtyAt).not.toBeNull()
    expect(await sync(world)).toEqual({ outcome: 'recorded', report: true })
    expect(Object.keys(await notesOf(world))).toEqual(['2:8'])
    expect(await reportOf(world)).toHaveLength(3)
  })

  it('notices that rows moved while it wrote, and mends the notes at the next read', async () => {
    const world = await schoolWith([pupilRow(0), pupilRow(1, { grade: 'ป.9' })])
    await world.control('POST', '/faults', { on: 'sheets', path: 'batchUpdate', kind: 'slow', delayMs: 300 })
    const first = sync(world)
    const deadline = Date.now() + 2_000
    while (present(world).length === 0 && Date.now() < deadline) await new Promise(setImmediate)
    await actAs(world, { unitId: world.school, act: 'sort', column: 0, descending: true })
    expect(await first).toEqual({ outcome: 'again' })
    expect(Object.keys(await notesOf(world))).toEqual(['3:8'])
    expect(await sync(world)).toEqual({ outcome: 'recorded', report: true })
    expect(Object.keys(await notesOf(world))).toEqual(['2:8'])
  })

  it('waits while the sheet is locked', async () => {
    const world = await schoolWith([pupilRow(0)])
    await world.deps.google.owner.drive.files.update({
      fileId: fileOf(world, world.school).spreadsheetId ?? '',
      supportsAllDrives: true,
      requestBody: { contentRestrictions: [{ readOnly: true, ownerRestricted: true, reason: 'ย้ายออกจริง' }] },
    })
    expect(await sync(world)).toEqual({ outcome: 'recorded', report: false })
  })
})

describe('the counts of other affiliations', () => {
  async function countsWith(cells: [string, string, string][]): Promise<SheetWorld> {
    const world = await openSheetWorld()
    await provisionUnit(world.deps, { unitId: world.lao, roundId: world.roundId })
    for (const [index, [current, checked, reason]] of cells.entries()) {
      const typed = [current, checked, reason].map((text, at) => ({ row: index + 1, column: 5 + at, text }))
      await actAs(world, { unitId: world.lao, as: LAO_OFFICER, act: 'type', cells: typed })
    }
    return world
  }

  it('come into the database by code', async () => {
    const world = await countsWith([
      ['๑๒๒', 'TRUE', ''],
      ['0', 'TRUE', 'ประกาศเลิก'],
    ])
    expect(await sync(world, world.lao)).toMatchObject({ outcome: 'recorded' })
    expect(world.db.select().from(countSheets).all()).toMatchObject([{ total: 122, unchecked: 0, errors: 0 }])
    expect(world.db.select().from(otherCounts).all()).toMatchObject([
      { current: 122, checked: true },
      { current: 0, checked: true, reason: 'ประกาศเลิก' },
    ])
  })

  it('show what is missing at the cell', async () => {
    const world = await countsWith([
      ['หลายคน', 'FALSE', ''],
      ['0', 'TRUE', ''],
    ])
    await sync(world, world.lao)
    expect(problemsOf(world, world.lao).map(({ row, columnKey, code }) => [row, columnKey, code])).toEqual([
      [2, 'current', 'count_not_whole'],
      [2, 'checked', 'count_unchecked'],
      [3, 'reason', 'count_zero_unexplained'],
      [3, 'current', 'count_changed'],
    ])
    expect(Object.keys(await notesOf(world, world.lao))).toEqual(['2:5', '2:6', '3:5', '3:7'])
    const report = await reportOf(world, world.lao)
    expect(report[0]?.[0]).toContain('ผ่าน 0 แห่ง ต้องแก้ไข 2 แห่ง')
    expect(report[2]?.[1]).toBe('โรงเรียนอื่น 0')
    // In chat no column says which place it is; in ผลตรวจ one does.
    expect(report[2]?.[4]).not.toContain('โรงเรียนอื่น 0')
    const named = problemsOf(world, world.lao).map(({ message }) => /^โรงเรียนอื่น \d(?= )/.exec(message)?.[0])
    expect(named).toEqual(['โรงเรียนอื่น 0', 'โรงเรียนอื่น 0', 'โรงเรียนอื่น 1', 'โรงเรียนอื่น 1'])
  })

  it('that the LAO called unchanged in chat count as typed and ticked, until another figure is typed (R23)', async () => {
    const world = await countsWith([['', 'FALSE', '']])
    await sync(world, world.lao)
    const [before] = world.db.select().from(countSheets).all()
    expect(before).toMatchObject({ unchecked: 2, errors: 2 })
    const others = world.db.select().from(otherInstitutions).all()
    for (const [index, { id }] of others.entries())
      world.db
        .insert(countChecks)
        .values({
          roundId: world.roundId,
          otherInstitutionId: id,
          total: [120, 40][index] ?? 0,
          appointmentId: world.laoOfficer.appointmentId,
          at: 1,
        })
        .run()
    await sync(world, world.lao)
    const [checked] = world.db.select().from(countSheets).all()
    expect(checked).toMatchObject({ unchecked: 0, errors: 0, total: 160 })
    expect(checked?.contentHash).not.toBe(before?.contentHash)
    await actAs(world, {
      unitId: world.lao,
      as: LAO_OFFICER,
      act: 'type',
      cells: [{ row: 1, column: 5, text: '119' }],
    })
    await sync(world, world.lao)
    expect(world.db.select().from(countSheets).all()).toMatchObject([{ unchecked: 1, total: 159 }])
    await actAs(world, {
      unitId: world.lao,
      as: LAO_OFFICER,
      act: 'type',
      cells: [{ row: 1, column: 5, text: '120' }],
    })
    await sync(world, world.lao)
    expect(world.db.select().from(countSheets).all()).toMatchObject([
      { unchecked: 0, total: 160, contentHash: checked?.contentHash },
    ])
  })

  it('get a row for an institution that was registered later', async () => {
    const world = await countsWith([])
    world.db
      .insert(otherInstitutions)
      .values({ laoId: world.lao, code: '1099000009', name: 'โรงเรียนใหม่', affiliation: 'สช.' })
      .run()
    expect(await sync(world, world.lao)).toEqual({ outcome: 'again' })
    await sync(world, world.lao)
    const tab = await tabOf(world, world.lao, 'จำนวนสังกัดอื่น')
    expect(tab.rows[3]?.slice(0, 3).map((cell) => cell.v)).toEqual(['1099000009', 'โรงเรียนใหม่', 'สช.'])
  })
})
