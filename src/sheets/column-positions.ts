import { cellText } from '../workflow/rules/roster/cell-value.ts'
import type { ReadTab } from './read-tab.ts'
import type { GridRow } from './roster-columns.ts'

/**
 * Whether the row taken for the header is one. Metadata survives a deleted header row, and the first pupil would then be taken
 * for it: words of ours must stand in it, a few at least, since people reword some.
 */
export function isHeaderRow(header: GridRow, named: (headerText: string) => string | null): boolean {
  return header.cells.filter((cell) => named(cellText(cell)) !== null).length >= WORDS_THAT_MAKE_A_HEADER
}

const WORDS_THAT_MAKE_A_HEADER = 3

/**
 * Where the metadata says our columns are, as far as it can be trusted: it follows a column that is moved or whose header
 * was reworded, but a header that plainly names another of our columns means that contents were swapped under it. Such
 * columns are left to the header words, which are what people see; a word that then stands twice is ambiguous.
 */
export function knownPositions<K extends string>(
  tab: Pick<ReadTab, 'header' | 'metadata'>,
  columns: { isColumn: (key: string) => key is K; named: (headerText: string) => K | null },
): Partial<Record<K, number>> {
  const at = new Map<K, number[]>()
  for (const [index, key] of tab.metadata.entries()) {
    if (key !== null && columns.isColumn(key)) at.set(key, [...(at.get(key) ?? []), index])
  }
  const doubtful = new Set<K>()
  for (const [key, positions] of at) {
    if (positions.length > 1) doubtful.add(key)
    for (const index of positions) {
      const named = columns.named(cellText(tab.header.cells[index]))
      if (named === null || named === key) continue
      doubtful.add(key)
      doubtful.add(named)
    }
  }
  const known: Partial<Record<K, number>> = {}
  for (const [key, [index]] of at) {
    if (index !== undefined && !doubtful.has(key)) known[key] = index
  }
  return known
}
