import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentHash } from '../../src/sheets/content-hash.ts'
import type { CellValue } from '../../src/workflow/rules/roster/cell-value.ts'

type Column = 'id' | 'name' | 'exists'
const columns = { all: ['id', 'name', 'exists'] as const, ticks: ['exists'] as const }
type Rows = { row: number; cells: Partial<Record<Column, CellValue>> }[]
const hashOf = (rows: Rows) => contentHash<Column>(rows, columns)
const text = (value: string): CellValue => ({ kind: 'text', text: value })
const number = (value: number): CellValue => ({ kind: 'number', number: value, text: String(value) })

const cell: fc.Arbitrary<CellValue> = fc.oneof(
  fc.constant<CellValue>({ kind: 'empty' }),
  fc.string().map(text),
  fc.integer().map(number),
  fc.boolean().map((value): CellValue => ({ kind: 'bool', value })),
)
const cells = fc.record({ id: cell, name: cell, exists: cell }, { requiredKeys: [] })

describe('the hash of what people typed', () => {
  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(fc.array(cells), fc.nat(), (list, turn) => {
        const at = list.length === 0 ? 0 : turn % list.length
        const turned = [...list.slice(at), ...list.slice(0, at)].reverse()
        const numbered = (rows: typeof list) => rows.map((one, index) => ({ row: index + 2, cells: one }))
        expect(hashOf(numbered(turned))).toBe(hashOf(numbered(list)))
      }),
    )
  })

  it('does not count rows with nothing in them or boxes that are not ticked', () => {
    const typed: Rows = [{ row: 2, cells: { id: text('1') } }]
    const unticked: CellValue = { kind: 'bool', value: false }
    expect(hashOf([...typed, { row: 3, cells: { exists: unticked, name: text(' ​') } }])).toBe(hashOf(typed))
    expect(hashOf([{ row: 2, cells: { id: text('1'), exists: unticked } }])).toBe(hashOf(typed))
  })

  it('tells a ticked box, a number from the same digits as text, and two equal rows from one', () => {
    const hashes = [
      [{ row: 2, cells: { id: text('1') } }],
      [{ row: 2, cells: { id: number(1) } }],
      [{ row: 2, cells: { id: text('1'), exists: { kind: 'bool', value: true } } }],
      [
        { row: 2, cells: { id: text('1') } },
        { row: 3, cells: { id: text('1') } },
      ],
      [{ row: 2, cells: { name: text('1') } }],
    ] satisfies Rows[]
    expect(new Set(hashes.map(hashOf)).size).toBe(hashes.length)
  })

  it('tells a cell from one whose words look like two, and a row from one that looks like two', () => {
    const formula = (words: string): CellValue => ({ kind: 'formula', text: words })
    const hashes = [
      [{ row: 2, cells: { id: text('1'), name: text('x') } }],
      [{ row: 2, cells: { id: text('1name6:text x') } }],
      [{ row: 2, cells: { id: formula('=1\n14:id9:formula =') } }],
      [
        { row: 2, cells: { id: formula('=1') } },
        { row: 3, cells: { id: formula('=') } },
      ],
    ] satisfies Rows[]
    expect(new Set(hashes.map(hashOf)).size).toBe(hashes.length)
  })

  it('takes two spellings that look the same for the same', () => {
    expect(hashOf([{ row: 2, cells: { name: text('น้ำ ') } }])).toBe(hashOf([{ row: 9, cells: { name: text('น้ํา') } }]))
  })
})
