import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lec-unit-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

type Ran = { code: number; out: string; err: string }

function lec(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: join(dir, 'data'), LOG_LEVEL: 'silent' }
    execFile(process.execPath, [join(ROOT, 'src/cli.ts'), ...args], { cwd: dir, env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err })
    })
  })
}
function file(...lines: string[]): string {
  const path = join(dir, 'units.csv')
  writeFileSync(path, `${HEADER}\n${lines.join('\n')}\n`)
  return path
}

const HEADER = 'code,kind,name_th,province_code,province_th,lao_code,former_code,closed'
const SAO = '06990301,sao,บ้านนา,99,ทุ่งตะวัน,,,'
const TOWN = '04990102,town_municipality,ทุ่งตะวัน,99,ทุ่งตะวัน,,,'
const CENTRE = '3099300001,child_centre,บ้านนา,,,06990301,,'

it('a dry run prints the plan and does nothing; the import does it and names what is not in the file', async () => {
  await lec('import', 'units', file(SAO, TOWN, CENTRE))
  const upgraded = file('05990301,subdistrict_municipality,บ้านนา,99,ทุ่งตะวัน,,06990301,')
  const dry = await lec('import', 'units', upgraded, '--dry-run')
  expect(dry).toMatchObject({ code: 0, out: expect.stringMatching(/เปลี่ยนรหัส: 06990301 .*05990301 เทศบาลตำบลบ้านนา/) })
  expect(dry.out).toContain('เป็นแผนเท่านั้น')
  expect(dry.out).toContain('ไม่อยู่ในไฟล์: 04990102')
  const done = await lec('import', 'units', upgraded)
  expect(done.out).toMatch(/เปลี่ยนรหัส 1/)
  const shown = await lec('unit', 'show', '06990301')
  expect(shown.err).toContain('06990301 เป็นรหัสเดิมของเทศบาลตำบลบ้านนา รหัสปัจจุบัน 05990301')
  expect(shown.out).toMatch(/รหัสเดิม 06990301 ถึง/)
}, 60_000)

it('recodes, moves and closes with the letter it rests on, and says why not', async () => {
  await lec('import', 'units', file(SAO, TOWN, CENTRE))
  expect(await lec('unit', 'recode', '06990301', '05990301')).toMatchObject({
    code: 1,
    err: expect.stringContaining('--letter'),
  })
  const recoded = await lec(
    'unit',
    'recode',
    '06990301',
    '05990301',
    '--kind',
    'subdistrict_municipality',
    '--letter',
    'มท 55',
  )
  expect(recoded).toMatchObject({
    code: 0,
    out: expect.stringContaining('จาก องค์การบริหารส่วนตำบลบ้านนา เป็น เทศบาลตำบลบ้านนา'),
  })
  expect(await lec('unit', 'close', '05990301', '--letter', 'มท 56')).toMatchObject({
    code: 1,
    err: expect.stringContaining('ศูนย์พัฒนาเด็กเล็กบ้านนา'),
  })
  const moved = await lec('unit', 'move', '3099300001', '--to', '04990102', '--reason', 'โอนย้าย')
  expect(moved).toMatchObject({ code: 0, out: expect.stringContaining('ไป เทศบาลเมืองทุ่งตะวัน') })
  expect(await lec('unit', 'close', '05990301', '--letter', 'มท 56', '--from', '2026-02-30')).toMatchObject({ code: 1 })
  expect(await lec('unit', 'merge', '05990301', '--into', '04990102', '--letter', 'มท 56')).toMatchObject({ code: 0 })
  expect((await lec('unit', 'show', '05990301')).out).toMatch(/ยุบรวม รวมกับ เทศบาลเมืองทุ่งตะวัน หนังสือ มท 56/)
  expect(await lec('verify-log')).toMatchObject({ code: 0 })
}, 60_000)

it('takes back a closing that was recorded by mistake, with its letter and reason, and says what it needs', async () => {
  await lec('import', 'units', file(SAO, TOWN, CENTRE))
  expect(await lec('unit', 'reopen', '3099300001', '--letter', 'มท 60', '--reason', 'ระบุหน่วยผิด')).toMatchObject({
    code: 1,
    err: expect.stringContaining('ไม่ได้ปิด'),
  })
  expect(await lec('unit', 'close', '3099300001', '--letter', 'มท 56')).toMatchObject({ code: 0 })
  expect(await lec('unit', 'reopen', '3099300001', '--letter', 'มท 60')).toMatchObject({
    code: 1,
    err: expect.stringContaining('ทั้งหนังสือ (--letter) และเหตุผล (--reason)'),
  })
  const reopened = await lec('unit', 'reopen', '3099300001', '--letter', 'มท 60', '--reason', 'ระบุหน่วยผิด')
  expect(reopened).toMatchObject({ code: 0 })
  const shown = await lec('unit', 'show', '3099300001')
  expect(shown.out).toMatch(/ยกเลิกการปิด หนังสือ มท 60 เหตุผล ระบุหน่วยผิด/)
  expect(shown.out).not.toContain('ปิดแล้ว')
  expect(await lec('verify-log')).toMatchObject({ code: 0 })
}, 120_000)
