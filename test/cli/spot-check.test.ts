import { execFile } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { spotCheckPupils } from '../../src/db/schema.ts'
import { bangkok, openChainWorld } from '../world/chain-world.ts'

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const AT = bangkok('2024-06-05T09:00')

type Ran = { code: number; out: string; err: string }

/** The real database of the chain's world beside the real command, whose clock reads the given instant. */
async function openCliWorld() {
  const world = openChainWorld()
  for (const [place, count] of [
    ['school', 40],
    ['centre', 12],
    ['saoCentre', 8],
  ] as const)
    world.read(place, world.rows(place, count), AT)
  const data = join(world.dir, 'data')
  const folder = join(data, 'sandbox')
  mkdirSync(folder, { recursive: true })
  symlinkSync(join(world.dir, 'lec.db'), join(data, 'lec-confirm.db'))
  writeFileSync(join(folder, 'clock.json'), JSON.stringify({ offsetMs: AT - Date.now() }))
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: data, LOG_LEVEL: 'silent' }
  const lec = (...args: string[]) =>
    new Promise<Ran>((resolve) => {
      execFile(process.execPath, [CLI, 'spot-check', ...args], { cwd: world.dir, env }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out, err }),
      )
    })
  return { ...world, lec }
}

it('R40: draws, lists, and draws again from the seed what the province was shown', async () => {
  const world = await openCliWorld()
  const drawn = await world.lec('draw', '--province', 'P99', '--institutions', '2', '--seed', 'ลูกแก้ว 739')
  expect(drawn).toMatchObject({ code: 0, err: '' })
  expect(drawn.out).toContain('โดย กรม  รหัสการสุ่ม ลูกแก้ว 739')
  expect(drawn.out).toMatch(/1\. แถวที่ \d+ 1-99\d\d-xxxxx-xx-\d {2}ยังไม่ได้ตรวจ/)
  expect(drawn.out).not.toMatch(/\d{13}/)
  expect((await world.lec('list', '--province', 'P99')).out).toBe(drawn.out)
  const again = await world.lec('redraw', '--seed', 'ลูกแก้ว 739')
  expect(again).toMatchObject({ code: 0, err: '' })
  expect(again.out).toContain('ตรงกับรายการที่บันทึกไว้ทุกแห่งทุกราย')
  world.act((tx) => tx.delete(spotCheckPupils).where(eq(spotCheckPupils.number, 1)).run())
  const changed = await world.lec('redraw', '--seed', 'ลูกแก้ว 739')
  expect(changed.code).toBe(1)
  expect(changed.out).toContain('รายการที่บันทึกไว้ไม่ตรงกับผลการสุ่มซ้ำ')
}, 120_000)

it('refuses what it does not know with clear words', async () => {
  const world = await openCliWorld()
  expect(await world.lec('draw', '--province', 'P98')).toMatchObject({ code: 1, err: expect.stringContaining('P98') })
  expect(await world.lec('draw', '--province', 'P99', '--institutions', '0')).toMatchObject({ code: 2 })
  expect(await world.lec('redraw', '--seed', 'x')).toMatchObject({ code: 1, err: expect.stringContaining('ไม่พบการสุ่ม') })
}, 120_000)
