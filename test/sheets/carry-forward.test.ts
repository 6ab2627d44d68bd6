import { and, eq } from 'drizzle-orm'
import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { describe, expect, it } from 'vitest'
import { transact } from '../../src/db/open.ts'
import { pupils, rosters } from '../../src/db/schema.ts'
import { provisionUnit } from '../../src/sheets/provision-unit.ts'
import { renewFile } from '../../src/sheets/renew-file.ts'
import type { SheetDeps } from '../../src/sheets/sheet-deps.ts'
import { syncFile } from '../../src/sheets/sync-file.ts'
import { activateRound, addRound, roundByCode } from '../../src/workflow/rounds.ts'
import type { RosterTotals } from '../../src/workflow/rules/roster/roster-totals.ts'
import { SOURCE_ROUNDS } from '../../src/workflow/source-rounds.ts'
import { secondRound } from '../world/second-round.ts'
import { pupilRow, pupilRows } from './pupil-rows.ts'
import { fileOf, openSheetWorld, type Page, paste, type SheetWorld, TEACHER } from './sheet-world.ts'

/** A world in which the school's list of round 1 was read, and round 2, which carries it, is the active one. */
async function openSecondRound(rows: readonly string[][], carries: string | null = '2567/1') {
  const world = await openSheetWorld()
  await provisionUnit(world.deps, { unitId: world.school, roundId: world.roundId })
  await paste(world, world.school, rows)
  await syncFile(world.deps, fileOf(world, world.school).id)
  const first = SOURCE_ROUNDS.find((round) => round.code === '2567/1')
  if (!first) throw new Error('no round')
  const roundId = transact(world.db, (tx) => {
    addRound(tx, { round: secondRound(first, { carries }), activate: false }, world.time.now)
    activateRound(tx, '2567/2', world.time.now)
    const round = roundByCode(tx, '2567/2')
    if (!round) throw new Error('no second round')
    return round.id
  })
  return { ...world, secondId: roundId }
}

type SecondWorld = Awaited<ReturnType<typeof openSecondRound>>

const secondFile = (world: SheetWorld & { secondId: number }) => {
  const file = world.db.query.sheetFiles
    .findMany()
    .sync()
    .find((one) => one.roundId === world.secondId)
  if (!file) throw new Error('no sheet in round 2')
  return file
}
const provisionSecond = (world: SecondWorld) =>
  provisionUnit(world.deps, { unitId: world.school, roundId: world.secondId })
const tabIn = async (world: SecondWorld, title: string) => {
  const page = await world.control<Page>('GET', `/spreadsheets/${secondFile(world).spreadsheetId}`)
  const tab = page.sheets.find((sheet) => sheet.title === title)
  if (!tab) throw new Error(`no tab ${title}`)
  return tab
}
const filledRows = async (world: SecondWorld) => (await tabIn(world, 'รายชื่อ')).rows.slice(1).filter((row) => row[0]?.v)

describe('the roster sheet of round 2', () => {
  it('holds the pupils of round 1 as text, unticked, and tells where they come from', async () => {
    const rows = [...pupilRows(3), pupilRow(7, { status: 'ย้ายเข้า' }), pupilRow(8, { status: 'ลาออก', exists: '' })]
    const world = await openSecondRound(rows)
    await provisionSecond(world)
    const filled = await filledRows(world)
    expect(filled.map((row) => row[0]?.v)).toEqual(rows.slice(0, 4).map(([id]) => id))
    expect(filled.map((row) => row[11]?.v)).toEqual(Array(4).fill('เรียนอยู่'))
    expect(filled.map((row) => row[12])).toEqual(Array(4).fill(expect.objectContaining({ v: '', checkbox: true })))
    expect(
      filled.flatMap((row) => row.map((cell) => cell.kind)).filter((kind) => !['string', 'empty'].includes(kind)),
    ).toEqual([])
    const note = (await tabIn(world, 'วิธีใช้')).rows[1]?.map((cell) => cell.v).join(' ')
    expect(note).toMatch(/ยกมาจากครั้งที่ 1\/2567 นักเรียน 4 ราย .*ยังไม่ได้ยืนยัน/)
  })

  it('tells who moved in, who left and who does not exist against round 1', async () => {
    const world = await openSecondRound(pupilRows(6))
    await provisionSecond(world)
    const { id, spreadsheetId } = secondFile(world)
    const edit = (act: string, rest: object) =>
      world.control('POST', `/spreadsheets/${spreadsheetId}/${act}`, { as: TEACHER, sheetId: 0, ...rest })
    const marks = [...Array(4).fill('TRUE'), '', '']
    await edit('paste', { row: 1, column: 12, tsv: marks.join('\n') })
    await edit('type', {
      cells: [
        { row: 5, column: 11, text: 'ย้ายออก' },
        { row: 6, column: 11, text: 'ไม่มีตัวตน' },
      ],
    })
    await edit('paste', { row: 7, column: 0, tsv: pupilRow(50, { status: 'ย้ายเข้า' }).join('\t') })
    await syncFile(world.deps, id)
    const row = world.db
      .select()
      .from(rosters)
      .all()
      .find(({ roundId }) => roundId === world.secondId)
    expect(row?.counted).toBe(5)
    const totals = row?.totals as RosterTotals | undefined
    expect(totals?.changes).toMatchObject({
      carried: 6,
      stayed: 4,
      movedIn: 1,
      notExisting: 1,
      left: { ย้ายออก: 1 },
      missing: 0,
    })
  })

  it('made anew for a lost one holds all of them, ticked or not yet, and nobody who has left since', async () => {
    const world = await openSecondRound(pupilRows(9))
    await provisionSecond(world)
    const read = () => syncFile(world.deps, secondFile(world).id)
    await read()
    const edit = (act: string, more: object) =>
      world.control('POST', `/spreadsheets/${secondFile(world).spreadsheetId}/${act}`, {
        as: TEACHER,
        sheetId: 0,
        ...more,
      })
    await edit('paste', { row: 1, column: 12, tsv: ['TRUE', 'TRUE', 'TRUE'].join('\n') })
    await read()
    await edit('delete-rows', { startRow: 3, count: 1 })
    await read()
    await world.control('POST', `/files/${secondFile(world).spreadsheetId}/revoke-access`, {})
    await read()
    const renewed = transact(world.db, (tx) =>
      renewFile(tx, { roundId: world.secondId, unitId: world.school }, world.time.now),
    )
    expect(renewed).toEqual({ ok: true })
    await provisionSecond(world)
    const filled = await filledRows(world)
    const ids = pupilRows(9).map(([id]) => id)
    expect(filled.map((row) => row[0]?.v)).toEqual([...ids.slice(0, 2), ...ids.slice(3)])
    expect(filled.map((row) => row[12]?.v === 'TRUE')).toEqual([true, true, ...Array.from({ length: 6 }, () => false)])
  })

  it('is empty in a round that carries none', async () => {
    const world = await openSecondRound(pupilRows(3), null)
    await provisionSecond(world)
    expect(await filledRows(world)).toEqual([])
    expect((await tabIn(world, 'วิธีใช้')).rows.flat().some((cell) => cell.v.includes('ยกมา'))).toBe(false)
  })

  it('keeps what people made of it: provisioning again writes nothing', async () => {
    const world = await openSecondRound(pupilRows(3))
    await provisionSecond(world)
    const { spreadsheetId } = secondFile(world)
    await world.control('POST', `/spreadsheets/${spreadsheetId}/delete-rows`, {
      as: TEACHER,
      sheetId: 0,
      startRow: 1,
      count: 2,
    })
    await provisionSecond(world)
    expect(await filledRows(world)).toHaveLength(1)
  })

  it('takes over a long list in several writes, and a kill after any of them neither loses nor doubles a row', async () => {
    const world = await openSecondRound(pupilRows(2_000))
    const ref = { unitId: world.school, roundId: world.secondId }
    for (const killedAfter of [1, 1, 2]) {
      await expect(provisionUnit(killedAfterWrite(world.deps, killedAfter), ref)).rejects.toThrow('killed')
      expect(secondFile(world)).toMatchObject({ state: 'creating', sharedWith: [] })
      correctRoundOne(world)
    }
    await provisionUnit(world.deps, ref)
    const own = `${secondFile(world).spreadsheetId}:batchUpdate`
    const writes = world.exchanges.filter(({ path }) => decodeURIComponent(path).includes(own))
    expect(Math.max(...writes.map(({ body }) => Buffer.byteLength(JSON.stringify(body))))).toBeLessThan(2_000_000)
    const typed = async () => (await filledRows(world)).map((row) => row[0]?.v)
    expect(await typed()).toEqual(pupilRows(1_999).map(([id]) => id))
    await expect(landsLate(world, writes[0]?.body)).rejects.toMatchObject({ code: 'they-refused' })
    expect(await typed()).toHaveLength(1_999)
  }, 60_000)
})

/** The process ends right after its n-th write to the sheet has landed. */
function killedAfterWrite(deps: SheetDeps, n: number): SheetDeps {
  let writes = 0
  return {
    ...deps,
    google: {
      ...deps.google,
      async ask(request, work) {
        const answer = await deps.google.ask(request, work)
        if (request.bucket === 'sheets-write') writes += 1
        if (writes === n) throw new Error('killed')
        return answer
      },
    },
  }
}

/** A write of an earlier try that was on its way for long. */
function landsLate(world: SecondWorld, body: unknown): Promise<unknown> {
  const { spreadsheetId } = secondFile(world)
  const requestBody = body as sheets_v4.Schema$BatchUpdateSpreadsheetRequest
  return world.deps.google.ask({ bucket: 'sheets-write', what: 'write late' }, ({ sheets }) =>
    sheets.spreadsheets.batchUpdate({ spreadsheetId: spreadsheetId ?? '', requestBody }),
  )
}

/** Round 1 is corrected while round 2 is being made: the list gets shorter between two tries. */
function correctRoundOne(world: SecondWorld): void {
  transact(world.db, (tx) =>
    tx
      .update(pupils)
      .set({ goneAt: world.time.now })
      .where(and(eq(pupils.roundId, world.roundId), eq(pupils.row, 2_001)))
      .run(),
  )
}
