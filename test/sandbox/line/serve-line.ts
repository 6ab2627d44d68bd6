import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { messagingApi } from '@line/bot-sdk'
import { Hono } from 'hono'
import { openLineSandbox } from '../../../src/sandbox/line/line-sandbox.ts'

export type Channel = {
  channelId: string
  channelSecret: string
  channelAccessToken: string
  botUserId: string
  basicId: string
}
export type Answer<T> = { status: number; body: T }

export type ServedLine = {
  apiUrl: string
  dir: string
  channel: Channel
  client: messagingApi.MessagingApiClient
  blobs: messagingApi.MessagingApiBlobClient
  control: <T = Record<string, unknown>>(method: string, path: string, body?: unknown) => Promise<T>
  tryControl: <T = Record<string, unknown>>(method: string, path: string, body?: unknown) => Promise<Answer<T>>
  /** A friend of the bot, added long ago. */
  friend: (displayName?: string) => Promise<string>
  close: (options?: { keep?: boolean }) => Promise<void>
}

export type Exchange = { method: string; path: string; request: unknown; status: number; response: unknown }
type Fetch = (request: Request, env?: object) => Response | Promise<Response>

const parsed = (text: string, type: string | null): unknown => {
  if (text === '') return undefined
  if (type?.startsWith('application/json')) return JSON.parse(text) as unknown
  if (type?.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text))
  return text
}

/** Shows every exchange to somebody, unchanged for those who take part in it. */
const watched =
  (inner: Fetch, watch: (exchange: Exchange) => void): Fetch =>
  async (request, env) => {
    const sent = await request.clone().text()
    const response = await inner(request, env)
    const answered = await response.clone().text()
    watch({
      method: request.method,
      path: new URL(request.url).pathname,
      request: parsed(sent, request.headers.get('content-type')),
      status: response.status,
      response: parsed(answered, response.headers.get('content-type')),
    })
    return response
  }

const listen = async (handle: Fetch) => {
  const server = serve({ fetch: handle, port: 0, hostname: '127.0.0.1' })
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, close }
}

/** Serves LINE's side on free ports, with clients of the real SDK pointed at it. */
export async function serveLine(
  options: { dir?: string; now?: () => number; watch?: (exchange: Exchange) => void } = {},
): Promise<ServedLine> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'line-sandbox-')))
  let apiUrl = ''
  const sandbox = openLineSandbox({ dir, apiBaseUrl: () => apiUrl, ...(options.now ? { now: options.now } : {}) })
  const page = new Hono().route('/_sandbox/line', sandbox.control)
  const { watch } = options
  const apiFetch = watch ? watched(sandbox.api.fetch, watch) : sandbox.api.fetch
  const [api, pages] = await Promise.all([listen(apiFetch), listen(page.fetch)])
  apiUrl = api.url

  const tryControl = async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    const response = await fetch(`${pages.url}/_sandbox/line${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    return { status: response.status, body: (await response.json()) as T }
  }
  const control = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await tryControl<T>(method, path, body)
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const channel = await control<Channel>('GET', '/channel')
  const config = { baseURL: apiUrl, channelAccessToken: channel.channelAccessToken }

  return {
    apiUrl,
    dir,
    channel,
    client: new messagingApi.MessagingApiClient(config),
    blobs: new messagingApi.MessagingApiBlobClient(config),
    control,
    tryControl,
    friend: async (displayName = 'สมศรี ทดสอบ') =>
      (await control<{ userId: string }>('POST', '/people', { displayName, friend: true })).userId,
    close: async ({ keep = false } = {}) => {
      await sandbox.close()
      await Promise.all([api.close(), pages.close()])
      if (!keep) await rm(dir, { recursive: true, force: true })
    },
  }
}
