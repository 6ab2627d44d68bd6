import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from './app-error.ts'
import { type AttachedSandbox, attachSandbox } from './attach-sandbox.ts'
import { type Clock, clockFromFile, realClock } from './clock.ts'
import { type Config, loadConfig, readEnvironment } from './config.ts'
import { guardMode, noteRunning, refuseSecondProduct } from './data-dir-guard.ts'
import type { OpenDatabase } from './db/open.ts'
import { fillDemo } from './demo/fill-demo.ts'
import { fillMenus } from './demo/fill-menus.ts'
import { openLog } from './log.ts'
import { type Product, startProduct } from './product.ts'
import { openProductDatabase } from './product-database.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(): Promise<void> {
  const environment = readEnvironment()
  const config = loadConfig(environment)
  if (config.mode === 'live') return endOnSignal(await startLive(config))
  sayLoudly()
  await refuseSecondProduct(config.dataDir)
  const sandbox = await attachSandbox(join(config.dataDir, 'sandbox'))
  const inSandbox = loadConfig({ ...environment, ...sandbox.settings }, { sandbox: true })
  const product = await startInSandbox({ config: inSandbox, sandbox, portGiven: Boolean(environment['PORT']) })
  endOnSignal(product, sandbox)
}

async function startLive(config: Config): Promise<Product> {
  const log = openLog(config.logLevel)
  const database = openProductDatabase(config)
  guardMode(database, 'live', config.dataDir)
  const product = await startProduct({ config, clock: realClock, log, database })
  log.info({ port: product.port }, 'lec-confirm is ready')
  return product
}

async function startInSandbox(input: {
  config: Config
  sandbox: AttachedSandbox
  portGiven: boolean
}): Promise<Product> {
  const { config, sandbox } = input
  const log = openLog(config.logLevel)
  const clock: Clock = clockFromFile(join(config.dataDir, 'sandbox', 'clock.json'))
  const database = openProductDatabase(config)
  guardMode(database, 'sandbox', config.dataDir)
  await fillDemo({ config, sandbox, clock, log, database, say })
  const product = await startProduct({ config, clock, log, database, portMayMove: !input.portGiven })
  process.on('exit', noteRunning(config.dataDir, product.port))
  await fillMenus({ db: database.db, clock, log, menus: product.line.menus, say })
  await firstReads(database)
  say('')
  say(`  พร้อมใช้งาน เปิดเบราว์เซอร์ที่ / ready, open:  ${sandbox.pageUrl}/`)
  say('')
  return product
}

/** A newcomer who is quick would otherwise ask for the status of sheets that nobody has read yet. */
async function firstReads(database: OpenDatabase): Promise<void> {
  const unread = database.raw.prepare('SELECT count(*) AS n FROM sheet_files WHERE read_at IS NULL')
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(100)) {
    if ((unread.get() as { n: number }).n === 0) return
  }
}

function sayLoudly(): void {
  say('='.repeat(78))
  say('  SANDBOX MODE / โหมดทดลอง: ไม่ได้เชื่อมต่อ LINE และ Google จริง')
  say('  No LINE or Google settings were given: both are emulated on this machine.')
  say('  Nothing here reaches a real person. Settings for the real services: .env.example')
  say('='.repeat(78))
}

function endOnSignal(product: Product, sandbox?: AttachedSandbox): void {
  let ending = false
  const end = (): void => {
    if (ending) process.exit(1)
    ending = true
    product.close().then(
      () => {
        if (sandbox?.startedByUs) sandbox.stop()
        process.exit(0)
      },
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

try {
  await main()
} catch (error) {
  const expected = error instanceof AppError
  process.stderr.write(`lec-confirm: ${expected ? error.message : ((error as Error).stack ?? String(error))}\n`)
  process.exit(expected && error.code === 'bad-config' ? 2 : 1)
}
