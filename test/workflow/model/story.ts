import { brokenInvariants, CHEAP, DEAR } from '../invariants.ts'
import { Broken } from './checked-act.ts'
import { COMMANDS } from './commands.ts'
import { closeModelWorld, openModelWorld } from './model-world.ts'
import { randomFrom } from './random.ts'

/** A command by its name, with the seed of everything random in it: leaving others out leaves it what it is. */
export type Step = { command: string; seed: number }
export type Told = { lines: string[]; refusals: Map<string, number>; failure: string | null; steps: number }

const DEAR_EVERY = 50

export function makeStory(seed: number, length: number): Step[] {
  const random = randomFrom(seed)
  const names = Object.entries(COMMANDS)
  const total = names.reduce((sum, [, { weight }]) => sum + weight, 0)
  return Array.from({ length }, () => {
    let at = (random.below(1_000_000) / 1_000_000) * total
    const chosen = names.find(([, { weight }]) => {
      at -= weight
      return at < 0
    })
    return { command: chosen?.[0] ?? 'wait', seed: random.below(2 ** 31) }
  })
}

/** Plays a story in a new world until something breaks; every step is told in one line. */
export function playStory(steps: readonly Step[]): Told {
  const world = openModelWorld()
  const lines: string[] = []
  const results = new Map<string, number>()
  const told = (failure: string | null): Told => ({ lines, refusals: results, failure, steps: lines.length })
  try {
    for (const [index, { command, seed }] of steps.entries()) {
      const line = COMMANDS[command]?.run(world, randomFrom(seed)) ?? ''
      lines.push(`${index} ${command}: ${line}`)
      const came = /→ (.*)$/.exec(line)?.[1]
      if (came) results.set(came, (results.get(came) ?? 0) + 1)
      const last = index === steps.length - 1
      const asked = last || index % DEAR_EVERY === DEAR_EVERY - 1 ? [...CHEAP, ...DEAR] : CHEAP
      const [found] = brokenInvariants(world.database, asked, world.now)
      if (found) return told(`${found.name}: ${found.what}`)
    }
    return told(null)
  } catch (error) {
    lines.push(`${lines.length} ${steps[lines.length]?.command}: …`)
    return told(error instanceof Broken ? error.message : `${error instanceof Error ? error.stack : error}`)
  } finally {
    closeModelWorld(world)
  }
}

/** Leaves out what the failure does not need, for as long as `until` (platform clock) allows: halves, quarters … single steps. */
export function shrinkStory(steps: readonly Step[], failure: string, until: number): Step[] {
  const same = (candidate: readonly Step[]): boolean => kindOf(playStory(candidate).failure ?? '') === kindOf(failure)
  let kept = [...steps]
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < kept.length && Date.now() < until; ) {
      const candidate = [...kept.slice(0, start), ...kept.slice(start + size)]
      if (candidate.length > 0 && same(candidate)) kept = candidate
      else start += size
    }
  }
  return kept
}

/** What broke, whichever rows it broke for. */
const kindOf = (failure: string): string => failure.split(/[:(\n]/)[0]?.replace(/\d+/g, '#') ?? ''
