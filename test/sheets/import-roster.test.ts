import { eq } from 'drizzle-orm'
import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../src/app-error.ts'
import { transact } from '../../src/db/open.ts'
import { confirmations, events, pupils, sheetFiles, snapshots, unitCodes, units } from '../../src/db/schema.ts'
import { type ImportDone, runRosterImport, showRosterImport } from '../../src/sheets/import-roster.ts'
import { ownerOfFile } from '../../src/sheets/import-roster-owner.ts'
import type { Google } from '../../src/sheets/metered-google.ts'
import { provisionUnit } from '../../src/sheets/provision-unit.ts'
import { type OutsideText, type RosterFile, readRosterFileForImport } from '../../src/sheets/rpt318-file.ts'
import { syncFile } from '../../src/sheets/sync-file.ts'
import { setState } from '../../src/workflow/component-state.ts'
import { unitById } from '../../src/workflow/unit.ts'
import { inventedId, pupilRow, pupilRows } from './pupil-rows.ts'
import { rpt318Row, rpt318Sheets } from './rpt318-fixture.ts'
import { actAs, fileOf, openSheetWorld, paste, type SheetWorld, tabOf } from './sheet-world.ts'
import { makeXlsx } from './xlsx-fixture.ts'

async function schoolWith(rows: string[][]): Promise<SheetWorld> {
  const world = await openSheetWorld()
  await provisionUnit(world.deps, { unitId: world.school, roundId: world.roundId })
  if (rows.length > 0) await paste(world, world.school, rows)
  return world
}

async function rosterFile(bytes: Buffer): Promise<RosterFile> {
  const reading = await readRosterFileForImport({ bytes, fileName: 'x.xlsx' })
  if (!reading.ok) throw new Error(reading.why)
  return reading.file
}

const header = ['เลขประจำตัวประชาชน', 'คำนำหน้า', 'ชื่อ', 'นามสกุล', 'วันเดือนปีเกิด', 'สัญชาติ', 'ระดับชั้น', 'ห้อง', 'สถานะ']

/** Rows in the template's order as a file of its own. */
function fileOfRows(rows: readonly string[][]): Promise<RosterFile> {
  const picked = rows.map((cells) => [0, 2, 3, 4, 6, 7, 8, 9, 11].map((at) => cells[at] ?? ''))
  return rosterFile(makeXlsx({ Sheet1: [header, ...picked] }))
}

const inputOf = (world: SheetWorld, file: RosterFile, onlyGood = false) => ({
  retryMs: 20,
  unit: transact(world.db, (tx) => unitById(tx, world.school)),
  roundId: world.roundId,
  file,
  onlyGood,
})

async function importInto(world: SheetWorld, file: RosterFile): Promise<ImportDone> {
  const done = await runRosterImport(world.deps, inputOf(world, file))
  if (!done.ok) throw new Error(done.why)
  return done
}

async function tableOf(world: SheetWorld): Promise<string[][]> {
  const tab = await tabOf(world, world.school, 'รายชื่อ')
  return tab.rows
    .map((row) => row.map((cell) => cell.v))
    .filter((row) => row.some((text) => text !== '' && text !== 'FALSE'))
}

/** Number, first name, surname and room of every row, as they stand. */
async function pupilsIn(world: SheetWorld): Promise<string[]> {
  return (await tableOf(world)).slice(1).map((row) => [row[0], row[3], row[4], row[9]].join(' '))
}

async function asOrganizer(world: SheetWorld, requests: sheets_v4.Schema$Request[]): Promise<void> {
  const spreadsheetId = fileOf(world, world.school).spreadsheetId ?? ''
  await world.deps.google.owner.sheets.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } })
}

/** Lets people act right before each of our writes: after all that we have read. */
function beforeWrites(world: SheetWorld, acts: (() => Promise<void>)[]): SheetWorld {
  const { google } = world.deps
  const ask: Google['ask'] = async (request, work) => {
    if (request.bucket === 'sheets-write') await acts.shift()?.()
    return google.ask(request, work)
  }
  return { ...world, deps: { ...world.deps, google: { ...google, ask } } }
}

describe("importing LEC's export into an empty sheet", () => {
  it('writes every pupil as text below the header, and the sync takes them over', async () => {
    const world = await schoolWith([])
    const rows = [0, 1, 2].map((n) =>
      rpt318Row(n, { id: inventedId(n), birth: n === 1 ? { date: 42_870 } : '15/5/2560' }),
    )
    const { sheets, merges } = rpt318Sheets('โรงเรียนบ้านตัวอย่าง', rows)
    const done = await importInto(world, await rosterFile(makeXlsx(sheets, { merges })))
    expect(done).toEqual({ ok: true, added: 3, changed: 0, moved: false, unknown: [] })
    const table = await tableOf(world)
    expect(table[2]?.slice(0, 12)).toEqual([
      ...[inventedId(1), '1001', 'ด.ช.', 'ชื่อ1', 'ทดสอบ', '', '15/05/2560', 'ไทย', 'ป.1', '1', '16/05/2566', 'เรียนอยู่'],
    ])
    const tab = await tabOf(world, world.school, 'รายชื่อ')
    expect(tab.rows[1]?.slice(0, 12).every((cell) => cell.kind === 'string' || cell.kind === 'empty')).toBe(true)
    expect(tab.rows[1]?.[12]).toMatchObject({ checkbox: true })
    expect(fileOf(world, world.school).dirtyAt).not.toBeNull()
    await syncFile(world.deps, fileOf(world, world.school).id)
    expect(world.db.select().from(pupils).all()).toHaveLength(0)
    await actAs(world, { unitId: world.school, act: 'paste', row: 1, column: 12, tsv: 'TRUE\nTRUE\nTRUE' })
    await syncFile(world.deps, fileOf(world, world.school).id)
    expect(world.db.select().from(pupils).all()).toHaveLength(3)
  })

  it('is on record once, with counts and without names or numbers', async () => {
    const world = await schoolWith([])
    await importInto(world, await fileOfRows(pupilRows(2)))
    await importInto(world, await fileOfRows(pupilRows(2)))
    const logged = world.db.select().from(events).where(eq(events.type, 'roster-imported')).all()
    expect(logged.map(({ data, unitId }) => ({ data: JSON.parse(data), unitId }))).toEqual([
      { unitId: world.school, data: { added: 2, changed: 0, rows: 2 } },
    ])
  })

  it('keeps what looks like a formula as text', async () => {
    const world = await schoolWith([])
    await importInto(world, await fileOfRows([pupilRow(0, { first: '=1+1', last: '+66' })]))
    const tab = await tabOf(world, world.school, 'รายชื่อ')
    expect(tab.rows[1]?.slice(3, 5)).toMatchObject([
      { v: '=1+1', kind: 'string' },
      { v: '+66', kind: 'string' },
    ])
  })

  it('shows without writing', async () => {
    const world = await schoolWith([pupilRow(0)])
    const before = await tableOf(world)
    const shown = await showRosterImport(world.deps, inputOf(world, await fileOfRows(pupilRows(3))))
    expect(shown).toMatchObject({ ok: true, plan: { unchanged: 1 } })
    expect(shown.ok && shown.plan.added).toHaveLength(2)
    expect(await tableOf(world)).toEqual(before)
  })
})

describe('importing into a sheet with pupils', () => {
  it('changes differing cells alone, adds at the end, removes nobody, and has nothing to do the second time', async () => {
    const world = await schoolWith([...pupilRows(3), pupilRow(9, { explanation: 'เขียนเอง' })])
    const file = await fileOfRows([pupilRow(1, { last: 'เปลี่ยนแล้ว' }), pupilRow(0), pupilRow(2), pupilRow(3)])
    const before = await tableOf(world)
    expect(await importInto(world, file)).toMatchObject({ added: 1, changed: 1 })
    const after = await tableOf(world)
    expect(after.slice(0, 5)).toEqual(before.with(2, before[2]?.with(4, 'เปลี่ยนแล้ว') ?? []))
    expect(after[5]?.[0]).toBe(inventedId(3))
    const writes = world.exchanges.filter(({ path }) => path.includes(':batchUpdate')).length
    expect(await importInto(world, file)).toMatchObject({ added: 0, changed: 0 })
    expect(world.exchanges.filter(({ path }) => path.includes(':batchUpdate'))).toHaveLength(writes)
  })

  it('grows a sheet that is full, with text cells and checkboxes in the new rows', async () => {
    const world = await schoolWith([])
    const count = (await rowCount(world)) - 1
    await paste(world, world.school, pupilRows(count))
    expect(await importInto(world, await fileOfRows(pupilRows(3, count)))).toMatchObject({ added: 3 })
    expect(await rowCount(world)).toBe(count + 4)
    const tab = await tabOf(world, world.school, 'รายชื่อ')
    expect(tab.rows[count + 3]?.[12]).toMatchObject({ checkbox: true })
    await actAs(world, {
      unitId: world.school,
      act: 'type',
      cells: [{ row: count + 3, column: 0, text: '0113200420331' }],
    })
    expect((await tableOf(world)).at(-1)?.[0]).toBe('0113200420331')
  })

  it('writes 5,000 pupils in several requests of at most 2 MB within seconds', async () => {
    const world = await schoolWith([])
    const file = await fileOfRows(pupilRows(5000))
    const told: string[] = []
    const began = performance.now()
    const done = await runRosterImport(world.deps, {
      ...inputOf(world, file),
      onProgress: ({ done: count, of }) => told.push(`${count}/${of}`),
    })
    expect(done).toMatchObject({ ok: true, added: 5000 })
    expect(performance.now() - began).toBeLessThan(20_000)
    const writes = world.exchanges.filter(({ path }) => path.includes(':batchUpdate'))
    const sizes = writes.map(({ body }) => Buffer.byteLength(JSON.stringify(body)))
    expect(Math.max(...sizes)).toBeLessThan(2_000_000)
    expect(told.length).toBeGreaterThan(1)
    expect(told.at(-1)).toBe('5000/5000')
    expect((await tableOf(world)).slice(1).map((row) => row[0])).toEqual(pupilRows(5000).map((row) => row[0]))
  }, 60_000)
})

async function rowCount(world: SheetWorld): Promise<number> {
  const spreadsheetId = fileOf(world, world.school).spreadsheetId ?? ''
  const { data } = await world.deps.google.owner.sheets.spreadsheets.get({
    spreadsheetId,
    fields: 'sheets(properties(sheetId,gridProperties(rowCount)))',
  })
  const tab = data.sheets?.find(({ properties }) => (properties?.sheetId ?? 0) === 0)
  return tab?.properties?.gridProperties?.rowCount ?? 0
}

describe('people who edit between our read and our write', () => {
  const room2 = (count: number) => fileOfRows(pupilRows(count).map((row) => row.with(9, '2')))
  const wanted = (count: number, room = '2') => pupilRows(count).map((row) => [row[0], row[3], row[4], room].join(' '))
  const sorted = (world: SheetWorld) => actAs(world, { unitId: world.school, act: 'sort', column: 0, descending: true })

  it('may sort: every value ends at its own pupil', async () => {
    const world = await schoolWith(pupilRows(6))
    const file = await fileOfRows(pupilRows(6).map((row, n) => (n < 2 ? row.with(9, `ห้อง${n}`).with(4, 'ใหม่') : row)))
    const done = await importInto(beforeWrites(world, [() => sorted(world)]), file)
    expect(done).toMatchObject({ moved: true, unknown: [] })
    const expected = pupilRows(6).map((row, n) =>
      [row[0], row[3], n < 2 ? 'ใหม่' : row[4], n < 2 ? `ห้อง${n}` : '1'].join(' '),
    )
    expect((await pupilsIn(world)).toSorted()).toEqual(expected.toSorted())
  })

  it('may sort again while values are put back', async () => {
    const world = await schoolWith(pupilRows(5))
    const file = await fileOfRows(pupilRows(5).map((row, n) => (n === 0 ? row.with(9, 'ก') : row)))
    const again = () => actAs(world, { unitId: world.school, act: 'sort', column: 3, descending: false })
    const done = await importInto(beforeWrites(world, [() => sorted(world), again, () => sorted(world)]), file)
    expect(done).toMatchObject({ moved: true, unknown: [] })
    const expected = pupilRows(5).map((row, n) => [row[0], row[3], row[4], n === 0 ? 'ก' : '1'].join(' '))
    expect((await pupilsIn(world)).toSorted()).toEqual(expected.toSorted())
  })

  it('may insert and delete rows above', async () => {
    const world = await schoolWith(pupilRows(5))
    const insert = () => actAs(world, { unitId: world.school, act: 'insert-rows', startRow: 2, count: 1 })
    await importInto(beforeWrites(world, [insert]), await room2(5))
    expect((await pupilsIn(world)).toSorted()).toEqual(wanted(5).toSorted())
    const remove = () => actAs(world, { unitId: world.school, act: 'delete-rows', startRow: 1, count: 1 })
    const file = await fileOfRows(
      pupilRows(5)
        .slice(1)
        .map((row) => row.with(9, '3')),
    )
    await importInto(beforeWrites(world, [remove]), file)
    expect((await pupilsIn(world)).toSorted()).toEqual(wanted(5, '3').slice(1).toSorted())
  })

  it('may type a pupil below the last one: nobody is overwritten', async () => {
    const world = await schoolWith(pupilRows(2))
    const type = () => paste(world, world.school, [pupilRow(7)], 3)
    await importInto(beforeWrites(world, [type]), await fileOfRows([...pupilRows(2), pupilRow(3), pupilRow(4)]))
    const found = (await tableOf(world)).slice(1).map((row) => row[0])
    expect(found.toSorted()).toEqual([0, 1, 3, 4, 7].map(inventedId).toSorted())
  })

  it('may insert a column: what met the wrong one is cleared and comes right', async () => {
    const world = await schoolWith(pupilRows(3))
    const insert = () =>
      asOrganizer(world, [
        { insertDimension: { range: { sheetId: 0, dimension: 'COLUMNS', startIndex: 4, endIndex: 5 } } },
      ])
    const file = await fileOfRows([...pupilRows(3).map((row) => row.with(9, '2')), pupilRow(3)])
    const done = await importInto(beforeWrites(world, [insert]), file)
    expect(done).toMatchObject({ moved: true, unknown: [] })
    const table = (await tableOf(world)).slice(1).map((row) => [row[0], row[3], row[4], row[5], row[9], row[10]])
    const expected = pupilRows(4).map((row, n) => [row[0], row[3], '', row[4], row[8], n < 3 ? '2' : '1'])
    expect(table.toSorted()).toEqual(expected.toSorted())
  })

  it('may correct the very cell: the file has the last word, and nothing else is touched', async () => {
    const world = await schoolWith(pupilRows(2))
    const type = () =>
      actAs(world, { unitId: world.school, act: 'type', cells: [{ row: 1, column: 3, text: 'แก้เอง' }] })
    await importInto(beforeWrites(world, [type]), await room2(2))
    expect((await tableOf(world))[1]?.slice(3, 10)).toEqual(['แก้เอง', 'ใจดี', '', '15/05/2560', 'ไทย', 'ป.1', '2'])
  })

  it('may add a pupil and sort: the one cell whose value nobody has read is named', async () => {
    const world = await schoolWith(pupilRows(2))
    const addAndSort = async () => {
      await paste(world, world.school, [pupilRow(9).with(9, 'ก')], 3)
      await sorted(world)
    }
    const file = await fileOfRows([pupilRow(0).with(9, '2'), pupilRow(1)])
    const done = await importInto(beforeWrites(world, [addAndSort]), file)
    expect(done).toMatchObject({ moved: true, unknown: [{ row: 2, columnIndex: 9 }] })
    expect((await pupilsIn(world)).toSorted().slice(0, 2)).toEqual([...wanted(1), wanted(2, '1')[1]])
  })

  it('may rename the tab', async () => {
    const world = await schoolWith(pupilRows(2))
    const properties = { sheetId: 0, title: 'ห้องเรียน' }
    const rename = () => asOrganizer(world, [{ updateSheetProperties: { properties, fields: 'title' } }])
    await importInto(beforeWrites(world, [rename]), await room2(2))
    const tab = await tabOf(world, world.school, 'ห้องเรียน')
    expect(tab.rows[1]?.[9]?.v).toBe('2')
  })
})

describe('when Google fails', () => {
  it.each(['503-after', '503-before', 'cut', '429-write'])(
    'a write that meets %s is done once',
    async (kind) => {
      const world = await schoolWith(pupilRows(2))
      await world.control('POST', '/faults', { on: 'sheets', kind, path: 'batchUpdate' })
      // The pause for a quota is a minute of the platform's clock.
      const deps = {
        ...world.deps,
        clock: { ...world.deps.clock, platformNow: () => Math.ceil(Date.now() / 60_000) * 60_000 - 5 },
      }
      const done = await runRosterImport(
        { ...world.deps, ...(kind === '429-write' ? deps : {}) },
        inputOf(world, await fileOfRows(pupilRows(4))),
      )
      expect(done).toMatchObject({ ok: true, moved: false })
      expect((await tableOf(world)).slice(1).map((row) => row[0])).toEqual([0, 1, 2, 3].map(inventedId))
    },
    30_000,
  )
})

describe('a sheet that cannot take an import', () => {
  const attempt = async (world: SheetWorld) =>
    runRosterImport(world.deps, inputOf(world, await fileOfRows(pupilRows(2))))

  it('is named when it was never made', async () => {
    const world = await openSheetWorld()
    expect(await attempt(world)).toEqual({ ok: false, why: 'no-sheet' })
  })

  it('is confirmed: the receipt is named', async () => {
    const world = await schoolWith([])
    const ref = { roundId: world.roundId, unitId: world.school, component: 'roster' } as const
    const at = { tappedAt: 1, receivedAt: 1, committedAt: 1, eventSeq: 1, headHash: '' }
    transact(world.db, (tx) => {
      const snapshot = { ...ref, hash: '', counted: 0, totals: {}, rows: [], createdAt: 1 }
      const { snapshotId } = tx.insert(snapshots).values(snapshot).returning({ snapshotId: snapshots.id }).get()
      const values = { ...ref, ...at, ...world.teacher, snapshotId, receiptNumber: '2567/1-000001' }
      const { id } = tx.insert(confirmations).values(values).returning({ id: confirmations.id }).get()
      setState(tx, ref, { state: 'confirmed', confirmationId: id }, 1)
    })
    expect(await attempt(world)).toEqual({ ok: false, why: 'confirmed', receiptNumber: '2567/1-000001' })
  })

  it('is locked, by Google or soon', async () => {
    const world = await schoolWith([])
    world.db.update(sheetFiles).set({ lockWanted: true }).run()
    expect(await attempt(world)).toEqual({ ok: false, why: 'locked' })
    world.db.update(sheetFiles).set({ lockWanted: false }).run()
    const fileId = fileOf(world, world.school).spreadsheetId ?? ''
    const lock = () =>
      world.deps.google.owner.drive.files.update({
        fileId,
        supportsAllDrives: true,
        requestBody: { contentRestrictions: [{ readOnly: true, ownerRestricted: true }] },
      })
    const whileWriting = beforeWrites(world, [async () => void (await lock())])
    expect(await attempt(whileWriting)).toEqual({ ok: false, why: 'locked' })
    expect(await attempt(world)).toEqual({ ok: false, why: 'locked' })
    expect(await tableOf(world)).toHaveLength(1)
  })

  it('has no readable header, is in the trash or out of reach', async () => {
    const world = await schoolWith([])
    const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 3, endColumnIndex: 5 }
    await asOrganizer(world, [
      { repeatCell: { range, cell: { userEnteredValue: { stringValue: 'ชื่อ' } }, fields: 'userEnteredValue' } },
    ])
    expect(await attempt(world)).toMatchObject({ ok: false, why: 'sheet-trouble', state: 'header_broken' })
    await world.control('POST', `/files/${fileOf(world, world.school).spreadsheetId}/trash`, {})
    expect(await attempt(world)).toMatchObject({ ok: false, why: 'sheet-trouble', state: 'trashed' })
    await world.control('POST', `/files/${fileOf(world, world.school).spreadsheetId}/revoke-access`, {})
    expect(await attempt(world)).toMatchObject({ ok: false, why: 'sheet-trouble', state: 'access_lost' })
  })

  it('is not taken for written when Google stays away', async () => {
    const world = await schoolWith([])
    await world.control('POST', '/faults', { on: 'sheets', kind: '500', path: 'batchUpdate', times: 10 })
    await expect(attempt(world)).rejects.toThrow(AppError)
    expect(await tableOf(world)).toHaveLength(1)
  }, 30_000)
})

describe('whose roster a file is', () => {
  async function told(
    outside: OutsideText[],
    prepare?: (world: SheetWorld) => Promise<void> | void,
    numbers = [0, 1, 2],
  ) {
    const world = await openSheetWorld()
    await prepare?.(world)
    return transact(world.db, (tx) => {
      const unit = unitById(tx, world.school)
      return ownerOfFile(tx, { unit, roundId: world.roundId, outside, numbers: numbers.map(inventedId) })
    })
  }
  const OURS = 'โรงเรียนบ้านตัวอย่าง'
  const CENTRE = { name: 'ศพด.บ้านตัวอย่าง', code: '3099300002' }

  it.each<[string, OutsideText[], unknown]>([
    ['our code in the title', [{ place: 'title', text: 'รหัส ๓๐๙๙๓๐๐๐๐๑' }], { whose: 'ours', by: 'title' }],
    ['our name in the title', [{ place: 'title', text: `รายชื่อ ${OURS} ปี 2567` }], { whose: 'ours', by: 'title' }],
    ['our name in short', [{ place: 'title', text: 'รร.บ้านตัวอย่าง' }], { whose: 'ours', by: 'title' }],
    ['our name in the file name', [{ place: 'file-name', text: `${OURS}.xlsx` }], { whose: 'ours', by: 'file-name' }],
    [
      'the code of another in the properties',
      [{ place: 'properties', text: '3099300002' }],
      { whose: 'another', by: 'properties', unit: CENTRE },
    ],
    [
      'the name of another on a tab',
      [{ place: 'tab-name', text: 'ศพด. บ้านตัวอย่าง' }],
      { whose: 'another', by: 'tab-name', unit: CENTRE },
    ],
    [
      'another in the title and ours in a list on another tab',
      [
        { place: 'title', text: 'ศูนย์พัฒนาเด็กเล็กบ้านตัวอย่าง' },
        { place: 'other-tabs', text: OURS },
      ],
      { whose: 'another', by: 'title', unit: CENTRE },
    ],
    [
      'ours in the title among all of the LAO',
      [
        { place: 'title', text: `${OURS} อบต.ทุ่งตัวอย่าง 06990101` },
        { place: 'other-tabs', text: '3099300002' },
      ],
      { whose: 'ours', by: 'title' },
    ],
    ['our LAO alone', [{ place: 'title', text: 'อบต.ทุ่งตัวอย่าง 06990101' }], { whose: 'unknown' }],
    ['a telephone number and a date', [{ place: 'title', text: '0812345678 25670610' }], { whose: 'unknown' }],
    ['nothing', [], { whose: 'unknown' }],
  ])('is told by %s', async (_, outside, owner) => {
    expect(await told(outside)).toEqual(owner)
  })

  it('is not told by the beginning of a longer name', async () => {
    const longer = (world: SheetWorld) => {
      const values = {
        level: 'institution',
        kind: 'school',
        name: `${OURS}พิทยา`,
        parentId: world.lao,
        openedAt: 0,
      } as const
      const { id } = world.db.insert(units).values(values).returning({ id: units.id }).get()
      world.db.insert(unitCodes).values({ unitId: id, code: '3099300009', validFrom: 0 }).run()
    }
    expect(await told([{ place: 'title', text: `${OURS}พิทยา` }], longer)).toMatchObject({
      whose: 'another',
      unit: { code: '3099300009' },
    })
    expect(await told([{ place: 'title', text: OURS }], longer)).toEqual({ whose: 'ours', by: 'title' })
  })

  const inCentre = (count: number) => async (world: SheetWorld) => {
    await provisionUnit(world.deps, { unitId: world.centre, roundId: world.roundId })
    const rows = Array.from({ length: count }, (_, n) => pupilRow(n, { grade: 'อ.3', birth: '15/05/2562' }))
    await actAs(world, {
      unitId: world.centre,
      as: world.worker,
      act: 'paste',
      row: 1,
      column: 0,
      tsv: rows.map((row) => row.join('\t')).join('\n'),
    })
    await syncFile(world.deps, fileOf(world, world.centre).id)
  }

  it('is told by most of its numbers standing in another roster, also where the title says ours', async () => {
    const centre = { whose: 'another', by: 'numbers', unit: CENTRE, numbers: 2, of: 3 }
    expect(await told([], inCentre(2))).toEqual(centre)
    expect(await told([{ place: 'title', text: OURS }], inCentre(2))).toEqual(centre)
  })

  it('is not told by a few of its numbers', async () => {
    expect(await told([], inCentre(1))).toEqual({ whose: 'unknown' })
  })
})
