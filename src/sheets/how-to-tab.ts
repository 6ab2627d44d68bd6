import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { type Cell, headerFormat, type SheetRequest, textCell, titleFormat } from './cells.ts'
import type { HowToRow } from './how-to-words.ts'
import { tabTitles } from './sheet-words.ts'

/** Topic, what to do, an example: each wraps in its own column, since rows do not grow with wrapped merged cells. */
const WIDTHS = [190, 500, 230]

const topic: sheets_v4.Schema$CellFormat = {
  textFormat: { bold: true },
  wrapStrategy: 'WRAP',
  verticalAlignment: 'TOP',
}
const words: sheets_v4.Schema$CellFormat = { wrapStrategy: 'WRAP', verticalAlignment: 'TOP' }
const noteFormat: sheets_v4.Schema$CellFormat = {
  backgroundColor: { red: 1, green: 0.95, blue: 0.8 },
  textFormat: { bold: true },
  wrapStrategy: 'WRAP',
  verticalAlignment: 'TOP',
}

/** วิธีใช้: read once by somebody tired, so no grid lines, nothing to scroll sideways. */
export function howToTabRequests(input: { tabId: number; rows: readonly HowToRow[] }): SheetRequest[] {
  const { tabId, rows } = input
  return [
    {
      addSheet: {
        properties: {
          sheetId: tabId,
          title: tabTitles.howTo,
          gridProperties: { rowCount: Math.max(rows.length, 20), columnCount: WIDTHS.length, hideGridlines: true },
        },
      },
    },
    ...WIDTHS.map((pixelSize, index) => ({
      updateDimensionProperties: {
        range: { sheetId: tabId, dimension: 'COLUMNS', startIndex: index, endIndex: index + 1 },
        properties: { pixelSize },
        fields: 'pixelSize',
      },
    })),
    {
      updateCells: {
        start: { sheetId: tabId, rowIndex: 0, columnIndex: 0 },
        rows: rows.map((row) => ({ values: cellsOf(row) })),
        fields: 'userEnteredValue,userEnteredFormat',
      },
    },
  ]
}

function cellsOf(row: HowToRow): Cell[] {
  if (row.look === 'title') return row.cells.map((text) => textCell(text, titleFormat))
  return WIDTHS.map((_, index) => textCell(row.cells[index] ?? '', formatOf(row, index)))
}

function formatOf(row: HowToRow, index: number): sheets_v4.Schema$CellFormat {
  if (row.look === 'heading') return headerFormat
  if (row.look === 'note') return noteFormat
  if (index === 0) return topic
  return row.link !== undefined && row.cells[index] === row.link
    ? { ...words, textFormat: { link: { uri: row.link } } }
    : words
}
