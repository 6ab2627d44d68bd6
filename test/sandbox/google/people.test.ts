import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { officer, type ServedGoogle, serveGoogle } from './serve-google.ts'

let google: ServedGoogle
let id: string

beforeAll(async () => {
  google = await serveGoogle()
  await google.control('PUT', '/settings', { readPerMinutePerUser: 9999, writePerMinutePerUser: 9999 })
})
afterAll(() => google.close())
beforeEach(async () => {
  id = await google.newSpreadsheet()
})

const act = (name: string, body: object) =>
  google.control('POST', `/spreadsheets/${id}/${name}`, { as: officer, sheetId: 0, ...body })
const view = async (as?: string) => (await google.control('GET', `/spreadsheets/${id}${as ? `?as=${as}` : ''}`)).body
const texts = async () =>
  (await view()).sheets[0].rows.map((row: { v: string }[]) => row.map((cell) => cell.v).join('|'))
const paste = (tsv: string, row = 0, column = 0) => act('paste', { row, column, tsv })

describe('a person in the spreadsheet', () => {
  test('types as at a keyboard', async () => {
    const cells = ['0113200420331', '15/05/2560', 'true', 'ชื่อ', "'0123"].map((text, column) => ({
      row: 0,
      column,
      text,
    }))
    expect(await act('type', { cells })).toEqual({ status: 200, body: { ok: true } })
    const row = (await view()).sheets[0].rows[0]
    expect(row).toEqual([
      { v: '113200420331', kind: 'number' },
      { v: '15/5/2560', kind: 'number' },
      { v: 'TRUE', kind: 'bool' },
      { v: 'ชื่อ', kind: 'string' },
      { v: '0123', kind: 'string' },
    ])
    await act('type', { cells: [{ row: 0, column: 3, text: '' }] })
    expect((await view()).sheets[0].rows[0]?.[3]?.kind).toBe('empty')
  })

  test('pastes blocks with quoted cells, beyond the edge of the grid too', async () => {
    await paste('a\tb\n"c\nd"\t"e ""f"""\n')
    expect(await texts()).toEqual(['a|b', 'c\nd|e "f"'])
    await paste('x\ty', 1000, 26)
    const sheet = (await view()).sheets[0]
    expect([sheet.rowCount, sheet.columnCount]).toEqual([1001, 28])
  })

  test('inserts, deletes, moves and sorts', async () => {
    await paste('h1\th2\nb\t2\na\t1\nc\t3')
    await act('sort', { column: 0, headerRows: 1 })
    expect(await texts()).toEqual(['h1|h2', 'a|1', 'b|2', 'c|3'])
    await act('sort', { column: 0, headerRows: 1, descending: true })
    expect(await texts()).toEqual(['h1|h2', 'c|3', 'b|2', 'a|1'])
    await act('delete-rows', { startRow: 1, count: 2 })
    await act('insert-rows', { startRow: 1, count: 1 })
    expect(await texts()).toEqual(['h1|h2', '', 'a|1'])
    await act('move-column', { from: 1, to: 0 })
    await act('insert-columns', { startColumn: 1, count: 1 })
    expect(await texts()).toEqual(['h2||h1', '', '1||a'])
    await act('delete-columns', { startColumn: 0, count: 2 })
    expect(await texts()).toEqual(['h1', '', 'a'])
  })

  test('merges cells and renames and deletes tabs', async () => {
    await paste('a\tb')
    await act('merge', { startRow: 0, endRow: 1, startColumn: 0, endColumn: 2 })
    await act('rename-tab', { title: 'ใหม่' })
    const sheet = (await view()).sheets[0]
    expect(sheet.merges).toEqual([{ startRow: 0, endRow: 1, startColumn: 0, endColumn: 2 }])
    expect(sheet.title).toBe('ใหม่')
    expect(await act('delete-tab', {})).toMatchObject({ status: 400 })
  })

  test('is refused by a strict list when typing, but not when pasting', async () => {
    const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 5, startColumnIndex: 0, endColumnIndex: 1 }
    const condition = { type: 'ONE_OF_LIST', values: [{ userEnteredValue: 'เรียนอยู่' }] }
    await google.sheets.spreadsheets.batchUpdate({
      spreadsheetId: id,
      requestBody: { requests: [{ setDataValidation: { range, rule: { condition, strict: true } } }] },
    })
    const typed = await act('type', { cells: [{ row: 0, column: 0, text: 'อื่น' }] })
    expect(typed).toMatchObject({ status: 400, body: { error: expect.stringContaining('A1') } })
    expect((await paste('อื่น')).status).toBe(200)
    expect((await view()).sheets[0].rows[0]?.[0]).toMatchObject({ v: 'อื่น', list: ['เรียนอยู่'] })
  })

  test('cannot edit what is trashed, closed or not there', async () => {
    const cells = [{ row: 0, column: 0, text: 'x' }]
    const stranger = { as: 'stranger@example.org', sheetId: 0, cells }
    expect((await google.control('POST', `/spreadsheets/${id}/type`, stranger)).body.error).toBe(
      'stranger@example.org is not a Google account',
    )
    await google.control('POST', '/accounts', { email: 'stranger@example.org', name: 'คนนอก' })
    expect((await google.control('POST', `/spreadsheets/${id}/type`, stranger)).status).toBe(403)
    await google.control('POST', `/files/${id}/trash`, {})
    expect((await act('type', { cells })).status).toBe(403)
    await google.control('POST', `/files/${id}/untrash`, {})
    expect((await act('type', { cells })).status).toBe(200)
    expect((await google.control('POST', '/spreadsheets/none/type', stranger)).status).toBe(404)
    expect((await act('type', { cells: [{ row: -1, column: 0, text: 'x' }] })).status).toBe(400)
    expect((await act('type', { cells: [{ row: 5000, column: 0, text: 'x' }] })).status).toBe(400)
  })

  test('leaves her name on the file', async () => {
    await paste('x')
    const { files } = (await google.control('GET', '/files')).body
    const file = files.find((one: { id: string }) => one.id === id)
    expect(file?.lastModifyingUser.emailAddress).toBe(officer)
  })
})

describe('the view of a spreadsheet', () => {
  test('tells everything that is to be drawn, and whether one may edit', async () => {
    await paste('หัวตาราง')
    const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 1 }
    const userEnteredFormat = {
      backgroundColor: { red: 1, green: 0.5 },
      textFormat: { bold: true, foregroundColor: { blue: 1 } },
      horizontalAlignment: 'CENTER',
      wrapStrategy: 'WRAP',
    }
    await google.sheets.spreadsheets.batchUpdate({
      spreadsheetId: id,
      requestBody: {
        requests: [
          { repeatCell: { range, cell: { userEnteredFormat, note: 'แก้ไข' }, fields: 'userEnteredFormat,note' } },
          { addProtectedRange: { protectedRange: { range, editors: { users: [google.email] } } } },
          {
            updateSheetProperties: {
              properties: { sheetId: 0, gridProperties: { frozenRowCount: 1 } },
              fields: 'gridProperties.frozenRowCount',
            },
          },
        ],
      },
    })
    const shown = await view(officer)
    expect(shown).toMatchObject({ id, locked: false, canEdit: true })
    expect(shown.permissions).toContainEqual({ email: officer, role: 'writer' })
    expect(shown.sheets[0]).toMatchObject({
      frozenRowCount: 1,
      protected: [{ startRow: 0, endRow: 1, startColumn: 0, endColumn: 1, canEdit: false }],
      rows: [
        [
          {
            v: 'หัวตาราง',
            kind: 'string',
            note: 'แก้ไข',
            bg: '#ff8000',
            fg: '#0000ff',
            bold: true,
            align: 'center',
            wrap: true,
          },
        ],
      ],
    })
    expect((await view('nobody@example.org')).canEdit).toBe(false)
    expect((await view(google.email)).sheets[0].protected[0].canEdit).toBe(true)
  })
})
