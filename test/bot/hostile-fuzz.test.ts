import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { understand } from '../../src/bot/understand.ts'
import { parseWebhook } from '../../src/bot/webhook.ts'
import { logHead } from '../../src/workflow/event-log.ts'
import { type Chat, openChat } from './chat.ts'

const SEED = 2567
const GROUP = `C${'9'.repeat(32)}`

/** What officers type near an act, cut up and put together at random. */
const PIECES = [
  'ยืนยัน',
  'ยืนยันแล้ว',
  'ยังไม่ยืนยัน',
  'ไม่ยืนยัน',
  'ขอยกเลิก',
  'รับรอง',
  'ตรวจแล้ว',
  'มีตัวตนจริง',
  'ใช่',
  'ใช่ค่ะ',
  'ตกลง',
  'โอเค',
  'ok',
  'yes',
  'confirm',
  '10',
  '๑๐',
  '9',
  '1',
  'คน',
  'ทั้งหมด',
  'ภาพรวม',
  'สังกัดอื่น',
  'จังหวัด',
  'โรงเรียนเทศบาล 1',
  'ข้อมูล',
  'จำนวน',
  'ครับ',
  'ค่ะ',
  'นะ',
  'หรือยัง',
  'ไหม',
  '?',
  'อย่า',
  'ห้าม',
  'ยัง',
  'แล้ว',
  'เมื่อไร',
  'ออกจริง',
  'เห็นชอบ',
  'ส่งคืน',
  'ตรวจสอบแล้ว',
  'ไม่ต้องยืนยัน',
  'รับทราบ',
  'ประกาศ',
  'ขยายเวลา',
  'เตือน',
  '\n',
  '@',
  ':',
  ' ',
  '  ',
  '\u200b',
  '😀',
] as const
const nearAct = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
  .chain((parts) => fc.constantFrom('', ' ').map((between) => parts.join(between)))
const anyText = fc.oneof(
  nearAct,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
)

const confirms = (chat: Chat): number => chat.runs().filter(({ purpose }) => purpose === 'confirm').length

describe('random words', () => {
  it('are understood as something, whatever they are', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(typeof understand(text).kind).toBe('string')
      }),
      { numRuns: 3000, seed: SEED },
    )
  })

  it('typed near an act confirm nothing unless they are the very words that the card shows', () => {
    const chat = openChat()
    const school = chat.officer('school')
    const allowed = (text: string): boolean => {
      const { kind } = understand(text)
      return kind === 'attest' || kind === 'confirm' || kind === 'for-unit'
    }
    school.say('ยืนยัน')
    chat.readSheet('school')
    school.heard()
    fc.assert(
      fc.property(nearAct, (text) => {
        const heard = school.say(text)
        // A fresh look answers later; nothing else is silent.
        expect(heard.messages.length > 0 || heard.loading, text).toBe(true)
        if (!allowed(text)) expect(confirms(chat), text).toBe(0)
        school.say('เลิก')
      }),
      { numRuns: 150, seed: SEED },
    )
    expect(chat.world.receipts()).toEqual([])
  })

  it.each(['department', 'province', 'town', 'school'] as const)('typed by the %s leave no act on record', (place) => {
    const chat = openChat()
    const officer = chat.officer(place)
    const before = chat.world.act(logHead).seq
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        expect(officer.say(text).messages.length).toBeGreaterThan(0)
      }),
      { numRuns: 80, seed: SEED },
    )
    expect(chat.world.act(logHead).seq).toBe(before)
  })
})

describe('random events', () => {
  const chatOf = (userId: string) =>
    fc.constantFrom(
      { type: 'user', userId },
      { type: 'user' },
      { type: 'group', groupId: GROUP, userId },
      { type: 'group', groupId: GROUP },
      { type: 'room', roomId: `R${'9'.repeat(32)}` },
      {},
    )
  const message = fc.oneof(
    fc.record({ type: fc.constant('text'), id: fc.string({ maxLength: 20 }), text: anyText }),
    fc.record({
      type: fc.constantFrom('sticker', 'image', 'video', 'audio', 'file', 'location', 'text', 'new'),
      id: fc.string(),
    }),
    fc.dictionary(fc.constantFrom('type', 'id', 'text', 'mention'), fc.jsonValue({ maxDepth: 2 })),
  )
  const TYPES = [
    'message',
    'postback',
    'follow',
    'unfollow',
    'join',
    'leave',
    'memberJoined',
    'memberLeft',
    'unsend',
    'beacon',
  ] as const
  const eventOf = (userId: string) =>
    fc.record(
      {
        type: fc.oneof(fc.constantFrom(...TYPES), fc.string()),
        mode: fc.constantFrom('active', 'standby', 'new'),
        source: fc.oneof(
          { weight: 5, arbitrary: chatOf(userId) },
          { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) },
        ),
        message,
        postback: fc.oneof(fc.record({ data: fc.string({ maxLength: 80 }) }), fc.jsonValue({ maxDepth: 1 })),
        unsend: fc.oneof(fc.record({ messageId: fc.string() }), fc.jsonValue({ maxDepth: 1 })),
        mention: fc.jsonValue({ maxDepth: 2 }),
        replyToken: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
        timestamp: fc.oneof(fc.integer(), fc.constant(null)),
      },
      { requiredKeys: ['type', 'source'] },
    )

  let delivered = 0
  /** As the door stores it: under which key it waits is decided there. */
  const asDelivered = (event: unknown, at: number) => {
    const parsed = parseWebhook(JSON.stringify({ destination: '', events: [event] }), at)
    if (!parsed.ok) throw new Error(parsed.why)
    delivered += 1
    return parsed.events.map(({ orderKey, body }) => ({ webhookEventId: `fuzz-${delivered}`, orderKey, at, body }))
  }

  it.each(['school', 'town'] as const)('of every shape never break the %s’s chat and never act', (place) => {
    const chat = openChat()
    const officer = chat.officer(place)
    const before = chat.world.act(logHead).seq
    fc.assert(
      fc.property(eventOf(officer.lineUserId), (event) => {
        for (const stored of asDelivered(event, chat.now())) chat.handle(chat.world.storeEvent(stored))
        for (const account of [officer.lineUserId, GROUP]) chat.collect(account)
      }),
      { numRuns: 400, seed: SEED },
    )
    const made = chat.world.act(logHead).seq - before
    expect(chat.world.receipts()).toEqual([])
    expect(made).toBe(0)
    expect(officer.say('สถานะ').words).toContain(chat.world.actor(place, chat.now()).unitName)
  })

  it('with a postback of random data are refused by words, by everybody', () => {
    const chat = openChat()
    const school = chat.officer('school')
    const stranger = chat.person(`U${'e'.repeat(32)}`)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (data) => {
        for (const somebody of [school, stranger]) expect(somebody.postback(data).words).toContain('ใช้ไม่ได้กับบัญชีของท่าน')
      }),
      { numRuns: 60, seed: SEED },
    )
  })
})
