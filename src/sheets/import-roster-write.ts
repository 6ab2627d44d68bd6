import { columnNamed } from '../workflow/rules/roster/columns.ts'
import { quotedTab, type SheetRequest } from './cells.ts'
import { type CellWrite, misplacedWrites, type Snapshot, writeRequest } from './import-roster-cells.ts'
import { readRosterGrid } from './read-cells.ts'
import { findRosterColumns, type GridRow } from './roster-columns.ts'
import type { SheetDeps } from './sheet-deps.ts'

export type Target = { spreadsheetId: string; tabId: number; title: string }

export type BatchWritten = {
  /** Somebody sorted, inserted or moved between our read and our write; what met the wrong pupil was put back. */
  moved: boolean
  /** Cells whose former value is not known; a person must look at them. 1-based rows. */
  unknown: { row: number; columnIndex: number }[]
}

const MOST_REPAIRS = 5

/**
 * Writes one atomic batch that brings the table back, and puts back what met the wrong pupil, until a read-back shows every
 * value where it belongs.
 */
export async function writeImportBatch(
  deps: SheetDeps,
  input: { target: Target; before: Snapshot; requests: readonly SheetRequest[]; writes: readonly CellWrite[] },
): Promise<BatchWritten> {
  const after = await sendAndRead(deps, { ...input, headerRow: input.before.header.row })
  return repair(deps, { ...input, after })
}

/** The same for a batch whose answer was lost: what stands in the sheet now tells whether it landed, and where. */
export async function repair(
  deps: SheetDeps,
  input: { target: Target; before: Snapshot; after: Snapshot; writes: readonly CellWrite[] },
): Promise<BatchWritten> {
  const unknown: BatchWritten['unknown'] = []
  let { before, after, writes } = input
  let moved = false
  for (let round = 0; round <= MOST_REPAIRS; round += 1) {
    const found = misplacedWrites(writes, before, after)
    unknown.push(...found.unknown)
    if (found.restore.length > 0 || found.unknown.length > 0) moved = true
    if (found.restore.length === 0) break
    if (round === MOST_REPAIRS) {
      unknown.push(...found.restore.map(({ rowIndex, columnIndex }) => ({ row: rowIndex + 1, columnIndex })))
      break
    }
    before = after
    writes = found.restore
    const requests = writes.map((write) => writeRequest(input.target.tabId, write))
    after = await sendAndRead(deps, { target: input.target, requests, headerRow: before.header.row })
  }
  return { moved, unknown }
}

const TABLE_FIELDS =
  'updatedSpreadsheet(sheets(properties(sheetId),data(startRow,startColumn,rowData(values(userEnteredValue)))))'

async function sendAndRead(
  deps: SheetDeps,
  input: { target: Target; requests: readonly SheetRequest[]; headerRow: number },
): Promise<Snapshot> {
  const { spreadsheetId, tabId, title } = input.target
  const answer = await deps.google.ask(
    { bucket: 'sheets-write', urgent: true, what: 'write the imported roster' },
    ({ sheets }) =>
      sheets.spreadsheets.batchUpdate({
        spreadsheetId,
        fields: TABLE_FIELDS,
        requestBody: {
          requests: [...input.requests],
          includeSpreadsheetInResponse: true,
          responseIncludeGridData: true,
          responseRanges: [quotedTab(title)],
        },
      }),
  )
  const sheet = answer.data.updatedSpreadsheet?.sheets?.find((one) => (one.properties?.sheetId ?? 0) === tabId)
  const { header, rows } = readRosterGrid(sheet?.data?.[0], { headerRow: input.headerRow })
  return toSnapshot(header, rows)
}

/** A table by its own header words; without a readable header no value counts as being where it belongs. */
export function toSnapshot(header: GridRow, rows: readonly GridRow[], columns?: Snapshot['columns']): Snapshot {
  const found = columns ? null : findRosterColumns(header)
  const positions = columns ?? (found?.ok ? found.columns : wordPositions(header))
  return { header, rows: new Map(rows.map((row) => [row.row, row])), columns: positions }
}

function wordPositions(header: GridRow): Snapshot['columns'] {
  const positions: Snapshot['columns'] = {}
  for (const [at, cell] of header.cells.entries()) {
    const column = cell.kind === 'text' ? columnNamed(cell.text) : null
    if (column !== null) positions[column] ??= at
  }
  return positions
}
