import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type ServedGoogle, serveGoogle } from './serve-google.ts'

let google: ServedGoogle

beforeAll(async () => {
  google = await serveGoogle()
  await google.control('PUT', '/settings', { readPerMinutePerUser: 9999, writePerMinutePerUser: 9999 })
  await google.control('PUT', '/settings', { readPerMinutePerProject: 9999, writePerMinutePerProject: 9999 })
})
afterAll(() => google.close())

const write = (spreadsheetId: string, range: string, values: unknown[][], valueInputOption = 'RAW') =>
  google.sheets.spreadsheets.values.update({ spreadsheetId, range, valueInputOption, requestBody: { values } })
const read = async (spreadsheetId: string, range: string, options = {}) =>
  (await google.sheets.spreadsheets.values.get({ spreadsheetId, range, ...options })).data
const cell = async (spreadsheetId: string, range: string) => {
  const { data } = await google.sheets.spreadsheets.get({
    spreadsheetId,
    ranges: [range],
    fields: 'sheets.data.rowData.values(userEnteredValue,effectiveValue,formattedValue,userEnteredFormat.numberFormat)',
  })
  return data.sheets?.[0]?.data?.[0]?.rowData?.[0]?.values?.[0] ?? {}
}

describe('typed cells', () => {
  test.each([
    ['a 13-digit number, which loses its leading zero', '0113200420331', { numberValue: 113200420331 }, '113200420331'],
    ['a 13-digit number that starts with 1', '1101700207030', { numberValue: 1101700207030 }, '1101700207030'],
    ['a quoted number as text without the quote', "'0113200420331", { stringValue: '0113200420331' }, '0113200420331'],
    ['a CE date', '15/05/2017', { numberValue: 42870 }, '15/5/2017'],
    ['a BE date, whose year is taken as it stands', '15/05/2560', { numberValue: 241197 }, '15/5/2560'],
    [
      'a day that the BE year does not have as a CE year, as text',
      '29/02/2559',
      { stringValue: '29/02/2559' },
      '29/02/2559',
    ],
    ['29 February of the CE year 2560', '29/02/2560', { numberValue: 241121 }, '29/2/2560'],
    ['a date with a two-digit year as 19xx', '15/5/60', { numberValue: 22051 }, '15/5/1960'],
    ['a room like 1/2 as a date', '1/2', { numberValue: 45323 }, '1/2'],
    ['a Thai date as text', '15 พ.ค. 2560', { stringValue: '15 พ.ค. 2560' }, '15 พ.ค. 2560'],
    ['Thai digits as text', '๑๒๓', { stringValue: '๑๒๓' }, '๑๒๓'],
    ['a truth value', 'true', { boolValue: true }, 'TRUE'],
    ['a percentage', '12.5%', { numberValue: 0.125 }, '12.50%'],
    ['a grouped number', '1,234', { numberValue: 1234 }, '1,234'],
    ['a time', '10:30', { numberValue: 0.4375 }, '10:30'],
    ['sixteen digits in scientific form', '1234567890123456', { numberValue: 1234567890123456 }, '1.23457E+15'],
  ])('hold %s', async (_, text, value, formatted) => {
    const id = await google.newSpreadsheet()
    await write(id, 'A1', [[text]], 'USER_ENTERED')
    const held = await cell(id, 'A1')
    expect(held.userEnteredValue).toEqual(value)
    expect(held.formattedValue).toBe(formatted)
  })

  test('keep text in a cell that is formatted as text', async () => {
    const id = await google.newSpreadsheet()
    const range = { sheetId: 0, startColumnIndex: 0, endColumnIndex: 1 }
    const text = { userEnteredFormat: { numberFormat: { type: 'TEXT' } } }
    await google.sheets.spreadsheets.batchUpdate({
      spreadsheetId: id,
      requestBody: { requests: [{ repeatCell: { range, cell: text, fields: 'userEnteredFormat.numberFormat' } }] },
    })
    await write(id, 'A1:A3', [['0113200420331'], ['15/05/2560'], ['=1+1']], 'USER_ENTERED')
    expect((await read(id, 'A1:A3')).values).toEqual([['0113200420331'], ['15/05/2560'], ['=1+1']])
    expect((await cell(id, 'A1')).userEnteredValue).toEqual({ stringValue: '0113200420331' })
  })

  test('compute simple formulas and name unknown functions', async () => {
    const id = await google.newSpreadsheet()
    const formulas = ['=A1+A2*2', '=SUM(A1:A3)', '="ก"&"ข"', '=NOSUCH(1)', '=1/0', '=A5', "='Sheet1'!A1", '=H1']
    await write(id, 'A1', [[1], [2], [3]])
    await write(
      id,
      'B1',
      formulas.map((formula) => [formula]),
      'USER_ENTERED',
    )
    const { values } = await read(id, 'B1:B8')
    expect(values?.flat()).toEqual(['5', '6', 'กข', '#NAME?', '#DIV/0!', '0', '1', '0'])
    const stored = await read(id, 'B1:B2', { valueRenderOption: 'FORMULA' })
    expect(stored.values).toEqual([['=A1+A2*2'], ['=SUM(A1:A3)']])
    expect((await cell(id, 'B4')).effectiveValue).toEqual({
      errorValue: { type: 'NAME', message: "Unknown function: 'NOSUCH'." },
    })
  })

  test('answer a formula that leads to itself with an error', async () => {
    const id = await google.newSpreadsheet()
    await write(id, 'A1', [['=B1', '=A1']], 'USER_ENTERED')
    expect((await read(id, 'A1:B1')).values).toEqual([['#REF!', '#REF!']])
  })
})

describe('values', () => {
  test('are written raw without being read', async () => {
    const id = await google.newSpreadsheet()
    await write(id, 'A1', [['0113200420331', '=1+1', 'TRUE', 5, true]])
    expect((await read(id, 'A1:E1', { valueRenderOption: 'UNFORMATTED_VALUE' })).values).toEqual([
      ['0113200420331', '=1+1', 'TRUE', 5, true],
    ])
  })

  test('leave trailing blanks out, and null skips where empty text clears', async () => {
    const id = await google.newSpreadsheet()
    await write(id, 'A1', [['a', 'b', 'c'], ['d', '', ''], ['', '', ''], ['e']])
    await write(id, 'A1', [[null, '', 'C'], ['']])
    expect(await read(id, 'A1:Z1000')).toEqual({
      range: 'Sheet1!A1:Z1000',
      majorDimension: 'ROWS',
      values: [['a', '', 'C'], [], [], ['e']],
    })
    expect(await read(id, 'F1:G9')).toEqual({ range: 'Sheet1!F1:G9', majorDimension: 'ROWS' })
  })

  test('come by columns when asked for', async () => {
    const id = await google.newSpreadsheet()
    await write(id, 'A1', [['a', 'b'], ['c']])
    expect((await read(id, 'A1:B2', { majorDimension: 'COLUMNS' })).values).toEqual([['a', 'c'], ['b']])
  })

  test('are read in batches with unformatted dates as serials', async () => {
    const id = await google.newSpreadsheet()
    await write(id, 'A1', [['15/05/2560', 'x']], 'USER_ENTERED')
    const { data } = await google.sheets.spreadsheets.values.batchGet({
      spreadsheetId: id,
      ranges: ['A1', 'B1:B2'],
      valueRenderOption: 'UNFORMATTED_VALUE',
    })
    expect(data.valueRanges?.map((one) => one.values)).toEqual([[[241197]], [['x']]])
    const asText = { valueRenderOption: 'UNFORMATTED_VALUE', dateTimeRenderOption: 'FORMATTED_STRING' }
    expect((await read(id, 'A1', asText)).values).toEqual([['15/5/2560']])
  })

  test('are appended after the table, and the grid grows', async () => {
    const id = await google.newSpreadsheet()
    await write(id, 'A1', [
      ['a', 'b'],
      ['c', 'd'],
    ])
    const append = (values: unknown[][]) =>
      google.sheets.spreadsheets.values.append({
        spreadsheetId: id,
        range: 'A1',
        valueInputOption: 'RAW',
        requestBody: { values },
      })
    expect((await append([['e', 'f']])).data).toMatchObject({
      tableRange: 'Sheet1!A1:B2',
      updates: { updatedRange: 'Sheet1!A3:B3', updatedRows: 1, updatedCells: 2 },
    })
    await append(Array.from({ length: 1000 }, (_, row) => [row]))
    const { data } = await google.sheets.spreadsheets.get({
      spreadsheetId: id,
      fields: 'sheets.properties.gridProperties',
    })
    expect(data.sheets?.[0]?.properties?.gridProperties?.rowCount).toBe(1003)
  })

  test('are cleared alone and in batches, formats staying', async () => {
    const id = await google.newSpreadsheet()
    await write(id, 'A1', [['15/05/2560', 'b', 'c']], 'USER_ENTERED')
    await google.sheets.spreadsheets.values.clear({ spreadsheetId: id, range: 'A1' })
    const { data } = await google.sheets.spreadsheets.values.batchClear({
      spreadsheetId: id,
      requestBody: { ranges: ['C1'] },
    })
    expect(data.clearedRanges).toEqual(['Sheet1!C1'])
    expect((await read(id, 'A1:C1')).values).toEqual([['', 'b']])
    expect((await cell(id, 'A1')).userEnteredFormat?.numberFormat?.type).toBe('DATE')
  })

  test('are written in batches that fail as a whole', async () => {
    const id = await google.newSpreadsheet()
    const batch = (ranges: string[]) =>
      google.sheets.spreadsheets.values.batchUpdate({
        spreadsheetId: id,
        requestBody: { valueInputOption: 'RAW', data: ranges.map((range) => ({ range, values: [['x']] })) },
      })
    expect(await refusal(batch(['A1', 'Nowhere!A1']))).toMatchObject({
      status: 400,
      message: 'Unable to parse range: Nowhere!A1',
    })
    expect((await read(id, 'A1')).values).toBeUndefined()
    expect((await batch(['A1', 'B1'])).data).toMatchObject({ totalUpdatedCells: 2, totalUpdatedSheets: 1 })
  })

  test.each([
    [
      'more rows than the range',
      'A1:B1',
      [['a'], ['b']],
      'Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]',
    ],
    [
      'more columns than the range',
      'A1:B1',
      [['a', 'b', 'c']],
      'Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]',
    ],
    ['beyond the grid', 'A1001', [['a']], 'Range (A1001) exceeds grid limits. Max rows: 1000, max columns: 26'],
    ['an object', 'A1', [[{ a: 1 }]], 'Invalid values[0][0]: struct_value or list_value cannot be written to a cell'],
    [
      'too long a text',
      'A1',
      [['ก'.repeat(50_001)]],
      'Your input contains more than the maximum of 50000 characters in a single cell.',
    ],
  ])('refuse %s', async (_, range, values, message) => {
    const id = await google.newSpreadsheet()
    expect(await refusal(write(id, range, values))).toEqual({ status: 400, reason: 'badRequest', message })
  })

  test('need a valid input option', async () => {
    const id = await google.newSpreadsheet()
    const body = { spreadsheetId: id, range: 'A1', requestBody: { values: [['x']] } }
    expect(await refusal(google.sheets.spreadsheets.values.update(body))).toMatchObject({
      status: 400,
      message: "'valueInputOption' is required but not specified",
    })
  })

  test('are reached by tabs with Thai names', async () => {
    const id = await google.newSpreadsheet()
    await google.sheets.spreadsheets.batchUpdate({
      spreadsheetId: id,
      requestBody: { requests: [{ addSheet: { properties: { title: 'ราย ชื่อ' } } }] },
    })
    await write(id, "'ราย ชื่อ'!B2", [['x']])
    expect(await read(id, "'ราย ชื่อ'!A2:B")).toMatchObject({ range: "'ราย ชื่อ'!A2:B1000", values: [['', 'x']] })
  })
})
