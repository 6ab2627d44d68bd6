import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import type { Instant } from '../db/ids.ts'
import { type Cell, quotedTab, type SheetRequest, textCell, titleFormat, wrapped } from './cells.ts'
import { cellIdentity } from './content-hash.ts'
import { REPORT_TAB_ID, reportTabRequests } from './file-template.ts'
import { googleFailureOf } from './google-errors.ts'
import type { JudgedSheet } from './judged-sheet.ts'
import { readRosterGrid } from './read-cells.ts'
import type { ReadTab } from './read-tab.ts'
import type { GridRow } from './roster-columns.ts'
import type { SheetDeps, SheetFile } from './sheet-deps.ts'
import { mergedNote, reportHash, reportLines, type SheetReport, wantedNotes } from './sheet-report.ts'
import { protectionWords, reportWords } from './sheet-words.ts'

export type ReportWritten =
  | {
      written: true
      reportHash: string
      /** People typed or sorted between our read and this write: read again. */
      changedMeanwhile: boolean
    }
  | { written: false; why: 'nothing-new' | 'locked' }

/** Rows of ผลตรวจ above its table: the freshness line and the header. */
const TOP_ROWS = 2
const SPARE_ROWS = 50

/**
 * Writes what is wrong to ผลตรวจ and as notes at the cells, in one atomic batch that also brings the table back: atomic is not
 * isolated, and a note must not stay at a row that has moved. Writes absolute content, so that a repeat after a 503 that had
 * landed changes nothing; nothing at all when all is said already.
 */
export async function writeReport(
  deps: SheetDeps,
  input: { file: SheetFile; spreadsheetId: string; tab: ReadTab; judged: JudgedSheet; readAt: Instant },
): Promise<ReportWritten> {
  const { file, tab, judged } = input
  const hash = reportHash(judged.report, judged.ok ? judged.contentHash : null)
  const notes = noteRequests(tab, judged.report)
  const rowsToAdd = judged.ok ? judged.rowsToAdd : []
  const stale = hash !== file.reportHash || tab.reportRows === null
  if (!stale && notes.length === 0 && rowsToAdd.length === 0) return { written: false, why: 'nothing-new' }
  const requests = [
    ...(stale ? tableRequests(deps, { tab, report: judged.report, readAt: input.readAt }) : []),
    ...notes,
    ...appendRequests(tab, rowsToAdd),
  ]
  try {
    const answer = await deps.google.ask({ bucket: 'sheets-write', what: 'write the findings' }, ({ sheets }) =>
      sheets.spreadsheets.batchUpdate({
        spreadsheetId: input.spreadsheetId,
        fields: TABLE_FIELDS,
        prettyPrint: false,
        requestBody: {
          requests,
          includeSpreadsheetInResponse: true,
          responseIncludeGridData: true,
          responseRanges: [quotedTab(tab.title)],
        },
      }),
    )
    return { written: true, reportHash: hash, changedMeanwhile: rowsToAdd.length > 0 || !sameTable(tab, answer.data) }
  } catch (error) {
    if (googleFailureOf(error)?.kind === 'locked') return { written: false, why: 'locked' }
    throw error
  }
}

function tableRequests(deps: SheetDeps, input: { tab: ReadTab; report: SheetReport; readAt: Instant }): SheetRequest[] {
  const { tab, report } = input
  const lines = reportLines(report)
  const needed = TOP_ROWS + lines.length
  const requests: SheetRequest[] = []
  if (tab.reportRows === null) {
    const editors = { users: deps.google.identities.map((identity) => identity.email) }
    const range = { sheetId: REPORT_TAB_ID }
    requests.push(...reportTabRequests(tab.reportTitle), {
      addProtectedRange: { protectedRange: { range, description: protectionWords.report, editors } },
    })
  }
  if (needed > (tab.reportRows ?? 0)) {
    const properties = { sheetId: REPORT_TAB_ID, gridProperties: { rowCount: needed + SPARE_ROWS } }
    requests.push({ updateSheetProperties: { properties, fields: 'gridProperties.rowCount' } })
  }
  requests.push(
    {
      repeatCell: { range: { sheetId: REPORT_TAB_ID, startRowIndex: TOP_ROWS }, cell: {}, fields: 'userEnteredValue' },
    },
    writeCells(0, [[textCell(freshness(report, input.readAt), titleFormat)]]),
  )
  if (lines.length > 0) {
    const cells = lines.map((line) => line.map((text) => textCell(text, wrapped)))
    requests.push(writeCells(TOP_ROWS, cells))
  }
  return requests
}

function freshness(report: SheetReport, at: Instant): string {
  const { figures } = report
  if (!figures) return reportWords.broken(at)
  const said = reportWords.checked({ at, ...figures })
  const shared = report.shared?.length ?? 0
  const blocked = shared > 0 ? ` ${reportWords.mustSettle(shared)}` : ''
  if (report.asked) return `${said} ${reportWords.mustAnswer}`
  if (blocked !== '') return said + blocked
  if (figures.passed + figures.errors === 0) return `${said} ${reportWords.nothingRead}`
  return figures.errors + figures.warnings === 0 ? `${said} ${reportWords.fine}` : said
}

function writeCells(rowIndex: number, rows: Cell[][]): SheetRequest {
  return {
    updateCells: {
      start: { sheetId: REPORT_TAB_ID, rowIndex, columnIndex: 0 },
      rows: rows.map((values) => ({ values })),
      fields: 'userEnteredValue,userEnteredFormat',
    },
  }
}

/** New notes, changed notes, and our old ones that apply no more; a person's own words stay in all of them. */
function noteRequests(tab: ReadTab, report: SheetReport): SheetRequest[] {
  const cellKey = (cell: { rowIndex: number; columnIndex: number }) => `${cell.rowIndex}:${cell.columnIndex}`
  const wanted = new Map(wantedNotes(report).map((note) => [cellKey(note), note]))
  const existing = new Map(tab.notes.map((note) => [cellKey(note), note]))
  const requests: SheetRequest[] = []
  for (const key of new Set([...existing.keys(), ...wanted.keys()])) {
    const before = existing.get(key)?.note ?? ''
    const after = mergedNote(before, wanted.get(key)?.text ?? '')
    const cell = wanted.get(key) ?? existing.get(key)
    if (before === after || !cell) continue
    const start = { sheetId: tab.tabId, rowIndex: cell.rowIndex, columnIndex: cell.columnIndex }
    requests.push({ updateCells: { start, rows: [{ values: [{ note: after }] }], fields: 'note' } })
  }
  return requests
}

function appendRequests(tab: ReadTab, rows: readonly Cell[][]): SheetRequest[] {
  if (rows.length === 0) return []
  return [{ appendCells: { sheetId: tab.tabId, rows: rows.map((values) => ({ values })), fields: 'userEnteredValue' } }]
}

const TABLE_FIELDS =
  'updatedSpreadsheet(sheets(properties(sheetId),data(startRow,startColumn,rowData(values(userEnteredValue)))))'

/** Whether the tab still says, cell by cell, what was judged. */
function sameTable(tab: ReadTab, answer: sheets_v4.Schema$BatchUpdateSpreadsheetResponse): boolean {
  const sheet = answer.updatedSpreadsheet?.sheets?.find((one) => (one.properties?.sheetId ?? 0) === tab.tabId)
  const { header, rows } = readRosterGrid(sheet?.data?.[0], { headerRow: tab.header.row })
  const before = [tab.header, ...tab.rows].map(rowIdentity).filter(isTyped)
  const now = [header, ...rows].map(rowIdentity).filter(isTyped)
  return before.length === now.length && before.every((row, index) => row === now[index])
}

function rowIdentity({ row, cells }: GridRow): string {
  const typed = cells.map(cellIdentity)
  const last = typed.findLastIndex((cell) => cell !== '')
  return last === -1 ? '' : JSON.stringify([row, ...typed.slice(0, last + 1)])
}

const isTyped = (identity: string) => identity !== ''
