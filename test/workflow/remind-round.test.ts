import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { seeded } from '../../bench/nation/seeded.ts'
import type { UnitId } from '../../src/db/ids.ts'
import { outbox, reminders } from '../../src/db/schema.ts'
import type { ReminderNotice } from '../../src/workflow/notice.ts'
import { owesNow } from '../../src/workflow/remind.ts'
import { remindOwing } from '../../src/workflow/remind-tick.ts'
import { momentsNow, reminderMoments } from '../../src/workflow/rules/reminders/moments.ts'
import { DEFAULT_POLICY } from '../../src/workflow/rules/reminders/policy.ts'
import { type ChainWorld, must, mustBeDone, openChainWorld } from '../world/chain-world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const INSTITUTIONS = ['school', 'centre', 'saoCentre'] as const
type Told = { at: number; personId: number | null; units: UnitId[] }

/**
 * A whole round: the planner looks now and then, people confirm at random times, and what is queued leaves at once. Nothing is
 * kept between two looks, so that each of them is a restart too. `outages`: times in which nothing runs.
 */
function runRound(world: ChainWorld, given: { seed: number; outages: readonly [number, number][] }): Told[] {
  const random = seeded(given.seed)
  const round = world.round()
  const departmentId = world.idOf('department')
  const confirmAt = new Map(INSTITUTIONS.map((place) => [place, confirmTime()]))
  const told: Told[] = []
  const end = round.closesAt + 72 * HOUR
  for (let now = round.recordingOpensAt; now < end; now += (random.below(10) + 6) * MINUTE * stride(now)) {
    for (const [place, at] of confirmAt) {
      if (at === null || at > now) continue
      mustBeDone(world.confirmRoster(place, { at: now }))
      confirmAt.set(place, null)
      if (place === 'saoCentre') must(world.confirmLao('sao', { at: now }))
    }
    if (given.outages.some(([from, to]) => now >= from && now < to)) continue
    told.push(...look(now))
  }
  return told

  function look(now: number): Told[] {
    return world.act((tx) => {
      remindOwing(tx, { departmentId }, now)
      const queued = tx.select().from(outbox).where(eq(outbox.state, 'pending')).all()
      const fresh = queued.filter(({ notice }) => (notice as ReminderNotice).type === 'reminder')
      tx.update(outbox).set({ state: 'accepted' }).run()
      return fresh.map(({ personId, notice }) => {
        const units = ((notice as ReminderNotice).duties ?? []).map(({ unitId }) => unitId)
        for (const unitId of units)
          expect(owesNow(tx, { round, unitId }, now), 'nobody who had finished').not.toBeNull()
        return { at: now, personId, units }
      })
    })
  }
  /** One of three never confirms. */
  function confirmTime(): number | null {
    if (random.chance(0.34)) return null
    const from = Math.max(round.confirmingOpensAt, round.institutionDueAt - 72 * HOUR)
    return from + random.below(round.recordingClosesAt - from - HOUR)
  }
  /** Far from the deadline a look now and then is enough. */
  function stride(now: number): number {
    return now < round.institutionDueAt - 26 * HOUR || now > round.closesAt ? 10 : 1
  }
}

const promised = (world: ChainWorld, place: (typeof INSTITUTIONS)[number]): string[] => {
  const { recordingOpensAt, confirmingOpensAt, institutionDueAt, recordingClosesAt } = world.round()
  const span = { recordingOpensAt, confirmingOpensAt, dueAt: institutionDueAt, closesAt: recordingClosesAt }
  expect(place).toBeDefined()
  return reminderMoments(DEFAULT_POLICY, { ...span, extendedAt: null, agreed: null, below: false }).map(
    ({ key }) => key,
  )
}
const recordOf = (world: ChainWorld, place: (typeof INSTITUTIONS)[number]): string[] =>
  world
    .act((tx) => tx.select().from(reminders).all())
    .filter(({ unitId }) => unitId === world.idOf(place))
    .map(({ moment }) => moment)

describe.each(['2563/2', '2567/1'] as const)('a whole round %s', (code) => {
  it.each([1, 2])(
    'seed %i: who owes at the close had every reminder of the policy, nobody one twice, nobody who had finished one',
    (seed) => {
      const world = openChainWorld({ round: code })
      const told = runRound(world, { seed, outages: [] })
      const open = INSTITUTIONS.filter((place) => !world.isConfirmed(place, 'roster'))
      for (const place of open) expect(recordOf(world, place), place).toEqual(promised(world, place))
      for (const place of INSTITUTIONS) {
        const moments = recordOf(world, place)
        expect(new Set(moments).size).toBe(moments.length)
      }
      for (const [, own] of Map.groupBy(told, ({ personId }) => personId)) {
        const gaps = own.slice(1).map((one, index) => one.at - (own[index]?.at ?? 0))
        expect(Math.min(HOUR, ...gaps), 'one message at a time').toBeGreaterThanOrEqual(HOUR)
      }
    },
    120_000,
  )

  it('down for two hours across the last afternoon: the latest state once, and nothing of what was missed', () => {
    const world = openChainWorld({ round: code })
    const last = world.round().institutionDueAt - 24 * HOUR
    const told = runRound(world, { seed: 7, outages: [[last + 13 * HOUR, last + 16.5 * HOUR]] })
    const open = INSTITUTIONS.filter((place) => !world.isConfirmed(place, 'roster'))
    const missed = `${world.round().institutionDueAt}:13.30`
    for (const place of open)
      expect(recordOf(world, place)).toEqual(promised(world, place).filter((key) => key !== missed))
    expect(told.filter(({ at }) => at >= last + 13 * HOUR && at < last + 24 * HOUR).length).toBeGreaterThan(0)
  }, 120_000)
})

it('at any instant the moments to tell are of one instant that has come, and a later look never tells an earlier one', () => {
  const world = openChainWorld()
  const { recordingOpensAt, confirmingOpensAt, institutionDueAt, recordingClosesAt } = world.round()
  const span = {
    recordingOpensAt,
    confirmingOpensAt,
    dueAt: institutionDueAt,
    closesAt: recordingClosesAt,
    extendedAt: null,
    agreed: null,
    below: true,
  }
  const moments = reminderMoments(DEFAULT_POLICY, span)
  let last = 0
  for (let now = recordingOpensAt; now < recordingClosesAt + 72 * HOUR; now += 7 * MINUTE) {
    const found = momentsNow(DEFAULT_POLICY, moments, now)
    if (found.length === 0) continue
    expect(new Set(found.map(({ at }) => at)).size).toBe(1)
    expect(found.every(({ at }) => at <= now && at >= last)).toBe(true)
    last = found[0]?.at ?? last
  }
})
