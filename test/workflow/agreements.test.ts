import { expect, it } from 'vitest'
import type { Instant } from '../../src/db/ids.ts'
import { agreements, events, extensions } from '../../src/db/schema.ts'
import { acceptDeadline, agreementOf, deadlineLimits, proposeDeadline } from '../../src/workflow/agreements.ts'
import { moveUnit } from '../../src/workflow/unit-changes.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld, type Place } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const FRIDAY = bangkok('2024-06-07T16:30')
const SUNDAY = bangkok('2024-06-09T12:00')

const propose = (world: ChainWorld, who: Place, input: { of?: Place[]; dueAt?: Instant; at?: Instant } = {}) => {
  const at = input.at ?? AT
  const actor = world.actor(who, at)
  const institutionIds = (input.of ?? [who]).map(world.idOf)
  const tap = { tappedAt: at, receivedAt: at }
  return world.act((tx) =>
    proposeDeadline(tx, { round: world.round(), actor, institutionIds, dueAt: input.dueAt ?? FRIDAY, tap }, at),
  )
}
const rows = (world: ChainWorld) => world.act((tx) => tx.select().from(agreements).orderBy(agreements.id).all())
const standing = (world: ChainWorld, place: Place = 'school') =>
  world.act((tx) => agreementOf(tx, { roundId: world.round().id, institutionId: world.idOf(place) }))
const accept = (world: ChainWorld, who: Place, agreementId: number, at = AT) =>
  world.act((tx) => acceptDeadline(tx, { actor: world.actor(who, at), agreementId }, at))
const heard = (world: ChainWorld, who: Place) =>
  world.told(who, AT).flatMap((notice) => (notice.type === 'deadline-agreement' ? [notice] : []))

it('R18: the institution proposes, its LAO accepts, and both sides are told', () => {
  const world = openChainWorld()
  expect(must(propose(world, 'school')).proposals).toMatchObject([{ became: 'proposed', reached: true }])
  expect(heard(world, 'town')).toMatchObject([{ what: 'proposed', unitId: world.idOf('town') }])
  expect(standing(world)).toMatchObject({ agreed: null, proposed: { proposedBy: 'institution', dueAt: FRIDAY } })
  expect(must(accept(world, 'town', rows(world)[0]?.id ?? 0))).toMatchObject({ dueAt: FRIDAY })
  expect(heard(world, 'school')).toMatchObject([{ what: 'accepted', unitId: world.idOf('school') }])
  expect(standing(world)).toMatchObject({ agreed: { dueAt: FRIDAY }, proposed: null })
  const logged = world.act((tx) => tx.select().from(events).all()).filter(({ type }) => type.startsWith('agreement-'))
  expect(logged.map(({ type, personId }) => [type, personId])).toEqual([
    ['agreement-proposed', world.actor('school', AT).personId],
    ['agreement-answered', world.actor('town', AT).personId],
  ])
})

it('R18: a counter-proposal takes the place of the proposal, and the agreement holds until another is accepted', () => {
  const world = openChainWorld()
  must(propose(world, 'school'))
  must(propose(world, 'town', { of: ['school'], dueAt: SUNDAY }))
  expect(rows(world).map(({ state }) => state)).toEqual(['countered', 'proposed'])
  expect(accept(world, 'town', rows(world)[0]?.id ?? 0)).toMatchObject({ ok: false, why: 'agreement-over' })
  must(accept(world, 'school', rows(world)[1]?.id ?? 0))
  must(propose(world, 'school', { dueAt: FRIDAY }))
  expect(standing(world)).toMatchObject({ agreed: { dueAt: SUNDAY }, proposed: { dueAt: FRIDAY } })
  must(accept(world, 'town', rows(world)[2]?.id ?? 0))
  expect(standing(world)).toMatchObject({ agreed: { dueAt: FRIDAY }, proposed: null })
  expect(rows(world).map(({ state }) => state)).toEqual(['countered', 'replaced', 'accepted'])
})

it('the same proposal twice is one, and the same from the other side is the agreement', () => {
  const world = openChainWorld()
  must(propose(world, 'school'))
  expect(must(propose(world, 'school')).proposals).toMatchObject([{ became: 'as-before' }])
  expect(must(propose(world, 'town', { of: ['school'] })).proposals).toMatchObject([{ became: 'accepted' }])
  expect(must(propose(world, 'school')).proposals).toMatchObject([{ became: 'as-before' }])
  expect(rows(world)).toHaveLength(1)
  expect(heard(world, 'town')).toHaveLength(1)
})

it('R18: the LAO proposes to all of its institutions at once; who has confirmed is left out', () => {
  const world = openChainWorld()
  mustBeDone(world.confirmRoster('centre', { at: AT }))
  const { proposals } = must(propose(world, 'town', { of: ['school', 'centre'] }))
  expect(proposals.map(({ institutionId }) => institutionId)).toEqual([world.idOf('school')])
  expect(propose(world, 'centre')).toMatchObject({ ok: false, why: 'already-confirmed' })
})

it('R18: an agreement and an institution’s proposal go along to its new LAO, a proposal of the former LAO ends', () => {
  const ground = { validFrom: AT, letterNumber: 'มท 1', reason: null, by: 'operator' } as const
  const moved = (world: ChainWorld) =>
    must(
      world.act((tx) => moveUnit(tx, { unitId: world.idOf('school'), toId: world.idOf('sao'), ground }, AT + 60_000)),
    )
  const world = openChainWorld()
  must(propose(world, 'school'))
  must(accept(world, 'town', rows(world)[0]?.id ?? 0))
  must(propose(world, 'town', { of: ['school'], dueAt: SUNDAY }))
  moved(world)
  expect(standing(world)).toMatchObject({ agreed: { dueAt: FRIDAY }, proposed: null })
  expect(heard(world, 'sao')).toMatchObject([{ what: 'accepted', unitId: world.idOf('sao') }])
  expect(accept(world, 'school', rows(world)[1]?.id ?? 0)).toMatchObject({ ok: false, why: 'agreement-over' })

  const other = openChainWorld()
  must(propose(other, 'school'))
  moved(other)
  expect(heard(other, 'sao')).toMatchObject([{ what: 'proposed' }])
  expect(accept(other, 'town', rows(other)[0]?.id ?? 0)).toMatchObject({ ok: false, why: 'not-yours' })
  must(accept(other, 'sao', rows(other)[0]?.id ?? 0))
})

it('R18: the time lies between now and the due instant of the LAO, which an extension moves', () => {
  const world = openChainWorld()
  const due = bangkok('2024-06-11T00:00')
  expect(propose(world, 'school', { dueAt: AT })).toMatchObject({ ok: false, why: 'deadline-out-of-range', until: due })
  expect(propose(world, 'school', { dueAt: due + 1 })).toMatchObject({ ok: false, why: 'deadline-out-of-range' })
  expect(propose(world, 'school', { dueAt: due })).toMatchObject({ ok: true })
  expect(propose(world, 'school', { at: FRIDAY })).toMatchObject({ ok: false, why: 'deadline-out-of-range' })
  expect(accept(world, 'town', rows(world)[0]?.id ?? 0, due)).toMatchObject({ ok: false, why: 'deadline-out-of-range' })
  const limits = (at: Instant) =>
    world.act((tx) => deadlineLimits(tx, { round: world.round(), laoId: world.idOf('town') }, at))
  expect(limits(AT)).toEqual({ until: due, suggested: FRIDAY })
  expect(limits(FRIDAY)).toEqual({ until: due, suggested: null })
  const until = bangkok('2024-06-14T17:00')
  const longer = { roundId: world.round().id, scope: 'everyone', until, reason: 'น้ำท่วม', letterNumber: '1' } as const
  world.act((tx) =>
    tx
      .insert(extensions)
      .values({ ...longer, createdAt: AT })
      .run(),
  )
  expect(limits(due)).toEqual({ until, suggested: bangkok('2024-06-13T16:30') })
})

it('nobody answers for the other side, for another unit, or with eyes only', () => {
  const world = openChainWorld()
  must(propose(world, 'school'))
  const [row] = rows(world)
  const id = row?.id ?? 0
  expect(accept(world, 'school', id)).toMatchObject({ ok: false, why: 'not-yours' })
  expect(accept(world, 'sao', id)).toMatchObject({ ok: false, why: 'not-yours' })
  expect(accept(world, 'province', id)).toMatchObject({ ok: false, why: 'not-yours' })
  expect(propose(world, 'sao', { of: ['school'] })).toMatchObject({ ok: false, why: 'not-yours' })
  expect(propose(world, 'centre', { of: ['school'] })).toMatchObject({ ok: false, why: 'not-yours' })
  const executive = world.actor(world.appoint('town', { role: 'executive' }), AT)
  const refused = world.act((tx) => acceptDeadline(tx, { actor: executive, agreementId: id }, AT))
  expect(refused).toMatchObject({ ok: false, why: 'reads-only' })
})

it('R18: it guides and never blocks: the institution confirms after the agreed time all the same', () => {
  const world = openChainWorld()
  must(propose(world, 'school'))
  must(accept(world, 'town', rows(world)[0]?.id ?? 0))
  mustBeDone(world.confirmRoster('school', { at: SUNDAY }))
})
