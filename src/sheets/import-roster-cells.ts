import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { type CellValue, cellText, emptyCell } from '../workflow/rules/roster/cell-value.ts'
import type { RosterColumn } from '../workflow/rules/roster/columns.ts'
import { bareNumber } from '../workflow/rules/roster/pupil-number.ts'
import { wordKey } from '../workflow/rules/text/thai-text.ts'
import type { Cell, SheetRequest } from './cells.ts'
import { cellIdentity } from './content-hash.ts'
import type { ColumnPositions, GridRow } from './roster-columns.ts'

/** A table at one moment; `columns` are 0-based positions of our columns in it. */
export type Snapshot = { header: GridRow; rows: ReadonlyMap<number, GridRow>; columns: ColumnPositions }

/** One cell to be written; both indices count from 0. `pupil` is the row it is meant for, null for a row just inserted. */
export type CellWrite = { rowIndex: number; columnIndex: number; value: CellValue; pupil: GridRow | null }

export function writeRequest(tabId: number, write: CellWrite): SheetRequest {
  const start = { sheetId: tabId, rowIndex: write.rowIndex, columnIndex: write.columnIndex }
  return { updateCells: { start, rows: [{ values: [toCell(write.value)] }], fields: 'userEnteredValue' } }
}

/** Text goes in as text. Numbers, ticks and formulas are only ever put back where a person had typed them. */
export function toCell(value: CellValue): Cell {
  const entered = ((): sheets_v4.Schema$ExtendedValue | null => {
    switch (value.kind) {
      case 'empty':
        return null
      case 'text':
        return { stringValue: value.text }
      case 'number':
        return { numberValue: value.number }
      case 'bool':
        return { boolValue: value.value }
      case 'formula':
        return { formulaValue: value.text }
    }
  })()
  return entered ? { userEnteredValue: entered } : {}
}

export type Misplaced = {
  /** What stood in the cells that took a value meant for somebody else. */
  restore: CellWrite[]
  /** Cells of which that is not known; 1-based rows. */
  unknown: { row: number; columnIndex: number }[]
}

/**
 * Finds values that met another pupil or another column because people sorted, inserted or moved something between our read
 * and our write: a batch is atomic, not isolated. The former value is taken from the same pupil's row as it was read.
 */
export function misplacedWrites(writes: readonly CellWrite[], before: Snapshot, after: Snapshot): Misplaced {
  const restore: CellWrite[] = []
  const unknown: Misplaced['unknown'] = []
  const byRow = Map.groupBy(writes, ({ rowIndex }) => rowIndex)
  for (const [rowIndex, ours] of byRow) {
    const now = after.rows.get(rowIndex + 1)
    if (!now) continue
    const written = new Set(ours.map(({ columnIndex }) => columnIndex))
    const landed = ours.filter(({ columnIndex, value }) => sameCell(now.cells[columnIndex], value))
    const wrong = landed.filter(
      (write) =>
        headAt(before, write.columnIndex) !== headAt(after, write.columnIndex) ||
        !isMeant(write.pupil, now, { before, after, written }),
    )
    if (wrong.length === 0) continue
    const victim = rowBefore(now, { before, after, written })
    for (const { columnIndex } of wrong) {
      const value = formerValue(victim, { columnIndex, before, after })
      if (value) restore.push({ rowIndex, columnIndex, value, pupil: now })
      else unknown.push({ row: rowIndex + 1, columnIndex })
    }
  }
  return { restore, unknown }
}

type Compared = { before: Snapshot; after: Snapshot; written: ReadonlySet<number> }
type Identity = { number: string; person: string }

function isMeant(pupil: GridRow | null, now: GridRow, compared: Compared): boolean {
  // An inserted row is known by its place in the batch alone.
  if (pupil === null) return true
  const meant = identityOf(pupil, compared.before.columns, compared)
  if (meant.number === '' && meant.person === '') return unwritten(pupil, compared) === unwritten(now, compared)
  return isSame(meant, identityOf(now, compared.after.columns, compared))
}

function isSame(one: Identity, other: Identity): boolean {
  if (one.number !== '' && one.number === other.number) return true
  return one.person !== '' && one.person === other.person
}

/** Leaves out what we have written ourselves: it says nothing about whose row it is. */
function identityOf(row: GridRow, columns: ColumnPositions, { written }: Compared): Identity {
  const text = (column: RosterColumn): string | null => {
    const at = columns[column]
    if (at === undefined) return ''
    return written.has(at) ? null : cellText(row.cells[at])
  }
  const number = text('nationalId')
  const parts = [text('firstName'), text('lastName'), text('birthDate')]
  const person = parts.some((part) => part === null) || parts.every((part) => part === '')
  return {
    number: number === null ? '' : bareNumber(number),
    person: person ? '' : parts.map((part) => wordKey(part ?? '')).join('|'),
  }
}

function unwritten(row: GridRow, { written }: Compared): string {
  const cells = row.cells.map((cell, at) => (written.has(at) || cell.kind === 'bool' ? '' : cellIdentity(cell)))
  return cells.join('\n').trimEnd()
}

type Victim = { kind: 'row'; row: GridRow } | { kind: 'blank' } | { kind: 'unknown' }

function rowBefore(now: GridRow, compared: Compared): Victim {
  const identity = identityOf(now, compared.after.columns, compared)
  if (identity.number === '' && identity.person === '') {
    const others = now.cells.filter((cell, at) => !compared.written.has(at) && cell.kind !== 'bool')
    return others.every((cell) => cellText(cell) === '') ? { kind: 'blank' } : { kind: 'unknown' }
  }
  const same = [...compared.before.rows.values()].filter((row) =>
    isSame(identityOf(row, compared.before.columns, compared), identity),
  )
  const [only, another] = same
  return only && !another ? { kind: 'row', row: only } : { kind: 'unknown' }
}

function formerValue(
  victim: Victim,
  { columnIndex, before, after }: { columnIndex: number; before: Snapshot; after: Snapshot },
): CellValue | null {
  if (victim.kind === 'blank') return emptyCell
  const head = headAt(after, columnIndex)
  // A column without a header that was not there before has just been inserted.
  if (head === '') return headAt(before, columnIndex) === '' ? null : emptyCell
  if (victim.kind === 'unknown') return null
  const at = before.header.cells.findIndex((cell) => cellText(cell) === head)
  return at === -1 ? null : (victim.row.cells[at] ?? emptyCell)
}

function headAt(snapshot: Snapshot, columnIndex: number): string {
  return cellText(snapshot.header.cells[columnIndex])
}

function sameCell(there: CellValue | undefined, value: CellValue): boolean {
  return cellIdentity(there ?? emptyCell) === cellIdentity(value)
}
