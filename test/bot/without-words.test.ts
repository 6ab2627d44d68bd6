import { describe, expect, it } from 'vitest'
import { events } from '../../src/db/schema.ts'
import { openChat } from './chat.ts'

const KINDS = ['sticker', 'image', 'video', 'audio', 'file', 'location', 'something-new'] as const

describe('a message without words', () => {
  it.each(KINDS)('%s is answered with what can be typed next', (type) => {
    for (const place of ['school', 'town', 'province', 'department'] as const) {
      const { words, messages } = openChat()
        .officer(place)
        .send({ type: 'message', message: { type, id: '1' } })
      expect(words).toContain('พิมพ์ได้ เช่น สถานะ')
      expect(messages).toHaveLength(1)
    }
  })

  it('has words of its own for each kind', () => {
    const officer = openChat().officer('school')
    const answers = KINDS.map((type) => officer.send({ type: 'message', message: { type, id: '1' } }).words)
    expect(new Set(answers).size).toBe(KINDS.length)
  })

  it.each(KINDS)('%s of a stranger is answered with the way in', (type) => {
    const { words } = openChat()
      .person(`U${'f'.repeat(32)}`)
      .send({ type: 'message', message: { type, id: '1' } })
    expect(words).toContain('รหัสเข้าร่วม')
  })

  it.each(['', '   ', '👍👍', '78', '1-1017-00000-00-1', 'https://example.com/x', 'ก'.repeat(5000)])(
    'as a text, %j does nothing and is told so',
    (text) => {
      const chat = openChat()
      const officer = chat.officer('school')
      chat.world.read('school', chat.world.rows('school', 78), chat.now())
      const before = chat.world.act((tx) => tx.select().from(events).all().length)
      const { words } = officer.say(text)
      expect(words).toContain('พิมพ์ได้ เช่น')
      expect(chat.world.act((tx) => tx.select().from(events).all().length)).toBe(before)
    },
  )

  it('a pupil’s number is not repeated', () => {
    const { words } = openChat().officer('school').say('1-1017-00000-00-1')
    expect(words).toContain('โปรดอย่าส่งเลขประจำตัว')
    expect(words).not.toContain('1017')
  })

  it('what is not understood offers the commands of the role', () => {
    const chat = openChat()
    expect(chat.officer('school').say('ฝนตกหนักมาก').words).toMatch(/ลองพิมพ์: .*ยืนยัน/)
    expect(chat.officer('province').say('ฝนตกหนักมาก').words).toContain('ตรวจสอบแล้ว')
    expect(
      chat
        .officer('department')
        .say('ฝนตกหนักมาก')
        .words.split(/[:/]/)
        .map((word) => word.trim()),
    ).not.toContain('ยืนยัน')
  })
})

describe('a question in plain words', () => {
  it('is answered, while the question that was put stays open', () => {
    const chat = openChat()
    chat.world.confirmRoster('school', { at: chat.now() })
    const officer = chat.officer('school')
    officer.say('ขอยกเลิกการยืนยัน')
    expect(officer.say('ยกเลิกได้ไหม').words).toContain('ยืนยันแล้วแก้ไขได้หรือไม่')
    expect(officer.say('มีผู้ย้ายเข้า').words).toContain('โปรดพิมพ์')
    expect(chat.isConfirmed('school', 'roster')).toBe(true)
  })

  it.each([
    'ไม่มีหลักฐานว่านักเรียนย้ายเข้าจริง',
    'ไม่มีหลักฐาน',
    'กดยืนยันไปแล้วโดยไม่แน่ใจว่าแก้ได้ไหม',
    'ยืนยันแล้วครูถามว่าแก้ได้ไหม เพราะยอดผิด',
    'ยืนยันก่อนตรวจครบ เพราะไม่ทราบว่าปิดวันไหน',
    'ไม่ทราบว่าปิดวันไหน จึงยืนยันไปก่อน',
    'ยืนยันแล้วพบว่าแก้ชื่อสลับกัน',
  ])('in a reason is the reason, word for word: %s', (reason) => {
    const chat = openChat()
    chat.world.confirmRoster('school', { at: chat.now() })
    const officer = chat.officer('school')
    officer.say('ขอยกเลิกการยืนยัน')
    officer.say('เหตุอื่น')
    expect(officer.say(reason).words).toContain('ส่งคำขอ')
    expect(chat.officer('town').heard().words).toContain(reason)
  })

  it('about the sheet links it and names the account on record', () => {
    const officer = openChat().officer('school')
    expect(officer.say('เข้าระบบไม่ได้ค่ะ').words).toContain('ท่านยังไม่ได้แจ้งบัญชี Google')
    officer.say('somsri@gmail.com')
    const { words } = officer.say('เข้าระบบไม่ได้ค่ะ')
    expect(words).toContain('somsri@gmail.com')
    expect(words).toContain('[เปิดตาราง]')
  })

  it.each(['ส่งคืนได้ไหม', 'อนุมัติหรือยัง', 'เห็นชอบได้ไหมคะ'])('%s decides nothing', (text) => {
    const chat = openChat()
    chat.world.confirmRoster('saoCentre', { at: chat.now() })
    chat.officer('saoCentre').say('ขอยกเลิกการยืนยัน เด็กย้ายเข้า')
    const sao = chat.officer('sao')
    sao.say('คำขอ')
    expect(sao.say(text).words).toContain('เด็กย้ายเข้า')
    expect(chat.isConfirmed('saoCentre', 'roster')).toBe(true)
    expect(sao.say('คำขอ').words).toContain('เด็กย้ายเข้า')
  })
})

describe('ช่วยเหลือ', () => {
  it('says what can be done now and why something cannot', () => {
    const chat = openChat()
    const open = chat.officer('school').say('ช่วยเหลือ').words
    expect(open).toContain('งานในหน้าที่')
    expect(open).toContain('ขณะนี้: เปิดยืนยัน')
    chat.at('2024-07-01T09:00')
    const closed = chat.officer('school').say('ช่วยเหลือ').words
    expect(closed).toContain('ขณะนี้ยังทำไม่ได้')
  })

  it('shows a newcomer the steps and the help desk', () => {
    const { words } = openChat()
      .person(`U${'f'.repeat(32)}`)
      .say('ช่วยเหลือ')
    expect(words).toContain('ขอรหัสเข้าร่วม 8 ตัว')
    expect(words).toContain('แล้วพิมพ์ ยอมรับ')
  })
})
