import { setImmediate as turnOfTheLoop } from 'node:timers/promises'

/** Time that passes only where everybody waits: what takes a machine real work takes no time here. */
export type VirtualClock = {
  now(): number
  wait(ms: number): Promise<void>
  /** Real work in flight (a request on its way): time stands still until it is done. */
  during<T>(work: () => Promise<T>): Promise<T>
  /** Lets time pass until `work` has ended. */
  run<T>(work: Promise<T>): Promise<T>
}

type Sleeper = { at: number; order: number; wake: () => void }

/** Turns of the event loop without any work in flight after which everybody surely waits for the clock. */
const QUIET_TURNS = 8

export function openVirtualClock(startsAt: number): VirtualClock {
  const sleepers: Sleeper[] = []
  let now = startsAt
  let order = 0
  let inFlight = 0
  let onLanded = () => {}

  const quiet = async () => {
    for (let turns = 0; turns < QUIET_TURNS; turns += 1) {
      if (inFlight > 0) {
        turns = -1
        await new Promise<void>((resolve) => {
          onLanded = resolve
        })
      }
      await turnOfTheLoop()
    }
  }
  const wakeNext = () => {
    const next = sleepers.reduce<Sleeper | null>(
      (first, one) => (first && (first.at < one.at || (first.at === one.at && first.order < one.order)) ? first : one),
      null,
    )
    if (!next) throw new Error('everybody waits for something that never comes')
    sleepers.splice(sleepers.indexOf(next), 1)
    now = Math.max(now, next.at)
    next.wake()
  }

  return {
    now: () => now,
    wait: (ms) =>
      new Promise((wake) => {
        order += 1
        sleepers.push({ at: now + Math.max(0, ms), order, wake })
      }),
    async during(work) {
      inFlight += 1
      try {
        return await work()
      } finally {
        inFlight -= 1
        if (inFlight === 0) onLanded()
      }
    },
    async run(work) {
      let ended = false
      const marked = work.finally(() => {
        ended = true
      })
      // Its failure is thrown below.
      marked.catch(() => {})
      for (;;) {
        await quiet()
        if (ended) return marked
        wakeNext()
      }
    },
  }
}
