import { describe, expect, it } from 'vitest'
import { SWEEP_SLICES, sweepPlan } from '../../src/jobs/night-sweep.ts'

const bangkok = (text: string) => Date.parse(`${text}+07:00`)

describe('the sweep of unchanged sheets', () => {
  it.each([
    ['2024-06-11T00:59:59', 0],
    ['2024-06-11T01:00:00', 1],
    ['2024-06-11T02:00:30', 61],
    ['2024-06-11T04:00:00', SWEEP_SLICES],
    ['2024-06-11T04:59:59', SWEEP_SLICES],
    ['2024-06-11T05:00:00', 0],
    ['2024-06-11T13:00:00', 0],
  ])('has opened at %s in Bangkok %i slices', (at, slices) => {
    expect(sweepPlan(bangkok(at)).slicesOpen).toBe(slices)
  })

  it('asks for a look since one at night, of everybody the same', () => {
    expect(sweepPlan(bangkok('2024-06-11T03:30:00')).since).toBe(bangkok('2024-06-11T01:00:00'))
  })

  it('makes up by day for a night in which nothing ran', () => {
    expect(sweepPlan(bangkok('2024-06-11T13:00:00')).overdueSince).toBe(bangkok('2024-06-10T01:00:00'))
  })
})
