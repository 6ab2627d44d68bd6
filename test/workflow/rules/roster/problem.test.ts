import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judgeCounts } from '../../../../src/workflow/rules/roster/judge-counts.ts'
import { judgeRoster } from '../../../../src/workflow/rules/roster/judge-roster.ts'
import { problem, problemCodes, problemSeverity } from '../../../../src/workflow/rules/roster/problem.ts'
import { headerWords } from '../../../../src/workflow/rules/roster/problem-words.ts'
import { atSchool, cell, rowsOf, type TypedRow, validId } from './sample-row.ts'

const page = readFileSync(new URL('../../../../docs/problem-codes.md', import.meta.url), 'utf8')
const tableRow = /^\| `(?<code>\w+)` \| (?<severity>\w+) \| (?<when>[^|]+) \| (?<read>[^|]+) \| (?<todo>[^|]+) \|$/gm
const documented = [...page.matchAll(tableRow)].flatMap(({ groups }) => (groups ? [groups] : []))

/** One row for every code that a single row can have. */
const samples: TypedRow[] = [
  { nationalId: '1.1017E+12' },
  { nationalId: '113200420331' },
  { nationalId: '11017002070' },
  { nationalId: '11O17OO2O7O3O' },
  { nationalId: '1234567890121' },
  { nationalId: validId('9') },
  { nationalId: '1101700230705' },
  { nationalId: validId('0') },
  { nationalId: validId('3') },
  { nationalId: 'G12345' },
  { nationalId: null, status: 'รอออกรหัส G-Code' },
  { nationalId: null },
  { grade: { kind: 'formula', text: '=A1' } },
  { prefix: 'เด็กชาบ' },
  { prefix: 'นาย' },
  { prefix: 'ม.ล.' },
  { prefix: 'ม.ล.', sex: '?' },
  { birthDate: 'ไม่ทราบ' },
  { birthDate: '15/05/67' },
  { birthDate: '15/05/2200' },
  { birthDate: '05/15/2560' },
  { birthDate: { kind: 'number', number: 22_051, text: '15/5/1960' } },
  { birthDate: '11/06/2567' },
  { birthDate: '10/06/2567' },
  { birthDate: '1/1/2530', prefix: 'นาย' },
  { nationality: '099' },
  { grade: 'ป.1/2' },
  { grade: 'ปวช.1', birthDate: '1/1/2551', prefix: 'นาย' },
  { birthDate: '1/1/2563' },
  { status: 'กำลังศึกษา' },
  { exists: false },
  { enteredOn: 'ปีที่แล้ว' },
]

/** Code and words of everything found in the samples, by the rules themselves. */
function foundInSamples(): { code: string; message: string }[] {
  const alone = samples.flatMap((sample) => judgeRoster(rowsOf(sample), atSchool).problems)
  const together = judgeRoster(rowsOf({}, {}), { ...atSchool, carried: new Map() }).problems
  const count = (total: string, baseline: number | null) => ({ row: 2, cells: { total: cell(total) }, baseline })
  const counts = [count('สิบ', null), count('0', null), count('200', 100)]
  return [...alone, ...together, ...judgeCounts(counts).problems]
}

describe('problem codes', () => {
  it('are all documented with their severity, meaning, words and what to do, and no others are', () => {
    expect(documented.map(({ code, severity }) => `${code} ${severity}`).toSorted()).toEqual(
      problemCodes.map((code) => `${code} ${problemSeverity[code]}`).toSorted(),
    )
  })

  it('are documented with the very words that people read', () => {
    const found = foundInSamples()
    const wordsOf = (code: string) => found.filter((one) => one.code === code).map(({ message }) => message)
    const elsewhere = problemCodes.filter((code) => wordsOf(code).length === 0)
    expect(elsewhere).toEqual([
      'header_missing',
      'header_ambiguous',
      'count_institution_unknown',
      'count_institution_twice',
    ])
    for (const { code, read } of documented) {
      if (code !== undefined && wordsOf(code).length > 0) expect(wordsOf(code)).toContain(read)
    }
    expect(page).toContain(headerWords.missing(['grade']))
    expect(page).toContain(headerWords.ambiguous([{ column: 'firstName', at: ['D', 'J'] }]))
  })

  it('carry their severity into every problem', () => {
    expect(problem({ row: 2, column: 'grade' }, 'grade_unusual', 'ก')).toEqual({
      row: 2,
      column: 'grade',
      severity: 'warning',
      code: 'grade_unusual',
      message: 'ก',
    })
  })
})
