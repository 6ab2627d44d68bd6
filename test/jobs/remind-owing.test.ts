import { describe, expect, it } from 'vitest'
import { reminders } from '../../src/db/schema.ts'
import { remindOwingJob } from '../../src/jobs/remind-owing.ts'
import { requestReopening } from '../../src/workflow/reopening.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld } from '../world/chain-world.ts'

const LAST_DAY = bangkok('2024-06-10T08:30')

function jobOf(world: ChainWorld) {
  const state = { now: LAST_DAY, platformNow: 1_000_000, woken: 0 }
  const clock = { now: () => state.now, platformNow: () => state.platformNow, toDomain: (ms: number) => ms }
  const wakeOutbox = () => {
    state.woken += 1
  }
  const job = remindOwingJob({ db: world.db, clock, wakeOutbox })
  return { state, run: (signal = new AbortController().signal) => job.run(signal) }
}
/** Units and people on record for one moment at least. */
const count = (world: ChainWorld) =>
  new Set(
    world
      .act((tx) => tx.select().from(reminders).all())
      .map(({ unitId, personId, at }) => `${unitId} ${personId} ${at}`),
  ).size

describe('the job that reminds', () => {
  it('sends each moment once, however often it looks, and the next one as soon as it comes', async () => {
    const world = openChainWorld()
    const { state, run } = jobOf(world)
    for (let i = 0; i < 5; i += 1) await run()
    expect(count(world)).toBe(8)
    state.now = bangkok('2024-06-10T13:30')
    await run()
    expect(count(world)).toBe(14)
    // The province, the department; then the province again.
    expect(state.woken).toBe(3)
  })

  it('finds who joined after the moment by another look some minutes later', async () => {
    const world = openChainWorld()
    const { state, run } = jobOf(world)
    await run()
    world.appoint('school')
    await run()
    expect(count(world)).toBe(8)
    state.platformNow += 5 * 60_000
    await run()
    expect(count(world)).toBe(9)
  })

  it('stopped on the way it goes on at the next start', async () => {
    const world = openChainWorld()
    const { run } = jobOf(world)
    await run(AbortSignal.abort())
    expect(count(world)).toBe(0)
    await run()
    expect(count(world)).toBe(8)
  })

  it('lets requests lapse with the close', async () => {
    const world = openChainWorld()
    const at = LAST_DAY - 3_600_000
    mustBeDone(world.confirmRoster('school', { at }))
    const input = {
      round: world.round(),
      actor: world.actor('school', at),
      component: 'roster' as const,
      category: 'other' as const,
      reason: 'เหตุอุทกภัยในพื้นที่',
    }
    must(world.act((tx) => requestReopening(tx, input, at)))
    const { state, run } = jobOf(world)
    state.now = world.round().recordingClosesAt + 60_000
    await run()
    expect(world.told('school', at).at(-1)?.type).toBe('reopening-progress')
  })
})
