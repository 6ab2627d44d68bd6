import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { conversations, events, inbox, outbox, pendingActions, people } from '../../src/db/schema.ts'
import { appointedAt } from '../../src/workflow/actor.ts'
import { type Chat, openChat } from './chat.ts'

const NEWCOMER = `U${'e'.repeat(32)}`
const codeIn = (words: string): string => /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(words)?.[0] ?? ''
const everything = (chat: Chat): string =>
  chat.world.act((tx) =>
    JSON.stringify([
      tx.select().from(people).all(),
      tx.select().from(inbox).all(),
      tx.select().from(outbox).where(eq(outbox.state, 'accepted')).all(),
      tx.select().from(conversations).all(),
      tx.select().from(pendingActions).all(),
    ]),
  )

describe('ออกจากระบบ', () => {
  it('warns first, and does nothing without the second step', () => {
    const chat = openChat()
    const teacher = chat.officer('school')
    expect(teacher.say('ยืนยันออกจากระบบ').words).toContain('โปรดพิมพ์ ออกจากระบบ')
    const warned = teacher.say('เลิกใช้งาน').words
    for (const part of ['โรงเรียนเทศบาล 1', 'ระบบลบ', 'ยังอยู่เป็นหลักฐาน', 'การแต่งตั้งยังมีผล', 'ยืนยันออกจากระบบ'])
      expect(warned).toContain(part)
    expect(teacher.say('สถานะ').words).toContain('โรงเรียนเทศบาล 1')
  })

  it.each(['button', 'typed'])('by %s unlinks the account and deletes what was kept of it; acts stay', (way) => {
    const chat = openChat()
    chat.world.confirmRoster('school', { at: chat.now() })
    const teacher = chat.officer('school')
    const { personId } = chat.world.actor('school', chat.now())
    chat.world.act((tx) => tx.update(people).set({ lineDisplayName: 'ครูน้อย😀' }).where(eq(people.id, personId)).run())
    teacher.heard()
    teacher.say('ข้อความส่วนตัวของครู')
    teacher.say('ออกจากระบบ')
    const gone = way === 'button' ? teacher.tap('ออกจากระบบ') : teacher.say('ยืนยันออกจากระบบ')
    expect(gone.words).toContain('ลบข้อมูลบัญชี LINE ของท่านแล้ว')
    const left = everything(chat)
    expect(left).not.toContain('ข้อความส่วนตัวของครู')
    expect(left).not.toContain('ครูน้อย')
    const row = chat.world.act((tx) => tx.select().from(people).where(eq(people.id, personId)).get())
    expect(row).toMatchObject({ lineUserId: null, lineDisplayName: null, name: 'ผู้รับผิดชอบ school' })
    expect(chat.isConfirmed('school', 'roster')).toBe(true)
    const unitId = chat.unit('school')
    expect(chat.world.act((tx) => appointedAt(tx, { unitId, role: 'officer' }, chat.now()))).toHaveLength(1)
    expect(teacher.say('สถานะ').words).toContain('ท่านยังไม่ได้ผูกบัญชีกับหน่วยใด')
  })

  it('tells the level above that chat reaches nobody of the unit, with a name and a number', () => {
    const chat = openChat()
    const { personId } = chat.world.actor('school', chat.now())
    chat.world.act((tx) => tx.update(people).set({ telephone: '0 2111 1111' }).where(eq(people.id, personId)).run())
    const teacher = chat.officer('school')
    teacher.say('ออกจากระบบ')
    teacher.say('ยืนยันออกจากระบบ')
    const told = chat.officer('town').heard().words
    expect(told).toContain('โรงเรียนเทศบาล 1 ติดต่อทางแชตไม่ได้')
    expect(told).toContain('ผู้รับผิดชอบ school โทร. 0 2111 1111')
    expect(chat.officer('province').heard().words).toBe('')
  })

  it('tells nobody while a colleague can be reached', () => {
    const chat = openChat()
    const second = chat.officer(chat.world.appoint('school', { name: 'ครูคนที่สอง' }))
    second.say('ออกจากระบบ')
    second.tap('ออกจากระบบ')
    expect(chat.officer('town').heard().words).toBe('')
  })

  it('is no way to end a duty, and the way back is a new code', () => {
    const chat = openChat()
    const teacher = chat.officer('school')
    teacher.say('ออกจากระบบ')
    teacher.tap('ออกจากระบบ')
    const town = chat.officer('town')
    const code = codeIn(town.say('เชิญ โรงเรียนเทศบาล 1 แทน ผู้รับผิดชอบ school').words)
    const back = chat.person(NEWCOMER)
    back.say(code)
    expect(back.tap('ยอมรับ').words).toContain('รับต่อจาก ผู้รับผิดชอบ school')
  })
})

describe('an account that blocks us', () => {
  it('is told upward once a day, and not any more once it is back', () => {
    const chat = openChat()
    const teacher = chat.officer('school')
    const town = chat.officer('town')
    teacher.send({ type: 'unfollow' })
    expect(town.heard().words).toContain('โรงเรียนเทศบาล 1 ติดต่อทางแชตไม่ได้')
    teacher.send({ type: 'follow' })
    teacher.send({ type: 'unfollow' })
    teacher.send({ type: 'unfollow' })
    expect(town.heard().words).toBe('')
    const blocked = chat.world.act((tx) => tx.select().from(events).where(eq(events.type, 'account-blocked')).all())
    expect(blocked).toHaveLength(2)
    chat.at('2024-06-06T09:00')
    teacher.send({ type: 'follow' })
    teacher.send({ type: 'unfollow' })
    teacher.send({ type: 'follow' })
    expect(town.heard()).toMatchObject({ words: '', dropped: 1 })
  })
})

describe('a message that was taken back', () => {
  it('is deleted with the button offered on it and the answer that quotes it; what became an act stays', () => {
    const chat = openChat()
    const town = chat.officer('town')
    const words = 'ประกาศ ถ้อยคำที่พิมพ์ผิดไป'
    town.send({ type: 'message', message: { type: 'text', id: 'm-wrong', text: words } })
    town.send({ type: 'unsend', unsend: { messageId: 'm-wrong' } })
    expect(everything(chat)).not.toContain('ถ้อยคำที่พิมพ์ผิดไป')
    expect(town.say('ยืนยันประกาศ').words).toContain('ยังไม่มีตัวอย่างประกาศ')
    town.send({ type: 'message', message: { type: 'text', id: 'm-kept', text: 'ประกาศ ถ้อยคำที่ส่งไปแล้ว' } })
    town.say('ยืนยันประกาศ')
    town.send({ type: 'unsend', unsend: { messageId: 'm-kept' } })
    const kept = chat.world.act((tx) => tx.query.announcements.findMany().sync())
    expect(kept.map((one) => one.words)).toEqual(['ถ้อยคำที่ส่งไปแล้ว'])
    const stored = chat.world.act((tx) =>
      tx
        .select()
        .from(inbox)
        .where(and(eq(inbox.orderKey, town.lineUserId)))
        .all(),
    )
    expect(JSON.stringify(stored)).not.toContain('ถ้อยคำที่ส่งไปแล้ว')
  })
})

describe('ส่งมอบงาน', () => {
  it('shows what is open at the unit', () => {
    const chat = openChat()
    chat.world.confirmRoster('school', { at: chat.now() })
    chat.officer('school').say('ขอยกเลิกการยืนยัน เพราะมีเด็กย้ายเข้า 1 คน')
    expect(chat.officer('town').say('ส่งมอบงาน').words).toContain('คำขอที่รอท่านพิจารณา')
    expect(chat.officer('school').say('ส่งมอบงาน').words).toContain('รอ เทศบาลเมืองทุ่งตะวัน')
  })
})

describe('ร่างหนังสือเตือน', () => {
  it('is a formal letter to copy, in Thai numerals, with round, letter number, date and those who owe', () => {
    const chat = openChat({ round: '2563/2', at: Date.parse('2020-12-22T09:00+07:00') })
    const province = chat.officer('province')
    const { messages, words } = province.say('ร่างหนังสือเตือน')
    const letter = String(messages[1]?.['text'])
    for (const part of [
      'เรื่อง  ขอให้เร่งรัด',
      'ประจำปีการศึกษา ๒๕๖๓ (ครั้งที่ ๒)',
      'ที่ มท ๐๘๑๖.๒/ว ๓๔๐๐ ลงวันที่ ๓ พฤศจิกายน ๒๕๖๓',
      '๒๒ ธันวาคม ๒๕๖๓',
      'ภายในวันที่ ๒๔ ธันวาคม ๒๕๖๓',
      'จำนวน ๔ แห่ง จากทั้งหมด ๔ แห่ง',
      '๑. เทศบาลเมืองทุ่งตะวัน (สถานศึกษายังไม่ยืนยัน ๒ แห่ง, ภาพรวม, จำนวนนักเรียนของสถานศึกษาสังกัดอื่น)',
      'ขอแสดงความนับถือ',
    ])
      expect(letter).toContain(part)
    expect(letter).not.toMatch(/\d/)
    expect(words).toContain('ระบบไม่ได้ส่งหนังสือนี้ให้ผู้ใด')
    expect(chat.officer('town').heard().words).toBe('')
  })

  it('names the institutions for an LAO, leaves the number open where the round has none, and ends when nobody owes', () => {
    const chat = openChat()
    const sao = chat.officer('sao')
    const letter = sao.say('ร่างหนังสือเตือน').words
    expect(letter).toContain('๑. ศูนย์พัฒนาเด็กเล็กบ้านนา')
    expect(letter).toContain('ที่ มท .')
    chat.world.confirmRoster('saoCentre', { at: chat.now() })
    expect(sao.say('ร่างหนังสือเตือน').words).toContain('ไม่มีหน่วยในสังกัดที่ยังไม่ดำเนินการ')
    expect(chat.officer('school').say('ร่างหนังสือเตือน').words).not.toContain('ขอแสดงความนับถือ')
  })
})
