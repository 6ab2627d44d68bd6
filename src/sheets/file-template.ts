import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { type Cell, columnLetters, headerFormat, type SheetRequest, textCell, titleFormat } from './cells.ts'
import { howToTabRequests } from './how-to-tab.ts'
import type { HowToRow } from './how-to-words.ts'
import { type RowPiece, rowPieces } from './row-pieces.ts'
import { protectionWords, reportHeaders, reportWords, tabTitles } from './sheet-words.ts'

/** Tab ids are ours to choose when adding a tab; the first tab exists already when Drive has made the file. */
export const REPORT_TAB_ID = 1001
export const HOW_TO_TAB_ID = 1002

/** Keys of the developer metadata: the first follows columns through moves, the others say what the file is. */
export const COLUMN_METADATA = 'lec.column'
export const UNIT_METADATA = 'lec.unit'
const ROUND_METADATA = 'lec.round'
const TEMPLATE_METADATA = 'lec.template'
/** Told apart by people who look into old files; reading depends on the columns' metadata and words alone. */
const TEMPLATE_VERSION = '2'

export type TemplateColumn = {
  key: string
  header: string
  width: number
  /** Plain text: keeps leading zeros and dates as typed. */
  text?: boolean
  list?: { values: readonly string[]; strict: boolean }
  checkbox?: boolean
  /** Filled by us from the registry; people cannot type there. */
  given?: boolean
}

export type FileTemplate = {
  fileTitle: string
  tabTitle: string
  columns: readonly TemplateColumn[]
  rows: readonly Cell[][]
  rowCount: number
  howTo: readonly HowToRow[]
  /** Rows that are no part of the figure look so: struck out, not by colour alone. */
  struckOut?: { column: string; values: readonly string[] }
}

export type TemplateInput = {
  template: FileTemplate
  dataTabId: number
  unitMark: string
  roundMark: string
  editors: readonly string[]
}

/**
 * Everything that turns the empty spreadsheet Drive made into ours, as batches. The last one brings the template and with it
 * the report tab, by which a file is known to be whole; a long list goes ahead of it in pieces, each to its place, the first
 * of which clears what an earlier try may have left.
 */
export function templateBatches(input: TemplateInput): SheetRequest[][] {
  const pieces = rowPieces(input.template.rows)
  const ahead = pieces
    .slice(0, -1)
    .map((piece, index) => [
      ...refusedWhenWhole(),
      ...(index === 0 ? [gridRequest(input), clearRows(input)] : []),
      writeRows(input, piece),
    ])
  return [...ahead, templateRequests(input, pieces.at(-1) ?? null)]
}

/** A write whose answer never came may land long after: with the template there, an id is taken and the batch refused whole. */
function refusedWhenWhole(): SheetRequest[] {
  return [
    { addSheet: { properties: { sheetId: REPORT_TAB_ID, title: tabTitles.report } } },
    { deleteSheet: { sheetId: REPORT_TAB_ID } },
  ]
}

function templateRequests(input: TemplateInput, piece: RowPiece | null): SheetRequest[] {
  const { template, dataTabId } = input
  const protect = (range: sheets_v4.Schema$GridRange, description: string): SheetRequest => ({
    // Editors are named one by one: copies lose them, and warningOnly cannot have any.
    addProtectedRange: { protectedRange: { range, description, editors: { users: [...input.editors] } } },
  })
  const given = template.columns.flatMap((column, index) => (column.given ? [index] : []))
  return [
    {
      updateSpreadsheetProperties: {
        properties: { locale: 'th_TH', timeZone: 'Asia/Bangkok' },
        fields: 'locale,timeZone',
      },
    },
    gridRequest(input),
    headerRequest(input),
    ...(piece ? [writeRows(input, piece)] : []),
    ...template.columns.flatMap((column, index) => columnRequests({ column, index, dataTabId })),
    ...struckOutRequests(input),
    protect({ sheetId: dataTabId, startRowIndex: 0, endRowIndex: 1 }, protectionWords.header),
    ...given.map((at) =>
      protect(
        { sheetId: dataTabId, startRowIndex: 1, startColumnIndex: at, endColumnIndex: at + 1 },
        protectionWords.given,
      ),
    ),
    ...reportTabRequests(),
    protect({ sheetId: REPORT_TAB_ID }, protectionWords.report),
    ...howToTabRequests({ tabId: HOW_TO_TAB_ID, rows: template.howTo }),
    protect({ sheetId: HOW_TO_TAB_ID }, protectionWords.howTo),
    fileMark(UNIT_METADATA, input.unitMark),
    fileMark(ROUND_METADATA, input.roundMark),
    fileMark(TEMPLATE_METADATA, TEMPLATE_VERSION),
  ]
}

function fileMark(metadataKey: string, metadataValue: string): SheetRequest {
  return {
    createDeveloperMetadata: {
      developerMetadata: { metadataKey, metadataValue, location: { spreadsheet: true }, visibility: 'DOCUMENT' },
    },
  }
}

const SPARE_ROWS = 200

function gridRequest(input: TemplateInput): SheetRequest {
  const { template, dataTabId } = input
  return {
    updateSheetProperties: {
      properties: {
        sheetId: dataTabId,
        title: template.tabTitle,
        gridProperties: {
          rowCount: Math.max(template.rowCount, template.rows.length + 1 + SPARE_ROWS),
          columnCount: template.columns.length,
          frozenRowCount: 1,
        },
      },
      fields: 'title,gridProperties(rowCount,columnCount,frozenRowCount)',
    },
  }
}

function headerRequest(input: TemplateInput): SheetRequest {
  const header = input.template.columns.map((column) => textCell(column.header, headerFormat))
  return {
    updateCells: {
      start: { sheetId: input.dataTabId, rowIndex: 0, columnIndex: 0 },
      rows: [{ values: header }],
      fields: 'userEnteredValue,userEnteredFormat',
    },
  }
}

function writeRows(input: TemplateInput, piece: RowPiece): SheetRequest {
  return {
    updateCells: {
      start: { sheetId: input.dataTabId, rowIndex: 1 + piece.start, columnIndex: 0 },
      rows: piece.rows.map((values) => ({ values })),
      fields: 'userEnteredValue',
    },
  }
}

/** A range without rows is cleared. */
function clearRows(input: TemplateInput): SheetRequest {
  return { updateCells: { range: { sheetId: input.dataTabId, startRowIndex: 1 }, fields: 'userEnteredValue' } }
}

function struckOutRequests(input: TemplateInput): SheetRequest[] {
  const { template, dataTabId } = input
  const { struckOut, columns } = template
  const at = columns.findIndex((column) => column.key === struckOut?.column)
  if (!struckOut || at === -1) return []
  const cell = `$${columnLetters(at)}2`
  const formula = `=OR(${struckOut.values.map((value) => `${cell}="${value}"`).join(',')})`
  return [
    {
      addConditionalFormatRule: {
        index: 0,
        rule: {
          ranges: [{ sheetId: dataTabId, startRowIndex: 1, startColumnIndex: 0, endColumnIndex: columns.length }],
          booleanRule: {
            condition: { type: 'CUSTOM_FORMULA', values: [{ userEnteredValue: formula }] },
            format: { textFormat: { strikethrough: true, foregroundColor: { red: 0.45, green: 0.45, blue: 0.45 } } },
          },
        },
      },
    },
  ]
}

function columnRequests(input: { column: TemplateColumn; index: number; dataTabId: number }): SheetRequest[] {
  const { column, index, dataTabId } = input
  const dimension = { sheetId: dataTabId, dimension: 'COLUMNS', startIndex: index, endIndex: index + 1 }
  const body = { sheetId: dataTabId, startRowIndex: 1, startColumnIndex: index, endColumnIndex: index + 1 }
  const requests: SheetRequest[] = [
    { updateDimensionProperties: { range: dimension, properties: { pixelSize: column.width }, fields: 'pixelSize' } },
    {
      createDeveloperMetadata: {
        developerMetadata: {
          metadataKey: COLUMN_METADATA,
          metadataValue: column.key,
          location: { dimensionRange: dimension },
          visibility: 'DOCUMENT',
        },
      },
    },
  ]
  if (column.text) {
    const cell = { userEnteredFormat: { numberFormat: { type: 'TEXT' } } }
    requests.push({ repeatCell: { range: body, cell, fields: 'userEnteredFormat.numberFormat' } })
  }
  if (column.checkbox) {
    const cell = { userEnteredFormat: { horizontalAlignment: 'CENTER' } }
    requests.push({ repeatCell: { range: body, cell, fields: 'userEnteredFormat.horizontalAlignment' } })
  }
  const rule = validationOf(column)
  if (rule) requests.push({ setDataValidation: { range: body, rule } })
  return requests
}

function validationOf(column: TemplateColumn): sheets_v4.Schema$DataValidationRule | null {
  if (column.checkbox) return { condition: { type: 'BOOLEAN' }, strict: true }
  if (!column.list) return null
  return {
    condition: { type: 'ONE_OF_LIST', values: column.list.values.map((value) => ({ userEnteredValue: value })) },
    strict: column.list.strict,
    showCustomUi: true,
  }
}

const REPORT_WIDTHS = [60, 170, 160, 100, 430, 270]

/** The tab that the worker owns; made anew when a person has deleted it. */
export function reportTabRequests(title: string = tabTitles.report): SheetRequest[] {
  return [
    {
      addSheet: {
        properties: {
          sheetId: REPORT_TAB_ID,
          title,
          gridProperties: { rowCount: 200, columnCount: reportHeaders.length, frozenRowCount: 2 },
        },
      },
    },
    ...REPORT_WIDTHS.map((pixelSize, index) => ({
      updateDimensionProperties: {
        range: { sheetId: REPORT_TAB_ID, dimension: 'COLUMNS', startIndex: index, endIndex: index + 1 },
        properties: { pixelSize },
        fields: 'pixelSize',
      },
    })),
    {
      updateCells: {
        start: { sheetId: REPORT_TAB_ID, rowIndex: 0, columnIndex: 0 },
        rows: [
          { values: [textCell(reportWords.nothingRead, titleFormat)] },
          { values: reportHeaders.map((word) => textCell(word, headerFormat)) },
        ],
        fields: 'userEnteredValue,userEnteredFormat',
      },
    },
  ]
}
