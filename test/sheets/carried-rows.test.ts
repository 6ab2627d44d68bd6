import { describe, expect, it } from 'vitest'
import { carriedCells } from '../../src/sheets/carried-rows.ts'
import type { CellValue } from '../../src/workflow/rules/roster/cell-value.ts'
import { rosterColumns } from '../../src/workflow/rules/roster/columns.ts'
import { judgeRoster } from '../../src/workflow/rules/roster/judge-roster.ts'
import type { Pupil } from '../../src/workflow/rules/roster/pupil.ts'
import type { RawRow } from '../../src/workflow/rules/roster/row-findings.ts'
import { pupilRows, type TypedPupil } from '../world/roster-rows.ts'

const CONTEXT = { kind: 'school', schoolYear: 2567, asOf: { year: 2024, month: 6, day: 10 } } as const

const judged = (rows: readonly RawRow[]): Pupil[] => judgeRoster(rows, CONTEXT).pupils
const oneOf = (typed: TypedPupil): Pupil => {
  const [pupil] = judged(pupilRows({ kind: 'school', schoolYear: 2567, count: 1, change: () => typed }))
  if (!pupil) throw new Error('the row has an error')
  return pupil
}

/** The new row as it would be read, its box ticked. */
function readBack(pupil: Pupil): RawRow {
  const written = carriedCells(pupil)
  const cells = rosterColumns.map((column, index): [string, CellValue] => {
    const text = written[index]?.userEnteredValue?.stringValue
    return [column, text ? { kind: 'text', text } : { kind: 'empty' }]
  })
  return { row: 2, cells: { ...Object.fromEntries(cells), exists: { kind: 'bool', value: true } } }
}

describe('a pupil taken over into round 2', () => {
  it.each([
    ['a national id', {}],
    ['an id that begins with 0', { nationalId: '0113200420331' }],
    ['a G-Code', { nationalId: 'G644200000001', nationality: 'เมียนมา' }],
    ['a birth of which only the year is known', { birthDate: '00/00/2560' }],
    ['a prefix that tells no sex', { prefix: 'ม.ล.', sex: 'หญิง' }],
    ['a day of entering', { enteredOn: '16 พ.ค. 2567' }],
    ['a name that looks like a formula', { firstName: '=สมชาย' }],
  ] as [string, TypedPupil][])('reads back as the same pupil: %s', (_what, typed) => {
    const before = oneOf(typed)
    expect(judged([readBack(before)])).toEqual([before])
  })

  it('who had moved in is เรียนอยู่ now, and one who waits for a G-Code waits on', () => {
    expect(judged([readBack(oneOf({ status: 'ย้ายเข้า' }))])).toMatchObject([{ status: 'เรียนอยู่' }])
    const waiting = oneOf({ nationalId: '', status: 'รอออกรหัส G-Code', explanation: 'ยื่นคำขอแล้ว' })
    expect(judged([readBack(waiting)])).toMatchObject([{ status: 'รอออกรหัส G-Code', number: null }])
  })

  it('is to be looked for and explained anew: no mark of existence, no explanation, nothing but text', () => {
    const cells = carriedCells(oneOf({ explanation: 'ย้ายมาจากต่างจังหวัด' }))
    expect(cells[rosterColumns.indexOf('exists')]).toEqual({})
    expect(cells[rosterColumns.indexOf('explanation')]).toEqual({})
    const kinds = cells.flatMap((cell) => Object.keys(cell.userEnteredValue ?? {}))
    expect(new Set(kinds)).toEqual(new Set(['stringValue']))
  })
})
