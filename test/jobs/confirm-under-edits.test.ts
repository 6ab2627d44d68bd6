import { describe, expect, it } from 'vitest'
import { confirmations, snapshots } from '../../src/db/schema.ts'
import { pollChangesJob } from '../../src/jobs/poll-changes.ts'
import { syncSheetsJob } from '../../src/jobs/sync-sheets.ts'
import { pupilRows } from '../sheets/pupil-rows.ts'
import { fileOf, type SheetWorld } from '../sheets/sheet-world.ts'
import { lockedIs, noticesOf, runOf, schoolWith, show, start, work } from './confirming-school.ts'

const never = new AbortController().signal

/** Somebody with rights over the drive lifts the lock if there is one, and types. */
async function typeAsAdmin(world: SheetWorld, admin: string): Promise<void> {
  const id = fileOf(world, world.school).spreadsheetId
  if (await lockedIs(world)) await world.control('POST', `/files/${id}/unlock`, { as: admin })
  const cells = [{ row: 1, column: 3, text: 'ชื่อใหม่' }]
  await world.control('POST', `/spreadsheets/${id}/type`, { as: admin, sheetId: 0, cells })
}

async function confirmingSchool() {
  const world = await schoolWith(pupilRows(3))
  const { email: admin } = await world.control<{ email: string }>('POST', '/service-accounts', { name: 'people-admin' })
  const seenHash = await show(world)
  return { world, admin, seenHash, runId: start(world, { seenHash }) }
}

/** Requests of one confirmation to Google, in order of arrival. */
async function requestsOfOne(): Promise<number> {
  const { world } = await confirmingSchool()
  const before = world.exchanges.length
  await work(world)
  expect(world.db.select().from(confirmations).all()).toHaveLength(1)
  return world.exchanges.length - before
}

describe('confirming while somebody edits', () => {
  it('confirms exactly what was shown or nothing, whenever the edit comes', async () => {
    const requests = await requestsOfOne()
    expect(requests).toBeGreaterThanOrEqual(3)
    const outcomes: string[] = []
    for (let number = 1; number <= requests + 1; number += 1) {
      const { world, admin, seenHash, runId } = await confirmingSchool()
      let seen = 0
      world.between.step = async () => {
        seen += 1
        if (seen === number) await typeAsAdmin(world, admin)
      }
      await work(world)
      world.between.step = null
      if (seen < number) await typeAsAdmin(world, admin)
      expect(runOf(world, runId).step).toBe('done')
      const confirmed = world.db.select().from(confirmations).all().length === 1
      outcomes.push(confirmed ? 'confirmed' : 'refused')
      if (confirmed) {
        expect(world.db.select().from(snapshots).all()).toMatchObject([{ hash: seenHash }])
        expect(JSON.stringify(world.db.select().from(snapshots).all())).not.toContain('ชื่อใหม่')
      } else {
        expect(noticesOf(world).at(-1)?.refusal?.why).toBe('changed-since-shown')
        expect(await lockedIs(world)).toBe(false)
      }
      world.time.platformAhead += 15_000
      await pollChangesJob(world.deps).run(never)
      await syncSheetsJob(world.deps, { debounceMs: 0 }).run(never)
      // The edit is found in any case; what was confirmed stays as it was.
      expect(fileOf(world, world.school)).toMatchObject({ dirtyAt: null })
      expect(fileOf(world, world.school).contentHash).not.toBe(seenHash)
    }
    expect(outcomes[0]).toBe('refused')
    expect(outcomes.at(-1)).toBe('confirmed')
  })

  it('lets nobody without rights type between locking and the receipt', async () => {
    const { world } = await confirmingSchool()
    const answers: string[] = []
    let seen = 0
    world.between.step = async () => {
      seen += 1
      if (seen === 1) return
      const id = fileOf(world, world.school).spreadsheetId
      const cells = [{ row: 1, column: 3, text: 'ชื่อใหม่' }]
      const body = { as: 'teacher@school.example', sheetId: 0, cells }
      await world.control('POST', `/spreadsheets/${id}/type`, body).catch((error: Error) => answers.push(error.message))
    }
    await work(world)
    world.between.step = null
    expect(answers.length).toBe(seen - 1)
    expect(world.db.select().from(confirmations).all()).toHaveLength(1)
  })

  it.each(['503-before', '503-after', 'cut', 'cut-before', 'timeout'])(
    'comes to the same end when any one request meets %s',
    async (kind) => {
      const faults = [
        { on: 'drive', method: 'PATCH', kind },
        { on: 'sheets', method: 'GET', kind },
        { on: 'drive', method: 'GET', kind },
      ]
      // A timeout takes its time, and differs from a cut in nothing else.
      for (const fault of kind === 'timeout' ? faults.slice(0, 1) : faults) {
        const { world, runId } = await confirmingSchool()
        await world.control('POST', '/faults', fault)
        await work(world)
        world.time.platformAhead += 5_000
        await work(world)
        expect(runOf(world, runId).step).toBe('done')
        expect(world.db.select().from(confirmations).all()).toHaveLength(1)
        expect(await lockedIs(world)).toBe(true)
      }
    },
  )
})
