import { setTimeout as sleep } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import type { SandboxControl } from '../../src/demo/sandbox-control.ts'

/** What the product still has to do; all zero is rest. Sheets that wait for their reading count only when asked for. */
export function openWork(raw: Database.Database): Record<string, number> {
  const count = (sql: string) => (raw.prepare(sql).get() as { n: number }).n
  return {
    inbox: count("SELECT count(*) n FROM inbox WHERE state = 'new'"),
    runs: count("SELECT count(*) n FROM confirm_runs WHERE step <> 'done'"),
    outbox: count("SELECT count(*) n FROM outbox WHERE state = 'pending'"),
    locks: count('SELECT count(*) n FROM sheet_files WHERE locked <> lock_wanted'),
  }
}

/** Waits until LINE has delivered everything and the product has nothing left to do. */
export async function comeToRest(input: {
  raw: () => Database.Database
  control: SandboxControl
  limitMs: number
}): Promise<void> {
  const deadline = Date.now() + input.limitMs
  for (let quiet = 0; quiet < 2; ) {
    const { idle } = await input.control.send<{ idle: boolean }>('POST', '/line/idle', { timeoutMs: 1000 })
    const work = openWork(input.raw())
    quiet = idle && Object.values(work).every((n) => n === 0) ? quiet + 1 : 0
    if (Date.now() > deadline) throw new Error(`the world did not come to rest: ${JSON.stringify(work)}`)
    await sleep(60)
  }
}
