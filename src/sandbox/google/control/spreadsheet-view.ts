import { listPermissions, roleOf } from '../drive/access.ts'
import { findFile } from '../drive/file-record.ts'
import { type Evaluator, formatEffective, openEvaluator } from '../sheets/effective-value.ts'
import { boxOf } from '../sheets/grid-box.ts'
import { mayEditRange } from '../sheets/protection.ts'
import { cellAt, type SheetState } from '../sheets/sheet-state.ts'
import { loadSpreadsheet } from '../sheets/spreadsheet-store.ts'
import type { World } from '../world.ts'
import { ControlError } from './control-error.ts'
import { editingFault } from './person-edit.ts'

/** Everything the page needs to draw a spreadsheet, for one account or for nobody in particular. */
export function spreadsheetView(world: World, options: { id: string; as: string | undefined }) {
  const file = findFile(world, options.id)
  const doc = loadSpreadsheet(world, options.id)
  if (!file || !doc) throw new ControlError(404, 'there is no such spreadsheet')
  const evaluate = openEvaluator(doc)
  const role = options.as === undefined ? undefined : roleOf(world, { file, email: options.as })
  const viewer = { email: options.as ?? '', organizes: role === 'organizer' || role === 'fileOrganizer' }
  const fault = options.as === undefined ? undefined : editingFault(world, { id: options.id, email: options.as })
  return {
    id: file.id,
    name: file.name,
    locked: file.restriction !== undefined,
    ...(file.restriction?.reason === undefined ? {} : { reason: file.restriction.reason }),
    trashed: file.trashed,
    version: file.version,
    ...(options.as === undefined ? {} : { canEdit: fault === undefined, ...(fault ? { why: fault } : {}) }),
    sheets: doc.sheets.map((sheet) => ({
      sheetId: sheet.sheetId,
      title: sheet.title,
      hidden: sheet.hidden,
      frozenRowCount: sheet.frozenRowCount,
      frozenColumnCount: sheet.frozenColumnCount,
      rowCount: sheet.rowCount,
      columnCount: sheet.columnCount,
      columnWidths: Array.from({ length: sheet.columnCount }, (_, column) => widthOf(sheet, column)),
      hiddenColumns: Object.keys(sheet.columnStates)
        .map(Number)
        .filter((column) => sheet.columnStates[column]?.hiddenByUser),
      protected: sheet.protectedRanges.map((range) => ({
        protectedRangeId: range.protectedRangeId,
        description: range.description ?? '',
        warningOnly: range.warningOnly === true,
        editors: range.editors?.users ?? [],
        canEdit: mayEditRange(range, viewer),
        unprotected: (range.unprotectedRanges ?? []).map((one) => boxOf(one, sheet)),
        ...boxOf(range.range ?? {}, sheet),
      })),
      merges: sheet.merges.map((merge) => boxOf(merge, sheet)),
      rows: sheet.rows
        .slice(0, lastDrawnRow(sheet) + 1)
        .map((row, index) => row.map((_, column) => cellView(sheet, { row: index, column }, evaluate))),
    })),
    permissions: listPermissions(world, file).flatMap(({ email, role: given }) =>
      email ? [{ email, role: given }] : [],
    ),
  }
}

function widthOf(sheet: SheetState, column: number): number {
  return sheet.columnStates[column]?.pixelSize ?? 100
}

// Rows that hold nothing but formats are not worth sending, except a few to type into.
function lastDrawnRow(sheet: SheetState): number {
  const last = sheet.rows.findLastIndex((row) =>
    row.some((cell) => cell?.value !== undefined || cell?.note !== undefined),
  )
  return Math.min(sheet.rows.length - 1, last + 50)
}

function cellView(sheet: SheetState, at: { row: number; column: number }, evaluate: Evaluator) {
  const cell = cellAt(sheet, at.row, at.column)
  if (!cell) return { v: '', kind: 'empty' }
  const effective = cell.value && evaluate(sheet, at.row, at.column)
  const { format, rule } = cell
  const background = format?.backgroundColorStyle?.rgbColor ?? format?.backgroundColor
  const text = format?.textFormat
  const foreground = text?.foregroundColorStyle?.rgbColor ?? text?.foregroundColor
  return {
    v: effective ? formatEffective(effective, format) : '',
    kind: kindOf(cell.value),
    ...(cell.value && 'formulaValue' in cell.value ? { formula: cell.value.formulaValue } : {}),
    ...(cell.note === undefined ? {} : { note: cell.note }),
    ...(rule?.condition?.type === 'BOOLEAN' ? { checkbox: true } : {}),
    ...(rule?.condition?.type === 'ONE_OF_LIST'
      ? { list: (rule.condition.values ?? []).map((value) => value.userEnteredValue ?? '') }
      : {}),
    ...(background ? { bg: hex(background) } : {}),
    ...(foreground ? { fg: hex(foreground) } : {}),
    ...(text?.bold ? { bold: true } : {}),
    ...(text?.italic ? { italic: true } : {}),
    ...(format?.horizontalAlignment ? { align: format.horizontalAlignment.toLowerCase() } : {}),
    ...(format?.wrapStrategy === 'WRAP' ? { wrap: true } : {}),
    ...(format?.numberFormat?.type === 'TEXT' ? { text: true } : {}),
  }
}

function kindOf(value: object | undefined): 'string' | 'number' | 'bool' | 'formula' | 'empty' {
  if (!value) return 'empty'
  if ('stringValue' in value) return 'string'
  if ('numberValue' in value) return 'number'
  return 'boolValue' in value ? 'bool' : 'formula'
}

function hex(color: { red?: number | null; green?: number | null; blue?: number | null }): string {
  const part = (value: number | null | undefined) =>
    Math.round((value ?? 0) * 255)
      .toString(16)
      .padStart(2, '0')
  return `#${part(color.red)}${part(color.green)}${part(color.blue)}`
}
