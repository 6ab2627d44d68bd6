import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { inbox, outbox } from '../../src/db/schema.ts'
import { drainInboxJob } from '../../src/jobs/drain-inbox.ts'
import { bangkok, type ChainWorld, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const ANNA = `U${'a'.repeat(32)}`
const BEN = `U${'b'.repeat(32)}`

const message = (userId: string, id: string, text = 'สถานะ') => ({
  type: 'message',
  webhookEventId: id,
  timestamp: AT,
  mode: 'active',
  source: { type: 'user', userId },
  replyToken: `token-${id}`,
  deliveryContext: { isRedelivery: false },
  message: { type: 'text', id: '1', text },
})
const store = (world: ChainWorld, userId: string, id: string) =>
  world.storeEvent({ webhookEventId: id, orderKey: userId, at: AT, body: message(userId, id) })

/** The job with a handler that breaks as often as asked, each time at the next event. */
function jobOf(world: ChainWorld, given: { breaks?: number; takesMs?: number; isPressed?: () => boolean } = {}) {
  const state = { platformNow: AT, breaks: given.breaks ?? 0, afterEvent: 0, shown: [] as string[] }
  const clock = { now: () => AT, platformNow: () => state.platformNow, toDomain: (ms: number) => ms }
  const job = drainInboxJob({
    db: world.db,
    clock,
    log: pino({ level: 'silent' }),
    handleDeps: () => {
      for (const end = performance.now() + (given.takesMs ?? 0); performance.now() < end; );
      if (state.breaks > 0) {
        state.breaks -= 1
        throw new Error('the handler broke')
      }
      return {
        now: AT,
        toDomain: (ms) => ms,
        sheetUrl: () => 'https://docs.google.com/spreadsheets/d/x/edit',
      }
    },
    ...(given.isPressed ? { isPressed: given.isPressed } : {}),
    showLoading: (userId) => state.shown.push(userId),
    afterEvent: () => {
      state.afterEvent += 1
    },
  })
  return { state, run: (signal = new AbortController().signal) => job.run(signal) }
}
const states = (world: ChainWorld) =>
  world.act((tx) => tx.select().from(inbox).orderBy(inbox.id).all()).map((row) => `${row.webhookEventId} ${row.state}`)
const answered = (world: ChainWorld) =>
  world
    .act((tx) => tx.select({ token: outbox.replyToken }).from(outbox).orderBy(outbox.id).all())
    .map((row) => row.token)

describe('working off what LINE delivered', () => {
  it('answers each event once, in the order of each person', async () => {
    const world = openChainWorld()
    world.appoint('school', { account: ANNA })
    for (const id of ['1', '2', '3']) store(world, ANNA, id)
    const { run, state } = jobOf(world)
    await run()
    await run()
    expect(states(world)).toEqual(['1 done', '2 done', '3 done'])
    expect(answered(world)).toEqual(['token-1', 'token-2', 'token-3'])
    expect(state.afterEvent).toBe(3)
  })

  it('an event whose handling breaks leaves nothing behind, and its person waits while others go on', async () => {
    const world = openChainWorld()
    world.appoint('school', { account: ANNA })
    world.appoint('centre', { account: BEN })
    store(world, ANNA, 'a1')
    store(world, ANNA, 'a2')
    store(world, BEN, 'b1')
    const { run, state } = jobOf(world, { breaks: 1 })
    await run()
    expect(states(world)).toEqual(['a1 new', 'a2 new', 'b1 done'])
    expect(answered(world)).toEqual(['token-b1'])
    state.platformNow += 60_000
    await run()
    expect(states(world)).toEqual(['a1 done', 'a2 done', 'b1 done'])
    expect(answered(world)).toEqual(['token-b1', 'token-a1', 'token-a2'])
  })

  it('one that always breaks is set aside after some tries, visibly, and what follows goes on', async () => {
    const world = openChainWorld()
    world.appoint('school', { account: ANNA })
    store(world, ANNA, 'a1')
    store(world, ANNA, 'a2')
    const { run, state } = jobOf(world, { breaks: 6 })
    for (let i = 0; i < 10; i += 1) {
      await run()
      state.platformNow += 60_000
    }
    expect(states(world)).toEqual(['a1 dead', 'a2 done'])
    const [dead] = world.act((tx) => tx.select().from(inbox).all())
    expect(dead).toMatchObject({ attempts: 6 })
    expect(dead?.error).not.toBeNull()
    const [apology] = world.act((tx) => tx.select().from(outbox).where(eq(outbox.replyToken, 'token-a1')).all())
    expect(apology?.payload).toContain('ขออภัย')
  })

  it('somebody who sends two hundred messages a minute slows only himself', async () => {
    const world = openChainWorld()
    world.appoint('school', { account: ANNA })
    world.appoint('centre', { account: BEN })
    for (let i = 0; i < 200; i += 1) store(world, ANNA, `a${i}`)
    for (let i = 0; i < 3; i += 1) store(world, BEN, `b${i}`)
    const { run } = jobOf(world)
    await run()
    const turns = answered(world)
    expect(turns).toHaveLength(203)
    expect(turns.slice(0, 6)).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2'].map((id) => `token-${id}`))
    expect(turns.slice(6)).toEqual(Array.from({ length: 197 }, (_, at) => `token-a${at + 3}`))
  })

  it('what others send comes in between while much is worked off', async () => {
    const world = openChainWorld()
    const people = Array.from({ length: 40 }, (_, at) => `U${String(at).padStart(32, '0')}`)
    for (const [at, userId] of people.entries()) store(world, userId, `e${at}`)
    const { run } = jobOf(world, { takesMs: 5 })
    let turnsOfTheLoop = 0
    let ended = false
    const turn = () => {
      turnsOfTheLoop += 1
      if (!ended) setImmediate(turn)
    }
    setImmediate(turn)
    await run()
    ended = true
    expect(turnsOfTheLoop).toBeGreaterThan(10)
  })

  it('a burst is taken in before it is worked off, yet a rush that does not end keeps nobody waiting for ever', async () => {
    const world = openChainWorld()
    for (const id of ['a', 'b', 'c']) store(world, ANNA, id)
    let asked = 0
    const { run } = jobOf(world, {
      isPressed: () => {
        asked += 1
        return true
      },
    })
    await run()
    expect(states(world)).toEqual(['a done', 'b done', 'c done'])
    expect(asked).toBeGreaterThan(10)
  })

  it('finds who is next without walking through what is done', async () => {
    const world = openChainWorld()
    const { raw } = world.database
    const seen: string[] = []
    const prepare = raw.prepare
    raw.prepare = ((text: string) => {
      seen.push(text)
      return prepare.call(raw, text)
    }) as typeof raw.prepare
    await jobOf(world).run()
    raw.prepare = prepare
    const heads = seen.filter((text) => text.includes('GROUP BY order_key'))
    expect(heads).toHaveLength(1)
    const plan = raw.prepare<[object], { detail: string }>(`explain query plan ${heads[0]}`)
    const steps = plan.all({ now: 0, limit: 1 }).map(({ detail }) => detail)
    expect(steps).toContain('SEARCH inbox USING COVERING INDEX inbox_waiting (state=?)')
    expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual(['SCAN asked'])
  })

  it('a hundred events of one person who must wait keep nobody else waiting', async () => {
    const world = openChainWorld()
    world.appoint('centre', { account: BEN })
    for (let i = 0; i < 120; i += 1) store(world, ANNA, `a${i}`)
    store(world, BEN, 'b1')
    const { run } = jobOf(world, { breaks: 1 })
    await run()
    expect(states(world).at(-1)).toBe('b1 done')
  })

  it.each([
    ['an event of a type that nobody knows', { type: 'hologram' }],
    ['an event without anything', {}],
    ['null', null],
    ['a message without a message', { message: undefined }],
    ['a postback without data', { type: 'postback', postback: {} }],
    ['a text of 5,000 emoji', { message: { type: 'text', id: '1', text: '👨‍👩‍👧'.repeat(600) } }],
    ['a source without a user', { source: { type: 'group', groupId: `C${'c'.repeat(32)}` } }],
  ])('%s is worked off in peace', async (_name, change) => {
    const world = openChainWorld()
    world.appoint('school', { account: ANNA })
    const body = change === null ? {} : { ...message(ANNA, 'x'), ...change }
    world.storeEvent({
      webhookEventId: 'x',
      orderKey: ANNA,
      at: AT,
      body: change && Object.keys(change).length === 0 ? {} : body,
    })
    await jobOf(world).run()
    expect(states(world)).toEqual(['x done'])
  })

  it('begins nothing more after the signal to end, and goes on later', async () => {
    const world = openChainWorld()
    store(world, ANNA, 'a1')
    const { run } = jobOf(world)
    await run(AbortSignal.abort())
    expect(states(world)).toEqual(['a1 new'])
    await run()
    expect(states(world)).toEqual(['a1 done'])
  })
})
