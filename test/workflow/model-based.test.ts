import { afterAll, describe, expect, it } from 'vitest'
import { removeTemplate } from './model/model-world.ts'
import { makeStory, playStory, shrinkStory } from './model/story.ts'

/** `LEC_MODEL_STEPS=20000 LEC_MODEL_SEED=7 npx vitest run test/workflow/model-based.test.ts` plays longer, or one seed again. */
const STEPS = Number(process.env['LEC_MODEL_STEPS'] ?? 2000)
const SEED = Number(process.env['LEC_MODEL_SEED'] ?? Math.floor(Math.random() * 1_000_000))
const LENGTH = 500
const SHRINKING_MS = Number(process.env['LEC_MODEL_SHRINK_MS'] ?? 60_000)

describe('people at random levels, at random moments', () => {
  afterAll(removeTemplate)
  const stories = Math.max(1, Math.round(STEPS / LENGTH))
  const seeds = Array.from({ length: stories }, (_, index) => SEED + index)
  it.each(seeds)(
    `never break what must hold, in ${Math.min(STEPS, LENGTH)} steps from seed %i`,
    { timeout: 120_000 + SHRINKING_MS },
    (seed) => {
      const story = makeStory(seed, Math.min(STEPS, LENGTH))
      const told = playStory(story)
      if (process.env['LEC_MODEL_STATS']) console.log(seed, Object.fromEntries(told.refusals))
      if (told.failure === null) {
        expect(told.steps).toBe(story.length)
        return
      }
      const shortest = shrinkStory(story.slice(0, told.steps), told.failure, Date.now() + SHRINKING_MS)
      const again = playStory(shortest)
      expect.fail(`seed ${seed}: ${again.failure}\n\nthe story:\n${again.lines.join('\n')}\n`)
    },
  )
})
