import type { Logger } from 'pino'

import { errorFacts } from './error-facts.ts'
/** Something that happens by itself: runs, rests `everyMs`, runs again, or at once when woken. */
export type Job = { name: string; everyMs: number; run(signal: AbortSignal): Promise<void> }

export type JobHealth = {
  name: string
  runs: number
  failures: number
  /** Failed runs since the last good one. */
  failuresInARow: number
  lastError: string | null
  lastEndedAt: number | null
}
export type Jobs = { wake(name: string): void; health(): JobHealth[]; stop(): Promise<void> }

/** Starts every job on a loop of its own; a job that throws is logged and runs again, more slowly each time. */
export function startJobs(jobs: readonly Job[], log: Logger): Jobs {
  const stopping = new AbortController()
  const loops = new Map<string, { health: JobHealth; wake: () => void; woken: boolean; ended: Promise<void> }>()
  for (const job of jobs) {
    const health: JobHealth = {
      name: job.name,
      runs: 0,
      failures: 0,
      failuresInARow: 0,
      lastError: null,
      lastEndedAt: null,
    }
    const state = { health, wake: () => {}, woken: false, ended: Promise.resolve() }
    loops.set(job.name, state)
    state.ended = loop(job, state, stopping.signal, log)
  }
  return {
    wake(name) {
      const state = loops.get(name)
      if (!state) return
      state.woken = true
      state.wake()
    },
    health: () => [...loops.values()].map((state) => ({ ...state.health })),
    async stop() {
      stopping.abort()
      for (const state of loops.values()) state.wake()
      await Promise.all([...loops.values()].map((state) => state.ended))
    },
  }
}

async function loop(
  job: Job,
  state: { health: JobHealth; wake: () => void; woken: boolean },
  signal: AbortSignal,
  log: Logger,
): Promise<void> {
  while (!signal.aborted) {
    state.woken = false
    try {
      await job.run(signal)
      state.health.failuresInARow = 0
      state.health.lastError = null
    } catch (error) {
      state.health.failuresInARow += 1
      state.health.failures += 1
      state.health.lastError = errorFacts(error).message || errorFacts(error).name
      log.error({ job: job.name, ...errorFacts(error) }, 'job failed; it runs again')
    }
    state.health.runs += 1
    state.health.lastEndedAt = Date.now()
    if (state.woken || signal.aborted) continue
    await rest(state, Math.min(60_000, job.everyMs * 2 ** Math.min(state.health.failuresInARow, 5)))
  }
}

function rest(state: { wake: () => void }, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    state.wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}
