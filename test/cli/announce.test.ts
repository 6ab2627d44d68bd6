import { execFile } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { announcements, announcementTellings } from '../../src/db/schema.ts'
import { bangkok, openChainWorld } from '../world/chain-world.ts'

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const AT = bangkok('2024-06-05T09:00')

type Ran = { code: number; out: string; err: string }

it('lec announce shows whom it would reach and what it costs, and sends with --yes alone (R10)', async () => {
  const world = openChainWorld()
  const data = join(world.dir, 'data')
  mkdirSync(join(data, 'sandbox'), { recursive: true })
  symlinkSync(join(world.dir, 'lec.db'), join(data, 'lec-confirm.db'))
  writeFileSync(join(data, 'sandbox', 'clock.json'), JSON.stringify({ offsetMs: AT - Date.now() }))
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: data, LOG_LEVEL: 'silent' }
  const announce = (...args: string[]) =>
    new Promise<Ran>((resolve) => {
      execFile(process.execPath, [CLI, 'announce', ...args], { cwd: world.dir, env }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out, err }),
      )
    })
  const wanted = ['--text', 'ขอให้เร่งรัดการยืนยัน เลข 1101700207030', '--letter', 'มท 0816.2/ว 77']
  const shown = await announce(...wanted)
  expect(shown).toMatchObject({ code: 0, err: '' })
  expect(shown.out).toContain('จังหวัด: 1 คน')
  expect(shown.out).toContain('LINE quota: 8')
  expect(shown.out).toContain('ยังไม่ได้ส่ง')
  expect(shown.out).toContain('1-1017-xxxxx-xx-0')
  expect(world.act((tx) => tx.select().from(announcements).all())).toEqual([])
  const sent = await announce(...wanted, '--to', 'provinces', '--yes')
  expect(sent).toMatchObject({ code: 0, err: '' })
  expect(sent.out).toContain('LINE quota: 1')
  const [made] = world.act((tx) => tx.select().from(announcements).all())
  expect(made).toMatchObject({ reach: 'next', letterNumber: 'มท 0816.2/ว 77', byAppointmentId: null })
  expect(world.act((tx) => tx.select().from(announcementTellings).all())).toHaveLength(1)
  expect(await announce('--text', ' ', '--yes')).toMatchObject({ code: 1 })
  expect(await announce('--text', 'x', '--to', 'moon')).toMatchObject({ code: 1 })
}, 120_000)
