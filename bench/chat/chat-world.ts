import { type ChildProcess, fork, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import type { OpenDatabase } from '../../src/db/open.ts'
import { openNation } from '../nation/open-nation.ts'
import type { ChatServer } from './chat-server.ts'
import type { SaidEvent } from './signed-call.ts'

const TOKEN_LIFE_MS = 10 * 60_000

export type ChatWorld = {
  nation: OpenDatabase
  /** What LINE's emulator keeps: its people, reply tokens and chats. */
  line: Database.Database
  port: number
  secret: string
  destination: string
  /** LINE knows these people, and a reply token for each of their events. */
  expect(events: readonly SaidEvent[]): void
  /** Until everything that came in is worked off and sent. */
  rest(): Promise<void>
  close(): void
}

/** LINE's emulator and the product's chat half on a nation, each a process of its own, over real HTTP. */
export async function openChatWorld(): Promise<ChatWorld> {
  const nation = openNation()
  const dir = mkdtempSync(join(tmpdir(), 'lec-bench-line-'))
  const children: ChildProcess[] = []
  const sandbox = spawn(process.execPath, [source('../../src/sandbox/main.ts'), '--dir', dir, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(sandbox)
  const { settings } = await firstLine(sandbox)
  const line = new Database(join(dir, 'line.db'))
  const server: ChatServer = {
    path: nation.raw.name,
    secret: settings['LINE_CHANNEL_SECRET'] ?? '',
    startedAt: Date.now(),
    line: {
      channelId: settings['LINE_CHANNEL_ID'] ?? '',
      channelSecret: settings['LINE_CHANNEL_SECRET'] ?? '',
      channelAccessToken: null,
      apiBaseUrl: settings['LINE_API_BASE_URL'] ?? '',
      dataApiBaseUrl: settings['LINE_DATA_API_BASE_URL'] ?? '',
    },
  }
  const product = fork(source('./chat-server.ts'), [JSON.stringify(server)])
  children.push(product)
  const port = await new Promise<number>((resolve, reject) => {
    product.once('message', (message) => resolve((message as { port: number }).port))
    product.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  return {
    nation,
    line,
    port,
    secret: server.secret,
    destination: '',
    expect: (events) => expectEvents(line, events),
    rest: () => comeToRest(nation),
    close() {
      for (const child of children) child.removeAllListeners('exit').kill('SIGKILL')
      line.close()
      nation.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

async function firstLine(child: ChildProcess): Promise<{ settings: Record<string, string> }> {
  if (!child.stdout) throw new Error('the emulator says nothing')
  for await (const text of createInterface(child.stdout))
    return JSON.parse(text) as { settings: Record<string, string> }
  throw new Error('the emulator did not start')
}

/** As if LINE had issued the tokens itself; the bench delivers the events in its place, at a pace of its own. */
function expectEvents(line: Database.Database, events: readonly SaidEvent[]): void {
  const person = line.prepare(
    `INSERT INTO people (user_id, display_name, friend, blocked, device) VALUES (?, 'เจ้าหน้าที่ทดสอบ', 1, 0, 'phone')
     ON CONFLICT DO NOTHING`,
  )
  const token = line.prepare(
    'INSERT INTO reply_tokens (token, chat_id, issued_at, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  line.transaction(() => {
    for (const { userId, replyToken, at } of events) {
      person.run(userId)
      token.run(replyToken, userId, at, at + TOKEN_LIFE_MS)
    }
  })()
}

async function comeToRest({ raw }: OpenDatabase): Promise<void> {
  const open = raw
    .prepare<[], number>(
      `SELECT (SELECT count(*) FROM inbox WHERE state <> 'done' AND state = 'new')
         + (SELECT count(*) FROM outbox WHERE state = 'pending' AND reply_token IS NOT NULL)`,
    )
    .pluck()
  for (const end = Date.now() + TOKEN_LIFE_MS; open.get() !== 0; ) {
    if (Date.now() > end) throw new Error('work was left undone')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
