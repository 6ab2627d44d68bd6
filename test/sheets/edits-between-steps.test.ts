import { isNull } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { pupils, rosters } from '../../src/db/schema.ts'
import { pollChangesJob } from '../../src/jobs/poll-changes.ts'
import { syncSheetsJob } from '../../src/jobs/sync-sheets.ts'
import { provisionUnit } from '../../src/sheets/provision-unit.ts'
import { pupilRow, pupilRows } from './pupil-rows.ts'
import { fileOf, openSheetWorld, pageOf, paste, type SheetWorld } from './sheet-world.ts'

const never = new AbortController().signal
const ADMIN = 'people-admin'
const ID_HEADER = 'เลขประจำตัวประชาชน'
const GRADE_HEADER = 'ระดับชั้น'
const FIRST_NAME_HEADER = 'ชื่อ'

type World = SheetWorld & { admin: string; work: () => Promise<void> }

/** A roster that was read before, with two mistakes noted in it; somebody has just mended one and made another. */
async function editedSchool(): Promise<World> {
  const sheetWorld = await openSheetWorld()
  const { email } = await sheetWorld.control<{ email: string }>('POST', '/service-accounts', { name: ADMIN })
  await provisionUnit(sheetWorld.deps, { unitId: sheetWorld.school, roundId: sheetWorld.roundId })
  const poll = pollChangesJob(sheetWorld.deps)
  const sync = syncSheetsJob(sheetWorld.deps, { debounceMs: 0 })
  const work = async () => {
    await poll.run(never)
    await sync.run(never)
  }
  const world = { ...sheetWorld, admin: email, work }
  const rows = [pupilRow(0), pupilRow(1, { grade: 'ป.9' }), pupilRow(2), pupilRow(3), pupilRow(4, { grade: 'ป.8' })]
  await paste(world, world.school, rows)
  await work()
  await work()
  await act(world, { act: 'type', cells: [at(2, 8, 'ป.2'), at(3, 8, 'ป.7')] })
  return world
}

const at = (row: number, column: number, text: string) => ({ row, column, text })

/** A person with rights over the template too, so that nothing of what people do is out of reach. */
async function act(world: World, edit: Edit): Promise<void> {
  const { act: name, ...rest } = edit
  const id = fileOf(world, world.school).spreadsheetId
  await world.control('POST', `/spreadsheets/${id}/${name}`, { as: world.admin, sheetId: 0, ...rest })
}

type Edit = { act: string; [more: string]: unknown }

const edits: [string, Edit][] = [
  ['mends a mistake', { act: 'type', cells: [at(3, 8, 'ป.1')] }],
  ['makes a mistake', { act: 'type', cells: [at(1, 8, 'ป.99')] }],
  ['sorts', { act: 'sort', column: 0, descending: true }],
  ['inserts a row above', { act: 'insert-rows', startRow: 1, count: 2 }],
  ['deletes a row', { act: 'delete-rows', startRow: 1, count: 1 }],
  ['inserts a column', { act: 'insert-columns', startColumn: 4, count: 1 }],
  ['moves a column', { act: 'move-column', from: 8, to: 1 }],
  ['renames the tab', { act: 'rename-tab', title: "ห้อง 'ก'" }],
  [
    'pastes over the rows',
    { act: 'paste', row: 1, column: 0, tsv: tsv([...pupilRows(3, 5), pupilRow(9, { grade: 'ป.0' })]) },
  ],
]

function tsv(rows: string[][]): string {
  return rows.map((cells) => cells.join('\t')).join('\n')
}

/** Runs `edit` before request number `at`; true when there was such a request. */
async function editAtRequest(world: World, edit: Edit, number: number, work: () => Promise<void>): Promise<boolean> {
  let seen = 0
  world.between.step = async () => {
    seen += 1
    if (seen === number) await act(world, edit)
  }
  await work()
  world.between.step = null
  return seen >= number
}

async function drain(world: World): Promise<void> {
  for (let round = 0; round < 8; round += 1) {
    world.time.platformAhead += 15_000
    await world.work()
  }
  expect(fileOf(world, world.school)).toMatchObject({ dirtyAt: null, state: 'ok' })
}

/** Whatever happened in between: notes, ผลตรวจ and the database say what is in the sheet now, each of the right pupil. */
async function expectTruth(world: World): Promise<void> {
  const page = await pageOf(world, world.school)
  const [header = [], ...rows] = page.sheets.find(({ sheetId }) => sheetId === 0)?.rows ?? []
  const columnOf = (title: string) => header.findIndex(({ v }) => v === title)
  const [idAt, gradeAt, nameAt] = [columnOf(ID_HEADER), columnOf(GRADE_HEADER), columnOf(FIRST_NAME_HEADER)]
  const typed = rows.flatMap((cells, index) => {
    const id = cells[idAt]?.v ?? ''
    const grade = cells[gradeAt]?.v ?? ''
    return id === ''
      ? []
      : [{ row: index + 2, id, grade, name: cells[nameAt]?.v ?? '', wrong: !/^ป\.[1-6]$/.test(grade) }]
  })
  const noted = rows.flatMap((cells, index) =>
    cells.flatMap((cell, column) => (cell.note ? [{ row: index + 2, column, says: cell.note }] : [])),
  )
  expect(typed.length).toBeGreaterThan(3)
  const wrong = typed.filter((row) => row.wrong)
  expect(noted.map(({ row, column }) => [row, column])).toEqual(wrong.map(({ row }) => [row, gradeAt]))
  for (const { row, says } of noted) expect(says).toContain(wrong.find((one) => one.row === row)?.grade)
  const report = page.sheets.find(({ title }) => title === 'ผลตรวจ')?.rows ?? []
  const said = report.slice(2).map((cells) => [cells[0]?.v, cells[1]?.v])
  expect(said.filter(([row]) => row)).toEqual(
    wrong.map(({ row, name }) => [String(row), expect.stringContaining(name)]),
  )
  expect(report[0]?.[0]?.v).toContain(`ผ่าน ${typed.length - wrong.length} ราย ต้องแก้ไข ${wrong.length} ราย`)
  const stored = world.db.select().from(pupils).where(isNull(pupils.goneAt)).all()
  const names = new Map(stored.map(({ key, data }) => [key, (data as { firstName: string }).firstName]))
  for (const row of typed.filter((one) => !one.wrong)) expect(names.get(row.id)).toBe(row.name)
  expect(world.db.select().from(rosters).all()).toMatchObject([
    { errors: wrong.length, counted: typed.length - wrong.length },
  ])
}

const REQUESTS_OF_A_SYNC = 3

describe('somebody edits while the sheet is synced', () => {
  for (const [what, edit] of edits) {
    it(`who ${what}: every note, line and pupil is right in the end, whenever it was`, async () => {
      for (let number = 1; number <= REQUESTS_OF_A_SYNC; number += 1) {
        const world = await editedSchool()
        const happened = await editAtRequest(world, edit, number, world.work)
        expect(happened).toBe(true)
        await drain(world)
        await expectTruth(world)
      }
    })
  }

  it.each([
    ['Google said 503 although the write had landed', '503-after'],
    ['the connection was cut after the write', 'cut'],
    ['the connection was cut before the write', 'cut-before'],
  ])('is right in the end also where %s and rows were sorted', async (_what, kind) => {
    for (const sortAt of [REQUESTS_OF_A_SYNC, REQUESTS_OF_A_SYNC + 1]) {
      const world = await editedSchool()
      await world.control('POST', '/faults', { on: 'sheets', path: 'batchUpdate', kind })
      const twice = async () => {
        await world.work()
        world.time.platformAhead += 15_000
        await world.work()
      }
      await editAtRequest(world, { act: 'sort', column: 0, descending: true }, sortAt, twice)
      await drain(world)
      await expectTruth(world)
    }
  })
})
