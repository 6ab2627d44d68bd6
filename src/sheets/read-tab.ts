import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { cellText } from '../workflow/rules/roster/cell-value.ts'
import { type GridRange, quotedTab } from './cells.ts'
import { COLUMN_METADATA } from './file-template.ts'
import { googleFailureOf } from './google-errors.ts'
import type { Google } from './metered-google.ts'
import { readRosterGrid, readRows } from './read-cells.ts'
import type { GridRow } from './roster-columns.ts'
import { tabTitles } from './sheet-words.ts'

/** Positions here are 0-based, as the API counts; `GridRow.row` is 1-based, as people count. */
export type CellNote = { rowIndex: number; columnIndex: number; note: string }

/** The tab that people fill in, read in one request: header, rows, our columns' metadata, merges and notes belong together. */
export type ReadTab = {
  tabId: number
  title: string
  header: GridRow
  rows: readonly GridRow[]
  /** Value of our column metadata per column, null where there is none. */
  metadata: readonly (string | null)[]
  merges: readonly GridRange[]
  notes: readonly CellNote[]
  /** Rows that the report tab has room for; null when a person has deleted it. */
  reportRows: number | null
  /** What a new report tab may be called: people may have made one of that name themselves. */
  reportTitle: string
  /** The tab is not in the spreadsheet any more: what stands here is a table without anything in it. */
  missing?: true
}

const FIELDS = [
  'properties(sheetId,title,gridProperties(rowCount))',
  'merges',
  'data(startRow,startColumn,rowData(values(userEnteredValue,formattedValue,note)),columnMetadata(developerMetadata(metadataKey,metadataValue)))',
].join(',')

type ReadTabInput = {
  spreadsheetId: string
  dataTabId: number
  reportTabId: number
  /** Title that the template gave; people may have renamed the tab. */
  title: string
  /** Which header words are ours: finds the header when rows were put above it. */
  names: (headerText: string) => string | null
  urgent: boolean
}

/** Tabs are known by id; a range needs the title, so a renamed tab costs one more request. */
export async function readTab(google: Google, input: ReadTabInput): Promise<ReadTab> {
  const first = await getTabs(google, { ...input, titles: [input.title, tabTitles.report] })
  const isWhole = first && tabOf(first, input.dataTabId)?.data && tabOf(first, input.reportTabId)
  const found = isWhole ? toReadTab(first, { ...input, reportTitle: tabTitles.report }) : null
  if (found) return found
  const all = await getProperties(google, input)
  const renamed = tabOf(all, input.dataTabId)?.properties?.title
  const report = tabOf(all, input.reportTabId)?.properties
  const reportTitle = freeTitle(all)
  if (!renamed) return missingTab(report, { ...input, reportTitle })
  const again = await getTabs(google, { ...input, titles: report?.title ? [renamed, report.title] : [renamed] })
  return (again && toReadTab(again, { ...input, reportTitle })) ?? missingTab(report, { ...input, reportTitle })
}

function freeTitle(tabs: readonly sheets_v4.Schema$Sheet[]): string {
  const taken = new Set(tabs.map((tab) => tab.properties?.title))
  let title: string = tabTitles.report
  for (let next = 2; taken.has(title); next += 1) title = `${tabTitles.report} ${next}`
  return title
}

type Named = ReadTabInput & { reportTitle: string }

function missingTab(report: sheets_v4.Schema$SheetProperties | undefined, input: Named): ReadTab {
  return {
    tabId: input.dataTabId,
    title: report?.title ?? tabTitles.report,
    header: { row: 1, cells: [] },
    rows: [],
    metadata: [],
    merges: [],
    notes: [],
    reportRows: report ? (report.gridProperties?.rowCount ?? 1) : null,
    reportTitle: input.reportTitle,
    missing: true,
  }
}

/** Null when a title is not there: Google refuses the whole request. */
async function getTabs(
  google: Google,
  input: ReadTabInput & { titles: readonly string[] },
): Promise<sheets_v4.Schema$Sheet[] | null> {
  const [dataTitle, reportTitle] = input.titles
  const ranges = [quotedTab(dataTitle ?? '')]
  if (reportTitle !== undefined) ranges.push(`${quotedTab(reportTitle)}!A1`)
  try {
    const answer = await google.ask(
      { bucket: 'sheets-read', urgent: input.urgent, what: 'read a sheet' },
      ({ sheets }) =>
        sheets.spreadsheets.get({
          spreadsheetId: input.spreadsheetId,
          ranges,
          fields: `sheets(${FIELDS})`,
          prettyPrint: false,
        }),
    )
    return answer.data.sheets ?? []
  } catch (error) {
    const failure = googleFailureOf(error)
    if (failure?.kind === 'refused' && failure.status === 400) return null
    throw error
  }
}

async function getProperties(google: Google, input: ReadTabInput): Promise<sheets_v4.Schema$Sheet[]> {
  const answer = await google.ask(
    { bucket: 'sheets-read', urgent: input.urgent, what: 'list the tabs' },
    ({ sheets }) =>
      sheets.spreadsheets.get({
        spreadsheetId: input.spreadsheetId,
        fields: 'sheets(properties(sheetId,title,gridProperties(rowCount)))',
        prettyPrint: false,
      }),
  )
  return answer.data.sheets ?? []
}

function tabOf(tabs: readonly sheets_v4.Schema$Sheet[], id: number): sheets_v4.Schema$Sheet | undefined {
  // A sheetId of 0 may be left out of an answer as the default of its type.
  return tabs.find((tab) => tab.properties && (tab.properties.sheetId ?? 0) === id)
}

function toReadTab(tabs: readonly sheets_v4.Schema$Sheet[], input: Named): ReadTab | null {
  const tab = tabOf(tabs, input.dataTabId)
  if (!tab) return null
  const data = tab.data?.[0]
  const { header, rows } = readRosterGrid(data, { headerRow: headerRowOf(data, input.names) })
  return {
    tabId: input.dataTabId,
    title: tab.properties?.title ?? input.title,
    header,
    rows,
    metadata: (data?.columnMetadata ?? []).map(columnMark),
    merges: tab.merges ?? [],
    notes: notesOf(data),
    reportRows: tabOf(tabs, input.reportTabId)?.properties?.gridProperties?.rowCount ?? null,
    reportTitle: input.reportTitle,
  }
}

const ROWS_SEARCHED = 5
const WORDS_THAT_MAKE_A_HEADER = 3

/** 1-based. Row 1 unless people have put something above it. */
function headerRowOf(data: sheets_v4.Schema$GridData | undefined, names: ReadTabInput['names']): number {
  const top = readRows(data?.rowData?.slice(0, ROWS_SEARCHED), (data?.startRow ?? 0) + 1)
  const found = top.find(
    ({ cells }) => cells.filter((cell) => names(cellText(cell)) !== null).length >= WORDS_THAT_MAKE_A_HEADER,
  )
  return found?.row ?? 1
}

function columnMark(column: sheets_v4.Schema$DimensionProperties): string | null {
  const mark = (column.developerMetadata ?? []).find((one) => one.metadataKey === COLUMN_METADATA)
  return mark?.metadataValue ?? null
}

function notesOf(data: sheets_v4.Schema$GridData | undefined): CellNote[] {
  const notes: CellNote[] = []
  for (const [index, row] of (data?.rowData ?? []).entries()) {
    for (const [columnIndex, cell] of (row.values ?? []).entries()) {
      if (cell.note) notes.push({ rowIndex: (data?.startRow ?? 0) + index, columnIndex, note: cell.note })
    }
  }
  return notes
}
