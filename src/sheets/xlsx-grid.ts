import readXlsxFile from 'read-excel-file/node'
import { type CellValue, emptyCell } from '../workflow/rules/roster/cell-value.ts'
import { columnNamed } from '../workflow/rules/roster/columns.ts'
import type { GridRow } from './roster-columns.ts'
import { findXlsxFormulas } from './xlsx-formulas.ts'
import { findXlsxMerges, type MergedBox } from './xlsx-merges.ts'

// The reader's own type names the Date constructor where it gives Date objects.
type XlsxValue = string | number | boolean | Date
type Sheet = { sheet: string; data: readonly (readonly (XlsxValue | null)[])[] }

/** The rows of the roster's sheet. LEC's own export does not always have its data on the first sheet. */
export async function readXlsxRows(bytes: Buffer): Promise<GridRow[]> {
  const formulas = findXlsxFormulas(bytes)
  const chosen = chooseSheet((await readXlsxFile(bytes, { trim: false })) as unknown as readonly Sheet[])
  if (chosen === null) return []
  const computed = formulas.get(chosen.sheet) ?? new Set<string>()
  const rows = withRoomFor(chosen.data, computed)
  return rows.map((values, i) => ({
    row: i + 1,
    cells: values.map((value, at) => {
      const isFormula = computed.has(`${columnLetters(at)}${i + 1}`)
      return isFormula ? { kind: 'formula', text: '=' } : readValue(value)
    }),
  }))
}

/** A tab of a file as it looks: formulas as the results that the file keeps. */
export type FileTab = { name: string; rows: readonly GridRow[]; merges: readonly MergedBox[]; formulas: number }

/** Every tab of the workbook; which of them holds the roster is for others to say. */
export async function readXlsxTabs(bytes: Buffer): Promise<FileTab[]> {
  const formulas = findXlsxFormulas(bytes)
  const merges = findXlsxMerges(bytes)
  const sheets = (await readXlsxFile(bytes, { trim: false })) as unknown as readonly Sheet[]
  return sheets.map(({ sheet, data }) => ({
    name: sheet,
    rows: data.map((values, i) => ({ row: i + 1, cells: values.map(readValue) })),
    merges: merges.get(sheet) ?? [],
    formulas: formulas.get(sheet)?.size ?? 0,
  }))
}

function chooseSheet(sheets: readonly Sheet[]): Sheet | null {
  const named = sheets.find(({ sheet }) => sheet.trim() === 'รายชื่อ')
  return named ?? sheets.find(hasRosterHeader) ?? sheets[0] ?? null
}

function hasRosterHeader({ data }: Sheet): boolean {
  return (data[0] ?? []).filter((cell) => typeof cell === 'string' && columnNamed(cell) !== null).length >= 3
}

// Far beyond any roster; a formula dragged down a whole column must not be unrolled to a million rows.
const farthest = { row: 20_000, column: 200 }

/** A formula without a stored result is left out at the end of rows and sheets: make room for it. */
function withRoomFor(data: Sheet['data'], computed: ReadonlySet<string>): (XlsxValue | null)[][] {
  const rows = data.map((row) => [...row])
  for (const address of computed) {
    const { row, column } = fromAddress(address)
    if (row > farthest.row || column > farthest.column) continue
    while (rows.length <= row) rows.push([])
    const cells = rows[row]
    while (cells !== undefined && cells.length <= column) cells.push(null)
  }
  return rows
}

function fromAddress(address: string): { row: number; column: number } {
  const letters = /^[A-Z]+/.exec(address)?.[0] ?? 'A'
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return { row: Number(address.slice(letters.length)) - 1, column: column - 1 }
}

function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last
}

function readValue(value: XlsxValue | null): CellValue {
  if (value === null || value === undefined) return emptyCell
  if (typeof value === 'string') return value === '' ? emptyCell : { kind: 'text', text: value }
  if (typeof value === 'number') return { kind: 'number', number: value, text: String(value) }
  if (typeof value === 'boolean') return { kind: 'bool', value }
  return { kind: 'number', number: toSerial(value), text: shownDate(value) }
}

/** The reader turns date cells into UTC dates: back to the serial that the file holds. */
function toSerial(date: Date): number {
  return (date.getTime() - Date.UTC(1899, 11, 30)) / 86_400_000
}

function shownDate(date: Date): string {
  return `${date.getUTCDate()}/${date.getUTCMonth() + 1}/${date.getUTCFullYear()}`
}
