import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type ServedGoogle, serveGoogle } from './serve-google.ts'

let google: ServedGoogle
let id: string

beforeAll(async () => {
  google = await serveGoogle()
  id = await google.newSpreadsheet('โรงเรียนตัวอย่าง')
  await google.sheets.spreadsheets.batchUpdate({
    spreadsheetId: id,
    requestBody: {
      requests: [
        {
          updateCells: {
            start: { sheetId: 0, rowIndex: 0, columnIndex: 0 },
            rows: [
              {
                values: [
                  { userEnteredValue: { stringValue: 'ชื่อ' }, note: 'หมายเหตุ' },
                  { userEnteredValue: { numberValue: 5 } },
                ],
              },
              {},
              { values: [{}, { userEnteredValue: { boolValue: true } }] },
            ],
            fields: 'userEnteredValue,note',
          },
        },
        {
          addSheet: {
            properties: { sheetId: 7, title: 'ผลตรวจ', hidden: true, gridProperties: { rowCount: 5, columnCount: 3 } },
          },
        },
      ],
    },
  })
})
afterAll(() => google.close())

const get = async (fields?: string, options = {}) =>
  (await google.sheets.spreadsheets.get({ spreadsheetId: id, ...(fields ? { fields } : {}), ...options })).data

describe('spreadsheets.get', () => {
  test('answers properties and tabs without cells', async () => {
    const data = await get()
    expect(data).toMatchObject({
      spreadsheetId: id,
      properties: { title: 'โรงเรียนตัวอย่าง', locale: 'th_TH', timeZone: 'Asia/Bangkok' },
      spreadsheetUrl: `https://docs.google.com/spreadsheets/d/${id}/edit`,
    })
    expect(data.sheets?.map((sheet) => sheet.properties)).toEqual([
      { sheetId: 0, title: 'Sheet1', index: 0, sheetType: 'GRID', gridProperties: { rowCount: 1000, columnCount: 26 } },
      {
        sheetId: 7,
        title: 'ผลตรวจ',
        index: 1,
        sheetType: 'GRID',
        hidden: true,
        gridProperties: { rowCount: 5, columnCount: 3 },
      },
    ])
    expect(data.sheets?.[0]).not.toHaveProperty('data')
  })

  test('answers nested masks with typed cells, leaving trailing blanks out', async () => {
    const data = await get('sheets(properties(sheetId,title),data/rowData(values(userEnteredValue,formattedValue)))')
    expect(data).toEqual({
      sheets: [
        {
          properties: { sheetId: 0, title: 'Sheet1' },
          data: [
            {
              rowData: [
                {
                  values: [
                    { userEnteredValue: { stringValue: 'ชื่อ' }, formattedValue: 'ชื่อ' },
                    { userEnteredValue: { numberValue: 5 }, formattedValue: '5' },
                  ],
                },
                {},
                { values: [{}, { userEnteredValue: { boolValue: true }, formattedValue: 'TRUE' }] },
              ],
            },
          ],
        },
        { properties: { sheetId: 7, title: 'ผลตรวจ' }, data: [{}] },
      ],
    })
  })

  test('ignores includeGridData when a mask is given', async () => {
    const data = await get('sheets.properties.title', { includeGridData: true })
    expect(data).toEqual({ sheets: [{ properties: { title: 'Sheet1' } }, { properties: { title: 'ผลตรวจ' } }] })
  })

  test('answers all of the grid when asked', async () => {
    const data = await get(undefined, { includeGridData: true, ranges: ['Sheet1!A1:B3'] })
    const grid = data.sheets?.[0]?.data?.[0]
    expect(data.sheets).toHaveLength(1)
    expect(grid?.rowData?.[0]?.values?.[0]).toMatchObject({
      userEnteredValue: { stringValue: 'ชื่อ' },
      effectiveValue: { stringValue: 'ชื่อ' },
      formattedValue: 'ชื่อ',
      note: 'หมายเหตุ',
      effectiveFormat: { textFormat: { fontSize: 10 } },
    })
    expect(grid?.columnMetadata).toEqual([{ pixelSize: 100 }, { pixelSize: 100 }])
    expect(grid?.rowMetadata).toHaveLength(3)
  })

  test('limits cells to the ranges, which say where they start', async () => {
    const data = await get('sheets.data(startRow,startColumn,rowData.values.formattedValue)', {
      ranges: ['Sheet1!B3:C9'],
    })
    expect(data.sheets).toEqual([
      { data: [{ startRow: 2, startColumn: 1, rowData: [{ values: [{ formattedValue: 'TRUE' }] }] }] },
    ])
  })

  test('pretty-prints unless told not to', async () => {
    const fetchText = async (query: string) => {
      const url = `${google.url}/v4/spreadsheets/${id}?fields=spreadsheetId${query}`
      return (await fetch(url, { headers: { authorization: `Bearer ${google.token}` } })).text()
    }
    expect(await fetchText('')).toContain('\n  "spreadsheetId"')
    expect(await fetchText('&prettyPrint=false')).toBe(`{"spreadsheetId":"${id}"}\n`)
  })

  test.each(['sheets.nonsense', 'sheets(properties', 'sheets.data.rowData.values.userEnteredFormat.colour'])(
    'refuses the mask %s',
    async (fields) => {
      expect(await refusal(get(fields))).toMatchObject({
        status: 400,
        message: 'Request contains an invalid argument.',
      })
    },
  )

  test('tells an unknown id from one that is closed', async () => {
    const unknown = google.sheets.spreadsheets.get({ spreadsheetId: 'nothing-here' })
    expect(await refusal(unknown)).toMatchObject({ status: 404, message: 'Requested entity was not found.' })
    await google.control('POST', `/files/${id}/revoke-access`, {})
    expect(await refusal(get())).toMatchObject({ status: 403, message: 'The caller does not have permission' })
    await google.control('POST', `/files/${id}/restore-access`, {})
    expect((await get('spreadsheetId')).spreadsheetId).toBe(id)
  })

  test('refuses ranges that stand for nothing', async () => {
    expect(await refusal(get(undefined, { ranges: ['ไม่มี!A1'] }))).toMatchObject({
      status: 400,
      message: 'Unable to parse range: ไม่มี!A1',
    })
  })
})

describe('spreadsheets.create', () => {
  test('is refused, because a service account owns no storage', async () => {
    const create = google.sheets.spreadsheets.create({ requestBody: { properties: { title: 'x' } } })
    expect(await refusal(create)).toMatchObject({ status: 403, reason: 'forbidden' })
  })
})
