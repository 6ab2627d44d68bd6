import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutboxId } from '../../src/db/ids.ts'
import { sentById } from '../../src/workflow/evidence-messages.ts'
import { URGENCY } from '../../src/workflow/notice.ts'
import { type OutboxWorld, openOutboxWorld } from './outbox-world.ts'

let sender: OutboxWorld
let users: string[]
beforeEach(async () => {
  sender = await openOutboxWorld({ timeoutMs: 500 })
  users = await Promise.all(Array.from({ length: 3 }, () => sender.line.friend()))
})
afterEach(() => sender.close())

const SAME = { type: 'quota-warning', percent: 80, month: '2024-06', used: 8, limit: 10 } as const
const OTHER = { ...SAME, percent: 95 } as const
const routine = (user: string, notice: unknown = SAME) =>
  sender.queue(user, '', { urgency: URGENCY.digest, notice, payload: null })
const accepted = (): number => sender.rows().filter((row) => row.state === 'accepted').length

describe('routine messages with the same bytes', () => {
  it('go in one call, each with its own fate on record', async () => {
    const ids = users.map((user) => routine(user))
    await sender.run()
    expect([await sender.calls('multicast'), await sender.calls('push')]).toEqual([1, 0])
    expect(sender.batches()).toMatchObject([{ state: 'accepted', recipients: 3, attempts: 1 }])
    const requestId = sender.batches()[0]?.lineRequestId
    expect(sender.rows().map((row) => [row.state, row.lineRequestId])).toEqual(users.map(() => ['accepted', requestId]))
    expect(await sender.heardBy(users[2] ?? '')).toHaveLength(1)
    const shown = sender.world.act((tx) => sentById(tx, ids[0] as OutboxId))
    expect(shown).toMatchObject({ state: 'accepted', attempts: 1, words: expect.stringContaining('โควตา') })
  })

  it('to many people go in calls of 500 at most', async () => {
    for (let n = 0; n < 620; n += 1) routine(`U${n.toString(16).padStart(32, 'e')}`)
    await sender.run()
    expect(sender.batches().map((batch) => batch.recipients)).toEqual([500, 120])
    expect(accepted()).toBe(620)
  })

  it('share only with those whose words are the same, and personal news never share', async () => {
    const [a = '', b = '', c = ''] = users
    routine(a)
    routine(b)
    routine(c, OTHER)
    const [d, e] = [await sender.line.friend(), await sender.line.friend()]
    for (const user of [d, e]) sender.queue(user, '', { urgency: URGENCY.result, notice: SAME, payload: null })
    await sender.run()
    expect([await sender.calls('multicast'), await sender.calls('push')]).toEqual([1, 3])
    expect(accepted()).toBe(5)
  })

  it('never overtake an earlier message of the same person', async () => {
    const [a = '', b = '', c = ''] = users
    sender.queue(a, 'earlier', { urgency: URGENCY.reminder, notBefore: sender.now() + 60_000 })
    for (const user of [a, b, c]) routine(user)
    await sender.run()
    expect(sender.batches()).toMatchObject([{ recipients: 2 }])
    expect(await sender.heardBy(b)).toHaveLength(1)
  })

  it.each(['cut-after-accept', 'cut-before-accept', '500', 'timeout'])(
    '%s: the same bytes to the same people under the same key, delivered once',
    async (kind) => {
      for (const user of users) routine(user)
      await sender.fault('multicast', kind)
      await sender.run()
      expect(sender.batches()).toMatchObject([{ state: 'pending', attempts: 1 }])
      expect(sender.rows().map((row) => row.state)).toEqual(users.map(() => 'pending'))
      const late = await sender.line.friend()
      routine(late)
      sender.pass(60_000)
      await sender.run()
      const [batch] = sender.batches()
      expect(batch).toMatchObject({ state: 'accepted', attempts: 2, recipients: 3 })
      const keys = (await sender.requests()).filter((item) => item.path.endsWith('/multicast'))
      expect(new Set(keys.map((item) => item.retryKey))).toEqual(new Set([batch?.retryKey]))
      for (const user of [...users, late]) expect(await sender.heardBy(user)).toHaveLength(1)
    },
  )

  it('that LINE refuses for one bad recipient go alone: only that one is dead', async () => {
    const bad = `U${'Z'.repeat(32)}`
    for (const user of [...users, bad]) routine(user)
    await sender.run()
    expect(sender.batches()).toMatchObject([{ state: 'dissolved' }])
    for (const user of users) expect(sender.states(user)).toEqual(['accepted'])
    expect(sender.states(bad)).toEqual(['dead'])
    for (const user of users) expect(await sender.heardBy(user)).toHaveLength(1)
  })

  it.each(['429-rate', '429-monthly'])('%s leaves nothing behind, and later everybody is told once', async (kind) => {
    for (const user of users) routine(user)
    await sender.fault('multicast', kind)
    await sender.run()
    expect(sender.batches()).toMatchObject([{ state: 'dissolved' }])
    expect(sender.rows().slice(0, 3)).toMatchObject(users.map(() => ({ state: 'pending', attempts: 0, batchId: null })))
    sender.pass(20 * 60_000)
    await sender.run()
    for (const user of users) expect(sender.states(user)).toEqual(['accepted'])
    for (const user of users) expect(await sender.heardBy(user)).toHaveLength(1)
  })

  it('end after a day in which nobody knows what became of them: dead, each of them', async () => {
    for (const user of users) routine(user)
    await sender.fault('multicast', '500', 100)
    await sender.run()
    sender.pass(24 * 3_600_000)
    await sender.run()
    expect(sender.batches()).toMatchObject([{ state: 'dead' }])
    for (const user of users) expect(sender.states(user)).toEqual(['dead'])
  })

  it('count as many recipients of the quota as there are', async () => {
    for (const user of users) routine(user)
    await sender.run()
    const used = sender.world.database.raw.prepare('select sent_by_us from quota_months').pluck().get()
    expect(used).toBe(3)
  })
})
