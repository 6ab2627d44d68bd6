import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { LaoFigures } from '../../workflow/export-figures.ts'
import type { ExportedComponent, ExportedLao, ExportedProvince } from '../../workflow/export-lines.ts'
import type { Sums } from '../../workflow/export-sums.ts'
import { FIGURE, institutionColumns, laoColumns, type OtherRow, otherColumns } from './columns.ts'
import { openCsv } from './csv-file.ts'
import { type Cell, type Column, toCells } from './table.ts'

export type Rows = { laos: Cell[][]; institutions: Cell[][]; others: Cell[][] }

export const noRows = (): Rows => ({ laos: [], institutions: [], others: [] })

type LaoInput = { province: ExportedProvince; lao: ExportedLao; figures: LaoFigures; sums: Sums }

/** Rows of units go to CSV as they come and, where a workbook wants them, into `rows`. */
export function openRowFiles(input: {
  dir: string
  fileMode: number
  folderMode: number
  formats: { xlsx: boolean; csv: boolean }
}) {
  const { dir, fileMode, folderMode, formats } = input
  if (formats.csv) mkdirSync(join(dir, 'csv'), { recursive: true, mode: folderMode })
  const open = <Row>(file: string, columns: readonly Column<Row>[]) => {
    const csv = formats.csv ? openCsv(join(dir, 'csv', file), fileMode) : null
    csv?.write(columns.map(({ header }) => header))
    return {
      write(into: Cell[][], row: Row) {
        const cells = toCells(columns, row)
        csv?.write(cells)
        if (formats.xlsx) into.push(cells)
        return cells
      },
      close: () => csv?.close(),
    }
  }
  const laos = open('laos.csv', laoColumns({ grades: true }))
  const institutions = open('institutions.csv', institutionColumns)
  const others = open('other-counts.csv', otherColumns)
  const figureAt = (columns: readonly Column<never>[]) => columns.findIndex(({ header }) => header === FIGURE)
  const [ownAt, otherAt] = [figureAt(institutionColumns), figureAt(otherColumns)]
  return {
    /** Returns the sums of what was written, cell by cell, for the cross-check. */
    writeLao({ province, lao, figures, sums }: LaoInput, rows: Rows): { counted: number; otherCounted: number } {
      const written = { counted: 0, otherCounted: 0 }
      laos.write(rows.laos, { province, lao, sums })
      for (const child of lao.institutions) {
        const of = { province, lao, child, figures: figures.institutions.get(child.id) ?? null }
        const cells = institutions.write(rows.institutions, of)
        if (!child.gone) written.counted += Number(cells[ownAt] ?? 0)
      }
      for (const row of otherRows({ province, lao, figures })) {
        written.otherCounted += Number(others.write(rows.others, row)[otherAt] ?? 0)
      }
      return written
    },
    close() {
      for (const file of [laos, institutions, others]) file.close()
    },
  }
}

const UNCONFIRMED: ExportedComponent = { state: 'open', reason: null, drifted: false, lapsed: false, reported: null }

/** Institutions of other affiliations as they were confirmed, then those that came since or were never confirmed, without a figure. */
function otherRows({ province, lao, figures }: Omit<LaoInput, 'sums'>): OtherRow[] {
  const confirmed = figures.others ?? []
  const known = new Set(confirmed.map((other) => other.code))
  const missing = lao.others.filter((other) => !known.has(other.code))
  const nothing = { baseline: null, baselineDate: null, current: null, reason: null }
  return [
    ...confirmed.map((other) => ({ province, lao, other, state: lao.otherCounts })),
    ...missing.map((other) => ({ province, lao, other: { ...other, ...nothing }, state: UNCONFIRMED })),
  ]
}
