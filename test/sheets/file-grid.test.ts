import { describe, expect, it } from 'vitest'
import { readRosterBytes } from '../../src/sheets/file-grid.ts'
import type { RosterGrid } from '../../src/sheets/roster-columns.ts'
import { cellText } from '../../src/workflow/rules/roster/cell-value.ts'
import { makeXlsx } from './xlsx-fixture.ts'

async function gridOf(bytes: Buffer): Promise<RosterGrid> {
  const reading = await readRosterBytes(bytes)
  if (!reading.ok) throw new Error(reading.why)
  return reading.grid
}

const texts = ({ header, rows }: RosterGrid) => [header, ...rows].map(({ cells }) => cells.map(cellText))
const csv = 'ชื่อ,นามสกุล\nก,ข\n'

/** TIS-620: U+0E01 is 0xA1 and so on. */
function thaiBytes(text: string): Buffer {
  return Buffer.from(
    [...text].map((char) => (char.charCodeAt(0) > 127 ? char.charCodeAt(0) - 0x0e01 + 0xa1 : char.charCodeAt(0))),
  )
}

describe('a CSV file', () => {
  it.each([
    ['UTF-8', Buffer.from(csv)],
    ['UTF-8 with a byte-order mark', Buffer.from(`\ufeff${csv}`)],
    ['Windows-874', thaiBytes(csv)],
    ['UTF-16, as "Unicode text" is saved', Buffer.from(`\ufeff${csv.replaceAll(',', '\t')}`, 'utf16le')],
    ['semicolons', Buffer.from(csv.replaceAll(',', ';'))],
    ['tabs', Buffer.from(csv.replaceAll(',', '\t'))],
    ['a line that names the delimiter', Buffer.from(`sep=;\r\n${csv.replaceAll(',', ';')}`)],
    ['line ends of Windows', Buffer.from(csv.replaceAll('\n', '\r\n'))],
    ['line ends of old Macs', Buffer.from(csv.replaceAll('\n', '\r'))],
    ['no last line end', Buffer.from(csv.trimEnd())],
    ['quotes around everything', Buffer.from('"ชื่อ","นามสกุล"\n"ก","ข"\n')],
  ])('is read with %s', async (_, bytes) => {
    expect(texts(await gridOf(bytes))).toEqual([
      ['ชื่อ', 'นามสกุล'],
      ['ก', 'ข'],
    ])
  })

  it('is numbered as a spreadsheet would: a quoted line break is no new row, an empty line is one', async () => {
    const { rows } = await gridOf(Buffer.from('ชื่อ,นามสกุล\n"ก\nก","ข, ""ค"""\n\nง,จ\n'))
    expect(rows.map(({ row, cells }) => [row, ...cells.map(cellText)])).toEqual([
      [2, 'ก ก', 'ข, "ค"'],
      [3, ''],
      [4, 'ง', 'จ'],
    ])
  })

  it('may have shorter and longer rows than its header, and a lone quote in a text', async () => {
    expect(texts(await gridOf(Buffer.from('ชื่อ,นามสกุล\nก\nข,ค"ง,จ\n')))).toEqual([
      ['ชื่อ', 'นามสกุล'],
      ['ก'],
      ['ข', 'ค"ง', 'จ'],
    ])
  })

  it('keeps numbers as text and knows a formula by its sign', async () => {
    const { rows } = await gridOf(Buffer.from('ชื่อ,ห้อง\n0113,=1+1\n'))
    expect(rows[0]?.cells).toEqual([
      { kind: 'text', text: '0113' },
      { kind: 'formula', text: '=1+1' },
    ])
  })

  it.each([
    ['empty', Buffer.from(''), []],
    ['only a byte-order mark', Buffer.from('\ufeff'), []],
    ['only a header', Buffer.from('ชื่อ,ห้อง'), ['ชื่อ', 'ห้อง']],
  ])('that is %s has no rows', async (_, bytes, header) => {
    const grid = await gridOf(bytes)
    expect(grid.header.cells.map(cellText)).toEqual(header)
    expect(grid.rows).toEqual([])
  })
})

describe('an XLSX file', () => {
  it('keeps text, numbers, ticks, dates and formulas apart, each at its place', async () => {
    const bytes = makeXlsx({
      Sheet1: [
        ['ชื่อ', 'ห้อง', 'สถานะ'],
        ['0113', 1101700207030, true, { date: 42870 }, { formula: 'A1&B1', result: 'ก' }],
        [],
        [null, 'ก'],
        ['ท้าย', null, { formula: 'A1' }],
      ],
    })
    const { header, rows } = await gridOf(bytes)
    expect(header.cells.slice(0, 3).map(cellText)).toEqual(['ชื่อ', 'ห้อง', 'สถานะ'])
    expect(rows.map(({ row }) => row)).toEqual([2, 3, 4, 5])
    expect(rows[0]?.cells).toEqual([
      { kind: 'text', text: '0113' },
      { kind: 'number', number: 1101700207030, text: '1101700207030' },
      { kind: 'bool', value: true },
      { kind: 'number', number: 42870, text: '15/5/2017' },
      { kind: 'formula', text: '=' },
    ])
    expect(rows[2]?.cells[1]).toEqual({ kind: 'text', text: 'ก' })
    expect(rows[3]?.cells[2]).toEqual({ kind: 'formula', text: '=' })
  })

  it('gives a date typed in BE as the serial it is', async () => {
    const { rows } = await gridOf(makeXlsx({ Sheet1: [['วันเกิด'], [{ date: 241_197 }], [{ date: 22_051 }]] }))
    expect(rows.map(({ cells }) => cells[0])).toMatchObject([{ number: 241_197 }, { number: 22_051 }])
  })

  it.each([
    ['its tab is called รายชื่อ', { หน้าปก: [['ปก']], รายชื่อ: [['ชื่อ']] }],
    ['only it has the header', { หน้าปก: [['ปก']], Data: [['ชื่อ', 'นามสกุล', 'ระดับชั้น']] }],
    ['it is the only one', { Sheet1: [['ชื่อ']] }],
  ])('is read from the sheet with the roster: %s', async (_, sheets) => {
    expect(cellText((await gridOf(makeXlsx(sheets))).header.cells[0])).toBe('ชื่อ')
  })

  it('without any cell has no rows', async () => {
    expect(await gridOf(makeXlsx({ Sheet1: [] }))).toEqual({ header: { row: 1, cells: [] }, rows: [] })
  })
})

describe('a file that is no roster', () => {
  it.each([
    ['an old Excel file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0]), 'old-excel'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]), 'not-a-table'],
    ['half an .xlsx file', makeXlsx({ Sheet1: [['ชื่อ']] }).subarray(0, 300), 'broken'],
    ['the beginning of a zip', Buffer.from('PK\x03\x04'), 'broken'],
    ['a CSV file whose quote never ends', Buffer.from('ชื่อ,ห้อง\n"ก,ข\n'), 'broken'],
  ])('%s is refused', async (_, bytes, why) => {
    expect(await readRosterBytes(bytes)).toMatchObject({ ok: false, why })
  })
})
