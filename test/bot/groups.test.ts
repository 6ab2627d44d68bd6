import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { chatGroups, inbox } from '../../src/db/schema.ts'
import { linesOf } from '../world/message-text.ts'
import { type Chat, openChat } from './chat.ts'

const CHAT = 'C'.padEnd(33, '1')
const codeIn = (words: string): string => /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(words)?.[0] ?? ''

function openGroup(chat: Chat, chatId = CHAT) {
  const event = (body: Record<string, unknown>, userId?: string): string => {
    const who = userId === undefined ? {} : { userId }
    const source = chatId.startsWith('R')
      ? { type: 'room', roomId: chatId, groupId: undefined, ...who }
      : { type: 'group', groupId: chatId, ...who }
    chat.handle(chat.store(userId ?? 'nobody', { source, ...body }))
    return chat.collect(chatId).messages.flatMap(linesOf).join('\n')
  }
  let told = 0
  return {
    event,
    say: (text: string, userId?: string, mention?: unknown): string => {
      told += 1
      const message = { type: 'text', id: `g${told}`, text, ...(mention ? { mention } : {}) }
      return event({ type: 'message', message }, userId)
    },
    /** "@LEC Confirm …", the mention at its beginning. */
    mention: (text: string, userId?: string): string => {
      told += 1
      const mention = { mentionees: [{ type: 'user', index: 0, length: 12, isSelf: true }] }
      const message = { type: 'text', id: `g${told}`, text: `@LEC Confirm ${text}`, mention }
      return event({ type: 'message', message }, userId)
    },
  }
}

function linked(place: 'town' | 'province' | 'school' | 'department' = 'town') {
  const chat = openChat()
  const group = openGroup(chat)
  const officer = chat.officer(place)
  const words = group.say(codeIn(officer.say('เชื่อมกลุ่ม').words), officer.lineUserId)
  expect(words).toContain('เชื่อมกลุ่มนี้กับ')
  return { chat, group, officer }
}

describe('a group', () => {
  it('hears on joining how it is linked, and nothing more until the bot is spoken to', () => {
    const chat = openChat()
    const group = openGroup(chat)
    expect(group.event({ type: 'join' })).toContain('เชื่อมกลุ่ม')
    const { lineUserId } = chat.officer('town')
    for (const text of ['สวัสดี', 'สถานะ', 'ยืนยัน', 'เลคเชอร์', 'lecture', 'ABCD-EFGH'])
      expect(group.say(text, lineUserId)).toBe('')
    expect(group.say('เฮ้', lineUserId, { mentionees: [{ index: 0, length: 2, isSelf: false }] })).toBe('')
    expect(group.event({ type: 'memberJoined', joined: { members: [] } })).toBe('')
    expect(group.event({ type: 'message', message: { type: 'image', id: '9' } })).toBe('')
    expect(group.mention('สถานะ')).toContain('ยังไม่ได้เชื่อมกับหน่วยใด')
  })

  it('is answered by the reply token alone: without one nothing is queued, since a push would count for every member', () => {
    const { group } = linked()
    expect(group.mention('สถานะ')).not.toBe('')
    expect(group.event({ type: 'join', replyToken: undefined })).toBe('')
  })

  it('keeps no words that were not meant for the bot', () => {
    const { chat, group } = linked()
    group.say('นัดกินข้าวเที่ยง', chat.officer('school').lineUserId)
    const bodies = chat.world.act((tx) => tx.select({ body: inbox.body }).from(inbox).all())
    expect(JSON.stringify(bodies)).not.toContain('นัดกินข้าวเที่ยง')
  })

  it('is linked by a one-time code of an officer, good for a quarter of an hour and once', () => {
    const chat = openChat()
    const group = openGroup(chat)
    const town = chat.officer('town')
    const code = codeIn(town.say('เชื่อมกลุ่ม').words)
    chat.at('2024-06-05T09:16')
    expect(group.mention(code, town.lineUserId)).toContain('หมดอายุ')
    const fresh = codeIn(town.say('เชื่อมกลุ่ม').words)
    expect(group.say(fresh)).toContain('เชื่อมกลุ่มนี้กับ เทศบาลเมืองทุ่งตะวัน แล้ว')
    expect(openGroup(chat, 'C'.padEnd(33, '2')).mention(fresh)).toContain('รหัสเชื่อมกลุ่มนี้ใช้ไม่ได้')
    expect(chat.world.act((tx) => tx.select().from(chatGroups).all())).toHaveLength(1)
  })

  it('is linked by a mention of an appointed officer, and by nobody else', () => {
    const chat = openChat()
    const group = openGroup(chat)
    expect(group.mention('เชื่อมกลุ่ม')).toContain('ผู้รับผิดชอบที่ได้รับแต่งตั้งเท่านั้น')
    expect(group.mention('เชื่อมกลุ่ม', 'U'.padEnd(33, 'e'))).toContain('ผู้รับผิดชอบที่ได้รับแต่งตั้งเท่านั้น')
    expect(group.mention('เชื่อมกลุ่ม', chat.officer('sao').lineUserId)).toContain('องค์การบริหารส่วนตำบลบ้านนา')
    const refused = group.mention('เชื่อมกลุ่ม', chat.officer('town').lineUserId)
    expect(refused).toContain('กลุ่มนี้เชื่อมกับหน่วยอื่นแล้ว')
    expect(group.mention('ยกเลิกเชื่อมกลุ่ม', chat.officer('town').lineUserId)).toContain('เชื่อมกับหน่วยอื่น')
    expect(group.mention('ยกเลิกเชื่อมกลุ่ม', chat.officer('sao').lineUserId)).toContain('ยกเลิกการเชื่อมกลุ่มนี้แล้ว')
    expect(group.mention('สถานะ')).toContain('ยังไม่ได้เชื่อมกับหน่วยใด')
  })

  it('hears counts, names of units, deadlines and the help desk; no person and no pupil', () => {
    const { chat, group } = linked()
    const name = (index: number) => ({ firstName: `ชื่อลับ${index}`, lastName: 'สกุลลับ' })
    chat.world.confirmRoster('centre', { at: chat.now(), sheet: chat.world.rows('centre', 10, name) })
    const status = group.mention('สถานะ')
    expect(status).toContain('เทศบาลเมืองทุ่งตะวัน')
    expect(status).toContain('สถานศึกษาครบถ้วนแล้ว 1 จาก 2 แห่ง')
    expect(status).toContain('• โรงเรียนเทศบาล 1')
    const left = group.say('LEC เหลือใคร')
    expect(left).toContain('ยังเหลือ 1 แห่ง')
    const deadlines = group.say('lec กำหนดเวลา')
    expect(deadlines).toContain('ภายในวันที่ 10 มิ.ย. 2567')
    const help = group.say('LEC Confirm ช่วยเหลือ')
    expect(help).toContain('0 2241 9021-3')
    for (const words of [status, left, deadlines, help])
      expect(words).not.toMatch(/ผู้รับผิดชอบ (?:town|school|centre)|ชื่อลับ|สกุลลับ|10 คน/)
  })

  it.each(['province', 'school', 'department'] as const)('of a %s hears of that unit alone', (place) => {
    const { group } = linked(place)
    const words = group.mention('สถานะ')
    const name = { province: 'จังหวัดทุ่งตะวัน', school: 'โรงเรียนเทศบาล 1', department: 'กรม' }[place]
    expect(words).toContain(name)
    expect(words).toContain('ยังยืนยันไม่ครบถ้วน')
    expect(group.mention('เหลือใคร')).toContain(place === 'school' ? 'ยังไม่ได้ยืนยัน' : 'ยังเหลือ')
  })

  it('can do nothing: commands that act show the public ones, a button is refused', () => {
    const { chat, group, officer } = linked()
    officer.say('ยืนยันภาพรวม')
    for (const text of ['ยืนยัน', 'ยืนยันภาพรวม', 'ยกเลิกการยืนยัน โรงเรียนเทศบาล 1', 'ผู้รับผิดชอบ', 'ออกจากระบบ'])
      expect(group.mention(text, officer.lineUserId)).toContain('กลุ่มนี้เชื่อมกับ เทศบาลเมืองทุ่งตะวัน')
    const postback = { type: 'postback', postback: { data: 'a=AAAAAAAAAAAAAAAAAAAAAA' } }
    expect(group.event(postback, officer.lineUserId)).toContain('แชตส่วนตัวเท่านั้น')
    expect(group.event(postback)).toContain('จึงไม่ได้ดำเนินการ')
    expect(chat.isConfirmed('town', 'overview')).toBe(false)
  })

  it('is forgotten with all its words when the bot leaves', () => {
    const { chat, group } = linked()
    group.mention('สถานะ', chat.officer('town').lineUserId)
    group.event({ type: 'leave' })
    expect(chat.world.act((tx) => tx.select().from(chatGroups).all())).toEqual([])
    const rows = chat.world.act((tx) => tx.select().from(inbox).where(eq(inbox.orderKey, CHAT)).all())
    expect(JSON.stringify(rows.filter(({ body }) => (body as { type: string }).type === 'message'))).toBe('[]')
    expect(group.mention('สถานะ')).toContain('ยังไม่ได้เชื่อมกับหน่วยใด')
  })

  it('is let go of from the private chat, every group of the unit at once', () => {
    const { group, officer } = linked()
    expect(officer.say('ยกเลิกเชื่อมกลุ่ม').words).toContain('1 กลุ่ม')
    expect(group.mention('สถานะ')).toContain('ยังไม่ได้เชื่อม')
    expect(officer.say('ยกเลิกเชื่อมกลุ่ม').words).toContain('ไม่มีกลุ่มที่เชื่อมอยู่')
  })

  it('may be a multi-person chat, and a mention may lie about where it stands', () => {
    const { chat } = linked()
    const room = openGroup(chat, 'R'.padEnd(33, '3'))
    const mention = { mentionees: [{ type: 'user', index: 900, length: -5, isSelf: true }] }
    expect(room.say('สถานะ', undefined, mention)).toContain('ยังไม่ได้เชื่อม')
    expect(room.say('สถานะ', undefined, { mentionees: 'x' })).toBe('')
  })

  it('is not linked by an executive', () => {
    const chat = openChat()
    const executive = chat.officer(chat.world.appoint('town', { role: 'executive', name: 'นายกเทศมนตรี' }))
    expect(codeIn(executive.say('เชื่อมกลุ่ม').words)).toBe('')
    expect(openGroup(chat).mention('เชื่อมกลุ่ม', executive.lineUserId)).toContain('เท่านั้น')
  })
})
