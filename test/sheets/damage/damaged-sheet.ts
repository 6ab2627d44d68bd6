import fc from 'fast-check'
import {
  columnHeader,
  type RosterColumn,
  requiredColumns,
  rosterColumns,
} from '../../../src/workflow/rules/roster/columns.ts'
import {
  type CellDamage,
  type CellData,
  cellDamages,
  type Fate,
  fieldOf,
  text,
  tick,
  wholePupil,
} from './damaged-cells.ts'

export type RowMade = {
  /** 1-based row of the sheet. */
  row: number
  /** Null for a row in which nothing of ours is typed. */
  fate: Fate | null
  number: string
  /** What must be recorded of a good row. */
  values: Record<string, unknown>
}
export type Merge = { startRowIndex: number; endRowIndex: number; startColumnIndex: number; endColumnIndex: number }
export type DamagedSheet = {
  grid: CellData[][]
  /** Our column key per column, null where none is told. */
  metadata: (string | null)[]
  merges: Merge[]
  notes: { rowIndex: number; columnIndex: number; note: string }[]
  hidden: { rows: number; columns: number }
  /** Whether the whole must be refused. */
  broken: boolean
  rows: RowMade[]
  /** For the message of a failed test, instead of all cells. */
  [fc.toStringMethod]: () => string
}

const HEADER_DAMAGES = ['renamed', 'another', 'formula', 'blank', 'twice', 'deleted', 'row-deleted', 'empty'] as const
type HeaderDamage = { kind: (typeof HEADER_DAMAGES)[number]; column: RosterColumn; other: RosterColumn }
type RowPlan =
  | { kind: 'pupil'; damages: { column: RosterColumn; pick: number }[]; leaving: boolean }
  | { kind: 'again'; of: number }
  | { kind: 'blank'; how: number }
  | { kind: 'beside' }
type Plan = {
  /** Number of the first pupil. */
  first: number
  titles: number
  order: RosterColumn[]
  inserted: { at: number; header: string; filled: boolean }[]
  spelling: number[]
  metadata: boolean
  header: HeaderDamage | null
  rows: RowPlan[]
  more: number
  merge: 'none' | 'title' | 'beside' | 'header' | 'row'
  notes: { row: number; column: number; note: string }[]
  hidden: { rows: number; columns: number }
}

const aColumn = fc.constantFrom(...rosterColumns)
const aPupil = fc.record({
  kind: fc.constant('pupil' as const),
  damages: fc.array(fc.record({ column: aColumn, pick: fc.nat(1000) }), { maxLength: 4, size: 'small' }),
  leaving: fc.nat(4).map((one) => one === 0),
})
const aRow: fc.Arbitrary<RowPlan> = fc.oneof(
  { weight: 12, arbitrary: aPupil },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again' as const), of: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('blank' as const), how: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'beside' as const }) },
)
const FOREIGN_HEADERS = ['', 'หมายเหตุ', 'ครูประจำชั้น', 'ศาสนา', 'น้ำหนัก', '🙂', 'ชื่อ-นามสกุล'] as const

const aPlan: fc.Arbitrary<Plan> = fc.record({
  first: fc.nat(900_000),
  titles: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.integer({ min: 1, max: 3 }) }),
  order: fc.oneof(
    { weight: 1, arbitrary: fc.constant<RosterColumn[]>([...rosterColumns]) },
    {
      weight: 2,
      arbitrary: fc.shuffledSubarray<RosterColumn>([...rosterColumns], { minLength: rosterColumns.length }),
    },
  ),
  inserted: fc.array(fc.record({ at: fc.nat(16), header: fc.constantFrom(...FOREIGN_HEADERS), filled: fc.boolean() }), {
    maxLength: 3,
  }),
  spelling: fc.array(fc.nat(5), { minLength: rosterColumns.length, maxLength: rosterColumns.length }),
  metadata: fc.boolean(),
  header: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constantFrom(...HEADER_DAMAGES), column: aColumn, other: aColumn }),
    },
  ),
  rows: fc.array(aRow, { maxLength: 16, size: 'max' }),
  more: fc.oneof({ weight: 149, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(2_000) }),
  merge: fc.oneof(
    { weight: 7, arbitrary: fc.constant('none' as const) },
    { weight: 3, arbitrary: fc.constantFrom('title' as const, 'beside' as const, 'header' as const, 'row' as const) },
  ),
  notes: fc.array(
    fc.record({ row: fc.nat(20), column: fc.nat(16), note: fc.constantFrom('ถามผู้ปกครอง', 'LE', '🙂', ' ') }),
    { maxLength: 3 },
  ),
  hidden: fc.record({ rows: fc.nat(4), columns: fc.nat(3) }),
})

/** A roster sheet with any mix of the damage that people and programs do, and what must become of every row. */
export const aDamagedSheet: fc.Arbitrary<DamagedSheet> = aPlan.map(makeSheet)

function described({ rows, ...plan }: Plan): string {
  const told = rows.map((row) =>
    row.kind === 'pupil'
      ? { leaving: row.leaving, ...Object.fromEntries(row.damages.map((one) => [one.column, damageOf(one)?.name])) }
      : row,
  )
  return JSON.stringify({ ...plan, order: plan.order.join(' '), rows: told }, null, 1)
}

function damageOf({ column, pick }: { column: RosterColumn; pick: number }): CellDamage | undefined {
  const choices = cellDamages[column]
  return choices[pick % choices.length]
}

type Column = { key: RosterColumn | null; header: CellData; mark: string | null; filled: boolean }

function makeSheet(plan: Plan): DamagedSheet {
  const columns = makeColumns(plan)
  const readable = readableColumns(plan)
  const headerRow = plan.titles + 1
  const titles = Array.from({ length: plan.titles }, (_, index) => [text(index === 0 ? 'โรงเรียนตัวอย่าง' : 'ข้อมูล ณ วันนี้')])
  const withHeader = plan.header?.kind !== 'row-deleted'
  const made = makeRows(plan, { columns, readable, firstRow: headerRow + (withHeader ? 1 : 0) })
  const grid = [...titles, ...(withHeader ? [columns.map(({ header }) => header)] : []), ...made.grid].map(trimmed)
  const merges = makeMerges(plan, { columns, headerRow, rows: made.rows })
  const bodyMerged = merges.length > 0 && (plan.merge === 'header' || plan.merge === 'row')
  const empty = plan.header?.kind === 'empty'
  const notes = plan.notes.map(({ row, column, note }) => ({ rowIndex: row, columnIndex: column, note }))
  return {
    grid: empty ? [] : withNotes(grid, notes),
    metadata: columns.map(({ mark }) => mark),
    merges: empty ? [] : merges,
    notes: empty ? [] : [...new Map(notes.map((note) => [`${note.rowIndex}:${note.columnIndex}`, note])).values()],
    hidden: plan.hidden,
    broken: isBroken(plan) || bodyMerged,
    rows: made.rows,
    [fc.toStringMethod]: () => described(plan),
  }
}

function makeColumns(plan: Plan): Column[] {
  const { header: harm } = plan
  const columns = plan.order.flatMap((key, index): Column[] => {
    const word = spelled(columnHeader(key), plan.spelling[index] ?? 0)
    const column = { key, header: text(word), mark: plan.metadata ? key : null, filled: false }
    if (harm?.column !== key) return [column]
    switch (harm.kind) {
      case 'deleted':
        return []
      case 'renamed':
        return [{ ...column, header: text('ข้อมูลของครู') }]
      case 'another':
        return [{ ...column, header: text(columnHeader(otherThan(harm))) }]
      case 'formula':
        return [{ ...column, header: { userEnteredValue: { formulaValue: `="${word}"` }, formattedValue: word } }]
      case 'blank':
        return [{ ...column, header: {} }]
      default:
        return [column]
    }
  })
  for (const { at, header, filled } of plan.inserted) {
    columns.splice(at, 0, { key: null, header: header === '' ? {} : text(header), mark: null, filled })
  }
  if (harm?.kind === 'twice') {
    columns.push({ key: null, header: text(columnHeader(harm.column)), mark: null, filled: false })
  }
  return columns
}

function otherThan({ column, other }: HeaderDamage): RosterColumn {
  if (other !== column) return other
  return column === 'firstName' ? 'lastName' : 'firstName'
}

function spelled(word: string, how: number): string {
  return [word, ` ${word}\u00a0`, `${word} *`, `${word} (โปรดกรอก)`, `\u200b${word}:`, `${word}\n`][how] ?? word
}

/** Lost only where neither metadata nor a word tells which column it is. */
function readableColumns({ header, metadata }: Plan): Set<RosterColumn> {
  const readable = new Set<RosterColumn>(rosterColumns)
  const unnamed = header && ['renamed', 'formula', 'blank'].includes(header.kind) && !metadata
  if (header && (unnamed || header.kind === 'deleted')) readable.delete(header.column)
  return readable
}

function isBroken(plan: Plan): boolean {
  const { header, metadata } = plan
  if (!header) return false
  if (header.kind === 'another' || header.kind === 'row-deleted' || header.kind === 'empty') return true
  if (header.kind === 'twice') return !metadata
  return requiredColumns.some((column) => !readableColumns(plan).has(column))
}

type RowContext = { columns: Column[]; readable: Set<RosterColumn>; firstRow: number }

function makeRows(plan: Plan, context: RowContext): { grid: CellData[][]; rows: RowMade[] } {
  const grid: CellData[][] = []
  const rows: RowMade[] = []
  const add = (cells: CellData[], made: Omit<RowMade, 'row'>) => {
    grid.push(cells)
    rows.push({ row: context.firstRow + grid.length - 1, ...made })
  }
  for (const [n, row] of plan.rows.entries()) {
    if (row.kind === 'pupil') {
      const pupil = makePupil(plan.first + n, row, context.readable)
      add(inColumns(context, pupil.cells), pupil)
    } else if (row.kind === 'again') repeat({ grid, rows, add }, row.of)
    else if (row.kind === 'blank') add(inColumns(context, blankCells(row.how)), NOTHING)
    else
      add(
        context.columns.map(({ key }) => (key === null ? text('สอบถามเพิ่ม') : {})),
        NOTHING,
      )
  }
  for (let n = 0; n < plan.more; n += 1) {
    const { cells, values } = wholePupil(plan.first + 100 + n)
    add(inColumns(context, cells), { fate: 'good', number: String(values['number']), values: readOf(values, context) })
  }
  return { grid, rows }
}

const NOTHING = { fate: null, number: '', values: {} }

/** The same row once more: both are wrong when there is a number to compare, and as bad as before when there is none. */
function repeat(
  made: { grid: CellData[][]; rows: RowMade[]; add: (cells: CellData[], row: Omit<RowMade, 'row'>) => void },
  of: number,
): void {
  const cells = made.grid[of]
  const first = made.rows[of]
  if (!cells || !first) return
  if (first.fate !== null) first.fate = 'wrong'
  made.add(cells, { fate: first.fate, number: first.number, values: {} })
}

const LEAVING = 'ย้ายออก'

function makePupil(n: number, plan: RowPlan & { kind: 'pupil' }, readable: Set<RosterColumn>) {
  const { cells, values } = wholePupil(n)
  const damaged = new Map<RosterColumn, CellDamage>()
  for (const one of plan.damages) {
    const chosen = damageOf(one)
    if (chosen) damaged.set(one.column, chosen)
  }
  const leaves = plan.leaving && !damaged.has('status')
  if (leaves) Object.assign(values, { status: LEAVING })
  if (leaves) cells.status = text(LEAVING)
  const fates: Fate[] = []
  for (const [column, one] of damaged) {
    cells[column] = one.make(n)
    if (one.expect !== undefined) values[fieldOf(column)] = one.expect
    if (!readable.has(column)) continue
    // Who has left needs no mark of existence.
    const excused = column === 'exists' && leaves && one.fate === 'wrong'
    fates.push(excused ? 'either' : one.fate)
  }
  const fate: Fate = fates.includes('wrong') ? 'wrong' : fates.includes('either') ? 'either' : 'good'
  return { cells, fate, number: String(values['number']), values: readOf(values, { readable }) }
}

function readOf(values: Record<string, unknown>, { readable }: Pick<RowContext, 'readable'>): Record<string, unknown> {
  const unread = rosterColumns.filter((column) => !readable.has(column) && column !== 'sex')
  return { ...values, ...Object.fromEntries(unread.map((column) => [column, column === 'enteredOn' ? null : ''])) }
}

function blankCells(how: number): Partial<Record<RosterColumn, CellData>> {
  const kinds: Partial<Record<RosterColumn, CellData>>[] = [
    {},
    { exists: tick(false) },
    { firstName: text(' \u00a0\u200b'), status: { userEnteredValue: { stringValue: '' } } },
    { exists: text('FALSE'), grade: {} },
  ]
  return kinds[how] ?? {}
}

function inColumns({ columns }: RowContext, cells: Partial<Record<RosterColumn, CellData>>): CellData[] {
  return columns.map(({ key, filled }) => (key === null ? (filled ? text('เพิ่มเติม') : {}) : (cells[key] ?? {})))
}

function makeMerges(plan: Plan, input: { columns: Column[]; headerRow: number; rows: readonly RowMade[] }): Merge[] {
  const { columns, headerRow, rows } = input
  const at = columns.findIndex(({ key }) => key === 'nationalId')
  const wide = { startColumnIndex: Math.max(at, 0), endColumnIndex: Math.max(at, 0) + 2 }
  switch (plan.merge) {
    case 'none':
      return []
    case 'title':
      if (plan.titles === 0) return []
      return [{ startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: columns.length }]
    case 'beside':
      return [
        { startRowIndex: 0, endRowIndex: 9, startColumnIndex: columns.length + 1, endColumnIndex: columns.length + 3 },
      ]
    case 'header':
      return [{ startRowIndex: headerRow - 1, endRowIndex: headerRow, ...wide }]
    case 'row': {
      const typed = rows.find(({ fate }) => fate !== null)
      return typed ? [{ startRowIndex: typed.row - 1, endRowIndex: typed.row, ...wide }] : []
    }
  }
}

function withNotes(grid: CellData[][], notes: DamagedSheet['notes']): CellData[][] {
  const copy = grid.map((row) => [...row])
  for (const { rowIndex, columnIndex, note } of notes) {
    while (copy.length <= rowIndex) copy.push([])
    const row = copy[rowIndex] ?? []
    while (row.length <= columnIndex) row.push({})
    row[columnIndex] = { ...row[columnIndex], note }
  }
  return copy
}

/** Google leaves trailing empty cells out. */
function trimmed(row: CellData[]): CellData[] {
  return row.slice(0, row.findLastIndex((cell) => Object.keys(cell).length > 0) + 1)
}
