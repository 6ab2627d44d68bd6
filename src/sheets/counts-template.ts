import type { OtherInstitution } from '../workflow/record-counts.ts'
import { type Cell, numberCell, textCell } from './cells.ts'
import type { FileTemplate, TemplateColumn } from './file-template.ts'
import { countsHowTo } from './how-to-words.ts'
import { countHeaders, countsFileTitle, tabTitles, thaiDay } from './sheet-words.ts'

export type CountColumn = keyof typeof countHeaders
export const countColumns = Object.keys(countHeaders) as CountColumn[]

const looks: Record<CountColumn, Omit<TemplateColumn, 'key' | 'header'>> = {
  code: { width: 130, text: true, given: true },
  name: { width: 260, given: true },
  affiliation: { width: 160, given: true },
  baseline: { width: 100, given: true },
  baselineDate: { width: 120, text: true, given: true },
  current: { width: 120 },
  checked: { width: 110, checkbox: true },
  reason: { width: 320 },
}

/** The counts sheet of one LAO: its other-affiliation institutions with their dated baseline (R23, R24). */
export function countsTemplate(input: {
  unit: string
  round: string
  helpDesk: string | null
  institutions: readonly OtherInstitution[]
  /** For a sheet that takes the place of a lost one: what was read last stands in it. */
  held?: boolean
}): FileTemplate {
  return {
    fileTitle: countsFileTitle(input),
    tabTitle: tabTitles.counts,
    columns: countColumns.map((key) => ({ key, header: countHeaders[key], ...looks[key] })),
    rows: input.institutions.map((one) => (input.held ? heldCountCells(one) : countCells(one))),
    rowCount: Math.max(50, input.institutions.length + 20),
    howTo: countsHowTo(input),
  }
}

function heldCountCells(institution: OtherInstitution): Cell[] {
  const typed: Partial<Record<CountColumn, Cell>> = {
    current: numberCell(institution.current),
    checked: institution.checked ? { userEnteredValue: { boolValue: true } } : {},
    reason: textCell(institution.reason ?? ''),
  }
  return countCells(institution).map((cell, index) => typed[countColumns[index] ?? 'code'] ?? cell)
}

/** Cells of one institution in the template's column order; what people fill in stays empty. */
export function countCells(institution: OtherInstitution): Cell[] {
  const cells: Record<CountColumn, Cell> = {
    code: textCell(institution.code),
    name: textCell(institution.name),
    affiliation: textCell(institution.affiliation),
    baseline: numberCell(institution.baseline),
    baselineDate: textCell(institution.baselineDate === null ? '' : thaiDay(institution.baselineDate)),
    current: {},
    checked: {},
    reason: {},
  }
  return countColumns.map((column) => cells[column])
}
