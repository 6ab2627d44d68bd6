/** The same numbers on every machine (mulberry32): a benchmark's nation must not differ from run to run. */
export type Seeded = { below(limit: number): number; chance(share: number): boolean }

export function seeded(seed: number): Seeded {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return { below: (limit) => Math.floor(next() * limit), chance: (share) => next() < share }
}
