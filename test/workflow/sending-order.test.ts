import { describe, expect, it } from 'vitest'
import { URGENCY } from '../../src/workflow/notice.ts'
import { kindOf, leastUrgentWithRoom, roomFor, warningDue } from '../../src/workflow/rules/sending-order.ts'

const left = (n: number, monthLeft = 1) => ({ limit: 1000, left: n, monthLeft })

describe('what may still be sent when the quota runs short', () => {
  it.each([
    [201, 'digest'],
    [200, 'early-reminder'],
    [150, 'reminder'],
    [100, 'news'],
    [30, 'to-act-on'],
    [1, 'to-act-on'],
  ])('with %d of 1,000 left at the beginning of a month: %s and what is more urgent', (n, kind) => {
    expect(kindOf(leastUrgentWithRoom(left(n)))).toBe(kind)
  })

  it('with nothing left nothing goes', () => expect(leastUrgentWithRoom(left(0))).toBe(0))

  it.each([
    [0.5, 101, 'digest'],
    [0.5, 100, 'early-reminder'],
    [0, 1, 'digest'],
  ])('what is kept shrinks with the month: with %d of it and %d left, %s', (monthLeft, n, kind) => {
    expect(kindOf(leastUrgentWithRoom(left(n, monthLeft)))).toBe(kind)
  })

  it('an account without a limit, or of which nothing is known, holds nothing back', () => {
    expect(roomFor({ limit: null, left: null, monthLeft: 1 }, URGENCY.digest)).toBe(Number.POSITIVE_INFINITY)
  })

  it('a refusal of LINE counts although the limit is not known', () => {
    expect(leastUrgentWithRoom({ limit: null, left: 0, monthLeft: 1 })).toBe(0)
  })

  it('room is what is left beyond what is kept', () => {
    expect([roomFor(left(225), URGENCY.digest), roomFor(left(225), URGENCY.answer)]).toEqual([25, 225])
  })

  it.each([
    [799, null],
    [800, 80],
    [949, 80],
    [950, 95],
    [1200, 95],
  ])('%d of 1,000 used: the warning that is due is %s', (used, percent) => {
    expect(warningDue({ limit: 1000, used })).toBe(percent)
  })

  it('every urgency has its kind', () => {
    expect(Object.values(URGENCY).map(kindOf)).toEqual([
      'answer',
      'to-act-on',
      'to-act-on',
      'news',
      'reminder',
      'early-reminder',
      'digest',
    ])
  })
})
