import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharedPupils } from '../../src/db/schema.ts'
import type { RawRow } from '../../src/workflow/rules/roster/row-findings.ts'
import { recheckSharedPupils, refreshSharedPupils } from '../../src/workflow/shared-pupils-refresh.ts'
import { bangkok, type ChainWorld, type InstitutionName, openChainWorld } from '../world/chain-world.ts'

const PLACES = ['school', 'centre', 'saoCentre'] as const
const POOL = 8
const at = (minutes: number) => bangkok('2024-06-03T09:00') + minutes * 60_000

/** What one read of one institution's sheet says of everybody in the pool. */
const reads = fc.array(
  fc.record({
    place: fc.constantFrom(...PLACES),
    people: fc.array(fc.constantFrom('absent', 'counted', 'counted', 'left', 'broken'), {
      minLength: POOL,
      maxLength: POOL,
    }),
  }),
  { minLength: 1, maxLength: 12 },
)

/** Eight of its own, then those of the pool that stand in it: school pupils, whose rows every kind of institution takes with a warning at most. */
function sheet(world: ChainWorld, place: InstitutionName, people: readonly string[]): RawRow[] {
  const [own] = world.rows(place, 1)
  const grade = own?.cells.grade
  const birthDate = own?.cells.birthDate
  const borrowed = world.rows('school', POOL, undefined, 50_000).flatMap((row, index): RawRow[] => {
    const said = people[index]
    if (said === 'absent') return []
    const text = (words: string) => ({ kind: 'text' as const, text: words })
    const cells = { ...row.cells, ...(grade ? { grade } : {}), ...(birthDate ? { birthDate } : {}) }
    if (said === 'left') cells['status'] = text('ย้ายออก')
    if (said === 'broken') cells['grade'] = text('ป.99')
    return [{ row: 10 + index, cells }]
  })
  return [...world.rows(place, 8), ...borrowed]
}

describe('what a confirmation asks about pupils in two institutions', () => {
  // Every run fills a database of its own: on a busy machine that takes longer than a test usually may.
  it('misses nothing: after any reads in any order, looking for every number again finds what is known', {
    timeout: 120_000,
  }, () => {
    let questions = 0
    fc.assert(
      fc.property(reads, (given) => {
        const world = openChainWorld()
        const { id: roundId } = world.round()
        for (const [turn, { place, people }] of given.entries()) {
          world.read(place, sheet(world, place, people), at(turn))
          for (const other of PLACES) {
            const where = { roundId, institutionId: world.idOf(other) }
            world.act((tx) => recheckSharedPupils(tx, where, at(turn)))
            expect(world.act((tx) => refreshSharedPupils(tx, where, at(turn)))).toEqual({ opened: 0, resolved: 0 })
          }
        }
        questions += world.act((tx) => tx.select().from(sharedPupils).all()).length
      }),
      { numRuns: 25 },
    )
    expect(questions).toBeGreaterThan(0)
  })
})
