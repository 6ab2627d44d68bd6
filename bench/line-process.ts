import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LineClient, openLineClient } from '../src/bot/line-client.ts'

export type LineProcess = {
  client: LineClient
  control(method: string, path: string, body?: unknown): Promise<unknown>
  stop(): void
}

/** LINE's sandbox in a process of its own, without a monthly limit, and the product's client for it. */
export async function startLineProcess(dir: string): Promise<LineProcess> {
  const main = fileURLToPath(new URL('../src/sandbox/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, '--dir', join(dir, 'sandbox'), '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const text = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the sandbox ended')))
    child.stdout.once('data', (data: Buffer) => resolve(data.toString()))
  })
  const { pageUrl, settings } = JSON.parse(text) as { pageUrl: string; settings: Record<string, string> }
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const sent =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const answer = await fetch(`${pageUrl}/_sandbox/line${path}`, { method, ...sent })
    return answer.json()
  }
  await control('PUT', '/settings', { quota: { type: 'none' } })
  const apiBaseUrl = settings['LINE_API_BASE_URL'] ?? ''
  const client = openLineClient({
    channelId: settings['LINE_CHANNEL_ID'] ?? '',
    channelSecret: settings['LINE_CHANNEL_SECRET'] ?? '',
    channelAccessToken: null,
    apiBaseUrl,
    dataApiBaseUrl: apiBaseUrl,
  })
  return { client, control, stop: () => child.kill('SIGTERM') }
}
