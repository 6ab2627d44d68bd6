import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { type FieldMask, maskBelow, wants } from '../../field-mask.ts'
import { newNumericId } from '../../new-id.ts'
import { type DocumentEdit, freshId, needSheet, needUnprotected, refuse } from '../document-edit.ts'
import { wholeSheet } from '../grid-box.ts'
import { newSheet, type SheetState } from '../sheet-state.ts'
import { sheetProperties } from '../spreadsheet-resource.ts'
import { readUpdateMask } from '../update-mask.ts'

type Properties = sheets_v4.Schema$SheetProperties
const cellLimit = 10_000_000

export function addSheet(edit: DocumentEdit, request: sheets_v4.Schema$AddSheetRequest): sheets_v4.Schema$Response {
  const given = request.properties ?? {}
  const taken = (id: number) => edit.doc.sheets.some((sheet) => sheet.sheetId === id)
  const wantedId = given.sheetId ?? undefined
  if (wantedId !== undefined && wantedId < 0) throw refuse(edit, 'sheetId must not be negative')
  if (wantedId !== undefined && taken(wantedId)) {
    throw refuse(edit, `A sheet with the ID "${wantedId}" already exists. Please enter another ID.`)
  }
  const sheet = newSheet({ sheetId: wantedId ?? freshId(taken, newNumericId), title: given.title ?? freshTitle(edit) })
  const index = given.index ?? edit.doc.sheets.length
  if (index < 0 || index > edit.doc.sheets.length) throw refuse(edit, `index[${index}] is not in the document.`)
  checkTitle(edit, sheet.title)
  applyProperties(edit, sheet, { given, mask: null })
  edit.doc.sheets.splice(index, 0, sheet)
  edit.changed.add(sheet.sheetId)
  checkSize(edit)
  return { addSheet: { properties: sheetProperties(sheet, index) } }
}

function freshTitle(edit: DocumentEdit): string {
  for (let number = edit.doc.sheets.length + 1; ; number += 1) {
    const title = `Sheet${number}`
    if (!edit.doc.sheets.some((sheet) => sheet.title === title)) return title
  }
}

function checkTitle(edit: DocumentEdit, title: string): void {
  if (title === '') throw refuse(edit, 'The sheet name cannot be empty.')
  if (title.length > 100) throw refuse(edit, 'The sheet name cannot be greater than 100 characters.')
  if (edit.doc.sheets.some((sheet) => sheet.title.toLowerCase() === title.toLowerCase())) {
    throw refuse(edit, `A sheet with the name "${title}" already exists. Please enter another name.`)
  }
}

function checkSize(edit: DocumentEdit): void {
  const cells = edit.doc.sheets.reduce((sum, sheet) => sum + sheet.rowCount * sheet.columnCount, 0)
  if (cells <= cellLimit) return
  throw refuse(
    edit,
    `This action would increase the number of cells in the workbook above the limit of ${cellLimit} cells.`,
  )
}

/** Deleting a tab takes its metadata and named ranges along; the last visible one stays. */
export function deleteSheet(edit: DocumentEdit, request: sheets_v4.Schema$DeleteSheetRequest): void {
  const sheet = needSheet(edit, request.sheetId)
  const others = edit.doc.sheets.filter((one) => one !== sheet)
  if (!others.some((one) => !one.hidden)) throw refuse(edit, "You can't remove all the visible sheets in a document.")
  needUnprotected(edit, sheet, wholeSheet(sheet))
  edit.doc.sheets = others
  edit.doc.namedRanges = edit.doc.namedRanges.filter((named) => (named.range?.sheetId ?? 0) !== sheet.sheetId)
  edit.doc.metadata = edit.doc.metadata.filter(({ location }) => {
    if (location?.locationType === 'SPREADSHEET') return true
    return (location?.sheetId ?? location?.dimensionRange?.sheetId ?? 0) !== sheet.sheetId
  })
}

export function duplicateSheet(
  edit: DocumentEdit,
  request: sheets_v4.Schema$DuplicateSheetRequest,
): sheets_v4.Schema$Response {
  const source = needSheet(edit, request.sourceSheetId)
  const taken = (id: number) => edit.doc.sheets.some((sheet) => sheet.sheetId === id)
  const sheetId = request.newSheetId ?? freshId(taken, newNumericId)
  if (taken(sheetId)) throw refuse(edit, `A sheet with the ID "${sheetId}" already exists. Please enter another ID.`)
  const title = request.newSheetName ?? `Copy of ${source.title}`
  checkTitle(edit, title)
  const relocate = <T extends { sheetId?: number | null }>(range: T): T => ({ ...range, sheetId })
  const copy: SheetState = {
    ...structuredClone(source),
    sheetId,
    title,
    merges: source.merges.map(relocate),
    protectedRanges: source.protectedRanges.map((one) => ({
      ...one,
      protectedRangeId: freshId(() => false, newNumericId),
      range: relocate(one.range ?? {}),
    })),
  }
  const index = request.insertSheetIndex ?? 0
  edit.doc.sheets.splice(index, 0, copy)
  edit.changed.add(sheetId)
  checkSize(edit)
  return { duplicateSheet: { properties: sheetProperties(copy, index) } }
}

export function updateSheetProperties(
  edit: DocumentEdit,
  request: sheets_v4.Schema$UpdateSheetPropertiesRequest,
): void {
  const mask = readUpdateMask(edit, request.fields, 'SheetProperties')
  const given = request.properties ?? {}
  const sheet = needSheet(edit, given.sheetId)
  if (mask?.has('sheetId')) throw refuse(edit, 'sheetId is read-only.')
  if (wants(mask, 'title')) {
    const title = given.title ?? ''
    if (title.toLowerCase() !== sheet.title.toLowerCase()) checkTitle(edit, title)
    needUnprotected(edit, sheet, wholeSheet(sheet))
    sheet.title = title
  }
  if (wants(mask, 'index') && (mask !== null || typeof given.index === 'number')) moveTab(edit, sheet, given.index ?? 0)
  applyProperties(edit, sheet, { given, mask })
  if (!edit.doc.sheets.some((one) => !one.hidden)) throw refuse(edit, "You can't hide all the sheets in a document.")
  edit.changed.add(sheet.sheetId)
  checkSize(edit)
}

function moveTab(edit: DocumentEdit, sheet: SheetState, index: number): void {
  const { sheets } = edit.doc
  const from = sheets.indexOf(sheet)
  sheets.splice(from, 1)
  sheets.splice(index > from ? index - 1 : index, 0, sheet)
}

function applyProperties(edit: DocumentEdit, sheet: SheetState, change: { given: Properties; mask: FieldMask }): void {
  const { given, mask } = change
  if (wants(mask, 'hidden') && (mask !== null || given.hidden !== undefined)) sheet.hidden = given.hidden === true
  if (wants(mask, 'rightToLeft')) sheet.rightToLeft = given.rightToLeft === true
  if (wants(mask, 'tabColorStyle') || wants(mask, 'tabColor')) {
    const style = given.tabColorStyle ?? (given.tabColor ? { rgbColor: given.tabColor } : undefined)
    if (style) sheet.tabColorStyle = style
    else if (mask !== null) delete sheet.tabColorStyle
  }
  const gridMask = maskBelow(mask, 'gridProperties')
  if (gridMask !== undefined && (given.gridProperties || mask !== null)) {
    applyGrid(edit, sheet, { grid: given.gridProperties ?? {}, mask: gridMask })
  }
}

function applyGrid(
  edit: DocumentEdit,
  sheet: SheetState,
  change: { grid: sheets_v4.Schema$GridProperties; mask: FieldMask },
): void {
  const { grid, mask } = change
  const number = (name: 'rowCount' | 'columnCount' | 'frozenRowCount' | 'frozenColumnCount', least: number) => {
    const value = grid[name] ?? undefined
    if (!wants(mask, name) || (mask === null && value === undefined)) return
    if ((value ?? 0) < least) throw refuse(edit, `gridProperties.${name} must be at least ${least}.`)
    sheet[name] = value ?? 0
  }
  number('rowCount', 1)
  number('columnCount', 1)
  number('frozenRowCount', 0)
  number('frozenColumnCount', 0)
  if (wants(mask, 'hideGridlines')) sheet.hideGridlines = grid.hideGridlines === true
  if (sheet.frozenRowCount >= sheet.rowCount) throw refuse(edit, "You can't freeze all visible rows on the sheet.")
  if (sheet.frozenColumnCount >= sheet.columnCount)
    throw refuse(edit, "You can't freeze all visible columns on the sheet.")
  sheet.rows.length = Math.min(sheet.rows.length, sheet.rowCount)
  for (const row of sheet.rows) row.length = Math.min(row.length, sheet.columnCount)
}

export function updateSpreadsheetProperties(
  edit: DocumentEdit,
  request: sheets_v4.Schema$UpdateSpreadsheetPropertiesRequest,
): void {
  const mask = readUpdateMask(edit, request.fields, 'SpreadsheetProperties')
  const given = request.properties ?? {}
  if (wants(mask, 'title') && (mask !== null || given.title)) {
    if (!given.title) throw refuse(edit, 'The title of a spreadsheet cannot be empty.')
    edit.title = given.title
  }
  if (wants(mask, 'locale') && given.locale) {
    if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(given.locale)) throw refuse(edit, `Unsupported locale: ${given.locale}`)
    edit.doc.locale = given.locale
  }
  if (wants(mask, 'timeZone') && given.timeZone) edit.doc.timeZone = given.timeZone
  if (wants(mask, 'autoRecalc') && given.autoRecalc) edit.doc.autoRecalc = given.autoRecalc
}
