import { describe, expect, it } from 'vitest'
import { readCell, readRosterGrid } from '../../src/sheets/read-cells.ts'

describe('a cell as the Sheets API gives it', () => {
  it.each([
    ['no cell', undefined, { kind: 'empty' }],
    ['a cell with a format only', {}, { kind: 'empty' }],
    ['an empty text', { userEnteredValue: { stringValue: '' } }, { kind: 'empty' }],
    ['text', { userEnteredValue: { stringValue: '0113' }, formattedValue: '0113' }, { kind: 'text', text: '0113' }],
    [
      'a number that lost its zero',
      { userEnteredValue: { numberValue: 113200420331 }, formattedValue: '1.132E+11' },
      { kind: 'number', number: 113200420331, text: '1.132E+11' },
    ],
    ['zero', { userEnteredValue: { numberValue: 0 } }, { kind: 'number', number: 0, text: '' }],
    [
      'an unticked box',
      { userEnteredValue: { boolValue: false }, formattedValue: 'FALSE' },
      { kind: 'bool', value: false },
    ],
    [
      'a formula, whatever it shows',
      { userEnteredValue: { formulaValue: '=A1' }, formattedValue: '1101700207030' },
      { kind: 'formula', text: '=A1' },
    ],
  ])('%s', (_, cell, value) => {
    expect(readCell(cell)).toEqual(value)
  })
})

describe('a tab as the Sheets API gives it', () => {
  const text = (value: string) => ({ values: [{ userEnteredValue: { stringValue: value } }] })

  it('is split at its header, with the rows numbered as in the sheet and empty ones kept', () => {
    const grid = readRosterGrid({ rowData: [text('ชื่อ'), text('ก'), {}, text('ข')] })
    expect(grid.header).toEqual({ row: 1, cells: [{ kind: 'text', text: 'ชื่อ' }] })
    expect(grid.rows.map(({ row, cells }) => [row, cells.length])).toEqual([
      [2, 1],
      [3, 0],
      [4, 1],
    ])
  })

  it.each([null, undefined, {}, { rowData: [] }])('%j has an empty header', (data) => {
    expect(readRosterGrid(data)).toEqual({ header: { row: 1, cells: [] }, rows: [] })
  })

  it('may have its header further down', () => {
    const grid = readRosterGrid({ rowData: [text('คำแนะนำ'), text('ชื่อ'), text('ก')] }, { headerRow: 2 })
    expect(grid).toMatchObject({ header: { row: 2 }, rows: [{ row: 3 }] })
  })
})
