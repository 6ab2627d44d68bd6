export type VirtualClock = {
  now: () => number
  wait: (ms: number) => Promise<void>
  /** Lets everything happen that is due until `until`, jumping over idle time. */
  runUntil: (until: number) => Promise<void>
}

/** A clock that moves only when everybody waits: an hour of pacing takes as long as the work in it. */
export function openVirtualClock(start: number): VirtualClock {
  let now = start
  const timers: { at: number; ring: () => void }[] = []
  const settled = async () => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate)
  }
  return {
    now: () => now,
    wait: (ms) =>
      new Promise((resolve) => {
        timers.push({ at: now + Math.max(0, ms), ring: resolve })
        timers.sort((a, b) => a.at - b.at)
      }),
    async runUntil(until) {
      await settled()
      for (let next = timers[0]; next && next.at <= until; next = timers[0]) {
        timers.shift()
        now = Math.max(now, next.at)
        next.ring()
        await settled()
      }
      now = until
    },
  }
}
