import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { UnitId } from '../../src/db/ids.ts'
import { rounds, sheetFiles } from '../../src/db/schema.ts'
import { grantExtension } from '../../src/workflow/extensions.ts'
import { unsettledLocks, writeLocks } from '../../src/workflow/settle-locks.ts'
import { lockOf } from '../../src/workflow/sheet-lock.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld, type Place } from '../world/chain-world.ts'

const CLOSE = bangkok('2024-06-11T17:00')
const LATER = bangkok('2024-06-11T20:00')

const settle = (world: ChainWorld, now: number) =>
  world.act((tx) => {
    const found = unsettledLocks(tx, now, 1_000)
    writeLocks(tx, found)
    return found.length
  })
const wanted = (world: ChainWorld) =>
  Object.fromEntries(
    (['school', 'centre', 'saoCentre', 'town', 'countsOnly'] as const).map((place) => {
      const file = world.fileOf(place)
      expect(file?.lockWanted).toBe(file?.lockWantedFor !== null)
      return [place, file?.lockWantedFor ?? null]
    }),
  )
/** The same, asked unit by unit through the windows that people see. */
const byRule = (world: ChainWorld, now: number) =>
  Object.fromEntries(
    (['school', 'centre', 'saoCentre', 'town', 'countsOnly'] as const).map((place) => {
      const component = place === 'town' || place === 'countsOnly' ? 'other_counts' : 'roster'
      const ref = { roundId: world.round().id, unitId: world.idOf(place), component } as const
      return [place, world.act((tx) => lockOf(tx, ref, now))]
    }),
  )
const extend = (world: ChainWorld, scope: 'everyone' | 'province' | 'lao' | 'institution', unitId: UnitId | null) =>
  must(
    world.act((tx) =>
      grantExtension(
        tx,
        { roundId: world.round().id, scope, unitId, until: LATER, reason: 'น้ำท่วม', letterNumber: 'มท 1' },
        CLOSE + 1,
      ),
    ),
  )

describe('wanted locks', () => {
  it('leave every sheet open until the close', () => {
    const world = openChainWorld()
    expect(settle(world, CLOSE - 1)).toBe(0)
    expect(Object.values(wanted(world))).toEqual([null, null, null, null, null])
  })

  it('shut every sheet at the close, confirmed ones for what they are', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: CLOSE - 10_000 }))
    expect(settle(world, CLOSE)).toBe(4)
    expect(wanted(world)).toEqual({
      school: 'confirmed',
      centre: 'closed',
      saoCentre: 'closed',
      town: 'closed',
      countsOnly: 'closed',
    })
    expect(settle(world, CLOSE)).toBe(0)
  })

  it.each<['everyone' | 'province' | 'lao' | 'institution', Place | null]>([
    ['everyone', null],
    ['province', 'province'],
    ['lao', 'town'],
    ['lao', 'countsOnly'],
    ['institution', 'school'],
  ])('follow an extension for %s (%s) exactly as the windows do, and its end', (scope, place) => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('saoCentre', { at: CLOSE - 10_000 }))
    settle(world, CLOSE)
    extend(world, scope, place === null ? null : world.idOf(place))
    settle(world, CLOSE + 2)
    expect(wanted(world)).toEqual(byRule(world, CLOSE + 2))
    expect(Object.values(wanted(world))).toContain(null)
    expect(wanted(world)).toMatchObject({ saoCentre: 'confirmed' })
    settle(world, LATER)
    expect(wanted(world)).toEqual(byRule(world, LATER))
    expect(Object.values(wanted(world))).not.toContain(null)
  })

  it('shut everything of a round that was put away, whatever its extensions', () => {
    const world = openChainWorld()
    extend(world, 'everyone', null)
    world.act((tx) =>
      tx
        .update(rounds)
        .set({ archivedAt: CLOSE + 5 })
        .where(eq(rounds.id, world.round().id))
        .run(),
    )
    settle(world, CLOSE + 6)
    expect(wanted(world)).toEqual(byRule(world, CLOSE + 6))
    expect(Object.values(wanted(world))).not.toContain(null)
  })

  it('put right what an older program left behind', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: CLOSE - 10_000 }))
    world.act((tx) => tx.update(sheetFiles).set({ lockWanted: false, lockWantedFor: null }).run())
    expect(settle(world, CLOSE - 5_000)).toBe(1)
    expect(wanted(world)).toMatchObject({ school: 'confirmed', centre: null })
  })
})
