import { cellText } from '../workflow/rules/roster/cell-value.ts'
import { columnNamed, type RosterColumn, requiredColumns, rosterColumns } from '../workflow/rules/roster/columns.ts'
import type { ColumnPositions, GridRow } from './roster-columns.ts'
import type { FileTab } from './xlsx-grid.ts'

/** Columns that come from a file. The existence mark and the explanation are the officer's own acts in the sheet. */
export const importedColumns = [
  'nationalId',
  'pupilNumber',
  'prefix',
  'firstName',
  'lastName',
  'sex',
  'birthDate',
  'nationality',
  'grade',
  'room',
  'enteredOn',
  'status',
] as const satisfies readonly RosterColumn[]
export type ImportedColumn = (typeof importedColumns)[number]

export const neededColumns: readonly ImportedColumn[] = importedColumns.filter((column) =>
  requiredColumns.includes(column),
)

/** The best header of a tab. Rows are 1-based; a header of two rows ends one row later than it begins. */
export type FoundHeader = {
  firstRow: number
  lastRow: number
  columns: ColumnPositions
  missing: readonly ImportedColumn[]
  /** Columns of ours that stand there more than once. */
  repeated: readonly RosterColumn[]
}

const ROWS_SEARCHED = 30

/**
 * Looks for the header among the first rows of a tab. LEC's export RPT318 spreads it over two merged rows whose words belong
 * together (นักเรียน: คำนำหน้า, ชื่อ, นามสกุล; บิดา: คำนำหน้า, ชื่อ, นามสกุล), under titles, in no fixed layout.
 */
export function findHeader(tab: FileTab): FoundHeader | null {
  const top = tab.rows.slice(0, ROWS_SEARCHED)
  const candidates = top.flatMap((row, index) => {
    const below = top[index + 1]
    const single = readHeader(row.cells.map((cell) => columnNamed(cellText(cell))))
    const one = { firstRow: row.row, lastRow: row.row, ...single }
    if (!below) return [one]
    return [one, { firstRow: row.row, lastRow: below.row, ...readHeader(twoRowNames(tab, row, below)) }]
  })
  const best = candidates.reduce<FoundHeader | null>((one, next) => (one && !isBetter(next, one) ? one : next), null)
  return best && Object.keys(best.columns).length > 0 ? best : null
}

function isBetter(next: FoundHeader, than: FoundHeader): boolean {
  const found = Object.keys(next.columns).length - Object.keys(than.columns).length
  if (found !== 0) return found > 0
  const repeated = next.repeated.length - than.repeated.length
  if (repeated !== 0) return repeated < 0
  // A title over the header is no part of it: it may name the institution.
  return heightOf(next) < heightOf(than)
}

const heightOf = ({ firstRow, lastRow }: FoundHeader) => lastRow - firstRow

function readHeader(names: readonly (RosterColumn | null)[]): Pick<FoundHeader, 'columns' | 'missing' | 'repeated'> {
  const columns: ColumnPositions = {}
  const repeated: RosterColumn[] = []
  for (const column of rosterColumns) {
    const at = names.indexOf(column)
    if (at === -1) continue
    if (names.lastIndexOf(column) !== at) repeated.push(column)
    else columns[column] = at
  }
  return { columns, repeated, missing: neededColumns.filter((column) => columns[column] === undefined) }
}

/** Parents and addresses have names, numbers and birth dates too; none of theirs may be read. */
const ABOUT_OTHERS = /บิดา|มารดา|ผู้ปกครอง|พ่อ|แม่|คู่สมรส|พี่น้อง|ที่อยู่|ครู|เดิม|ผู้อำนวยการ|ผู้บริหาร/

function twoRowNames(tab: FileTab, upper: GridRow, lower: GridRow): (RosterColumn | null)[] {
  const parents = parentWords(tab, upper, lower)
  const width = Math.max(upper.cells.length, lower.cells.length)
  return Array.from({ length: width }, (_, at) => {
    const child = cellText(lower.cells[at])
    if (child === '') return columnNamed(cellText(upper.cells[at]))
    const parent = parents[at] ?? ''
    if (parent === '') return columnNamed(child)
    const together = columnNamed(`${parent}${child}`)
    return together ?? (ABOUT_OTHERS.test(parent) ? null : columnNamed(child))
  })
}

/** The upper word that a column stands under: by the merged cells or, where the file has none, the last word to the left. */
function parentWords(tab: FileTab, upper: GridRow, lower: GridRow): string[] {
  const row = upper.row - 1
  const merges = tab.merges.filter(({ top, bottom }) => top <= row && row <= bottom)
  const words: string[] = []
  let last = ''
  for (let at = 0; at < lower.cells.length; at += 1) {
    const own = cellText(upper.cells[at])
    if (merges.length > 0) {
      const merge = merges.find(({ left, right }) => left <= at && at <= right)
      words.push(merge && merge.top === row ? cellText(upper.cells[merge.left]) : own)
      continue
    }
    // A word over an empty cell is a column by itself and does not reach further.
    if (own !== '') last = cellText(lower.cells[at]) === '' ? '' : own
    words.push(last)
  }
  return words
}
