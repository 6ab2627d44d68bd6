import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lec-cli-'))
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

function file(name: string, content: string | Buffer): string {
  const path = join(dir, name)
  writeFileSync(path, content)
  return path
}

const REGISTRY = `code,kind,name_th,province_code,province_th,district_th
02990101,pao,ทุ่งตะวัน,99,ทุ่งตะวัน,เมืองทุ่งตะวัน
06990301,sao,บ้านนา,99,ทุ่งตะวัน,บ้านนา
`
const INSTITUTIONS = `code,kind,name_th,lao_code
3099300001,child_centre,"บ้านนา, หมู่ 1",06990301
3099100001,school,ทุ่งตะวันวิทยา,02990101
`

describe('lec', () => {
  it('lists every command in its help', async () => {
    const { code, out } = await lec('--help')
    expect(code).toBe(0)
    for (const name of [
      'import',
      'round',
      'invite',
      'sync',
      'status',
      'verify-log',
      'check-roster',
      'sheets',
      'unit',
      'appoint',
      'extend',
      'export',
      'spot-check',
      'evidence',
    ])
      expect(out).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'))
  })

  it('imports a registry and an institutions file, says what it did, and changes nothing the second time', async () => {
    expect(await lec('import', 'units', file('r.csv', `\ufeff${REGISTRY}`))).toMatchObject({
      code: 0,
      out: expect.stringMatching(/เพิ่ม 3 แห่ง/),
    })
    const institutions = await lec('import', 'units', file('i.csv', INSTITUTIONS))
    expect(institutions).toMatchObject({
      code: 0,
      out: expect.stringMatching(/เพิ่ม 2 แห่ง/),
      err: expect.stringMatching(/30xx3/),
    })
    expect((await lec('import', 'units', file('r2.csv', REGISTRY))).out).toMatch(/เพิ่ม 0 แห่ง .*ไม่เปลี่ยนแปลง 3/)
  })

  it('names every bad line of a units file with its number and imports none of it', async () => {
    const bad = `${REGISTRY}2990102,pao,เลขศูนย์หาย,99,ทุ่งตะวัน,x\n06990301,sao,ซ้ำ,99,ทุ่งตะวัน,x\n06990302,castle,ปราสาท,99,ทุ่งตะวัน,x\n`
    const { code, err } = await lec('import', 'units', file('bad.csv', bad))
    expect(code).toBe(1)
    expect(err).toMatch(/bad\.csv:4:.*8 หลัก.*เลขศูนย์/)
    expect(err).toMatch(/bad\.csv:5:.*ซ้ำกับบรรทัดที่ 3/)
    expect(err).toMatch(/bad\.csv:6:.*castle/)
    expect((await lec('import', 'units', file('ok.csv', REGISTRY))).out).toMatch(/เพิ่ม 3 แห่ง/)
  })

  it.each([
    ['a file that is not there', () => join(dir, 'none.csv'), /เปิดไฟล์ไม่ได้/],
    ['an empty file', () => file('empty.csv', ''), /ไม่มีข้อมูล/],
    ['a file with another header', () => file('other.csv', 'a,b\n1,2\n'), /ไม่มีคอลัมน์ code, kind/],
    ['institutions of an unknown LAO', () => file('lost.csv', INSTITUTIONS), /ไม่รู้จัก อปท. ต้นสังกัดรหัส 06990301/],
  ])('refuses %s with exit status 1 and clear words', async (_what, path, words) => {
    const { code, err } = await lec('import', 'units', path())
    expect(code).toBe(1)
    expect(err).toMatch(words)
    expect(err).not.toMatch(/ at .*\.ts/)
  })

  it('adds the rounds of the source documents and shows who is left', async () => {
    await lec('import', 'units', file('r.csv', REGISTRY))
    expect((await lec('round', 'add', '2563/2')).out).toMatch(/เพิ่มรอบ 2563\/2/)
    expect((await lec('round', 'add', '2567/1', '--activate')).out).toMatch(/เปิดใช้งาน/)
    expect((await lec('round', 'list')).out).toMatch(/2567\/1 .*\(active\)/)
    expect((await lec('status')).out).toMatch(/จังหวัดทุ่งตะวัน: ยังไม่ยืนยัน/)
    expect((await lec('status', '--unit', 'P99')).out).toMatch(/06990301 องค์การบริหารส่วนตำบลบ้านนา/)
    expect(await lec('status', '--unit', '00000000')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/ไม่รู้จักหน่วยงาน/),
    })
    expect(await lec('round', 'add', '2599/1')).toMatchObject({ code: 1, err: expect.stringMatching(/ไม่รู้จักรอบ/) })
  })

  it('finds a changed row of the event log and names it', async () => {
    await lec('import', 'units', file('r.csv', REGISTRY))
    expect(await lec('verify-log')).toMatchObject({ code: 0, out: expect.stringMatching(/ถูกต้องครบถ้วน/) })
    const raw = new Database(join(dir, 'data', 'lec-confirm.db'))
    expect(() => raw.exec("UPDATE events SET data = '{}' WHERE seq = 2")).toThrow(/append-only/)
    raw.exec("DROP TRIGGER events_no_update; UPDATE events SET data = '{}' WHERE seq = 2")
    raw.close()
    const { code, err } = await lec('verify-log')
    expect(code).toBe(1)
    expect(err).toMatch(/รายการที่ 2\b.*ถูกแก้ไข/)
  })

  it('refuses half of the settings and lists all that is missing, with exit status 2', async () => {
    writeFileSync(join(dir, '.env'), 'LINE_CHANNEL_ID=abc\n')
    const { code, err } = await lec('status')
    expect(code).toBe(2)
    for (const name of [
      'LINE_CHANNEL_ID',
      'LINE_CHANNEL_SECRET',
      'GOOGLE_APPLICATION_CREDENTIALS',
      'GOOGLE_SHARED_DRIVE_ID',
    ])
      expect(err).toMatch(name)
  })

  it.each([
    ['an unknown command', ['foo']],
    ['an unknown option', ['status', '--bogus']],
    ['a missing option', ['invite']],
  ])('ends with 2 on %s', async (_what, args) => {
    expect((await lec(...args)).code).toBe(2)
  })

  describe('extend', () => {
    const extend = ['extend', '--scope', 'lao', '--unit', '06990301', '--reason', 'น้ำท่วม', '--letter', 'มท 1']
    beforeEach(async () => {
      await lec('import', 'units', file('r.csv', REGISTRY))
      await lec('round', 'add', '2567/1', '--activate')
    })

    it('gives more time by a letter and ends it again; then the round may be archived', async () => {
      const { out } = await lec(...extend, '--until', '2099-06-12 17:00')
      expect(out).toMatch(/ขยายเวลา 2567\/1 องค์การบริหารส่วนตำบลบ้านนา/)
      expect((await lec('round', 'archive', '2567/1')).err).toMatch(/ยังไม่ปิด/)
      expect((await lec(...extend, '--end')).out).toMatch(/ยกเลิกการขยายเวลา/)
      expect((await lec('round', 'archive', '2567/1')).out).toMatch(/เก็บรอบ 2567\/1 เข้าแฟ้มแล้ว/)
    })

    it('says why it cannot', async () => {
      const past = await lec(...extend, '--until', '2024-06-12')
      expect(past).toMatchObject({ code: 1, err: expect.stringMatching(/ผ่านไปแล้ว/) })
      const unread = await lec(...extend, '--until', 'พรุ่งนี้')
      expect(unread).toMatchObject({ code: 1, err: expect.stringMatching(/--until/) })
    })
  })

  it('lists what the close leaves', async () => {
    const clock = (iso: string) => {
      mkdirSync(join(dir, 'data', 'sandbox'), { recursive: true })
      writeFileSync(join(dir, 'data', 'sandbox', 'clock.json'), `{"offsetMs":${Date.parse(iso) - Date.now()}}`)
    }
    clock('2024-05-02T09:00:00+07:00')
    await lec('import', 'units', file('r.csv', REGISTRY))
    await lec('import', 'units', file('i.csv', INSTITUTIONS))
    await lec('round', 'add', '2567/1', '--activate')
    clock('2024-06-12T09:00:00+07:00')
    const { code, out } = await lec('status', '--closing')
    expect(code).toBe(0)
    expect(out).toMatch(/ไม่เคยยืนยัน 5 รายการ/)
    expect(out).toMatch(/3099100001 .*\(.*จังหวัดทุ่งตะวัน\) รายชื่อ/)
    expect((await lec('status', '--closing', '--unit', '06990301')).err).toMatch(/ไม่ใช่จังหวัด/)
  })

  it('refuses an order date that no calendar has', async () => {
    await lec('import', 'units', file('r.csv', REGISTRY))
    const refused = await lec('invite', '--unit', 'department', '--order-date', '2567-99-99')
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/YYYY-MM-DD/) })
  })
})
