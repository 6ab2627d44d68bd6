import { createServer } from 'node:net'
import { pino } from 'pino'
import { type LineClient, openLineClient } from '../../src/bot/line-client.ts'
import { openDatabase } from '../../src/db/open.ts'
import { remindOwingJob } from '../../src/jobs/remind-owing.ts'
import { sendOutboxJob } from '../../src/jobs/send-outbox.ts'
import { serveLine } from '../sandbox/line/serve-line.ts'

export type ChatItem = { at: number; from: string; requestId?: string; message: { altText?: string; text?: string } }
/** The process dies at its nth call to LINE: before it leaves, or when LINE has done what it was asked and nobody hears it. */
export type Death = { atCall: number; done: boolean }
export type UnsteadyLine = Awaited<ReturnType<typeof openUnsteadyLine>>

/** One clock for both sides: it is set, and runs on with real time from there. */
export function openSteppingClock(start: number) {
  let base = start
  let since = performance.now()
  const now = (): number => base + Math.floor(performance.now() - since)
  return {
    now,
    /** Never backwards. */
    jumpTo: (at: number): number => {
      base = Math.max(at, now() + 1)
      since = performance.now()
      return base
    },
  }
}

/** LINE's sandbox on a clock of the test's, and processes of the product that live for a moment and may be killed in it. */
export async function openUnsteadyLine(given: { path: string; clock: { now(): number } }) {
  const { path, clock } = given
  const line = await serveLine({ now: clock.now })
  await line.control('PUT', '/settings', { quota: { type: 'none' } })
  const deadUrl = await urlOfNobody()
  const clientAt = (apiBaseUrl: string): LineClient =>
    openLineClient({
      channelId: line.channel.channelId,
      channelSecret: line.channel.channelSecret,
      channelAccessToken: line.channel.channelAccessToken,
      apiBaseUrl,
      dataApiBaseUrl: apiBaseUrl,
      timeoutMs: 300,
    })
  const clients = { there: clientAt(line.apiUrl), gone: clientAt(deadUrl) }

  /** A process from its start to its end: one look of the planner, one run of the sender. Returns whether it died on the way. */
  async function live(life: { death?: Death; cannotConnect?: boolean; between?: () => void } = {}): Promise<boolean> {
    const database = openDatabase(path)
    // A killed process loses nothing that the operating system has.
    database.raw.pragma('synchronous = OFF')
    let dead = false
    const die = (): void => {
      dead = true
      database.close()
    }
    const signal = new AbortController().signal
    const { death } = life
    const client = mortal(life.cannotConnect ? clients.gone : clients.there, { death, die })
    const product = { db: database.db, clock: { now: clock.now, platformNow: clock.now, toDomain: (at: number) => at } }
    const handleDeps = () => ({ now: clock.now(), toDomain: (at: number) => at, webAddress: null, sheetUrl: () => '' })
    // Call 0: while the planner is at work, after the first province.
    const wakeOutbox = (): void => {
      if (death?.atCall === 0 && !dead) die()
    }
    try {
      await remindOwingJob({ ...product, wakeOutbox }).run(signal)
      life.between?.()
      await sendOutboxJob({ ...product, log: pino({ level: 'silent' }), line: client, handleDeps }).run(signal)
    } catch (error) {
      if (!dead) throw error
    } finally {
      if (!dead) database.close()
    }
    return dead
  }

  return {
    line,
    live,
    addPerson: (userId: string): Promise<unknown> =>
      line.control('POST', '/people', { displayName: 'คนทดสอบ', userId, friend: true }),
    fault: (on: string, kind: string, times: number): Promise<unknown> =>
      line.control('POST', '/faults', { on, kind, times, ...(kind === 'slow' ? { delayMs: 30 } : {}) }),
    noFaults: (): Promise<unknown> => line.control('DELETE', '/faults'),
    heardBy: async (userId: string): Promise<ChatItem[]> => {
      const { items } = await line.control<{ items: ChatItem[] }>('GET', `/people/${userId}/chat`)
      return items.filter(({ from }) => from === 'bot')
    },
    close: (): Promise<void> => line.close(),
  }
}

function mortal(client: LineClient, given: { death: Death | undefined; die: () => void }): LineClient {
  const { death, die } = given
  let calls = 0
  const through = async <T>(call: () => Promise<T>): Promise<T> => {
    calls += 1
    if (calls !== death?.atCall) return call()
    if (!death.done) die()
    const result = death.done ? await call() : null
    if (result === null) throw new Error('the process is gone')
    die()
    return result
  }
  return {
    ...client,
    push: (input) => through(() => client.push(input)),
    multicast: (input) => through(() => client.multicast(input)),
  }
}

/** An address at which nobody listens any more. */
async function urlOfNobody(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  return `http://127.0.0.1:${address.port}`
}
