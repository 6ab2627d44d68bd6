import { type CellValue, cellText, emptyCell } from './cell-value.ts'
import { columnHeader, type InstitutionKind, type RosterColumn } from './columns.ts'
import { type Problem, type ProblemCode, problem } from './problem.ts'
import { cellWords } from './problem-words.ts'

export type RawRow = {
  /** 1-based row of the sheet. */
  row: number
  cells: Partial<Record<RosterColumn, CellValue>>
}

/** One row under judgement: its cells, the problems found so far, and whether คำชี้แจง answers its warnings. */
export type RowFindings = { raw: RawRow; kind: InstitutionKind; problems: Problem[]; explained: boolean }

export function report(
  findings: RowFindings,
  found: { column: RosterColumn; code: ProblemCode; message: string; suggestion?: string | undefined },
): void {
  const { column, code, message, suggestion } = found
  const made = problem({ row: findings.raw.row, column, suggestion }, code, message)
  if (findings.explained && made.severity === 'warning') made.explained = true
  findings.problems.push(made)
}

function reportBlank(findings: RowFindings, column: RosterColumn): void {
  report(findings, { column, code: 'required_blank', message: cellWords.blank(columnHeader(column, findings.kind)) })
}

export function cellOf(findings: RowFindings, column: RosterColumn): CellValue {
  return findings.raw.cells[column] ?? emptyCell
}

/** A formula is reported once for its cell (see judge-row.ts) and is not judged any further. */
export function isFormula(findings: RowFindings, column: RosterColumn): boolean {
  return cellOf(findings, column).kind === 'formula'
}

/** The text of a column that must be filled; null, with the problem reported, when it is blank or a formula. */
export function requiredText(findings: RowFindings, column: RosterColumn): string | null {
  const cell = cellOf(findings, column)
  if (cell.kind === 'formula') return null
  const text = cellText(cell)
  if (text === '') {
    reportBlank(findings, column)
    return null
  }
  return text
}

export function optionalText(findings: RowFindings, column: RosterColumn): string {
  const cell = cellOf(findings, column)
  return cell.kind === 'formula' ? '' : cellText(cell)
}
