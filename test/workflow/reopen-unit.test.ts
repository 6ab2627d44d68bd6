import { describe, expect, it } from 'vitest'
import { units } from '../../src/db/schema.ts'
import { actorOf } from '../../src/workflow/actor.ts'
import { replayDifferences } from '../../src/workflow/compare-replay.ts'
import { stateOf } from '../../src/workflow/component-state.ts'
import { verifyLog } from '../../src/workflow/event-log.ts'
import { reopenUnit } from '../../src/workflow/reopen-unit.ts'
import { setInstitutionNotRequired } from '../../src/workflow/spare-institution.ts'
import { laoLines } from '../../src/workflow/structure.ts'
import { unitById } from '../../src/workflow/unit.ts'
import { closeUnit, mergeUnit, moveUnit } from '../../src/workflow/unit-changes.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld, type Place } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const NOON = bangkok('2024-06-05T12:00')
const LATER = bangkok('2024-06-06T09:00')
const CLOSED = { validFrom: AT, letterNumber: 'มท 0810/ว 55', reason: null, by: 'operator' } as const
const MISTAKE = { validFrom: LATER, letterNumber: 'มท 0810/ว 60', reason: 'ระบุหน่วยผิด', by: 'operator' } as const

const close = (world: ChainWorld, place: Place = 'centre') =>
  must(world.act((tx) => closeUnit(tx, { unitId: world.idOf(place), ground: CLOSED }, NOON)))
const reopen = (world: ChainWorld, place: Place = 'centre', given: { at?: number; ground?: object } = {}) => {
  const ground = { ...MISTAKE, ...given.ground }
  return world.act((tx) => reopenUnit(tx, { unitId: world.idOf(place), ground }, given.at ?? LATER))
}
const lineOf = (world: ChainWorld, place: 'town' | 'sao') => {
  const laos = [world.act((tx) => unitById(tx, world.idOf(place)))]
  return world.act((tx) => laoLines(tx, { roundId: world.round().id, laos }, LATER))[0]
}

describe('a closing that was recorded by mistake and is taken back', () => {
  it('brings back the confirmation, the overview that rested on it, the officer and the lock', () => {
    const world = openChainWorld()
    world.confirmUpToLaos(AT)
    const { appointmentId } = world.actor('centre', AT)
    close(world)
    expect(lineOf(world, 'town')).toMatchObject({ overviewCovers: false, complete: false })
    expect(world.act((tx) => actorOf(tx, appointmentId, LATER))).toBeNull()
    must(reopen(world))
    expect(world.isConfirmed('centre', 'roster')).toBe(true)
    expect(lineOf(world, 'town')).toMatchObject({ overview: 'confirmed', overviewCovers: true, complete: true })
    expect(world.act((tx) => actorOf(tx, appointmentId, LATER))).toMatchObject({ appointmentId })
    expect(world.fileOf('centre')).toMatchObject({ lockWanted: true, lockWantedFor: 'confirmed' })
    for (const place of ['centre', 'town'] as const)
      expect(world.told(place, LATER).at(-1), place).toMatchObject({ news: [{ what: 'reopened' }] })
  })

  it('owes again what it had not confirmed, with its sheet open', () => {
    const world = openChainWorld()
    world.read('centre', world.rows('centre'), AT)
    close(world)
    must(reopen(world))
    expect(world.fileOf('centre')).toMatchObject({ lockWanted: false })
    mustBeDone(world.confirmRoster('centre', { at: LATER }))
  })

  it('leaves an institution that its LAO had spared before spared for that reason', () => {
    const world = openChainWorld()
    const asked = { round: world.round(), actor: world.actor('town', AT), institutionId: world.idOf('centre') }
    must(world.act((tx) => setInstitutionNotRequired(tx, { ...asked, reason: 'ปีนี้ไม่มีเด็กเล็ก' }, AT)))
    close(world)
    must(reopen(world))
    const ref = { roundId: world.round().id, unitId: world.idOf('centre'), component: 'roster' } as const
    expect(world.act((tx) => stateOf(tx, ref))).toMatchObject({
      state: 'not_required',
      notRequiredReason: 'ปีนี้ไม่มีเด็กเล็ก',
    })
    expect(world.act(replayDifferences)).toEqual([])
  })

  it('is on record with its letter and reason, and replaying the log gives what the tables say', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('centre', { at: AT }))
    close(world)
    must(reopen(world))
    const types = world.act((tx) => tx.query.events.findMany().sync()).map(({ type }) => type)
    expect(types).toEqual(expect.arrayContaining(['unit-reopened', 'appointment-restored', 'unit-restored-in-round']))
    const [, change] = world.act((tx) => tx.query.unitChanges.findMany().sync())
    expect(change).toMatchObject({ what: 'reopened', letterNumber: MISTAKE.letterNumber, reason: MISTAKE.reason })
    expect(world.act((tx) => replayDifferences(tx))).toEqual([])
    expect(world.act((tx) => verifyLog(tx)).problems).toEqual([])
  })

  it('also a merging, whose institutions are moved back by hand', () => {
    const world = openChainWorld()
    const merge = { unitId: world.idOf('sao'), intoId: world.idOf('town'), ground: CLOSED }
    must(world.act((tx) => mergeUnit(tx, merge, NOON)))
    must(reopen(world, 'sao'))
    expect(world.act((tx) => unitById(tx, world.idOf('sao')))).toMatchObject({ closedAt: null, mergedIntoId: null })
    const back = { unitId: world.idOf('saoCentre'), toId: world.idOf('sao'), ground: MISTAKE }
    must(world.act((tx) => moveUnit(tx, back, LATER)))
    expect(lineOf(world, 'sao')?.institutions).toHaveLength(1)
  })

  it('needs both letter and reason, and something that is closed', () => {
    const world = openChainWorld()
    expect(reopen(world)).toEqual({ ok: false, why: 'not-closed' })
    close(world)
    for (const ground of [{ reason: ' ' }, { letterNumber: null }])
      expect(reopen(world, 'centre', { ground })).toEqual({ ok: false, why: 'no-reason-and-letter' })
  })

  it('is refused below an LAO that is closed itself', () => {
    const world = openChainWorld()
    close(world, 'saoCentre')
    close(world, 'sao')
    expect(reopen(world, 'saoCentre')).toMatchObject({ ok: false, why: 'is-closed', unit: { id: world.idOf('sao') } })
    must(reopen(world, 'sao'))
    must(reopen(world, 'saoCentre'))
  })

  it('is refused once a round has closed without it, and says which and when', () => {
    const world = openChainWorld()
    close(world)
    const { closesAt, code } = world.round()
    expect(reopen(world, 'centre', { at: closesAt - 1, ground: { validFrom: LATER } }).ok).toBe(true)
    close(world)
    expect(reopen(world, 'centre', { at: closesAt })).toEqual({
      ok: false,
      why: 'round-closed-since',
      roundCode: code,
      at: closesAt,
    })
    expect(
      world.act((tx) => tx.select().from(units).all()).find(({ id }) => id === world.idOf('centre'))?.closedAt,
    ).toBe(NOON)
  })

  it('leaves an officer who had left before the closing where he is', () => {
    const world = openChainWorld()
    const { appointmentId } = world.actor('centre', AT)
    world.act((tx) =>
      tx.run(`UPDATE appointments SET valid_to = ${AT + 1}, ended_reason = 'ย้าย' WHERE id = ${appointmentId}`),
    )
    close(world)
    must(reopen(world))
    expect(world.act((tx) => actorOf(tx, appointmentId, LATER))).toBeNull()
  })
})
