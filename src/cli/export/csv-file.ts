import { closeSync, openSync, writeSync } from 'node:fs'
import { BYTE_ORDER_MARK, csvLine } from './csv-text.ts'
import type { Cell, Table } from './table.ts'

const CHUNK = 256 * 1024

export type CsvFile = { write(cells: readonly Cell[]): void; close(): void }

/** Written bit by bit: the nation's institutions never stand in memory together. */
export function openCsv(path: string, mode: number): CsvFile {
  const file = openSync(path, 'wx', mode)
  let waiting = BYTE_ORDER_MARK
  const flush = () => {
    writeSync(file, waiting)
    waiting = ''
  }
  return {
    write(cells) {
      waiting += csvLine(cells)
      if (waiting.length >= CHUNK) flush()
    },
    close() {
      flush()
      closeSync(file)
    },
  }
}

export function writeCsv(path: string, table: Table, mode: number): void {
  const file = openCsv(path, mode)
  if (table.columns.length > 0) file.write(table.columns.map((column) => column.header))
  for (const row of table.rows) file.write(row)
  file.close()
}
