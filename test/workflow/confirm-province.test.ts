import { describe, expect, it } from 'vitest'
import { stateOf } from '../../src/workflow/component-state.ts'
import { confirmProvince, markLaos, provinceShown, setNotRequired } from '../../src/workflow/confirm-province.ts'
import { importOtherInstitutions } from '../../src/workflow/import-other-institutions.ts'
import { importUnits } from '../../src/workflow/import-units.ts'
import { passOn, requestReopening } from '../../src/workflow/reopening.ts'
import {
  bangkok,
  type ChainWorld,
  type LaoName,
  must,
  mustBeDone,
  openChainWorld,
  type Place,
} from '../world/chain-world.ts'

const AT = bangkok('2024-06-06T09:00')
const CLOSES = bangkok('2024-06-12T00:00')

const lineOf = (world: ChainWorld, lao: LaoName, at = AT) => {
  const shown = world.act((tx) => provinceShown(tx, { round: world.round(), provinceId: world.idOf('province') }, at))
  const line = shown.laos.find((candidate) => candidate.id === world.idOf(lao))
  if (!line) throw new Error('no line')
  return line
}
const namesOf = (decision: { ok: boolean }) =>
  'units' in decision ? (decision.units as { name: string }[]).map((unit) => unit.name) : decision
const exempt = (world: ChainWorld, lao: Place = 'bare', given: { by?: Place; reason?: string; at?: number } = {}) => {
  const { by = 'province', reason = 'ไม่มีสถานศึกษาในสังกัดและไม่ได้อุดหนุนสังกัดอื่น', at = AT } = given
  const input = { round: world.round(), actor: world.actor(by, at), laoId: world.idOf(lao), reason }
  return world.act((tx) => setNotRequired(tx, input, at))
}
const completed = () => {
  const world = openChainWorld()
  world.confirmUpToLaos(AT)
  must(exempt(world))
  return world
}

describe('the province marks each LAO as checked (ตรวจสอบแล้ว, section 7, R35)', () => {
  it('only those that are complete; the others are named as changed', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('saoCentre', { at: AT }))
    must(world.confirmLao('sao', { at: AT }))
    const result = must(world.markAll(AT))
    expect(result.marked).toBe(1)
    expect(result.changed).toHaveLength(3)
    expect(lineOf(world, 'sao').marked).toBe(true)
  })

  it('for exactly what was shown: a mark on an old picture is refused by name', () => {
    const world = completed()
    const who = world.actor('province', AT)
    const laos = [{ id: world.idOf('sao'), shownHash: 'of yesterday' }]
    const result = must(world.act((tx) => markLaos(tx, { round: world.round(), actor: who, laos }, AT)))
    expect(result).toMatchObject({ marked: 0, changed: [{ id: world.idOf('sao') }] })
  })

  it('a mark falls when its LAO reopens and confirms anew', () => {
    const world = completed()
    must(world.markAll(AT))
    const asked = world.act((tx) =>
      requestReopening(
        tx,
        {
          round: world.round(),
          actor: world.actor('sao', AT),
          component: 'overview',
          category: 'other',
          reason: 'แก้ไขยอด',
        },
        AT,
      ),
    )
    must(
      world.act((tx) =>
        passOn(tx, { actor: world.actor('province', AT), requestId: must(asked).requestId, version: 1, word: '' }, AT),
      ),
    )
    must(world.confirmLao('sao', { at: AT + 1 }))
    expect(lineOf(world, 'sao')).toMatchObject({ complete: true, marked: false })
    expect(lineOf(world, 'town').marked).toBe(true)
  })

  it('another unit marks nothing, an executive neither (R9)', () => {
    const world = completed()
    expect(world.markAll(AT, world.appoint('province', { role: 'executive' }))).toEqual({
      ok: false,
      why: 'reads-only',
    })
    const laos = [{ id: world.idOf('sao'), shownHash: lineOf(world, 'sao').shownHash }]
    const mark = (by: Place) =>
      world.act((tx) => markLaos(tx, { round: world.round(), actor: world.actor(by, AT), laos }, AT))
    expect(mark('department')).toEqual({ ok: false, why: 'not-yours' })
    expect(mark('sao')).toEqual({ ok: false, why: 'not-yours' })
  })
})

describe('the province confirms (R36 R37)', () => {
  it('not while an LAO is incomplete: each is named', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmCounts('countsOnly', { at: AT }))
    const refused = world.confirmProvince({ at: AT })
    expect(refused).toMatchObject({ ok: false, why: 'children-incomplete' })
    expect(namesOf(refused)).toEqual(['เทศบาลเมืองทุ่งตะวัน', 'องค์การบริหารส่วนตำบลบ้านนา', 'เทศบาลตำบลริมธาร'])
  })

  it('own institutions alone do not make an LAO complete: the other counts are looked at too (R35)', () => {
    const world = openChainWorld()
    for (const place of ['school', 'centre', 'saoCentre'] as const) mustBeDone(world.confirmRoster(place, { at: AT }))
    must(world.confirmLao('town', { at: AT }))
    must(world.confirmLao('sao', { at: AT }))
    must(exempt(world))
    expect(namesOf(world.confirmProvince({ at: AT }))).toEqual(['เทศบาลเมืองทุ่งตะวัน', 'องค์การบริหารส่วนตำบลเขาเขียว'])
  })

  it('not before every LAO is marked as checked', () => {
    const world = completed()
    const refused = world.confirmProvince({ at: AT })
    expect(refused).toMatchObject({ ok: false, why: 'not-marked' })
    expect(namesOf(refused)).toHaveLength(3)
    must(world.markAll(AT))
    expect(world.confirmProvince({ at: AT }).ok).toBe(true)
  })

  it('not when something changed since it was shown', () => {
    const world = completed()
    const who = world.actor('province', AT)
    const shown = world.act((tx) => provinceShown(tx, { round: world.round(), provinceId: who.unitId }, AT))
    must(world.markAll(AT))
    const confirm = () =>
      world.act((tx) =>
        confirmProvince(
          tx,
          { round: world.round(), actor: who, tap: { tappedAt: AT, receivedAt: AT }, seenHash: shown.hash },
          AT,
        ),
      )
    expect(confirm()).toEqual({ ok: false, why: 'changed-since-shown' })
  })

  it('not while an institution was edited in the sheet after confirming', () => {
    const world = completed()
    must(world.markAll(AT))
    world.read('saoCentre', world.rows('saoCentre', 11), AT + 1)
    expect(world.confirmProvince({ at: AT + 2 })).toMatchObject({
      why: 'children-incomplete',
      units: [{ id: world.idOf('sao') }],
    })
  })

  it('every LAO and the department are told', () => {
    const world = completed()
    must(world.markAll(AT))
    must(world.confirmProvince({ at: AT }))
    for (const place of ['town', 'sao', 'countsOnly', 'bare', 'department'] as const)
      expect(world.told(place, AT).at(-1)?.type, place).toBe('province-confirmed')
  })

  it('the province is told once when its last LAO is complete', () => {
    const world = openChainWorld()
    must(exempt(world))
    world.confirmUpToLaos(AT)
    expect(world.told('province', AT).map((notice) => notice.type)).toEqual(['all-laos-complete'])
  })

  it('2567/1: after 17:00 it still may, until the end of the day; midnight itself is too late (R17, section 7)', () => {
    const world = completed()
    must(world.markAll(AT))
    expect(world.confirmProvince({ at: CLOSES })).toEqual({ ok: false, why: 'closed', closedAt: CLOSES })
    expect(world.confirmProvince({ at: CLOSES - 1, receivedAt: CLOSES + 60_000 })).toMatchObject({ why: 'held-late' })
    const { confirmation } = must(world.confirmProvince({ at: CLOSES - 1, receivedAt: CLOSES + 59_999 }))
    expect(confirmation).toMatchObject({ tappedAt: CLOSES - 1, afterDueAt: null })
  })

  it('a second officer is told who confirmed and when', () => {
    const world = completed()
    must(world.markAll(AT))
    must(world.confirmProvince({ at: AT }))
    expect(world.confirmProvince({ at: AT + 5, by: world.appoint('province') })).toMatchObject({
      why: 'already-confirmed',
      by: 'ผู้รับผิดชอบ province',
      at: AT,
    })
  })

  it('an institution added after its LAO confirmed blocks the province (section 8)', () => {
    const world = completed()
    must(world.markAll(AT))
    const cells = { code: '3099300009', kind: 'child_centre', name_th: 'ใหม่', lao_code: '06990301' }
    must(world.act((tx) => importUnits(tx, [{ line: 2, cells }], AT)))
    expect(world.confirmProvince({ at: AT })).toMatchObject({
      why: 'children-incomplete',
      units: [{ id: world.idOf('sao') }],
    })
  })
})

describe('an LAO with neither institutions nor other counts (section 7)', () => {
  it('stands in the way until the province has declared it not required, with a reason', () => {
    const world = openChainWorld()
    expect(lineOf(world, 'bare')).toMatchObject({
      overview: 'not_applicable',
      otherCounts: 'not_applicable',
      complete: false,
    })
    expect(exempt(world, 'bare', { reason: '  ' })).toEqual({ ok: false, why: 'no-reason' })
    must(exempt(world))
    expect(lineOf(world, 'bare')).toMatchObject({
      overview: 'not_required',
      otherCounts: 'not_required',
      complete: true,
    })
  })

  it('only the province may, for its own, and never for one that has something to confirm', () => {
    const world = openChainWorld()
    for (const by of ['bare', 'department', 'town'] as const)
      expect(exempt(world, 'bare', { by }), by).toEqual({ ok: false, why: 'not-yours' })
    for (const lao of ['town', 'sao', 'countsOnly', 'school'] as const) expect(exempt(world, lao).ok, lao).toBe(false)
  })

  it('an institution that it gets afterwards must be confirmed like any other: nothing is confirmed by nobody (R36)', () => {
    const world = completed()
    must(world.markAll(AT))
    const cells = { code: '3099500009', kind: 'child_centre', name_th: 'ริมธาร', lao_code: '05990201' }
    must(world.act((tx) => importUnits(tx, [{ line: 2, cells }], AT)))
    expect(lineOf(world, 'bare')).toMatchObject({ overview: 'open', complete: false })
    expect(world.confirmProvince({ at: AT })).toMatchObject({
      ok: false,
      why: 'children-incomplete',
      units: [{ id: world.idOf('bare') }],
    })
  })

  it('other counts that it gets afterwards must be confirmed too (R36)', () => {
    const world = completed()
    must(world.markAll(AT))
    const cells = { lao_code: '05990201', code: '1099000041', name_th: 'โรงเรียนริมธาร', affiliation: 'สพฐ.' }
    must(world.act((tx) => importOtherInstitutions(tx, { rows: [{ line: 2, cells }], roundId: world.round().id }, AT)))
    expect(lineOf(world, 'bare')).toMatchObject({ otherCounts: 'open', complete: false })
    expect(world.confirmProvince({ at: AT })).toMatchObject({ ok: false, why: 'children-incomplete' })
  })

  it('the refusal says what there is to confirm, or that it was declared before', () => {
    const world = openChainWorld()
    expect(exempt(world, 'town')).toEqual({
      ok: false,
      why: 'has-something-to-confirm',
      institutions: 2,
      others: 2,
    })
    expect(exempt(world, 'sao')).toMatchObject({ institutions: 1, others: 0 })
    must(exempt(world, 'bare', { reason: 'ไม่มีสถานศึกษา' }))
    expect(exempt(world, 'bare', { reason: 'อีกครั้ง' })).toEqual({
      ok: false,
      why: 'not-required',
      reason: 'ไม่มีสถานศึกษา',
    })
  })

  it('the reason stands in the record and not in the log', () => {
    const world = openChainWorld()
    must(exempt(world, 'bare', { reason: 'เหตุผลเฉพาะ' }))
    const events = world.act((tx) => tx.query.events.findMany().sync())
    expect(events.at(-1)).toMatchObject({ type: 'not-required-set', unitId: world.idOf('bare') })
    expect(JSON.stringify(events)).not.toContain('เหตุผลเฉพาะ')
    const overview = { roundId: world.round().id, unitId: world.idOf('bare'), component: 'overview' as const }
    expect(world.act((tx) => stateOf(tx, overview)).notRequiredReason).toBe('เหตุผลเฉพาะ')
  })
})
