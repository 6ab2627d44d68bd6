import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { openSandboxControl } from '../../src/demo/sandbox-control.ts'
import { startSandbox } from '../../src/sandbox/sandbox-server.ts'
import { type Actor, chatActor, type PagePerson } from '../world/chat-actor.ts'
import { comeToRest } from '../world/open-work.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const START_LIMIT_MS = 30_000
const REST_LIMIT_MS = 60_000

export type CrashWorld = Awaited<ReturnType<typeof openCrashWorld>>

/**
 * The real `npm start` process on a folder of its own, killed with SIGKILL and started again at will, beside a sandbox that
 * lives on. `from`: a folder that was filled before.
 */
export async function openCrashWorld(from: string | null) {
  const dir = mkdtempSync(join(tmpdir(), 'lec-crash-'))
  if (from) cpSync(from, dir, { recursive: true })
  // The copy is another world: it takes ports of its own.
  rmSync(join(dir, 'sandbox', 'sandbox.json'), { force: true })
  const sandbox = await startSandbox({ dir: join(dir, 'sandbox') })
  const control = openSandboxControl(sandbox.pageUrl)
  await control.send('PUT', '/line/settings', { redelivery: true, redeliveryDelayMs: 60 })
  await control.send('PUT', '/google/settings', { changeDelayMs: 50 })
  const transcript: string[] = []
  let child: ChildProcess | null = null
  let output = ''
  let kills = 0

  async function start(): Promise<void> {
    const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: dir, PORT: '0', LOG_LEVEL: 'warn' }
    const started = spawn(process.execPath, ['src/main.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    child = started
    const ready = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`not ready in time:\n${output}`)), START_LIMIT_MS)
      const read = (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-20_000)
        if (!output.includes('ready, open:')) return
        clearTimeout(timer)
        resolve()
      }
      started.stdout.on('data', read)
      started.stderr.on('data', read)
      started.once('exit', (code, signal) => {
        if (signal !== 'SIGKILL') reject(new Error(`ended by itself (${code}):\n${output}`))
      })
    })
    output = ''
    await ready
  }

  async function kill(): Promise<void> {
    const dying = child
    child = null
    if (!dying) return
    const gone = new Promise<void>((resolve) => dying.once('exit', () => resolve()))
    dying.kill('SIGKILL')
    await gone
    kills += 1
  }

  const reader = () => {
    const raw = new Database(join(dir, 'lec-confirm.db'), { readonly: true })
    raw.pragma('busy_timeout = 5000')
    return raw
  }
  let open: Database.Database | null = null
  const raw = () => {
    open ??= reader()
    return open
  }

  return {
    dir,
    control,
    transcript,
    raw,
    start,
    kill,
    kills: () => kills,
    output: () => output,
    async actor(unitName: string): Promise<Actor> {
      const page = await control.get<{ people: PagePerson[] }>('/page-data')
      const person = page.people.find((candidate) => candidate.unitName === unitName && candidate.role !== 'ผู้บริหาร')
      if (!person) throw new Error(`nobody at ${unitName}`)
      return chatActor({
        control,
        person,
        transcript,
        everyone: [],
        rest: () => comeToRest({ raw, control, limitMs: REST_LIMIT_MS }),
      })
    },
    people: async () => (await control.get<{ people: PagePerson[] }>('/page-data')).people,
    async waitFor(what: string, holds: () => boolean): Promise<void> {
      const deadline = Date.now() + REST_LIMIT_MS
      while (!holds()) {
        if (Date.now() > deadline) throw new Error(`waited in vain: ${what}\n${output}`)
        await sleep(40)
      }
    },
    async close(options: { keep?: boolean } = {}): Promise<void> {
      await kill()
      open?.close()
      await sandbox.close()
      if (!options.keep) rmSync(dir, { recursive: true, force: true })
    },
  }
}
