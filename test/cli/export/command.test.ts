import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { snapshots } from '../../../src/db/schema.ts'
import { bangkok, type ChainWorld, mustBeDone, openChainWorld } from '../../world/chain-world.ts'
import { emptyFolder, readExport } from './exported.ts'

const CLI = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url))
const AT = bangkok('2024-06-06T09:00')

/** `lec` as its own process on a copy of the world's database. */
async function lecOn(world: ChainWorld) {
  const dir = emptyFolder()
  mkdirSync(join(dir, 'data'))
  await world.database.raw.backup(join(dir, 'data', 'lec-confirm.db'))
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: join(dir, 'data'), LOG_LEVEL: 'silent' }
  const lec = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, [CLI, 'export', ...args], { cwd: dir, env }, (error, out, err) => {
        resolve({ code: error ? Number(error.code) : 0, out, err })
      })
    })
  return { dir, lec }
}

it('lec export writes into the folder asked for and says what it wrote', async () => {
  const world = openChainWorld()
  mustBeDone(world.confirmRoster('school', { at: AT }))
  const { dir, lec } = await lecOn(world)
  const done = await lec('--round', '2567/1', '--province', 'P99', '--out', 'somewhere/deep')
  expect(done).toMatchObject({ code: 0, out: expect.stringMatching(/ยืนยันแล้ว 1 .*ยังไม่ยืนยัน 2.*10 คน.*ต่างกัน 0/s) })
  const { files } = readExport(join(dir, 'somewhere/deep/lec-export-2567-1-P99'))
  expect(files).toContain('lec-export-2567-1-P99.xlsx')
  expect(files).toContain('csv/institutions.csv')
})

it.each([
  ['1 when refused', ['--round', '2570/1'], 1],
  ['2 without a round', [], 2],
  ['2 on a province and an LAO together', ['--round', '2567/1', '--province', 'P99', '--lao', '06990301'], 2],
])('lec export ends with %s', async (_what, args, code) => {
  const { lec } = await lecOn(openChainWorld())
  expect((await lec(...args)).code).toBe(code)
})

it('lec export ends with 1 when two figures differ and nothing explains it, the files being there to look at', async () => {
  const world = openChainWorld()
  mustBeDone(world.confirmRoster('school', { at: AT }))
  world.act((tx) =>
    tx
      .update(snapshots)
      .set({ counted: 99 })
      .where(eq(snapshots.unitId, world.idOf('school')))
      .run(),
  )
  const { dir, lec } = await lecOn(world)
  const done = await lec('--round', '2567/1', '--format', 'csv')
  expect(done).toMatchObject({ code: 1, err: expect.stringMatching(/ไม่ทราบสาเหตุ/) })
  expect(readExport(join(dir, 'lec-export-2567-1')).files).toContain('csv/checks.csv')
})
