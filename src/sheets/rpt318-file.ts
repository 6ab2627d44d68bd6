import { type CellValue, cellText, emptyCell } from '../workflow/rules/roster/cell-value.ts'
import { columnNamed } from '../workflow/rules/roster/columns.ts'
import type { RawRow } from '../workflow/rules/roster/row-findings.ts'
import { type FileFault, readFileTabs } from './file-grid.ts'
import { type FoundHeader, findHeader, type ImportedColumn, importedColumns } from './rpt318-header.ts'
import type { FileTab } from './xlsx-grid.ts'

/** Where a text outside the pupil table stands, the most telling place first. */
export const textPlaces = ['title', 'tab-name', 'file-name', 'properties', 'other-tabs'] as const
export type TextPlace = (typeof textPlaces)[number]
export type OutsideText = { place: TextPlace; text: string }

/** A roster taken out of a file: the columns that we need and nothing else of its table. */
export type RosterFile = {
  tab: string
  header: { firstRow: number; lastRow: number }
  columns: readonly ImportedColumn[]
  rows: readonly RawRow[]
  /** Cells of the tab that held formulas; their stored results were read. */
  formulas: number
  outside: readonly OutsideText[]
}

/** What a tab that might be meant has and lacks. */
export type NearMiss = { tab: string } & Pick<FoundHeader, 'firstRow' | 'columns' | 'missing' | 'repeated'>

export type RosterFileReading =
  | { ok: true; file: RosterFile }
  | { ok: false; why: FileFault; detail?: string }
  | { ok: false; why: 'no-table'; tabs: readonly string[]; nearest: NearMiss | null }
  | { ok: false; why: 'several-tables'; tabs: readonly string[] }
  | { ok: false; why: 'no-such-tab'; tabs: readonly string[] }

type Table = { tab: FileTab; header: FoundHeader; rows: RawRow[] }

/**
 * Finds the pupil table in a file: LEC's export RPT318, our own template as .xlsx, or CSV. The tab with the most of our
 * columns wins; two that match equally well are for a person to decide (`tab`).
 */
export async function readRosterFileForImport(input: {
  bytes: Buffer
  fileName: string
  tab?: string
}): Promise<RosterFileReading> {
  const reading = await readFileTabs(input.bytes)
  if (!reading.ok) return reading
  const names = reading.tabs.map(({ name }) => name)
  const asked = reading.tabs.filter(({ name }) => input.tab === undefined || name.trim() === input.tab.trim())
  if (asked.length === 0 && input.tab !== undefined) return { ok: false, why: 'no-such-tab', tabs: names }
  const headers = asked.flatMap((tab) => {
    const header = findHeader(tab)
    return header ? [{ tab, header }] : []
  })
  const whole = headers.filter(({ header }) => header.missing.length === 0 && header.repeated.length === 0)
  const chosen = chooseTable(whole.map(({ tab, header }) => ({ tab, header, rows: tableRows(tab, header) })))
  if (chosen.length > 1) return { ok: false, why: 'several-tables', tabs: chosen.map(({ tab }) => tab.name) }
  const [table] = chosen
  if (!table) return { ok: false, why: 'no-table', tabs: names, nearest: nearestMiss(headers) }
  return { ok: true, file: toRosterFile(table, { tabs: reading.tabs, properties: reading.properties, ...input }) }
}

const columnCount = ({ columns }: FoundHeader) => Object.keys(columns).length

function chooseTable(tables: readonly Table[]): Table[] {
  const most = Math.max(...tables.map(({ header }) => columnCount(header)))
  const best = tables.filter(({ header }) => columnCount(header) === most)
  const filled = best.filter(({ rows }) => rows.length > 0)
  return filled.length > 0 ? filled : best.slice(0, 1)
}

function nearestMiss(headers: readonly { tab: FileTab; header: FoundHeader }[]): NearMiss | null {
  const [nearest] = headers.toSorted((a, b) => columnCount(b.header) - columnCount(a.header))
  if (!nearest) return null
  const { firstRow, columns, missing, repeated } = nearest.header
  return { tab: nearest.tab.name, firstRow, columns, missing, repeated }
}

/** Rows below the header with something in our columns; a header repeated on every printed page is none. */
function tableRows(tab: FileTab, header: FoundHeader): RawRow[] {
  const wanted = importedColumns.flatMap((column) => {
    const at = header.columns[column]
    return at === undefined ? [] : [{ column, at }]
  })
  const rows: RawRow[] = []
  for (const { row, cells } of tab.rows) {
    if (row <= header.lastRow) continue
    const known: RawRow['cells'] = {}
    for (const { column, at } of wanted) known[column] = plainCell(cells[at])
    const texts = wanted.map(({ column }) => cellText(known[column]))
    if (texts.every((text) => text === '')) continue
    if (wanted.filter(({ column }, i) => columnNamed(texts[i] ?? '') === column).length >= 2) continue
    rows.push({ row, cells: known })
  }
  return rows
}

/** ="0113…" is how programs keep a leading zero in CSV; any other formula in CSV has no result that could be read. */
function plainCell(cell: CellValue | undefined): CellValue {
  if (cell === undefined) return emptyCell
  if (cell.kind !== 'formula') return cell
  const quoted = /^\s*="([^"]*)"\s*$/.exec(cell.text)?.[1]
  return quoted === undefined || quoted === '' ? emptyCell : { kind: 'text', text: quoted }
}

function toRosterFile(
  { tab, header, rows }: Table,
  file: { tabs: readonly FileTab[]; properties: readonly string[]; fileName: string },
): RosterFile {
  const others = file.tabs.filter((other) => other !== tab)
  const outside: OutsideText[] = [
    ...textsAbove(tab, header.firstRow).map((text) => ({ place: 'title' as const, text })),
    { place: 'tab-name', text: tab.name },
    { place: 'file-name', text: file.fileName },
    ...file.properties.map((text) => ({ place: 'properties' as const, text })),
    ...others.flatMap((other) => otherTexts(other).map((text) => ({ place: 'other-tabs' as const, text }))),
  ]
  return {
    tab: tab.name,
    header: { firstRow: header.firstRow, lastRow: header.lastRow },
    columns: importedColumns.filter((column) => header.columns[column] !== undefined),
    rows,
    formulas: tab.formulas,
    outside: outside.filter(({ text }) => text !== ''),
  }
}

const OTHER_ROWS = 200

/** Tables beside ours may name other schools row by row (โรงเรียนเดิม): of those only what stands above them. */
function otherTexts(tab: FileTab): string[] {
  const header = findHeader(tab)
  const isTable = header !== null && columnCount(header) >= 3
  return [tab.name, ...textsAbove(tab, isTable ? header.firstRow : OTHER_ROWS)]
}

function textsAbove(tab: FileTab, row: number): string[] {
  const above = tab.rows.filter((one) => one.row < row)
  return above.flatMap(({ cells }) => cells.map(cellText)).filter((text) => text !== '')
}
