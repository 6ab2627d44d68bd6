import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { type Cell, headerFormat, type SheetRequest, textCell, titleFormat, wrapped } from './cells.ts'
import { protectionWords, reportHeaders, reportWords, tabTitles } from './sheet-words.ts'

/** Tab ids are ours to choose when adding a tab; the first tab exists already when Drive has made the file. */
export const REPORT_TAB_ID = 1001
export const HOW_TO_TAB_ID = 1002

/** Keys of the developer metadata that follow columns through moves, and name the file's unit. */
export const COLUMN_METADATA = 'lec.column'
export const UNIT_METADATA = 'lec.unit'

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
  howTo: readonly string[]
}

/** Everything that turns the empty spreadsheet Drive made into ours: one batch, so it is there as a whole or not at all. */
export function templateRequests(input: {
  template: FileTemplate
  dataTabId: number
  unitMark: string
  editors: readonly string[]
}): SheetRequest[] {
  const { template, dataTabId } = input
  const protect = (range: sheets_v4.Schema$GridRange, description: string): SheetRequest => ({
    // Editors are named one by one: copies lose them, and warningOnly cannot have any.
    addProtectedRange: { protectedRange: { range, description, editors: { users: [...input.editors] } } },
  })
  return [
    {
      updateSpreadsheetProperties: {
        properties: { locale: 'th_TH', timeZone: 'Asia/Bangkok' },
        fields: 'locale,timeZone',
      },
    },
    ...dataTab({ template, dataTabId }),
    ...template.columns.flatMap((column, index) => columnRequests({ column, index, dataTabId })),
    protect({ sheetId: dataTabId, startRowIndex: 0, endRowIndex: 1 }, protectionWords.header),
    ...template.columns.flatMap((column, index) =>
      column.given
        ? [
            protect(
              { sheetId: dataTabId, startRowIndex: 1, startColumnIndex: index, endColumnIndex: index + 1 },
              protectionWords.given,
            ),
          ]
        : [],
    ),
    ...reportTabRequests(),
    protect({ sheetId: REPORT_TAB_ID }, protectionWords.report),
    ...howToTab(template.howTo),
    protect({ sheetId: HOW_TO_TAB_ID }, protectionWords.howTo),
    {
      createDeveloperMetadata: {
        developerMetadata: {
          metadataKey: UNIT_METADATA,
          metadataValue: input.unitMark,
          location: { spreadsheet: true },
          visibility: 'DOCUMENT',
        },
      },
    },
  ]
}

function dataTab(input: { template: FileTemplate; dataTabId: number }): SheetRequest[] {
  const { template, dataTabId } = input
  const header = template.columns.map((column) => textCell(column.header, headerFormat))
  return [
    {
      updateSheetProperties: {
        properties: {
          sheetId: dataTabId,
          title: template.tabTitle,
          gridProperties: {
            rowCount: Math.max(template.rowCount, template.rows.length + 1),
            columnCount: template.columns.length,
            frozenRowCount: 1,
          },
        },
        fields: 'title,gridProperties(rowCount,columnCount,frozenRowCount)',
      },
    },
    {
      updateCells: {
        start: { sheetId: dataTabId, rowIndex: 0, columnIndex: 0 },
        rows: [{ values: header }],
        fields: 'userEnteredValue,userEnteredFormat',
      },
    },
    ...(template.rows.length > 0
      ? [
          {
            updateCells: {
              start: { sheetId: dataTabId, rowIndex: 1, columnIndex: 0 },
              rows: template.rows.map((values) => ({ values })),
              fields: 'userEnteredValue',
            },
          },
        ]
      : []),
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

const REPORT_WIDTHS = [60, 200, 160, 100, 460, 320]

/** The tab that the worker owns; made anew when a person has deleted it. */
export function reportTabRequests(): SheetRequest[] {
  return [
    {
      addSheet: {
        properties: {
          sheetId: REPORT_TAB_ID,
          title: tabTitles.report,
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

function howToTab(lines: readonly string[]): SheetRequest[] {
  return [
    {
      addSheet: {
        properties: {
          sheetId: HOW_TO_TAB_ID,
          title: tabTitles.howTo,
          gridProperties: { rowCount: Math.max(lines.length, 20), columnCount: 1 },
        },
      },
    },
    {
      updateDimensionProperties: {
        range: { sheetId: HOW_TO_TAB_ID, dimension: 'COLUMNS', startIndex: 0, endIndex: 1 },
        properties: { pixelSize: 900 },
        fields: 'pixelSize',
      },
    },
    {
      updateCells: {
        start: { sheetId: HOW_TO_TAB_ID, rowIndex: 0, columnIndex: 0 },
        rows: lines.map((line, index) => ({ values: [textCell(line, index === 0 ? titleFormat : wrapped)] })),
        fields: 'userEnteredValue,userEnteredFormat',
      },
    },
  ]
}
