import { hash } from 'node:crypto'
import { NOTE_MARK, reportLevels, reportWords, wholeRow, wholeSheet } from './sheet-words.ts'

export type ReportProblem = {
  /** 1-based row of the sheet. */
  row: number
  column: string | null
  severity: 'error' | 'warning'
  message: string
  suggestion?: string
  explained?: boolean
}

/** What is to be said about a sheet, before it is known what is said there already. */
export type SheetReport = {
  problems: readonly ReportProblem[]
  /** A question about the sheet as a whole that waits for the officer's word. */
  asked?: string
  /** Pupils whom another institution may count: no problem of the sheet, yet nothing can be confirmed. */
  shared?: readonly SharedLine[]
  /** Without the moment; see `reportWords`. */
  figures: { passed: number; errors: number; warnings: number; unit: string } | null
  /** Who or what a row is about, ids masked. */
  nameOf: (row: number) => string
  headerOf: (column: string) => string
  /** 0-based column of a cell; null for a column that is not there. */
  positionOf: (column: string) => number | null
  /** Column that tells rows apart: problems of a whole row are noted there. */
  keyPosition: number | null
}

/** `row` is null for one who stands in the confirmed figure alone. */
export type SharedLine = { row: number | null; message: string; advice: string }

export type CellNoteWanted = { rowIndex: number; columnIndex: number; text: string }

const MOST_LINES = 2000
const MOST_NOTES = 2000

/** The table of ผลตรวจ: what is asked, whom another institution counts, then the problems in the order of the rules. */
export function reportLines(report: SheetReport): string[][] {
  const shown = report.problems.slice(0, MOST_LINES)
  const lines = shown.map((problem) => [
    String(problem.row),
    cut(report.nameOf(problem.row)),
    problem.column === null ? wholeRow : report.headerOf(problem.column),
    levelOf(problem),
    problem.message,
    problem.suggestion ? reportWords.likely(problem.suggestion) : '',
  ])
  const left = report.problems.length - shown.length
  if (left > 0) lines.push(['', '', '', '', reportWords.more(left), ''])
  const asked = report.asked ? [['', '', wholeSheet, reportLevels.asked, report.asked, '']] : []
  return [...asked, ...sharedLines(report), ...lines]
}

function sharedLines(report: SheetReport): string[][] {
  return (report.shared ?? []).slice(0, MOST_LINES).map(({ row, message, advice }) => {
    const [at, name] = row === null ? ['', ''] : [String(row), cut(report.nameOf(row))]
    return [at, name, wholeRow, reportLevels.shared, message, advice]
  })
}

// Google refuses the whole write when one cell has more than 50,000 characters, and a cell may hold a pasted page.
const LONGEST_NAME = 80

function cut(name: string): string {
  const characters = Array.from(name)
  return characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME).join('')}…` : name
}

/** One note per cell with something to do there; what is explained needs none. */
export function wantedNotes(report: SheetReport): CellNoteWanted[] {
  const byCell = new Map<string, CellNoteWanted>()
  for (const problem of report.problems) {
    if (problem.explained) continue
    const columnIndex = problem.column === null ? report.keyPosition : report.positionOf(problem.column)
    if (columnIndex === null) continue
    const key = `${problem.row}:${columnIndex}`
    const said = `${levelOf(problem)}: ${problem.message}${problem.suggestion ? ` ${reportWords.likely(problem.suggestion)}` : ''}`
    const note = byCell.get(key)
    if (note) note.text += `\n${said}`
    else if (byCell.size < MOST_NOTES)
      byCell.set(key, { rowIndex: problem.row - 1, columnIndex, text: NOTE_MARK + said })
  }
  return [...byCell.values()]
}

/**
 * Changes when ผลตรวจ would read differently, or when people typed something else and want to see that it was read. The
 * moment of checking is not part of it.
 */
export function reportHash(report: SheetReport, contentHash: string | null): string {
  return hash('sha256', JSON.stringify([contentHash, report.figures, reportLines(report)]))
}

/** A cell's note with our part replaced: what a person wrote before our mark stays. */
export function mergedNote(existing: string, ours: string): string {
  const mark = existing.indexOf(NOTE_MARK)
  const theirs = (mark === -1 ? existing : existing.slice(0, mark)).trimEnd()
  return [theirs, ours].filter((part) => part !== '').join('\n')
}

function levelOf(problem: ReportProblem): string {
  if (problem.severity === 'error') return reportLevels.error
  return problem.explained ? reportLevels.explained : reportLevels.warning
}
