import { spawn } from 'node:child_process'
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { AppError } from './app-error.ts'

const SANDBOX_PROGRAM = fileURLToPath(new URL('./sandbox/main.ts', import.meta.url))
const START_LIMIT_MS = 30_000
/** Holds the process id of a sandbox that a product started: after a kill, the next product in good order ends it. */
const STARTED_BY_PRODUCT = 'started-by-product'

const described = z.object({
  pid: z.number().int(),
  pageUrl: z.url(),
  lineUrl: z.url(),
  googleUrl: z.url(),
  settings: z.record(z.string(), z.string()),
})

export type AttachedSandbox = z.infer<typeof described> & {
  /** A product started it (this one, or one that was killed) and ends it when it ends in good order. */
  startedByUs: boolean
  stop(): void
}

/** The sandbox of `dir` when it runs, or null. */
export async function findSandbox(dir: string): Promise<AttachedSandbox | null> {
  const file = readDescription(dir)
  if (!file) return null
  const healthy = await fetch(`${file.pageUrl}/_sandbox/health`, { signal: AbortSignal.timeout(2000) })
    .then(async (answer) => ((await answer.json()) as { pid?: number }).pid === file.pid)
    .catch(() => false)
  if (!healthy) return null
  return { ...file, startedByUs: startedByProduct(dir, file.pid), stop: () => stopProcess(file.pid) }
}

/** Finds the running sandbox of `dir` or starts one, as a process of its own that outlives this one. */
export async function attachSandbox(dir: string): Promise<AttachedSandbox> {
  const running = await findSandbox(dir)
  if (running) return running
  mkdirSync(dir, { recursive: true })
  const logPath = join(dir, 'sandbox.log')
  const log = openSync(logPath, 'a')
  const child = spawn(process.execPath, [SANDBOX_PROGRAM, '--dir', dir], {
    detached: true,
    stdio: ['ignore', log, log],
  })
  child.unref()
  let exited: number | null = null
  child.on('exit', (code) => {
    exited = code ?? 1
  })
  const deadline = Date.now() + START_LIMIT_MS
  while (Date.now() < deadline && exited === null) {
    const found = await findSandbox(dir)
    if (found && found.pid === child.pid) {
      writeFileSync(join(dir, STARTED_BY_PRODUCT), String(found.pid))
      return { ...found, startedByUs: true }
    }
    await sleep(100)
  }
  const tail = readFileSync(logPath, 'utf8').trim().split('\n').slice(-5).join('\n')
  throw new AppError(`The sandbox did not start. Its last words:\n${tail}`, { code: 'sandbox' })
}

function startedByProduct(dir: string, pid: number): boolean {
  try {
    return readFileSync(join(dir, STARTED_BY_PRODUCT), 'utf8') === String(pid)
  } catch {
    return false
  }
}

function readDescription(dir: string): z.infer<typeof described> | null {
  try {
    return described.parse(JSON.parse(readFileSync(join(dir, 'sandbox.json'), 'utf8')))
  } catch {
    return null
  }
}

function stopProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM')
  } catch {
    // It has ended by itself.
  }
}
