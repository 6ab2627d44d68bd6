import { columnLetters } from '../sheets/cells.ts'
import type { ColumnPositions, RosterGrid } from '../sheets/roster-columns.ts'
import { isBlank } from '../workflow/rules/roster/cell-value.ts'

/** A column with something in it that is never read: under a header that is none of ours, or under none at all. */
export type UnreadColumn = { letters: string; hasHeader: boolean; filled: number }

/** Which columns of a roster file have content and are not read; what stands in them is not told. */
export function unreadColumns(grid: RosterGrid, columns: ColumnPositions): UnreadColumn[] {
  const known = new Set(Object.values(columns))
  const filled = new Map<number, number>()
  for (const { cells } of grid.rows) {
    for (const [at, cell] of cells.entries()) {
      if (!known.has(at) && !isBlank(cell)) filled.set(at, (filled.get(at) ?? 0) + 1)
    }
  }
  return [...filled]
    .sort(([a], [b]) => a - b)
    .map(([at, count]) => ({
      letters: columnLetters(at),
      hasHeader: !isBlank(grid.header.cells[at]),
      filled: count,
    }))
}

const mostNamed = 20

/** One line to a person; null when everything was read. */
export function unreadWords(unread: readonly UnreadColumn[]): string | null {
  if (unread.length === 0) return null
  const named = unread.slice(0, mostNamed).map(({ letters, hasHeader, filled }) => {
    const why = hasHeader ? 'หัวคอลัมน์ไม่อยู่ในแบบฟอร์ม' : 'ไม่มีหัวคอลัมน์'
    return `${letters} (${why} มีข้อมูล ${filled} ช่อง)`
  })
  const left = unread.length - named.length
  return `ไม่ได้อ่านคอลัมน์ ${named.join(', ')}${left > 0 ? ` และอีก ${left} คอลัมน์` : ''} หากเป็นข้อมูลในแบบฟอร์ม โปรดแก้หัวคอลัมน์`
}
