import { describe, expect, it } from 'vitest'
import { refusalWords } from '../../src/bot/words/refusals.ts'
import { sheetFiles } from '../../src/db/schema.ts'
import { type Chat, openChat } from './chat.ts'

const CLOSE = Date.parse('2024-06-11T17:00+07:00')

function confirmedSchool(): Chat {
  const chat = openChat()
  chat.world.confirmRoster('school', { at: chat.now() - 1_000 })
  for (const who of ['school', 'town', 'province'] as const) chat.officer(who).heard()
  return chat
}

const edited = (chat: Chat, count = 10) =>
  chat.world.read(
    'school',
    chat.world.rows('school', count, (index) => (index === 3 ? { grade: 'ป.2', room: '' } : {})),
    chat.now(),
  )

const lift = (chat: Chat) => chat.world.act((tx) => tx.update(sheetFiles).set({ locked: false }).run())

describe('a roster edited after it was confirmed', () => {
  it('leaves reopening as the way out while the sheet is locked again', () => {
    const chat = confirmedSchool()
    edited(chat)
    expect(chat.officer('school').heard().words).toContain('ขณะนี้ตารางล็อกอยู่')
  })

  it('is told to the institution and its LAO in numbers, without names or ids', () => {
    const chat = confirmedSchool()
    lift(chat)
    edited(chat, 12)
    const school = chat.officer('school').heard().words
    expect(school).toContain('แก้ไขหลังยืนยัน 3 แถว (แก้ 1 เพิ่ม 2)')
    expect(school).toContain('โปรดแก้ตารางกลับให้ตรง')
    expect(school).not.toMatch(/x{2,}|ทดสอบ/)
    expect(chat.officer('town').heard().words).toContain('โปรดให้ โรงเรียนเทศบาล 1 แก้ตารางกลับ')
    expect(chat.officer('province').heard().words).toBe('')
  })

  it('shows on the status how many rows, and leads to the list of them with both values, ids masked', () => {
    const chat = confirmedSchool()
    edited(chat)
    const school = chat.officer('school')
    expect(school.say('สถานะ').words).toContain('แก้ไขหลังยืนยัน 1 แถว')
    const list = school.tap('ดูรายการที่แก้หลังยืนยัน').words
    expect(list).toMatch(/แถวที่ 5 \d-\d{4}-xxxxx-xx-\d: ระดับชั้น จาก ป\.1 เป็น ป\.2, ห้อง จาก 1 เป็น \(ว่าง\)/)
    expect(list).toContain('10 คน')
    expect(list).not.toMatch(/\d{13}/)
  })

  it.each(['แก้หลังยืนยัน', 'ส่วนต่าง', 'ดูรายการที่แก้ไขหลังยืนยันค่ะ'])('is listed when asked with %s', (words) => {
    const chat = confirmedSchool()
    edited(chat)
    expect(chat.officer('school').say(words).words).toContain('แถวที่ 5')
  })

  it('is listed for the LAO, by name or as the only one there is', () => {
    const chat = confirmedSchool()
    edited(chat)
    const town = chat.officer('town')
    town.heard()
    expect(town.say('แก้หลังยืนยัน โรงเรียนเทศบาล 1').words).toContain('แถวที่ 5')
    expect(town.say('ส่วนต่าง').words).toContain('แถวที่ 5')
    expect(town.tap('เปิดตาราง')).toBeDefined()
  })

  it('asks the LAO which, when there are several', () => {
    const chat = confirmedSchool()
    chat.world.confirmRoster('centre', { at: chat.now() - 500 })
    edited(chat)
    chat.world.read('centre', chat.world.rows('centre', 8), chat.now())
    const town = chat.officer('town')
    town.heard()
    expect(town.say('ส่วนต่าง').words).toContain('โปรดเลือกแห่งที่ต้องการดู')
    expect(town.tap('ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน').words).toContain('หายไป')
  })

  it('is not for a province to look into row by row', () => {
    const chat = confirmedSchool()
    edited(chat)
    expect(chat.officer('province').say('แก้หลังยืนยัน โรงเรียนเทศบาล 1').words).not.toContain('แถวที่ 5')
    expect(chat.officer('department').say('ส่วนต่าง').words).toContain('ผู้ที่ดูรายการนี้ได้คือ')
  })

  it('names ten rows and counts the rest', () => {
    const chat = confirmedSchool()
    chat.world.read('school', chat.world.rows('school', 25), chat.now())
    const words = chat.officer('school').say('ส่วนต่าง').words
    expect(words.match(/เพิ่มแถวที่/g)).toHaveLength(10)
    expect(words).toContain('และอีก 5 แถว')
  })

  it('is told to be over, and then there is nothing to list', () => {
    const chat = confirmedSchool()
    edited(chat)
    chat.officer('school').heard()
    chat.world.read('school', chat.world.rows('school'), chat.now())
    expect(chat.officer('school').heard().words).toContain('กลับมาตรงกับที่ยืนยันไว้แล้ว')
    expect(chat.officer('town').heard()).toMatchObject({ dropped: 1 })
    expect(chat.officer('school').say('ส่วนต่าง').words).toContain('ไม่มีการแก้ไขตารางหลังยืนยัน')
  })
})

it('of a roster edited after it was confirmed, the figures and their parts are those that were confirmed', () => {
  const chat = confirmedSchool()
  const before = chat.officer('school').say('สถานะ').words
  const part = /ชาย \/ หญิง +(\d+ \/ \d+)/.exec(before)?.[1]
  chat.world.read('school', chat.world.rows('school', 14), chat.now())
  const words = chat.officer('school').say('สถานะ').words
  expect(words).toMatch(/จำนวนที่นับ +10 คน/)
  expect(part).toBeDefined()
  expect(words).toContain(`${part}`)
  expect(words).toContain('(ในตารางขณะนี้ 14 คน)')
})

it('rows that cannot be compared are told apart by where they stood', () => {
  const chat = confirmedSchool()
  chat.world.read(
    'school',
    chat.world.rows('school', 10, (index) => (index === 2 || index === 5 ? { grade: 'ป.9' } : {})),
    chat.now(),
  )
  const words = chat.officer('school').say('ส่วนต่าง').words
  expect(words).toMatch(/xxxxx-xx-\d \(แถวที่ 4 ขณะยืนยัน\): มีข้อผิดพลาด/)
  expect(words).toContain('(แถวที่ 7 ขณะยืนยัน)')
})

it('an LAO is not told that an edited institution is done', () => {
  const chat = confirmedSchool()
  const town = chat.officer('town')
  expect(town.say('สถานะ').words).toContain('ยืนยันแล้ว 1/2 แห่ง')
  edited(chat)
  expect(town.say('สถานะ').words).toContain('ยืนยันแล้ว 0/2 แห่ง')
})

describe('counts edited after they were confirmed', () => {
  const drifted = () => {
    const chat = openChat()
    chat.world.confirmUpToLaos(chat.now() - 1_000)
    for (const who of ['town', 'province'] as const) chat.officer(who).heard()
    const rows = chat.world.countRows('town', ({ row, current }) => (row === 2 ? { current: 419 } : { current }))
    chat.world.act((tx) => chat.world.recordCountsIn(tx, 'town', rows, chat.now()))
    return chat
  }

  it('are told to the LAO and the province, and listed for both', () => {
    const chat = drifted()
    const town = chat.officer('town')
    expect(town.heard().words).toContain('แก้ไขหลังยืนยัน 1 แห่ง')
    expect(town.say('ส่วนต่าง').words).toContain('โรงเรียนอนุบาลทุ่งตะวัน: จาก 412 คน เป็น 419 คน')
    const province = chat.officer('province')
    expect(province.heard().words).toContain('แก้ไขหลังยืนยัน 1 แห่ง')
    expect(province.tap('ดูรายการที่แก้หลังยืนยัน').words).toContain('จาก 412 คน เป็น 419 คน')
  })

  it('stand on the LAO’s status and in the province’s list', () => {
    const chat = drifted()
    const town = chat.officer('town').say('สถานะ').words
    expect(town).toContain('ยอดที่รายงานยังเป็น 508 คน')
    expect(town).toMatch(/สังกัดอื่น +ยืนยันแล้ว 508 คน/)
    expect(town).not.toContain('รวม 515 คน')
    expect(chat.officer('province').say('เหลือใคร').words).toContain('สังกัดอื่นมีการแก้ไขหลังยืนยัน')
  })
})

describe('after the close', () => {
  const IMPOSSIBLE = /ขอยกเลิกการยืนยัน|โปรดแก้|โปรดนำรายชื่อ|โปรดแจ้งว่าออก|\[ออกจริง\]|ต้องยุติก่อนยืนยัน/

  it('a sheet edited then shows what was read in time, and its own figure as one that does not count', () => {
    const chat = openChat({ at: CLOSE + 600_000 })
    chat.world.read('school', chat.world.rows('school'), CLOSE - 3_600_000)
    chat.world.read('school', chat.world.rows('school', 14), CLOSE + 300_000)
    const words = chat.officer('school').say('สถานะ').words
    expect(words).toMatch(/อ่านได้ก่อนปิดระบบ +10 คน \(11 มิ\.ย\. 2567 เวลา 16\.00 น\.\)/)
    expect(words).toMatch(/จำนวนในตารางขณะนี้ \(แก้ไขหลังปิดระบบ ไม่นับ\) +14 คน/)
    expect(words).not.toMatch(/จำนวนที่นับ|ผ่านทั้ง|ชาย \/ หญิง/)
  })

  it('a sheet never read in time has no other figure', () => {
    const chat = openChat({ at: CLOSE + 600_000 })
    chat.world.read('school', chat.world.rows('school', 14), CLOSE + 300_000)
    const words = chat.officer('school').say('สถานะ').words
    expect(words).toContain('(แก้ไขหลังปิดระบบ ไม่นับ)')
    expect(words).not.toMatch(/อ่านได้ก่อนปิดระบบ|จำนวนที่นับ/)
  })

  it.each(['school', 'town'] as const)(
    'a drift leads %s to whom it can turn to, not to what is possible no more',
    (who) => {
      const chat = confirmedSchool()
      lift(chat)
      chat.at(CLOSE + 600_000)
      edited(chat)
      const person = chat.officer(who)
      const above = who === 'school' ? 'เทศบาลเมืองทุ่งตะวัน' : 'จังหวัดทุ่งตะวัน'
      for (const words of [
        person.heard().words,
        person.say('ส่วนต่าง').words,
        person.say('สถานะ โรงเรียนเทศบาล 1').words,
      ]) {
        expect(words).toContain(`โปรดแจ้ง ${above} เพื่อทำหนังสือขอขยายเวลาต่อกรม`)
        expect(words).not.toMatch(IMPOSSIBLE)
      }
    },
  )

  it('neither rows that vanished nor problems ask for what nobody can do', () => {
    const chat = openChat()
    chat.world.read('school', chat.world.rows('school', 40), chat.now())
    const bad = (index: number) => (index === 1 ? { grade: 'ป.9' } : {})
    chat.world.read('school', chat.world.rows('school', 20, bad), chat.now())
    chat.at(CLOSE + 600_000)
    const school = chat.officer('school')
    for (const words of [school.heard().words, school.say('สถานะ').words]) {
      expect(words).toContain('หายไปจากตาราง 20 จาก 40 ราย')
      expect(words).toContain('เพื่อทำหนังสือขอขยายเวลาต่อกรม')
      expect(words).not.toMatch(IMPOSSIBLE)
      expect(words).not.toContain('ดูที่แท็บ ผลตรวจ')
    }
    expect(school.say('สถานะ').words).toContain('ในตารางยังมีรายการที่ต้องแก้ไข 1 จุด')
    for (const asked of ['สถานะ', 'เหลือใคร']) {
      const town = chat.officer('town').say(asked).words
      expect(town).toContain('โรงเรียนเทศบาล 1 (ไม่ได้ยืนยัน)')
      expect(town).not.toContain('รอสถานศึกษา')
    }
    expect(chat.officer('town').say('สถานะ').words).toContain('โปรดแจ้ง จังหวัดทุ่งตะวัน เพื่อทำหนังสือขอขยายเวลาต่อกรม')
  })

  it('while the sheet is locked, putting it back is not advised', () => {
    const chat = confirmedSchool()
    edited(chat)
    for (const who of ['school', 'town'] as const) {
      const words = chat.officer(who).say('สถานะ โรงเรียนเทศบาล 1').words
      expect(words).toContain('ขณะนี้ตารางล็อกอยู่')
      expect(words).not.toContain('แก้ตารางกลับ')
    }
  })

  it('the status says that an edit came too late to count', () => {
    const chat = openChat({ at: CLOSE + 600_000 })
    chat.world.read('school', chat.world.rows('school'), CLOSE + 300_000)
    expect(chat.officer('school').say('สถานะ').words).toContain(
      'แก้ไขหลังปิดระบบ เมื่อ 11 มิ.ย. 2567 เวลา 17.05 น. การแก้ไขนี้ไม่นับ',
    )
  })

  it('a tap in time on what was edited since is refused with the way to the level above, and no second try', () => {
    const refusal = { why: 'changed-since-shown', closedAt: CLOSE } as const
    expect(refusalWords(refusal, 'roster').why).toContain('17.00 น.')
    const chat = openChat({ at: CLOSE + 60_000 })
    const messages = chat.render(
      { type: 'confirm-refused', unitId: chat.unit('school'), component: 'roster', refusal },
      'school',
    )
    expect(JSON.stringify(messages)).toContain('โปรดแจ้ง อปท. ต้นสังกัด โดยเร็ว')
    expect(JSON.stringify(messages)).not.toContain('แก้ไขแล้ว ตรวจใหม่')
  })
})
