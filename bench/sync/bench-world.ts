import { fork } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Db, type OpenDatabase, openDatabase } from '../../src/db/open.ts'
import { pollChangesJob } from '../../src/jobs/poll-changes.ts'
import type { Job } from '../../src/jobs/runner.ts'
import { syncSheetsJob } from '../../src/jobs/sync-sheets.ts'
import { openLog } from '../../src/log.ts'
import { openGoogleClients } from '../../src/sheets/google-clients.ts'
import { meterGoogle } from '../../src/sheets/metered-google.ts'
import type { SheetDeps } from '../../src/sheets/sheet-deps.ts'
import { putGoogleFarAway } from './far-away.ts'
import { seedNation } from './seed-nation.ts'
import type { StandInOrder, StandInReport } from './stand-in-orders.ts'
import { openVirtualClock } from './virtual-clock.ts'

const SERVICE_ACCOUNTS = 5
const DISK_RUNS = 100
const NATION_STARTS = Date.UTC(2024, 5, 10, 1, 0, 0)

export type BenchWorld = Awaited<ReturnType<typeof openBenchWorld>>

/** The product's sheet side as it runs, on a virtual clock, with a nation of sheets in another process. */
export async function openBenchWorld(input: { sheets: number; rows: number }) {
  const dir = mkdtempSync(join(tmpdir(), 'lec-bench-sync-'))
  const child = fork(fileURLToPath(new URL('./stand-in.ts', import.meta.url)), [String(input.rows)])
  const { port } = await answerOf<{ port: number }>(child)
  const clock = openVirtualClock(NATION_STARTS)
  const far = putGoogleFarAway(clock)
  const origin = `http://127.0.0.1:${port}`
  const identities = openGoogleClients({
    credentials: serviceAccounts(),
    sheetsRootUrl: `${origin}/`,
    driveRootUrl: `${origin}/`,
    tokenUrl: `${origin}/token`,
    timeoutMs: 60_000,
  })
  const database = openDatabase(join(dir, 'nation.db'))
  const { db, raw } = database
  const disk = measureDisk(raw)
  // A nation's commits would wait for the disk for a quarter of an hour: they are counted and the wait is told.
  raw.pragma('synchronous = OFF')
  const commits = countCommits(db)
  seedNation(db, { sheets: input.sheets, now: clock.now() })
  const deps: SheetDeps = {
    db,
    google: meterGoogle({ identities, db, platformNow: clock.now, wait: clock.wait }),
    driveId: 'nation',
    clock: { now: clock.now, platformNow: clock.now, toDomain: (ms) => ms },
    log: openLog('warn'),
  }
  const order = async (asked: StandInOrder): Promise<StandInReport> => {
    child.send(asked)
    return clock.during(() => answerOf<StandInReport>(child))
  }
  return {
    clock,
    deps,
    order,
    disk,
    commits,
    jobs: { poll: pollChangesJob(deps), sync: syncSheetsJob(deps) },
    close() {
      far.restore()
      child.removeAllListeners('exit')
      child.kill('SIGKILL')
      database.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Runs a job as the product's runner does, resting between runs, until `done` says so. */
export async function loopJob(clock: BenchWorld['clock'], job: Job, done: () => boolean): Promise<void> {
  const { signal } = new AbortController()
  while (!done()) {
    await job.run(signal)
    await clock.wait(job.everyMs)
  }
}

/** Milliseconds that a commit waits for the disk. */
function measureDisk(raw: OpenDatabase['raw']): number {
  raw.exec('CREATE TABLE bench_disk (x)')
  const insert = raw.prepare('INSERT INTO bench_disk VALUES (1)')
  const began = performance.now()
  for (let run = 0; run < DISK_RUNS; run += 1) insert.run()
  const each = (performance.now() - began) / DISK_RUNS
  raw.exec('DROP TABLE bench_disk')
  return each
}

function countCommits(db: Db): { count: number } {
  const commits = { count: 0 }
  const transaction = db.transaction.bind(db)
  db.transaction = (...given) => {
    commits.count += 1
    return transaction(...given)
  }
  return commits
}

function serviceAccounts() {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return Array.from({ length: SERVICE_ACCOUNTS }, (_, index) => ({
    client_email: `worker-${index}@bench.example`,
    private_key: privateKey,
    project_id: 'bench',
  }))
}

function answerOf<T>(child: ReturnType<typeof fork>): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the stand-in ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message as T)
    })
  })
}
