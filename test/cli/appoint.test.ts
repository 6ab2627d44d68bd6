import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, transact } from '../../src/db/open.ts'
import { acceptInvitation } from '../../src/workflow/accept-invitation.ts'
import { invitationOf } from '../../src/workflow/invitations.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const REGISTRY = 'code,kind,name_th,province_code,province_th\n02990101,pao,ทุ่งตะวัน,99,ทุ่งตะวัน\n'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lec-appoint-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

function lec(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: join(dir, 'data'), LOG_LEVEL: 'silent' }
    execFile(process.execPath, [join(ROOT, 'src/cli.ts'), ...args], { cwd: dir, env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err })
    })
  })
}

/** What the officer does in chat with the code. */
function accept(code: string): void {
  const database = openDatabase(join(dir, 'data', 'lec-confirm.db'))
  const now = Date.now()
  transact(database.db, (tx) => {
    const invitationId = invitationOf(tx, code, now)?.id ?? 0
    acceptInvitation(tx, { invitationId, lineUserId: `U${'a'.repeat(32)}`, displayName: null }, now)
  })
  database.close()
}

describe('lec appoint', () => {
  it('appoints the first officer of the department, lists, suspends with a reason, and leaves it on record', async () => {
    const registry = join(dir, 'r.csv')
    writeFileSync(registry, REGISTRY)
    await lec('import', 'units', registry)
    expect(await lec('appoint', '--department')).toMatchObject({
      code: 1,
      err: expect.stringContaining('หน่วยที่อยู่เหนือขึ้นไปหนึ่งระดับเชิญในแชต'),
    })
    const order = ['--order', '5/2567', '--order-date', '2024-04-01']
    const made = await lec('appoint', '--department', '--name', 'นางสาวคนแรก ของกรม', ...order)
    const code = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(made.out)?.[0] ?? made.err
    accept(code)
    const listed = (await lec('appoint', 'list', '--unit', 'department')).out
    expect(listed).toMatch(/^1 {2}นางสาวคนแรก ของกรม {2}เจ้าหน้าที่ .* คำสั่งที่ 5\/2567 \(2024-04-01\) {2}ปฏิบัติหน้าที่/)
    expect((await lec('appoint', 'suspend', '1')).code).toBe(2)
    const suspended = await lec('appoint', 'suspend', '1', '--reason', 'คำสั่งที่ 6/2567')
    expect(suspended.out).toMatch(/ระงับหน้าที่[\s\S]*ไม่มีผู้รับผิดชอบ ขณะนี้มีเรื่องที่รอดำเนินการ 0 รายการ/)
    expect(await lec('appoint', 'suspend', '1', '--reason', 'อีกครั้ง')).toMatchObject({ code: 1, out: '' })
    expect((await lec('appoint', 'resume', '1', '--reason', 'คำสั่งที่ 7/2567')).out).toContain('ปฏิบัติหน้าที่')
  }, 120_000)
})
