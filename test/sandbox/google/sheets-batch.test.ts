import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { officer, refusal, type ServedGoogle, serveGoogle } from './serve-google.ts'

let google: ServedGoogle
let id: string

beforeAll(async () => {
  google = await serveGoogle()
  await google.control('PUT', '/settings', { readPerMinutePerUser: 9999, writePerMinutePerUser: 9999 })
  await google.control('PUT', '/settings', { readPerMinutePerProject: 9999, writePerMinutePerProject: 9999 })
})
afterAll(() => google.close())
beforeEach(async () => {
  id = await google.newSpreadsheet()
})

const batch = async (requests: object[], options: sheets_v4.Schema$BatchUpdateSpreadsheetRequest = {}) =>
  (await google.sheets.spreadsheets.batchUpdate({ spreadsheetId: id, requestBody: { requests, ...options } })).data
const write = (range: string, values: unknown[][]) =>
  google.sheets.spreadsheets.values.update({
    spreadsheetId: id,
    range,
    valueInputOption: 'RAW',
    requestBody: { values },
  })
const values = async (range: string) =>
  (await google.sheets.spreadsheets.values.get({ spreadsheetId: id, range })).data.values
const get = async (fields: string) => (await google.sheets.spreadsheets.get({ spreadsheetId: id, fields })).data
const column = (startIndex: number) => ({ sheetId: 0, dimension: 'COLUMNS', startIndex, endIndex: startIndex + 1 })
const rows = (startIndex: number, endIndex: number) => ({ sheetId: 0, dimension: 'ROWS', startIndex, endIndex })
const mark = (key: string, dimensionRange: object) => ({
  createDeveloperMetadata: {
    developerMetadata: { metadataKey: key, location: { dimensionRange }, visibility: 'DOCUMENT' },
  },
})
const findMark = async (metadataKey: string) => {
  const { data } = await google.sheets.spreadsheets.developerMetadata.search({
    spreadsheetId: id,
    requestBody: { dataFilters: [{ developerMetadataLookup: { metadataKey } }] },
  })
  return data.matchedDeveloperMetadata?.map((one) => one.developerMetadata?.location?.dimensionRange?.startIndex)
}

describe('a batch', () => {
  test('is kept whole or not at all', async () => {
    const requests = [
      { updateSheetProperties: { properties: { sheetId: 0, title: 'ใหม่' }, fields: 'title' } },
      { updateCells: { range: { sheetId: 99 }, fields: 'note' } },
    ]
    expect(await refusal(batch(requests))).toEqual({
      status: 400,
      reason: 'badRequest',
      message: 'Invalid requests[1].updateCells: No grid with id: 99',
    })
    expect((await get('sheets.properties.title')).sheets?.[0]?.properties?.title).toBe('Sheet1')
  })

  test.each([
    [
      'an unknown kind',
      { paintCells: {} },
      `Invalid JSON payload received. Unknown name "paintCells" at 'requests[0]': Cannot find field.`,
    ],
    [
      'an unknown field',
      { addSheet: { properties: { colour: 1 } } },
      `Invalid JSON payload received. Unknown name "colour" at 'requests[0].add_sheet.properties': Cannot find field.`,
    ],
    [
      'a wrong type',
      { deleteSheet: { sheetId: 'a' } },
      `Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), "a"`,
    ],
    ['no kind', {}, 'Invalid requests[0]: No request set.'],
    [
      'no fields',
      { repeatCell: { range: { sheetId: 0 }, cell: {} } },
      "Invalid requests[0].repeatCell: At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
    ],
    [
      'a tab name that is taken',
      { addSheet: { properties: { title: 'sheet1' } } },
      'Invalid requests[0].addSheet: A sheet with the name "sheet1" already exists. Please enter another name.',
    ],
    [
      'the last tab gone',
      { deleteSheet: { sheetId: 0 } },
      "Invalid requests[0].deleteSheet: You can't remove all the visible sheets in a document.",
    ],
    [
      'all rows gone',
      { deleteDimension: { range: { sheetId: 0, dimension: 'ROWS' } } },
      "Invalid requests[0].deleteDimension: You can't delete all the rows on the sheet.",
    ],
  ])('refuses %s', async (_, request, message) => {
    expect(await refusal(batch([request]))).toEqual({ status: 400, reason: 'badRequest', message })
  })

  test('refuses to be empty', async () => {
    expect(await refusal(batch([]))).toMatchObject({ status: 400, message: 'Must specify at least one request.' })
  })

  test('answers replies in order and the document when asked', async () => {
    const data = await batch(
      [
        { addSheet: { properties: { title: 'ผลตรวจ', sheetId: 5 } } },
        { updateSpreadsheetProperties: { properties: { title: 'ชื่อใหม่' }, fields: 'title' } },
      ],
      { includeSpreadsheetInResponse: true, responseIncludeGridData: true, responseRanges: ['Sheet1!A1:B2'] },
    )
    expect(data.replies?.[0]?.addSheet?.properties).toMatchObject({ sheetId: 5, title: 'ผลตรวจ', index: 1 })
    expect(data.replies?.[1]).toEqual({})
    expect(data.updatedSpreadsheet?.properties?.title).toBe('ชื่อใหม่')
    expect(data.updatedSpreadsheet?.sheets).toHaveLength(1)
    const file = await google.drive.files.get({ fileId: id, supportsAllDrives: true, fields: 'name' })
    expect(file.data.name).toBe('ชื่อใหม่')
  })
})

describe('cells', () => {
  test('keep what the mask does not name', async () => {
    await write('A1', [['ค่า']])
    const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 2 }
    await batch([{ updateCells: { range, rows: [{ values: [{ note: 'หมายเหตุ' }] }], fields: 'note' } }])
    await batch([
      {
        repeatCell: {
          range,
          cell: { userEnteredFormat: { textFormat: { bold: true }, horizontalAlignment: 'CENTER' } },
          fields: 'userEnteredFormat(textFormat.bold,horizontalAlignment)',
        },
      },
      { repeatCell: { range, cell: { userEnteredFormat: {} }, fields: 'userEnteredFormat.horizontalAlignment' } },
    ])
    const data = await get('sheets.data.rowData.values(userEnteredValue,note,userEnteredFormat)')
    expect(data.sheets?.[0]?.data?.[0]?.rowData?.[0]?.values).toEqual([
      { userEnteredValue: { stringValue: 'ค่า' }, note: 'หมายเหตุ', userEnteredFormat: { textFormat: { bold: true } } },
      { userEnteredFormat: { textFormat: { bold: true } } },
    ])
    await batch([{ updateCells: { range, fields: 'note' } }])
    expect((await get('sheets.data.rowData.values.note')).sheets?.[0]?.data?.[0]?.rowData?.[0]?.values?.[0]).toEqual({})
    expect(await values('A1')).toEqual([['ค่า']])
  })

  test('are appended after the last row with a value', async () => {
    await write('A1', [['a'], ['b']])
    const row = { values: [{ userEnteredValue: { stringValue: 'c' } }] }
    await batch([{ appendCells: { sheetId: 0, rows: [row], fields: 'userEnteredValue' } }])
    expect(await values('A1:A9')).toEqual([['a'], ['b'], ['c']])
  })

  test('carry lists and checkboxes as rules', async () => {
    const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 1 }
    const rule = { condition: { type: 'BOOLEAN' }, strict: true }
    await batch([{ setDataValidation: { range, rule } }])
    const data = await get('sheets.data.rowData.values.dataValidation')
    expect(data.sheets?.[0]?.data?.[0]?.rowData?.[0]?.values?.[0]?.dataValidation).toEqual(rule)
    const empty = { condition: { type: 'ONE_OF_LIST' } }
    expect(await refusal(batch([{ setDataValidation: { range, rule: empty } }]))).toMatchObject({ status: 400 })
  })

  test('are refused beyond the grid', async () => {
    const start = { sheetId: 0, rowIndex: 1000, columnIndex: 0 }
    const row = { values: [{ userEnteredValue: { stringValue: 'x' } }] }
    const outside = batch([{ updateCells: { start, rows: [row], fields: 'userEnteredValue' } }])
    expect(await refusal(outside)).toMatchObject({ status: 400 })
  })
})

describe('rows and columns', () => {
  test('take metadata, protection, merges and widths along', async () => {
    await write('A1', [['a', 'b', 'c', 'd']])
    await batch([
      mark('c', column(2)),
      mark('row', rows(4, 5)),
      { updateDimensionProperties: { range: column(2), properties: { pixelSize: 222 }, fields: 'pixelSize' } },
      {
        addProtectedRange: {
          protectedRange: { range: { sheetId: 0, startColumnIndex: 2, endColumnIndex: 3 }, warningOnly: true },
        },
      },
    ])
    await batch([{ insertDimension: { range: column(1) } }, { insertDimension: { range: rows(0, 2) } }])
    expect(await values('A3:E3')).toEqual([['a', '', 'b', 'c', 'd']])
    expect([await findMark('c'), await findMark('row')]).toEqual([[3], [6]])
    await batch([{ moveDimension: { source: column(3), destinationIndex: 0 } }])
    expect(await values('A3:E3')).toEqual([['c', 'a', '', 'b', 'd']])
    expect(await findMark('c')).toEqual([0])
    const data = await get(
      'sheets(protectedRanges(range),data.columnMetadata(pixelSize,developerMetadata.metadataKey))',
    )
    const sheet = data.sheets?.[0]
    expect(sheet?.protectedRanges?.[0]?.range).toEqual({ sheetId: 0, startColumnIndex: 0, endColumnIndex: 1 })
    expect(sheet?.data?.[0]?.columnMetadata?.[0]).toEqual({ pixelSize: 222, developerMetadata: [{ metadataKey: 'c' }] })
    await batch([{ deleteDimension: { range: column(0) } }])
    expect(await findMark('c')).toBeUndefined()
    expect((await get('sheets.protectedRanges')).sheets?.[0]?.protectedRanges).toBeUndefined()
  })

  test('inherit formats and rules when inserted', async () => {
    const range = { sheetId: 0, startRowIndex: 1, endRowIndex: 2, startColumnIndex: 0, endColumnIndex: 1 }
    await batch([
      {
        repeatCell: {
          range,
          cell: { userEnteredFormat: { numberFormat: { type: 'TEXT' } } },
          fields: 'userEnteredFormat',
        },
      },
      { insertDimension: { range: rows(2, 3), inheritFromBefore: true } },
    ])
    await google.sheets.spreadsheets.values.update({
      spreadsheetId: id,
      range: 'A3',
      valueInputOption: 'USER_ENTERED',
      requestBody: { values: [['0123']] },
    })
    expect(await values('A3')).toEqual([['0123']])
  })

  test('are sorted with numbers before text and blanks last, notes going with them', async () => {
    await write('A1', [
      ['หัว', 'ข'],
      ['ข', 2],
      ['', 3],
      ['ก', 1],
      [5, 9],
    ])
    const noteCell = {
      start: { sheetId: 0, rowIndex: 3, columnIndex: 0 },
      rows: [{ values: [{ note: 'ของ ก' }] }],
      fields: 'note',
    }
    const sort = (sortOrder: string) => ({
      sortRange: { range: { sheetId: 0, startRowIndex: 1 }, sortSpecs: [{ dimensionIndex: 0, sortOrder }] },
    })
    await batch([{ updateCells: noteCell }, sort('ASCENDING')])
    expect(await values('A2:B5')).toEqual([
      ['5', '9'],
      ['ก', '1'],
      ['ข', '2'],
      ['', '3'],
    ])
    const data = await get('sheets.data.rowData.values.note')
    expect(data.sheets?.[0]?.data?.[0]?.rowData?.[2]?.values?.[0]?.note).toBe('ของ ก')
    await batch([sort('DESCENDING')])
    expect(await values('A2:A5')).toEqual([['ข'], ['ก'], ['5']])
  })

  test('make room and close gaps within a range', async () => {
    await write('A1', [
      ['a', 'b', 'c'],
      ['d', 'e', 'f'],
      ['g', 'h', 'i'],
    ])
    const range = { sheetId: 0, startRowIndex: 1, endRowIndex: 2, startColumnIndex: 1, endColumnIndex: 2 }
    await batch([{ insertRange: { range, shiftDimension: 'ROWS' } }])
    expect(await values('A1:C4')).toEqual([
      ['a', 'b', 'c'],
      ['d', '', 'f'],
      ['g', 'e', 'i'],
      ['', 'h'],
    ])
    await batch([
      { deleteRange: { range, shiftDimension: 'ROWS' } },
      { deleteRange: { range, shiftDimension: 'COLUMNS' } },
    ])
    expect(await values('A1:C4')).toEqual([
      ['a', 'b', 'c'],
      ['d', 'f'],
      ['g', 'h', 'i'],
    ])
    await batch([{ insertRange: { range, shiftDimension: 'COLUMNS' } }])
    expect(await values('A2:C2')).toEqual([['d', '', 'f']])
  })

  test('merge into one cell that holds one value', async () => {
    await write('A1', [
      ['a', 'b'],
      ['c', 'd'],
    ])
    const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 2, startColumnIndex: 0, endColumnIndex: 2 }
    await batch([{ mergeCells: { range, mergeType: 'MERGE_ALL' } }])
    expect(await values('A1:B2')).toEqual([['a']])
    expect((await get('sheets.merges')).sheets?.[0]?.merges).toEqual([range])
    const part = { ...range, endColumnIndex: 1 }
    expect(await refusal(batch([{ unmergeCells: { range: part } }]))).toMatchObject({ status: 400 })
    await batch([{ unmergeCells: { range } }])
    expect((await get('sheets.merges')).sheets?.[0]).not.toHaveProperty('merges')
  })
})

describe('developer metadata', () => {
  test('is read, changed and deleted by key and place', async () => {
    await batch([
      mark('one', column(1)),
      {
        createDeveloperMetadata: {
          developerMetadata: {
            metadataKey: 'unit',
            metadataValue: '12',
            location: { spreadsheet: true },
            visibility: 'PROJECT',
          },
        },
      },
    ])
    const all = await get('developerMetadata')
    const held = all.developerMetadata?.[0]
    expect(held).toMatchObject({ metadataKey: 'unit', metadataValue: '12', location: { locationType: 'SPREADSHEET' } })
    const one = await google.sheets.spreadsheets.developerMetadata.get({
      spreadsheetId: id,
      metadataId: held?.metadataId ?? 0,
    })
    expect(one.data.metadataValue).toBe('12')
    const dataFilters = [{ developerMetadataLookup: { metadataKey: 'unit' } }]
    await batch([
      { updateDeveloperMetadata: { dataFilters, developerMetadata: { metadataValue: '13' }, fields: 'metadataValue' } },
      { deleteDeveloperMetadata: { dataFilter: { developerMetadataLookup: { metadataKey: 'one' } } } },
    ])
    expect((await get('developerMetadata.metadataValue')).developerMetadata).toEqual([{ metadataValue: '13' }])
    expect(await findMark('one')).toBeUndefined()
    const missing = google.sheets.spreadsheets.developerMetadata.get({ spreadsheetId: id, metadataId: 1 })
    expect(await refusal(missing)).toMatchObject({ status: 404 })
  })

  test('sits on exactly one row or column', async () => {
    expect(await refusal(batch([mark('wide', { ...column(0), endIndex: 2 })]))).toMatchObject({ status: 400 })
  })

  test('finds values by the column it marks', async () => {
    await write('A1', [
      ['a', 'b'],
      ['c', 'd'],
    ])
    await batch([mark('b', column(1))])
    const { data } = await google.sheets.spreadsheets.values.batchGetByDataFilter({
      spreadsheetId: id,
      requestBody: { dataFilters: [{ developerMetadataLookup: { metadataKey: 'b' } }] },
    })
    expect(data.valueRanges?.[0]?.valueRange?.values).toEqual([['b'], ['d']])
  })
})

describe('protected ranges', () => {
  const protect = (protectedRange: object) => batch([{ addProtectedRange: { protectedRange } }])
  const header = { sheetId: 0, startRowIndex: 0, endRowIndex: 1 }

  test('must name the one who sets them, and know no editors when they only warn', async () => {
    expect(await refusal(protect({ range: header, editors: { users: [officer] } }))).toMatchObject({
      status: 400,
      message: "Invalid requests[0].addProtectedRange: You can't remove yourself as an editor.",
    })
    const warning = protect({ range: header, warningOnly: true, editors: { users: [google.email] } })
    expect(await refusal(warning)).toMatchObject({ status: 400 })
  })

  test('stop writers who are not named, in people and in accounts, and let organizers through', async () => {
    await protect({ range: header, editors: { users: [google.email] } })
    const typed = { as: officer, sheetId: 0, cells: [{ row: 0, column: 0, text: 'x' }] }
    expect((await google.control('POST', `/spreadsheets/${id}/type`, typed)).status).toBe(403)
    const below = { ...typed, cells: [{ row: 1, column: 0, text: 'x' }] }
    expect((await google.control('POST', `/spreadsheets/${id}/type`, below)).status).toBe(200)
    await write('A1', [['หัวตาราง']])
    expect(await values('A1')).toEqual([['หัวตาราง']])
  })

  test('are changed and deleted by id', async () => {
    const added = await protect({ range: header, editors: { users: [google.email] } })
    const protectedRangeId = added.replies?.[0]?.addProtectedRange?.protectedRange?.protectedRangeId ?? 0
    const editors = { users: [google.email, officer] }
    await batch([{ updateProtectedRange: { protectedRange: { protectedRangeId, editors }, fields: 'editors' } }])
    expect((await get('sheets.protectedRanges')).sheets?.[0]?.protectedRanges?.[0]).toMatchObject({
      protectedRangeId,
      editors,
      requestingUserCanEdit: true,
    })
    await batch([{ deleteProtectedRange: { protectedRangeId } }])
    expect((await get('sheets.protectedRanges')).sheets?.[0]).not.toHaveProperty('protectedRanges')
    expect(await refusal(batch([{ deleteProtectedRange: { protectedRangeId } }]))).toMatchObject({ status: 400 })
  })

  test('lose their editors in a copy', async () => {
    await protect({ range: header, editors: { users: [google.email, officer] } })
    const copy = await google.drive.files.copy({ fileId: id, supportsAllDrives: true, requestBody: { name: 'สำเนา' } })
    const { data } = await google.sheets.spreadsheets.get({
      spreadsheetId: copy.data.id ?? '',
      fields: 'sheets.protectedRanges.editors',
    })
    expect(data.sheets?.[0]?.protectedRanges?.[0]?.editors?.users).toEqual([google.email])
  })
})

describe('a locked file', () => {
  test('refuses writes by whoever asks, until its organizer lifts the lock', async () => {
    const lock = (readOnly: boolean) =>
      google.drive.files.update({
        fileId: id,
        supportsAllDrives: true,
        requestBody: {
          contentRestrictions: [readOnly ? { readOnly, ownerRestricted: true, reason: 'ยืนยันแล้ว' } : { readOnly }],
        },
        fields: 'contentRestrictions(readOnly,reason,ownerRestricted)',
      })
    expect((await lock(true)).data.contentRestrictions).toEqual([
      { readOnly: true, reason: 'ยืนยันแล้ว', ownerRestricted: true },
    ])
    expect(await refusal(write('A1', [['x']]))).toEqual({
      status: 403,
      reason: 'forbidden',
      message: 'The caller does not have permission',
    })
    const title = { updateSpreadsheetProperties: { properties: { title: 'x' }, fields: 'title' } }
    expect(await refusal(batch([title]))).toMatchObject({ status: 403 })
    const typed = { as: officer, sheetId: 0, cells: [{ row: 0, column: 0, text: 'x' }] }
    const refused = await google.control('POST', `/spreadsheets/${id}/type`, typed)
    expect(refused).toEqual({ status: 403, body: { error: 'the spreadsheet is locked: ยืนยันแล้ว' } })
    expect((await google.control('POST', `/files/${id}/unlock`, { as: officer })).status).toBe(403)
    expect(await values('A1')).toBeUndefined()
    await lock(false)
    await write('A1', [['x']])
    expect((await google.control('POST', `/spreadsheets/${id}/type`, typed)).status).toBe(200)
  })
})
