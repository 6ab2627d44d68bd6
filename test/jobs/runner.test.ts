import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Job, type Jobs, startJobs } from '../../src/jobs/runner.ts'

const quiet = pino({ level: 'silent' })
const start = (...jobs: Job[]): Jobs => {
  const started = startJobs(jobs, quiet)
  onTestFinished(() => started.stop())
  return started
}
const until = async (fits: () => boolean): Promise<void> => {
  const deadline = Date.now() + 5000
  while (!fits()) {
    if (Date.now() > deadline) throw new Error('did not come in time')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const counter = () => {
  let n = 0
  const count = (): void => {
    n += 1
  }
  return { count, times: () => n }
}

describe('jobs that happen by themselves', () => {
  it('run at once, rest, and run again', async () => {
    const { count, times } = counter()
    start({ name: 'a', everyMs: 1, run: async () => count() })
    await until(() => times() >= 3)
  })

  it('run at once when woken from a long rest', async () => {
    const { count, times } = counter()
    const jobs = start({ name: 'a', everyMs: 3_600_000, run: async () => count() })
    await until(() => times() === 1)
    jobs.wake('a')
    await until(() => times() === 2)
  })

  it('woken while they run, they run once more: nothing that came meanwhile is left lying', async () => {
    let runs = 0
    let release = () => {}
    const run = () => {
      runs += 1
      return runs === 1 ? new Promise<void>((resolve) => (release = resolve)) : Promise.resolve()
    }
    const jobs = start({ name: 'a', everyMs: 3_600_000, run })
    await until(() => runs === 1)
    jobs.wake('a')
    jobs.wake('a')
    release()
    await until(() => runs === 2)
  })

  it('never run twice at the same time', async () => {
    let now = 0
    let most = 0
    let runs = 0
    const jobs = start({
      name: 'a',
      everyMs: 1,
      run: async () => {
        now += 1
        most = Math.max(most, now)
        await new Promise((resolve) => setImmediate(resolve))
        now -= 1
        runs += 1
      },
    })
    for (let i = 0; i < 20; i += 1) jobs.wake('a')
    await until(() => runs >= 5)
    expect(most).toBe(1)
  })

  it('one that fails runs again, is counted, and troubles no other', async () => {
    const { count, times } = counter()
    let bad = 0
    const jobs = start(
      { name: 'good', everyMs: 1, run: async () => count() },
      {
        name: 'bad',
        everyMs: 1,
        run: async () => {
          bad += 1
          if (bad < 3) throw new Error('not yet')
        },
      },
    )
    await until(() => bad >= 3 && times() >= 3)
    await until(() => jobs.health().find((job) => job.name === 'bad')?.lastError === null)
    expect(jobs.health().find((job) => job.name === 'bad')).toMatchObject({ failures: 2, lastError: null })
    expect(jobs.health().find((job) => job.name === 'good')).toMatchObject({ failures: 0 })
  })

  it('one that throws before it awaits counts as failed too', async () => {
    const jobs = start({
      name: 'a',
      everyMs: 3_600_000,
      run: () => {
        throw new Error('at once')
      },
    })
    await until(() => (jobs.health()[0]?.failures ?? 0) > 0)
  })

  it('stop waits for the work at hand and lets nothing begin any more', async () => {
    let ended = false
    let runs = 0
    let release = () => {}
    let signal: AbortSignal | undefined
    const jobs = startJobs(
      [
        {
          name: 'a',
          everyMs: 1,
          run: async (given) => {
            signal = given
            runs += 1
            await new Promise<void>((resolve) => (release = resolve))
            ended = true
          },
        },
      ],
      quiet,
    )
    await until(() => runs === 1)
    const stopped = jobs.stop()
    expect(signal?.aborted).toBe(true)
    jobs.wake('a')
    release()
    await stopped
    expect([ended, runs]).toEqual([true, 1])
  })

  it('waking one that does not exist is no error', () => {
    expect(() => start().wake('nobody')).not.toThrow()
  })
})
