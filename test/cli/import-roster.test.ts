import { execFile } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { provisionUnit } from '../../src/sheets/provision-unit.ts'
import { inventedId, pupilRow, pupilRows } from '../sheets/pupil-rows.ts'
import { rpt318Row, rpt318Sheets } from '../sheets/rpt318-fixture.ts'
import { openSheetWorld, paste, type SheetWorld, tabOf } from '../sheets/sheet-world.ts'
import { makeXlsx } from '../sheets/xlsx-fixture.ts'

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const SCHOOL = '3099300001'
const NAME = 'โรงเรียนบ้านตัวอย่าง'

type Ran = { code: number; out: string; err: string }
type CliWorld = SheetWorld & { lec: (...args: string[]) => Promise<Ran>; file: (name: string, bytes: Buffer) => string }

/** The real command in a process of its own, on this world's database and against its Google over HTTP. */
async function openCliWorld(): Promise<CliWorld> {
  const world = await openSheetWorld()
  await provisionUnit(world.deps, { unitId: world.school, roundId: world.roundId })
  const data = join(world.dir, 'data')
  mkdirSync(data)
  symlinkSync(join(world.dir, 'lec.db'), join(data, 'lec-confirm.db'))
  const setup = await world.control<{ serviceAccountFile: string; sharedDriveId: string; tokenUrl: string }>(
    'GET',
    '/setup',
  )
  const { origin } = new URL(setup.tokenUrl)
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATA_DIR: data,
    LOG_LEVEL: 'silent',
    LINE_CHANNEL_ID: '1',
    LINE_CHANNEL_SECRET: 'invented',
    GOOGLE_APPLICATION_CREDENTIALS: setup.serviceAccountFile,
    GOOGLE_SHARED_DRIVE_ID: setup.sharedDriveId,
    GOOGLE_SHEETS_ROOT_URL: origin,
    GOOGLE_DRIVE_ROOT_URL: origin,
    GOOGLE_TOKEN_URL: setup.tokenUrl,
  }
  const lec = (...args: string[]) =>
    new Promise<Ran>((resolve) => {
      const child = execFile(process.execPath, [CLI, ...args], { cwd: world.dir, env }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out, err }),
      )
      child.stdin?.end()
    })
  const file = (name: string, bytes: Buffer) => {
    writeFileSync(join(world.dir, name), bytes)
    return join(world.dir, name)
  }
  return { ...world, lec, file }
}

function rpt318(title: string, numbers: readonly string[]): Buffer {
  const rows = numbers.map((id, n) => rpt318Row(n, { id, birth: '15/5/2560' }))
  const { sheets, merges } = rpt318Sheets(title, rows)
  return makeXlsx(sheets, { merges, sharedStrings: true })
}

const rowsIn = async (world: SheetWorld) => {
  const tab = await tabOf(world, world.school, 'รายชื่อ')
  return tab.rows
    .slice(1)
    .filter((row) => row[0]?.v)
    .map((row) => row[0]?.v)
}

describe('lec import roster', () => {
  it('shows what it would do and writes nothing without --yes', async () => {
    const world = await openCliWorld()
    await paste(world, world.school, [pupilRow(0), pupilRow(7)])
    const path = world.file('RPT318.xlsx', rpt318(NAME, [0, 1, 1].map(inventedId).with(2, '1101700230705')))
    const { code, out, err } = await world.lec('import', 'roster', path, '--institution', SCHOOL)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const words of [
      `${NAME} (3099300001) รอบ 2567/1`,
      'แท็บ "ข้อมูล" หัวตารางแถวที่ 3-4 พบ 3 แถว',
      'เป็นไฟล์ของสถานศึกษานี้ ทราบจากข้อความเหนือตาราง',
      'เพิ่มใหม่ 2 ราย',
      'เปลี่ยนแปลง 1 ราย',
      'แถวที่ 2 ในตาราง): เลขประจำตัวนักเรียน, ชื่อ, นามสกุล',
      'อยู่ในตารางแต่ไม่อยู่ในไฟล์ 1 ราย ไม่มีการลบ',
      'พบข้อผิดพลาด 1 ราย',
      'แถวที่ 7 ในไฟล์: ',
      'ยังไม่ได้เขียนลงตาราง',
    ])
      expect(out).toContain(words)
    expect(out).not.toMatch(/\d{12}/)
    expect(out).not.toContain('ทดสอบ')
    expect(await rowsIn(world)).toEqual([inventedId(0), inventedId(7)])
  })

  it('writes with --yes, and finds nothing to change the second time', async () => {
    const world = await openCliWorld()
    const path = world.file('RPT318.xlsx', rpt318(NAME, [0, 1, 2].map(inventedId)))
    const args = ['import', 'roster', path, '--institution', SCHOOL, '--yes']
    const { code, out, err } = await world.lec(...args)
    expect(code).toBe(0)
    expect(out).toContain('เขียนลงตารางแล้ว: เพิ่ม 3 ราย')
    expect(err).toContain('เขียนแล้ว 3 จาก 3 ราย')
    expect(await rowsIn(world)).toEqual([0, 1, 2].map(inventedId))
    const again = await world.lec(...args)
    expect(again).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/ไม่เปลี่ยนแปลง 3 ราย[\s\S]*ไม่มีรายการที่ต้องเปลี่ยนแปลง\n$/),
    })
  })

  it('leaves rows with errors out with --only-good', async () => {
    const world = await openCliWorld()
    const path = world.file('RPT318.xlsx', rpt318(NAME, [inventedId(0), '1101700230705']))
    const { code, out } = await world.lec('import', 'roster', path, '--institution', SCHOOL, '--only-good', '--yes')
    expect(code).toBe(0)
    expect(out).toContain('ข้าม 1 แถว')
    expect(await rowsIn(world)).toEqual([inventedId(0)])
  })

  it('goes on only with --yes where nothing tells whose file it is, and says so', async () => {
    const world = await openCliWorld()
    const path = world.file('list.xlsx', rpt318('รายชื่อ', [inventedId(0)]))
    const shown = await world.lec('import', 'roster', path, '--institution', SCHOOL)
    expect(shown.code).toBe(0)
    expect(shown.out).toContain(`ในไฟล์ไม่มีข้อมูลที่ระบุว่าเป็นของสถานศึกษาใด โปรดตรวจให้แน่ใจว่าเป็นของ${NAME}`)
    expect(await rowsIn(world)).toEqual([])
    expect((await world.lec('import', 'roster', path, '--institution', SCHOOL, '--yes')).code).toBe(0)
    expect(await rowsIn(world)).toEqual([inventedId(0)])
  })

  it('reads our own template when it was downloaded', async () => {
    const world = await openCliWorld()
    const tab = await tabOf(world, world.school, 'รายชื่อ')
    const header = tab.rows[0]?.map((cell) => cell.v) ?? []
    const rows = pupilRows(2).map((row) => row.map((text, at) => (at === 12 ? true : text)))
    const bytes = makeXlsx({ รายชื่อ: [header, ...rows, Array(12).fill(null).concat(false)], ผลตรวจ: [['ตรวจล่าสุด']] })
    const path = world.file(`รายชื่อนักเรียน ครั้งที่ 1_2567 ${NAME}.xlsx`, bytes)
    const { code, out } = await world.lec('import', 'roster', path, '--institution', SCHOOL, '--yes')
    expect({ code, added: /เพิ่ม (\d+) ราย/.exec(out)?.[1] }).toEqual({ code: 0, added: '2' })
    expect((await tabOf(world, world.school, 'รายชื่อ')).rows[1]?.[12]?.v).not.toBe('TRUE')
  })

  it('refuses a file of another institution even with --yes, and names it', async () => {
    const world = await openCliWorld()
    const path = world.file('RPT318.xlsx', rpt318('ศพด.บ้านตัวอย่าง', [inventedId(0)]))
    const { code, err } = await world.lec('import', 'roster', path, '--institution', SCHOOL, '--yes')
    expect(code).toBe(1)
    expect(err).toContain('ข้อความเหนือตารางระบุ ศพด.บ้านตัวอย่าง (3099300002)')
    expect(await rowsIn(world)).toEqual([])
  })

  it('refuses what it cannot read or write to, with words and status 1', async () => {
    const world = await openCliWorld()
    const good = world.file('good.xlsx', rpt318(NAME, [inventedId(0)]))
    const other = world.file('other.csv', Buffer.from('ชื่อ,นามสกุล\nก,ข\n'))
    const attempts: [string[], RegExp][] = [
      [[join(world.dir, 'none.xlsx'), '--institution', SCHOOL], /none\.xlsx: เปิดไฟล์ไม่ได้/],
      [[other, '--institution', SCHOOL], /ขาด: เลขประจำตัวประชาชน, คำนำหน้า/],
      [[good, '--institution', '3099300009'], /ไม่รู้จักสถานศึกษารหัส 3099300009/],
      [[good, '--institution', SCHOOL, '--tab', 'ก'], /ไม่มีแท็บชื่อนี้ แท็บในไฟล์: "เงื่อนไข", "ข้อมูล"/],
    ]
    for (const [args, words] of attempts) {
      const { code, err } = await world.lec('import', 'roster', ...args)
      expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(words) })
      expect(err).not.toMatch(/ at .*\.ts/)
    }
    expect((await world.lec('import', 'roster', good)).code).toBe(2)
  }, 60_000)
})
