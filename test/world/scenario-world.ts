import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { clockFromFile } from '../../src/clock.ts'
import { loadConfig } from '../../src/config.ts'
import { fillDemo } from '../../src/demo/fill-demo.ts'
import { openSandboxControl } from '../../src/demo/sandbox-control.ts'
import { openLog } from '../../src/log.ts'
import { type Product, startProduct } from '../../src/product.ts'
import { openProductDatabase } from '../../src/product-database.ts'
import { type SandboxSettings, startSandbox } from '../../src/sandbox/sandbox-server.ts'
import { type Actor, chatActor, lastSeqs, type PagePerson, settledLine, writeTold } from './chat-actor.ts'
import { comeToRest, openWork } from './open-work.ts'

/** How long the world may take to come to rest after an act. */
const REST_LIMIT_MS = 20_000

export type World = Awaited<ReturnType<typeof openScenarioWorld>>

/** The demo province on the real servers: sandbox over HTTP, product with its jobs, database in a folder of its own. */
export async function openScenarioWorld(
  options: { settings?: (of: SandboxSettings) => Promise<Partial<SandboxSettings>> } = {},
) {
  const dir = mkdtempSync(join(tmpdir(), 'lec-world-'))
  const sandbox = await startSandbox({ dir: join(dir, 'sandbox') })
  const control = openSandboxControl(sandbox.pageUrl)
  await control.send('PUT', '/google/settings', { changeDelayMs: 100 })
  const settings = { ...sandbox.settings, ...(await options.settings?.(sandbox.settings)) }
  const config = loadConfig({ ...settings, DATA_DIR: dir, PORT: '0', LOG_LEVEL: 'debug' }, { sandbox: true })
  const clock = clockFromFile(join(dir, 'sandbox', 'clock.json'))
  const logged: string[] = []
  const log = openLog('debug', (line) => logged.push(line))
  const database = openProductDatabase(config)
  const attached = { ...sandbox, startedByUs: false, stop: () => {} }
  await fillDemo({ config, sandbox: attached, clock, log, database, say: () => {} })
  const product: Product = await startProduct({ config, clock, log, database })
  const page = await control.get<{ people: PagePerson[] }>('/page-data')
  const transcript: string[] = []
  let heard = new Map<string, number>()
  const rest = () => comeToRest({ raw: () => product.database.raw, control, limitMs: REST_LIMIT_MS })

  function actor(find: (person: PagePerson) => boolean): Actor {
    const person = page.people.find(find)
    if (!person) throw new Error('nobody in the demo fits')
    return chatActor({ control, person, rest, transcript, everyone: page.people })
  }

  const waitFor = async (
    what: string,
    holds: () => boolean | Promise<boolean>,
    limitMs = REST_LIMIT_MS,
  ): Promise<void> => {
    const deadline = Date.now() + limitMs
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`)
      await sleep(50)
    }
  }

  return {
    dir,
    config,
    control,
    sandbox,
    product,
    people: page.people,
    logged,
    rest,
    waitFor,
    /** Waits until every sheet that was edited has been read and written back. */
    synced: () =>
      waitFor('every changed sheet read', async () => {
        const { n } = product.database.raw
          .prepare('SELECT count(*) n FROM sheet_files WHERE dirty_at <= ? OR read_at IS NULL')
          .get(Date.now()) as { n: number }
        return n === 0
      }),
    person: (name: string) => actor((person) => person.name === name),
    officerOf: (unitName: string) => actor((person) => person.unitName === unitName && person.role !== 'ผู้บริหาร'),
    /** Moves the domain clock: ISO with offset. `silent`: only holds it at a moment that the transcript knows already. */
    async at(iso: string, how: { silent?: boolean } = {}) {
      await control.send('PUT', '/clock', { now: iso })
      if (how.silent) return
      transcript.push('', `== ${iso.slice(0, 16).replace('T', ' ')} น. ==`)
    },
    /** Waits for what the clock brings about by itself, and writes down who was told what. */
    async listen(what: string, come: () => boolean) {
      await waitFor(what, come)
      await rest()
      const before = new Map(heard)
      heard = await lastSeqs(control)
      for (const other of page.people) await writeTold(control, { other, before, transcript })
    },
    /** From here on, `listen` writes down what comes. */
    async hush() {
      heard = await lastSeqs(control)
    },
    note: (words: string) => void transcript.push('', `-- ${words} --`),
    transcript: () => `${transcript.map(settledLine).join('\n').trim()}\n`,
    async close() {
      const left = Object.entries(openWork(product.database.raw)).filter(([, n]) => n > 0)
      await product.close()
      await sandbox.close()
      rmSync(dir, { recursive: true, force: true })
      if (left.length > 0) throw new Error(`the story left work undone: ${JSON.stringify(left)}`)
    },
  }
}
