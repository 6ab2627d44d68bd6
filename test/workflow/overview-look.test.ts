import { describe, expect, it } from 'vitest'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import { overviewShown } from '../../src/workflow/confirm-overview.ts'
import { changesSinceLook, recordLook } from '../../src/workflow/overview-look.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const LATER = bangkok('2024-06-06T09:00')

const looking = (world: ChainWorld, at: number, who: Parameters<ChainWorld['actor']>[0] = 'town') => {
  const actor = world.actor(who, at)
  return world.act((tx) => {
    const shown = overviewShown(tx, { round: world.round(), laoId: actor.unitId }, at)
    const input = { round: world.round(), laoId: actor.unitId, personId: actor.personId, shown }
    const look = changesSinceLook(tx, input)
    recordLook(tx, input, at)
    return look
  })
}
const reopen = (world: ChainWorld, at: number) =>
  must(
    world.act((tx) =>
      cancelDirectly(
        tx,
        {
          round: world.round(),
          actor: world.actor('town', at),
          unitId: world.idOf('school'),
          component: 'roster',
          reason: 'ตรวจอีกครั้ง',
        },
        at,
      ),
    ),
  )

describe("R30: the LAO's own second look", () => {
  const confirmed = () => {
    const world = openChainWorld()
    for (const place of ['school', 'centre'] as const) mustBeDone(world.confirmRoster(place, { at: AT }))
    return world
  }

  it('the first has nothing to compare with; the next says that nothing changed', () => {
    const world = confirmed()
    expect(looking(world, AT)).toEqual({ lastAt: null, changes: [] })
    expect(looking(world, LATER)).toEqual({ lastAt: AT, changes: [] })
  })

  it('says which institution was reopened, and which confirmed again with which figure', () => {
    const world = confirmed()
    looking(world, AT)
    reopen(world, LATER)
    expect(looking(world, LATER).changes).toMatchObject([{ name: 'โรงเรียนเทศบาล 1', what: 'reopened' }])
    mustBeDone(world.confirmRoster('school', { at: LATER + 1, sheet: world.rows('school', 12) }))
    expect(looking(world, LATER + 2).changes).toMatchObject([{ what: 'figure', from: 10, to: 12 }])
    reopen(world, LATER + 3)
    mustBeDone(world.confirmRoster('school', { at: LATER + 4, sheet: world.rows('school', 12) }))
    expect(looking(world, LATER + 5).changes).toMatchObject([{ what: 'again', from: 12, to: 12 }])
  })

  it('a first confirmation since the last look is named', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('centre', { at: AT }))
    looking(world, AT)
    mustBeDone(world.confirmRoster('school', { at: LATER }))
    expect(looking(world, LATER).changes).toMatchObject([{ name: 'โรงเรียนเทศบาล 1', what: 'confirmed', to: 10 }])
  })

  it('each officer has a look of their own', () => {
    const world = confirmed()
    looking(world, AT)
    expect(looking(world, LATER, world.appoint('town', { name: 'คนที่สอง' }))).toEqual({ lastAt: null, changes: [] })
  })
})
