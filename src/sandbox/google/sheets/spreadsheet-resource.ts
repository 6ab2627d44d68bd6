import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { type FieldMask, maskBelow, wants } from '../field-mask.ts'
import { cellResource } from './cell-resource.ts'
import { defaultFormat } from './default-format.ts'
import { type Evaluator, openEvaluator } from './effective-value.ts'
import { type Box, boxOf, wholeSheet } from './grid-box.ts'
import { mayEditRange } from './protection.ts'
import type { DeveloperMetadata, DocState, GridRange, SheetState } from './sheet-state.ts'

export type Viewer = { email: string; organizes: boolean }
type Ranges = { sheet: SheetState; range: GridRange }[]

/** A spreadsheet as the API answers it: everything, or the parts a mask names, with cells when `gridData` is asked for. */
export function spreadsheetResource(
  doc: DocState,
  options: { title: string; mask: FieldMask; gridData: boolean; ranges: Ranges; viewer: Viewer },
): sheets_v4.Schema$Spreadsheet {
  const { ranges, viewer } = options
  const evaluate = openEvaluator(doc)
  const shown =
    ranges.length === 0 ? doc.sheets : doc.sheets.filter((sheet) => ranges.some((one) => one.sheet === sheet))
  const metadata = doc.metadata.filter((one) => one.location?.locationType === 'SPREADSHEET')
  const sheetMask = maskBelow(options.mask, 'sheets')
  return {
    spreadsheetId: doc.id,
    properties: {
      title: options.title,
      locale: doc.locale,
      autoRecalc: doc.autoRecalc,
      timeZone: doc.timeZone,
      defaultFormat,
    },
    sheets:
      sheetMask === undefined
        ? []
        : shown.map((sheet) =>
            sheetResource(doc, { sheet, viewer, evaluate, mask: sheetMask, gridData: options.gridData, ranges }),
          ),
    ...(doc.namedRanges.length > 0 ? { namedRanges: doc.namedRanges } : {}),
    spreadsheetUrl: `https://docs.google.com/spreadsheets/d/${doc.id}/edit`,
    ...(metadata.length > 0 ? { developerMetadata: metadata } : {}),
  }
}

type SheetView = {
  sheet: SheetState
  viewer: Viewer
  evaluate: Evaluator
  mask: FieldMask
  gridData: boolean
  ranges: Ranges
}

function sheetResource(doc: DocState, view: SheetView): sheets_v4.Schema$Sheet {
  const { sheet, viewer } = view
  const metadata = doc.metadata.filter(
    (one) => one.location?.locationType === 'SHEET' && one.location.sheetId === sheet.sheetId,
  )
  const protectedRanges = sheet.protectedRanges.map((range) => {
    const requestingUserCanEdit = mayEditRange(range, viewer)
    const { editors: _editors, ...hidden } = range
    return { ...(requestingUserCanEdit ? range : hidden), requestingUserCanEdit }
  })
  return {
    properties: sheetProperties(sheet, doc.sheets.indexOf(sheet)),
    ...(view.gridData ? { data: gridData(doc, view) } : {}),
    ...(sheet.merges.length > 0 ? { merges: sheet.merges } : {}),
    ...(sheet.conditionalFormats.length > 0 ? { conditionalFormats: sheet.conditionalFormats } : {}),
    ...(protectedRanges.length > 0 ? { protectedRanges } : {}),
    ...(sheet.basicFilter ? { basicFilter: sheet.basicFilter } : {}),
    ...(metadata.length > 0 ? { developerMetadata: metadata } : {}),
  }
}

export function sheetProperties(sheet: SheetState, index: number): sheets_v4.Schema$SheetProperties {
  return {
    sheetId: sheet.sheetId,
    title: sheet.title,
    index,
    sheetType: 'GRID',
    gridProperties: {
      rowCount: sheet.rowCount,
      columnCount: sheet.columnCount,
      ...(sheet.frozenRowCount > 0 ? { frozenRowCount: sheet.frozenRowCount } : {}),
      ...(sheet.frozenColumnCount > 0 ? { frozenColumnCount: sheet.frozenColumnCount } : {}),
      ...(sheet.hideGridlines ? { hideGridlines: true } : {}),
    },
    ...(sheet.hidden ? { hidden: true } : {}),
    ...(sheet.rightToLeft ? { rightToLeft: true } : {}),
    ...(sheet.tabColorStyle
      ? { tabColor: sheet.tabColorStyle.rgbColor ?? {}, tabColorStyle: sheet.tabColorStyle }
      : {}),
  }
}

function gridData(doc: DocState, view: SheetView): sheets_v4.Schema$GridData[] {
  const { sheet } = view
  const asked = view.ranges.filter((one) => one.sheet === sheet).map((one) => boxOf(one.range, sheet))
  const dataMask = maskBelow(view.mask, 'data')
  if (dataMask === undefined) return []
  return (asked.length > 0 ? asked : [wholeSheet(sheet)]).map((box) => ({
    ...(box.startRow > 0 ? { startRow: box.startRow } : {}),
    ...(box.startColumn > 0 ? { startColumn: box.startColumn } : {}),
    ...(wants(dataMask, 'rowData') ? rowsOf(view, box, dataMask) : {}),
    ...(wants(dataMask, 'rowMetadata') ? { rowMetadata: dimensionsOf(doc, sheet, { ...box, rows: true }) } : {}),
    ...(wants(dataMask, 'columnMetadata') ? { columnMetadata: dimensionsOf(doc, sheet, { ...box, rows: false }) } : {}),
  }))
}

// Trailing rows and cells without any content are left out, but a cell that holds only a format is content.
function rowsOf(view: SheetView, box: Box, dataMask: FieldMask): { rowData?: sheets_v4.Schema$RowData[] } {
  const { sheet, evaluate } = view
  const rowMask = maskBelow(dataMask, 'rowData') ?? null
  const mask = maskBelow(rowMask, 'values') ?? null
  const rowData: sheets_v4.Schema$RowData[] = []
  let end = 0
  for (let row = box.startRow; row < Math.min(box.endRow, sheet.rows.length); row += 1) {
    const values: sheets_v4.Schema$CellData[] = []
    const cells = sheet.rows[row] ?? []
    let lastColumn = Math.min(box.endColumn, cells.length)
    while (lastColumn > box.startColumn && !cells[lastColumn - 1]) lastColumn -= 1
    for (let column = box.startColumn; column < lastColumn; column += 1) {
      values.push(cellResource(sheet, { row, column }, { mask, evaluate }))
    }
    rowData.push(values.length > 0 ? { values } : {})
    if (values.length > 0) end = rowData.length
  }
  return end > 0 ? { rowData: rowData.slice(0, end) } : {}
}

function dimensionsOf(
  doc: DocState,
  sheet: SheetState,
  span: Box & { rows: boolean },
): sheets_v4.Schema$DimensionProperties[] {
  const [start, end] = span.rows ? [span.startRow, span.endRow] : [span.startColumn, span.endColumn]
  const states = span.rows ? sheet.rowStates : sheet.columnStates
  const metadata = metadataByIndex(doc.metadata, { sheetId: sheet.sheetId, locationType: span.rows ? 'ROW' : 'COLUMN' })
  return Array.from({ length: Math.max(0, end - start) }, (_, offset) => {
    const state = states[start + offset]
    const held = metadata.get(start + offset)
    return {
      ...(state?.hiddenByUser ? { hiddenByUser: true } : {}),
      pixelSize: state?.pixelSize ?? (span.rows ? 21 : 100),
      ...(held ? { developerMetadata: held } : {}),
    }
  })
}

function metadataByIndex(all: DeveloperMetadata[], at: { sheetId: number; locationType: string }) {
  const found = new Map<number, DeveloperMetadata[]>()
  for (const one of all) {
    const range = one.location?.dimensionRange
    if (one.location?.locationType !== at.locationType || (range?.sheetId ?? 0) !== at.sheetId) continue
    const index = range?.startIndex ?? 0
    found.set(index, [...(found.get(index) ?? []), one])
  }
  return found
}
