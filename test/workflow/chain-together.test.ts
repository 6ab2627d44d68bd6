import { describe, expect, it } from 'vitest'
import { confirmRuns } from '../../src/db/schema.ts'
import { closeList } from '../../src/workflow/close-list.ts'
import { advanceRun } from '../../src/workflow/confirm-run.ts'
import { importOtherInstitutions } from '../../src/workflow/import-other-institutions.ts'
import { importUnits } from '../../src/workflow/import-units.ts'
import { provinceFigures } from '../../src/workflow/lao-figures.ts'
import { decideHeldAct, heldActsWaiting } from '../../src/workflow/late-taps.ts'
import { addRound, archiveRound } from '../../src/workflow/rounds.ts'
import { provinceStatus } from '../../src/workflow/status.ts'
import { closeUnit, mergeUnit } from '../../src/workflow/unit-changes.ts'
import { bangkok, type ChainWorld, must, openChainWorld } from '../world/chain-world.ts'
import { hashOfRows } from '../world/roster-rows.ts'

const CLOSES = bangkok('2024-06-11T17:00')
const TAPPED = CLOSES - 1
const LATE = CLOSES + 61_000
const NEXT_DAY = bangkok('2024-06-12T09:00')
const ARCHIVED = bangkok('2024-06-20T09:00')
const LATER = bangkok('2024-09-01T09:00')
const GROUND = { validFrom: bangkok('2024-06-05T09:00'), letterNumber: 'มท 1', reason: null, by: 'operator' } as const

const waiting = (world: ChainWorld) => world.act((tx) => heldActsWaiting(tx, world.round().id))
const accept = (world: ChainWorld) => {
  const [held] = waiting(world)
  if (!held) throw new Error('nothing is held')
  const actor = world.actor('department', NEXT_DAY)
  return must(world.act((tx) => decideHeldAct(tx, { actor, heldActId: held.id, accept: true, word: '' }, NEXT_DAY)))
}
const runLast = (world: ChainWorld, now: number) => {
  const run = world.act((tx) => tx.select().from(confirmRuns).all()).at(-1)
  if (!run) throw new Error('no run')
  const rows = world.rows('school')
  world.act((tx) => advanceRun(tx, run.id, 'verify'))
  return world.finish(run.id, (tx, at) => world.recordIn(tx, 'school', rows, at), { hash: hashOfRows(rows), now })
}
const nextRound = ({ source }: ChainWorld) => ({
  ...source,
  code: '2567/2',
  recordingOpensAt: source.recordingOpensAt + 1,
  confirmingOpensAt: source.confirmingOpensAt + 1,
})
const archive = (world: ChainWorld, at: number) => world.act((tx) => archiveRound(tx, '2567/1', at))

describe('a tap made in time that meets what happened since', () => {
  it('confirms nothing for an institution that was closed in the round, though the department accepts it', () => {
    const world = openChainWorld()
    world.confirmRoster('school', { at: TAPPED, receivedAt: LATE })
    must(world.act((tx) => closeUnit(tx, { unitId: world.idOf('school'), ground: GROUND }, LATE + 1000)))
    accept(world)
    expect(runLast(world, NEXT_DAY).outcome.refusal).toMatchObject({ why: 'not-required' })
    expect(world.isConfirmed('school', 'roster')).toBe(false)
  })

  it('is not held and confirms nothing once the round is archived', () => {
    const world = openChainWorld()
    expect(archive(world, ARCHIVED)).toMatchObject({ ok: true })
    const { outcome } = world.confirmRoster('school', { at: TAPPED, receivedAt: ARCHIVED + 1000 })
    expect(outcome.refusal).toMatchObject({ why: 'round-archived', archivedAt: ARCHIVED })
    expect(world.confirmLao('town', { at: TAPPED, receivedAt: ARCHIVED + 1000 })).toMatchObject({ ok: false })
    expect(waiting(world)).toEqual([])
  })

  it('keeps the round from being archived until its sheet has been read', () => {
    const world = openChainWorld()
    world.confirmRoster('school', { at: TAPPED, receivedAt: LATE })
    accept(world)
    expect(archive(world, ARCHIVED)).toEqual({ ok: false, why: 'sheets-being-read', waiting: 1 })
    expect(runLast(world, ARCHIVED).outcome.confirmationId).toBeDefined()
    expect(archive(world, ARCHIVED)).toMatchObject({ ok: true, archived: true })
  })
})

describe('what happens among the units after a round', () => {
  const seen = (world: ChainWorld) =>
    world.act((tx) => {
      const round = world.round()
      const actor = world.actor('province', LATER)
      const { laos } = provinceStatus(tx, { round, provinceId: world.idOf('province'), actor }, LATER)
      return {
        laos,
        figures: provinceFigures(tx, { roundId: round.id, departmentId: world.idOf('department') }, LATER),
        left: closeList(tx, { round }, LATER),
      }
    })
  const closedRound = () => {
    const world = openChainWorld()
    world.confirmUpToLaos(TAPPED - 10_000)
    return world
  }

  it('an institution that opens owes nothing to it', () => {
    const world = closedRound()
    const before = seen(world)
    const cells = { code: '3099200077', kind: 'school', name_th: 'ใหม่', lao_code: '04990102' }
    must(world.act((tx) => importUnits(tx, [{ line: 2, cells }], LATER)))
    expect(seen(world)).toEqual(before)
  })

  it('an LAO that is merged away stays in it with its institutions', () => {
    const world = closedRound()
    const before = seen(world)
    const [unitId, intoId] = [world.idOf('sao'), world.idOf('town')]
    must(world.act((tx) => mergeUnit(tx, { unitId, intoId, ground: GROUND }, LATER)))
    expect(seen(world).laos.map(({ id, complete }) => [id, complete])).toEqual(
      before.laos.map(({ id, complete }) => [id, complete]),
    )
    expect(seen(world).figures).toEqual(before.figures)
  })

  it('an institution of another affiliation that comes with the next round is none of it', () => {
    const world = closedRound()
    const before = seen(world)
    const next = must(world.act((tx) => addRound(tx, { round: nextRound(world), activate: false }, LATER))).round
    const cells = { lao_code: '04990102', code: '1099000099', name_th: 'อื่น', affiliation: 'สพฐ.' }
    must(world.act((tx) => importOtherInstitutions(tx, { rows: [{ line: 2, cells }], roundId: next.id }, LATER)))
    expect(seen(world)).toEqual(before)
  })
})
