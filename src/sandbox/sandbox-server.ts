import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Hono } from 'hono'
import { clockControl } from './clock-file.ts'
import { openGoogleSandbox } from './google/google-sandbox.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import { openLineSandbox } from './line/line-sandbox.ts'
import { type Listening, listen } from './listen.ts'
import { pageApp } from './page/page-app.ts'

export type SandboxPorts = { line: number; google: number; page: number }

/** Settings by the names under which any client of LINE and Google takes them (they are also the product's). */
export type SandboxSettings = {
  LINE_CHANNEL_ID: string
  LINE_CHANNEL_SECRET: string
  LINE_API_BASE_URL: string
  LINE_DATA_API_BASE_URL: string
  GOOGLE_APPLICATION_CREDENTIALS: string
  GOOGLE_SHARED_DRIVE_ID: string
  GOOGLE_SHEETS_ROOT_URL: string
  GOOGLE_DRIVE_ROOT_URL: string
  GOOGLE_TOKEN_URL: string
}

/** The content of `sandbox.json`; URLs have no slash at the end, except those that googleapis reads as root URLs. */
export type SandboxFile = {
  pid: number
  lineUrl: string
  googleUrl: string
  pageUrl: string
  settings: SandboxSettings
}

export type RunningSandbox = SandboxFile & { close(): Promise<void> }

export class SandboxRunningError extends Error {
  override name = 'SandboxRunningError'
}

/** Opens both platforms on one directory and serves them with the page; port 0 means the port of the last run, else any. */
export async function startSandbox(options: {
  dir: string
  ports?: Partial<SandboxPorts>
  host?: string
  now?: () => number
}): Promise<RunningSandbox> {
  const dir = resolve(options.dir)
  const host = options.host ?? '127.0.0.1'
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file = join(dir, 'sandbox.json')
  const last = readSandboxFile(dir)
  await refuseSecond(dir, last)

  const clock = options.now === undefined ? {} : { now: options.now }
  let lineUrl = ''
  let googleUrl = ''
  const line = openLineSandbox({ dir, ...clock, apiBaseUrl: () => lineUrl })
  const google = openGoogleSandbox({ dir, ...clock, apiBaseUrl: () => googleUrl })
  const page = new Hono()
    .route('/_sandbox/line', line.control)
    .route('/_sandbox/google', google.control)
    .route('/_sandbox/clock', clockControl({ dir, ...clock }))
    .get('/_sandbox/health', (c) => c.json({ ok: true, pid: process.pid }))
    .route('/', pageApp({ dir }))

  const servers: Listening[] = []
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()))
    await Promise.all([line.close(), google.close()])
  }
  const open = async (app: Hono, side: keyof SandboxPorts, url: string | undefined): Promise<string> => {
    const preferred = url === undefined ? undefined : Number(new URL(url).port)
    const port = options.ports?.[side] ?? 0
    const server = await listen(app, { host, port, ...(preferred === undefined ? {} : { preferred }) })
    servers.push(server)
    return `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`
  }

  try {
    lineUrl = await open(line.api, 'line', last?.lineUrl)
    googleUrl = await open(google.api, 'google', last?.googleUrl)
    const pageUrl = await open(page, 'page', last?.pageUrl)
    const settings = await readSettings({ line: line.control, google: google.control, lineUrl, googleUrl })
    const described: SandboxFile = { pid: process.pid, lineUrl, googleUrl, pageUrl, settings }
    writeJsonFile(file, described)
    return { ...described, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** What the last or the running sandbox of this directory wrote; undefined before the first one. */
export function readSandboxFile(dir: string): SandboxFile | undefined {
  const kept = readJsonFile(join(dir, 'sandbox.json'))
  if (typeof kept !== 'object' || kept === null) return undefined
  if (!('pageUrl' in kept) || !('lineUrl' in kept) || !('googleUrl' in kept) || !('settings' in kept)) return undefined
  return [kept.pageUrl, kept.lineUrl, kept.googleUrl].every((url) => typeof url === 'string' && URL.canParse(url))
    ? (kept as SandboxFile)
    : undefined
}

/** Two processes on one directory would answer for the same people: the second one must not start. */
async function refuseSecond(dir: string, last: SandboxFile | undefined): Promise<void> {
  if (last === undefined) return
  const health: unknown = await fetch(`${last.pageUrl}/_sandbox/health`, { signal: AbortSignal.timeout(1_500) })
    .then((answer) => answer.json())
    .catch(() => undefined)
  if (typeof health !== 'object' || health === null || !('pid' in health) || health.pid !== last.pid) return
  throw new SandboxRunningError(`a sandbox on ${dir} is already running at ${last.pageUrl} (process ${last.pid})`)
}

async function readSettings(at: {
  line: Hono
  google: Hono
  lineUrl: string
  googleUrl: string
}): Promise<SandboxSettings> {
  const channel = (await (await at.line.request('/channel')).json()) as Record<string, string>
  const setup = (await (await at.google.request('/setup')).json()) as Record<string, string>
  return {
    LINE_CHANNEL_ID: String(channel['channelId']),
    LINE_CHANNEL_SECRET: String(channel['channelSecret']),
    LINE_API_BASE_URL: at.lineUrl,
    LINE_DATA_API_BASE_URL: at.lineUrl,
    GOOGLE_APPLICATION_CREDENTIALS: String(setup['serviceAccountFile']),
    GOOGLE_SHARED_DRIVE_ID: String(setup['sharedDriveId']),
    GOOGLE_SHEETS_ROOT_URL: `${at.googleUrl}/`,
    GOOGLE_DRIVE_ROOT_URL: `${at.googleUrl}/`,
    GOOGLE_TOKEN_URL: `${at.googleUrl}/token`,
  }
}
