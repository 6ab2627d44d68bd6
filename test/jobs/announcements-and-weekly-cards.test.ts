import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { announcementReceipts, outbox, weeklyCards } from '../../src/db/schema.ts'
import { tellAnnouncementsJob } from '../../src/jobs/tell-announcements.ts'
import { weeklyCardJob } from '../../src/jobs/weekly-card.ts'
import { announce } from '../../src/workflow/announcements.ts'
import { bangkok, type ChainWorld, openChainWorld } from '../world/chain-world.ts'

const clockAt = (local: string) => ({ now: () => bangkok(local), platformNow: () => Date.now() })
const queued = (world: ChainWorld, type: string): number =>
  world
    .act((tx) => tx.select().from(outbox).where(eq(outbox.state, 'pending')).all())
    .filter(({ notice }) => {
      return (notice as { type: string }).type === type
    }).length

it('an announcement for the nation is told by the job, and once, however often it runs', async () => {
  const world = openChainWorld()
  const at = bangkok('2024-06-05T09:00')
  const actor = world.actor('department', at)
  const wanted = { actor, unitId: actor.unitId, roundId: world.round().id, words: 'โปรดตรวจสอบ', letterNumber: null }
  const made = world.act((tx) => announce(tx, { ...wanted, reach: 'all', passesOnId: null }, at))
  expect(made.ok).toBe(true)
  expect(queued(world, 'announcement')).toBe(0)
  let woken = 0
  const wakeOutbox = () => {
    woken += 1
  }
  const job = tellAnnouncementsJob({ db: world.database.db, clock: clockAt('2024-06-05T09:01'), wakeOutbox })
  for (let run = 0; run < 3; run += 1) await job.run(new AbortController().signal)
  expect(queued(world, 'announcement')).toBe(8)
  expect(world.act((tx) => tx.select().from(announcementReceipts).all())).toHaveLength(8)
  expect(woken).toBe(1)
})

it('the executives’ card is queued by the job in its morning alone, and once', async () => {
  const world = openChainWorld()
  world.appoint('town', { role: 'executive', name: 'นายกเทศมนตรี' })
  world.appoint('school', { role: 'executive', name: 'ผู้อำนวยการ' })
  const runAt = (local: string) => {
    const job = weeklyCardJob({ db: world.database.db, clock: clockAt(local), wakeOutbox: () => undefined })
    return job.run(new AbortController().signal)
  }
  await runAt('2024-05-27T07:00')
  expect(queued(world, 'weekly-card')).toBe(0)
  for (const local of ['2024-05-27T08:30', '2024-05-27T08:31', '2024-05-28T08:30']) await runAt(local)
  expect(queued(world, 'weekly-card')).toBe(1)
  expect(world.act((tx) => tx.select().from(weeklyCards).all())).toHaveLength(1)
})
