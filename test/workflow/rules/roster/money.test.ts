import { describe, expect, it } from 'vitest'
import { estimateMoney } from '../../../../src/workflow/rules/roster/money.ts'

const school = { kind: 'school', fiscalYear: 2567 } as const

describe('the estimate of money at stake (R41)', () => {
  it.each([
    [40, 1440, true],
    [41, 1107, false],
    [100, 2700, true],
    [101, 2424, false],
    [120, 2880, true],
    [121, 2662, false],
  ])('%i pupils bring %i baht of lunch a day (last before a lower rate: %s)', (heads, lunchBahtPerDay, atCliff) => {
    expect(estimateMoney([{ grade: 'ป.1', heads }], school)).toMatchObject({ estimate: true, lunchBahtPerDay, atCliff })
  })

  it('counts เด็กเล็ก to ป.6, and from 2568 ม.1-3 of expansion schools for lunch', () => {
    const heads = ['เตรียมอนุบาล', 'เด็กเล็ก', 'อ.1', 'ป.6', 'ม.1', 'ม.4'].map((grade) => ({ grade, heads: 10 }))
    expect(estimateMoney(heads, { ...school, expansionSchool: true })).toMatchObject({ lunchHeads: 30, milkHeads: 30 })
    expect(estimateMoney(heads, { ...school, fiscalYear: 2568 })).toMatchObject({ lunchHeads: 30 })
    expect(estimateMoney(heads, { ...school, fiscalYear: 2568, expansionSchool: true })).toMatchObject({
      lunchHeads: 40,
      milkHeads: 30,
    })
  })

  it('has 200 days of lunch at a school, an unknown number elsewhere, and 260 days of milk', () => {
    const ten = [{ grade: 'อ.1', heads: 10 }]
    expect(estimateMoney(ten, school)).toMatchObject({
      lunchBahtPerYear: 72_000,
      milkBahtPerYear: { pasteurised: 17_914, uht: 21_138 },
    })
    expect(estimateMoney(ten, { ...school, kind: 'child_centre' })).toMatchObject({ lunchBahtPerYear: null })
  })

  it('is none before the first rates that are known', () => {
    expect(estimateMoney([], { ...school, fiscalYear: 2565 })).toBeNull()
  })
})
