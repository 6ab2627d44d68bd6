import { describe, expect, it } from 'vitest'
import { confirmRuns } from '../../src/db/schema.ts'
import { changeDuty } from '../../src/workflow/appointment-changes.ts'
import { attest } from '../../src/workflow/attest.ts'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import { switchCertifier } from '../../src/workflow/certifier-switch.ts'
import { submitForCertifying } from '../../src/workflow/certify.ts'
import { replayDifferences } from '../../src/workflow/compare-replay.ts'
import { advanceRun } from '../../src/workflow/confirm-run.ts'
import { grantExtension } from '../../src/workflow/extensions.ts'
import { lateOutlook } from '../../src/workflow/late-tap-time.ts'
import { decideHeldAct, heldActsWaiting } from '../../src/workflow/late-taps.ts'
import { archiveRound, windowOf } from '../../src/workflow/rounds.ts'
import type { WindowComponent } from '../../src/workflow/rules/round-window.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld, type Place } from '../world/chain-world.ts'
import { hashOfRows } from '../world/roster-rows.ts'

const CLOSES = bangkok('2024-06-11T17:00')
const TAPPED = CLOSES - 1
const LATE = CLOSES + 61_000
/** A Wednesday: the next working day ends when Friday begins. */
const DECIDED = bangkok('2024-06-12T09:00')
const UNTIL = bangkok('2024-06-14T00:00')

const heldAct = (world: ChainWorld) => {
  const [held] = world.act((tx) => heldActsWaiting(tx, world.round().id))
  if (!held) throw new Error('nothing is held')
  return held
}
const outlook = (world: ChainWorld, at = DECIDED) => {
  const held = heldAct(world)
  return world.act((tx) => lateOutlook(tx, held, at))
}
const accept = (world: ChainWorld, at = DECIDED) => {
  const actor = world.actor('department', at)
  const { id } = heldAct(world)
  return world.act((tx) => decideHeldAct(tx, { actor, heldActId: id, accept: true, word: '' }, at))
}
const runOn = (world: ChainWorld, place: 'school' | 'centre', rows = world.rows(place)) => {
  const run = world.act((tx) => tx.select().from(confirmRuns).all()).at(-1)
  if (!run) throw new Error('no run')
  world.act((tx) => advanceRun(tx, run.id, 'verify'))
  const read = { hash: hashOfRows(rows), now: DECIDED }
  return world.finish(run.id, (tx, at) => world.recordIn(tx, place, rows, at), read)
}
const windowAt = (world: ChainWorld, place: Place, component: WindowComponent, at = DECIDED) =>
  world.act((tx) => windowOf(tx, { round: world.round(), unitId: world.idOf(place), component }, at))

/** Both institutions of the town are in but the school, whose tap came late. */
const heldLast = () => {
  const world = openChainWorld()
  mustBeDone(world.confirmRoster('centre', { at: TAPPED - 1000 }))
  world.confirmRoster('school', { at: TAPPED, receivedAt: LATE })
  return world
}

describe('an institution’s late confirmation that the department accepts after the close (section 7)', () => {
  it('gives its LAO and its province time until the end of the next working day, as was said before', () => {
    const world = heldLast()
    expect(outlook(world)).toMatchObject({
      kind: 'opens',
      units: [{ id: world.idOf('town') }, { id: world.idOf('province') }],
      until: UNTIL,
    })
    must(accept(world))
    expect(windowAt(world, 'town', 'overview').state).toBe('closed')
    mustBeDone(runOn(world, 'school'))
    expect(windowAt(world, 'town', 'overview')).toMatchObject({ state: 'after_due', extended: true, closesAt: UNTIL })
    expect(windowAt(world, 'province', 'province')).toMatchObject({ state: 'after_due', closesAt: UNTIL })
    expect(world.told('town', DECIDED).at(-1)).toMatchObject({ type: 'all-institutions-confirmed' })
    must(world.confirmLao('town', { at: UNTIL - 1 }))
    expect(world.isConfirmed('town', 'overview')).toBe(true)
  })

  it('is judged by who was in force at the tap, also when that duty was suspended since', () => {
    const world = heldLast()
    const about = { actor: world.actor('town', LATE), appointmentId: world.actor('school', LATE).appointmentId }
    must(world.act((tx) => changeDuty(tx, { ...about, change: 'suspend', reason: 'ลาป่วยระยะยาว' }, LATE)))
    expect(must(accept(world))).toMatchObject({ carriedOut: 'reading-sheet' })
    mustBeDone(runOn(world, 'school'))
  })

  it('counts no public holiday as a working day', () => {
    const world = heldLast()
    // A Friday before a long weekend: Monday 22 July 2567 stands in for อาสาฬหบูชา.
    expect(outlook(world, bangkok('2024-07-19T09:00'))).toMatchObject({ until: bangkok('2024-07-24T00:00') })
  })

  it('opens nothing else: no institution, no other counts, no other LAO', () => {
    const world = heldLast()
    must(accept(world))
    mustBeDone(runOn(world, 'school'))
    expect(windowAt(world, 'school', 'roster').state).toBe('closed')
    expect(windowAt(world, 'centre', 'roster').state).toBe('closed')
    expect(windowAt(world, 'town', 'other_counts').state).toBe('closed')
    expect(windowAt(world, 'sao', 'overview').state).toBe('closed')
    expect(world.fileOf('school')).toMatchObject({ lockWanted: true })
  })

  it('opens nothing when the sheet has changed and nothing is confirmed', () => {
    const world = heldLast()
    must(accept(world))
    expect(runOn(world, 'school', world.rows('school', 11)).outcome.refusal?.why).toBe('changed-since-shown')
    expect(windowAt(world, 'town', 'overview').state).toBe('closed')
  })

  it('opens nothing where the levels above have time anyway', () => {
    const world = heldLast()
    const extension = { roundId: world.round().id, scope: 'lao', unitId: world.idOf('town') } as const
    const ground = { reason: 'น้ำท่วมหนัก', letterNumber: 'มท 1', until: UNTIL }
    must(world.act((tx) => grantExtension(tx, { ...extension, ...ground }, LATE)))
    expect(outlook(world)).toEqual({ kind: 'plain' })
  })

  it('is a fact of its own in the log, from which replaying gives what the table says', () => {
    const world = heldLast()
    must(accept(world))
    mustBeDone(runOn(world, 'school'))
    const events = world.act((tx) => tx.query.events.findMany().sync())
    const opened = events.filter(({ type }) => type === 'late-tap-opened-above')
    expect(opened.map(({ data }) => JSON.parse(data))).toMatchObject([{ until: UNTIL }])
    expect(world.act((tx) => replayDifferences(tx))).toEqual([])
  })

  it('keeps the round from being archived until that time is over', () => {
    const world = heldLast()
    must(accept(world))
    mustBeDone(runOn(world, 'school'))
    const { code } = world.round()
    expect(world.act((tx) => archiveRound(tx, code, UNTIL - 1))).toEqual({
      ok: false,
      why: 'still-open',
      closesAt: UNTIL,
    })
    must(world.act((tx) => archiveRound(tx, code, UNTIL)))
  })

  it('an accepted overview gives its province that time', () => {
    const world = openChainWorld()
    for (const place of ['school', 'centre'] as const) mustBeDone(world.confirmRoster(place, { at: TAPPED - 1000 }))
    world.confirmLao('town', { at: TAPPED, receivedAt: LATE })
    expect(accept(world)).toMatchObject({ carriedOut: 'done' })
    expect(windowAt(world, 'province', 'province')).toMatchObject({ state: 'after_due', closesAt: UNTIL })
    expect(windowAt(world, 'town', 'overview').state).toBe('closed')
  })
})

describe('a late act that its unit could not finish', () => {
  it('a cancelling is accepted after the department was told that the institution needs time', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: TAPPED - 1000 }))
    const tap = { tappedAt: TAPPED, receivedAt: LATE }
    const about = { round: world.round(), actor: world.actor('town', TAPPED), unitId: world.idOf('school'), tap }
    world.act((tx) => cancelDirectly(tx, { ...about, component: 'roster', reason: 'พบยอดไม่ถูกต้อง' }, LATE))
    const unit = { id: world.idOf('school') }
    expect(outlook(world)).toMatchObject({ kind: 'needs-extension', unit, first: false })
    expect(accept(world)).toMatchObject({ carriedOut: 'done' })
    expect(windowAt(world, 'town', 'overview').state).toBe('closed')
  })

  it('a submission to the certifier is not accepted before the institution has time, and the refusal names it', () => {
    const world = openChainWorld()
    const actor = world.actor('town', TAPPED)
    const unitId = world.idOf('school')
    must(world.act((tx) => switchCertifier(tx, { actor, unitId, on: true }, TAPPED - 5000)))
    world.appoint('school', { role: 'certifier', name: 'ผู้อำนวยการ' })
    const rows = world.rows('school')
    world.read('school', rows, TAPPED - 4000)
    const officer = world.actor('school', TAPPED)
    const seen = { actor: officer, counted: 10 }
    world.act((tx) => {
      const facts = { ...seen, roundId: world.round().id, unitId, contentHash: hashOfRows(rows) }
      attest(tx, { ...facts, component: 'roster' }, TAPPED - 3000)
    })
    const submit = { round: world.round(), ...seen, seenHash: hashOfRows(rows) }
    const tap = { tappedAt: TAPPED, receivedAt: LATE }
    expect(world.act((tx) => submitForCertifying(tx, { ...submit, tap }, LATE))).toMatchObject({ why: 'held-late' })
    expect(accept(world)).toMatchObject({ ok: false, why: 'extension-first', unit: { id: unitId } })
    const ground = { reason: 'น้ำท่วมหนัก', letterNumber: 'มท 1', until: UNTIL }
    const extension = { roundId: world.round().id, scope: 'institution', unitId, ...ground } as const
    must(world.act((tx) => grantExtension(tx, extension, DECIDED)))
    expect(accept(world)).toMatchObject({ ok: true, carriedOut: 'done' })
  })
})

describe('a certifier who was switched on after the tap', () => {
  it('does not touch an accepted late tap: the officer confirmed alone then', () => {
    const world = heldLast()
    const actor = world.actor('town', DECIDED)
    must(world.act((tx) => switchCertifier(tx, { actor, unitId: world.idOf('school'), on: true }, DECIDED)))
    expect(accept(world)).toMatchObject({ ok: true, carriedOut: 'reading-sheet' })
    mustBeDone(runOn(world, 'school'))
  })
})
