import { describe, expect, it } from 'vitest'
import type { Instant } from '../../src/db/ids.ts'
import type { ExtensionScope } from '../../src/db/schema.ts'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import {
  activateRound,
  activeRound,
  addRound,
  grantExtension,
  roundByCode,
  windowOf,
} from '../../src/workflow/rounds.ts'
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
  ])('%j is refused: %s', (given, why) => {
    const world = openChainWorld()
    expect(extend(world, 'everyone', null, given)).toEqual({ ok: false, why })
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
            reason: 'x',
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
})
