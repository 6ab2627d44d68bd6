import { describe, expect, it } from 'vitest'
import {
  type ActingLevel,
  firstLevel,
  nextStep,
  type ReopenComponent,
  unwindOrder,
} from '../../../src/workflow/rules/reopening-path.ts'

const COMPONENTS: ReopenComponent[] = ['roster', 'overview', 'other_counts', 'province']
const UP: Record<ActingLevel, ActingLevel | null> = { lao: 'province', province: 'department', department: null }
/** Which level's consent a cancelled confirmation needs at least: that of the level above it. */
const NEEDS: Record<'province' | 'overview' | ReopenComponent, ActingLevel> = {
  province: 'department',
  overview: 'province',
  other_counts: 'province',
  roster: 'lao',
}

function climb(component: ReopenComponent, above: { overviewConfirmed: boolean; provinceConfirmed: boolean }) {
  const path: [ActingLevel, 'endorse' | 'carry_out'][] = []
  let level: ActingLevel | null = firstLevel(component)
  while (level) {
    const step = nextStep(level, above)
    path.push([level, step.act])
    if (step.act === 'carry_out') break
    expect(step.to).toBe(UP[level])
    level = step.to
  }
  return path
}

describe('the way of a reopening request (R33 R34)', () => {
  it.each([
    ['roster', false, false, 'lao:carry_out', 'asked'],
    ['roster', true, false, 'lao:endorse province:carry_out', 'overview asked'],
    ['roster', true, true, 'lao:endorse province:endorse department:carry_out', 'province overview asked'],
    ['overview', true, false, 'province:carry_out', 'asked'],
    ['overview', true, true, 'province:endorse department:carry_out', 'province asked'],
    ['other_counts', false, false, 'province:carry_out', 'asked'],
    ['other_counts', false, true, 'province:endorse department:carry_out', 'province asked'],
    ['province', false, true, 'department:carry_out', 'asked'],
  ] as const)(
    '%s with overview %s, province %s: %s, unwinding %s',
    (component, overviewConfirmed, provinceConfirmed, way, order) => {
      const above = { overviewConfirmed, provinceConfirmed }
      expect(
        climb(component, above)
          .map((step) => step.join(':'))
          .join(' '),
      ).toBe(way)
      expect(unwindOrder(component, above).join(' ')).toBe(order)
    },
  )

  it('no level ever carries out the cancelling of its own or a higher confirmation', () => {
    for (const component of COMPONENTS) {
      for (const overviewConfirmed of [false, true]) {
        for (const provinceConfirmed of [false, true]) {
          const above = { overviewConfirmed, provinceConfirmed }
          const last = climb(component, above).at(-1)?.[0]
          const rank: ActingLevel[] = ['lao', 'province', 'department']
          for (const what of unwindOrder(component, above)) {
            const needs = NEEDS[what === 'asked' ? component : what]
            expect(rank.indexOf(last ?? 'lao'), `${component} ${JSON.stringify(above)}`).toBeGreaterThanOrEqual(
              rank.indexOf(needs),
            )
          }
        }
      }
    }
  })
})
