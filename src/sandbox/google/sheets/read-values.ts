import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { sheetsError } from '../google-error.ts'
import { a1Of, readA1 } from './a1-notation.ts'
import { type Evaluator, formatEffective } from './effective-value.ts'
import { type Box, boxOf } from './grid-box.ts'
import { cellAt, type DocState, type SheetState } from './sheet-state.ts'

export type ValueOptions = { render: string; dates: string; major: string }

export function readValueOptions(options: {
  render?: string | null | undefined
  dates?: string | null | undefined
  major?: string | null | undefined
}): ValueOptions {
  return {
    render: oneOf('value_render_option', options.render, ['FORMATTED_VALUE', 'UNFORMATTED_VALUE', 'FORMULA']),
    dates: oneOf('date_time_render_option', options.dates, ['SERIAL_NUMBER', 'FORMATTED_STRING']),
    major: oneOf('major_dimension', options.major, ['ROWS', 'COLUMNS', 'DIMENSION_UNSPECIFIED']),
  }
}

export function oneOf(name: string, value: string | null | undefined, allowed: string[]): string {
  if (value === null || value === undefined) return allowed[0] ?? ''
  if (allowed.includes(value)) return value
  throw sheetsError(400, `Invalid value at '${name}' (TYPE_ENUM), "${value}"`)
}

export function needA1(doc: DocState, text: string): { sheet: SheetState; box: Box } {
  const found = readA1(text, doc)
  if (!found) throw sheetsError(400, `Unable to parse range: ${text}`)
  const box = boxOf(found.range, found.sheet)
  if (box.startRow >= found.sheet.rowCount || box.startColumn >= found.sheet.columnCount) {
    throw sheetsError(
      400,
      `Range (${text}) exceeds grid limits. Max rows: ${found.sheet.rowCount}, max columns: ${found.sheet.columnCount}`,
    )
  }
  return { sheet: found.sheet, box }
}

/** The values of a range; trailing blank rows and cells are left out, blanks between are empty text. */
export function readValues(
  at: { sheet: SheetState; box: Box },
  options: ValueOptions & { evaluate: Evaluator },
): sheets_v4.Schema$ValueRange {
  const { sheet, box } = at
  const byColumns = options.major === 'COLUMNS'
  const lastRow = Math.min(box.endRow, sheet.rows.length)
  const rows: unknown[][] = []
  for (let row = box.startRow; row < lastRow; row += 1) {
    const lastColumn = Math.min(box.endColumn, sheet.rows[row]?.length ?? 0)
    const values: unknown[] = []
    for (let column = box.startColumn; column < lastColumn; column += 1) {
      values.push(readValue(sheet, { row, column }, options))
    }
    rows.push(values)
  }
  const values = trim(byColumns ? transpose(rows) : rows)
  const range = a1Of(sheet, box)
  const majorDimension = byColumns ? 'COLUMNS' : 'ROWS'
  return values.length > 0 ? { range, majorDimension, values } : { range, majorDimension }
}

function readValue(
  sheet: SheetState,
  at: { row: number; column: number },
  options: ValueOptions & { evaluate: Evaluator },
): unknown {
  const cell = cellAt(sheet, at.row, at.column)
  if (!cell?.value) return ''
  if (options.render === 'FORMULA' && 'formulaValue' in cell.value) return cell.value.formulaValue
  const effective = options.evaluate(sheet, at.row, at.column)
  if (!effective) return ''
  if (options.render === 'FORMATTED_VALUE' || 'errorValue' in effective) return formatEffective(effective, cell.format)
  if ('stringValue' in effective) return effective.stringValue
  if ('boolValue' in effective) return effective.boolValue
  const dated = /^(DATE|TIME|DATE_TIME)$/.test(cell.format?.numberFormat?.type ?? '')
  return dated && options.dates === 'FORMATTED_STRING' ? formatEffective(effective, cell.format) : effective.numberValue
}

function transpose(rows: unknown[][]): unknown[][] {
  const width = Math.max(0, ...rows.map((row) => row.length))
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? ''))
}

function trim(rows: unknown[][]): unknown[][] {
  const trimmed = rows.map((row) => row.slice(0, row.findLastIndex((value) => value !== '') + 1))
  return trimmed.slice(0, trimmed.findLastIndex((row) => row.length > 0) + 1)
}
