const MINUTE_MS = 60_000

/** Requests of the last sixty seconds against a limit: the strictest reading of "per minute". */
export function openSlidingWindow(): { used(key: string, now: number): number; add(key: string, now: number): void } {
  const windows = new Map<string, { at: number[]; first: number }>()
  const windowOf = (key: string, now: number) => {
    const window = windows.get(key) ?? { at: [], first: 0 }
    windows.set(key, window)
    while (window.first < window.at.length && (window.at[window.first] ?? 0) <= now - MINUTE_MS) window.first += 1
    if (window.first > 10_000) {
      window.at.splice(0, window.first)
      window.first = 0
    }
    return window
  }
  return {
    used(key, now) {
      const window = windowOf(key, now)
      return window.at.length - window.first
    },
    add(key, now) {
      windowOf(key, now).at.push(now)
    },
  }
}
