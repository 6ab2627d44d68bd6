import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { refusal, type ServedGoogle, serveGoogle } from './serve-google.ts'

let google: ServedGoogle
let id: string

beforeAll(async () => {
  google = await serveGoogle()
  id = await google.newSpreadsheet()
})
afterAll(() => google.close())
beforeEach(() => {
  google.clock.now += 120_000
})
afterEach(async () => {
  await google.control('DELETE', '/faults')
})

const read = () => google.sheets.spreadsheets.values.get({ spreadsheetId: id, range: 'A1' })
const write = (text: string) =>
  google.sheets.spreadsheets.values.update({
    spreadsheetId: id,
    range: 'A1',
    valueInputOption: 'RAW',
    requestBody: { values: [[text]] },
  })
const held = async () => (await read()).data.values?.[0]?.[0]
const fault = (body: object) => google.control('POST', '/faults', body)

describe('quotas', () => {
  test('allow an account 60 reads and 60 writes a minute', async () => {
    for (let count = 0; count < 60; count += 1) await read()
    const over = await read().catch((error) => error.response)
    expect(over.status).toBe(429)
    expect(over.data.error).toMatchObject({
      status: 'RESOURCE_EXHAUSTED',
      message:
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service 'sheets.googleapis.com' for consumer 'project_number:100000000001'.",
      errors: [{ reason: 'rateLimitExceeded' }],
      details: [{ reason: 'RATE_LIMIT_EXCEEDED', metadata: { quota_limit: 'ReadRequestsPerMinutePerUser' } }, {}],
    })
    await write('x')
    google.clock.now += 60_001
    expect(await held()).toBe('x')
  })

  test('count per project over all accounts', async () => {
    await google.control('PUT', '/settings', { readPerMinutePerProject: 3 })
    const made = await google.control('POST', '/service-accounts', { name: 'lec-other' })
    const other = await google.clientsFor(made.body.file)
    const readAs = (sheets: typeof google.sheets) => sheets.spreadsheets.values.get({ spreadsheetId: id, range: 'A1' })
    await readAs(google.sheets)
    await readAs(other.sheets)
    await readAs(other.sheets)
    const refused = await refusal(readAs(google.sheets))
    expect(refused.message).toContain("limit 'Read requests per minute' of service")
    await google.control('PUT', '/settings', { readPerMinutePerProject: 300 })
  })

  test('count a batch as one request', async () => {
    await google.control('PUT', '/settings', { writePerMinutePerUser: 1 })
    const requests = Array.from({ length: 20 }, (_, index) => ({ addSheet: { properties: { title: `ท${index}` } } }))
    await google.sheets.spreadsheets.batchUpdate({ spreadsheetId: id, requestBody: { requests } })
    expect(await refusal(write('y'))).toMatchObject({ status: 429 })
    await google.control('PUT', '/settings', { writePerMinutePerUser: 60 })
  })

  test('of Drive answer 403', async () => {
    await google.control('PUT', '/settings', { drivePerMinutePerUser: 0 })
    expect(await refusal(google.drive.drives.list())).toMatchObject({ status: 403, reason: 'userRateLimitExceeded' })
    await google.control('PUT', '/settings', { drivePerMinutePerUser: 12_000 })
  })

  test('refuse settings that do not exist', async () => {
    expect((await google.control('PUT', '/settings', { readsPerDay: 1 })).status).toBe(400)
  })
})

describe('faults', () => {
  test('are used up by the requests they fit', async () => {
    await fault({ on: 'sheets', kind: '429-read', times: 2 })
    await write('a')
    expect(await refusal(read())).toMatchObject({ status: 429, reason: 'rateLimitExceeded' })
    expect((await google.control('GET', '/faults')).body.faults).toMatchObject([{ kind: '429-read', left: 1 }])
    expect(await refusal(read())).toMatchObject({ status: 429 })
    expect(await held()).toBe('a')
  })

  test('fit by method and part of the path', async () => {
    await fault({ on: 'any', kind: '500', method: 'PUT', path: '/values/' })
    expect(await held()).toBe('a')
    expect(await refusal(write('b'))).toMatchObject({ status: 500, reason: 'backendError' })
  })

  test('503 before leaves nothing behind, 503 after leaves the write', async () => {
    await fault({ on: 'sheets', kind: '503-before' })
    expect(await refusal(write('before'))).toMatchObject({ status: 503, reason: 'backendError' })
    expect(await held()).toBe('a')
    await fault({ on: 'sheets', kind: '503-after', method: 'PUT' })
    expect(await refusal(write('after'))).toMatchObject({ status: 503 })
    expect(await held()).toBe('after')
  })

  test('a refused write stays refused when 503 after is on', async () => {
    await fault({ on: 'sheets', kind: '503-after' })
    const wrong = google.sheets.spreadsheets.values.get({ spreadsheetId: id, range: 'Nowhere!A1' })
    expect(await refusal(wrong)).toMatchObject({ status: 400 })
  })

  test('a cut connection has written, one cut before has not', async () => {
    await fault({ on: 'sheets', kind: 'cut', method: 'PUT' })
    expect(await refusal(write('cut'))).toMatchObject({ status: 0, reason: 'ECONNRESET' })
    expect(await held()).toBe('cut')
    await fault({ on: 'sheets', kind: 'cut-before', method: 'PUT' })
    expect(await refusal(write('cut before'))).toMatchObject({ status: 0 })
    expect(await held()).toBe('cut')
  })

  test('a timeout holds the request until the client gives up, without effect', async () => {
    await fault({ on: 'sheets', kind: 'timeout', method: 'PUT' })
    const slow = google.sheets.spreadsheets.values.update(
      { spreadsheetId: id, range: 'A1', valueInputOption: 'RAW', requestBody: { values: [['late']] } },
      { timeout: 100 },
    )
    expect(await refusal(slow)).toMatchObject({ status: 0 })
    expect(await held()).toBe('cut')
  })

  test('lost access is 403 in Sheets and 404 in Drive', async () => {
    await fault({ on: 'any', kind: 'access-lost', times: 2 })
    expect(await refusal(read())).toMatchObject({ status: 403, message: 'The caller does not have permission' })
    const file = google.drive.files.get({ fileId: id, supportsAllDrives: true })
    expect(await refusal(file)).toMatchObject({ status: 404, reason: 'notFound' })
  })

  test('of Drive are 403 rate limits', async () => {
    await fault({ on: 'drive', kind: '403-rate' })
    expect(await refusal(google.drive.drives.list())).toMatchObject({ status: 403, reason: 'userRateLimitExceeded' })
  })

  test('of the token endpoint refuse a sign-in', async () => {
    await fault({ on: 'token', kind: '503-before' })
    const response = await fetch(`${google.url}/token`, { method: 'POST', body: new URLSearchParams() })
    expect(response.status).toBe(503)
  })
})

describe('the request log', () => {
  test('tells what was asked, without tokens and without what people wrote', async () => {
    await write('ความลับ')
    const { items } = (await google.control('GET', '/requests?limit=5000')).body
    const last = items.at(-1)
    expect(last).toMatchObject({ method: 'PUT', status: 200, summary: 'values', email: google.email })
    expect(last?.path).toBe(`/v4/spreadsheets/${id}/values/A1?valueInputOption=RAW`)
    expect(JSON.stringify(items)).not.toMatch(/ya29|ความลับ/)
    expect((await google.control('GET', `/requests?after=${last?.seq}`)).body.items).toEqual([])
  })
})
