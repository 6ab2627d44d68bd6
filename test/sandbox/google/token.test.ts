import { generateKeyPairSync } from 'node:crypto'
import { statSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askToken, refusal, type ServedGoogle, serveGoogle } from './serve-google.ts'

let google: ServedGoogle
let keyFile: string

beforeAll(async () => {
  google = await serveGoogle()
  keyFile = (await google.control('GET', '/setup')).body.serviceAccountFile
})
afterAll(() => google.close())

const ask = (change: Partial<Parameters<typeof askToken>[1]> = {}) =>
  askToken(google.url, { keyFile, clock: google.clock, ...change })

describe('the token endpoint', () => {
  test('gives a bearer token of 3599 seconds for a good assertion', async () => {
    const { status, body } = await ask()
    expect(status).toBe(200)
    expect(body).toMatchObject({ expires_in: 3599, token_type: 'Bearer' })
  })

  test('keeps the key file readable by its owner alone', () => {
    expect(statSync(keyFile).mode & 0o777).toBe(0o600)
  })

  test('accepts the audience that google-auth-library writes', async () => {
    expect((await ask({ claims: { aud: 'https://oauth2.googleapis.com/token' } })).status).toBe(200)
  })

  test.each([
    ['an unknown account', { iss: 'nobody@lec-sandbox.iam.gserviceaccount.com' }, 'invalid_grant'],
    ['another audience', { aud: 'https://example.org/token' }, 'invalid_grant'],
    ['an expired assertion', { iat: 1_000, exp: 4_600 }, 'invalid_grant'],
    ['an assertion for longer than an hour', { exp: 1_714_532_400 + 7_300 }, 'invalid_grant'],
    ['no scope', { scope: '' }, 'invalid_scope'],
    ['a made-up scope', { scope: 'spreadsheets' }, 'invalid_scope'],
    ['somebody to impersonate', { sub: 'someone@example.org' }, 'unauthorized_client'],
  ])('refuses %s', async (_, claims, error) => {
    const { status, body } = await ask({ claims })
    expect(body.error).toBe(error)
    expect(status).toBe(error === 'unauthorized_client' ? 401 : 400)
  })

  test('refuses a signature by another key and another grant type', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    expect((await ask({ privateKey })).body).toEqual({
      error: 'invalid_grant',
      error_description: 'Invalid JWT Signature.',
    })
    expect((await ask({ grantType: 'password' })).body.error).toBe('unsupported_grant_type')
  })
})

describe('bearer tokens', () => {
  test('are needed on every call', async () => {
    for (const path of ['/v4/spreadsheets/x', '/drive/v3/files', '/v4/spreadsheets/x/values/A1']) {
      const response = await fetch(google.url + path, { headers: { authorization: 'Bearer nonsense' } })
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ error: { code: 401, status: 'UNAUTHENTICATED' } })
    }
  })

  test('expire', async () => {
    const { body } = await ask()
    const headers = { authorization: `Bearer ${body.access_token}` }
    const list = () => fetch(`${google.url}/drive/v3/drives`, { headers })
    expect((await list()).status).toBe(200)
    google.clock.now += 3_600_000
    expect((await list()).status).toBe(401)
    google.clock.now -= 3_600_000
  })

  test('reach only what their scopes name', async () => {
    const scope = 'https://www.googleapis.com/auth/spreadsheets.readonly'
    const { body } = await ask({ claims: { scope } })
    const response = await fetch(`${google.url}/drive/v3/files`, {
      headers: { authorization: `Bearer ${body.access_token}` },
    })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ error: { errors: [{ reason: 'insufficientPermissions' }] } })
  })

  test('of a second service account work once it is made', async () => {
    const made = await google.control('POST', '/service-accounts', { name: 'lec-second' })
    const second = await google.clientsFor(made.body.file)
    const id = await google.newSpreadsheet()
    expect((await second.sheets.spreadsheets.get({ spreadsheetId: id })).data.spreadsheetId).toBe(id)
  })

  test('survive a restart of the sandbox', async () => {
    await google.restart()
    expect((await google.drive.drives.list()).data.drives?.[0]?.id).toBe(google.sharedDriveId)
  })

  test('of an outsider do not open files', async () => {
    const made = await google.control('POST', '/service-accounts', { name: 'lec-outside', organizer: false })
    const outside = await google.clientsFor(made.body.file)
    const id = await google.newSpreadsheet()
    expect(await refusal(outside.sheets.spreadsheets.get({ spreadsheetId: id }))).toMatchObject({ status: 403 })
    const viaDrive = outside.drive.files.get({ fileId: id, supportsAllDrives: true })
    expect(await refusal(viaDrive)).toMatchObject({ status: 404, reason: 'notFound' })
  })
})
