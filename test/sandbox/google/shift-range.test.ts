import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packSheet, unpackSheet } from '../../../src/sandbox/google/sheets/sheet-codec.ts'
import { type Cell, newSheet, setCell } from '../../../src/sandbox/google/sheets/sheet-state.ts'
import {
  type DimensionEdit,
  shiftIndex,
  shiftRange,
  shiftSpan,
} from '../../../src/sandbox/google/sheets/shift-range.ts'

const size = 12

/** What the edit does to a list of names, done the plain way. */
function edited(edit: DimensionEdit): (number | undefined)[] {
  const names: (number | undefined)[] = Array.from({ length: size }, (_, index) => index)
  if (edit.kind === 'insert') names.splice(edit.at, 0, ...Array.from({ length: edit.count }, () => undefined))
  if (edit.kind === 'delete') names.splice(edit.start, edit.end - edit.start)
  if (edit.kind === 'move') {
    const block = names.splice(edit.start, edit.end - edit.start)
    names.splice(edit.to > edit.start ? edit.to - block.length : edit.to, 0, ...block)
  }
  return names
}

const span = fc
  .tuple(fc.integer({ min: 0, max: size - 1 }), fc.integer({ min: 1, max: size }))
  .map(([a, b]) => ({ start: Math.min(a, b - 1), end: Math.max(a + 1, b) }))
const edits: fc.Arbitrary<DimensionEdit> = fc.oneof(
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.integer({ min: 0, max: size }),
    count: fc.integer({ min: 1, max: 4 }),
  }),
  span.map((one) => ({ kind: 'delete' as const, ...one })),
  fc
    .tuple(span, fc.integer({ min: 0, max: size }))
    .filter(([one, to]) => to < one.start || to > one.end)
    .map(([one, to]) => ({ kind: 'move' as const, ...one, to })),
)

describe('places after an edit', () => {
  test('are where the row or column went', () => {
    fc.assert(
      fc.property(edits, (edit) => {
        const names = edited(edit)
        for (let index = 0; index < size; index += 1) {
          const place = names.indexOf(index)
          expect(shiftIndex(index, edit)).toBe(place < 0 ? undefined : place)
        }
      }),
    )
  })

  test('of spans hold what the span held when it was only inserted into or cut', () => {
    fc.assert(
      fc.property(edits, span, (edit, one) => {
        if (edit.kind === 'move') return
        const names = edited(edit)
        const kept = names.filter((name) => name !== undefined && name >= one.start && name < one.end)
        const shifted = shiftSpan(one, edit)
        const held = shifted ? names.slice(shifted.start, shifted.end).filter((name) => name !== undefined) : []
        expect(held).toEqual(kept)
      }),
    )
  })

  test('of ranges without an end stay without one', () => {
    const range = { sheetId: 0, startRowIndex: 1 }
    expect(shiftRange(range, 'ROWS', { kind: 'insert', at: 0, count: 2 })).toEqual({ sheetId: 0, startRowIndex: 3 })
    expect(shiftRange(range, 'COLUMNS', { kind: 'insert', at: 0, count: 2 })).toBe(range)
  })
})

describe('a sheet', () => {
  const cells: fc.Arbitrary<Cell> = fc.oneof(
    fc.string({ minLength: 1 }).map((stringValue) => ({ value: { stringValue } })),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => ({ value: { numberValue: number + 0 } })),
    fc.boolean().map((boolValue) => ({ value: { boolValue } })),
    fc.constant<Cell>({ format: { numberFormat: { type: 'TEXT' } }, note: 'หมายเหตุ' }),
    fc.constant<Cell>({ value: { formulaValue: '=A1' }, rule: { condition: { type: 'BOOLEAN' } } }),
    fc.constant<Cell>({ format: { textFormat: { bold: true } } }),
  )

  test('comes back from its packed form as it was', () => {
    const placed = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 5 }), cells)
    fc.assert(
      fc.property(fc.array(placed), (list) => {
        const sheet = newSheet({ sheetId: 1, title: 'ก' })
        for (const [row, column, cell] of list) setCell(sheet, { row, column }, cell)
        const copy = unpackSheet(packSheet(sheet))
        expect(copy).toEqual(sheet)
        expect(packSheet(copy)).toBe(packSheet(sheet))
      }),
    )
  })

  test('stays small when many rows hold nothing but a format', () => {
    const sheet = newSheet({ sheetId: 1, title: 'ก' })
    const cell: Cell = { format: { numberFormat: { type: 'TEXT' } }, rule: { condition: { type: 'BOOLEAN' } } }
    for (let row = 0; row < 1000; row += 1) {
      for (let column = 0; column < 14; column += 1) setCell(sheet, { row, column }, { ...cell })
    }
    expect(packSheet(sheet).length).toBeLessThan(1000)
  })
})
