import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { type DocumentEdit, needRange, needUnprotected, refuse } from '../document-edit.ts'
import { cellAt, setCell, type ValidationRule } from '../sheet-state.ts'
import { eachCell } from './cells.ts'

export function setDataValidation(edit: DocumentEdit, request: sheets_v4.Schema$SetDataValidationRequest): void {
  const { sheet, box } = needRange(edit, request.range)
  needUnprotected(edit, sheet, box)
  const rule = request.rule ?? undefined
  if (rule) checkRule(edit, rule)
  eachCell(box, (row, column) => {
    const { rule: _rule, ...rest } = cellAt(sheet, row, column) ?? {}
    setCell(sheet, { row, column }, rule ? { ...rest, rule } : rest)
  })
  edit.changed.add(sheet.sheetId)
}

const valueCounts: Record<string, (count: number) => boolean> = {
  BOOLEAN: (count) => count <= 2,
  ONE_OF_LIST: (count) => count >= 1,
  ONE_OF_RANGE: (count) => count === 1,
  CUSTOM_FORMULA: (count) => count === 1,
  NUMBER_BETWEEN: (count) => count === 2,
  DATE_BETWEEN: (count) => count === 2,
  DATE_IS_VALID: (count) => count === 0,
}

export function checkRule(edit: DocumentEdit, rule: ValidationRule): void {
  const type = rule.condition?.type
  if (!type) throw refuse(edit, 'A data validation rule needs a condition with a type.')
  const count = rule.condition?.values?.length ?? 0
  const fits = valueCounts[type]
  if (fits && !fits(count))
    throw refuse(edit, `Invalid number of ConditionValues (${count}) for condition type ${type}.`)
}

/** Whether a person may type this into a cell: strict rules refuse what does not fit, others only mark it. */
export function acceptsTyped(rule: ValidationRule | undefined, text: string): boolean {
  if (!rule?.strict || text === '') return true
  const values = (rule.condition?.values ?? []).map((value) => value.userEnteredValue ?? '')
  switch (rule.condition?.type) {
    case 'ONE_OF_LIST':
      return values.includes(text.trim())
    case 'BOOLEAN':
      return (values.length > 0 ? values : ['TRUE', 'FALSE']).includes(text.trim().toUpperCase())
    default:
      return true
  }
}
