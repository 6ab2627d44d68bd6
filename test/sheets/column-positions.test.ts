import { describe, expect, it } from 'vitest'
import { knownPositions } from '../../src/sheets/column-positions.ts'

type Key = 'first' | 'last' | 'grade'
const words: Record<string, Key> = { ชื่อ: 'first', นามสกุล: 'last', ชั้น: 'grade' }
const known = (header: string[], metadata: (string | null)[]) =>
  knownPositions<Key>(
    { header: { row: 1, cells: header.map((text) => ({ kind: 'text', text })) }, metadata },
    {
      isColumn: (key): key is Key => ['first', 'last', 'grade'].includes(key),
      named: (text) => words[text] ?? null,
    },
  )

describe('columns known by their metadata', () => {
  it.each([
    ['stand where the metadata says', ['ชื่อ', 'นามสกุล'], ['first', 'last'], { first: 0, last: 1 }],
    ['follow a reworded header', ['ชื่อเล่นจริง', 'นามสกุล'], ['first', 'last'], { first: 0, last: 1 }],
    ['follow a move', ['นามสกุล', '', 'ชื่อ'], ['last', null, 'first'], { first: 2, last: 0 }],
    ['are left to the header when contents were swapped under it', ['นามสกุล', 'ชื่อ'], ['first', 'last'], {}],
    [
      'are left to the header when a word stands over another column too',
      ['นามสกุล', 'นามสกุล', 'ชั้น'],
      ['first', 'last', 'grade'],
      { grade: 2 },
    ],
    ['are left to the header when the metadata stands twice', ['ชื่อ', 'x'], ['first', 'first'], {}],
    ['are not those of a newer program', ['ชื่อ', 'x'], ['first', 'future'], { first: 0 }],
  ])('%s', (_what, header, metadata, expected) => {
    expect(known(header, metadata)).toEqual(expected)
  })
})
