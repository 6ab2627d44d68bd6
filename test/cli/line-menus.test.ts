import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { MENU_KINDS } from '../../src/bot/menus/menu-kind.ts'
import { openSandboxControl } from '../../src/demo/sandbox-control.ts'
import { startSandbox } from '../../src/sandbox/sandbox-server.ts'

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const REGISTRY = 'code,kind,name_th,province_code,province_th\n06990301,sao,บ้านนา,99,ทุ่งตะวัน\n'

type Ran = { code: number; out: string; err: string }

/** A sandbox beside the `lec` of the same folder, with one LAO and an officer whose LINE account is a friend. */
async function openChannel() {
  const dir = mkdtempSync(join(tmpdir(), 'lec-line-cli-'))
  const data = join(dir, 'data')
  const sandbox = await startSandbox({ dir: join(data, 'sandbox') })
  onTestFinished(async () => {
    await sandbox.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: data, LOG_LEVEL: 'silent' }
  const lec = (...args: string[]) =>
    new Promise<Ran>((resolve) => {
      execFile(process.execPath, [CLI, ...args], { cwd: dir, env }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out, err }),
      )
    })
  writeFileSync(join(dir, 'r.csv'), REGISTRY)
  await lec('import', 'units', join(dir, 'r.csv'))
  const control = openSandboxControl(sandbox.pageUrl)
  const { userId } = await control.send<{ userId: string }>('POST', '/line/people', {
    displayName: 'ผู้ใช้ตัวอย่าง',
    friend: true,
  })
  const database = () => {
    const raw = new Database(join(data, 'lec-confirm.db'))
    onTestFinished(() => void raw.close())
    return raw
  }
  const appoint = (code: string) => {
    const raw = database()
    const { unit } = raw.prepare('SELECT unit_id unit FROM unit_codes WHERE code = ?').get(code) as { unit: number }
    const person = raw.prepare('INSERT INTO people (name, line_user_id, created_at) VALUES (?, ?, 0)')
    const { lastInsertRowid } = person.run('ผู้ใช้ตัวอย่าง', userId)
    raw
      .prepare("INSERT INTO appointments (person_id, unit_id, role, valid_from) VALUES (?, ?, 'officer', 0)")
      .run(lastInsertRowid, unit)
  }
  const shown = async () =>
    (await control.get<{ richMenu: { chatBarText: string } | null }>(`/line/people/${userId}/chat`)).richMenu
      ?.chatBarText ?? null
  return { lec, control, appoint, shown, database }
}

describe('lec line', () => {
  it('plans, installs, says what it did, and has nothing to do the second time', async () => {
    const { lec, appoint, shown } = await openChannel()
    appoint('06990301')
    const planned = await lec('line', 'menus', '--dry-run')
    expect(planned.code).toBe(0)
    expect(planned.out.match(/^\+ lec-confirm\/.* to be made$/gm)).toHaveLength(MENU_KINDS.length)
    expect(planned.out).toContain('ผู้ใช้ที่จะเห็นเมนูเปลี่ยน 1 คน')
    expect(await shown()).toBeNull()

    const installed = await lec('line', 'menus')
    expect(installed.code).toBe(0)
    expect(installed.out).toContain('+ เมนู อปท.: ใส่รูปแล้ว')
    expect(installed.out).toContain('แสดงเมนูตามหน้าที่แล้ว 1 คน')
    expect(await shown()).toBe('เมนู อปท.')

    for (const args of [
      ['line', 'menus'],
      ['line', 'menus', '--dry-run'],
    ])
      expect((await lec(...args)).out).toMatch(/ไม่มีสิ่งใดเปลี่ยน/)
  }, 60_000)

  it('stopped by LINE’s hourly limit ends with 1, says so, and goes on with the same command', async () => {
    const { lec, control } = await openChannel()
    const rates = (createRichMenu?: object) =>
      control.send('PUT', '/line/settings', { rates: { ...(createRichMenu && { createRichMenu }) } })
    await rates({ requests: 2, windowMs: 3_600_000 })
    const stopped = await lec('line', 'menus')
    expect(stopped).toMatchObject({ code: 1, err: expect.stringContaining('100 ครั้งต่อชั่วโมง') })
    await rates()
    const went = await lec('line', 'menus')
    expect(went.code).toBe(0)
    expect(went.out.match(/สร้างแล้ว/g)).toHaveLength(MENU_KINDS.length - 2)
  }, 60_000)

  it('check says what is missing on the channel and what cannot be asked', async () => {
    const { lec, control } = await openChannel()
    const missing = await lec('line', 'check')
    expect(missing.code).toBe(1)
    expect(missing.out).toMatch(/✗ ยังไม่ได้ตั้ง Webhook URL/)
    expect(missing.out).toMatch(/✗ ริชเมนูขาดหรือไม่ใช่รุ่นปัจจุบัน 7 แบบ: สั่ง lec line menus/)
    expect(missing.out).toMatch(/\? .*Webhook redelivery/)
    await lec('line', 'menus')
    await control.send('PUT', '/line/settings', { webhookUrl: 'http://127.0.0.1:9/line/webhook' })
    const { out } = await lec('line', 'check')
    expect(out).toMatch(/✓ ริชเมนูครบ 7 แบบ/)
    expect(out).toMatch(/✗ LINE เรียก webhook ไม่ได้/)
  }, 60_000)

  it('lec invite prints the page of the code once the product has told where it is found', async () => {
    const { lec, database } = await openChannel()
    expect((await lec('invite', '--unit', '06990301')).out).not.toContain('/i/')
    database()
      .prepare('INSERT INTO installation (name, value) VALUES (?, ?)')
      .run('web-address', 'https://lec.example.go.th')
    const { out } = await lec('invite', '--unit', '06990301')
    expect(out).toMatch(/[2-9A-Z]{4}-[2-9A-Z]{4}\n.*https:\/\/lec\.example\.go\.th\/i\/[A-Za-z0-9_-]{22}\n$/)
  }, 60_000)
})
