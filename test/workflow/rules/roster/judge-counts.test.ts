import { describe, expect, it } from 'vitest'
import { isLargeChange, judgeCounts, type RawCountRow } from '../../../../src/workflow/rules/roster/judge-counts.ts'
import { cell, type Typed } from './sample-row.ts'

function counts(total: Typed, change: { checked?: Typed; reason?: Typed; baseline?: number | null } = {}) {
  const { checked = true, reason = null, baseline = null } = change
  const raw: RawCountRow = {
    row: 2,
    cells: { total: cell(total), checked: cell(checked), reason: cell(reason) },
    baseline,
  }
  return judgeCounts([raw])
}

describe('the total of an other-affiliation institution', () => {
  it.each<[Typed, number]>([
    [120, 120],
    ['120', 120],
    ['๑๒๐', 120],
    [' 120 ', 120],
    ['120.0', 120],
    ['1,234', 1234],
    ["'120", 120],
  ])('%j is %i', (typed, total) => {
    expect(counts(typed)).toMatchObject({ counts: [{ total }], problems: [], total })
  })

  it.each<[Typed, string]>([
    ['-1', 'count_not_whole'],
    [-1, 'count_not_whole'],
    [12.5, 'count_not_whole'],
    ['12.5', 'count_not_whole'],
    ['สิบ', 'count_not_whole'],
    ['1,23', 'count_not_whole'],
    [true, 'count_not_whole'],
    ['', 'required_blank'],
    [null, 'required_blank'],
    [{ kind: 'formula', text: '=1' }, 'cell_formula'],
  ])('%j is refused', (typed, code) => {
    expect(counts(typed)).toMatchObject({ counts: [], problems: [{ column: 'total', code, severity: 'error' }] })
  })

  it('of 0 needs a reason', () => {
    expect(counts(0).problems).toMatchObject([{ column: 'reason', code: 'count_zero_unexplained', severity: 'error' }])
    expect(counts(0, { reason: '-' }).problems).toHaveLength(1)
    expect(counts('๐', { reason: 'ประกาศเลิก' })).toMatchObject({ counts: [{ total: 0 }], problems: [] })
  })

  it('must be marked as checked, also when nothing changed', () => {
    expect(counts(10, { checked: false, baseline: 10 }).problems).toMatchObject([{ code: 'count_unchecked' }])
  })

  it.each([
    [20, 25, false],
    [20, 26, true],
    [20, 14, true],
    [20, 15, false],
    [50, 55, false],
    [50, 56, true],
    [100, 110, false],
    [100, 111, true],
    [100, 89, true],
    [0, 5, false],
    [0, 6, true],
    [105, 115, false],
  ])('from %i to %i is a large change: %s', (baseline, total, large) => {
    expect(isLargeChange(baseline, total)).toBe(large)
    const { problems } = counts(total, { baseline })
    expect(problems.map(({ code }) => code)).toEqual(large ? ['count_changed'] : [])
  })

  it('changed much is a warning, satisfied by a reason', () => {
    expect(counts(200, { baseline: 100, reason: 'รับย้าย' })).toMatchObject({
      counts: [{ total: 200 }],
      problems: [{ severity: 'warning', explained: true }],
    })
  })
})
