import type { CellValue } from '../../../../src/workflow/rules/roster/cell-value.ts'
import type { InstitutionKind, RosterColumn } from '../../../../src/workflow/rules/roster/columns.ts'
import { judgeRoster } from '../../../../src/workflow/rules/roster/judge-roster.ts'
import type { JudgeContext } from '../../../../src/workflow/rules/roster/judge-row.ts'
import { checkDigit } from '../../../../src/workflow/rules/roster/national-id.ts'
import type { RawRow } from '../../../../src/workflow/rules/roster/row-findings.ts'

export type Typed = string | number | boolean | null | CellValue
export type TypedRow = Partial<Record<RosterColumn, Typed>>

/** A pupil of ป.1 in school year 2567 with nothing wrong. */
export const goodRow: TypedRow = {
  nationalId: '1101700207030',
  pupilNumber: '1001',
  prefix: 'ด.ช.',
  firstName: 'ทดสอบ',
  lastName: 'ตัวอย่าง',
  birthDate: '15/05/2560',
  nationality: 'ไทย',
  grade: 'ป.1',
  room: '1',
  enteredOn: '16/05/2566',
  status: 'เรียนอยู่',
  exists: true,
}

export const asOf = { year: 2024, month: 6, day: 10 }
export const atSchool: JudgeContext = { kind: 'school', schoolYear: 2567, asOf }
export const at = (kind: InstitutionKind): JudgeContext => ({ ...atSchool, kind })

export function cell(typed: Typed | undefined): CellValue {
  if (typed === null || typed === undefined) return { kind: 'empty' }
  if (typeof typed === 'object') return typed
  if (typeof typed === 'string') return { kind: 'text', text: typed }
  if (typeof typed === 'number') return { kind: 'number', number: typed, text: String(typed) }
  return { kind: 'bool', value: typed }
}

/** Rows from row 2 on, each the good row with some cells typed otherwise. */
export function rowsOf(...changes: TypedRow[]): RawRow[] {
  return changes.map((change, i) => {
    const cells: RawRow['cells'] = {}
    for (const [column, typed] of Object.entries({ ...goodRow, ...change })) cells[column as RosterColumn] = cell(typed)
    return { row: i + 2, cells }
  })
}

/** Codes found in one row; a warning's code ends in `?`. */
export function codesOf(change: TypedRow, context: JudgeContext = atSchool): string[] {
  return judgeRoster(rowsOf(change), context).problems.map(
    ({ column, code, severity }) => `${column}:${code}${severity === 'warning' ? '?' : ''}`,
  )
}

/** A valid national ID beginning with the given digits. */
export function validId(beginning: string): string {
  const twelve = beginning.padEnd(10, '0').concat('57').slice(0, 12)
  return `${twelve}${checkDigit(twelve)}`
}
