import { OAuth2Client } from 'google-auth-library'
import { GoogleSpreadsheet } from 'google-spreadsheet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServedGoogle, serveGoogle } from './serve-google.ts'

let google: ServedGoogle
const realFetch = globalThis.fetch

// google-spreadsheet has the addresses of Google's servers written into it and offers no setting for them.
beforeAll(async () => {
  google = await serveGoogle()
  globalThis.fetch = (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    if (url.hostname.endsWith('googleapis.com'))
      return realFetch(new Request(google.url + url.pathname + url.search, request))
    return realFetch(request)
  }
})
afterAll(async () => {
  globalThis.fetch = realFetch
  await google.close()
})

async function openDocument() {
  const auth = new OAuth2Client()
  auth.setCredentials({ access_token: google.token, expiry_date: Date.now() + 3_600_000 })
  const id = await google.newSpreadsheet('ทะเบียน')
  return new GoogleSpreadsheet(id, auth)
}

describe('the npm package google-spreadsheet', () => {
  test('reads and changes the document and its tabs', async () => {
    const doc = await openDocument()
    await doc.loadInfo()
    expect(doc.title).toBe('ทะเบียน')
    const tab = await doc.addSheet({ title: 'รายชื่อ', headerValues: ['เลขประจำตัว', 'ชื่อ'] })
    await tab.updateProperties({ title: 'รายชื่อใหม่' })
    await doc.loadInfo(true)
    expect(doc.sheetsByIndex.map((sheet) => sheet.title)).toEqual(['Sheet1', 'รายชื่อใหม่'])
    await doc.sheetsByTitle['Sheet1']?.delete()
    expect(doc.sheetCount).toBe(1)
  })

  test('adds, changes and deletes rows by their headers', async () => {
    const doc = await openDocument()
    const tab = await doc.addSheet({ title: 'รายชื่อ', headerValues: ['เลขประจำตัว', 'ชื่อ'] })
    await tab.addRows([
      { เลขประจำตัว: '0113200420331', ชื่อ: 'สมมติ' },
      { เลขประจำตัว: '1101700207030', ชื่อ: 'ตัวอย่าง' },
    ])
    const rows = await tab.getRows()
    expect(rows.map((row) => row.get('เลขประจำตัว'))).toEqual(['113200420331', '1101700207030'])
    rows[0]?.set('ชื่อ', 'เปลี่ยนแล้ว')
    await rows[0]?.save()
    await rows[1]?.delete()
    expect((await tab.getRows()).map((row) => row.get('ชื่อ'))).toEqual(['เปลี่ยนแล้ว'])
  })

  test('loads cells and writes values, notes and formats back', async () => {
    const doc = await openDocument()
    await doc.loadInfo()
    const tab = doc.sheetsByIndex[0]
    if (!tab) throw new Error('there is no first tab')
    await tab.loadCells('A1:B2')
    const cell = tab.getCell(0, 0)
    cell.value = 'ค่า'
    cell.note = 'หมายเหตุ'
    cell.textFormat = { bold: true }
    tab.getCell(1, 1).formula = '=1+2'
    await tab.saveUpdatedCells()
    await tab.loadCells()
    expect(tab.getCell(0, 0).note).toBe('หมายเหตุ')
    expect(tab.getCell(0, 0).textFormat?.bold).toBe(true)
    expect(tab.getCell(1, 1).value).toBe(3)
  })
})
