import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase, transact } from '../../src/db/open.ts'
import { verifyLog } from '../../src/workflow/event-log.ts'
import { crashStory, type EndState, endState } from './crash-story.ts'
import { type CrashWorld, openCrashWorld } from './crash-world.ts'

/** More for a longer look: LEC_CRASH_RUNS=40. */
const RUNS = Number(process.env['LEC_CRASH_RUNS'] ?? 12)
const KILLS_A_RUN = 3
/** From the act's first byte: long enough to hit the webhook, the work, the sheet's reading, the reply. */
const LATEST_KILL_MS = 350
const START = '2024-06-05T09:10:00+07:00'

let filled: string
let undisturbed: EndState
const tally = { kills: 0, unknownReplies: 0, redelivered: 0 }

/** Small and seeded: a failing run can be played again. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
}

async function play(world: CrashWorld, killAt: (act: number) => number | null): Promise<void> {
  await world.control.send('PUT', '/clock', { now: START })
  for (const [index, act] of (await crashStory(world)).entries()) {
    const delay = killAt(index)
    const done = act.run().then(
      () => null,
      (error: unknown) => error,
    )
    if (delay !== null) {
      await sleep(delay)
      await world.kill()
      await world.start()
    }
    const failed = await done
    if (failed)
      throw new Error(
        `${act.name}${delay === null ? '' : ` (killed after ${delay} ms)`}: ${String(failed)}\n${world.output()}`,
      )
  }
}

beforeAll(async () => {
  const first = await openCrashWorld(null)
  await first.start()
  await first.waitFor(
    'every sheet read',
    () =>
      (first.raw().prepare('SELECT count(*) n FROM sheet_files WHERE read_at IS NULL').get() as { n: number }).n === 0,
  )
  filled = first.dir
  await first.close({ keep: true })
  const calm = await openCrashWorld(filled)
  await calm.start()
  await play(calm, () => null)
  undisturbed = await endState(calm)
  await calm.close()
}, 120_000)

afterAll(() => {
  rmSync(filled, { recursive: true, force: true })
  console.log(`crash test: ${tally.kills} kills in ${RUNS} runs, ${tally.unknownReplies} replies of unknown fate`)
})

describe('a process killed at any moment', () => {
  it('tells the undisturbed story to the end', () => {
    expect(undisturbed.confirmations).toHaveLength(3)
    expect(undisturbed.requests).toEqual([expect.objectContaining({ state: 'carried_out' })])
    expect(undisturbed.chain).toContainEqual(
      expect.objectContaining({ component: 'roster', state: 'open', reopened_times: 1 }),
    )
  })

  it.each(Array.from({ length: RUNS }, (_, index) => index + 1))(
    'run %i ends in the same state and has told everybody the same',
    async (run) => {
      const random = seeded(run * 7919)
      const kills = new Map(
        Array.from({ length: KILLS_A_RUN }, () => [Math.floor(random() * 16), Math.floor(random() * LATEST_KILL_MS)]),
      )
      const world = await openCrashWorld(filled)
      try {
        await world.start()
        await play(world, (act) => kills.get(act) ?? null)
        const end = await endState(world)
        tally.kills += world.kills()
        tally.unknownReplies += (
          world.raw().prepare("SELECT count(*) n FROM outbox WHERE state = 'unknown'").get() as { n: number }
        ).n
        expect({ run, ...end }).toEqual({ run, ...undisturbed })
        expect(world.raw().prepare("SELECT count(*) n FROM inbox WHERE state <> 'done'").get()).toEqual({ n: 0 })
      } finally {
        await world.kill()
        const { db, close } = openDatabase(`${world.dir}/lec-confirm.db`)
        const { problems } = transact(db, (tx) => verifyLog(tx))
        close()
        await world.close()
        expect(problems).toEqual([])
      }
    },
    120_000,
  )
})
