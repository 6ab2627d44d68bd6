import { execFile } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { outbox, reminders } from '../../src/db/schema.ts'
import { bangkok, mustBeDone, openChainWorld } from '../world/chain-world.ts'

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

type Ran = { code: number; out: string; err: string }

/** The real database of the chain's world beside the real command, whose clock reads the given instant. */
async function openCliWorld(at: number) {
  const world = openChainWorld()
  const data = join(world.dir, 'data')
  const folder = join(data, 'sandbox')
  mkdirSync(folder, { recursive: true })
  symlinkSync(join(world.dir, 'lec.db'), join(data, 'lec-confirm.db'))
  writeFileSync(join(folder, 'clock.json'), JSON.stringify({ offsetMs: at - Date.now() }))
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: data, LOG_LEVEL: 'silent' }
  const lec = (...args: string[]) =>
    new Promise<Ran>((resolve) => {
      execFile(process.execPath, [CLI, ...args], { cwd: world.dir, env }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out, err }),
      )
    })
  const write = (name: string, content: unknown): string => {
    writeFileSync(join(world.dir, name), JSON.stringify(content))
    return name
  }
  return { ...world, lec, write }
}

it('lec reminders preview: who gets what when, recipients a month, and what it rests on; sends nothing', async () => {
  const world = await openCliWorld(bangkok('2024-06-04T09:00'))
  mustBeDone(world.confirmRoster('saoCentre', { at: bangkok('2024-06-03T10:00') }))
  const { code, out, err } = await world.lec('reminders', 'preview')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain('วันหยุดราชการปี 2567')
  expect(out).toMatch(/5 มิ\.ย\. 2567 เวลา 08\.30 น\. · .*3d.* · ผู้รับไม่เกิน 7 คน · คาดว่า \d คน/)
  expect(out).toMatch(/12 มิ\.ย\. 2567 เวลา 08\.30 น\. · closed/)
  expect(out).toMatch(/2024-06: ไม่เกิน \d+ คาดว่า \d+/)
  expect(out).toContain('สมมติฐาน')
  expect(out, 'short names are explained').toMatch(/3d: 3 วันทำการก่อนวันสุดท้าย[\s\S]*3h: 3 ชั่วโมงก่อนหมดเวลา/)
  expect(out, 'what it leaves out').toContain('นับเฉพาะการเตือนตามแผน ไม่รวมคำสั่งเตือน ประกาศ')
  expect(out).toContain('โควตา LINE: ไม่ทราบ')
  expect(world.act((tx) => tx.select().from(outbox).all())).toHaveLength(
    world
      .act((tx) => tx.select().from(outbox).all())
      .filter(({ notice }) => (notice as { type: string }).type !== 'reminder').length,
  )
  const few = await world.lec('reminders', 'preview', '--owing', '3d=0,digest=0,1d=0')
  expect(few.out).toMatch(/5 มิ\.ย\. 2567 เวลา 08\.30 น\. · .* · คาดว่า 0 คน/)
}, 60_000)

it('lec reminders preview --unit: by name, within the time asked for', async () => {
  const world = await openCliWorld(bangkok('2024-06-04T09:00'))
  const { out } = await world.lec(
    'reminders',
    'preview',
    '--unit',
    '04990102',
    '--from',
    '2024-06-10',
    '--to',
    '2024-06-11',
  )
  expect(out).toContain('โรงเรียนเทศบาล 1: ผู้รับผิดชอบ school (เจ้าหน้าที่)')
  expect(out).not.toContain('ผู้รับผิดชอบ saoCentre')
  expect(out).not.toContain('11 มิ.ย. 2567 เวลา')
  expect(await world.lec('reminders', 'preview', '--from', '2567-06-10')).toMatchObject({ code: 1 })
  expect(await world.lec('reminders', 'preview', '--owing', '9d=0.5')).toMatchObject({
    code: 1,
    err: expect.stringContaining('7d'),
  })
}, 60_000)

it('lec reminders send --dry-run says who would be told; without it they are, once', async () => {
  const world = await openCliWorld(bangkok('2024-06-10T08:31'))
  const dry = await world.lec('reminders', 'send', '--dry-run')
  expect(dry.out).toContain('โรงเรียนเทศบาล 1 · ผู้รับผิดชอบ school (เจ้าหน้าที่) · 0d')
  expect(dry.out).toContain('ผู้รับ 8 คน ยังไม่ได้ส่ง')
  expect(world.act((tx) => tx.select().from(reminders).all())).toEqual([])
  expect((await world.lec('reminders', 'send')).out).toContain('เข้าคิวเตือน 8 คน')
  expect((await world.lec('reminders', 'send')).out).toContain('เข้าคิวเตือน 0 คน')
  expect((await world.lec('reminders', 'send', '--dry-run')).out).toContain('ขณะนี้ไม่มีใครต้องเตือน')
}, 60_000)

it('lec round reminders shows the policy, sets one from a file, and refuses a misspelt one', async () => {
  const world = await openCliWorld(bangkok('2024-06-04T09:00'))
  expect((await world.lec('round', 'reminders', '2567/1')).out).toContain('แผนการเตือนตามปกติ')
  const file = world.write('policy.json', { workingDaysBefore: [5], lastDayTimes: ['15:00'] })
  expect((await world.lec('round', 'reminders', '2567/1', '--set', file)).code).toBe(0)
  const shown = await world.lec('round', 'reminders', '2567/1')
  expect(shown.out).toContain('แผนการเตือนที่กำหนดให้รอบนี้')
  expect(shown.out).toContain('"15:00"')
  expect((await world.lec('reminders', 'preview')).out).toMatch(/10 มิ\.ย\. 2567 เวลา 15\.00 น\. · 15\.00/)
  const bad = world.write('bad.json', { lastDayTime: ['15:00'] })
  expect(await world.lec('round', 'reminders', '2567/1', '--set', bad)).toMatchObject({
    code: 1,
    err: expect.stringContaining('lastDayTime'),
  })
  expect((await world.lec('round', 'reminders', '2567/1', '--usual')).out).toContain('แผนการเตือนตามปกติ')
}, 60_000)
