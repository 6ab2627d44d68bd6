import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { inbox, people } from '../../src/db/schema.ts'
import { createInvitation } from '../../src/workflow/invitations.ts'
import { must } from '../world/chain-world.ts'
import { type Chat, openChat } from './chat.ts'

const STRANGER = `U${'f'.repeat(32)}`

const codeFor = (chat: Chat, personName: string | null = 'สมหญิง ใจดี') =>
  chat.world.act((tx) =>
    must(
      createInvitation(
        tx,
        {
          actor: null,
          unitId: chat.unit('saoCentre'),
          role: 'officer',
          personName,
          orderNumber: '2/2567',
          orderDate: null,
        },
        chat.now(),
      ),
    ),
  ).code

it('a stranger learns how to join, whatever is said', () => {
  const chat = openChat()
  const stranger = chat.person(STRANGER)
  expect(stranger.send({ type: 'follow' }).words).toContain('ขอรหัสเข้าร่วม 8 ตัว')
  for (const text of ['สถานะ', 'ยืนยัน', 'ยอมรับ', 'ออกจริง', 'hello'])
    expect(stranger.say(text).words).toContain('ขอรหัสเข้าร่วม')
  expect(stranger.say('ABCD-EFGH').words).toContain('ไม่พบรหัสนี้')
  expect(stranger.postback('a=xxxxxxxxxxxxxxxxxxxxxx').words).toContain('ใช้ไม่ได้กับบัญชีของท่าน')
})

it('a code shows unit and duty, is accepted, and the Google address opens the sheet', () => {
  const chat = openChat()
  const stranger = chat.person(STRANGER)
  const code = codeFor(chat)
  const card = stranger.say(`สวัสดีค่ะ รหัส ${code.toLowerCase().replace('-', ' ')}`.toUpperCase()).words
  expect(card).toContain('ศูนย์พัฒนาเด็กเล็กบ้านนา')
  expect(card).toContain('2/2567')
  expect(stranger.tap('ยอมรับ').words).toContain('ต้องเป็นบัญชี Google จึงจะแก้ไขตารางได้')
  expect(stranger.say('somying').words).toContain('อีเมลนี้ไม่ถูกต้อง')
  const ready = stranger.say('Somying@gmail.com')
  expect(ready.words).toContain('บันทึกอีเมล somying@gmail.com แล้ว')
  expect(JSON.stringify(ready.messages)).toContain('openExternalBrowser=1#gid=')
  expect(stranger.say('สถานะ').words).toContain('ศูนย์พัฒนาเด็กเล็กบ้านนา')
  expect(stranger.say(code).words).toContain('ไม่พบรหัสนี้')
})

it.each(['นางสาวสมหญิง ใจดี', 'นาง สมหญิง ใจดี', 'น.ส.สมหญิง ใจดี', 'ชื่อ สมหญิง ใจดี'])(
  'a name where the address was asked for is taken as the name, and the address is asked for again: %s',
  (typed) => {
    const chat = openChat()
    const stranger = chat.person(STRANGER)
    stranger.say(codeFor(chat, null))
    stranger.say('ยอมรับ')
    const { words } = stranger.say(typed)
    expect(words).toContain(`บันทึกชื่อ ${typed.replace(/^ชื่อ /, '')} แล้ว`)
    expect(words).toContain('โปรดพิมพ์อีเมลบัญชี Google')
    const ready = stranger.say('somying@gmail.com').words
    expect(ready).toContain('บันทึกอีเมล somying@gmail.com แล้ว')
    expect(ready).not.toContain('พิมพ์ชื่อและนามสกุล')
  },
)

it('a name that is known already changes nothing, and the address stays asked for', () => {
  const chat = openChat()
  const stranger = chat.person(STRANGER)
  stranger.say(codeFor(chat))
  stranger.say('ยอมรับ')
  const { words } = stranger.say('นางสมศรี คนอื่น')
  expect(words).toContain('มีชื่อของท่านในระบบแล้ว')
  expect(words).toContain('โปรดพิมพ์อีเมลบัญชี Google')
  expect(stranger.say('somying').words).toContain('อีเมลนี้ไม่ถูกต้อง')
})

it('somebody invited without a name is asked for it last', () => {
  const chat = openChat()
  const stranger = chat.person(STRANGER)
  stranger.say(codeFor(chat, null))
  stranger.say('ยอมรับ')
  expect(stranger.say('somying@gmail.com').words).toContain('พิมพ์ชื่อและนามสกุล')
  expect(stranger.say('ยืนยัน').words).toContain('ต้องบันทึกชื่อผู้ดำเนินการ')
  expect(stranger.say('สมหญิง ใจดี').words).toContain('บันทึกชื่อ สมหญิง ใจดี แล้ว')
  expect(stranger.say('ชื่อ คนอื่น ปลอมตัว').words).toContain('มีชื่อของท่านในระบบแล้ว')
})

it('a code that was declined still works for the right person', () => {
  const chat = openChat()
  const code = codeFor(chat)
  const wrong = chat.person(STRANGER)
  wrong.say(code)
  expect(wrong.tap('ไม่ยอมรับ').words).toContain('ไม่ได้เข้าร่วม')
  expect(wrong.say('ยอมรับ').words).toContain('ขอรหัสเข้าร่วม')
  const right = chat.person(`U${'e'.repeat(32)}`)
  right.say(code)
  expect(right.say('ตกลง').words).toContain('เข้าร่วมแล้ว')
})

it('the level above gives a code for a unit directly below, and for no other', () => {
  const chat = openChat()
  const province = chat.officer('province')
  expect(province.say('เชิญ').words).toContain('เช่น เชิญ')
  expect(province.say('เชิญ อบต.บ้านนา').words).toMatch(/[2-9A-Z]{4}-[2-9A-Z]{4}/)
  expect(province.say('เชิญ โรงเรียนเทศบาล 1').words).toContain('ไม่พบหน่วย')
  expect(chat.officer('school').say('เชิญ ใคร').words).toContain('ไม่มีหน่วยในความรับผิดชอบ')
})

it('a person with two duties switches between them', () => {
  const chat = openChat()
  const account = 'U'.padEnd(33, '7')
  chat.world.appoint('school', { account })
  chat.world.appoint('sao', { account })
  const both = chat.person(account)
  const list = both.say('เปลี่ยนหน้าที่').words
  expect(list).toContain('1. โรงเรียนเทศบาล 1')
  expect(both.tap('บ้านนา').words).toContain('เปลี่ยนเป็นเจ้าหน้าที่ของ องค์การบริหารส่วนตำบลบ้านนา')
  expect(both.say('สถานะ').words).toContain('องค์การบริหารส่วนตำบลบ้านนา')
  expect(both.say('เปลี่ยนหน้าที่ 9').words).toContain('ไม่มีหน้าที่ลำดับนี้')
})

it('a notice about the other duty says so, and its buttons speak for that one', () => {
  const chat = openChat()
  const account = 'U'.padEnd(33, '8')
  chat.world.appoint('school', { account })
  chat.world.appoint('centre', { account })
  const both = chat.person(account)
  both.say('เปลี่ยนหน้าที่ 1')
  chat.world.read('centre', chat.world.rows('centre', 40), chat.now())
  chat.world.read('centre', chat.world.rows('centre', 20), chat.now())
  chat.world.confirmRoster('school', { at: chat.now() })
  const notice = { type: 'sheet-ready', unitId: chat.unit('centre'), roundId: chat.world.round().id } as const
  const messages = JSON.stringify(chat.render(notice, 'centre'))
  expect(messages).not.toContain('@')
  const held = both.heard().words
  expect(held).toContain('เรื่องของ ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน (ขณะนี้ท่านใช้หน้าที่ของ โรงเรียนเทศบาล 1)')
  expect(both.say('สถานะ @ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน').words).toContain('รอตรวจสอบรายชื่อที่หายไป')
  expect(both.say('สถานะ').words).toContain('ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน')
  expect(both.say('เปลี่ยนหน้าที่ 1').words).toContain('โรงเรียนเทศบาล 1')
  both.tap('ไม่ใช่ จะแก้ไขตาราง')
  expect(both.say('สถานะ').words).toContain('ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน')
})

it('blocking is kept and taken back', () => {
  const chat = openChat()
  const school = chat.officer('school')
  const blockedAt = () =>
    chat.world.act((tx) => tx.select().from(people).where(eq(people.lineUserId, school.lineUserId)).get())?.blockedAt
  expect(school.send({ type: 'unfollow', replyToken: undefined }).messages).toEqual([])
  expect(blockedAt()).toBe(chat.now())
  expect(school.send({ type: 'follow', follow: { isUnblocked: true } }).words).toContain('ยินดีต้อนรับกลับมา')
  expect(blockedAt()).toBeNull()
})

it('a message taken back leaves no words behind', () => {
  const chat = openChat()
  const school = chat.officer('school')
  school.send({ type: 'message', message: { type: 'text', id: 'secret-1', text: 'ความลับ' } })
  expect(school.send({ type: 'unsend', unsend: { messageId: 'secret-1' } }).messages).toEqual([])
  const stored = chat.world.act((tx) => tx.select({ body: inbox.body }).from(inbox).all())
  expect(JSON.stringify(stored)).not.toContain('ความลับ')
})

it('groups hear one greeting, a word for a tapped button, and nothing more; standby and unknown events hear nothing', () => {
  const chat = openChat()
  const school = chat.officer('school')
  const source = { type: 'group', groupId: 'C'.padEnd(33, '1'), userId: school.lineUserId }
  const inGroup = (body: Record<string, unknown>) => {
    chat.handle(chat.store(school.lineUserId, { ...body, source }))
    return chat.collect(source.groupId).messages
  }
  expect(inGroup({ type: 'join' })).toHaveLength(1)
  expect(inGroup({ type: 'message', message: { type: 'text', id: '1', text: 'สถานะ' } })).toEqual([])
  expect(inGroup({ type: 'postback', postback: { data: 'a=1234567890' } })).toHaveLength(1)
  expect(school.heard().messages).toEqual([])
  const text = { type: 'message', message: { type: 'text', id: '2', text: 'สถานะ' } }
  expect(school.send({ ...text, mode: 'standby' }).messages).toEqual([])
  expect(school.send({ type: 'thingsOfTomorrow', things: {} }).messages).toEqual([])
  expect(school.send({ type: 42 }).messages).toEqual([])
  expect(school.send({ type: 'message' }).messages).toEqual([])
})

it.each([
  [{ type: 'sticker', packageId: '1', stickerId: '2' }, 'สติกเกอร์'],
  [{ type: 'image' }, 'อ่านรูปภาพ'],
  [{ type: 'location', latitude: 1, longitude: 2 }, 'ตำแหน่ง'],
  [{ type: 'text', text: '' }, 'ยังไม่เข้าใจ'],
  [{ type: 'text', text: 'ก'.repeat(5000) }, 'ยาวเกินไป'],
])('a message %j gets a short useful answer', (message, words) => {
  const chat = openChat()
  expect(chat.officer('school').send({ type: 'message', message: { id: '1', ...message } }).words).toContain(words)
})
