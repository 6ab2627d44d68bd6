import { readFileSync, statSync } from 'node:fs'
import type { Instant } from './db/ids.ts'

/** Two clocks: the domain's, which the sandbox can move, and the platforms', which nobody moves. */
export type Clock = {
  now(): Instant
  platformNow(): number
  /** The domain instant of something that a platform dated. */
  toDomain(platformMs: number): Instant
}

export const realClock: Clock = { now: () => Date.now(), platformNow: () => Date.now(), toDomain: (ms) => ms }

/** A domain clock whose offset stands in a file that the sandbox writes: every process on the database sees the same time. */
export function clockFromFile(path: string): Clock {
  let offsetMs = 0
  let seen = -1
  const offset = (): number => {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (!stat || stat.mtimeMs === seen) return offsetMs
    const parsed = parseOffset(readFileSync(path, 'utf8'))
    if (parsed === null) return offsetMs
    seen = stat.mtimeMs
    offsetMs = parsed
    return offsetMs
  }
  return {
    now: () => Date.now() + offset(),
    platformNow: () => Date.now(),
    toDomain: (ms) => ms + offset(),
  }
}

function parseOffset(text: string): number | null {
  try {
    const value = (JSON.parse(text) as { offsetMs?: unknown }).offsetMs
    return typeof value === 'number' && Number.isFinite(value) ? value : null
  } catch {
    return null
  }
}
