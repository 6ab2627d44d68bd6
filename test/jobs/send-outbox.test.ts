import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLineClient } from '../../src/bot/line-client.ts'
import { outbox } from '../../src/db/schema.ts'
import { sendOutboxJob } from '../../src/jobs/send-outbox.ts'
import { queueNotice, URGENCY } from '../../src/workflow/notice.ts'
import { type ServedLine, serveLine } from '../sandbox/line/serve-line.ts'
import { bangkok, type ChainWorld, mustBeDone, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')

let line: ServedLine
let platformNow: number
beforeEach(async () => {
  line = await serveLine()
  platformNow = Date.now()
})
afterEach(async () => line.close())

type Item = { from: string; message: { text?: string; altText?: string }; via?: string }
const heardBy = async (userId: string) => {
  const { items } = await line.control<{ items: Item[] }>('GET', `/people/${userId}/chat`)
  return items.filter((item) => item.from === 'bot').map((item) => item.message.text ?? item.message.altText)
}
/** A reply token of the platform, as it came with something that the person just wrote. */
const tokenOf = async (userId: string): Promise<string> => {
  await line.control('PUT', '/settings', { webhookUrl: `${line.apiUrl}/nowhere` })
  const { event } = await line.control<{ event: { replyToken: string } }>('POST', `/people/${userId}/raw-event`, {
    type: 'message',
    message: { type: 'text', id: '1', text: 'x' },
  })
  return event.replyToken
}
const fault = (on: string, kind: string, times = 1) => line.control('POST', '/faults', { on, kind, times })

function jobOf(world: ChainWorld) {
  const client = openLineClient({
    channelId: line.channel.channelId,
    channelSecret: line.channel.channelSecret,
    channelAccessToken: line.channel.channelAccessToken,
    apiBaseUrl: line.apiUrl,
    dataApiBaseUrl: line.apiUrl,
    timeoutMs: 1000,
  })
  const clock = { now: () => AT, platformNow: () => platformNow, toDomain: () => AT }
  const handleDeps = () => ({
    now: AT,
    toDomain: () => AT,
    sheetUrl: () => 'https://docs.google.com/spreadsheets/d/x/edit',
  })
  const job = sendOutboxJob({ db: world.db, clock, log: pino({ level: 'silent' }), line: client, handleDeps })
  return () => job.run(new AbortController().signal)
}
const text = (words: string) => JSON.stringify([{ type: 'text', text: words }])
const queue = (
  world: ChainWorld,
  userId: string,
  words: string,
  given: { token?: string; urgency?: number; notBefore?: number } = {},
) =>
  world.act((tx) =>
    tx
      .insert(outbox)
      .values({
        lineUserId: userId,
        notice: { type: 'answer' },
        payload: text(words),
        channel: given.token ? 'reply' : 'push',
        replyToken: given.token ?? null,
        replyTokenUntil: given.token ? platformNow + 50_000 : null,
        retryKey: randomUUID(),
        urgency: given.urgency ?? 5,
        notBefore: given.notBefore ?? 0,
        createdAt: AT,
        occurredAt: AT,
      })
      .run(),
  )
const rows = (world: ChainWorld) => world.act((tx) => tx.select().from(outbox).orderBy(outbox.id).all())
/** Of what a test queued itself: the department hears by itself that the quota is used up or that letters died. */
const states = (world: ChainWorld) =>
  rows(world)
    .filter((row) => (row.notice as { type: string }).type === 'answer')
    .map((row) => row.state)

describe('sending what is queued, through LINE as it is', () => {
  it('in order per person, once, with the request id of what was accepted', async () => {
    const world = openChainWorld()
    const [a, b] = [await line.friend(), await line.friend()]
    for (const words of ['1', '2', '3'])
      for (const user of [a, b]) queue(world, user, `${words} ${user === a ? 'a' : 'b'}`)
    const run = jobOf(world)
    await run()
    await run()
    expect(await heardBy(a)).toEqual(['1 a', '2 a', '3 a'])
    expect(await heardBy(b)).toEqual(['1 b', '2 b', '3 b'])
    expect(
      rows(world).every((row) => row.state === 'accepted' && row.lineRequestId !== null && row.payload !== null),
    ).toBe(true)
  })

  it('a notice is put into words at the first sending and the bytes are kept', async () => {
    const world = openChainWorld()
    const account = await line.friend()
    const who = world.actor(world.appoint('school', { account }), AT)
    mustBeDone(world.confirmRoster('school', { at: AT, by: who.appointmentId }))
    const run = jobOf(world)
    await run()
    const receipt = rows(world).at(-1)
    expect(receipt).toMatchObject({ state: 'accepted', payload: expect.stringContaining('2567/1-000001') })
    await run()
    expect(rows(world).at(-1)).toEqual(receipt)
  })

  it('after days of a used-up quota the first cut line is tried again like any other', async () => {
    const world = openChainWorld()
    const user = await line.friend()
    queue(world, user, 'x')
    const run = jobOf(world)
    await fault('push', '429-monthly')
    await run()
    platformNow += 3 * 24 * 3_600_000
    await fault('push', 'cut-before-accept', 5)
    await run()
    expect(states(world)).toEqual(['pending'])
    await line.control('DELETE', '/faults')
    platformNow += 600_000
    await run()
    expect(await heardBy(user)).toEqual(['x'])
  })

  it.each(['500', 'cut-before-accept', 'cut-after-accept', 'timeout'])(
    '%s on a push: tried again with the same key, delivered once',
    async (kind) => {
      const world = openChainWorld()
      const user = await line.friend()
      queue(world, user, 'x')
      await fault('push', kind)
      const run = jobOf(world)
      await run()
      expect(states(world)).toEqual(['pending'])
      const key = rows(world)[0]?.retryKey
      platformNow += 60_000
      await run()
      expect(states(world)).toEqual(['accepted'])
      expect(rows(world)[0]?.retryKey).toBe(key)
      expect(await heardBy(user)).toEqual(['x'])
    },
  )

  it('a reply goes by its token, free of quota', async () => {
    const world = openChainWorld()
    const user = await line.friend()
    queue(world, user, 'x', { token: await tokenOf(user) })
    await jobOf(world)()
    const { items } = await line.control<{ items: Item[] }>('GET', `/people/${user}/chat`)
    expect(items.at(-1)).toMatchObject({ via: 'reply' })
  })

  it('a reply whose token is spent at the first try becomes a push', async () => {
    const world = openChainWorld()
    const user = await line.friend()
    queue(world, user, 'x', { token: 'spent' })
    await jobOf(world)()
    expect(rows(world)[0]).toMatchObject({ state: 'accepted', channel: 'push' })
    expect(await heardBy(user)).toEqual(['x'])
  })

  it('a reply that waited longer than its token lives becomes a push without trying', async () => {
    const world = openChainWorld()
    const user = await line.friend()
    queue(world, user, 'x', { token: 'old' })
    platformNow += 50_001
    await jobOf(world)()
    expect(rows(world)[0]).toMatchObject({ state: 'accepted', channel: 'push', attempts: 1 })
  })

  it('a reply that landed and was cut off is not sent again: its fate counts as unknown, never pushed blindly', async () => {
    const world = openChainWorld()
    const user = await line.friend()
    queue(world, user, 'x', { token: await tokenOf(user) })
    await fault('reply', 'cut-after-accept')
    const run = jobOf(world)
    await run()
    platformNow += 10_000
    await run()
    expect(states(world)).toEqual(['unknown'])
    expect(await heardBy(user)).toEqual(['x'])
  })

  it('a reply that was cut off before it landed is sent with the same token', async () => {
    const world = openChainWorld()
    const user = await line.friend()
    queue(world, user, 'x', { token: await tokenOf(user) })
    await fault('reply', 'cut-before-accept')
    const run = jobOf(world)
    await run()
    platformNow += 10_000
    await run()
    expect(states(world)).toEqual(['accepted'])
    expect(await heardBy(user)).toEqual(['x'])
  })

  it.each([
    ['429-rate', 2_000],
    ['429-user', 90_000],
    ['429-monthly', 5_400_000],
  ])('%s waits its own time and loses nothing', async (kind, waitMs) => {
    const world = openChainWorld()
    const user = await line.friend()
    queue(world, user, 'x')
    await fault('push', kind)
    const run = jobOf(world)
    await run()
    const [row] = rows(world)
    expect(row).toMatchObject({ state: 'pending', attempts: 0 })
    expect((row?.notBefore ?? 0) - platformNow).toBeLessThanOrEqual(waitMs)
    await run()
    expect(await heardBy(user)).toEqual([])
    platformNow += waitMs
    await run()
    expect(states(world)).toEqual(['accepted'])
  })

  it('what LINE refuses is set aside and does not hold up what follows', async () => {
    const world = openChainWorld()
    const user = await line.friend()
    queue(world, user, '')
    queue(world, user, 'x')
    await jobOf(world)()
    expect(states(world)).toEqual(['dead', 'accepted'])
  })

  it('somebody who blocked us is accepted by LINE and not delivered: accepted, never called read', async () => {
    const world = openChainWorld()
    const user = await line.friend()
    await line.control('POST', `/people/${user}/unfollow`)
    queue(world, user, 'x')
    await jobOf(world)()
    expect(states(world)).toEqual(['accepted'])
    expect(await heardBy(user)).toEqual([])
  })

  it('one person who must wait keeps nobody else waiting', async () => {
    const world = openChainWorld()
    const [a, b] = [await line.friend(), await line.friend()]
    queue(world, a, 'later', { notBefore: platformNow + 60_000 })
    queue(world, a, 'after it')
    queue(world, b, 'now')
    await jobOf(world)()
    expect(await heardBy(a)).toEqual([])
    expect(await heardBy(b)).toEqual(['now'])
  })

  it('an answer by reply token, free of quota, does not wait behind a push that the quota holds back', async () => {
    const world = openChainWorld()
    const user = await line.friend()
    queue(world, user, 'reminder')
    await fault('push', '429-monthly')
    const run = jobOf(world)
    await run()
    queue(world, user, 'answer', { token: await tokenOf(user), urgency: URGENCY.answer })
    await run()
    expect(await heardBy(user)).toEqual(['answer'])
    expect(states(world)).toEqual(['pending', 'accepted'])
  })

  it('an answer does not wait behind thousands of reminders to others', async () => {
    const world = openChainWorld()
    const user = await line.friend()
    const others = Array.from({ length: 2500 }, (_, index) => `U${index.toString(16).padStart(32, 'c')}`)
    for (const other of others)
      queue(world, other, 'reminder', { urgency: URGENCY.reminder, notBefore: platformNow + 3_600_000 })
    queue(world, user, 'answer', { urgency: URGENCY.answer })
    await jobOf(world)()
    expect(await heardBy(user)).toEqual(['answer'])
  })

  it('a reminder for what was done since drops out instead of being sent', async () => {
    const world = openChainWorld()
    const account = await line.friend()
    const who = world.actor(world.appoint('school', { account }), AT)
    const owes = { roster: true, overview: false, otherCounts: false, province: false, units: [] }
    const notice = {
      type: 'reminder' as const,
      roundId: world.round().id,
      unitId: who.unitId,
      moment: 'm',
      dueAt: AT + 1000,
      owes,
    }
    world.act((tx) => queueNotice(tx, { personId: who.personId, notice, urgency: 6 }, AT))
    mustBeDone(world.confirmRoster('school', { at: AT }))
    await jobOf(world)()
    const mine = world.act((tx) => tx.select().from(outbox).where(eq(outbox.lineUserId, account)).all())
    expect(mine.map((row) => row.state)).toEqual(['dropped'])
    expect(await heardBy(account)).toEqual([])
  })

  it('the same notice under one key is queued once', () => {
    const world = openChainWorld()
    const { personId } = world.actor('school', AT)
    const notice = { type: 'sheet-ready' as const, unitId: world.idOf('school'), roundId: world.round().id }
    const queueIt = () => world.act((tx) => queueNotice(tx, { personId, notice, urgency: 4, dedupeKey: 'k' }, AT))
    expect(queueIt()).not.toBeNull()
    expect(queueIt()).toBeNull()
    expect(rows(world)).toHaveLength(1)
  })
})
