import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { evidenceText } from '../../src/cli/evidence/evidence-report.ts'
import { gatherEvidence } from '../../src/cli/evidence.ts'
import { announcementReceipts, announcements, people, quotaMonths } from '../../src/db/schema.ts'
import { nextAnnouncementTelling, tellOfAnnouncement } from '../../src/workflow/announcement-tellings.ts'
import { bangkok } from '../world/chain-world.ts'
import { type Chat, openChat } from './chat.ts'

/** What the job does: tells province by province until everybody has been told. */
function tellAll(chat: Chat): number {
  let told = 0
  for (;;) {
    const telling = chat.world.act(nextAnnouncementTelling)
    if (telling === null) return told
    told += chat.world.act((tx) => tellOfAnnouncement(tx, telling, chat.now()))
  }
}

const made = (chat: Chat) => chat.world.act((tx) => tx.select().from(announcements).all())

describe('an announcement (R10)', () => {
  it('is shown with its recipients by level and its cost, and sent by the second step only', () => {
    const chat = openChat()
    const department = chat.officer('department')
    const shown = department.say('ประกาศ ขอให้ทุกหน่วยตรวจสอบข้อมูลอีกครั้ง').words
    expect(shown).toContain('ตัวอย่างประกาศ (ยังไม่ได้ส่ง)')
    expect(shown).toContain('ขอให้ทุกหน่วยตรวจสอบข้อมูลอีกครั้ง')
    expect(shown).toContain('ผู้รับในจังหวัด  1 คน')
    expect(shown).toContain('ผู้รับใน อปท.  4 คน')
    expect(shown).toContain('ผู้รับในสถานศึกษา  3 คน')
    expect(shown).toContain('โควตาข้อความของ LINE 8 ข้อความ')
    expect(made(chat)).toEqual([])
    const done = department.tap('ส่งถึงทุกระดับ (8 คน)').words
    expect(done).toContain('ออกประกาศที่ 1 แล้ว ผู้รับ 8 คน')
    expect(tellAll(chat)).toBe(8)
    for (const place of ['province', 'town', 'school'] as const) {
      const heard = chat.officer(place).heard().words
      expect(heard).toContain('ประกาศที่ 1')
      expect(heard).toContain('ขอให้ทุกหน่วยตรวจสอบข้อมูลอีกครั้ง')
      expect(heard).toContain('ออกโดย ผู้รับผิดชอบ department')
      expect(heard).not.toContain('ส่งต่อถึงหน่วยในสังกัด')
    }
  })

  it('names what is left of the monthly quota, and when it is too little', () => {
    const chat = openChat()
    const left = (quota: number) =>
      chat.world.act((tx) =>
        tx
          .insert(quotaMonths)
          .values({ month: '2024-06', quota, used: 90, readAt: 1, sentSince: 5 })
          .onConflictDoUpdate({ target: quotaMonths.month, set: { quota } })
          .run(),
      )
    left(1000)
    expect(chat.officer('department').say('ประกาศ ทดลอง').words).toContain('เดือนนี้เหลือ 905 ข้อความ')
    left(98)
    expect(chat.officer('department').say('ประกาศ ทดลอง').words).toContain('โควตาข้อความที่เหลือไม่พอ')
  })

  it('is made once: neither the other button of its preview nor a second tap makes another', () => {
    const chat = openChat()
    const department = chat.officer('department')
    department.say('ประกาศ ข้อความเดียว')
    const next = department.dataOf('ส่งถึงจังหวัด')
    const all = department.dataOf('ส่งถึงทุกระดับ')
    department.postback(next.data ?? '')
    for (const { data } of [next, all]) expect(department.postback(data ?? '').words).toContain('ปุ่มนี้ใช้ไปแล้ว')
    expect(department.say('ยืนยันประกาศถึงทุกระดับ').words).toContain('ยังไม่มีตัวอย่างประกาศ')
    expect(made(chat)).toHaveLength(1)
  })

  it('goes level by level: each passes it on once, with a word of its own, and each is named', () => {
    const chat = openChat()
    const department = chat.officer('department')
    const province = chat.officer('province')
    department.say('ประกาศถึงจังหวัด ตามหนังสือ มท 0816.2/ว 77: เร่งรัดการยืนยัน')
    expect(department.say('ยืนยันประกาศ').words).toContain('ผู้รับ 1 คน')
    const first = province.heard().words
    expect(first).toContain('เร่งรัดการยืนยัน')
    expect(first).toContain('ตามหนังสือ มท 0816.2/ว 77')
    expect(chat.officer('town').heard().words).toBe('')
    expect(province.tap('ส่งต่อถึงหน่วยในสังกัด').words).toContain('เพิ่มคำเน้นย้ำของท่าน พิมพ์ ส่งต่อประกาศ 1')
    const preview = province.say('ส่งต่อประกาศ 1 เน้นย้ำว่า ขอให้เสร็จก่อนวันศุกร์').words
    expect(preview).toContain('เร่งรัดการยืนยัน')
    expect(preview).toContain('ขอให้เสร็จก่อนวันศุกร์')
    province.tap('ส่งถึง อปท.')
    const town = chat.officer('town')
    const second = town.heard().words
    expect(second).toContain('ประกาศที่ 2')
    expect(second).toContain('เร่งรัดการยืนยัน')
    expect(second).toContain('จังหวัดทุ่งตะวัน เน้นย้ำ')
    expect(second).toContain('ขอให้เสร็จก่อนวันศุกร์')
    const again = province.say('ส่งต่อประกาศ 1').words
    expect(again).toContain('หน่วยของท่านส่งต่อประกาศนี้แล้ว')
    expect(again).toContain('ผู้รับผิดชอบ province')
    town.say('ส่งต่อประกาศ 2')
    town.say('ยืนยันประกาศ')
    const school = chat.officer('school').heard().words
    expect(school).toContain('เทศบาลเมืองทุ่งตะวัน')
    expect(school).toContain('ส่งต่อโดย เทศบาลเมืองทุ่งตะวัน')
    chat.officer('school').say('รับทราบประกาศ 3')
    const progress = department.say('ใครรับทราบประกาศ 1').words
    expect(progress).toContain('ส่งต่อแล้ว  1 หน่วย')
    expect(progress).toContain('ผู้รับในสถานศึกษา  รับทราบ 1 จาก 2 คน')
  })

  it('is acknowledged by each person, by button or typed, once; accepted by LINE is not read', () => {
    const chat = openChat()
    const province = chat.officer('province')
    province.say('ประกาศ โปรดตรวจสอบ')
    province.tap('ส่งถึง อปท.')
    const town = chat.officer('town')
    town.heard()
    expect(province.say('ใครรับทราบประกาศ 1').words).toContain('รับทราบ 0 จาก 4 คน')
    expect(province.say('ใครรับทราบประกาศ 1').words).toContain('ไม่ได้หมายความว่าอ่านแล้ว')
    expect(town.tap('รับทราบ').words).toContain('บันทึกแล้วว่าท่านรับทราบประกาศที่ 1')
    expect(town.say('รับทราบประกาศ 1').words).toContain('ท่านรับทราบประกาศที่ 1 ไว้แล้ว')
    expect(chat.officer('sao').say('รับทราบครับ').words).toContain('รับทราบประกาศที่ 1')
    expect(chat.officer('sao').say('รับทราบ').words).toBe('ด้วยความยินดี')
    const progress = province.say('ใครรับทราบประกาศ 1').words
    expect(progress).toContain('รับทราบ 2 จาก 4 คน')
    expect(progress).toContain('ยังไม่รับทราบ 2 คน')
    expect(progress).toContain('องค์การบริหารส่วนตำบลเขาเขียว · ผู้รับผิดชอบ countsOnly')
    expect(progress).not.toContain('ผู้รับผิดชอบ town')
    const evidence = chat.world.act((tx) => evidenceText(gatherEvidence(tx, { unit: '04990102' }, chat.now())))
    expect(evidence).toContain('แจ้งประกาศ')
    expect(evidence).toContain('รับทราบประกาศที่ 1')
  })

  it('is acknowledged by nobody whom it is not for, and shown to nobody who did not issue it', () => {
    const chat = openChat()
    chat.officer('town').say('ประกาศ เฉพาะสถานศึกษาของเทศบาล')
    chat.officer('town').say('ยืนยันประกาศ')
    for (const other of ['saoCentre', 'sao', 'province'] as const)
      expect(chat.officer(other).say('รับทราบประกาศ 1').words).toContain('ไม่พบประกาศนี้')
    expect(chat.officer('province').say('ใครรับทราบประกาศ 1').words).toContain('ไม่พบประกาศนี้')
    expect(chat.officer('school').say('ใครรับทราบประกาศ 1').words).toContain('ไม่พบประกาศนี้')
    expect(chat.officer('sao').say('ส่งต่อประกาศ 1').words).toContain('ไม่พบประกาศนี้')
    const receipts = chat.world.act((tx) => tx.select().from(announcementReceipts).all())
    expect(receipts.filter(({ acknowledgedAt }) => acknowledgedAt !== null)).toEqual([])
  })

  it('is made by officers who have somebody below, not by an executive and not by an institution', () => {
    const chat = openChat()
    for (const who of [chat.officer('school'), chat.officer(chat.world.appoint('school', { role: 'executive' }))]) {
      const { words } = who.say('ประกาศ ทดลอง')
      expect(words).toContain('เรื่องนี้ไม่อยู่ในหน้าที่ของท่าน')
      expect(words).toContain('ผู้ที่ทำได้คือเจ้าหน้าที่ของ อปท. / จังหวัด / กรม')
    }
    const executive = chat.officer(chat.world.appoint('town', { role: 'executive', name: 'นายกเทศมนตรี' }))
    expect(executive.say('ประกาศ ทดลอง').words).not.toContain('ตัวอย่างประกาศ')
    expect(made(chat)).toEqual([])
  })

  it('is repeated once a day to those who have not acknowledged, and to nobody else', () => {
    const chat = openChat()
    const province = chat.officer('province')
    province.say('ประกาศ โปรดตรวจสอบ')
    province.tap('ส่งถึง อปท.')
    for (const place of ['town', 'sao', 'countsOnly', 'bare'] as const) chat.officer(place).heard()
    chat.officer('town').say('รับทราบประกาศ 1')
    expect(province.say('ส่งประกาศซ้ำ 1').words).toContain('วันนี้ส่งประกาศนี้แล้ว')
    chat.at('2024-06-06T09:00')
    province.say('ใครรับทราบประกาศ 1')
    expect(province.tap('ส่งซ้ำถึงผู้ที่ยังไม่รับทราบ').words).toContain('ส่งประกาศที่ 1 ซ้ำ')
    expect(chat.officer('town').heard().words).toBe('')
    expect(chat.officer('sao').heard().words).toContain('โปรดตรวจสอบ')
    expect(province.say('ส่งประกาศซ้ำ 1').words).toContain('วันนี้ส่งประกาศนี้แล้ว')
  })

  it('carries the warnings of G9.3 and L4 ready-made to executives and officers of the LAOs (R9, R10)', () => {
    const chat = openChat()
    const executive = chat.officer(chat.world.appoint('town', { role: 'executive', name: 'นายกเทศมนตรี' }))
    const province = chat.officer('province')
    province.say('ประกาศ')
    const shown = province.tap('ประกาศ กำชับการมีตัวตน').words
    expect(shown).toContain('ตรวจพบภายหลังว่ามีการบันทึกข้อมูลผู้ที่ไม่มีตัวตนอยู่จริง')
    province.say('ประกาศ เน้นย้ำผู้บริหาร โปรดตรวจก่อนวันที่ 7')
    province.tap('ส่งถึง อปท.')
    for (const person of [executive, chat.officer('town')]) {
      const heard = person.heard().words
      expect(heard).toContain('เน้นย้ำผู้บริหารท้องถิ่นกำกับดูแล')
      expect(heard).toContain('โปรดตรวจก่อนวันที่ 7')
    }
    expect(executive.tap('รับทราบ').words).toContain('บันทึกแล้วว่าท่านรับทราบ')
    expect(province.say('ใครรับทราบประกาศ 1').words).toContain('รับทราบ 1 จาก 5 คน')
  })

  it('comes once to somebody with several duties, and says whom chat does not reach', () => {
    const chat = openChat()
    const account = 'U'.padEnd(33, '7')
    chat.world.appoint('school', { account, name: 'ครูสองแห่ง' })
    chat.world.appoint('centre', { account, name: 'ครูสองแห่ง' })
    const { personId } = chat.world.actor('school', chat.now())
    chat.world.act((tx) =>
      tx.update(people).set({ blockedAt: chat.now(), telephone: '0 2111 1111' }).where(eq(people.id, personId)).run(),
    )
    const town = chat.officer('town')
    expect(town.say('ประกาศ ถึงครูทุกคน').words).toContain('ติดต่อทางแชตไม่ได้ 1 คน')
    town.say('ยืนยันประกาศ')
    expect(
      chat
        .person(account)
        .heard()
        .words.match(/ประกาศที่ 1$/gm),
    ).toHaveLength(1)
    const progress = town.say('ใครรับทราบประกาศ 1').words
    expect(progress).toContain('ผู้รับผิดชอบ school (เจ้าหน้าที่) ติดต่อทางแชตไม่ได้ โทร. 0 2111 1111')
    chat.person(account).say('รับทราบประกาศ 1')
    expect(town.say('ใครรับทราบประกาศ 1').words).not.toContain('ครูสองแห่ง')
  })

  it('reaches whoever is appointed later when it is acknowledged', () => {
    const chat = openChat()
    const province = chat.officer('province')
    province.say('ประกาศ โปรดตรวจสอบ')
    province.tap('ส่งถึง อปท.')
    const later = chat.officer(chat.world.appoint('town', { name: 'คนใหม่', at: chat.now() }))
    expect(later.say('รับทราบประกาศ 1').words).toContain('บันทึกแล้ว')
    expect(province.say('ใครรับทราบประกาศ 1').words).toContain('รับทราบ 1 จาก 5 คน')
  })

  it('keeps no whole pupil number, and waits for the morning at night', () => {
    const chat = openChat()
    const town = chat.officer('town')
    town.say('ประกาศ ให้ตรวจเลข 1101700207030 อีกครั้ง')
    town.say('ยืนยันประกาศ')
    expect(made(chat)[0]?.words).toBe('ให้ตรวจเลข 1-1017-xxxxx-xx-0 อีกครั้ง')
    chat.at(bangkok('2024-06-05T21:00'))
    expect(town.say('ประกาศ ด่วน').words).not.toContain('ตัวอย่างประกาศ')
  })
})
