import { describe, expect, it } from 'vitest'
import { importedText } from '../../src/sheets/import-roster-values.ts'
import { type RosterFile, type RosterFileReading, readRosterFileForImport } from '../../src/sheets/rpt318-file.ts'
import type { ImportedColumn } from '../../src/sheets/rpt318-header.ts'
import { rpt318Lower, rpt318Row, rpt318Sheets, rpt318Upper } from './rpt318-fixture.ts'
import { makeXlsx, type XlsxCell, type XlsxLooks } from './xlsx-fixture.ts'

const ID = '1101700207030'
const asOf = { year: 2024, month: 6, day: 10 }
const SCHOOL = 'โรงเรียนบ้านตัวอย่าง'

const read = (bytes: Buffer, tab?: string): Promise<RosterFileReading> =>
  readRosterFileForImport({ bytes, fileName: 'รายชื่อ.xlsx', ...(tab === undefined ? {} : { tab }) })

async function rosterOf(bytes: Buffer): Promise<RosterFile> {
  const reading = await read(bytes)
  if (!reading.ok) throw new Error(reading.why)
  return reading.file
}

const textsOf = (file: RosterFile, column: ImportedColumn) =>
  file.rows.map(({ cells }) => importedText(column, cells[column], asOf))

function rpt318(rows: XlsxCell[][], looks: XlsxLooks = {}): Buffer {
  const { sheets, merges } = rpt318Sheets(SCHOOL, rows)
  return makeXlsx(sheets, { merges, ...looks })
}

/** TIS-620: U+0E01 is 0xA1 and so on. */
function thaiBytes(text: string): Buffer {
  const codes = [...text].map((char) => char.charCodeAt(0))
  return Buffer.from(codes.map((code) => (code > 127 ? code - 0x0e01 + 0xa1 : code)))
}

const csvOf = (rows: readonly (readonly XlsxCell[])[], sign = ',') =>
  rows.map((cells) => cells.map((cell) => (cell === null ? '' : String(cell))).join(sign)).join('\n')

describe("LEC's export RPT318", () => {
  const row = rpt318Row(1, { id: ID, birth: '15/5/2560' })

  it.each([
    ['inline texts', {}],
    ['a table of texts', { sharedStrings: true }],
  ])('is found on its second tab under two merged header rows, with %s', async (_, looks) => {
    const file = await rosterOf(rpt318([row], looks))
    expect(file).toMatchObject({ tab: 'ข้อมูล', header: { firstRow: 3, lastRow: 4 } })
    expect(file.rows.map((one) => one.row)).toEqual([5])
    const said = Object.fromEntries(file.columns.map((column) => [column, textsOf(file, column)[0]]))
    expect(said).toEqual({
      nationalId: ID,
      pupilNumber: '1001',
      prefix: 'ด.ช.',
      firstName: 'ชื่อ1',
      lastName: 'ทดสอบ',
      birthDate: '15/05/2560',
      nationality: 'ไทย',
      grade: 'ป.1',
      room: '1',
      enteredOn: '16/05/2566',
      status: 'เรียนอยู่',
    })
  })

  it('lets nothing of race, religion, parents or addresses out of the reader', async () => {
    const file = await rosterOf(rpt318([row]))
    const everything = JSON.stringify(file)
    for (const secret of ['พุทธ', 'พ่อสมมติ', '3100200300404', '99/9', 'ตำบลสมมติ'])
      expect(everything).not.toContain(secret)
  })

  it.each([
    ['text in BE', '15/5/2560', '15/05/2560'],
    ['text with a month', '15 พ.ค. 2560', '15/05/2560'],
    ['a date cell in CE', { date: 42_870 }, '15/05/2560'],
    ['a date cell typed in BE', { date: 241_197 }, '15/05/2560'],
    ['a serial in a cell without a format', 42_870, '15/05/2560'],
    ['a day that BE does not have', { date: 241_121 }, '29/2/2560'],
    ['the year alone', '00/00/2560', '00/00/2560'],
    ['what is no date', 'ไม่ทราบ', 'ไม่ทราบ'],
  ] as const)('gives a birth date that is %s as d/m/BE', async (_, birth, said) => {
    const file = await rosterOf(rpt318([rpt318Row(1, { id: ID, birth })]))
    expect(textsOf(file, 'birthDate')).toEqual([said])
  })

  it('reads date cells of a workbook that counts from 1904', async () => {
    const bytes = rpt318([rpt318Row(1, { id: ID, birth: { date: 42_870 - 1462 } })], { date1904: true })
    expect(textsOf(await rosterOf(bytes), 'birthDate')).toEqual(['15/05/2560'])
  })

  it('keeps G-Codes, numbers in number cells and words that are none of ours', async () => {
    const rows = [
      rpt318Row(1, { id: 'g644200000001', birth: '1/1/2560' }),
      rpt318Row(2, { id: 1101700207030, birth: '1/1/2560', status: 'พักการเรียน' }),
      rpt318Row(3, { id: '1.1017E+12', birth: '1/1/2560', grade: 'ชั้นพิเศษ', status: 'สำเร็จการศึกษา' }),
    ]
    const file = await rosterOf(rpt318(rows))
    expect(textsOf(file, 'nationalId')).toEqual(['G644200000001', ID, '1.1017E+12'])
    expect(textsOf(file, 'status')).toEqual(['เรียนอยู่', 'พักการเรียน', 'จบการศึกษา'])
    expect(textsOf(file, 'grade')).toEqual(['ป.1', 'ป.1', 'ชั้นพิเศษ'])
  })

  it('has the header rows of further pages and empty rows left out', async () => {
    const file = await rosterOf(rpt318([row, [], rpt318Upper, rpt318Lower, rpt318Row(2, { id: '', birth: '' })]))
    expect(textsOf(file, 'firstName')).toEqual(['ชื่อ1', 'ชื่อ2'])
  })

  it('takes the stored result of a formula and counts the formulas', async () => {
    const file = await rosterOf(rpt318([row.with(3, { formula: 'A1', result: 'กานต์' })]))
    expect(textsOf(file, 'firstName')).toEqual(['กานต์'])
    expect(file.formulas).toBe(1)
  })

  it.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with a byte-order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['Windows-874', thaiBytes],
    ['semicolons', (text: string) => Buffer.from(text.replaceAll(',', ';'))],
    ['tabs in UTF-16', (text: string) => Buffer.from(`\ufeff${text.replaceAll(',', '\t')}`, 'utf16le')],
  ])('is read when it was saved as CSV, where merged cells are lost: %s', async (_, encode) => {
    const text = csvOf([['รายงาน RPT318'], [SCHOOL], rpt318Upper, rpt318Lower, row])
    const file = await rosterOf(encode(text))
    expect(file.header).toEqual({ firstRow: 3, lastRow: 4 })
    expect(['nationalId', 'firstName', 'grade'].map((one) => textsOf(file, one as ImportedColumn))).toEqual([
      [ID],
      ['ชื่อ1'],
      ['ป.1'],
    ])
    expect(file.outside).toContainEqual({ place: 'title', text: SCHOOL })
  })
})

describe('other lists', () => {
  const header = ['เลขประจำตัวประชาชน', 'คำนำหน้า', 'ชื่อ', 'สกุล', 'วันเกิด', 'สัญชาติ', 'ชั้น', 'สถานะ']
  const row = [ID, 'ด.ช.', 'กานต์', 'ใจดี', '15/05/2560', 'ไทย', 'ป.1', 'เรียนอยู่']

  it('may have words of the header parted over two rows', async () => {
    const upper = ['เลขประจำตัว', null, 'ชื่อ - สกุล', null, null, 'วันเดือนปี', 'สัญชาติ', 'ชั้น', 'สถานะ']
    const lower = ['ประชาชน', 'นักเรียน', 'คำนำหน้า', 'ชื่อ', 'สกุล', 'เกิด', null, null, null]
    const merges = { Sheet1: ['A1:B1', 'C1:E1', 'G1:G2', 'H1:H2', 'I1:I2'] }
    const file = await rosterOf(makeXlsx({ Sheet1: [upper, lower, row.toSpliced(1, 0, '77')] }, { merges }))
    expect(file.header).toEqual({ firstRow: 1, lastRow: 2 })
    expect(textsOf(file, 'pupilNumber')).toEqual(['77'])
    expect(textsOf(file, 'birthDate')).toEqual(['15/05/2560'])
  })

  it('in CSV may keep leading zeros as ="…", and no other formula is read', async () => {
    const zero = row.with(0, '"=""0113200420331"""').with(2, '=1+1')
    const file = await rosterOf(Buffer.from(csvOf([header, zero])))
    expect(textsOf(file, 'nationalId')).toEqual(['0113200420331'])
    expect(textsOf(file, 'firstName')).toEqual([''])
  })

  it('take their tab by the header, whatever the tabs are called and however they are ordered', async () => {
    const file = await rosterOf(makeXlsx({ รายชื่อ: [['สารบัญ']], Sheet9: [header, row], สรุป: [['ชื่อ', 'ชั้น']] }))
    expect(file.tab).toBe('Sheet9')
  })

  it('prefer the tab that has rows', async () => {
    expect((await rosterOf(makeXlsx({ แบบ: [header], จริง: [header, row] }))).tab).toBe('จริง')
  })

  it('on two tabs alike are for a person to choose from', async () => {
    const bytes = makeXlsx({ ก: [header, row], ข: [header, row] })
    expect(await read(bytes)).toEqual({ ok: false, why: 'several-tables', tabs: ['ก', 'ข'] })
    const chosen = await read(bytes, 'ข')
    expect(chosen.ok && chosen.file.tab).toBe('ข')
    expect(await read(bytes, 'ค')).toEqual({ ok: false, why: 'no-such-tab', tabs: ['ก', 'ข'] })
  })

  it('without a column we need say what was found and what is missing', async () => {
    const bytes = makeXlsx({ ปก: [['ปก']], Data: [[], header.with(6, 'อื่น'), row] })
    expect(await read(bytes)).toMatchObject({
      ok: false,
      why: 'no-table',
      tabs: ['ปก', 'Data'],
      nearest: { tab: 'Data', firstRow: 2, missing: ['grade'], repeated: [] },
    })
  })

  it('with a column of ours twice are not guessed at', async () => {
    const reading = await read(
      makeXlsx({
        Data: [
          [...header, 'ชื่อ'],
          [...row, 'ข'],
        ],
      }),
    )
    expect(reading).toMatchObject({ why: 'no-table', nearest: { repeated: ['firstName'] } })
  })

  it.each([
    ['an old Excel file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'old-excel'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]), 'not-a-table'],
    ['half a workbook', makeXlsx({ Data: [header] }).subarray(0, 200), 'broken'],
    ['a quote that never ends', Buffer.from('ชื่อ,สกุล\n"ก,ข\n'), 'broken'],
    ['an empty file', Buffer.from(''), 'no-table'],
    ['a letter', Buffer.from('เรียน ผู้อำนวยการ\nเรื่อง รายชื่อ\n'), 'no-table'],
  ])('that are %s are refused', async (_, bytes, why) => {
    expect(await read(bytes)).toMatchObject({ ok: false, why })
  })

  it('tell what stands outside the table, title, tabs, file name and properties', async () => {
    const bytes = makeXlsx({ ปก: [['ก']], Data: [['หัวเรื่อง'], header, row] }, { title: 'ชื่อเอกสาร' })
    expect((await rosterOf(bytes)).outside).toEqual([
      { place: 'title', text: 'หัวเรื่อง' },
      { place: 'tab-name', text: 'Data' },
      { place: 'file-name', text: 'รายชื่อ.xlsx' },
      { place: 'properties', text: 'ชื่อเอกสาร' },
      { place: 'other-tabs', text: 'ปก' },
      { place: 'other-tabs', text: 'ก' },
    ])
  })
})
