import { cellText, isBlank } from '../workflow/rules/roster/cell-value.ts'
import { judgeRoster } from '../workflow/rules/roster/judge-roster.ts'
import type { JudgeContext } from '../workflow/rules/roster/judge-row.ts'
import { maskId } from '../workflow/rules/roster/mask-id.ts'
import type { Problem } from '../workflow/rules/roster/problem.ts'
import type { RawRow } from '../workflow/rules/roster/row-findings.ts'
import { readStatus, statusCounts, waitingStatus } from '../workflow/rules/roster/status.ts'
import { matchRows, type RowPair } from './import-roster-match.ts'
import { importedText, numberOf } from './import-roster-values.ts'
import { type ImportedColumn, importedColumns } from './rpt318-header.ts'

export type ImportedValues = Partial<Record<ImportedColumn, string>>
export type ChangedCell = { column: ImportedColumn; text: string }

export type AddedRow = { fileRow: number; number: string; values: ImportedValues }
export type ChangedRow = { fileRow: number; sheet: RawRow; number: string; cells: readonly ChangedCell[] }
export type KeptCell = { fileRow: number; sheetRow: number; number: string; column: ImportedColumn; why: KeptWhy }
/** Why the sheet's value stays: the file's is wrong, or the sheet tells more than "still here". */
export type KeptWhy = 'file-wrong' | 'status-known-better'
export type SkippedRow = { fileRow: number; why: SkippedWhy }
export type SkippedWhy = 'no-pupil' | 'same-row-again' | 'number-twice-in-file' | 'number-twice-in-sheet' | 'has-errors'

/** What an import would do. Numbers are masked; rows are 1-based, of the file or of the sheet as named. */
export type RosterImportPlan = {
  added: readonly AddedRow[]
  changed: readonly ChangedRow[]
  unchanged: number
  kept: readonly KeptCell[]
  /** Rows of the sheet that count and that the file does not have: never removed. */
  notInFile: readonly { sheetRow: number; number: string }[]
  /** What the rules find in the rows of the file; the existence mark is not the file's to give. */
  problems: readonly Problem[]
  skipped: readonly SkippedRow[]
}

export type PlanInput = {
  current: readonly RawRow[]
  file: readonly RawRow[]
  columns: readonly ImportedColumn[]
  context: JudgeContext
  onlyGood: boolean
}

/**
 * Compares a file with the sheet, pupil by pupil and never by row number. Blank cells of the file change nothing, nobody is
 * removed, and a second run has nothing left to do.
 */
export function planRosterImport(input: PlanInput): RosterImportPlan {
  const asTyped = (row: RawRow) => toValues(row, input)
  const { context, current } = input
  const asRaw = ({ row, values }: { row: number; values: ImportedValues }): RawRow => ({ row, cells: toCells(values) })
  const read = input.file.map((row) => ({ row: row.row, values: asTyped(row) }))
  const { rows, skipped } = onePerPupil(read.map((one) => ({ ...one, raw: asRaw(one) })))
  const matched = matchRows({ file: rows.map(({ raw }) => raw), current, asOf: context.asOf })
  const problems = judge(
    rows.map(({ raw }) => raw),
    context,
  )
  const wrong = wrongCells(problems)
  const valuesOf = new Map(rows.map(({ row, values }) => [row, values]))
  const plan = {
    added: [] as AddedRow[],
    changed: [] as ChangedRow[],
    kept: [] as KeptCell[],
    skipped: [...skipped, ...matched.ambiguous.map(({ row }) => skip(row, 'number-twice-in-sheet'))],
    unchanged: 0,
  }
  for (const pair of matched.pairs) {
    const { row } = pair.file
    const values = valuesOf.get(row) ?? {}
    const number = shownNumber(pair.sheet ?? pair.file)
    if (input.onlyGood && wrong.has(row)) plan.skipped.push(skip(row, 'has-errors'))
    else if (!pair.sheet) plan.added.push({ fileRow: row, number, values })
    else {
      const { cells, kept } = differences(pair, { values, wrong: wrong.get(row), context })
      plan.kept.push(...kept.map((one) => ({ ...one, number, fileRow: row, sheetRow: pair.sheet?.row ?? 0 })))
      if (cells.length === 0) plan.unchanged += 1
      else plan.changed.push({ fileRow: row, sheet: pair.sheet, number, cells })
    }
  }
  const inFile = numbersInFile(read.map(asRaw))
  const notInFile = matched.onlyInSheet
    .filter((row) => stillCounts(row) && !inFile.has(numberOf(row.cells).comparable))
    .map((row) => ({ sheetRow: row.row, number: shownNumber(row) }))
  return { ...plan, problems, notInFile, skipped: plan.skipped.toSorted((a, b) => a.fileRow - b.fileRow) }
}

function toValues(row: RawRow, input: PlanInput): ImportedValues {
  const values: ImportedValues = {}
  for (const column of input.columns) {
    const text = importedText(column, row.cells[column], input.context.asOf)
    if (text !== '') values[column] = text
  }
  return values
}

function toCells(values: ImportedValues): RawRow['cells'] {
  const cells: RawRow['cells'] = {}
  for (const column of importedColumns) {
    const text = values[column]
    if (text !== undefined) cells[column] = { kind: 'text', text }
  }
  return cells
}

type ReadRow = { row: number; values: ImportedValues; raw: RawRow }

const SHORTEST_NUMBER = 9

/** Rows without a person (sums, signatures) go; a pupil who stands there twice goes in once, or not at all when they differ. */
function onePerPupil(read: readonly ReadRow[]): { rows: ReadRow[]; skipped: SkippedRow[] } {
  const skipped: SkippedRow[] = []
  const byNumber = Map.groupBy(read, ({ raw }) => numberOf(raw.cells).comparable)
  const rows = read.filter((one) => {
    const { comparable } = numberOf(one.raw.cells)
    const named = one.values.firstName !== undefined && one.values.lastName !== undefined
    const why = ((): SkippedWhy | null => {
      if (!named && (comparable?.length ?? 0) < SHORTEST_NUMBER) return 'no-pupil'
      const same = comparable === null ? [one] : (byNumber.get(comparable) ?? [one])
      if (same.length < 2) return null
      if (new Set(same.map(({ values }) => JSON.stringify(values))).size > 1) return 'number-twice-in-file'
      return same[0] === one ? null : 'same-row-again'
    })()
    if (why) skipped.push(skip(one.row, why))
    return why === null
  })
  return { rows, skipped }
}

function judge(rows: readonly RawRow[], context: JudgeContext): Problem[] {
  const marked = rows.map(({ row, cells }) => ({
    row,
    cells: { ...cells, exists: { kind: 'bool', value: true } as const },
  }))
  return judgeRoster(marked, context).problems
}

/** Columns with an error by row; an error of the whole row stands for all of them. */
function wrongCells(problems: readonly Problem[]): Map<number, Set<string | null>> {
  const wrong = new Map<number, Set<string | null>>()
  for (const { row, column, severity } of problems) {
    if (severity !== 'error') continue
    wrong.set(row, (wrong.get(row) ?? new Set()).add(column))
  }
  return wrong
}

function differences(
  pair: RowPair,
  file: { values: ImportedValues; wrong: Set<string | null> | undefined; context: JudgeContext },
): { cells: ChangedCell[]; kept: { column: ImportedColumn; why: KeptWhy }[] } {
  const cells: ChangedCell[] = []
  const kept: { column: ImportedColumn; why: KeptWhy }[] = []
  for (const column of importedColumns) {
    const text = file.values[column]
    const there = pair.sheet?.cells[column]
    if (text === undefined) continue
    // A formula is never the same: what it shows may change by itself.
    const isFormula = there?.kind === 'formula'
    if (!isFormula && importedText(column, there, file.context.asOf) === text) continue
    if (isBlank(there)) cells.push({ column, text })
    else if (column === 'nationalId' && !pair.fileNumberIsBetter) kept.push({ column, why: 'file-wrong' })
    else if (file.wrong?.has(column)) kept.push({ column, why: 'file-wrong' })
    else if (column === 'status' && sheetKnowsBetter(pair, text)) kept.push({ column, why: 'status-known-better' })
    else cells.push({ column, text })
  }
  return { cells, kept }
}

/**
 * "Still here" in a file says less than ย้ายเข้า or ย้ายออก in the sheet, which an officer has set since. Waiting for a G-Code is
 * over, on either side, where there is a number.
 */
function sheetKnowsBetter({ file, sheet }: RowPair, text: string): boolean {
  const there = readStatus(cellText(sheet?.cells.status))
  if (there === null) return false
  if (there === waitingStatus) return numberOf(file.cells).kind === 'none'
  if (text === waitingStatus) return sheet !== null && numberOf(sheet.cells).kind !== 'none'
  return text === 'เรียนอยู่'
}

/** Who is on record as gone needs no mention; who cannot be judged does. */
function stillCounts(row: RawRow): boolean {
  if (importedColumns.every((column) => isBlank(row.cells[column]))) return false
  const status = readStatus(cellText(row.cells.status))
  return status === null || statusCounts(status)
}

function numbersInFile(rows: readonly RawRow[]): Set<string | null> {
  const numbers = new Set<string | null>(rows.map(({ cells }) => numberOf(cells).comparable))
  numbers.delete(null)
  return numbers
}

function shownNumber({ cells }: RawRow): string {
  const { comparable } = numberOf(cells)
  return comparable === null ? '' : maskId(comparable)
}

const skip = (fileRow: number, why: SkippedWhy): SkippedRow => ({ fileRow, why })
