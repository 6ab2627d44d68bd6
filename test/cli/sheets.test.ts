import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { progressLine } from '../../src/cli/progress.ts'
import { maskEmail } from '../../src/cli/provision-summary.ts'
import { openSandboxControl } from '../../src/demo/sandbox-control.ts'
import { startSandbox } from '../../src/sandbox/sandbox-server.ts'

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

const REGISTRY = `code,kind,name_th,province_code,province_th,district_th
06990301,sao,บ้านนา,99,ทุ่งตะวัน,บ้านนา
02990101,pao,ทุ่งตะวัน,99,ทุ่งตะวัน,เมืองทุ่งตะวัน
`
const INSTITUTIONS = `code,kind,name_th,lao_code
3099600001,child_centre,บ้านนา,06990301
3099600002,child_centre,บ้านไร่,06990301
3099100001,school,ทุ่งตะวันวิทยา,02990101
`

/** A sandbox that runs beside, an LAO with two child centres and a school elsewhere; the `lec` of the same folder. */
async function openTown() {
  const dir = mkdtempSync(join(tmpdir(), 'lec-sheets-cli-'))
  const data = join(dir, 'data')
  const sandbox = await startSandbox({ dir: join(data, 'sandbox') })
  onTestFinished(async () => {
    await sandbox.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: data, LOG_LEVEL: 'silent' }
  const lec = (...args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      execFile(process.execPath, [CLI, ...args], { cwd: dir, env }, (error, out, err) => {
        resolve({ code: error ? Number(error.code) : 0, out, err })
      })
    })
  for (const [name, content] of [
    ['r.csv', REGISTRY],
    ['i.csv', INSTITUTIONS],
  ] as const) {
    writeFileSync(join(dir, name), content)
    await lec('import', 'units', join(dir, name))
  }
  await lec('round', 'add', '2567/1', '--activate')
  const control = openSandboxControl(sandbox.pageUrl)
  const appoint = (code: string, email: string) => {
    const raw = new Database(join(data, 'lec-confirm.db'))
    const { unit } = raw.prepare('SELECT unit_id unit FROM unit_codes WHERE code = ?').get(code) as { unit: number }
    const person = raw.prepare('INSERT INTO people (name, line_user_id, created_at) VALUES (?, ?, 0)')
    const personId = person.run('ครูตัวอย่าง', `U${String(unit).padStart(32, '0')}`).lastInsertRowid
    raw
      .prepare("INSERT INTO appointments (person_id, unit_id, role, valid_from) VALUES (?, ?, 'officer', 0)")
      .run(personId, unit)
    raw.prepare('INSERT INTO google_addresses (person_id, email, created_at) VALUES (?, ?, 0)').run(personId, email)
    raw.close()
  }
  const waitingNotices = () => {
    const raw = new Database(join(data, 'lec-confirm.db'))
    const rows = raw.prepare("SELECT json_extract(notice, '$.type') type FROM outbox").all() as { type: string }[]
    raw.close()
    return rows.map(({ type }) => type).sort()
  }
  const start = (...args: string[]) => execFile(process.execPath, [CLI, ...args], { cwd: dir, env })
  return { lec, start, control, appoint, waitingNotices }
}

describe('lec sheets', () => {
  it('makes what an LAO lacks, shares it, says whose address Google refused, and has nothing to do the second time', async () => {
    const town = await openTown()
    await town.control.send('POST', '/google/accounts', { email: 'teacher@school.example', name: 'ครูตัวอย่าง' })
    town.appoint('3099600001', 'teacher@school.example')
    town.appoint('3099600002', 'nobody@nowhere.example')
    const first = await town.lec('sheets', 'provision', '--lao', '06990301')
    expect(first).toMatchObject({ code: 0, err: expect.stringContaining('2/2') })
    expect(first.out).toMatch(/2567\/1: 2 แห่ง ครบแล้ว 0 แห่ง ต้องดำเนินการ 2 แห่ง/)
    expect(first.out).toMatch(/สร้าง 2 ไฟล์ แชร์ 1 บัญชี/)
    expect(first.out).toMatch(/3099600002 .*บ้านไร่: n…y@nowhere\.example/)
    expect(first.out + first.err).not.toMatch(/nobody@/)
    expect(town.waitingNotices()).toEqual(['google-address-refused', 'sheet-ready'])
    const again = await town.lec('sheets', 'provision', '--lao', '06990301')
    expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/ครบแล้ว 2 แห่ง ต้องดำเนินการ 0 แห่ง/) })
    expect(town.waitingNotices()).toHaveLength(2)
    const states = await town.lec('sheets', 'status')
    expect(states.out).toMatch(/3 แห่ง\n {2}ยังไม่มีตาราง 1 แห่ง\n {2}พร้อมใช้ 2 แห่ง/)
    expect((await town.lec('sheets', 'provision', '--province', '99')).out).toMatch(/สร้าง 1 ไฟล์/)
  }, 120_000)

  it('ends with 1 when something failed, names it with the reason, and the same command makes up for it', async () => {
    const town = await openTown()
    await town.control.send('POST', '/google/faults', {
      on: 'drive',
      method: 'POST',
      path: '/files',
      kind: 'access-lost',
    })
    const failed = await town.lec('sheets', 'provision', '--all')
    expect(failed.code).toBe(1)
    expect(failed.out).toMatch(/ไม่สำเร็จ 1 แห่ง .*\n {2}3099\d{6} .*could not create a sheet/)
    expect(await town.lec('sheets', 'provision', '--all')).toMatchObject({ code: 0 })
  }, 120_000)

  it('makes each file once though two are at it, and goes on where a killed one stopped', async () => {
    const town = await openTown()
    const spreadsheets = async () => {
      const { files } = await town.control.get<{ files: { mimeType: string }[] }>('/google/files')
      return files.filter(({ mimeType }) => mimeType.endsWith('spreadsheet')).length
    }
    await town.control.send('POST', '/google/faults', { on: 'sheets', kind: 'slow', delayMs: 4_000, times: 3 })
    const killed = town.start('sheets', 'provision', '--all')
    const deadline = Date.now() + 20_000
    while ((await spreadsheets()) === 0 && Date.now() < deadline) await new Promise((next) => setTimeout(next, 50))
    killed.kill('SIGKILL')
    await town.control.send('DELETE', '/google/faults')
    const both = await Promise.all([1, 2].map(() => town.lec('sheets', 'provision', '--all')))
    expect(both.map(({ code }) => code)).toEqual([0, 0])
    expect(await spreadsheets()).toBe(3)
    expect((await town.lec('sheets', 'status')).out).toMatch(/3 แห่ง\n {2}พร้อมใช้ 3 แห่ง/)
  }, 120_000)

  it('asks for one scope, and knows the units and rounds that there are', async () => {
    const town = await openTown()
    expect((await town.lec('sheets', 'provision')).code).toBe(2)
    expect((await town.lec('sheets', 'provision', '--all', '--lao', '06990301')).code).toBe(2)
    const unknown = await town.lec('sheets', 'provision', '--institution', '0000000000')
    expect(unknown).toMatchObject({ code: 1, err: expect.stringMatching(/ไม่รู้จักสถานศึกษา/) })
    const round = await town.lec('sheets', 'provision', '--all', '--round', '2599/1')
    expect(round).toMatchObject({ code: 1, err: expect.stringMatching(/ยังไม่มีรอบ 2599\/1/) })
  }, 120_000)
})

describe('the progress of a long run', () => {
  const now = Date.parse('2024-05-02T14:20:00+07:00')

  it.each([
    ['too little is known', { done: 1, of: 334, startedAt: now - 500, now }, '1/334 …'],
    [
      'an hour more at this pace',
      { done: 100, of: 400, startedAt: now - 1_200_000, now },
      '100/400 … เสร็จประมาณ 15.20 น.',
    ],
    [
      'it goes on into tomorrow',
      { done: 1, of: 11, startedAt: now - 3_600_000, now },
      '1/11 … เสร็จประมาณ 00.20 น. (อีก 1 วัน)',
    ],
    ['it is done', { done: 334, of: 334, startedAt: now - 1, now }, '334/334'],
  ])('forecasts the end: %s', (_what, input, line) => {
    expect(progressLine(input)).toBe(line)
  })

  it.each([
    ['somchai@school.example', 's…i@school.example'],
    ['ab@x.example', 'a…@x.example'],
  ])('masks %s', (email, masked) => {
    expect(maskEmail(email)).toBe(masked)
  })
})
