import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Region, regionOf } from '../../../src/workflow/rules/regions.ts'

const REGISTRY = new URL('../../../../shared/data/lao-registry.csv', import.meta.url)

describe('the region of a province', () => {
  it.each<[string, Region | null]>([
    ['P11', 'central'],
    ['P20', 'central'],
    ['P30', 'northeast'],
    ['P49', 'northeast'],
    ['P50', 'north'],
    ['P67', 'north'],
    ['P77', 'central'],
    ['P83', 'south'],
    ['P96', 'south'],
    ['06300101', null],
    ['', null],
  ])('%s lies in %s', (code, region) => {
    expect(regionOf(code)).toBe(region)
  })

  it('of all 76 provinces are 17 in the north, 20 in the northeast, 25 in the centre and 14 in the south', () => {
    if (!existsSync(REGISTRY)) {
      console.warn('SKIPPED: ../shared/data is not at hand, the regions are not counted')
      return
    }
    const lines = readFileSync(REGISTRY, 'utf8').trim().split(/\r?\n/).slice(1)
    const provinces = new Set(lines.map((line) => `P${line.split(',')[3]}`))
    const counted = Map.groupBy(provinces, (code) => regionOf(code))
    expect([...counted].map(([region, codes]) => [region, codes.length]).sort()).toEqual([
      ['central', 25],
      ['north', 17],
      ['northeast', 20],
      ['south', 14],
    ])
  })
})
