import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { AppError } from './app-error.ts'
import { type OpenDatabase, transact } from './db/open.ts'
import { installation } from './db/schema.ts'
import { DEMO_FILLED } from './demo/fill-demo.ts'

const SERVED_LIVE = 'served-live'

/** Demo people must never be answered by the real LINE, nor real officers by the sandbox: a database serves one of them for good. */
export function guardMode(database: OpenDatabase, mode: 'sandbox' | 'live', dataDir: string): void {
  const has = (name: string) =>
    transact(database.db, (tx) => tx.select().from(installation).where(eq(installation.name, name)).get()) !== undefined
  if (mode === 'live' && has(DEMO_FILLED)) {
    throw new AppError(
      `The database in ${dataDir} holds the sandbox's demo province. Set DATA_DIR to another folder for real work`,
      { code: 'bad-config' },
    )
  }
  if (mode === 'sandbox' && has(SERVED_LIVE)) {
    throw new AppError(
      `The database in ${dataDir} has served the real LINE and Google. Give their settings, or set DATA_DIR to another folder to try things out`,
      { code: 'bad-config' },
    )
  }
  if (mode === 'live')
    transact(database.db, (tx) =>
      tx.insert(installation).values({ name: SERVED_LIVE, value: '1' }).onConflictDoNothing().run(),
    )
}

const FILE = 'product.json'

/** In sandbox mode a second product on the same folder would take the webhook from the first: it is refused. */
export async function refuseSecondProduct(dataDir: string): Promise<void> {
  const running = readRunning(dataDir)
  if (!running) return
  const answers = await fetch(`http://127.0.0.1:${running.port}/healthz`, { signal: AbortSignal.timeout(1500) })
    // 503: it runs and something is wrong with it.
    .then((answer) => answer.ok || answer.status === 503)
    .catch(() => false)
  if (answers)
    throw new AppError(
      `lec-confirm is already running on ${dataDir} (process ${running.pid}); stop it first, or set DATA_DIR to another folder`,
      { code: 'bad-config' },
    )
}

export function noteRunning(dataDir: string, port: number): () => void {
  const path = join(dataDir, FILE)
  writeFileSync(path, JSON.stringify({ pid: process.pid, port }))
  return () => rmSync(path, { force: true })
}

function readRunning(dataDir: string): { pid: number; port: number } | null {
  try {
    const { pid, port } = JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')) as { pid: number; port: number }
    process.kill(pid, 0)
    return { pid, port }
  } catch {
    return null
  }
}
