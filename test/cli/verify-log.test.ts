import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { logVerdict } from '../../src/cli/log-verdict.ts'
import type { Witness } from '../../src/workflow/log-witness.ts'
import { bangkok, type ChainWorld, mustBeDone, openChainWorld } from '../world/chain-world.ts'

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const AT = bangkok('2024-06-05T09:00')
const NO_TRIGGERS =
  'DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete; DROP TRIGGER IF EXISTS events_only_append;'

/** Two institutions confirmed: the first receipt is printed and kept by somebody. */
function confirmed() {
  const world = openChainWorld()
  for (const place of ['school', 'centre'] as const) mustBeDone(world.confirmRoster(place, { at: AT }))
  const [receipt] = world.receipts()
  if (!receipt) throw new Error('no receipt')
  const printed = { receiptNumber: receipt.receiptNumber, hash: receipt.headHash.slice(0, 12) }
  return { world, receipt, printed }
}
const verdict = (world: ChainWorld, witness: Witness | null = null) => world.act((tx) => logVerdict(tx, witness))
const tamper = (world: ChainWorld, sql: string) =>
  world.database.raw.exec(`PRAGMA foreign_keys = OFF; ${NO_TRIGGERS} ${sql}`)

describe('lec verify-log names what was done to the log (R38)', () => {
  it('R38: is satisfied with a whole log, and with the receipt that somebody holds', () => {
    const { world, receipt, printed } = confirmed()
    expect(verdict(world)).toMatchObject({ whole: true, faults: [] })
    expect(verdict(world, printed)).toMatchObject({ whole: true, faults: [] })
    const head = { seq: receipt.eventSeq, hash: receipt.headHash.slice(0, 8).toUpperCase() }
    expect(verdict(world, head)).toMatchObject({ whole: true })
  })

  it('names a changed row by its number, moment, act and unit', () => {
    const { world, receipt } = confirmed()
    tamper(world, `UPDATE events SET person_id = 1 WHERE seq = ${receipt.eventSeq}`)
    const { whole, faults } = verdict(world)
    expect(whole).toBe(false)
    expect(faults).toEqual([
      `รายการที่ ${receipt.eventSeq} (5 มิ.ย. 2567 09.00.00 น. · ยืนยันข้อมูลรายชื่อ 10 คน · โรงเรียนเทศบาล 1): ถูกแก้ไข`,
    ])
  })

  it('says so too when the data of a confirmation is no longer readable', () => {
    const { world, receipt } = confirmed()
    tamper(world, `UPDATE events SET data = '{' WHERE seq = ${receipt.eventSeq}`)
    expect(verdict(world).faults).toEqual([
      expect.stringMatching(/\(5 มิ\.ย\. 2567 09\.00\.00 น\. · confirmed · โรงเรียนเทศบาล 1\): ถูกแก้ไข$/),
      `ใบรับ 2567/1-000001: ไม่ตรงกับบันทึกรายการที่ ${receipt.eventSeq}`,
    ])
  })

  it('names every removed row of a range, and the row that no longer follows', () => {
    const { world, receipt } = confirmed()
    tamper(world, `DELETE FROM events WHERE seq IN (${receipt.eventSeq - 2}, ${receipt.eventSeq - 1})`)
    const { faults } = verdict(world)
    expect(faults[0]).toBe(`รายการที่ ${receipt.eventSeq - 2} ถึง ${receipt.eventSeq - 1}: หายไป`)
    expect(faults[1]).toContain(`รายการที่ ${receipt.eventSeq} (`)
    expect(faults[1]).toContain('ไม่ต่อกับรายการก่อนหน้า')
  })

  it('names a row that was put in, whatever stands in it', () => {
    const { world } = confirmed()
    const { rows } = verdict(world)
    tamper(
      world,
      `INSERT INTO events SELECT ${rows + 1}, at, 'nothing-known', version, round_id, unit_id, person_id, appointment_id, 'no json', previous_hash, hash FROM events WHERE seq = ${rows}`,
    )
    expect(verdict(world).faults.join('\n')).toMatch(new RegExp(`รายการที่ ${rows + 1} \\(.*nothing-known`))
  })

  it('finds a tail that was cut together with its receipts, given one of them', () => {
    const { world, receipt, printed } = confirmed()
    tamper(
      world,
      `DELETE FROM events WHERE seq >= ${receipt.eventSeq}; UPDATE component_states SET confirmation_id = NULL, reported_confirmation_id = NULL; DELETE FROM confirmations`,
    )
    expect(verdict(world).whole).toBe(true)
    expect(verdict(world, printed).faults).toEqual([expect.stringContaining('ใบรับ 2567/1-000001 ที่นำมาตรวจ: ไม่มีในระบบ')])
    expect(verdict(world, { seq: receipt.eventSeq, hash: printed.hash }).faults).toEqual([
      expect.stringContaining('แสดงว่าถูกตัดท้าย'),
    ])
  })

  it('finds a cut tail by the receipts in the tables alone', () => {
    const { world, receipt } = confirmed()
    tamper(world, `DELETE FROM events WHERE seq >= ${receipt.eventSeq}`)
    expect(verdict(world).faults).toContain(`ใบรับ 2567/1-000001: บันทึกรายการที่ ${receipt.eventSeq} ถูกตัดออก`)
  })

  it('finds a receipt that was taken out of the tables while the log still has it', () => {
    const { world } = confirmed()
    tamper(
      world,
      "UPDATE component_states SET confirmation_id = NULL, reported_confirmation_id = NULL; DELETE FROM confirmations WHERE receipt_number = '2567/1-000002'",
    )
    expect(verdict(world).faults).toEqual([
      expect.stringMatching(/^ใบรับ 2567\/1-000002: มีในบันทึกรายการที่ \d+ แต่ไม่มีในตาราง$/),
    ])
  })

  it('finds a log that was rewritten with fitting hashes and receipts, given the printed receipt', () => {
    const { world, printed } = confirmed()
    const forged = openChainWorld()
    mustBeDone(forged.confirmRoster('school', { at: AT, sheet: forged.rows('school', 12) }))
    expect(verdict(forged).whole).toBe(true)
    expect(verdict(forged, printed).faults).toEqual([expect.stringContaining('แสดงว่าถูกเขียนใหม่')])
    expect(verdict(world, printed).whole).toBe(true)
  })
})

describe('the command', () => {
  async function lecOn(world: ChainWorld) {
    const dir = mkdtempSync(join(tmpdir(), 'lec-verify-'))
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
    mkdirSync(join(dir, 'data'))
    const path = join(dir, 'data', 'lec-confirm.db')
    await world.database.raw.backup(path)
    const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: join(dir, 'data'), LOG_LEVEL: 'silent' }
    const lec = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
      new Promise((resolve) => {
        execFile(process.execPath, [CLI, ...args], { cwd: dir, env }, (error, out, err) =>
          resolve({ code: error ? Number(error.code) : 0, out, err }),
        )
      })
    return { path, lec }
  }

  it('takes the receipt and hash as printed, replays on demand, and ends with 1 when something does not fit', async () => {
    const { world, receipt, printed } = confirmed()
    const { path, lec } = await lecOn(world)
    const given = ['verify-log', '--receipt', printed.receiptNumber, '--hash', printed.hash]
    const good = await lec(...given, '--replay')
    expect(good).toMatchObject({ code: 0, err: '' })
    expect(good.out).toMatch(/ถูกต้องครบถ้วน\nตรงกับใบรับหรือรหัสที่นำมาตรวจ\nสถานะที่ได้จากบันทึกตรงกับตารางทุกแห่ง/)
    expect(await lec('verify-log', '--head', `${receipt.eventSeq}:00000000`)).toMatchObject({
      code: 1,
      err: expect.stringContaining('แสดงว่าถูกเขียนใหม่'),
    })
    expect(await lec('verify-log', '--hash', 'xyz')).toMatchObject({
      code: 1,
      err: expect.stringContaining('รหัส xyz ไม่ถูกต้อง'),
    })
    const raw = new Database(path)
    raw.exec("UPDATE component_states SET state = 'open', confirmation_id = NULL WHERE component = 'roster'")
    raw.close()
    expect(await lec('verify-log', '--replay')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/components .* state: ตามบันทึก "confirmed" ตามตาราง "open"/),
      out: expect.stringMatching(/สถานะที่ได้จากบันทึกต่างจากตาราง \d+ จุด/),
    })
  })

  it('lec evidence prints text or CSV and needs to know of whom', async () => {
    const { world } = confirmed()
    const { lec } = await lecOn(world)
    expect(await lec('evidence', '--unit', '3099200001', '--round', '2567/1')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/หลักฐานการดำเนินการของ โรงเรียนเทศบาล 1.*ใบรับ 2567\/1-000001.*ถูกต้องครบถ้วน/s),
    })
    expect((await lec('evidence', '--person', 'ผู้รับผิดชอบ school', '--format', 'csv')).out).toMatch(/^\ufeffวันเวลา,เรื่อง/)
    expect(await lec('evidence')).toMatchObject({
      code: 1,
      err: expect.stringContaining('โปรดระบุ --unit หรือ --person'),
    })
  })
})
