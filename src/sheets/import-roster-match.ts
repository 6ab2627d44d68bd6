import type { CalendarDate } from '../workflow/rules/roster/calendar.ts'
import { isBlank } from '../workflow/rules/roster/cell-value.ts'
import type { RawRow } from '../workflow/rules/roster/row-findings.ts'
import { importedText, numberOf, personKey } from './import-roster-values.ts'
import { importedColumns } from './rpt318-header.ts'

export type RowPair = {
  file: RawRow
  /** Null for a pupil who is not in the sheet. */
  sheet: RawRow | null
  /** The file has a number where the sheet has none, a wrong one, or the G-Code that a 13-digit number replaces. */
  fileNumberIsBetter: boolean
}

export type MatchedRows = {
  pairs: RowPair[]
  /** Rows of the file whose number stands more than once in the sheet. */
  ambiguous: RawRow[]
  onlyInSheet: RawRow[]
}

/**
 * Finds each pupil of a file in the sheet: by number; then, where one of the two has no number that can be compared, by name
 * and birth date when that names exactly one pupil on both sides. Row numbers are never compared.
 */
export function matchRows(input: {
  file: readonly RawRow[]
  current: readonly RawRow[]
  asOf: CalendarDate
}): MatchedRows {
  const { asOf } = input
  const used = new Map<RawRow, RawRow>()
  const free = new Set(input.current.filter(isTyped))
  const ambiguous: RawRow[] = []
  const take = (file: RawRow, sheet: RawRow): void => {
    used.set(file, sheet)
    free.delete(sheet)
  }

  const byNumber = Map.groupBy(free, ({ cells }) => numberOf(cells).comparable)
  for (const row of input.file) {
    const { comparable } = numberOf(row.cells)
    const there = comparable === null ? [] : (byNumber.get(comparable) ?? [])
    if (there.length > 1) ambiguous.push(row)
    else if (there[0]) take(row, there[0])
  }
  for (const row of ambiguous)
    for (const there of byNumber.get(numberOf(row.cells).comparable) ?? []) free.delete(there)

  const left = () => input.file.filter((row) => !used.has(row) && !ambiguous.includes(row))
  // The very same person and number text: also two children of one name who both wait for a G-Code, in their order.
  const exact = (row: RawRow) => {
    const person = personKey(row.cells, asOf)
    return person === null ? null : `${person}|${importedText('nationalId', row.cells.nationalId, asOf)}`
  }
  const exactly = Map.groupBy(free, exact)
  for (const row of left()) {
    const key = exact(row)
    const there = key === null ? undefined : exactly.get(key)?.find((one) => free.has(one))
    if (there) take(row, there)
  }

  const rest = left()
  const inFile = Map.groupBy(rest, ({ cells }) => personKey(cells, asOf))
  const inSheet = Map.groupBy(free, ({ cells }) => personKey(cells, asOf))
  for (const row of rest) {
    const key = personKey(row.cells, asOf)
    const [there, another] = key === null ? [] : (inSheet.get(key) ?? [])
    if (!there || another || (inFile.get(key)?.length ?? 0) > 1) continue
    if (mayBeOne(row, there)) take(row, there)
  }

  const pairs = input.file
    .filter((row) => !ambiguous.includes(row))
    .map((file) => {
      const sheet = used.get(file) ?? null
      return { file, sheet, fileNumberIsBetter: sheet !== null && isBetter(file, sheet) }
    })
  return { pairs, ambiguous, onlyInSheet: [...free] }
}

function isTyped({ cells }: RawRow): boolean {
  return importedColumns.some((column) => !isBlank(cells[column]))
}

const RANK = { none: 0, bad: 0, g_code: 1, national_id: 2 } as const

/** Two different valid numbers of one kind are two people, whatever their names. */
function mayBeOne(file: RawRow, sheet: RawRow): boolean {
  const one = numberOf(file.cells).kind
  const other = numberOf(sheet.cells).kind
  return RANK[one] === 0 || one !== other
}

function isBetter(file: RawRow, sheet: RawRow): boolean {
  return RANK[numberOf(file.cells).kind] > RANK[numberOf(sheet.cells).kind]
}
