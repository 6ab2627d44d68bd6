import { demoRoster } from '../../src/demo/demo-roster.ts'
import { DEMO_INSTITUTIONS } from '../../src/demo/demo-units.ts'
import { columnHeader, rosterColumns } from '../../src/workflow/rules/roster/columns.ts'

/** What stands in a cell: text, a ticked or empty box, nothing. */
export type Typed = string | boolean
export const DATA_TAB = { id: 0, title: 'รายชื่อ' }
export const REPORT_TAB = { id: 1001, title: 'ผลตรวจ' }

export const spreadsheetIdOf = (index: number) => `nation-${String(index).padStart(6, '0')}`
export const indexOf = (spreadsheetId: string) => Number(spreadsheetId.slice('nation-'.length))
export const institutionCode = (index: number) => String(3_099_000_000 + index)

/** The sheet of institution `index`, the same on every machine; every fourth one has honest mistakes. */
export function sheetOf(index: number, rows: number): Typed[][] {
  const base = DEMO_INSTITUTIONS[0]
  if (!base) throw new Error('there is no demo institution')
  const mistakes = index % 4 === 0 ? (['bad-check-digit', 'unticked', 'unknown-grade'] as const) : []
  const typed = demoRoster({ ...base, code: institutionCode(index), pupils: rows, mistakes: [...mistakes] })
  const header = rosterColumns.map((column) => columnHeader(column))
  return [header, ...typed.map((row) => rosterColumns.map((column) => cellOf(row[column])))]
}

function cellOf(text: string): Typed {
  return text === 'TRUE' || text === 'FALSE' ? text === 'TRUE' : text
}
