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

const kept = (lines: readonly string[]): string => `${lines.map(settledLine).join('\n').trim()}\n`

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
  /** What the next act sets going besides, that only then is over. */
  let expected: { what: string; holds: () => boolean } | null = null
  const rest = async (): Promise<void> => {
    const also = expected
    expected = null
    if (also) await waitFor(also.what, also.holds)
    await comeToRest({ raw: () => product.database.raw, control, limitMs: REST_LIMIT_MS })
  }

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
    clock,
    log,
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
    async listen(what: string, come: () => boolean, only?: readonly string[]) {
      await waitFor(what, come)
      await rest()
      const before = new Map(heard)
      heard = await lastSeqs(control)
      for (const other of page.people)
        if (!only || only.includes(other.name)) await writeTold(control, { other, before, transcript })
    },
    /** From here on, `listen` writes down what comes. */
    async hush() {
      heard = await lastSeqs(control)
    },
    /** The next act has come to rest only when this holds too. */
    expect(what: string, holds: () => boolean): void {
      expected = { what, holds }
    },
    /** How many times somebody has been told this kind of thing about the unit. */
    toldOf(type: string, unitName: string): number {
      const row = product.database.raw
        .prepare(
          "SELECT count(*) n FROM outbox o JOIN units u ON u.id = json_extract(o.notice, '$.unitId') WHERE json_extract(o.notice, '$.type') = ? AND u.name = ?",
        )
        .get(type, unitName) as { n: number }
      return row.n
    },
    /** Waits until the named jobs have looked at the world as it now is, and everything that they brought about is delivered. */
    async jobsLooked(names: readonly string[]) {
      const runs = () => new Map(product.jobs.health().map((job) => [job.name, job.runs]))
      const before = runs()
      // A run that is under way may have begun before; the one after it has not.
      await waitFor(`a look of ${names.join(', ')}`, () => {
        const now = runs()
        const left = names.filter((name) => (now.get(name) ?? 0) < (before.get(name) ?? 0) + 2)
        for (const name of left) product.jobs.wake(name)
        return left.length === 0
      })
      await rest()
    },
    /** The unit's spreadsheet of the round; a sheet that was made later stands on no page of the sandbox. */
    spreadsheetOf(unitName: string): string | null {
      const row = product.database.raw
        .prepare('SELECT f.spreadsheet_id id FROM sheet_files f JOIN units u ON u.id = f.unit_id WHERE u.name = ?')
        .get(unitName) as { id: string | null } | undefined
      return row?.id ?? null
    },
    note: (words: string) => void transcript.push('', `-- ${words} --`),
    transcript: () => kept(transcript),
    /** Plays what has to happen without writing it down. */
    async offStage(play: () => Promise<void>) {
      const kept = transcript.length
      await play()
      transcript.length = kept
    },
    /** What was written down since the last time, as a transcript of its own. */
    takeTranscript: () => kept(transcript.splice(0)),
    async close() {
      const left = Object.entries(openWork(product.database.raw)).filter(([, n]) => n > 0)
      await product.close()
      await sandbox.close()
      rmSync(dir, { recursive: true, force: true })
      if (left.length > 0) throw new Error(`the story left work undone: ${JSON.stringify(left)}`)
    },
  }
}
