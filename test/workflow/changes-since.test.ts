import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { changesLine } from '../../src/bot/words/status-words.ts'
import { rosters } from '../../src/db/schema.ts'
import { addRound } from '../../src/workflow/rounds.ts'
import type { RoundChanges } from '../../src/workflow/rules/roster/round-changes.ts'
import { institutionStatus, laoStatus } from '../../src/workflow/status.ts'
import { bangkok, type ChainWorld, type InstitutionName, must, openChainWorld } from '../world/chain-world.ts'
import { secondRound } from '../world/second-round.ts'

const AT = bangkok('2024-12-02T09:00')
const NONE: RoundChanges = {
  carried: 10,
  stayed: 10,
  movedIn: 0,
  added: 0,
  left: { ย้ายออก: 0, จบการศึกษา: 0, ลาออก: 0, เสียชีวิต: 0, ไม่มีตัวตน: 0 },
  notExisting: 0,
  missing: 0,
}

function readWith(world: ChainWorld, place: InstitutionName, changes: RoundChanges): void {
  world.read(place, world.rows(place), AT)
  world.act((tx) => {
    const key = and(eq(rosters.institutionId, world.idOf(place)), eq(rosters.roundId, world.round().id))
    const totals = tx.select({ totals: rosters.totals }).from(rosters).where(key).get()?.totals
    const known = typeof totals === 'object' && totals !== null ? totals : {}
    tx.update(rosters)
      .set({ totals: { ...known, changes } })
      .where(key)
      .run()
  })
}

describe('what changed against round 1 (R26)', () => {
  it('is told of an institution, and summed for its LAO', () => {
    const world = openChainWorld()
    must(world.act((tx) => addRound(tx, { round: secondRound(world.source), activate: true }, AT)))
    readWith(world, 'school', { ...NONE, movedIn: 3, left: { ...NONE.left, ย้ายออก: 2, ลาออก: 1 } })
    readWith(world, 'centre', { ...NONE, movedIn: 1, left: { ...NONE.left, ไม่มีตัวตน: 1 }, notExisting: 1, missing: 2 })
    const round = world.round()
    const { changes } = world.act((tx) =>
      institutionStatus(tx, { round, institutionId: world.idOf('school'), actor: world.actor('school', AT) }, AT),
    )
    expect(changes).toMatchObject({ against: '2567/1', carried: 10, movedIn: 3, movedOut: 2, otherwiseLeft: 1 })
    const lao = world.act((tx) =>
      laoStatus(tx, { round, laoId: world.idOf('town'), actor: world.actor('town', AT) }, AT),
    )
    expect(lao.changes && changesLine(lao.changes)).toEqual({
      label: 'เทียบครั้งที่ 1/2567 (20 คน)',
      value: 'ย้ายเข้า 4 ย้ายออก 2 ไม่มีตัวตน 1 จบ/ลาออก/เสียชีวิต 1 ไม่อยู่ในตารางแล้ว 2',
    })
  })

  it('is nothing to tell in a round that carries none', () => {
    const world = openChainWorld()
    world.read('school', world.rows('school'), bangkok('2024-06-05T09:00'))
    const ref = { round: world.round(), institutionId: world.idOf('school'), actor: world.actor('school', AT) }
    expect(world.act((tx) => institutionStatus(tx, ref, AT)).changes).toBeNull()
  })
})
