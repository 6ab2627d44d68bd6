import { createSign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { globalAgent } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerType, serve } from '@hono/node-server'
import { OAuth2Client } from 'google-auth-library'
import { type drive_v3, drive as driveApi } from 'googleapis/build/src/apis/drive/index.js'
import { type sheets_v4, sheets as sheetsApi } from 'googleapis/build/src/apis/sheets/index.js'
import { Hono } from 'hono'
import { openGoogleSandbox } from '../../../src/sandbox/google/google-sandbox.ts'

export const spreadsheetType = 'application/vnd.google-apps.spreadsheet'
export const officer = 'officer@example.go.th'

export type ServedGoogle = {
  url: string
  dir: string
  sharedDriveId: string
  email: string
  sheets: sheets_v4.Sheets
  drive: drive_v3.Drive
  token: string
  /** The clock of the platform; tests move it instead of waiting. */
  clock: { now: number }
  control: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: ControlAnswer }>
  clientsFor: (keyFile: string) => Promise<{ sheets: sheets_v4.Sheets; drive: drive_v3.Drive; token: string }>
  newSpreadsheet: (name?: string) => Promise<string>
  restart: () => Promise<void>
  close: () => Promise<void>
}
type CellView = { v: string; kind: string; note?: string; list?: string[] }
type SheetView = {
  title: string
  rowCount: number
  columnCount: number
  rows: [CellView, ...CellView[]][]
  merges: object[]
  protected: [{ canEdit: boolean }]
}
/** All that answers of the control API may hold; each test looks at what its request brings. */
export type ControlAnswer = {
  error: string
  email: string
  file: string
  serviceAccountFile: string
  serviceAccounts: [{ email: string; file: string }]
  sharedDriveId: string
  faults: { kind: string; left: number }[]
  items: { seq: number; method: string; path: string; status: number; summary: string }[]
  files: { id: string; lastModifyingUser: { emailAddress: string } }[]
  locked: boolean
  canEdit: boolean
  permissions: { email: string; role: string }[]
  sheets: [SheetView]
}
export type TokenAnswer = { access_token: string; error: string; error_description: string }
type GoogleRefusal = { error: { message: string; errors?: { reason: string }[] } }

/** A Google of its own on a free port, with clients that signed in to it. */
export async function serveGoogle(): Promise<ServedGoogle> {
  const dir = mkdtempSync(join(tmpdir(), 'google-sandbox-'))
  const clock = { now: Date.UTC(2024, 4, 1, 3, 0, 0) }
  let url = ''
  let server: ServerType
  let sandbox: ReturnType<typeof openGoogleSandbox>
  const start = async (port: number) => {
    sandbox = openGoogleSandbox({ dir, now: () => clock.now, apiBaseUrl: () => url })
    const app = new Hono().route('/_sandbox/google', sandbox.control).route('/', sandbox.api)
    await new Promise<void>((resolve) => {
      server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (info: AddressInfo) => {
        url = `http://127.0.0.1:${info.port}`
        resolve()
      })
    })
  }
  const stop = async () => {
    await sandbox.close()
    await new Promise((resolve) => {
      server.close(resolve)
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  }
  await start(0)
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/_sandbox/google${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    return { status: response.status, body: (await response.json()) as ControlAnswer }
  }
  const setup = (await control('GET', '/setup')).body
  const clientsFor = async (keyFile: string) => {
    const { body } = await askToken(url, { keyFile, clock })
    const auth = new OAuth2Client()
    auth.setCredentials({ access_token: body.access_token, expiry_date: Date.now() + 86_400_000 })
    const options = { version: 'v4', auth, rootUrl: `${url}/`, retry: false, timeout: 10_000 } as const
    const sheets = sheetsApi(options)
    const drive = driveApi({ ...options, version: 'v3' })
    return { sheets, drive, token: String(body.access_token) }
  }
  const clients = await clientsFor(setup.serviceAccountFile)
  await control('POST', '/accounts', { email: officer, name: 'เจ้าหน้าที่ ตัวอย่าง' })
  const newSpreadsheet = async (name = 'รายชื่อ') => {
    const created = await clients.drive.files.create({
      supportsAllDrives: true,
      requestBody: { name, mimeType: spreadsheetType, parents: [setup.sharedDriveId] },
    })
    const id = created.data.id ?? ''
    await clients.drive.permissions.create({
      fileId: id,
      supportsAllDrives: true,
      sendNotificationEmail: false,
      requestBody: { type: 'user', role: 'writer', emailAddress: officer },
    })
    return id
  }
  return {
    get url() {
      return url
    },
    dir,
    sharedDriveId: setup.sharedDriveId,
    email: setup.serviceAccounts[0].email,
    ...clients,
    clock,
    control,
    clientsFor,
    newSpreadsheet,
    restart: async () => {
      const port = Number(new URL(url).port)
      await stop()
      await start(port)
      // Connections kept for the server that went away would fail the next request.
      globalAgent.destroy()
    },
    close: async () => {
      await stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export const bothScopes = 'https://www.googleapis.com/auth/spreadsheets https://www.googleapis.com/auth/drive'

/** Signs an assertion as the client libraries do and asks for a token; claims and key may be bent. */
export async function askToken(
  url: string,
  options: {
    keyFile: string
    clock: { now: number }
    claims?: Record<string, unknown>
    privateKey?: string
    grantType?: string
  },
): Promise<{ status: number; body: TokenAnswer }> {
  const key = JSON.parse(readFileSync(options.keyFile, 'utf8')) as Record<string, string>
  const iat = Math.floor(options.clock.now / 1000)
  const claims = {
    iss: key['client_email'],
    aud: key['token_uri'],
    scope: bothScopes,
    iat,
    exp: iat + 3600,
    ...options.claims,
  }
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const unsigned = `${encode({ alg: 'RS256', typ: 'JWT', kid: key['private_key_id'] })}.${encode(claims)}`
  const signature = createSign('RSA-SHA256')
    .update(unsigned)
    .sign(options.privateKey ?? key['private_key'] ?? '', 'base64url')
  const grant = options.grantType ?? 'urn:ietf:params:oauth:grant-type:jwt-bearer'
  const form = new URLSearchParams({ grant_type: grant, assertion: `${unsigned}.${signature}` })
  const response = await fetch(`${url}/token`, { method: 'POST', body: form })
  return { status: response.status, body: (await response.json()) as TokenAnswer }
}

/** The status and the first reason of a refused call. */
export async function refusal(call: Promise<unknown>): Promise<{ status: number; reason: string; message: string }> {
  try {
    await call
  } catch (error) {
    const { status, data } = (error as { response?: { status: number; data: GoogleRefusal } }).response ?? {}
    if (status === undefined || data === undefined)
      return { status: 0, reason: String((error as { code?: unknown }).code), message: '' }
    return { status, reason: data.error.errors?.[0]?.reason ?? '', message: data.error.message }
  }
  throw new Error('the call was expected to be refused')
}
