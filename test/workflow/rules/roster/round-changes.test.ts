import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CarriedPupils, carriedPupils } from '../../../../src/workflow/rules/roster/carried-pupils.ts'
import { judgeRoster } from '../../../../src/workflow/rules/roster/judge-roster.ts'
import { pupilStatuses } from '../../../../src/workflow/rules/roster/status.ts'
import { atSchool, codesOf, rowsOf, type TypedRow, validId } from './sample-row.ts'

const id = (n: number) => validId(`1${String(n).padStart(3, '0')}`)
const waiting: TypedRow = { nationalId: null, status: 'รอออกรหัส G-Code' }

/** Who a round before counted. */
function countedBefore(...changes: TypedRow[]): CarriedPupils {
  const { pupils } = judgeRoster(rowsOf(...changes), atSchool)
  return carriedPupils(pupils.filter(({ counts }) => counts))
}

function changesOf(carried: CarriedPupils, ...changes: TypedRow[]) {
  return judgeRoster(rowsOf(...changes), { ...atSchool, carried }).totals.changes
}

const keysOf = (numbers: readonly number[]): CarriedPupils => new Map(numbers.map((n) => [id(n), id(n)]))

const nobodyLeft = { ย้ายออก: 0, จบการศึกษา: 0, ลาออก: 0, เสียชีวิต: 0, ไม่มีตัวตน: 0 }

describe('a round that carries the last one forward', () => {
  const carried = keysOf([1, 2, 3, 4, 5])

  it('tells who stayed, moved in, left, does not exist, is new without a word, or is in no row', () => {
    const told = changesOf(
      carried,
      { nationalId: id(1) },
      { nationalId: id(2), status: 'ย้ายออก', exists: false },
      { nationalId: id(3), status: 'ไม่มีตัวตน', exists: false },
      { nationalId: id(4), grade: 'ป.9' },
      { nationalId: id(6), status: 'ย้ายเข้า' },
      { nationalId: id(7) },
      { nationalId: id(8), status: 'ลาออก', exists: false },
    )
    expect(told).toEqual({
      carried: 5,
      stayed: 1,
      movedIn: 1,
      added: 1,
      left: { ...nobodyLeft, ย้ายออก: 1, ไม่มีตัวตน: 1 },
      notExisting: 1,
      missing: 1,
    })
  })

  it('knows a child who waited, with the number that came and without', () => {
    const before = countedBefore(waiting)
    expect(changesOf(before, waiting)).toMatchObject({ stayed: 1, added: 0, missing: 0 })
    expect(changesOf(before, { nationalId: 'G644200000001' })).toMatchObject({ stayed: 1, added: 0, missing: 0 })
    expect(changesOf(before, {})).toMatchObject({ stayed: 1, added: 0, missing: 0 })
  })

  it('knows a child who had a G-Code and has 13 digits now, while another of that name stays a newcomer', () => {
    const before = countedBefore({ nationalId: 'G644200000001' })
    expect(changesOf(before, {})).toMatchObject({ carried: 1, stayed: 1, added: 0, missing: 0 })
    expect(codesOf({}, { ...atSchool, carried: before })).toEqual([])
    expect(changesOf(before, { firstName: 'อื่น' })).toMatchObject({ carried: 1, stayed: 0, added: 1, missing: 1 })
  })

  it('adds up, whatever became of whom', () => {
    const row = fc.record({ n: fc.integer({ min: 1, max: 30 }), status: fc.constantFrom(...pupilStatuses) })
    const rows = fc.uniqueArray(row, { selector: ({ n }) => n, maxLength: 20 })
    const before = fc.uniqueArray(fc.integer({ min: 1, max: 30 }))
    fc.assert(
      fc.property(rows, before, (drawn, keys) => {
        const raw = rowsOf(...drawn.map(({ n, status }) => ({ nationalId: id(n), status })))
        const { totals } = judgeRoster(raw, { ...atSchool, carried: keysOf(keys) })
        const { changes } = totals
        const left = Object.values(changes?.left ?? {}).reduce((sum, heads) => sum + heads, 0)
        expect(changes?.carried).toBe((changes?.stayed ?? 0) + left + (changes?.missing ?? 0))
        expect(totals.counted).toBe((changes?.stayed ?? 0) + (changes?.movedIn ?? 0) + (changes?.added ?? 0))
      }),
    )
  })

  it.each<[string, TypedRow, string[]]>([
    ['was there', { nationalId: id(1) }, []],
    ['was not there', { nationalId: id(7) }, ['status:new_not_moved_in?']],
    ['was not there and has a G-Code', { nationalId: 'G644200000001' }, ['status:new_not_moved_in?']],
    ['moved in', { nationalId: id(7), status: 'ย้ายเข้า' }, []],
    ['came and left again', { nationalId: id(7), status: 'ย้ายออก', exists: false }, []],
    ['waits', waiting, ['nationalId:gcode_waiting?']],
  ])('a pupil who %s', (_, change, codes) => {
    expect(codesOf(change, { ...atSchool, carried })).toEqual(codes)
  })

  it('a newcomer is told of also while the row has errors, and may be explained', () => {
    const context = { ...atSchool, carried }
    expect(codesOf({ nationalId: id(7), grade: 'ป.9' }, context)).toContain('status:new_not_moved_in?')
    const { problems } = judgeRoster(rowsOf({ nationalId: id(7), explanation: 'ตกหล่นครั้งที่ 1' }), context)
    expect(problems).toMatchObject([{ code: 'new_not_moved_in', explained: true }])
  })
})

describe('a round of its own', () => {
  it('has no changes to tell and nobody to ask whether they moved in', () => {
    const { problems, totals } = judgeRoster(rowsOf({}), atSchool)
    expect(problems).toEqual([])
    expect(totals).not.toHaveProperty('changes')
  })
})
