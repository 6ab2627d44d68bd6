import { describe, expect, it } from 'vitest'
import {
  institutionWeight,
  pupilsToDraw,
  pupilWeight,
  type RiskReason,
  type RosterFacts,
  riskOf,
} from '../../../src/workflow/rules/spot-risk.ts'

const QUIET: RosterFacts = {
  counted: 60,
  lunchHeads: 60,
  before: 60,
  lateEdits: 0,
  atOnce: 20,
  changes: 12,
  shared: 0,
  holdsReleased: 0,
  drawnBefore: 0,
}

describe('riskOf (R40)', () => {
  it.each<[string, Partial<RosterFacts>, [RiskReason, number][]]>([
    ['nothing special', {}, []],
    ['exactly at a tier', { lunchHeads: 40 }, [['tier-edge', 40]]],
    ['one below', { lunchHeads: 99 }, [['tier-edge', 30]]],
    ['two below', { lunchHeads: 118 }, [['tier-edge', 20]]],
    ['three below', { lunchHeads: 37 }, []],
    ['the first beyond a tier', { lunchHeads: 41 }, [['tier-edge', 20]]],
    ['the third beyond a tier', { lunchHeads: 103 }, [['tier-edge', 10]]],
    ['the fourth beyond a tier', { lunchHeads: 124 }, []],
    ['a change within 5 heads', { counted: 15, before: 10, atOnce: 5 }, []],
    ['a change of 6 heads and 10 %', { counted: 66, before: 60 }, []],
    ['a change of more than 10 %', { counted: 53, before: 60 }, [['big-change', 20]]],
    ['a change of more than a quarter', { counted: 60, before: 40 }, [['big-change', 35]]],
    ['no round before', { before: null }, []],
    ['two late edits of 10', { counted: 10, before: 10, lateEdits: 2, atOnce: 5 }, []],
    ['late edits of more than a tenth', { lateEdits: 7 }, [['late-edits', 20]]],
    ['late edits of more than three tenths', { lateEdits: 19 }, [['late-edits', 30]]],
    ['ticked in one read', { atOnce: 60 }, [['ticked-at-once', 15]]],
    ['a handful ticked in one read', { counted: 8, before: 8, atOnce: 8 }, []],
    ['never edited afterwards', { changes: 0 }, [['never-edited', 10]]],
    ['two shared pupils', { shared: 2 }, [['shared-pupils', 20]]],
    ['many shared pupils', { shared: 9 }, [['shared-pupils', 30]]],
    ['holds released', { holdsReleased: 1 }, [['holds-released', 15]]],
    [
      'all at once',
      { lunchHeads: 40, shared: 1, holdsReleased: 4 },
      [
        ['tier-edge', 40],
        ['shared-pupils', 10],
        ['holds-released', 30],
      ],
    ],
  ])('%s', (_what, facts, expected) => {
    const risk = riskOf({ ...QUIET, ...facts })
    expect(risk.reasons).toEqual(expected.map(([reason, points]) => ({ reason, points })))
    expect(risk.points).toBe(expected.reduce((sum, [, points]) => sum + points, 0))
  })

  it('nobody is certain not to be drawn, and being drawn before only lowers the chance', () => {
    expect(institutionWeight(QUIET)).toBe(10)
    expect(institutionWeight({ ...QUIET, lunchHeads: 40 })).toBe(50)
    expect(institutionWeight({ ...QUIET, lunchHeads: 40, drawnBefore: 1 })).toBe(25)
  })
})

it('pupils who are shared, came late or wait for a number weigh more', () => {
  const plain = { shared: false, lateAdded: false, lateChanged: false, waiting: false, drawnBefore: 0 }
  expect(pupilWeight(plain)).toBe(1)
  expect(pupilWeight({ ...plain, shared: true })).toBe(4)
  expect(pupilWeight({ ...plain, lateAdded: true, waiting: true })).toBe(4)
  expect(pupilWeight({ ...plain, lateChanged: true, drawnBefore: 1 })).toBe(1)
})

it.each([
  [0, 0],
  [3, 3],
  [5, 5],
  [40, 5],
  [51, 6],
  [150, 15],
  [900, 15],
])('of %i pupils %i are looked for', (counted, expected) => {
  expect(pupilsToDraw(counted)).toBe(expected)
})
