import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { AppError } from '../../src/app-error.ts'
import { type Db, openDatabase } from '../../src/db/open.ts'
import { openQuota } from '../../src/sandbox/google/quota.ts'
import { openWorld } from '../../src/sandbox/google/world.ts'
import type { GoogleIdentity } from '../../src/sheets/google-clients.ts'
import { type Google, meterGoogle, notYetOurTurn } from '../../src/sheets/metered-google.ts'
import { pauseQuota, takeQuota } from '../../src/sheets/quota.ts'
import { openTempDatabase } from './temp-database.ts'
import { openVirtualClock, type VirtualClock } from './virtual-clock.ts'

const NOON = 1_700_000_040_000
const MINUTE = 60_000

/** Only who asks matters here: the ledger is what is tried, against the emulator's own counter. */
const identity = (n: number, project = 'p'): GoogleIdentity =>
  ({ email: `worker-${n}@sa.example`, project, sheets: {}, drive: {} }) as GoogleIdentity
const identities = (count: number) => Array.from({ length: count }, (_, index) => identity(index))

type Life = {
  clock: VirtualClock
  google: Google
  /** When requests were let through, and how often the emulator said 429. */
  granted: number[]
  refused: { count: number }
  read: (urgent?: boolean) => Promise<void>
}

/** A meter on a clock of its own, beside a server that counts as Google's sandbox does. */
function openLife(input: { accounts: number; db?: Db; clock?: VirtualClock; server?: ReturnType<typeof openServer> }) {
  const clock = input.clock ?? openVirtualClock(NOON)
  const server = input.server ?? openServer(clock)
  const db = input.db ?? openDatabase(':memory:').db
  const google = meterGoogle({ identities: identities(input.accounts), db, platformNow: clock.now, wait: clock.wait })
  const granted: number[] = []
  const refused = { count: 0 }
  let n = 0
  const read = async (urgent = false) => {
    await google.ask({ bucket: 'sheets-read', urgent, what: 'read' }, async ({ email }) => {
      n += 1
      granted.push(clock.now())
      // On its way between 50 ms and 3 s; Google counts it somewhere on the way.
      const onTheWay = n % 7 === 0 ? 3_000 : 50 + ((n * 37) % 400)
      await clock.wait(onTheWay / 2)
      if (server(email) !== undefined) refused.count += 1
      await clock.wait(onTheWay / 2)
    })
  }
  const life: Life = { clock, google, granted, refused, read }
  return life
}

function openServer(clock: VirtualClock) {
  const dir = mkdtempSync(join(tmpdir(), 'lec-quota-'))
  const world = openWorld({ dir, now: clock.now, apiBaseUrl: () => '' })
  onTestFinished(() => {
    world.db.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const quota = openQuota(world)
  return (email: string) => quota.take({ service: 'sheets', access: 'read' }, email)
}

/** Background work that always has something to do. */
function saturate(life: Life, input: { workers: number; until: number }): void {
  const worker = async () => {
    while (life.clock.now() < input.until) await life.read()
  }
  for (let n = 0; n < input.workers; n += 1) void worker()
}

const perMinute = (life: Life, from: number, to: number) =>
  (life.granted.filter((at) => at >= from && at < to).length / (to - from)) * MINUTE

describe('the quota that background work uses', { timeout: 90_000 }, () => {
  it.each([
    { accounts: 1, limit: 60 },
    { accounts: 2, limit: 120 },
    { accounts: 5, limit: 300 },
    { accounts: 8, limit: 300 },
  ])('is at least 95 % of $limit a minute with $accounts accounts, and never a 429', async ({ accounts, limit }) => {
    const life = openLife({ accounts })
    const until = NOON + 5 * MINUTE
    saturate(life, { workers: 12, until })
    await life.clock.runUntil(until)
    expect(life.refused.count).toBe(0)
    expect(perMinute(life, NOON + 2 * MINUTE, until) / limit).toBeGreaterThanOrEqual(0.95)
    expect(perMinute(life, NOON, NOON + 4 * MINUTE) / limit).toBeGreaterThanOrEqual(0.9)
  })

  it('is spread over the minute: no two seconds pass without a free place', async () => {
    const life = openLife({ accounts: 5 })
    const until = NOON + 4 * MINUTE
    saturate(life, { workers: 12, until })
    await life.clock.runUntil(until)
    const gaps = life.granted.slice(1).map((at, index) => at - (life.granted[index] ?? 0))
    expect(Math.max(...gaps)).toBeLessThan(2_000)
  })

  it('is not what a lone edit after a quiet time waits for', async () => {
    const life = openLife({ accounts: 1 })
    for (let edit = 0; edit < 5; edit += 1) void life.read()
    await life.clock.runUntil(NOON + 1)
    expect(life.granted).toEqual([NOON, NOON, NOON, NOON, NOON])
  })

  it('is shared by two processes on one database, without a 429', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'lec-quota-two-'))
    const [one, two] = [openDatabase(join(dir, 'lec.db')), openDatabase(join(dir, 'lec.db'))]
    onTestFinished(() => {
      one.close()
      two.close()
      rmSync(dir, { recursive: true, force: true })
    })
    const first = openLife({ accounts: 5, db: one.db })
    const server = openServer(first.clock)
    const lives = [one.db, two.db].map((db) => openLife({ accounts: 5, db, clock: first.clock, server }))
    const until = NOON + 4 * MINUTE
    for (const life of lives) saturate(life, { workers: 8, until })
    await first.clock.runUntil(until)
    expect(lives.map(({ refused }) => refused.count)).toEqual([0, 0])
    const rate = lives.reduce((sum, life) => sum + perMinute(life, NOON + 2 * MINUTE, until), 0)
    expect(rate).toBeGreaterThanOrEqual(285)
  })

  it('spreads over projects, each with a limit of its own', () => {
    const { db } = openTempDatabase()
    const limits = {
      'sheets-read': { perProject: 3, perIdentity: 2 },
      'sheets-write': { perProject: 3, perIdentity: 2 },
      drive: { perProject: 3, perIdentity: 2 },
    }
    const all = [identity(0), identity(1), identity(2, 'q'), identity(3, 'q')]
    const ask = { bucket: 'sheets-read' as const, urgent: true, identities: all, limits, platformNow: NOON }
    const taken = Array.from({ length: 8 }, () => takeQuota(db, ask)).map((got) => (got.ok ? got.identity.project : ''))
    expect(taken.sort()).toEqual(['', '', 'p', 'p', 'p', 'q', 'q', 'q'])
    expect(takeQuota(db, { ...ask, bucket: 'sheets-write' }).ok).toBe(true)
  })
})

describe('a person who waits in chat', { timeout: 90_000 }, () => {
  it.each([{ accounts: 1 }, { accounts: 5 }])(
    'gets in within a second or so beside a full scan with $accounts accounts',
    async ({ accounts }) => {
      const life = openLife({ accounts })
      const until = NOON + 4 * MINUTE
      saturate(life, { workers: 12, until })
      const waits: number[] = []
      const person = async () => {
        await life.clock.wait(MINUTE)
        while (life.clock.now() < until - 10_000) {
          const asked = life.clock.now()
          await life.google.ask({ bucket: 'sheets-read', urgent: true, what: 'x' }, async () => {
            waits.push(life.clock.now() - asked)
          })
          await life.clock.wait(7_300)
        }
      }
      void person()
      await life.clock.runUntil(until)
      expect(waits.length).toBeGreaterThan(15)
      expect(Math.max(...waits)).toBeLessThanOrEqual(1_500)
    },
  )

  it('gets in within a second or so beside a full scan of another process', async () => {
    const scan = openLife({ accounts: 1 })
    const dir = mkdtempSync(join(tmpdir(), 'lec-quota-other-'))
    const database = openDatabase(join(dir, 'lec.db'))
    onTestFinished(() => {
      database.close()
      rmSync(dir, { recursive: true, force: true })
    })
    const lives = [1, 2].map(() => openLife({ accounts: 1, db: database.db, clock: scan.clock }))
    const [busy, chat] = lives
    if (!busy || !chat) throw new Error('two lives')
    const until = NOON + 4 * MINUTE
    saturate(busy, { workers: 8, until })
    await busy.clock.runUntil(NOON + 2 * MINUTE)
    for (let n = 0; n < 3; n += 1) {
      void chat.read(true)
      await busy.clock.runUntil(NOON + 2 * MINUTE + (n + 1) * 10_000)
      expect((chat.granted[n] ?? until) - (NOON + 2 * MINUTE + n * 10_000)).toBeLessThanOrEqual(1_500)
    }
  })

  it('goes before background work that came earlier', async () => {
    const life = openLife({ accounts: 1 })
    const order: string[] = []
    const ask = (who: string, urgent: boolean) =>
      life.google.ask({ bucket: 'sheets-read', urgent, what: who }, async () => void order.push(who))
    for (let n = 0; n < 70; n += 1) void ask(`scan ${n}`, false).catch(() => {})
    await life.clock.runUntil(NOON + 5_000)
    void ask('person', true)
    const before = order.length
    await life.clock.runUntil(NOON + 5_001)
    expect(order[before]).toBe('person')
  })
})

describe('a 429 that we did not provoke', () => {
  const whose = { bucket: 'sheets-read' as const, identity: identity(0), retryAfterMs: null }
  const ask = (db: Db, platformNow: number, more: { urgent?: boolean; bucket?: 'drive' | 'sheets-write' } = {}) =>
    takeQuota(db, {
      bucket: more.bucket ?? 'sheets-read',
      urgent: more.urgent ?? false,
      identities: identities(2),
      limits: GOOGLE,
      platformNow,
    })

  it('keeps background work away past the window, and lets a person try', () => {
    const { db } = openTempDatabase()
    const until = pauseQuota(db, { ...whose, whose: 'project', platformNow: NOON, random: () => 0.5 })
    expect(until).toBe(NOON + MINUTE + 5_000)
    expect(ask(db, NOON + MINUTE)).toEqual({ ok: false, retryAt: until })
    expect(ask(db, NOON, { urgent: true }).ok).toBe(true)
    expect(ask(db, until).ok).toBe(true)
  })

  it('stops neither writes nor Drive, nor accounts whose own quota is not meant', () => {
    const { db } = openTempDatabase()
    pauseQuota(db, { ...whose, whose: 'identity', platformNow: NOON })
    expect(ask(db, NOON)).toMatchObject({ ok: true, identity: { email: 'worker-1@sa.example' } })
    pauseQuota(db, { ...whose, whose: 'project', platformNow: NOON })
    expect(ask(db, NOON).ok).toBe(false)
    expect(ask(db, NOON, { bucket: 'sheets-write' }).ok).toBe(true)
    expect(ask(db, NOON, { bucket: 'drive' }).ok).toBe(true)
  })

  it('is waited out longer each time, and forgotten after a quiet while', () => {
    const { db } = openTempDatabase()
    const told = { ...whose, whose: 'project' as const, random: () => 0 }
    const first = pauseQuota(db, { ...told, platformNow: NOON })
    expect(pauseQuota(db, { ...told, platformNow: NOON + 100 })).toBe(first)
    const second = pauseQuota(db, { ...told, platformNow: first + 1 })
    expect(second - first).toBeGreaterThan(119_000)
    expect(pauseQuota(db, { ...told, platformNow: second + 10 * MINUTE })).toBe(second + 11 * MINUTE)
  })

  it('is waited out as long as Google says', () => {
    const { db } = openTempDatabase()
    const told = { ...whose, whose: 'project' as const, platformNow: NOON, random: () => 0 }
    expect(pauseQuota(db, { ...told, retryAfterMs: 17_000 })).toBe(NOON + 17_000)
  })

  it('reaches the ledger by Google’s reason, and the next request is told when its turn comes', async () => {
    const life = openLife({ accounts: 1 })
    const answer = (data: unknown, status: number, headers = {}) =>
      Object.assign(new Error('refused'), { response: { status, data, headers } })
    const perUser = { error: { details: [{ metadata: { quota_limit: 'ReadRequestsPerMinutePerUser' } }] } }
    const refuse = (error: unknown, bucket: 'sheets-read' | 'drive' = 'sheets-read') =>
      life.google.ask({ bucket, what: 'read' }, () => Promise.reject(error))
    await expect(refuse(answer(perUser, 429))).rejects.toMatchObject({ code: 'quota', cause: { whose: 'identity' } })
    const told = await life.read().catch((error: unknown) => error)
    expect(told).toBeInstanceOf(AppError)
    expect(notYetOurTurn(told)?.retryAt).toBeGreaterThanOrEqual(NOON + MINUTE)
    const sharing = { error: { errors: [{ reason: 'sharingRateLimitExceeded' }] } }
    await expect(refuse(answer(sharing, 403), 'drive')).rejects.toMatchObject({ cause: { whose: 'sharing' } })
    await life.google.ask({ bucket: 'drive', what: 'look' }, () => Promise.resolve(null))
    const slow = { error: { errors: [{ reason: 'userRateLimitExceeded' }] } }
    const headers = new Headers({ 'retry-after': '30' })
    await expect(refuse(answer(slow, 403, headers), 'drive')).rejects.toMatchObject({ cause: { retryAfterMs: 30_000 } })
    await expect(refuse(answer(slow, 403), 'drive')).rejects.toMatchObject({ cause: { reason: 'own-budget' } })
  })
})

const GOOGLE = {
  'sheets-read': { perProject: 300, perIdentity: 60 },
  'sheets-write': { perProject: 300, perIdentity: 60 },
  drive: { perProject: 12_000, perIdentity: 6_000 },
}
