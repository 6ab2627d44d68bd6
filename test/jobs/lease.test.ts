import { spawn, spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { describe, expect, it, onTestFinished } from 'vitest'
import { transact } from '../../src/db/open.ts'
import { leases } from '../../src/db/schema.ts'
import { withLease } from '../../src/jobs/lease.ts'
import { openTempDatabase } from '../sheets/temp-database.ts'

const NOW = 1_000_000
const now = () => NOW
const held = (database: ReturnType<typeof openTempDatabase>) =>
  transact(database.db, (tx) => tx.select().from(leases).all())
const give = (database: ReturnType<typeof openTempDatabase>, holder: string, until: number) =>
  transact(database.db, (tx) => tx.insert(leases).values({ name: 'job', holder, until }).run())

describe('a lease', () => {
  it('is held while the work runs and given back after it', async () => {
    const database = openTempDatabase()
    const result = await withLease(database.db, 'job', 1000, now, async () => {
      expect(held(database)).toMatchObject([{ name: 'job', until: NOW + 1000 }])
      return 'done'
    })
    expect(result).toBe('done')
    expect(held(database)).toEqual([])
  })

  it('is given back when the work fails', async () => {
    const database = openTempDatabase()
    await expect(withLease(database.db, 'job', 1000, now, () => Promise.reject(new Error('broke')))).rejects.toThrow(
      'broke',
    )
    expect(held(database)).toEqual([])
  })

  it('of another machine keeps us out until it ends', async () => {
    const database = openTempDatabase()
    give(database, 'elsewhere/1/abcd', NOW + 1)
    expect(await withLease(database.db, 'job', 1000, now, async () => 'done')).toBeNull()
    expect(
      await withLease(
        database.db,
        'job',
        1000,
        () => NOW + 1,
        async () => 'done',
      ),
    ).toBe('done')
  })

  it('of a living process of this machine keeps us out', async () => {
    const database = openTempDatabase()
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'])
    onTestFinished(() => void child.kill())
    give(database, `${hostname()}/${child.pid}/abcd`, NOW + 60_000)
    expect(await withLease(database.db, 'job', 1000, now, async () => 'done')).toBeNull()
  })

  it('of a killed process of this machine is taken over at once', async () => {
    const database = openTempDatabase()
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    give(database, `${hostname()}/${pid}/abcd`, NOW + 60_000)
    expect(await withLease(database.db, 'job', 1000, now, async () => 'done')).toBe('done')
  })

  it('of one name says nothing about another', async () => {
    const database = openTempDatabase()
    give(database, 'elsewhere/1/abcd', NOW + 1000)
    expect(await withLease(database.db, 'other', 1000, now, async () => 'done')).toBe('done')
  })

  it('is renewed while the work takes longer than it lasts', async () => {
    const database = openTempDatabase()
    const began = Date.now()
    await withLease(database.db, 'job', 600, Date.now, async () => {
      const deadline = Date.now() + 10_000
      while (Date.now() < deadline && (held(database)[0]?.until ?? 0) < began + 1100) {
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      expect(held(database)[0]?.until).toBeGreaterThanOrEqual(began + 1100)
    })
  })
})
