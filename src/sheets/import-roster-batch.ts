import type { Cell, SheetRequest } from './cells.ts'
import { type CellWrite, type Snapshot, toCell, writeRequest } from './import-roster-cells.ts'
import type { AddedRow, RosterImportPlan } from './import-roster-plan.ts'
import { importedColumns } from './rpt318-header.ts'

export type ImportBatch = {
  requests: SheetRequest[]
  writes: CellWrite[]
  changed: number
  added: number
  /** Everything that is left to do is in it. */
  whole: boolean
}

/** Google advises 2 MB a request; the answer brings the table back beside it. */
const MOST_BYTES = 1_500_000

/** As much of the plan as one request may carry: changes first, then new rows below the last used one. */
export function nextBatch(input: {
  plan: RosterImportPlan
  tabId: number
  snapshot: Snapshot
  /** Rows of the tab's grid. */
  gridRows: number
  mostBytes?: number
}): ImportBatch {
  const { plan, tabId, snapshot, mostBytes = MOST_BYTES } = input
  const batch: ImportBatch = { requests: [], writes: [], changed: 0, added: 0, whole: true }
  let bytes = 0
  const fits = (more: unknown): boolean => {
    const size = Buffer.byteLength(JSON.stringify(more)) + 1
    if (bytes > 0 && bytes + size > mostBytes) return false
    bytes += size
    return true
  }
  for (const { sheet, cells } of plan.changed) {
    const writes = cells.flatMap(({ column, text }): CellWrite[] => {
      const columnIndex = snapshot.columns[column]
      const pupil = snapshot.rows.get(sheet.row)
      if (columnIndex === undefined || !pupil) return []
      return [{ rowIndex: sheet.row - 1, columnIndex, value: { kind: 'text', text }, pupil }]
    })
    const requests = writes.map((write) => writeRequest(tabId, write))
    if (!fits(requests)) return { ...batch, whole: false }
    batch.requests.push(...requests)
    batch.writes.push(...writes)
    batch.changed += 1
  }
  const rows: CellWrite[][] = []
  const at = lastUsedRow(snapshot)
  for (const row of plan.added) {
    const writes = rowWrites(row, { rowIndex: at + rows.length, snapshot })
    if (!fits(toRow(writes))) break
    rows.push(writes)
  }
  if (rows.length > 0) {
    batch.requests.push(...insertRequests({ tabId, at, gridRows: input.gridRows, rows, snapshot }))
    batch.writes.push(...rows.flat())
    batch.added = rows.length
  }
  return { ...batch, whole: rows.length === plan.added.length }
}

/** 1-based, so also the 0-based index of the row below it. A box that is not ticked is no use of a row. */
function lastUsedRow({ header, rows }: Snapshot): number {
  let last = header.row
  for (const { row, cells } of rows.values()) {
    const used = cells.some((cell) => cell.kind !== 'empty' && !(cell.kind === 'bool' && !cell.value))
    if (used && row > last) last = row
  }
  return last
}

function rowWrites(added: AddedRow, at: { rowIndex: number; snapshot: Snapshot }): CellWrite[] {
  return importedColumns.flatMap((column): CellWrite[] => {
    const columnIndex = at.snapshot.columns[column]
    const text = added.values[column]
    if (columnIndex === undefined || text === undefined) return []
    return [{ rowIndex: at.rowIndex, columnIndex, value: { kind: 'text', text }, pupil: null }]
  })
}

function toRow(writes: readonly CellWrite[]): { values: Cell[] } {
  const width = Math.max(0, ...writes.map(({ columnIndex }) => columnIndex + 1))
  const values: Cell[] = Array.from({ length: width }, () => ({}))
  for (const { columnIndex, value } of writes) values[columnIndex] = toCell(value)
  return { values }
}

/**
 * Rows are inserted, never written into the rows that happen to be free: somebody may be typing there. They take formats,
 * lists and checkboxes from the prepared row below or, at the end of the grid, from the last row.
 */
function insertRequests(input: {
  tabId: number
  at: number
  gridRows: number
  rows: readonly CellWrite[][]
  snapshot: Snapshot
}): SheetRequest[] {
  const { tabId, at, gridRows, rows } = input
  const end = at + rows.length
  const values: SheetRequest = {
    updateCells: {
      start: { sheetId: tabId, rowIndex: at, columnIndex: 0 },
      rows: rows.map(toRow),
      fields: 'userEnteredValue',
    },
  }
  if (at < gridRows) {
    const range = { sheetId: tabId, dimension: 'ROWS', startIndex: at, endIndex: end }
    return [{ insertDimension: { range, inheritFromBefore: false } }, values]
  }
  const appended: SheetRequest = { appendDimension: { sheetId: tabId, dimension: 'ROWS', length: rows.length } }
  const isHeader = at <= input.snapshot.header.row
  return [appended, ...(isHeader ? [] : copyLooks({ tabId, from: at - 1, to: at, end })), values]
}

function copyLooks(input: { tabId: number; from: number; to: number; end: number }): SheetRequest[] {
  const source = { sheetId: input.tabId, startRowIndex: input.from, endRowIndex: input.from + 1 }
  const destination = { sheetId: input.tabId, startRowIndex: input.to, endRowIndex: input.end }
  return ['PASTE_FORMAT', 'PASTE_DATA_VALIDATION'].map((pasteType) => ({
    copyPaste: { source, destination, pasteType, pasteOrientation: 'NORMAL' },
  }))
}
