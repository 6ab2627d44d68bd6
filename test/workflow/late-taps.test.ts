import { describe, expect, it } from 'vitest'
import { confirmRuns } from '../../src/db/schema.ts'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import { advanceRun } from '../../src/workflow/confirm-run.ts'
import { decideHeldAct, heldActsWaiting } from '../../src/workflow/late-taps.ts'
import { lapseRequests, passOn, requestReopening } from '../../src/workflow/reopening.ts'
import { requestById } from '../../src/workflow/reopening-requests.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld } from '../world/chain-world.ts'
import { hashOfRows } from '../world/roster-rows.ts'

const CLOSES = bangkok('2024-06-11T17:00')
const TAPPED = CLOSES - 1
const LATE = CLOSES + 61_000
const NEXT_DAY = bangkok('2024-06-12T09:00')

const waiting = (world: ChainWorld) => world.act((tx) => heldActsWaiting(tx, world.round().id))
const decide = (world: ChainWorld, accept: boolean, given: { word?: string; at?: number } = {}) => {
  const at = given.at ?? NEXT_DAY
  const actor = world.actor('department', at)
  const [held] = waiting(world)
  if (!held) throw new Error('nothing is held')
  return world.act((tx) => decideHeldAct(tx, { actor, heldActId: held.id, accept, word: given.word ?? '' }, at))
}
const typesOf = (world: ChainWorld) => world.act((tx) => tx.query.events.findMany().sync()).map(({ type }) => type)

/** The roster confirmed late; then what the job does with the sequence that an acceptance starts. */
const heldRoster = (sheet?: ReturnType<ChainWorld['rows']>) => {
  const world = openChainWorld()
  const rows = sheet ?? world.rows('school')
  world.confirmRoster('school', { at: TAPPED, receivedAt: LATE, sheet: rows })
  const runOn = (now: number, standing = rows) => {
    const run = world.act((tx) => tx.select().from(confirmRuns).all()).at(-1)
    if (!run) throw new Error('no run')
    world.act((tx) => advanceRun(tx, run.id, 'verify'))
    return world.finish(run.id, (tx, at) => world.recordIn(tx, 'school', standing, at), {
      hash: hashOfRows(standing),
      now,
    })
  }
  return { world, runOn }
}

describe('a tap made before the close that arrives more than a minute later (section 7)', () => {
  it('is held with what it meant, the department is told once, and nothing is confirmed', () => {
    const { world } = heldRoster()
    expect(waiting(world)).toMatchObject([
      { component: 'roster', tappedAt: TAPPED, receivedAt: LATE, closesAt: CLOSES, input: { kind: 'confirm' } },
    ])
    expect(world.isConfirmed('school', 'roster')).toBe(false)
    world.confirmRoster('centre', { at: TAPPED, receivedAt: LATE })
    expect(waiting(world)).toHaveLength(2)
    const told = world.told('department', NEXT_DAY).filter(({ type }) => type === 'late-taps-waiting')
    expect(told).toHaveLength(1)
  })

  it('accepted, is carried out on a fresh read, dated by the tap and with the true moment of receipt', () => {
    const { world, runOn } = heldRoster()
    expect(decide(world, true)).toMatchObject({ ok: true, carriedOut: 'reading-sheet' })
    const confirmationId = mustBeDone(runOn(NEXT_DAY))
    const receipt = world.receipts().find(({ id }) => id === confirmationId)
    expect(receipt).toMatchObject({ tappedAt: TAPPED, receivedAt: LATE, committedAt: NEXT_DAY })
    expect(receipt?.afterDueAt).toBe(world.round().institutionDueAt)
    expect(waiting(world)).toEqual([])
    const told = world.told('school', NEXT_DAY).map(({ type }) => type)
    expect(told.slice(-2)).toEqual(['late-tap-decided', 'receipt'])
    expect(typesOf(world)).toEqual(expect.arrayContaining(['late-tap-held', 'late-tap-accepted', 'confirmed']))
  })

  it('accepted, is refused when the sheet has changed since the person saw it, and the sheet stays shut', () => {
    const { world, runOn } = heldRoster()
    must(decide(world, true))
    const { outcome } = runOn(NEXT_DAY, world.rows('school', 11))
    expect(outcome.refusal).toMatchObject({ why: 'changed-since-shown', closedAt: CLOSES })
    expect(world.isConfirmed('school', 'roster')).toBe(false)
    expect(world.fileOf('school')).toMatchObject({ locked: true, lockedFor: 'closed' })
    expect(world.told('school', NEXT_DAY).at(-1)).toMatchObject({ type: 'confirm-refused' })
  })

  it('accepted, counts for the person who was appointed when it was tapped', () => {
    const world = openChainWorld()
    const officer = world.appoint('school', { name: 'ผู้ย้ายไป' })
    world.confirmRoster('school', { at: TAPPED, receivedAt: LATE, by: officer })
    world.act((tx) => tx.run(`UPDATE appointments SET valid_to = ${LATE} WHERE id = ${officer}`))
    must(decide(world, true))
    const run = world.act((tx) => tx.select().from(confirmRuns).all()).at(-1)
    const rows = world.rows('school')
    const finished = world.finish(run?.id as never, (tx, at) => world.recordIn(tx, 'school', rows, at), {
      hash: hashOfRows(rows),
      now: NEXT_DAY,
    })
    mustBeDone(finished)
  })

  it('not accepted, needs a word, changes nothing, and the person hears of it', () => {
    const { world } = heldRoster()
    expect(decide(world, false)).toMatchObject({ ok: false, why: 'no-reason' })
    expect(decide(world, false, { word: 'ไม่มีเหตุอันควร' })).toMatchObject({ ok: true, carriedOut: 'no' })
    expect(world.isConfirmed('school', 'roster')).toBe(false)
    expect(world.told('school', NEXT_DAY).at(-1)?.type).toBe('late-tap-decided')
    expect(typesOf(world)).toContain('late-tap-refused')
    const log = JSON.stringify(world.act((tx) => tx.query.events.findMany().sync()))
    expect(log).not.toContain('ไม่มีเหตุอันควร')
  })

  it('is decided by an officer of the department, once', () => {
    const { world } = heldRoster()
    const [held] = waiting(world)
    const by = (who: Parameters<ChainWorld['actor']>[0]) =>
      world.act((tx) =>
        decideHeldAct(
          tx,
          { actor: world.actor(who, NEXT_DAY), heldActId: held?.id as never, accept: true, word: '' },
          NEXT_DAY,
        ),
      )
    expect(by('province')).toMatchObject({ why: 'not-yours' })
    expect(by(world.appoint('department', { role: 'executive' }))).toMatchObject({ why: 'reads-only' })
    must(by('department'))
    expect(by('department')).toMatchObject({ ok: false, why: 'held-decided', accepted: true })
  })

  it('an overview, a mark and the province are carried out at once, with their receipts', () => {
    const world = openChainWorld()
    for (const place of ['school', 'centre'] as const) mustBeDone(world.confirmRoster(place, { at: TAPPED - 1000 }))
    expect(world.confirmLao('town', { at: TAPPED, receivedAt: LATE })).toMatchObject({ why: 'held-late' })
    expect(decide(world, true)).toMatchObject({ ok: true, carriedOut: 'done' })
    expect(world.isConfirmed('town', 'overview')).toBe(true)
    expect(world.receipts().at(-1)).toMatchObject({ tappedAt: TAPPED, receivedAt: LATE })
    expect(world.told('town', NEXT_DAY).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['receipt', 'late-tap-decided']),
    )
  })

  it('that can no longer be carried out says why, to the department and to the person', () => {
    const world = openChainWorld()
    for (const place of ['school', 'centre'] as const) mustBeDone(world.confirmRoster(place, { at: TAPPED - 1000 }))
    world.confirmLao('town', { at: TAPPED, receivedAt: LATE })
    world.read('school', world.rows('school', 12), LATE)
    expect(decide(world, true)).toMatchObject({ carriedOut: 'in-vain', refusal: { why: 'children-drifted' } })
    expect(world.isConfirmed('town', 'overview')).toBe(false)
  })

  it('a cancelling tapped in time and received late is held and carried out on acceptance', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: TAPPED - 1000 }))
    const cancel = {
      round: world.round(),
      actor: world.actor('town', TAPPED),
      unitId: world.idOf('school'),
      component: 'roster' as const,
      reason: 'พบยอดผิด',
      tap: { tappedAt: TAPPED, receivedAt: LATE },
    }
    expect(world.act((tx) => cancelDirectly(tx, cancel, LATE))).toMatchObject({ why: 'held-late' })
    expect(world.act((tx) => cancelDirectly(tx, cancel, LATE))).toMatchObject({ why: 'held-late' })
    expect(waiting(world)).toHaveLength(1)
    expect(decide(world, true)).toMatchObject({ carriedOut: 'done' })
    expect(world.isConfirmed('school', 'roster')).toBe(false)
  })
})

describe('a request to reopen around the close', () => {
  const asked = () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: TAPPED - 5000 }))
    const { requestId } = must(
      world.act((tx) =>
        requestReopening(
          tx,
          {
            round: world.round(),
            actor: world.actor('school', TAPPED - 4000),
            component: 'roster',
            category: 'wrong_data',
            reason: 'ยอดผิด',
          },
          TAPPED - 4000,
        ),
      ),
    )
    const answer = (receivedAt: number) =>
      world.act((tx) =>
        passOn(
          tx,
          {
            actor: world.actor('town', TAPPED),
            requestId,
            version: 1,
            word: '',
            tap: { tappedAt: TAPPED, receivedAt },
          },
          receivedAt,
        ),
      )
    return { world, requestId, answer }
  }

  it('does not lapse within the minute in which a tap made in time may still arrive', () => {
    const { world, requestId, answer } = asked()
    expect(world.act((tx) => lapseRequests(tx, CLOSES + 59_999))).toBe(0)
    must(answer(CLOSES + 59_000))
    expect(world.act((tx) => requestById(tx, requestId))?.state).toBe('carried_out')
    expect(world.isConfirmed('school', 'roster')).toBe(false)
  })

  it('lapses after it; an answer made in time that comes later is held, and carried out when accepted', () => {
    const { world, requestId, answer } = asked()
    expect(world.act((tx) => lapseRequests(tx, CLOSES + 60_000))).toBe(1)
    expect(answer(LATE)).toMatchObject({ ok: false, why: 'held-late' })
    expect(decide(world, true)).toMatchObject({ carriedOut: 'done' })
    expect(world.act((tx) => requestById(tx, requestId))?.state).toBe('carried_out')
    expect(world.isConfirmed('school', 'roster')).toBe(false)
  })

  it('that lapsed is not revived by an answer made after the close', () => {
    const { world, requestId } = asked()
    world.act((tx) => lapseRequests(tx, CLOSES + 60_000))
    const input = { actor: world.actor('town', LATE), requestId, version: 1, word: '' }
    const tap = { tappedAt: CLOSES, receivedAt: CLOSES + 500 }
    expect(world.act((tx) => passOn(tx, { ...input, tap }, LATE))).toMatchObject({ why: 'request-ended' })
    expect(waiting(world)).toEqual([])
  })
})
