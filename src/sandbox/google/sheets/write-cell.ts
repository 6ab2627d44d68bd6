import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { type FieldMask, maskBelow, wants } from '../field-mask.ts'
import { type DocumentEdit, refuse } from './document-edit.ts'
import { type Cell, type CellFormat, cellAt, type EnteredValue, type SheetState, setCell } from './sheet-state.ts'
import type { TypedInput } from './typed-input.ts'
import { mergeMasked } from './update-mask.ts'

export const cellTextLimit = 50_000
type At = { row: number; column: number }

/** Writes the masked parts of a cell; what the mask names and the data leaves out is cleared. */
export function writeCellData(
  edit: DocumentEdit,
  sheet: SheetState,
  write: At & { data: sheets_v4.Schema$CellData; mask: FieldMask },
): void {
  const { data, mask } = write
  const cell: Cell = { ...cellAt(sheet, write.row, write.column) }
  if (wants(mask, 'userEnteredValue')) assign(cell, 'value', readEntered(edit, data.userEnteredValue))
  const formatMask = maskBelow(mask, 'userEnteredFormat')
  if (formatMask !== undefined) {
    const merged =
      formatMask === null
        ? data.userEnteredFormat
        : mergeMasked(cell.format, data.userEnteredFormat ?? undefined, formatMask)
    assign(cell, 'format', tidyFormat(merged ?? undefined))
  }
  if (wants(mask, 'note')) assign(cell, 'note', data.note || undefined)
  if (wants(mask, 'dataValidation')) assign(cell, 'rule', data.dataValidation ?? undefined)
  if (wants(mask, 'textFormatRuns')) assign(cell, 'runs', data.textFormatRuns ?? undefined)
  setCell(sheet, write, cell)
  edit.changed.add(sheet.sheetId)
}

export function writeTyped(edit: DocumentEdit, sheet: SheetState, write: At & { input: TypedInput | undefined }): void {
  const cell: Cell = { ...cellAt(sheet, write.row, write.column) }
  assign(cell, 'value', write.input?.value)
  const { numberFormat } = write.input ?? {}
  const automatic = !cell.format?.numberFormat?.type
  if (numberFormat && automatic) cell.format = { ...cell.format, numberFormat }
  delete cell.runs
  checkText(edit, cell.value)
  setCell(sheet, write, cell)
  edit.changed.add(sheet.sheetId)
}

function readEntered(
  edit: DocumentEdit,
  value: sheets_v4.Schema$ExtendedValue | null | undefined,
): EnteredValue | undefined {
  const given = Object.entries(value ?? {}).filter(([, part]) => part !== null && part !== undefined)
  const [kind, part] = given[0] ?? []
  if (given.length > 1) throw refuse(edit, 'Only one kind of value can be set in userEnteredValue.')
  if (kind === undefined) return undefined
  if (kind === 'errorValue') throw refuse(edit, 'errorValue cannot be entered.')
  const entered = { [kind]: part } as EnteredValue
  if ('formulaValue' in entered && !entered.formulaValue.startsWith('=')) {
    throw refuse(edit, `Invalid formula: ${entered.formulaValue}`)
  }
  checkText(edit, entered)
  return 'stringValue' in entered && entered.stringValue === '' ? undefined : entered
}

function checkText(edit: DocumentEdit, value: EnteredValue | undefined): void {
  const text = value && ('stringValue' in value ? value.stringValue : 'formulaValue' in value ? value.formulaValue : '')
  if ((text?.length ?? 0) <= cellTextLimit) return
  throw refuse(edit, 'Your input contains more than the maximum of 50000 characters in a single cell.')
}

// Colours are held twice, in the old field and the new one; a client may set either.
function tidyFormat(format: object | undefined): CellFormat | undefined {
  const tidy = { ...format } as CellFormat
  if (tidy.backgroundColorStyle?.rgbColor) tidy.backgroundColor = tidy.backgroundColorStyle.rgbColor
  else if (tidy.backgroundColor) tidy.backgroundColorStyle = { rgbColor: tidy.backgroundColor }
  const text = tidy.textFormat
  if (text?.foregroundColorStyle?.rgbColor) {
    tidy.textFormat = { ...text, foregroundColor: text.foregroundColorStyle.rgbColor }
  } else if (text?.foregroundColor) {
    tidy.textFormat = { ...text, foregroundColorStyle: { rgbColor: text.foregroundColor } }
  }
  return Object.keys(tidy).length > 0 ? tidy : undefined
}

function assign<K extends keyof Cell>(cell: Cell, key: K, value: Cell[K] | undefined): void {
  if (value === undefined) delete cell[key]
  else cell[key] = value as Cell[K]
}
