import { describe, expect, it } from 'vitest'
import { claimSince, commonLevel, guardSharedPupils, holderOf } from '../../../src/workflow/rules/shared-pupil.ts'

const A = { institutionId: 1, since: 100 }
const B = { institutionId: 2, since: 200 }
const C = { institutionId: 3, since: 200 }

describe('who holds a pupil that several institutions count', () => {
  it.each([
    { title: 'the one that counted the pupil first', claims: [B, A], keeperId: null, holder: 1 },
    { title: 'with equal instants the older institution', claims: [C, B], keeperId: null, holder: 2 },
    { title: 'the one that the superior named', claims: [A, B, C], keeperId: 3, holder: 3 },
    { title: 'the first again when the named one no longer claims', claims: [A, B], keeperId: 3, holder: 1 },
    { title: 'nobody without a claim', claims: [], keeperId: 1, holder: undefined },
  ])('$title', ({ claims, keeperId, holder }) => {
    expect(holderOf({ claims, keeperId })?.institutionId).toBe(holder)
  })
})

it('a refusal names five blocked pupils and tells how many there are', () => {
  const blocked = Array.from({ length: 7 }, (_, index) => ({
    row: index + 2,
    number: '1-9901-xxxxx-xx-1',
    at: 'โรงเรียนบ้านนา',
    lao: 'เทศบาลตำบลริมธาร',
    decided: false,
  }))
  expect(guardSharedPupils([])).toBeNull()
  const refusal = guardSharedPupils(blocked)
  expect(refusal).toMatchObject({ why: 'shared-pupils', total: 7 })
  expect(refusal?.why === 'shared-pupils' ? refusal.pupils.map(({ row }) => row) : []).toEqual([2, 3, 4, 5, 6])
})

it.each([
  {
    standings: [
      [1, 9],
      [1, 9],
    ],
    level: 'lao',
  },
  {
    standings: [
      [1, 9],
      [2, 9],
    ],
    level: 'province',
  },
  {
    standings: [
      [1, 9],
      [2, 9],
      [3, 8],
    ],
    level: 'department',
  },
])('the lowest common superior of $standings is the $level', ({ standings, level }) => {
  expect(commonLevel(standings.map(([laoId = 0, provinceId = 0]) => ({ laoId, provinceId })))).toBe(level)
})

describe('a claim begins', () => {
  const usual = {
    firstSeenAt: 100,
    changedAt: 500,
    isReader: false,
    inConfirmedFigure: false,
    former: null,
    otherConfirmed: false,
  }
  it.each([
    { title: 'at its first sight for one that counted the pupil all along', change: {}, since: 100 },
    { title: 'with the read that brought it to light', change: { isReader: true }, since: 500 },
    {
      title: 'at its first sight when a confirmed figure counts the pupil',
      change: { isReader: true, inConfirmedFigure: true },
      since: 100,
    },
    {
      title: 'anew for one that had taken the pupil out',
      change: { isReader: true, former: { since: 100, endedAt: 300, why: 'gone' as const } },
      since: 500,
    },
    {
      title: 'never before it had ended',
      change: { former: { since: 100, endedAt: 700, why: 'gone' as const } },
      since: 700,
    },
    {
      title: 'where it was when the row was only in error',
      change: { isReader: true, former: { since: 100, endedAt: 300, why: 'in_error' as const } },
      since: 100,
    },
    {
      title: 'anew after an error when another one confirmed meanwhile',
      change: { isReader: true, otherConfirmed: true, former: { since: 100, endedAt: 300, why: 'in_error' as const } },
      since: 500,
    },
  ])('$title', ({ change, since }) => {
    expect(claimSince({ ...usual, ...change })).toBe(since)
  })
})
