import { describe, expect, it } from 'vitest'
import { bringBaselines, carriedKeys, carriedRoster } from '../../src/workflow/carry-forward.ts'
import { importOtherInstitutions } from '../../src/workflow/import-other-institutions.ts'
import { otherInstitutionsOf } from '../../src/workflow/record-counts.ts'
import { addRound, roundByCode } from '../../src/workflow/rounds.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld } from '../world/chain-world.ts'
import { secondRound } from '../world/second-round.ts'

const AT = bangkok('2024-06-05T09:00')

function openSecond(world: ChainWorld, change: Parameters<typeof secondRound>[1] = {}) {
  const round = secondRound(world.source, change)
  return must(world.act((tx) => addRound(tx, { round, activate: false }, AT))).round
}
const carried = (world: ChainWorld, roundId: ReturnType<typeof openSecond>['id']) =>
  world.act((tx) => carriedRoster(tx, { roundId, institutionId: world.idOf('school') }))

describe('the list that round 2 begins with (R11 R26)', () => {
  it('is what was confirmed last, not what somebody typed after that, without those who did not count', () => {
    const world = openChainWorld()
    const sheet = world.rows('school', 5, (index) => (index === 4 ? { status: 'ย้ายออก', exists: null } : {}))
    mustBeDone(world.confirmRoster('school', { at: AT, sheet }))
    world.read('school', world.rows('school', 9), AT + 1)
    const round = openSecond(world)
    const list = carried(world, round.id)
    expect(list).toMatchObject({ basis: 'confirmed', at: AT, from: { code: '2567/1' } })
    expect(list?.pupils.map(({ status }) => status)).toEqual(Array(4).fill('เรียนอยู่'))
    const keys = world.act((tx) => carriedKeys(tx, { roundId: round.id, institutionId: world.idOf('school') }))
    expect([...new Set(keys?.values())]).toEqual(list?.pupils.map(({ key }) => key))
  })

  it('is what was read last where nothing was confirmed', () => {
    const world = openChainWorld()
    world.read('school', world.rows('school', 6), AT)
    expect(carried(world, openSecond(world).id)).toMatchObject({ basis: 'read', at: AT, pupils: { length: 6 } })
  })

  it('is nothing in the first round of a school year, and for an institution that was not there', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    const fresh = openSecond(world, { carries: null })
    const ref = { roundId: fresh.id, institutionId: world.idOf('school') }
    expect(world.act((tx) => carriedRoster(tx, ref))).toBeNull()
    const other = openChainWorld()
    const second = openSecond(other)
    const key = { roundId: second.id, institutionId: other.idOf('school') }
    expect(other.act((tx) => carriedKeys(tx, key))).toBeNull()
  })

  it('is known also when the round that is carried is added after the one that carries it', () => {
    const world = openChainWorld()
    const early = { ...world.source, code: '2566/1', schoolYear: 2566 }
    const late = secondRound(early, { asOf: '2023-12-06' })
    must(world.act((tx) => addRound(tx, { round: late, activate: false }, AT)))
    must(world.act((tx) => addRound(tx, { round: early, activate: false }, AT)))
    must(world.act((tx) => addRound(tx, { round: late, activate: false }, AT)))
    const [second, first] = world.act((tx) => [roundByCode(tx, '2566/2'), roundByCode(tx, '2566/1')])
    expect(second?.carriesRoundId).toBe(first?.id)
  })
})

describe('the baseline of other affiliations (R23)', () => {
  const baselines = (world: ChainWorld, roundId: ReturnType<typeof openSecond>['id']) =>
    world
      .act((tx) => {
        const ref = { roundId, laoId: world.idOf('town') }
        bringBaselines(tx, ref)
        return otherInstitutionsOf(tx, ref)
      })
      .map(({ baseline, baselineDate }) => [baseline, baselineDate])

  it('is the figure that the last closed round confirmed, dated by that day', () => {
    const world = openChainWorld()
    const rows = world.countRows('town', (row) => ({ current: row.code.endsWith('11') ? 400 : 90 }))
    mustBeDone(world.confirmCounts('town', { at: bangkok('2024-06-05T00:30'), rows }))
    expect(baselines(world, openSecond(world).id)).toEqual([
      [400, '2024-06-05'],
      [90, '2024-06-05'],
    ])
  })

  it("is the round's own where it has one", () => {
    const world = openChainWorld()
    mustBeDone(world.confirmCounts('town', { at: AT }))
    const round = openSecond(world)
    const cells = {
      lao_code: '04990102',
      code: '1099000011',
      name_th: 'โรงเรียนอนุบาลทุ่งตะวัน',
      affiliation: 'สพฐ.',
      baseline: '450',
      baseline_date: '2024-11-10',
    }
    must(world.act((tx) => importOtherInstitutions(tx, { rows: [{ line: 2, cells }], roundId: round.id }, AT)))
    expect(baselines(world, round.id)).toEqual([
      [450, '2024-11-10'],
      [96, '2024-06-05'],
    ])
  })

  it('is none where nothing was confirmed, or the round before has not closed yet', () => {
    const world = openChainWorld()
    const none = [
      [null, null],
      [null, null],
    ]
    expect(baselines(world, openSecond(world).id)).toEqual(none)
    mustBeDone(world.confirmCounts('town', { at: AT }))
    const { recordingOpensAt, confirmingOpensAt } = world.source
    const round = openSecond(world, { code: '2567/3', recordingOpensAt, confirmingOpensAt })
    expect(baselines(world, round.id)).toEqual(none)
  })
})
