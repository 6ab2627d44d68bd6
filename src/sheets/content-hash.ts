import { hash } from 'node:crypto'
import type { CellValue } from '../workflow/rules/roster/cell-value.ts'
import { isUnticked } from '../workflow/rules/roster/existence-mark.ts'
import { normaliseText } from '../workflow/rules/text/thai-text.ts'

export type TypedRow<K extends string> = { row: number; cells: Partial<Record<K, CellValue>> }

/**
 * Hash of what people typed, whatever the order of rows and columns: sorting is no change. Rows with nothing in them do not
 * count; `ticks` are columns of checkboxes, where an unticked box is nothing.
 */
export function contentHash<K extends string>(
  rows: readonly TypedRow<K>[],
  columns: { all: readonly K[]; ticks: readonly K[] },
): string {
  const hashes: string[] = []
  for (const { cells } of rows) {
    const parts: string[] = []
    for (const column of columns.all) {
      const cell = cells[column]
      if (cell === undefined || cell.kind === 'empty') continue
      if (columns.ticks.includes(column) && isNoTick(cell)) continue
      const identity = cellIdentity(cell)
      if (identity !== BLANK) parts.push(column, identity)
    }
    if (parts.length > 0) hashes.push(hash('sha256', JSON.stringify(parts)))
  }
  return hash('sha256', hashes.sort().join('\n'))
}

const BLANK = 'text '

/** Nearly every row has a box that is ticked or not: that needs no look at words. */
function isNoTick(cell: CellValue): boolean {
  return cell.kind === 'bool' ? !cell.value : isUnticked(cell)
}

/** Two spellings that look the same are the same; a number and a text are not, since a number may have lost digits. */
export function cellIdentity(cell: CellValue): string {
  switch (cell.kind) {
    case 'empty':
      return ''
    case 'text':
      return `${BLANK}${normaliseText(cell.text)}`
    case 'number':
      return `number ${cell.number}`
    case 'bool':
      return `bool ${cell.value}`
    case 'formula':
      return `formula ${cell.text}`
  }
}
