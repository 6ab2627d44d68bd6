import { describe, expect, it } from 'vitest'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import { closeList } from '../../src/workflow/close-list.ts'
import { setNotRequired } from '../../src/workflow/confirm-province.ts'
import { recordFinding } from '../../src/workflow/findings.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const AFTER_DUE = bangkok('2024-06-11T10:00')
const CLOSES = bangkok('2024-06-11T17:00')
const LATER = bangkok('2024-06-20T09:00')

const listOf = (world: ChainWorld, at = LATER) => world.act((tx) => closeList(tx, { round: world.round() }, at))
const named = (rows: readonly { name: string; component: string }[]) =>
  rows.map((row) => `${row.name} ${row.component}`)

describe('what the close of a round leaves (the list that the department wants)', () => {
  it('names who never confirmed, with its LAO, province and code', () => {
    const list = listOf(openChainWorld())
    expect(named(list.neverConfirmed)).toEqual([
      'จังหวัดทุ่งตะวัน province',
      'โรงเรียนเทศบาล 1 roster',
      'ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน roster',
      'เทศบาลเมืองทุ่งตะวัน overview',
      'เทศบาลเมืองทุ่งตะวัน other_counts',
      'ศูนย์พัฒนาเด็กเล็กบ้านนา roster',
      'องค์การบริหารส่วนตำบลบ้านนา overview',
      'องค์การบริหารส่วนตำบลเขาเขียว other_counts',
      'เทศบาลตำบลริมธาร overview',
    ])
    expect(list.neverConfirmed[1]).toMatchObject({
      lao: 'เทศบาลเมืองทุ่งตะวัน',
      province: 'จังหวัดทุ่งตะวัน',
      code: '3099200001',
    })
    expect(list.neverConfirmed.filter(({ undeclared }) => undeclared).map(({ name }) => name)).toEqual([
      'เทศบาลตำบลริมธาร',
    ])
  })

  it('who was reopened and never confirmed again falls back to the last confirmed figure, by its receipt', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    const cancel = { round: world.round(), actor: world.actor('town', AT), unitId: world.idOf('school') }
    must(world.act((tx) => cancelDirectly(tx, { ...cancel, component: 'roster', reason: 'ข้อมูลผิด' }, AT)))
    const { fellBack, neverConfirmed } = listOf(world)
    expect(fellBack).toMatchObject([{ name: 'โรงเรียนเทศบาล 1', counted: 10, receiptNumber: '2567/1-000001' }])
    expect(named(neverConfirmed)).not.toContain('โรงเรียนเทศบาล 1 roster')
  })

  it('names confirmations after the due instant, sheets edited afterwards, and units that came too late', () => {
    const world = openChainWorld()
    for (const place of ['school', 'centre'] as const) mustBeDone(world.confirmRoster(place, { at: AFTER_DUE }))
    must(world.confirmLao('town', { at: AFTER_DUE }))
    world.read('school', world.rows('school', 12), LATER)
    const list = listOf(world)
    expect(named(list.afterDue)).toEqual([
      'โรงเรียนเทศบาล 1 roster',
      'ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน roster',
      'เทศบาลเมืองทุ่งตะวัน overview',
    ])
    expect(list.afterDue[0]).toMatchObject({ confirmedAt: AFTER_DUE, dueAt: world.round().institutionDueAt })
    expect(named(list.drifted)).toEqual(['โรงเรียนเทศบาล 1 roster'])
  })

  it('names who is not required with the reason, late acts that wait and what was found later', () => {
    const world = openChainWorld()
    const reason = 'ไม่มีสถานศึกษา'
    const spare = { round: world.round(), actor: world.actor('province', AT), laoId: world.idOf('bare'), reason }
    must(world.act((tx) => setNotRequired(tx, spare, AT)))
    mustBeDone(world.confirmRoster('school', { at: AT }))
    world.confirmRoster('centre', { at: CLOSES - 1, receivedAt: CLOSES + 90_000 })
    const finding = {
      round: world.round(),
      actor: world.actor('province', LATER),
      institutionId: world.idOf('school'),
      pupil: { kind: 'row', row: 3 } as const,
      how: 'ลงพื้นที่',
      foundOn: '2024-06-19',
    }
    must(world.act((tx) => recordFinding(tx, finding, LATER)))
    const list = listOf(world)
    expect(list.notRequired).toMatchObject([{ name: 'เทศบาลตำบลริมธาร', reason }])
    expect(list.lateTaps).toMatchObject([{ unitName: 'ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน' }])
    expect(list.findings).toMatchObject([{ institutionName: 'โรงเรียนเทศบาล 1', row: 3 }])
  })

  it('is empty when everybody confirmed in time', () => {
    const world = openChainWorld()
    const spare = {
      round: world.round(),
      actor: world.actor('province', AT),
      laoId: world.idOf('bare'),
      reason: 'ไม่มีสถานศึกษา',
    }
    must(world.act((tx) => setNotRequired(tx, spare, AT)))
    world.confirmUpToLaos(AT)
    must(world.markAll(AT))
    must(world.confirmProvince({ at: AT }))
    const { notRequired, ...rest } = listOf(world)
    expect(notRequired).toHaveLength(1)
    for (const [what, rows] of Object.entries(rest)) expect(rows, what).toEqual([])
  })
})
