import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { quotaMonths } from '../../src/db/schema.ts'
import { messageQuota } from '../../src/workflow/message-quota.ts'
import { URGENCY } from '../../src/workflow/notice.ts'
import { type OutboxWorld, openOutboxWorld } from './outbox-world.ts'

let sender: OutboxWorld
let user: string
beforeEach(async () => {
  sender = await openOutboxWorld()
  user = await sender.line.friend()
})
afterEach(() => sender.close())

const department = (): { account: string } => ({
  account: sender.world.actor('department', Date.now()).lineUserId ?? '',
})
const warnings = () =>
  sender
    .rows()
    .map((row) => row.notice as { type: string; percent?: number })
    .filter((notice) => notice.type === 'quota-warning')
const ledger = () => sender.world.act((tx) => messageQuota(tx, sender.now()))

describe("LINE's monthly quota", () => {
  it('is asked before routine messages go, and not again for ten minutes', async () => {
    sender.queue(user, 'a', { urgency: URGENCY.digest })
    await sender.run()
    expect(await sender.calls('quota')).toBe(1)
    expect(ledger()).toMatchObject({ limit: 15_000, used: 1, left: 14_999, sentByUs: 1 })
    sender.pass(9 * 60_000)
    sender.queue(user, 'b')
    await sender.run()
    expect(await sender.calls('quota')).toBe(1)
    sender.pass(2 * 60_000)
    sender.queue(user, 'c', { urgency: URGENCY.digest })
    await sender.run()
    expect(await sender.calls('quota')).toBe(2)
    expect(ledger()).toMatchObject({ used: 3, sentByUs: 3 })
  })

  it('is asked again before a campaign, however recently it was asked', async () => {
    sender.queue(user, 'a')
    await sender.run()
    sender.pass(2 * 60_000)
    for (let n = 0; n < 100; n += 1) sender.queue(`U${n.toString(16).padStart(32, 'a')}`, 'x')
    await sender.run()
    expect(await sender.calls('quota')).toBe(2)
  })

  it('is not asked when nothing has to be pushed', async () => {
    sender.queue(user, 'x', { token: await sender.tokenOf(user), urgency: URGENCY.answer })
    await sender.run()
    expect([await sender.calls('reply'), await sender.calls('quota')]).toEqual([1, 0])
  })

  it('runs short: digests wait first, then early reminders, then reminders, then news; what must be acted on goes', async () => {
    await sender.quota(1000, 995)
    const kinds = ['digest', 'earlyReminder', 'reminder', 'result', 'undoesYourAct', 'actNow', 'answer'] as const
    const people = await Promise.all(kinds.map(() => sender.line.friend()))
    for (const [n, kind] of kinds.entries()) sender.queue(people[n] ?? '', kind, { urgency: URGENCY[kind] })
    await sender.run()
    const monthLeft = ledger().monthLeft
    const state = Object.fromEntries(kinds.map((kind, n) => [kind, sender.states(people[n] ?? '')[0]]))
    expect(state).toMatchObject({ actNow: 'accepted', undoesYourAct: 'accepted', answer: 'accepted' })
    if (monthLeft > 0.05) expect(state).toMatchObject({ digest: 'pending', earlyReminder: 'pending' })
    await sender.quota(100_000, 0)
    sender.pass(11 * 60_000)
    await sender.run()
    for (const person of people) expect(sender.states(person)).toEqual(['accepted'])
  })

  it('is used up: no push goes, replies do, and pushes go on when LINE has room again', async () => {
    await sender.quota(10, 10)
    sender.queue(user, 'push', { urgency: URGENCY.actNow })
    const asker = await sender.line.friend()
    await sender.run()
    sender.queue(asker, 'reply', { token: await sender.tokenOf(asker), urgency: URGENCY.answer })
    sender.pass(30_000)
    await sender.run()
    expect(await sender.heardBy(asker)).toEqual(['reply'])
    expect(sender.states(user)).toEqual(['pending'])
    await sender.quota(20, 10)
    sender.pass(10 * 60_000)
    await sender.run()
    expect(sender.states(user)).toEqual(['accepted'])
  })

  it('is used up without our knowing: one refusal is enough, the rest is not even tried', async () => {
    await sender.fault('quota', '500', 100)
    await sender.fault('push', '429-monthly', 100)
    const people = await Promise.all(Array.from({ length: 30 }, () => sender.line.friend()))
    for (const person of people) sender.queue(person, 'x')
    await sender.run()
    expect(await sender.calls('push')).toBeLessThan(30)
    expect(ledger().exhausted).toBe(true)
    const tried = await sender.calls('push')
    sender.pass(60_000)
    await sender.run()
    expect(await sender.calls('push')).toBe(tried)
    await sender.noFaults()
    sender.pass(10 * 60_000)
    await sender.run()
    for (const person of people) expect(sender.states(person)).toEqual(['accepted'])
  })

  it('tells the department at 80 and at 95 per cent, once each a month, and counts these messages too', async () => {
    await sender.quota(100, 70)
    sender.queue(user, 'a')
    await sender.run()
    expect(warnings()).toEqual([])
    await sender.quota(100, 81)
    for (let time = 0; time < 3; time += 1) {
      sender.pass(11 * 60_000)
      sender.queue(user, 'b')
      await sender.run()
    }
    expect(warnings()).toMatchObject([{ percent: 80 }])
    await sender.quota(100, 96)
    for (let time = 0; time < 2; time += 1) {
      sender.pass(11 * 60_000)
      sender.queue(user, 'c')
      await sender.run()
    }
    expect(warnings()).toMatchObject([{ percent: 80 }, { percent: 95 }])
    expect(sender.states(department().account)).toEqual(['accepted', 'accepted'])
    const sent = sender.rows().filter((row) => row.state === 'accepted').length
    expect(ledger().sentByUs).toBe(sent)
  })

  it('begins anew with the month', async () => {
    sender.world.act((tx) =>
      tx.insert(quotaMonths).values({ month: '2000-01', quota: 1, used: 1, readAt: 1, exhaustedAt: 1 }).run(),
    )
    sender.queue(user, 'x')
    await sender.run()
    expect(sender.states(user)).toEqual(['accepted'])
  })

  it('a multicast is cut to what is left', async () => {
    await sender.quota(10_000, 0)
    const people = Array.from({ length: 60 }, (_, n) => `U${n.toString(16).padStart(32, 'b')}`)
    const notice = { type: 'quota-warning', percent: 80, month: '2024-06', used: 8, limit: 10 }
    sender.world.act((tx) =>
      tx
        .insert(quotaMonths)
        .values({ month: ledger().month, quota: 10_000, used: 10_000 - roomKept() - 25, readAt: sender.now() })
        .run(),
    )
    for (const person of people) sender.queue(person, '', { urgency: URGENCY.digest, notice, payload: null })
    await sender.run()
    expect(sender.batches().map((batch) => batch.recipients)).toEqual([25])
  })
})

/** What digests leave to others this moment. */
const roomKept = (): number => Math.floor(10_000 * 0.2 * ledger().monthLeft)
