import { describe, expect, it } from 'vitest'
import { replayDifferences, replayLog } from '../../src/workflow/compare-replay.ts'
import { appendEvent } from '../../src/workflow/event-log.ts'
import { passOn, requestReopening } from '../../src/workflow/reopening.ts'
import { componentKey } from '../../src/workflow/replayed.ts'
import { bangkok, type ChainWorld, must, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-06T09:00')

function confirmedWorld(): ChainWorld {
  const world = openChainWorld()
  world.confirmUpToLaos(AT)
  return world
}

describe('replaying the log', () => {
  it('gives what the tables say, through a confirmation, a request, its endorsement and its unwinding', () => {
    const world = confirmedWorld()
    const asked = must(
      world.act((tx) =>
        requestReopening(
          tx,
          {
            round: world.round(),
            actor: world.actor('school', AT),
            component: 'roster',
            category: 'moved_in',
            reason: 'มีเด็กย้ายเข้า',
          },
          AT,
        ),
      ),
    )
    for (const [index, by] of (['town', 'province'] as const).entries()) {
      const answer = { actor: world.actor(by, AT), requestId: asked.requestId, version: index + 1, word: '' }
      must(world.act((tx) => passOn(tx, answer, AT)))
    }
    expect(world.act(replayDifferences)).toEqual([])
    const replayed = world.act(replayLog)
    const key = componentKey({ roundId: world.round().id, unitId: world.idOf('school'), component: 'roster' })
    expect(replayed.components.get(key)).toMatchObject({
      state: 'open',
      receiptNumber: null,
      reportedReceiptNumber: '2567/1-000001',
      reopenedTimes: 1,
    })
    expect(replayed.requests.get(asked.requestId)).toMatchObject({ state: 'carried_out', version: 3 })
  })

  it('names the row and the field that somebody changed in a table', () => {
    const world = confirmedWorld()
    const { raw } = world.database
    const unitId = world.idOf('school')
    raw.prepare(`UPDATE component_states SET state = 'open' WHERE unit_id = ?`).run(unitId)
    raw.prepare(`UPDATE snapshots SET counted = 99 WHERE unit_id = ?`).run(unitId)
    const key = `${world.round().id}/${unitId}/roster`
    expect(world.act(replayDifferences)).toEqual([
      { table: 'components', key, unitId, field: 'state', log: '"confirmed"', tables: '"open"' },
      { table: 'confirmations', key: '2567/1-000001', unitId, field: 'counted', log: '10', tables: '99' },
    ])
  })

  it('names what stands in a table without an event, and an event whose row is gone', () => {
    const world = confirmedWorld()
    const { raw } = world.database
    const roundId = world.round().id
    raw.prepare(`INSERT INTO lao_marks VALUES (?, ?, 'hash', 1, 0)`).run(roundId, world.idOf('bare'))
    world.act((tx) =>
      appendEvent(tx, { at: AT, type: 'extension-granted', roundId, data: { extensionId: 7, until: AT } }),
    )
    const found = world.act(replayDifferences)
    expect(
      found.map(({ table, key, field, log, tables }) => [table, key, field, log === 'null', tables === 'null']),
    ).toEqual([
      ['marks', `${roundId}/${world.idOf('bare')}`, 'row', true, false],
      ['extensions', '7', 'row', false, true],
    ])
  })

  it('finds a duty that was given or ended behind the log', () => {
    const world = confirmedWorld()
    const { appointmentId } = world.actor('school', AT)
    world.database.raw.prepare('UPDATE appointments SET valid_to = 1 WHERE id = ?').run(appointmentId)
    expect(world.act(replayDifferences)).toMatchObject([
      { table: 'appointments', key: String(appointmentId), field: 'validTo', log: 'null', tables: '1' },
    ])
  })
})
