import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { type FieldMask, wants } from '../field-mask.ts'
import { effectiveFormat } from './default-format.ts'
import { type Evaluator, formatEffective } from './effective-value.ts'
import { cellAt, type SheetState } from './sheet-state.ts'

/** A cell as `spreadsheets.get` shows it; only what the mask asks for is worked out. */
export function cellResource(
  sheet: SheetState,
  at: { row: number; column: number },
  options: { mask: FieldMask; evaluate: Evaluator },
): sheets_v4.Schema$CellData {
  const cell = cellAt(sheet, at.row, at.column)
  if (!cell) return {}
  const { mask, evaluate } = options
  const data: sheets_v4.Schema$CellData = {}
  if (cell.value) {
    if (wants(mask, 'userEnteredValue')) data.userEnteredValue = cell.value
    const effective = evaluate(sheet, at.row, at.column)
    if (effective && wants(mask, 'effectiveValue')) data.effectiveValue = effective
    if (effective && wants(mask, 'formattedValue')) data.formattedValue = formatEffective(effective, cell.format)
  }
  if (cell.format && wants(mask, 'userEnteredFormat')) data.userEnteredFormat = cell.format
  if ((cell.format || cell.value) && wants(mask, 'effectiveFormat')) data.effectiveFormat = effectiveFormat(cell.format)
  if (cell.note !== undefined && wants(mask, 'note')) data.note = cell.note
  if (cell.rule && wants(mask, 'dataValidation')) data.dataValidation = cell.rule
  if (cell.runs && wants(mask, 'textFormatRuns')) data.textFormatRuns = cell.runs
  return data
}
