import { describe, expect, it } from 'vitest'
import type { Instant } from '../../src/db/ids.ts'
import type { ExtensionScope } from '../../src/db/schema.ts'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import { nextTelling, tellOfExtension } from '../../src/workflow/extension-tellings.ts'
import { endExtension, grantExtension } from '../../src/workflow/extensions.ts'
import { activateRound, activeRound, addRound, archiveRound, roundByCode, windowOf } from '../../src/workflow/rounds.ts'
import type { WindowComponent } from '../../src/workflow/rules/round-window.ts'
import { SOURCE_ROUNDS } from '../../src/workflow/source-rounds.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld, type Place } from '../world/chain-world.ts'

const CLOSES = bangkok('2024-06-11T17:00')
const UNTIL = bangkok('2024-06-14T12:00')
const AFTER = bangkok('2024-06-13T10:00')
const extend = (
  world: ChainWorld,
  scope: ExtensionScope,
  place: Place | null,
  given: Partial<Parameters<typeof grantExtension>[1]> = {},
  now = CLOSES - 1000,
) =>
  world.act((tx) =>
    grantExtension(
      tx,
      {
        roundId: world.round().id,
        scope,
        unitId: place ? world.idOf(place) : null,
        until: UNTIL,
        reason: 'น้ำท่วม',
        letterNumber: 'มท 1/2567',
        ...given,
      },
      now,
    ),
  )
const stateOf = (world: ChainWorld, place: Place, component: WindowComponent, at: Instant = AFTER) =>
  world.act((tx) => windowOf(tx, { round: world.round(), unitId: world.idOf(place), component }, at).state)

describe('the rounds of a database', () => {
  it('both source rounds can be added, each once, and one is active (R11)', () => {
    const world = openChainWorld()
    const [first, second] = SOURCE_ROUNDS
    if (!first || !second) throw new Error('rounds are missing')
    const add = (round: typeof first, activate: boolean) => world.act((tx) => addRound(tx, { round, activate }, 1))
    expect(add(first, false)).toMatchObject({ ok: true, added: true })
    expect(add(second, true)).toMatchObject({ ok: true, added: false })
    expect(world.act(activeRound)?.code).toBe('2567/1')
    world.act((tx) => activateRound(tx, '2563/2', 2))
    expect(world.act(activeRound)?.code).toBe('2563/2')
    expect(add(second, true)).toMatchObject({ ok: true, added: false })
    expect(world.act(activeRound)?.code).toBe('2567/1')
  })

  it('a round of the same code and other instants is refused instead of taken for the known one', () => {
    const world = openChainWorld()
    const moved = { ...world.source, closesAt: world.source.closesAt + 1000 }
    expect(world.act((tx) => addRound(tx, { round: moved, activate: true }, 1))).toMatchObject({
      ok: false,
      why: 'differs',
      fields: ['closesAt'],
    })
    expect(world.round().closesAt).toBe(world.source.closesAt)
  })

  it.each([
    ['recordingOpensAt', 'confirmingOpensAt'],
    ['confirmingOpensAt', 'institutionDueAt'],
    ['confirmingOpensAt', 'otherCountsDueAt'],
    ['institutionDueAt', 'laoDueAt'],
    ['laoDueAt', 'recordingClosesAt'],
    ['otherCountsDueAt', 'recordingClosesAt'],
    ['laoDueAt', 'provinceDueAt'],
    ['recordingClosesAt', 'closesAt'],
    ['provinceDueAt', 'closesAt'],
  ] as const)('%s after %s is refused and named', (earlier, later) => {
    const world = openChainWorld()
    const round = { ...world.source, code: '2568/1', [earlier]: world.source[later] + 1 }
    const result = world.act((tx) => addRound(tx, { round, activate: false }, 1))
    expect(result).toMatchObject({ ok: false, why: 'instants-disordered' })
    expect(JSON.stringify(result)).toContain(`${earlier} > ${later}`)
    expect(world.act((tx) => roundByCode(tx, '2568/1'))).toBeNull()
  })
})

describe('an extension is an added fact (section 7, section 8)', () => {
  it.each([
    [{ reason: ' ' }, 'no-reason'],
    [{ letterNumber: '' }, 'no-letter'],
    [{ until: CLOSES - 1000 }, 'in-the-past'],
    [{ until: CLOSES }, 'extends-nothing'],
  ])('%j is refused: %s', (given, why) => {
    const world = openChainWorld()
    expect(extend(world, 'everyone', null, given)).toMatchObject({ ok: false, why })
  })

  it('whose scope and unit do not fit is refused', () => {
    const world = openChainWorld()
    expect(extend(world, 'institution', 'town')).toEqual({ ok: false, why: 'unknown-unit' })
    expect(extend(world, 'lao', null)).toEqual({ ok: false, why: 'unknown-unit' })
    expect(extend(world, 'province', 'school')).toEqual({ ok: false, why: 'unknown-unit' })
  })

  it('for everyone opens everything until its instant, which itself is too late', () => {
    const world = openChainWorld()
    must(extend(world, 'everyone', null))
    for (const [place, component] of [
      ['school', 'roster'],
      ['town', 'overview'],
      ['town', 'other_counts'],
      ['province', 'province'],
    ] as const) {
      expect(stateOf(world, place, component, UNTIL - 1), component).toBe('after_due')
      expect(stateOf(world, place, component, UNTIL), component).toBe('closed')
    }
  })

  it('for one institution opens it, its LAO and its province, and no neighbour', () => {
    const world = openChainWorld()
    must(extend(world, 'institution', 'school'))
    expect(stateOf(world, 'school', 'roster')).toBe('after_due')
    expect(stateOf(world, 'town', 'overview')).toBe('after_due')
    expect(stateOf(world, 'province', 'province')).toBe('after_due')
    expect(stateOf(world, 'centre', 'roster')).toBe('closed')
    expect(stateOf(world, 'sao', 'overview')).toBe('closed')
    expect(stateOf(world, 'saoCentre', 'roster')).toBe('closed')
  })

  it("for one institution does not open its LAO's other counts: ancestors open only as far as they need it", () => {
    const world = openChainWorld()
    must(extend(world, 'institution', 'school'))
    expect(stateOf(world, 'town', 'other_counts')).toBe('closed')
  })

  it('for an LAO opens its institutions, its two components and its province', () => {
    const world = openChainWorld()
    must(extend(world, 'lao', 'town'))
    for (const [place, component] of [
      ['school', 'roster'],
      ['centre', 'roster'],
      ['town', 'overview'],
      ['town', 'other_counts'],
      ['province', 'province'],
    ] as const)
      expect(stateOf(world, place, component), `${place} ${component}`).toBe('after_due')
    expect(stateOf(world, 'sao', 'overview')).toBe('closed')
  })

  it('for a province opens all of it', () => {
    const world = openChainWorld()
    must(extend(world, 'province', 'province'))
    for (const [place, component] of [
      ['school', 'roster'],
      ['sao', 'overview'],
      ['countsOnly', 'other_counts'],
      ['province', 'province'],
    ] as const)
      expect(stateOf(world, place, component), `${place} ${component}`).toBe('after_due')
  })

  it('never shortens: the latest that reaches a unit counts, an earlier one changes nothing', () => {
    const world = openChainWorld()
    must(extend(world, 'institution', 'school', { until: UNTIL }))
    must(extend(world, 'everyone', null, { until: CLOSES + 60_000 }))
    expect(stateOf(world, 'school', 'roster', UNTIL - 1)).toBe('after_due')
    expect(stateOf(world, 'centre', 'roster', CLOSES + 60_000)).toBe('closed')
  })

  it('carries the whole chain once more, after the close of everybody else', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('centre', { at: CLOSES - 1000 }))
    must(extend(world, 'institution', 'school'))
    mustBeDone(world.confirmRoster('school', { at: AFTER }))
    const { confirmation } = must(world.confirmLao('town', { at: AFTER }))
    expect(confirmation.afterDueAt).toBe(world.round().laoDueAt)
    const cancelled = (place: Place) =>
      world.act((tx) =>
        cancelDirectly(
          tx,
          {
            round: world.round(),
            actor: world.actor('province', AFTER),
            unitId: world.idOf(place),
            component: 'overview',
            reason: 'น้ำท่วม',
          },
          AFTER,
        ),
      )
    expect(cancelled('town').ok).toBe(true)
  })

  it('is on record, with letter and instant', () => {
    const world = openChainWorld()
    must(extend(world, 'lao', 'town'))
    const [event] = world.act((tx) =>
      tx.query.events.findMany({ where: (t, { eq }) => eq(t.type, 'extension-granted') }).sync(),
    )
    expect(event).toMatchObject({ unitId: world.idOf('town') })
    expect(JSON.parse(event?.data ?? '{}')).toMatchObject({ scope: 'lao', until: UNTIL, letterNumber: 'มท 1/2567' })
  })

  it.each([
    ['province', 'not-yours'],
    ['town', 'not-yours'],
  ] as const)('is given by the department alone: %s is refused', (place, why) => {
    const world = openChainWorld()
    expect(extend(world, 'lao', 'town', { actor: world.actor(place, CLOSES - 1000) })).toEqual({ ok: false, why })
    const reader = world.appoint('department', { role: 'executive' })
    expect(extend(world, 'lao', 'town', { actor: world.actor(reader, CLOSES - 1000) })).toMatchObject({
      why: 'reads-only',
    })
    must(extend(world, 'lao', 'town', { actor: world.actor('department', CLOSES - 1000) }))
  })

  it('given twice with the same words is recorded once and told once', () => {
    const world = openChainWorld()
    expect(extend(world, 'lao', 'town')).toMatchObject({ ok: true, added: true })
    const told = world.told('town', AFTER).length
    expect(extend(world, 'lao', 'town')).toMatchObject({ ok: true, added: false })
    expect(world.told('town', AFTER)).toHaveLength(told)
    expect(extend(world, 'lao', 'town', { until: UNTIL + 1000 })).toMatchObject({ ok: true, added: true })
  })

  it('is ended by another added fact: it counts no more from that instant on, what was done until then stands', () => {
    const world = openChainWorld()
    const { extension } = must(extend(world, 'lao', 'town'))
    mustBeDone(world.confirmRoster('school', { at: AFTER }))
    const end = { actor: world.actor('department', AFTER), extensionId: extension.id, reason: 'ให้ผิดแห่ง' }
    expect(world.act((tx) => endExtension(tx, { ...end, letterNumber: '' }, AFTER))).toMatchObject({ why: 'no-letter' })
    must(world.act((tx) => endExtension(tx, { ...end, letterNumber: 'มท 2/2567' }, AFTER + 1000)))
    expect(stateOf(world, 'town', 'overview', AFTER + 999)).toBe('after_due')
    expect(stateOf(world, 'town', 'overview', AFTER + 1000)).toBe('closed')
    expect(world.isConfirmed('school', 'roster')).toBe(true)
    const again = world.act((tx) => endExtension(tx, { ...end, letterNumber: 'มท 2/2567' }, AFTER + 2000))
    expect(again).toMatchObject({ ok: false, why: 'extension-over' })
    must(extend(world, 'lao', 'town', { until: AFTER + 5000 }, AFTER + 3000))
    expect(stateOf(world, 'town', 'overview', AFTER + 4999)).toBe('after_due')
  })

  it('tells those in its scope who owe and the levels above, and nobody else', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('centre', { at: CLOSES - 2000 }))
    must(extend(world, 'lao', 'town'))
    const heard = (place: Place) => world.told(place, AFTER).filter(({ type }) => type === 'extended').length
    expect({ school: heard('school'), town: heard('town'), province: heard('province') }).toEqual({
      school: 1,
      town: 1,
      province: 1,
    })
    expect({ centre: heard('centre'), sao: heard('sao'), department: heard('department') }).toEqual({
      centre: 0,
      sao: 0,
      department: 0,
    })
  })

  it('for one institution tells it and the levels above even when it has confirmed: it asked to correct', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: CLOSES - 2000 }))
    must(extend(world, 'institution', 'school'))
    for (const place of ['school', 'town', 'province'] as const)
      expect(
        world.told(place, AFTER).map(({ type }) => type),
        place,
      ).toContain('extended')
    expect(world.told('centre', AFTER)).toEqual([])
  })

  it('for everyone is told province by province, by a job', () => {
    const world = openChainWorld()
    must(extend(world, 'everyone', null))
    expect(world.told('school', AFTER)).toEqual([])
    const telling = world.act(nextTelling)
    expect(world.act((tx) => tellOfExtension(tx, telling ?? 0, AFTER))).toBeGreaterThan(0)
    expect(world.act((tx) => tellOfExtension(tx, telling ?? 0, AFTER))).toBe(0)
    expect(world.act(nextTelling)).toBeNull()
    for (const place of ['school', 'town', 'province'] as const)
      expect(
        world.told(place, AFTER).map(({ type }) => type),
        place,
      ).toEqual(['extended'])
  })
})

describe('archiving a round (section 8)', () => {
  const END = bangkok('2024-06-12T00:00')
  const archive = (world: ChainWorld, now: Instant) => world.act((tx) => archiveRound(tx, '2567/1', now))

  it('is refused while the round or an extension runs, and ends every window', () => {
    const world = openChainWorld()
    expect(archive(world, END - 1)).toMatchObject({ ok: false, why: 'still-open', closesAt: END })
    must(extend(world, 'everyone', null))
    expect(archive(world, END)).toMatchObject({ why: 'still-open', closesAt: UNTIL })
    expect(archive(world, UNTIL)).toMatchObject({ ok: true, archived: true })
    expect(archive(world, UNTIL + 1)).toMatchObject({ ok: true, archived: false })
    expect(extend(world, 'everyone', null, { until: UNTIL + 9000 }, UNTIL + 2)).toMatchObject({ why: 'round-archived' })
    const events = world.act((tx) => tx.query.events.findMany().sync()).filter(({ type }) => type === 'round-archived')
    expect(events).toHaveLength(1)
  })

  it('waits for the department to decide on every late act', () => {
    const world = openChainWorld()
    world.confirmRoster('school', { at: CLOSES - 1, receivedAt: CLOSES + 120_000 })
    expect(archive(world, END)).toEqual({ ok: false, why: 'late-taps-waiting', waiting: 1 })
  })
})
