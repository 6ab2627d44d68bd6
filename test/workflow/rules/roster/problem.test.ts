import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { problem, problemCodes, problemSeverity } from '../../../../src/workflow/rules/roster/problem.ts'

const page = readFileSync(new URL('../../../../docs/problem-codes.md', import.meta.url), 'utf8')
const documented = [...page.matchAll(/^\| `(\w+)` \| (\w+) \| \S/gm)].map(([, code, severity]) => `${code} ${severity}`)

describe('problem codes', () => {
  it('are all documented with their severity, and no others are', () => {
    expect(documented.toSorted()).toEqual(problemCodes.map((code) => `${code} ${problemSeverity[code]}`).toSorted())
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
