import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import readExcel from 'read-excel-file/node'
import { onTestFinished } from 'vitest'
import { type ExportOptions, type ExportResult, runExport } from '../../../src/cli/export/run-export.ts'
import type { ChainWorld } from '../../world/chain-world.ts'

export type Row = Record<string, string>
export type Exported = ExportResult & {
  csv: (file: string) => Row[]
  sheets: (workbook?: string) => Promise<Map<string, unknown[][]>>
  /** Every file of the export, by its path inside it. */
  files: string[]
}

export function emptyFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'lec-export-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** Runs `lec export` on a world's database and reads back what it wrote with readers of other people. */
export async function exportWorld(
  world: Pick<ChainWorld, 'database'>,
  at: number,
  options: Partial<ExportOptions> = {},
): Promise<Exported> {
  const asked: ExportOptions = { round: '2567/1', out: options.out ?? emptyFolder(), format: 'both', ...options }
  const done = await runExport({ database: world.database, clock: { now: () => at }, tell: () => {} }, asked)
  return { ...done, ...readExport(done.target) }
}

export function readExport(target: string): Pick<Exported, 'csv' | 'sheets' | 'files'> {
  const files = readdirSync(target, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(target.length + 1))
    .sort()
  return {
    files,
    csv: (file) => parse(readFileSync(join(target, 'csv', `${file}.csv`)), { bom: true, columns: true }) as Row[],
    async sheets(workbook) {
      const path = workbook ?? files.find((file) => /^lec-export-.*\.xlsx$/.test(file)) ?? ''
      const sheets = (await readExcel(join(target, path))) as unknown as { sheet: string; data: unknown[][] }[]
      return new Map(sheets.map(({ sheet, data }) => [sheet, data]))
    },
  }
}

/** The rows of a sheet by their header, as text. */
export function rowsOf(data: readonly unknown[][] | undefined): Row[] {
  const [header = [], ...rows] = data ?? []
  return rows.map((row) =>
    Object.fromEntries(header.map((name, at) => [String(name), row[at] == null ? '' : String(row[at])])),
  )
}
