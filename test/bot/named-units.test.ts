import { describe, expect, it } from 'vitest'
import { createInvitation } from '../../src/workflow/invitations.ts'
import { must, type Place } from '../world/chain-world.ts'
import { type Chat, openChat } from './chat.ts'

/** The officer of the school is appointed elsewhere too. */
function alsoAt(chat: Chat, ...places: Place[]) {
  const officer = chat.officer('school')
  for (const place of places) {
    const { code } = chat.world.act((tx) =>
      must(
        createInvitation(
          tx,
          {
            actor: null,
            unitId: chat.unit(place),
            role: 'officer',
            personName: null,
            orderNumber: null,
            orderDate: null,
          },
          chat.now(),
        ),
      ),
    )
    officer.say(code)
    officer.say('ยอมรับ')
  }
  officer.say('somsri@gmail.com')
  officer.say('เปลี่ยนหน้าที่ 1')
  return officer
}

describe('a unit in a sentence', () => {
  it.each([
    'สถานะ ศพด.บ้านนา',
    'ศพด บ้านนา เป็นไง',
    'ศพด.บ้านนา ส่งหรือยังคะ',
    'ขอดูข้อมูล ศูนย์เด็กเล็กบ้านนา',
    '3099300001',
    '๓๐๙๙๓๐๐๐๐๑',
    'ศพด.บ้านนา',
  ])('is seen by the level above: %s', (text) => {
    const { words } = openChat().officer('sao').say(text)
    expect(words).toContain('ศูนย์พัฒนาเด็กเล็กบ้านนา')
  })

  it.each(['สถานะ รร.เทศบาล 1', 'สถานะ 3099200001'])('is seen by the department, however far below: %s', (text) => {
    expect(openChat().officer('department').say(text).words).toContain('โรงเรียนเทศบาล 1')
  })

  it('that is closed is found by nobody', () => {
    const chat = openChat()
    chat.world.act((tx) => tx.run(`UPDATE units SET closed_at = ${chat.now()} WHERE id = ${chat.unit('school')}`))
    for (const text of ['สถานะ รร.เทศบาล 1', 'สถานะ 3099200001'])
      expect(chat.officer('department').say(text).words, text).toContain('ไม่พบหน่วยชื่อ')
  })

  it('is found by a part of its name when it is the only one', () => {
    expect(openChat().officer('town').say('เมืองทุ่งตะวัน เป็นไง').words).toContain('ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน')
  })

  it('is seen in spite of a slip in its name, and it is said which was meant', () => {
    const { words } = openChat().officer('town').say('สถานะ ศพด.เมืองทุ่งตะวน')
    expect(words).toContain('เข้าใจว่าหมายถึง ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน')
  })

  it('with a slip is never cancelled', () => {
    const chat = openChat()
    chat.world.confirmRoster('centre', { at: chat.now() })
    expect(chat.officer('town').say('ยกเลิกการยืนยัน ศพด.เมืองทุ่งตะวน').words).toContain('ไม่พบ')
  })

  it('is not seen from elsewhere', () => {
    const { words } = openChat().officer('centre').say('สถานะ ศพด.บ้านนา')
    expect(words).toContain('ไม่พบ')
  })

  it('is never confirmed by the level above', () => {
    const chat = openChat()
    chat.world.read('saoCentre', chat.world.rows('saoCentre'), chat.now())
    const { words, loading } = chat.officer('sao').say('ยืนยัน ศพด.บ้านนา')
    expect(words).toContain('ต้องทำโดยเจ้าหน้าที่ของ ศูนย์พัฒนาเด็กเล็กบ้านนา เอง')
    expect(loading).toBe(false)
    expect(chat.runs()).toHaveLength(0)
  })

  it('begins the confirmation of one’s own', () => {
    const chat = openChat()
    chat.world.read('saoCentre', chat.world.rows('saoCentre'), chat.now())
    expect(chat.officer('saoCentre').say('ยืนยัน ศพด.บ้านนา').loading).toBe(true)
    expect(chat.isConfirmed('saoCentre', 'roster')).toBe(false)
  })
})

describe('somebody with several duties', () => {
  it('means the duty whose unit is named, and goes on there', () => {
    const chat = openChat()
    const officer = alsoAt(chat, 'saoCentre')
    chat.world.read('saoCentre', chat.world.rows('saoCentre'), chat.now())
    const seen = officer.say('สถานะ ศพด.บ้านนา').words
    expect(seen).toContain('เปลี่ยนเป็นเจ้าหน้าที่ของ ศูนย์พัฒนาเด็กเล็กบ้านนา แล้ว')
    officer.say('ยืนยัน')
    expect(chat.runs().map(({ unitId }) => unitId)).toEqual([chat.unit('saoCentre')])
  })

  it('confirms for the one that is named, not for the one in use', () => {
    const chat = openChat()
    const officer = alsoAt(chat, 'saoCentre')
    chat.world.read('saoCentre', chat.world.rows('saoCentre'), chat.now())
    chat.world.read('school', chat.world.rows('school'), chat.now())
    officer.say('ยืนยันศพด.บ้านนา')
    expect(chat.runs().map(({ unitId }) => unitId)).toEqual([chat.unit('saoCentre')])
  })

  it('asks to reopen the one that is named, with the rest as the reason', () => {
    const chat = openChat()
    const officer = alsoAt(chat, 'saoCentre')
    chat.world.confirmRoster('saoCentre', { at: chat.now() })
    chat.world.confirmRoster('school', { at: chat.now() })
    expect(officer.say('ขอยกเลิกการยืนยัน ศพด.บ้านนา เด็กย้ายเข้า 2 คน').words).toContain('องค์การบริหารส่วนตำบลบ้านนา')
    expect(chat.officer('sao').say('คำขอ').words).toContain('เด็กย้ายเข้า 2 คน')
    expect(chat.officer('town').say('คำขอ').words).toContain('ไม่มีคำขอ')
  })

  it('chooses when a name fits two of them, by button or typed', () => {
    const chat = openChat()
    const officer = alsoAt(chat, 'centre', 'saoCentre')
    chat.world.read('saoCentre', chat.world.rows('saoCentre'), chat.now())
    const asked = officer.say('ยืนยัน ศพด.').words
    expect(chat.runs()).toHaveLength(0)
    expect(asked).toContain('หมายถึงหน่วยใด')
    expect(asked).toContain('ยืนยัน @ศูนย์พัฒนาเด็กเล็กบ้านนา')
    officer.say('ยืนยัน @ศูนย์พัฒนาเด็กเล็กบ้านนา')
    expect(chat.runs().map(({ unitId }) => unitId)).toEqual([chat.unit('saoCentre')])
  })

  it('still cancels what is below when the same words name an own duty', () => {
    const chat = openChat()
    const officer = alsoAt(chat, 'sao', 'saoCentre')
    chat.world.confirmRoster('saoCentre', { at: chat.now() })
    officer.say('เปลี่ยนหน้าที่ 2')
    expect(officer.say('ยกเลิกการยืนยัน ศพด.บ้านนา').words).toContain('โปรดพิมพ์เหตุผล')
  })
})
