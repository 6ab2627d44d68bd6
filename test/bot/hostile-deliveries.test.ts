import { createHmac } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { inbox, outbox, pendingActions } from '../../src/db/schema.ts'
import { drainInboxJob } from '../../src/jobs/drain-inbox.ts'
import { openLog } from '../../src/log.ts'
import { openInboxWriter } from '../../src/web/inbox-writer.ts'
import { webhookRoute } from '../../src/web/webhook.ts'
import { openChat } from './chat.ts'

const SECRET = 'channel-secret'
const BOT = `U${'8'.repeat(32)}`

/** A school that has been shown its figures, with the real door in front: signed bytes, stored events, the job that works them off. */
function openDoor() {
  const chat = openChat()
  const officer = chat.officer('school')
  officer.say('ยืนยัน')
  chat.readSheet('school')
  officer.heard()
  const { raw } = chat.world.database
  const app = webhookRoute({
    channelSecrets: [SECRET],
    botUserId: () => BOT,
    inbox: openInboxWriter(raw, chat.now),
    wake: () => {},
    log: openLog('silent'),
  })
  const job = drainInboxJob({
    db: chat.world.db,
    clock: { now: chat.now, platformNow: chat.now, toDomain: (ms) => ms },
    log: openLog('silent'),
    handleDeps: chat.deps,
    showLoading: () => {},
    afterEvent: () => {},
  })
  const sign = (body: string, secret = SECRET) => createHmac('sha256', secret).update(body).digest('base64')
  const post = async (body: string, signature: string): Promise<number> => {
    const headers = { 'x-line-signature': signature }
    const { status } = await app.request('/line/webhook', { method: 'POST', body, headers })
    await job.run(new AbortController().signal)
    return status
  }
  const event = (id: string, what: Record<string, unknown>, userId = officer.lineUserId) => ({
    webhookEventId: id,
    timestamp: chat.now(),
    mode: 'active',
    replyToken: `reply-${id}`,
    deliveryContext: { isRedelivery: false },
    source: { type: 'user', userId },
    ...what,
  })
  const call = (...events: unknown[]): string => JSON.stringify({ destination: BOT, events })
  return {
    chat,
    officer,
    sign,
    post,
    event,
    call,
    deliver: (...events: unknown[]) => post(call(...events), sign(call(...events))),
    tapOn: (label: string) => ({ type: 'postback', postback: { data: officer.dataOf(label).data ?? '' } }),
    attested: () =>
      chat.world.act((tx) => tx.select().from(pendingActions).where(eq(pendingActions.type, 'confirm')).all()),
    answersTo: (id: string) =>
      chat.world.act((tx) =>
        tx
          .select()
          .from(outbox)
          .where(eq(outbox.replyToken, `reply-${id}`))
          .all(),
      ),
    storedEvents: () => chat.world.act((tx) => tx.select({ id: inbox.id }).from(inbox).all()).length,
  }
}

const ATTEST = 'ตรวจแล้ว มีตัวตนจริง'
const TYPED = { type: 'message', message: { type: 'text', id: '1', text: 'รับรอง 10' } }

describe('a forged call', () => {
  it.each([
    ['of another secret', (body: string, sign: (body: string, secret?: string) => string) => sign(body, 'guessed')],
    ['of an empty secret', (body: string, sign: (body: string, secret?: string) => string) => sign(body, '')],
    ['taken from another call', (_: string, sign: (body: string) => string) => sign('{"destination":"","events":[]}')],
  ])('with a signature %s does nothing, and nothing of it is kept', async (_name, signature) => {
    const door = openDoor()
    const before = door.storedEvents()
    const body = door.call(door.event('forged', door.tapOn(ATTEST)))
    expect(await door.post(body, signature(body, door.sign))).toBe(401)
    expect(door.attested()).toEqual([])
    expect(door.storedEvents()).toBe(before)
  })

  it('whose bytes were changed on the way does nothing: neither the account nor the button can be exchanged', async () => {
    const door = openDoor()
    const body = door.call(door.event('changed', TYPED, chatless('b')))
    const changed = body.replace(chatless('b'), door.officer.lineUserId)
    expect(await door.post(changed, door.sign(body))).toBe(401)
    expect(door.attested()).toEqual([])
  })
})

describe('a call that comes again', () => {
  it.each([
    ['the same bytes', false],
    ['marked as a redelivery', true],
  ])('%s: one effect, one answer', async (_name, isRedelivery) => {
    const door = openDoor()
    const first = door.event('tap', door.tapOn(ATTEST))
    await door.deliver(first)
    for (let again = 0; again < 3; again += 1)
      expect(await door.deliver({ ...first, deliveryContext: { isRedelivery } })).toBe(200)
    expect(door.attested()).toHaveLength(1)
    expect(door.answersTo('tap')).toHaveLength(1)
  })

  it('is one event within one call too', async () => {
    const door = openDoor()
    const tap = door.event('twice', door.tapOn(ATTEST))
    await door.deliver(tap, tap, tap)
    expect(door.attested()).toHaveLength(1)
    expect(door.answersTo('twice')).toHaveLength(1)
  })

  it('under another event id is a second tap: told what is the case, and nothing done twice', async () => {
    const door = openDoor()
    await door.deliver(door.event('t1', door.tapOn(ATTEST)))
    await door.deliver(door.event('t2', door.tapOn(ATTEST)))
    expect(door.attested()).toHaveLength(1)
    expect(door.answersTo('t2')[0]?.payload).toContain('ปุ่มนี้ใช้ไปแล้ว')
  })
})

describe('events out of their order', () => {
  it('the last step before the attestation is not taken, and waits for nobody', async () => {
    const door = openDoor()
    const confirm = { type: 'message', message: { type: 'text', id: '2', text: 'ยืนยัน 10' } }
    await door.deliver(door.event('late-one', confirm), door.event('early-one', TYPED))
    expect(door.answersTo('late-one')[0]?.payload).toContain('รับรองการมีตัวตนก่อน')
    expect(door.chat.runs().filter(({ purpose }) => purpose === 'confirm')).toEqual([])
    expect(door.attested()).toHaveLength(1)
  })

  it('of several people in one call each acts for its own account', async () => {
    const door = openDoor()
    const stranger = chatless('c')
    const centre = door.chat.officer('centre').lineUserId
    const tap = door.tapOn(ATTEST)
    await door.deliver(door.event('x', tap, stranger), door.event('y', tap, centre), door.event('z', tap))
    for (const id of ['x', 'y']) expect(door.answersTo(id)[0]?.payload).toContain('ใช้ไม่ได้กับบัญชีของท่าน')
    expect(door.answersTo('z')[0]?.payload).toContain('ใช่หรือไม่')
    expect(door.attested()).toHaveLength(1)
  })
})

const chatless = (letter: string): string => `U${letter.repeat(32)}`
