import { describe, expect, it } from 'vitest'
import { acceptDeadline, proposeDeadline } from '../../src/workflow/agreements.ts'
import { replayDifferences } from '../../src/workflow/compare-replay.ts'
import { watchDrift } from '../../src/workflow/drift-watch.ts'
import { recordFinding } from '../../src/workflow/findings.ts'
import { drawSpotCheck } from '../../src/workflow/spot-check-draw.ts'
import { recordSpotResults } from '../../src/workflow/spot-check-results.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld, type Place } from '../world/chain-world.ts'
import { hashOfRows } from '../world/roster-rows.ts'

const AT = bangkok('2024-06-05T09:00')
const FRIDAY = bangkok('2024-06-07T16:30')
const LATER = bangkok('2024-07-20T10:00')

const propose = (world: ChainWorld, who: Place, dueAt: number) => {
  const about = { round: world.round(), actor: world.actor(who, AT), institutionIds: [world.idOf('school')], dueAt }
  return must(world.act((tx) => proposeDeadline(tx, about, AT)))
}

/** Dates are agreed, pupils looked for, sheets edited after confirming and put back, somebody found missing after the close. */
function livelyWorld(): ChainWorld {
  const world = openChainWorld()
  propose(world, 'school', FRIDAY)
  propose(world, 'school', FRIDAY - 60_000)
  propose(world, 'town', FRIDAY - 120_000)
  must(world.act((tx) => acceptDeadline(tx, { actor: world.actor('school', AT), agreementId: 3 }, AT)))
  propose(world, 'town', FRIDAY)
  must(world.act((tx) => acceptDeadline(tx, { actor: world.actor('school', AT), agreementId: 4 }, AT)))
  const sheet = world.rows('school')
  mustBeDone(world.confirmRoster('school', { at: AT, sheet }))
  const about = { round: world.round(), provinceId: world.idOf('province'), institutions: 2 }
  must(world.act((tx) => drawSpotCheck(tx, { ...about, actor: world.actor('province', AT) }, AT)))
  const say = { round: world.round(), actor: world.actor('province', AT) }
  must(world.act((tx) => recordSpotResults(tx, { ...say, numbers: [1, 2], result: 'not_found' }, AT)))
  must(world.act((tx) => recordSpotResults(tx, { ...say, numbers: [2], result: 'found' }, AT)))
  const ref = { roundId: world.round().id, unitId: world.idOf('school'), component: 'roster' } as const
  for (const given of [world.rows('school', 11), sheet, world.rows('school', 9)]) {
    world.read('school', given, AT)
    world.act((tx) => watchDrift(tx, { ...ref, contentHash: hashOfRows(given) }, AT))
  }
  const found = { pupil: { kind: 'row', row: 3 }, how: 'ลงพื้นที่แล้วไม่พบ', foundOn: '2024-07-19' } as const
  const finder = { round: world.round(), institutionId: world.idOf('school'), actor: world.actor('province', LATER) }
  must(world.act((tx) => recordFinding(tx, { ...finder, ...found }, LATER)))
  return world
}

describe('replaying what stands around the chain', () => {
  it('gives what the tables say of attestations, agreements, drifts, spot checks and findings', () => {
    const world = livelyWorld()
    const { raw } = world.database
    for (const table of ['attestations', 'agreements', 'drifts', 'spot_checks', 'spot_check_pupils', 'findings'])
      expect(raw.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).not.toBe(0)
    expect(world.act(replayDifferences)).toEqual([])
  })

  it.each([
    ['attestations', 'counted', `UPDATE attestations SET counted = 99`],
    ['agreements', 'dueAt', `UPDATE agreements SET due_at = 1 WHERE id = 1`],
    ['agreements', 'state', `UPDATE agreements SET state = 'accepted' WHERE id = 2`],
    ['drifts', 'contentHash', `UPDATE drifts SET content_hash = 'x' WHERE id = 1`],
    ['drifts', 'putBack', `UPDATE drifts SET ending = 'reopened' WHERE ending = 'put_back'`],
    ['spotChecks', 'seed', `UPDATE spot_checks SET seed = 'x'`],
    ['spotPupils', 'result', `UPDATE spot_check_pupils SET result = 'found' WHERE number = 1`],
    ['spotPupils', 'row', `DELETE FROM spot_check_pupils WHERE number = 1`],
    ['findings', 'foundOn', `UPDATE findings SET found_on = '2024-07-18'`],
    ['findings', 'row', `DELETE FROM findings`],
  ])('names a row of %s whose %s somebody changed', (table, field, sql) => {
    const world = livelyWorld()
    world.database.raw.prepare(sql).run()
    expect(world.act(replayDifferences)).toMatchObject([{ table, field }])
  })
})
