import { describe, expect, it } from 'vitest'
import { offeredActions } from '../../src/workflow/offered-actions.ts'
import { ACTION_LIFE_MS, offerAction, takeAction } from '../../src/workflow/pending-actions.ts'
import { bangkok, type ChainWorld, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const offer = (world: ChainWorld, given: { lifeMs?: number; type?: string } = {}) =>
  world.act((tx) => {
    const { type = 'confirm', ...rest } = given
    return offerAction(
      tx,
      { actor: world.actor('school', AT), type, input: { seenHash: 'h' }, roundId: world.round().id, ...rest },
      AT,
    )
  })
const take = (
  world: ChainWorld,
  token: string,
  given: { by?: Parameters<ChainWorld['actor']>[0]; at?: number } = {},
) => {
  const { by = 'school', at = AT } = given
  return world.act((tx) => takeAction(tx, { token, personId: world.actor(by, AT).personId }, at))
}

describe('what a button carries (line.md: an opaque, expiring, single-use id bound to its actor)', () => {
  it('works once for its person and brings back what was shown', () => {
    const world = openChainWorld()
    const token = offer(world)
    expect(take(world, token)).toMatchObject({
      ok: true,
      action: { type: 'confirm', input: { seenHash: 'h' }, unitId: world.idOf('school') },
    })
    expect(take(world, token)).toMatchObject({ ok: false, why: 'used' })
  })

  it('says nothing and cannot be guessed', () => {
    const world = openChainWorld()
    const tokens = Array.from({ length: 50 }, () => offer(world))
    expect(new Set(tokens).size).toBe(50)
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/)
  })

  it("another person's is refused and stays good for its own", () => {
    const world = openChainWorld()
    const token = offer(world)
    expect(take(world, token, { by: 'town' })).toEqual({ ok: false, why: 'not-yours' })
    expect(take(world, token).ok).toBe(true)
  })

  it('an unknown one is refused without a word on others', () => {
    const world = openChainWorld()
    for (const token of ['', 'x', "' OR 1=1 --", offer(world).toLowerCase()])
      expect(take(world, token)).toEqual({ ok: false, why: 'unknown' })
  })

  it('a day old it has expired, to the millisecond', () => {
    const world = openChainWorld()
    expect(take(world, offer(world), { at: AT + ACTION_LIFE_MS - 1 }).ok).toBe(true)
    const old = offer(world)
    expect(take(world, old, { at: AT + ACTION_LIFE_MS })).toMatchObject({ ok: false, why: 'expired' })
    expect(take(world, offer(world, { lifeMs: 1000 }), { at: AT + 1000 })).toMatchObject({ ok: false, why: 'expired' })
  })

  it('an expired one that was not used says expired, a used one says used, whatever the clock', () => {
    const world = openChainWorld()
    const token = offer(world)
    take(world, token)
    expect(take(world, token, { at: AT + 2 * ACTION_LIFE_MS })).toMatchObject({ why: 'used' })
  })

  it('is not taken when the act that follows is rolled back', () => {
    const world = openChainWorld()
    const token = offer(world)
    const { personId } = world.actor('school', AT)
    expect(() =>
      world.act((tx) => {
        takeAction(tx, { token, personId }, AT)
        throw new Error('crash')
      }),
    ).toThrow('crash')
    expect(take(world, token).ok).toBe(true)
  })

  it('for those who type: offered and not yet taken, newest first, of this duty only', () => {
    const world = openChainWorld()
    const first = offer(world)
    const second = offer(world)
    const used = offer(world)
    take(world, used)
    offer(world, { type: 'attest' })
    const { personId, appointmentId } = world.actor('school', AT)
    const tokens = (of: { appointmentId: typeof appointmentId }, at = AT) =>
      world.act((tx) => offeredActions(tx, { personId, type: 'confirm', ...of }, at)).map((action) => action.token)
    expect(tokens({ appointmentId })).toEqual([second, first])
    expect(tokens({ appointmentId }, AT + ACTION_LIFE_MS)).toEqual([])
    expect(tokens({ appointmentId: world.appoint('centre') })).toEqual([])
  })
})
