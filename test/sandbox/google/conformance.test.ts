import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { driveMessages } from '../../../src/sandbox/google/schema/drive-messages.ts'
import { readMessages } from '../../../src/sandbox/google/schema/message-fields.ts'
import { sheetsMessages } from '../../../src/sandbox/google/schema/sheets-messages.ts'
import { openGoogleSpecs } from '../../conformance/google-discovery.ts'
import { officer, type ServedGoogle, serveGoogle, spreadsheetType } from './serve-google.ts'

const specs = openGoogleSpecs()
let google: ServedGoogle

beforeAll(async () => {
  google = await serveGoogle()
})
afterAll(() => google.close())

/** Sends a request and answers the faults that Google's documents find in it and in what came back. */
async function exchange(method: string, path: string, body?: unknown) {
  const response = await fetch(google.url + path, {
    method,
    headers: { authorization: `Bearer ${google.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const answer: unknown = text === '' ? undefined : JSON.parse(text)
  expect(response.status, text).toBeLessThan(300)
  const faults = specs ? [...specs.checkRequest(method, path, body), ...specs.checkResponse(method, path, answer)] : []
  return { answer, faults }
}

describe('answers', () => {
  test('have the form that Google describes', async () => {
    const id = await google.newSpreadsheet()
    const sheet = `/v4/spreadsheets/${id}`
    const file = `/drive/v3/files/${id}`
    const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 1 }
    const requests = [
      { addSheet: { properties: { title: 'ผลตรวจ', sheetId: 5 } } },
      {
        updateCells: {
          range,
          rows: [{ values: [{ userEnteredValue: { stringValue: 'ก' }, note: 'ข' }] }],
          fields: 'userEnteredValue,note',
        },
      },
      {
        repeatCell: {
          range,
          cell: { userEnteredFormat: { numberFormat: { type: 'TEXT' }, backgroundColor: { red: 1 } } },
          fields: 'userEnteredFormat',
        },
      },
      { setDataValidation: { range, rule: { condition: { type: 'BOOLEAN' }, strict: true } } },
      { addProtectedRange: { protectedRange: { range, editors: { users: [google.email] } } } },
      {
        createDeveloperMetadata: {
          developerMetadata: { metadataKey: 'k', location: { sheetId: 0 }, visibility: 'DOCUMENT' },
        },
      },
      { mergeCells: { range: { ...range, startRowIndex: 5, endRowIndex: 7 }, mergeType: 'MERGE_ALL' } },
      { addNamedRange: { namedRange: { name: 'ตาราง', range } } },
      {
        addConditionalFormatRule: {
          rule: { ranges: [range], booleanRule: { condition: { type: 'NOT_BLANK' }, format: {} } },
        },
      },
      { setBasicFilter: { filter: { range } } },
      { updateBorders: { range, top: { style: 'SOLID' } } },
    ]
    const drive = `driveId=${google.sharedDriveId}&supportsAllDrives=true&includeItemsFromAllDrives=true`
    const filters = { dataFilters: [{ developerMetadataLookup: { metadataKey: 'k' } }] }
    const exchanges: [string, string, unknown?][] = [
      ['POST', `${sheet}:batchUpdate`, { requests, includeSpreadsheetInResponse: true, responseIncludeGridData: true }],
      ['GET', `${sheet}?includeGridData=true`],
      [
        'GET',
        `${sheet}?fields=sheets(properties,data/rowData(values(userEnteredValue,formattedValue)))&prettyPrint=false`,
      ],
      ['POST', `${sheet}:getByDataFilter`, { ...filters, includeGridData: true }],
      [
        'PUT',
        `${sheet}/values/A2%3AB2?valueInputOption=USER_ENTERED&includeValuesInResponse=true`,
        { values: [['1', '=1/0']] },
      ],
      ['GET', `${sheet}/values/A1%3AB2?valueRenderOption=UNFORMATTED_VALUE`],
      ['GET', `${sheet}/values:batchGet?ranges=A1&ranges=B2`],
      ['POST', `${sheet}/values:batchUpdate`, { valueInputOption: 'RAW', data: [{ range: 'A3', values: [['x']] }] }],
      ['POST', `${sheet}/values/A1:append?valueInputOption=RAW`, { values: [['y']] }],
      ['POST', `${sheet}/values/A1:clear`, {}],
      ['POST', `${sheet}/values:batchClear`, { ranges: ['A2'] }],
      ['POST', `${sheet}/developerMetadata:search`, filters],
      ['POST', `${sheet}/sheets/0:copyTo`, { destinationSpreadsheetId: id }],
      [
        'PATCH',
        `${file}?supportsAllDrives=true&fields=*`,
        { contentRestrictions: [{ readOnly: true, reason: 'ก' }], appProperties: { a: 'b' } },
      ],
      ['PATCH', `${file}?supportsAllDrives=true`, { contentRestrictions: [{ readOnly: false }] }],
      ['GET', `${file}?supportsAllDrives=true&fields=*`],
      [
        'POST',
        `/drive/v3/files?supportsAllDrives=true`,
        { name: 'x', mimeType: spreadsheetType, parents: [google.sharedDriveId] },
      ],
      ['POST', `${file}/copy?supportsAllDrives=true`, { name: 'y' }],
      ['GET', `/drive/v3/files?corpora=drive&${drive}&fields=*`],
      ['GET', `${file}/permissions?supportsAllDrives=true&fields=*`],
      [
        'POST',
        `${file}/permissions?supportsAllDrives=true&sendNotificationEmail=false`,
        { type: 'user', role: 'reader', emailAddress: officer },
      ],
      ['GET', `/drive/v3/changes/startPageToken?driveId=${google.sharedDriveId}&supportsAllDrives=true`],
      ['GET', `/drive/v3/changes?pageToken=1&${drive}&fields=*`],
      ['GET', '/drive/v3/drives?fields=*'],
      ['GET', `/drive/v3/drives/${google.sharedDriveId}?fields=*`],
      ['GET', '/drive/v3/about?fields=*'],
      ['GET', '/drive/v3/files/generateIds?count=2'],
      ['DELETE', `${file}?supportsAllDrives=true`],
    ]
    google.clock.now += 5000
    for (const [method, path, body] of exchanges) {
      const { faults } = await exchange(method, path, body)
      expect(faults, `${method} ${path}`).toEqual([])
    }
  })

  test('are refused by the checker when they are wrong', () => {
    if (!specs) return
    expect(specs.checkRequest('GET', '/v4/spreadsheets/x?colour=1', undefined)).toHaveLength(1)
    expect(specs.checkRequest('GET', '/v4/spreadsheets/x?fields=sheets.colour', undefined)).toHaveLength(1)
    expect(specs.checkRequest('POST', '/v4/spreadsheets/x:batchUpdate', { requests: [{ paint: {} }] })).toHaveLength(1)
    expect(specs.checkResponse('GET', '/drive/v3/files/x', { version: 5 })).toHaveLength(1)
    expect(specs.checkRequest('GET', '/v4/nothing', undefined)).toHaveLength(1)
  })
})

describe('the message tables', () => {
  test.each([
    ['sheets', sheetsMessages],
    ['drive', driveMessages],
  ] as const)('of %s name exactly the fields that Google names', (api, table) => {
    if (!specs) return
    const messages = readMessages(table)
    for (const name of Object.keys(table).filter((one) => one !== 'Empty')) {
      expect([...messages(name).keys()].sort(), name).toEqual(specs.fieldsOf(api, name)?.sort())
    }
  })

  test.each([
    ['sheets', sheetsMessages],
    ['drive', driveMessages],
  ] as const)('of %s lack no message that they use', (_, table) => {
    const messages = readMessages(table)
    const used = Object.keys(table).flatMap((name) =>
      [...messages(name).values()].flatMap((field) => field.message ?? []),
    )
    expect(used.length).toBeGreaterThan(5)
    expect(used.filter((name) => table[name] === undefined)).toEqual([])
  })
})
