import { describe, expect, it } from 'vitest'
import type { Instant } from '../../src/db/ids.ts'
import { replayDifferences } from '../../src/workflow/compare-replay.ts'
import { exportLines } from '../../src/workflow/export-lines.ts'
import { grantExtension } from '../../src/workflow/extensions.ts'
import { importUnits } from '../../src/workflow/import-units.ts'
import { provinceFigures } from '../../src/workflow/lao-figures.ts'
import { reopenUnit } from '../../src/workflow/reopen-unit.ts'
import { provinceStatus } from '../../src/workflow/status.ts'
import { laoLines } from '../../src/workflow/structure.ts'
import { unitById } from '../../src/workflow/unit.ts'
import { closeUnit, moveUnit } from '../../src/workflow/unit-changes.ts'
import { bangkok, type ChainWorld, type LaoName, must, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-06T09:00')
const ENDED = bangkok('2024-06-13T09:00')
const GRANTED = bangkok('2024-07-01T09:00')
const DURING = bangkok('2024-07-02T09:00')
const UNTIL = bangkok('2024-07-05T17:00')
const AFTER = bangkok('2024-07-08T09:00')
const ground = (validFrom: Instant) =>
  ({ validFrom, reason: 'ยุบรวมตามประกาศ', letterNumber: 'มท 0810/ว 55', by: 'operator' }) as const

/** Everything confirmed up to the LAOs; the round is over, and the department gives time to one LAO alone. */
const extended = (lao: LaoName) => {
  const world = openChainWorld()
  world.confirmUpToLaos(AT)
  return { world, grant: () => grant(world, lao) }
}
const grant = (world: ChainWorld, lao: LaoName) => {
  const given = { roundId: world.round().id, scope: 'lao', unitId: world.idOf(lao), until: UNTIL } as const
  must(world.act((tx) => grantExtension(tx, { ...given, reason: 'น้ำท่วมหนัก', letterNumber: 'มท 2' }, GRANTED)))
}

/** What the department reads of the round: province by province, LAO by LAO, and in the export. */
const reported = (world: ChainWorld, at: Instant) => {
  const round = world.round()
  const actor = world.actor('province', AT)
  const provinceId = world.idOf('province')
  const departmentId = world.idOf('department')
  const { laos, counted } = world.act((tx) => provinceStatus(tx, { round, provinceId, actor }, at))
  const exported = world.act((tx) => exportLines(tx, { round, scope: { level: 'nation' } }, at))
  return {
    counted,
    laos: laos.map(({ name, complete, institutions }) => [name, complete, institutions.map(({ id }) => id)]),
    nation: world.act((tx) => provinceFigures(tx, { roundId: round.id, departmentId }, at)),
    exported: exported.provinces.flatMap((province) =>
      province.laos.map((lao) => [lao.name, lao.complete, lao.institutions.map(({ id, gone }) => [id, gone])]),
    ),
  }
}
const lineOf = (world: ChainWorld, lao: LaoName, at: Instant) => {
  const laos = [world.act((tx) => unitById(tx, world.idOf(lao)))]
  return world.act((tx) => laoLines(tx, { roundId: world.round().id, laos }, at))[0]
}

describe('a round that is over stays as it stood, whatever time another LAO was given afterwards', () => {
  it('when a unit had closed before the time was given', () => {
    const { world, grant } = extended('countsOnly')
    const before = reported(world, ENDED)
    must(world.act((tx) => closeUnit(tx, { unitId: world.idOf('centre'), ground: ground(ENDED) }, ENDED)))
    grant()
    for (const at of [GRANTED + 1, AFTER]) expect(reported(world, at)).toEqual(before)
  })

  it('when a unit closes, moves or is founded while that time lasts', () => {
    const { world, grant } = extended('countsOnly')
    const before = reported(world, ENDED)
    grant()
    world.act((tx) => {
      must(closeUnit(tx, { unitId: world.idOf('centre'), ground: ground(DURING) }, DURING))
      const moved = { unitId: world.idOf('saoCentre'), toId: world.idOf('town'), ground: ground(DURING) }
      must(moveUnit(tx, moved, DURING))
      const cells = { code: '3099300009', lao_code: '06990301', kind: 'child_centre', name_th: 'ใหม่' }
      must(importUnits(tx, [{ line: 2, cells }], DURING))
    })
    for (const at of [DURING + 1, AFTER]) expect(reported(world, at)).toEqual(before)
    expect(world.isConfirmed('centre', 'roster')).toBe(true)
    expect(world.act(replayDifferences)).toEqual([])
  })

  it('but the LAO that was given time owes without the unit that closes meanwhile, and keeps owing so', () => {
    const { world, grant } = extended('town')
    grant()
    must(world.act((tx) => closeUnit(tx, { unitId: world.idOf('centre'), ground: ground(DURING) }, DURING)))
    for (const at of [DURING + 1, AFTER]) {
      expect(lineOf(world, 'town', at)).toMatchObject({ overviewCovers: false, complete: false })
      expect(lineOf(world, 'town', at)?.institutions.map(({ id }) => id)).toEqual([world.idOf('school')])
    }
    expect(world.isConfirmed('centre', 'roster')).toBe(false)
    expect(world.act(replayDifferences)).toEqual([])
  })

  it('and a closing that touched nothing of it may still be taken back', () => {
    const { world, grant } = extended('countsOnly')
    grant()
    const unitId = world.idOf('centre')
    must(world.act((tx) => closeUnit(tx, { unitId, ground: ground(DURING) }, DURING)))
    const mistake = { ...ground(AFTER), reason: 'ระบุหน่วยผิด' }
    must(world.act((tx) => reopenUnit(tx, { unitId, ground: mistake }, AFTER)))
    expect(world.isConfirmed('centre', 'roster')).toBe(true)
    expect(world.act(replayDifferences)).toEqual([])
  })
})

describe('the very instant at which a round ends', () => {
  it('is too late for a closing: the unit stays in the round', () => {
    const world = openChainWorld()
    world.confirmUpToLaos(AT)
    const end = world.round().closesAt
    must(world.act((tx) => closeUnit(tx, { unitId: world.idOf('centre'), ground: ground(end) }, end)))
    expect(lineOf(world, 'town', end + 1)).toMatchObject({ overviewCovers: true, complete: true })
    expect(world.isConfirmed('centre', 'roster')).toBe(true)
  })
})
