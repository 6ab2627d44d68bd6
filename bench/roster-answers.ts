import { demoRoster } from '../src/demo/demo-roster.ts'
import { DEMO_INSTITUTIONS } from '../src/demo/demo-units.ts'
import { columnHeader, rosterColumns } from '../src/workflow/rules/roster/columns.ts'

/** Google's answers, as bytes, to the masked read of `sheets` rosters of `rows` pupils each. */
export function googleAnswers(input: { sheets: number; rows: number; changedRows?: number }): string[] {
  return Array.from({ length: input.sheets }, (_, index) => googleAnswer({ ...input, index }))
}

function googleAnswer(input: { index: number; rows: number; changedRows?: number }): string {
  const base = DEMO_INSTITUTIONS[0]
  if (!base) throw new Error('there is no demo institution')
  const code = String(3099000000 + input.index)
  const typed = demoRoster({ ...base, code, pupils: input.rows, mistakes: [] })
  const rows = typed.map((row, index) => (index < (input.changedRows ?? 0) ? { ...row, room: '9' } : row))
  const header = { values: rosterColumns.map((column) => cell(columnHeader(column))) }
  const rowData = [header, ...rows.map((row) => ({ values: rosterColumns.map((column) => cell(row[column])) }))]
  return JSON.stringify({ sheets: [{ properties: { sheetId: 0, title: 'รายชื่อ' }, data: [{ rowData }] }] })
}

function cell(text: string) {
  if (text === '') return {}
  const entered = text === 'TRUE' || text === 'FALSE' ? { boolValue: text === 'TRUE' } : { stringValue: text }
  return { userEnteredValue: entered, formattedValue: text }
}
