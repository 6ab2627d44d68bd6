import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SandboxFile } from '../../../src/sandbox/sandbox-server.ts'

const MAIN = join(import.meta.dirname, '../../../src/sandbox/main.ts')
let dir = ''
let started: ChildProcess[] = []

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lec-sandbox-'))
  started = []
})

afterEach(async () => {
  for (const child of started) await end(child, 'SIGKILL')
  rmSync(dir, { recursive: true, force: true })
})

function run(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [MAIN, '--dir', dir, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  return child
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
  return child.exitCode
}

/** All that the process says until a line of it matches, or until it ends. */
async function output(child: ChildProcess, until?: RegExp): Promise<string> {
  let text = ''
  return new Promise((resolve) => {
    const read = (chunk: Buffer): void => {
      text += chunk.toString()
      if (until?.test(text)) resolve(text)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.on('close', () => resolve(text))
  })
}

const sandboxFile = (): SandboxFile => JSON.parse(readFileSync(join(dir, 'sandbox.json'), 'utf8')) as SandboxFile

describe('npm run sandbox', () => {
  test('prints the settings as .env lines, keeps them in sandbox.json, and ends cleanly on SIGTERM', async () => {
    const child = run()
    const text = await output(child, /GOOGLE_TOKEN_URL=.*\n/)
    const { settings, pageUrl, pid } = sandboxFile()
    for (const [name, value] of Object.entries(settings)) expect(text).toContain(`${name}=${value}\n`)
    expect(settings.GOOGLE_SHEETS_ROOT_URL.endsWith('/')).toBe(true)
    expect(statSync(join(dir, 'sandbox.json')).mode & 0o077).toBe(0)
    const health = await fetch(`${pageUrl}/_sandbox/health`)
    expect(await health.json()).toEqual({ ok: true, pid })
    expect(pid).toBe(child.pid)
    expect(await end(child, 'SIGTERM')).toBe(0)
  })

  test('takes the same ports, channel and drive again after it was killed', async () => {
    const first = run('--json')
    await output(first, /\n/)
    const before = sandboxFile()
    await end(first, 'SIGKILL')
    const second = run('--json')
    const described = JSON.parse(await output(second, /\n/)) as SandboxFile
    expect({ ...described, pid: 0 }).toEqual({ ...before, pid: 0 })
  })

  test('refuses to start twice on one directory', async () => {
    await output(run('--json'), /\n/)
    const second = run()
    expect(await output(second)).toContain('already running')
    expect(second.exitCode).toBe(1)
  })

  test('says which port is taken and exits with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const child = run('--line-port', String(port))
    expect(await output(child)).toBe(`sandbox: port ${port} on 127.0.0.1 is already in use\n`)
    expect(child.exitCode).toBe(1)
    other.close()
  })

  test.each([[['--line-port', 'x']], [['--nonsense']]])('explains itself when started with %j', async (args) => {
    const child = run(...args)
    expect(await output(child)).toContain('npm run sandbox --')
    expect(child.exitCode).toBe(1)
  })
})
