import { type CellValue, cellText, emptyCell, isBlank } from './cell-value.ts'
import { columnHeader, type InstitutionKind, type RosterColumn } from './columns.ts'
import { type Problem, type ProblemCode, problem } from './problem.ts'
import { cellWords } from './problem-words.ts'

export type RawRow = {
  /** 1-based row of the sheet. */
  row: number
  cells: Partial<Record<RosterColumn, CellValue>>
}

/** One row under judgement: its cells, and the problems found so far. */
export type RowFindings = { raw: RawRow; kind: InstitutionKind; problems: Problem[] }

export function report(
  findings: RowFindings,
  found: { column: RosterColumn; code: ProblemCode; message: string; suggestion?: string | undefined },
): void {
  const { column, code, message, suggestion } = found
  findings.problems.push(problem({ row: findings.raw.row, column, suggestion }, code, message))
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
  if (isFormula(findings, column)) return null
  if (isBlank(cellOf(findings, column))) {
    reportBlank(findings, column)
    return null
  }
  return cellText(cellOf(findings, column))
}

export function optionalText(findings: RowFindings, column: RosterColumn): string {
  return isFormula(findings, column) ? '' : cellText(cellOf(findings, column))
}
