import { inventedId } from '../../src/demo/demo-roster.ts'
import { contentHash } from '../../src/sheets/content-hash.ts'
import type { CellValue } from '../../src/workflow/rules/roster/cell-value.ts'
import { type InstitutionKind, type RosterColumn, rosterColumns } from '../../src/workflow/rules/roster/columns.ts'
import type { RawRow } from '../../src/workflow/rules/roster/row-findings.ts'

type Typed = string | boolean | null
export type TypedPupil = Partial<Record<RosterColumn, Typed>>

const cell = (typed: Typed): CellValue => {
  if (typed === null || typed === '') return { kind: 'empty' }
  return typeof typed === 'boolean' ? { kind: 'bool', value: typed } : { kind: 'text', text: typed }
}

const YOUNGEST = {
  school: { grade: 'ป.1', age: 7 },
  child_centre: { grade: 'อ.1', age: 3 },
  college: { grade: 'ปวช.1', age: 16 },
}

/** Rows 2, 3, … of a roster without any problem: invented people 1-99xx…, as many as asked for, some cells typed otherwise. */
export function pupilRows(input: {
  kind: InstitutionKind
  schoolYear: number
  count: number
  /** Number of the first invented person; the next ones follow. */
  from?: number
  change?: (index: number) => TypedPupil
}): RawRow[] {
  const { kind, schoolYear, count, from = 0, change = () => ({}) } = input
  const { grade, age } = YOUNGEST[kind]
  return Array.from({ length: count }, (_, index): RawRow => {
    const typed: TypedPupil = {
      nationalId: inventedId(from + index),
      pupilNumber: String(1000 + from + index),
      prefix: kind === 'college' ? 'นาย' : 'ด.ช.',
      firstName: 'ทดสอบ',
      lastName: 'สมมติ',
      birthDate: `15/05/${schoolYear - age}`,
      nationality: 'ไทย',
      grade,
      room: '1',
      status: 'เรียนอยู่',
      exists: true,
      ...change(index),
    }
    const cells = Object.fromEntries(Object.entries(typed).map(([column, value]) => [column, cell(value ?? null)]))
    return { row: index + 2, cells }
  })
}

/** The same pupils in another order, on the rows that this order gives them. */
export function reordered(rows: readonly RawRow[], order: (rows: RawRow[]) => RawRow[]): RawRow[] {
  return order([...rows]).map((row, index) => ({ ...row, row: index + 2 }))
}

export const hashOfRows = (rows: readonly RawRow[]): string =>
  contentHash(rows, { all: rosterColumns, ticks: ['exists'] })
