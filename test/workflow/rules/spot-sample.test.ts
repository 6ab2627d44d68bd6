import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { drawSample, uniformOf } from '../../../src/workflow/rules/spot-sample.ts'

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
const items = (weights: readonly number[]) => weights.map((weight, index) => ({ key: `item:${index + 1}`, weight }))
const keys = (drawn: readonly { key: string }[]) => drawn.map(({ key }) => key)

it('R40: the sample of a known seed never changes: an auditor has it in docs/spot-checks.md', () => {
  const drawn = drawSample(items([10, 10, 50, 10, 25, 10]), { size: 3, seed: '2567/1-example', digest })
  expect(keys(drawn)).toEqual(['item:3', 'item:2', 'item:5'])
})

it('R40: neither the order of the frame nor the other items decide about an item', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(weights, fc.string(), fc.integer({ min: 0, max: 40 }), (given, seed, size) => {
      const frame = items(given)
      const drawn = drawSample(frame, { size, seed, digest })
      expect(drawn).toHaveLength(Math.min(size, frame.length))
      expect(new Set(keys(drawn)).size).toBe(drawn.length)
      expect(keys(drawSample(frame.toReversed(), { size, seed, digest }))).toEqual(keys(drawn))
      // Of the drawn ones alone, the same are drawn in the same order.
      expect(keys(drawSample(drawn.toReversed(), { size, seed, digest }))).toEqual(keys(drawn))
    }),
  )
})

it('R40: an item is drawn first in proportion to its weight', () => {
  const frame = items([10, 10, 50, 30])
  const first = new Map<string, number>()
  const draws = 4000
  for (let n = 0; n < draws; n += 1) {
    const [one] = drawSample(frame, { size: 1, seed: `seed ${n}`, digest })
    if (one) first.set(one.key, (first.get(one.key) ?? 0) + 1)
  }
  for (const { key, weight } of frame) {
    expect(Math.abs((first.get(key) ?? 0) / draws - weight / 100)).toBeLessThan(0.025)
  }
})

it('uniform numbers lie strictly between 0 and 1', () => {
  expect(uniformOf('0'.repeat(64))).toBeGreaterThan(0)
  expect(uniformOf('f'.repeat(64))).toBeLessThan(1)
  expect(uniformOf(`8${'0'.repeat(63)}`)).toBeCloseTo(0.5)
})

it('nobody without weight is drawn', () => {
  expect(drawSample(items([0, 0]), { size: 2, seed: 'x', digest })).toEqual([])
})
