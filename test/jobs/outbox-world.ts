import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { openLineClient } from '../../src/bot/line-client.ts'
import { outbox, outboxBatches } from '../../src/db/schema.ts'
import { type SendOutboxDeps, sendOutboxJob } from '../../src/jobs/send-outbox.ts'
import { type ServedLine, serveLine } from '../sandbox/line/serve-line.ts'
import { bangkok, type ChainWorld, openChainWorld } from '../world/chain-world.ts'

export const AT = bangkok('2024-06-05T09:00')
type Item = { from: string; message: { text?: string; altText?: string }; via?: string }
export type Queued = {
  urgency?: number
  token?: string
  ofAct?: boolean
  notBefore?: number
  notice?: unknown
  /** Null: put into words at the sending. */
  payload?: string | null
}
export type OutboxRow = typeof outbox.$inferSelect

/** A database with an outbox, the real job, and LINE's sandbox at the other end; the platform clock stands unless it is moved or runs. */
export async function openOutboxWorld(
  options: { rates?: SendOutboxDeps['rates']; timeoutMs?: number; clockRuns?: boolean } = {},
) {
  const line: ServedLine = await serveLine()
  const world: ChainWorld = openChainWorld()
  let platformNow = Date.now()
  const client = openLineClient({
    channelId: line.channel.channelId,
    channelSecret: line.channel.channelSecret,
    channelAccessToken: line.channel.channelAccessToken,
    apiBaseUrl: line.apiUrl,
    dataApiBaseUrl: line.apiUrl,
    timeoutMs: options.timeoutMs ?? 1000,
  })
  const platformClock = options.clockRuns ? Date.now : () => platformNow
  const clock = { now: () => AT, platformNow: platformClock, toDomain: () => AT }
  const handleDeps = () => ({ now: AT, toDomain: () => AT, webAddress: null, sheetUrl: () => 'https://example.org/' })
  const job = sendOutboxJob({
    db: world.db,
    clock,
    log: pino({ level: 'silent' }),
    line: client,
    handleDeps,
    ...(options.rates ? { rates: options.rates } : {}),
  })
  const stopping = new AbortController()
  const requests = async () => {
    const { items } = await line.control<{ items: { path: string; status: number | null; retryKey?: string }[] }>(
      'GET',
      '/requests?after=0&limit=100000',
    )
    return items
  }
  return {
    line,
    world,
    client,
    stopping,
    run: () => job.run(stopping.signal),
    now: () => platformNow,
    pass: (ms: number): void => {
      platformNow += ms
    },
    fault: (on: string, kind: string, times = 1, delayMs?: number) =>
      line.control('POST', '/faults', { on, kind, times, ...(delayMs === undefined ? {} : { delayMs }) }),
    noFaults: () => line.control('DELETE', '/faults'),
    quota: (value: number, used: number) =>
      Promise.all([
        line.control('PUT', '/settings', { quota: { type: 'limited', value } }),
        line.control('PUT', '/quota-used', { totalUsage: used }),
      ]),
    queue: (userId: string, words: string, given: Queued = {}): number =>
      world.act(
        (tx) =>
          tx
            .insert(outbox)
            .values({
              lineUserId: userId,
              notice: given.notice ?? { type: 'answer' },
              payload: given.payload === undefined ? JSON.stringify([{ type: 'text', text: words }]) : given.payload,
              channel: given.token ? 'reply' : 'push',
              replyToken: given.token ?? null,
              replyTokenUntil: given.token ? platformNow + 50_000 : null,
              retryKey: randomUUID(),
              urgency: given.urgency ?? 5,
              notBefore: given.notBefore ?? 0,
              ofAct: given.ofAct ?? false,
              createdAt: AT,
              occurredAt: AT,
            })
            .returning({ id: outbox.id })
            .get().id,
      ),
    rows: (): OutboxRow[] => world.act((tx) => tx.select().from(outbox).orderBy(outbox.id).all()),
    /** Of what a test queued for this account. */
    states: (userId: string): string[] =>
      world
        .act((tx) => tx.select().from(outbox).orderBy(outbox.id).all())
        .filter((row) => row.lineUserId === userId)
        .map((row) => row.state),
    batches: () => world.act((tx) => tx.select().from(outboxBatches).orderBy(outboxBatches.id).all()),
    heardBy: async (userId: string): Promise<(string | undefined)[]> => {
      const { items } = await line.control<{ items: Item[] }>('GET', `/people/${userId}/chat`)
      return items.filter((item) => item.from === 'bot').map((item) => item.message.text ?? item.message.altText)
    },
    /** A reply token of the platform, as it came with something that the person just wrote. */
    tokenOf: async (userId: string): Promise<string> => {
      await line.control('PUT', '/settings', { webhookUrl: `${line.apiUrl}/nowhere` })
      const { event } = await line.control<{ event: { replyToken: string } }>('POST', `/people/${userId}/raw-event`, {
        type: 'message',
        message: { type: 'text', id: '1', text: 'x' },
      })
      return event.replyToken
    },
    requests,
    calls: async (endpoint: 'reply' | 'push' | 'multicast' | 'quota'): Promise<number> => {
      const path = endpoint === 'quota' ? '/message/quota' : `/message/${endpoint}`
      return (await requests()).filter((item) => item.path.endsWith(path)).length
    },
    close: () => line.close(),
  }
}

export type OutboxWorld = Awaited<ReturnType<typeof openOutboxWorld>>
