import type { Cell, CellFormat, EnteredValue, SheetState, ValidationRule } from './sheet-state.ts'

// Value, format, rule, note, runs; trailing parts left out. Formats and rules are numbers into the lists of the sheet.
type PackedCell = 0 | string | number | [PackedValue, number?, number?, string?, unknown?]
type PackedValue = null | string | number | boolean | { f: string }
type PackedRow = PackedCell[]
type PackedSheet = Omit<SheetState, 'rows'> & {
  formats: CellFormat[]
  rules: ValidationRule[]
  /** Row, and how many times it comes in sequence. */
  packedRows: [PackedRow, number][]
}

/** A sheet as compact text: a roster's cells repeat a few formats and rules, and its blank rows are all alike. */
export function packSheet(sheet: SheetState): string {
  const formats = interner<CellFormat>()
  const rules = interner<ValidationRule>()
  const packedRows: [PackedRow, number][] = []
  let lastText = ''
  for (const row of sheet.rows) {
    const packed = trimRow(Array.from(row, (cell) => packCell(cell, { formats, rules })))
    const text = JSON.stringify(packed)
    const last = packedRows.at(-1)
    if (last && text === lastText) last[1] += 1
    else packedRows.push([packed, 1])
    lastText = text
  }
  if (packedRows.at(-1)?.[0].length === 0) packedRows.pop()
  const { rows: _rows, ...rest } = sheet
  const content: PackedSheet = { ...rest, formats: formats.values, rules: rules.values, packedRows }
  return JSON.stringify(content)
}

export function unpackSheet(text: string): SheetState {
  const { formats, rules, packedRows, ...rest } = JSON.parse(text) as PackedSheet
  const rows: (Cell | undefined)[][] = []
  for (const [row, count] of packedRows) {
    for (let copy = 0; copy < count; copy += 1) rows.push(row.map((cell) => unpackCell(cell, { formats, rules })))
  }
  return { ...rest, rows }
}

function packCell(
  cell: Cell | undefined,
  lists: { formats: Interner<CellFormat>; rules: Interner<ValidationRule> },
): PackedCell {
  if (!cell) return 0
  const value = packValue(cell.value)
  const plain = !cell.format && !cell.rule && cell.note === undefined && !cell.runs
  if (plain && typeof value === 'string') return value
  const format = cell.format ? lists.formats.index(cell.format) : -1
  const rule = cell.rule ? lists.rules.index(cell.rule) : -1
  if (cell.runs) return [value, format, rule, cell.note ?? '', cell.runs]
  if (cell.note !== undefined) return [value, format, rule, cell.note]
  if (rule >= 0) return [value, format, rule]
  return format >= 0 ? [value, format] : [value]
}

function unpackCell(packed: PackedCell, lists: { formats: CellFormat[]; rules: ValidationRule[] }): Cell | undefined {
  if (packed === 0) return undefined
  if (!Array.isArray(packed)) return { value: { stringValue: String(packed) } }
  const [value, format = -1, rule = -1, note, runs] = packed
  const cell: Cell = {}
  const entered = unpackValue(value)
  if (entered) cell.value = entered
  const heldFormat = lists.formats[format]
  if (heldFormat) cell.format = heldFormat
  const heldRule = lists.rules[rule]
  if (heldRule) cell.rule = heldRule
  if (note !== undefined && note !== '') cell.note = note
  if (runs) cell.runs = runs as NonNullable<Cell['runs']>
  return cell
}

function packValue(value: EnteredValue | undefined): PackedValue {
  if (!value) return null
  if ('stringValue' in value) return value.stringValue
  if ('numberValue' in value) return value.numberValue
  if ('boolValue' in value) return value.boolValue
  return { f: value.formulaValue }
}

function unpackValue(packed: PackedValue): EnteredValue | undefined {
  if (packed === null) return undefined
  if (typeof packed === 'string') return { stringValue: packed }
  if (typeof packed === 'number') return { numberValue: packed }
  if (typeof packed === 'boolean') return { boolValue: packed }
  return { formulaValue: packed.f }
}

function trimRow(row: PackedRow): PackedRow {
  let end = row.length
  while (end > 0 && row[end - 1] === 0) end -= 1
  return row.slice(0, end)
}

type Interner<T> = { values: T[]; index: (value: T) => number }

function interner<T extends object>(): Interner<T> {
  const values: T[] = []
  const byObject = new Map<T, number>()
  const byText = new Map<string, number>()
  return {
    values,
    index: (value) => {
      const known = byObject.get(value)
      if (known !== undefined) return known
      const text = JSON.stringify(value)
      const place = byText.get(text) ?? values.push(value) - 1
      byText.set(text, place)
      byObject.set(value, place)
      return place
    },
  }
}
