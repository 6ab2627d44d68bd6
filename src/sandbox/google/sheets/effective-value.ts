import { evaluateFormula, type FormulaResult, formulaFault, type Lookup } from './formula.ts'
import { formatNumber } from './number-format.ts'
import { type Cell, type CellFormat, cellAt, type DocState, type SheetState } from './sheet-state.ts'

export type Effective =
  | { numberValue: number }
  | { stringValue: string }
  | { boolValue: boolean }
  | { errorValue: { type: string; message: string } }

export type Evaluator = (sheet: SheetState, row: number, column: number) => Effective | undefined

/** Computes what cells show. Formulas that lead back to themselves are errors, as in a sheet. */
export function openEvaluator(doc: DocState): Evaluator {
  const done = new Map<Cell, FormulaResult>()
  const running = new Set<Cell>()
  const resolve = (sheet: SheetState, row: number, column: number): FormulaResult => {
    const cell = cellAt(sheet, row, column)
    const value = cell?.value
    if (!cell || !value) return null
    if ('numberValue' in value) return value.numberValue
    if ('stringValue' in value) return value.stringValue
    if ('boolValue' in value) return value.boolValue
    const known = done.get(cell)
    if (known !== undefined) return known
    if (running.has(cell)) return formulaFault('REF', 'Circular dependency detected.')
    running.add(cell)
    const lookup: Lookup = (title, atRow, atColumn) => {
      const target = title === undefined ? sheet : doc.sheets.find((one) => one.title === title)
      if (!target) return formulaFault('REF', `Unresolved sheet name '${title}'.`)
      return resolve(target, atRow, atColumn)
    }
    const result = evaluateFormula(value.formulaValue, lookup)
    running.delete(cell)
    done.set(cell, result)
    return result
  }
  return (sheet, row, column) => {
    const result = resolve(sheet, row, column)
    if (typeof result === 'number') return { numberValue: result }
    if (typeof result === 'string') return { stringValue: result }
    if (typeof result === 'boolean') return { boolValue: result }
    if (result !== null) return { errorValue: { type: result.fault, message: result.message } }
    return cellAt(sheet, row, column)?.value ? { numberValue: 0 } : undefined
  }
}

const faultWords: Record<string, string> = {
  NAME: '#NAME?',
  REF: '#REF!',
  VALUE: '#VALUE!',
  DIVIDE_BY_ZERO: '#DIV/0!',
  ERROR: '#ERROR!',
}

export function formatEffective(value: Effective, format: CellFormat | undefined): string {
  if ('stringValue' in value) return value.stringValue
  if ('boolValue' in value) return value.boolValue ? 'TRUE' : 'FALSE'
  if ('errorValue' in value) return faultWords[value.errorValue.type] ?? '#ERROR!'
  return formatNumber(value.numberValue, format?.numberFormat)
}
