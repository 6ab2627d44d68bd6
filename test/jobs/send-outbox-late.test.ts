import { not, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutboxId } from '../../src/db/ids.ts'
import { outbox } from '../../src/db/schema.ts'
import { dropLetters } from '../../src/workflow/dead-letters.ts'
import { URGENCY } from '../../src/workflow/notice.ts'
import { bangkok, mustBeDone } from '../world/chain-world.ts'
import { type OutboxWorld, openOutboxWorld } from './outbox-world.ts'

const HOUR = 3_600_000
const AGAIN = 'ข้อความนี้ส่งซ้ำ เพราะไม่แน่ใจว่าครั้งแรกถึงหรือไม่'

let sender: OutboxWorld
let user: string
beforeEach(async () => {
  sender = await openOutboxWorld({ timeoutMs: 400 })
  user = await sender.line.friend()
})
afterEach(() => sender.close())

const answer = async (given: { ofAct?: boolean } = {}): Promise<void> => {
  sender.queue(user, 'x', { ...given, token: await sender.tokenOf(user), urgency: URGENCY.answer })
}
const isReceipt = sql`json_extract(notice, '$.type') = 'receipt'`
const rowOf = () => sender.rows().find((row) => row.lineUserId === user)

describe('a reply whose token is over', () => {
  it('is pushed while the person still waits for it', async () => {
    await answer()
    sender.pass(5 * 60_000)
    await sender.run()
    expect(rowOf()).toMatchObject({ state: 'accepted', channel: 'push' })
  })

  it('is not pushed to somebody who has given up waiting: that would only cost, and the record says why', async () => {
    await answer()
    sender.pass(2 * HOUR)
    await sender.run()
    expect(rowOf()).toMatchObject({ state: 'dropped', error: 'nobody-waits' })
    expect(await sender.heardBy(user)).toEqual([])
  })

  it.each(['C', 'R'])(
    'is never pushed to a group or a room, where it would count once for every member: %s',
    async (kind) => {
      const chat = kind.padEnd(33, '1')
      sender.queue(chat, 'x', { token: 'spent', urgency: URGENCY.answer })
      await sender.run()
      sender.queue(chat, 'x', { token: await sender.tokenOf(user), urgency: URGENCY.answer, ofAct: true })
      sender.pass(5 * 60_000)
      await sender.run()
      expect(sender.states(chat)).toEqual(['dropped', 'dropped'])
      expect(await sender.calls('push')).toBe(0)
    },
  )

  it('tells the outcome of an act however late it is', async () => {
    await answer({ ofAct: true })
    sender.pass(20 * HOUR)
    await sender.run()
    expect(await sender.heardBy(user)).toEqual(['x'])
  })

  it('is pushed at once when LINE calls a young token invalid', async () => {
    sender.queue(user, 'x', { token: 'spent', urgency: URGENCY.answer })
    await sender.run()
    expect(rowOf()).toMatchObject({ state: 'accepted', channel: 'push' })
  })

  it('a try that certainly never left counts as none: its fate is not unknown', async () => {
    const away = await openOutboxWorld({ timeoutMs: 400 })
    const someone = await away.line.friend()
    away.queue(someone, 'x', { token: await away.tokenOf(someone), urgency: URGENCY.answer })
    await away.close()
    await away.run()
    expect(away.rows()[0]).toMatchObject({ state: 'pending', channel: 'reply', attempts: 0, firstTriedAt: null })
  })
})

describe('a reply of unknown fate', () => {
  it('is tried with its token while that may live, then ends as unknown', async () => {
    await answer()
    await sender.fault('reply', '500', 100)
    await sender.run()
    expect(rowOf()).toMatchObject({ state: 'pending', attempts: 1 })
    sender.pass(60_000)
    await sender.run()
    expect(rowOf()).toMatchObject({ state: 'pending', channel: 'reply' })
    sender.pass(5 * 60_000)
    await sender.run()
    expect(rowOf()).toMatchObject({ state: 'unknown', channel: 'reply' })
    expect(await sender.heardBy(user)).toEqual([])
  })

  it('is sent again by push when it is a receipt, and says so', async () => {
    const who = sender.world.actor(sender.world.appoint('school', { account: user }), bangkok('2024-06-05T09:00'))
    mustBeDone(sender.world.confirmRoster('school', { at: bangkok('2024-06-05T09:00'), by: who.appointmentId }))
    const token = await sender.tokenOf(user)
    sender.world.act((tx) => {
      tx.update(outbox)
        .set({ channel: 'reply', replyToken: token, replyTokenUntil: sender.now() + 50_000 })
        .where(isReceipt)
        .run()
      tx.delete(outbox).where(not(isReceipt)).run()
    })
    await sender.fault('reply', 'cut-after-accept', 2)
    await sender.run()
    sender.pass(10_000)
    await sender.run()
    sender.pass(10_000)
    await sender.run()
    const heard = await sender.heardBy(user)
    expect(heard).toHaveLength(3)
    expect([heard[1], heard[2]]).toEqual([AGAIN, heard[0]])
    expect(rowOf()).toMatchObject({ state: 'accepted', channel: 'push' })
  })
})

describe('a push', () => {
  it('ends after a day without an answer, before its key is forgotten, and the department is told once an hour', async () => {
    const [other = '', third = ''] = [await sender.line.friend(), await sender.line.friend()]
    sender.queue(user, 'x')
    await sender.fault('push', '500', 1000)
    await sender.run()
    sender.pass(24 * HOUR)
    await sender.run()
    expect(rowOf()).toMatchObject({ state: 'dead', attempts: 1 })
    await sender.noFaults()
    for (const bad of [other, third]) sender.queue(bad, '')
    sender.pass(10 * 60_000)
    await sender.run()
    const news = () => sender.rows().filter((row) => (row.notice as { type: string }).type === 'letters-dead')
    expect(news()).toHaveLength(1)
    sender.pass(HOUR)
    await sender.run()
    expect(news()).toMatchObject([{ state: 'accepted' }, { state: 'accepted' }])
    sender.pass(2 * HOUR)
    await sender.run()
    expect(news()).toHaveLength(2)
  })

  it('that LINE refused for its limit is put into words anew the next time: what was done meanwhile drops out', async () => {
    const bad = sender.queue('nobody', '')
    await sender.run()
    sender.queue(user, '', { notice: { type: 'letters-dead' }, payload: null, urgency: URGENCY.actNow })
    await sender.fault('push', '429-rate')
    await sender.run()
    expect(rowOf()).toMatchObject({ state: 'pending', payload: null })
    const times = { platformNow: sender.now(), now: sender.now() }
    sender.world.act((tx) => dropLetters(tx, { ids: [bad as OutboxId], reason: 'ไม่มีบัญชีนี้' }, times))
    sender.pass(3000)
    await sender.run()
    expect(rowOf()).toMatchObject({ state: 'dropped' })
  })

  it('that cannot be put into words is tried again, set aside in the end, and holds up nobody else', async () => {
    const other = await sender.line.friend()
    const notice = { type: 'unit-vacant', unitId: 99_999, vacantId: 99_999 }
    sender.queue(user, '', { notice, payload: null })
    sender.queue(other, 'x')
    await sender.run()
    expect(sender.states(other)).toEqual(['accepted'])
    for (let time = 0; time < 5; time += 1) {
      expect(rowOf()).toMatchObject({ state: 'pending', firstTriedAt: null })
      sender.pass(120_000)
      await sender.run()
      if (rowOf()?.state === 'dead') break
    }
    expect(rowOf()).toMatchObject({ state: 'dead', error: 'rendering failed', attempts: 4 })
  })

  it('to an account that LINE refuses altogether stays queued, and the job says what to look at', async () => {
    sender.queue(user, 'x')
    await sender.line.control('POST', '/channel/reissue-access-token')
    await expect(sender.run()).rejects.toThrow('LINE refuses this channel')
    expect(rowOf()).toMatchObject({ state: 'pending', attempts: 0 })
  })
})
