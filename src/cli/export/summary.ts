import { join } from 'node:path'
import type { Checks } from '../../workflow/export-checks.ts'
import type { ExportLines, ExportScope } from '../../workflow/export-lines.ts'
import type { Sums } from '../../workflow/export-sums.ts'
import type { Round } from '../../workflow/rounds.ts'
import { provinceTotalColumns } from './columns.ts'
import { coverTable } from './cover.ts'
import { writeCsv } from './csv-file.ts'
import type { Cell, Table } from './table.ts'
import { checksTable, nationTable } from './totals.ts'
import { SHEET } from './words.ts'

export type Summary = { cover: Table; nation: Table[]; provinces: Table[]; checked: Table }

/** A total is shown only for what is exported whole: an LAO's export says nothing about its province. */
export function summaryTables(input: {
  round: Round
  scope: ExportScope
  lines: ExportLines
  sums: Sums
  checks: Checks
  provinceRows: Cell[][]
  at: number
  rosters: boolean
}): Summary {
  const { lines, sums, checks } = input
  const { level } = input.scope
  const provincesConfirmed = lines.provinces.filter((one) => one.confirmation.state === 'confirmed').length
  const provinces = { name: SHEET.provinces, columns: provinceTotalColumns, rows: input.provinceRows }
  return {
    cover: coverTable({ ...input, provincesConfirmed }),
    nation: level === 'nation' ? [nationTable({ sums, provinces: lines.provinces.length, provincesConfirmed })] : [],
    provinces: level === 'lao' ? [] : [provinces],
    checked: checksTable(checks),
  }
}

export function writeSummaryCsv(dir: string, { cover, nation, provinces, checked }: Summary, mode: number): void {
  writeCsv(join(dir, 'cover.csv'), cover, mode)
  for (const table of nation) writeCsv(join(dir, 'nation.csv'), table, mode)
  for (const table of provinces) writeCsv(join(dir, 'provinces.csv'), table, mode)
  writeCsv(join(dir, 'checks.csv'), checked, mode)
}
