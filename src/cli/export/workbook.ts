import { writeFileSync } from 'node:fs'
import writeExcelFile, { type Row } from 'write-excel-file/node'
import { looksLikeFormula } from './csv-text.ts'
import type { Cell, Table } from './table.ts'

/** A sheet with its rows; `titles` stand above the header, which stays in view. */
export type Sheet = Table & { titles?: readonly string[] }

/** Writes an XLSX file. Text stays text: nothing in it is ever a formula, also when a person edits the cell later. */
export async function writeWorkbook(path: string, sheets: readonly Sheet[], mode: number): Promise<void> {
  const book = sheets.map(({ name, columns, rows, titles = [] }) => {
    const header = columns.map((column) => ({ ...textCell(column.header), fontWeight: 'bold' as const, wrap: true }))
    const top = [...titles.map((title) => [xlsxCell(title)]), ...(columns.length > 0 ? [header] : [])]
    return {
      sheet: name,
      columns: columns.map(({ width }) => ({ width })),
      data: [...top, ...rows.map((row) => row.map(xlsxCell))] as Row[],
      ...(columns.length > 0 ? { stickyRowsCount: top.length } : {}),
    }
  })
  writeFileSync(path, '', { mode, flag: 'wx' })
  await writeExcelFile(book, { fontFamily: 'TH Sarabun New', fontSize: 14 }).toFile(path)
}

const textCell = (value: string) => ({ value, type: String, format: '@' })

function xlsxCell(cell: Cell) {
  if (cell === null || cell === '' || typeof cell === 'number') return cell === '' ? null : cell
  // write-excel-file keeps known strings in a plain object: the name of one of that object's methods would be found there and break the file.
  const text = cell in Object.prototype ? `${cell} ` : cell
  return looksLikeFormula(text) || /^[\d\s-]+$/.test(text) ? textCell(text) : text
}
