import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../db/open.ts'
import { readTogether } from '../../db/read-together.ts'
import { type Checks, checkLao, checkNation, checkProvince } from '../../workflow/export-checks.ts'
import { laoFigures } from '../../workflow/export-figures.ts'
import type { ExportedProvince, ExportLines, ExportScope } from '../../workflow/export-lines.ts'
import { addSums, noSums, type Sums, sumLao } from '../../workflow/export-sums.ts'
import type { Round } from '../../workflow/rounds.ts'
import { institutionColumns, laoColumns, otherColumns, provinceTotalColumns } from './columns.ts'
import { scopeName } from './cover.ts'
import { writeRosters } from './roster-files.ts'
import { noRows, openRowFiles, type Rows } from './row-files.ts'
import { summaryTables, writeSummaryCsv } from './summary.ts'
import { type Cell, type Column, type Table, toCells } from './table.ts'
import { SHEET } from './words.ts'
import { writeWorkbook } from './workbook.ts'

export type ExportJob = {
  db: Db
  round: Round
  scope: ExportScope
  lines: ExportLines
  formats: { xlsx: boolean; csv: boolean }
  rosters: boolean
  at: number
  /** Where to write, and the name of the workbook without its ending. */
  dir: string
  name: string
  fileMode: number
  folderMode: number
  onProgress: (institutions: number) => void
}

export type ExportDone = { checks: Checks; sums: Sums; rosters: number; workbooks: number }

type Totals = { provinces: Cell[][]; laos: Cell[][] }
type Run = ExportJob & { checks: Checks; totals: Totals; out: ReturnType<typeof openRowFiles>; done: Done }
type Done = { institutions: number; rosters: number; workbooks: number }

/**
 * Writes the whole export, a province in memory at a time. A province or an LAO is one workbook; the nation is one of totals and
 * one for each province: an XLSX of 20,000 institutions by grade and sex took 390 MiB to write.
 */
export async function writeExport(job: ExportJob): Promise<ExportDone> {
  const { lines, scope, formats } = job
  const checks: Checks = { compared: 0, differences: [] }
  const totals: Totals = { provinces: [], laos: [] }
  const done: Done = { institutions: 0, rosters: 0, workbooks: 0 }
  const run: Run = { ...job, checks, totals, out: openRowFiles(job), done }
  const sums = noSums()
  const perProvince: Sums[] = []
  let rows = noRows()
  for (const province of lines.provinces) {
    rows = noRows()
    const of = await writeProvince(run, province, rows)
    perProvince.push(of)
    addSums(sums, of)
  }
  run.out.close()
  if (scope.level === 'nation') checkNation(checks, { name: scopeName(scope), provinces: perProvince, sums })
  const summary = summaryTables({ ...job, sums, checks, provinceRows: totals.provinces })
  if (formats.xlsx) {
    const detail = scope.level === 'nation' ? nationLaos(totals) : unitSheets(rows)
    const { cover, nation, provinces, checked } = summary
    const sheets = [cover, ...nation, ...provinces, ...detail, checked]
    await writeWorkbook(join(job.dir, `${job.name}.xlsx`), sheets, job.fileMode)
    done.workbooks += 1
  }
  if (formats.csv) writeSummaryCsv(join(job.dir, 'csv'), summary, job.fileMode)
  return { checks, sums, rosters: done.rosters, workbooks: done.workbooks }
}

async function writeProvince(run: Run, province: ExportedProvince, rows: Rows): Promise<Sums> {
  const { checks, totals, done } = run
  const isNation = run.scope.level === 'nation'
  const sums = noSums()
  const listed = { counted: 0, otherCounted: 0 }
  for (const lao of province.laos) {
    const figures = readTogether(run.db, (tx) => laoFigures(tx, lao))
    const laoSums = sumLao(lao, figures)
    checkLao(checks, { lao, figures, sums: laoSums })
    const written = run.out.writeLao({ province, lao, figures, sums: laoSums }, rows)
    if (isNation) totals.laos.push(toCells(laoColumns({ grades: false }), { province, lao, sums: laoSums }))
    if (!lao.gone) {
      addSums(sums, laoSums)
      listed.counted += written.counted
      listed.otherCounted += written.otherCounted
    }
    if (run.rosters) done.rosters += await writeRosters({ ...run, lao })
    done.institutions += lao.institutions.length
    run.onProgress(done.institutions)
  }
  if (run.scope.level !== 'lao') checkProvince(checks, { province, sums, listed })
  totals.provinces.push(toCells(provinceTotalColumns, { province, sums }))
  if (isNation && run.formats.xlsx) {
    mkdirSync(join(run.dir, 'provinces'), { recursive: true, mode: run.folderMode })
    await writeWorkbook(join(run.dir, 'provinces', `${province.code}.xlsx`), unitSheets(rows), run.fileMode)
    done.workbooks += 1
  }
  return sums
}

function tableOf<Row>(name: string, columns: readonly Column<Row>[], rows: Cell[][]): Table {
  return { name, columns, rows }
}

const nationLaos = ({ laos }: Totals): Table[] => [tableOf(SHEET.laos, laoColumns({ grades: false }), laos)]

function unitSheets(rows: Rows): Table[] {
  return [
    tableOf(SHEET.laos, laoColumns({ grades: true }), rows.laos),
    tableOf(SHEET.institutions, institutionColumns, rows.institutions),
    tableOf(SHEET.others, otherColumns, rows.others),
  ]
}
