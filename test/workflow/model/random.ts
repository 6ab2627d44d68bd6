/** A small seeded generator (mulberry32): a story is told again from its seeds alone. */
export type Random = {
  /** 0 ≤ n < below */
  below(below: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T | undefined
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (from) => (from.length === 0 ? undefined : from[below(from.length)]),
  }
}
