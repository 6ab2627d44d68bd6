import { describe, expect, it } from 'vitest'
import { openChat } from './chat.ts'

const LEVELS = ['school', 'centre', 'town', 'countsOnly', 'bare', 'province', 'department'] as const

const TEXTS = [
  'สถานะ',
  'ยืนยัน',
  'กำหนดเวลา',
  'ช่วยเหลือ',
  'ผู้รับผิดชอบ',
  'เหลือใคร',
  'คำขอ',
  'ถอนคำขอ',
  'ขอยกเลิกการยืนยัน',
  'ยกเลิกการยืนยัน',
  'ตรวจสอบแล้ว',
  'เปลี่ยนหน้าที่',
  'อีเมล',
  'สวัสดี',
  'อะไรก็ไม่รู้',
]
const MOMENTS = ['2024-06-05T09:00', '2024-06-11T10:00', '2024-06-11T18:00', '2024-07-01T09:00']

it.each(LEVELS)('%s gets an answer to every command at every moment of the round', (place) => {
  const chat = openChat()
  const officer = chat.officer(place)
  for (const moment of MOMENTS) {
    chat.at(moment)
    for (const text of TEXTS) {
      const answer = officer.say(text)
      expect(answer.loading || answer.words.length > 5, `${moment} ${text}: ${answer.words}`).toBe(true)
    }
  }
})

describe('deadlines', () => {
  it('show every instant, its clause, and what is assumed', () => {
    const chat = openChat({ round: '2563/2', at: Date.parse('2020-12-22T09:00+07:00') })
    const { words } = chat.officer('school').say('กำหนดเวลา')
    expect(words).toContain('ภายในวันที่ 24 ธ.ค. 2563')
    expect(words).toContain('ตามข้อ 4.2')
    expect(words).toContain('ภายในวันที่ 25 ธ.ค. 2563')
    expect(words).toContain('(ระบบกำหนดเอง เอกสารไม่ได้ระบุ)')
    expect(words).toContain('มท ๐๘๑๖.๒/ว ๓๔๐๐')
  })

  it('say 17.00 as a time that is too late', () => {
    expect(openChat().officer('town').say('กำหนดเวลา').words).toContain('ก่อนเวลา 17.00 น. วันที่ 11 มิ.ย. 2567')
  })
})

describe('a province', () => {
  it('sees who is left, marks exactly what it was shown, and confirms', () => {
    const chat = openChat()
    chat.world.confirmUpToLaos(chat.now() - 3_600_000)
    const province = chat.officer('province')
    expect(province.say('เหลือใคร').words).toContain('เทศบาลตำบลริมธาร')
    expect(province.say('ยืนยัน').words).toContain('มี อปท. ที่ยังไม่ครบถ้วน 1 แห่ง')
    const marks = province.say('ตรวจสอบแล้ว').words
    expect(marks).toContain('[ตรวจสอบแล้วทั้ง 3 แห่ง]')
    expect(province.say('ตรวจสอบแล้ว อบต.บ้านนา').words).toContain('บันทึกว่าตรวจสอบแล้ว 1 แห่ง')
    expect(province.say('ตรวจสอบแล้ว 2').words).toContain('บันทึกว่าตรวจสอบแล้ว 2 แห่ง')
    expect(province.say('ตรวจสอบแล้ว').words).toContain('ไม่มี อปท. ที่ครบถ้วนและรอ')
  })

  it('does not mark what has changed since it was shown', () => {
    const chat = openChat()
    chat.world.confirmUpToLaos(chat.now() - 3_600_000)
    const province = chat.officer('province')
    province.say('ตรวจสอบแล้ว')
    const sao = chat.officer('sao')
    sao.say('ขอยกเลิกการยืนยัน เด็กย้ายเข้า 1 คน')
    province.heard()
    province.say('อนุมัติ')
    const marked = province.tap('ตรวจสอบแล้วทั้ง 3 แห่ง').words
    expect(marked).toContain('บันทึกว่าตรวจสอบแล้ว 2 แห่ง')
    expect(marked).toContain('องค์การบริหารส่วนตำบลบ้านนา')
  })

  it('gets its receipt and tells the LAOs and the department', () => {
    const chat = openChat()
    chat.world.confirmUpToLaos(chat.now() - 3_600_000)
    const province = chat.officer('province')
    expect(province.say('สถานะ').words).toContain('[ไม่ต้องยืนยัน: เทศบาลตำบลริมธาร]')
    expect(province.say('ไม่ต้องยืนยัน อบต.บ้านนา').words).toContain('บันทึกว่าไม่ต้องยืนยันไม่ได้')
    expect(province.tap('ไม่ต้องยืนยัน').words).toContain('โปรดพิมพ์เหตุผล')
    expect(province.say('ไม่มีสถานศึกษาใดในพื้นที่').words).toContain('ไม่ต้องยืนยันในรอบนี้แล้ว')
    province.heard()
    province.say('ตรวจสอบแล้ว')
    const ready = province.tap('ตรวจสอบแล้วทั้ง').words
    expect(ready).toContain('[ยืนยันข้อมูลจังหวัด]')
    const receipt = province.tap('ยืนยันข้อมูลจังหวัด').words
    expect(receipt).toContain('ใบรับการยืนยันข้อมูลของจังหวัด')
    expect(chat.officer('department').heard().words).toContain('ยืนยันข้อมูลแล้ว')
    expect(province.say('ยืนยันจังหวัด 999').words).toContain('ยืนยันข้อมูลของจังหวัดไว้แล้ว')
    expect(province.say('ขอยกเลิกการยืนยัน พบข้อมูลผิด').words).toContain('รอ')
    expect(chat.officer('department').say('สถานะ').words).toContain('[ดูคำขอที่รอ (1)]')
  })
})

describe('status', () => {
  it('of a roster with mistakes names the first of them and links to the row', () => {
    const chat = openChat()
    const broken = chat.world.rows('school', 10, (index) =>
      index < 5 ? { grade: 'ป.9', nationalId: '1101700230705' } : {},
    )
    chat.world.read('school', broken, chat.now())
    const answer = chat.officer('school').say('สถานะ')
    expect(answer.words).toContain('ต้องแก้ไข')
    expect(answer.words).toContain('แถวที่ 2')
    expect(answer.words).toContain('และอีก')
    expect(JSON.stringify(answer.messages)).toContain('openExternalBrowser=1#gid=1&range=A2')
    const town = chat.officer('town').say('สถานะ โรงเรียนเทศบาล 1')
    expect(town.words).toContain('ต้องแก้ไข')
    expect(town.words).not.toContain('[แก้ไขแล้ว ตรวจใหม่]')
  })

  it('of a roster with nothing in it yet offers to check what was filled in, not what was mended', () => {
    const chat = openChat()
    const school = chat.officer('school')
    const first = '[กรอกแล้ว ตรวจข้อมูล]'
    const again = '[แก้ไขแล้ว ตรวจใหม่]'
    expect(school.say('สถานะ').words).toContain(first)
    school.tap('กรอกแล้ว ตรวจข้อมูล')
    chat.readSheet('school', [])
    for (const words of [school.heard().words, school.say('สถานะ').words]) {
      expect(words).toContain(first)
      expect(words).not.toContain(again)
    }
    chat.world.read(
      'school',
      chat.world.rows('school', 1, () => ({ grade: 'ป.9' })),
      chat.now(),
    )
    const mended = school.say('สถานะ').words
    expect(mended).toContain(again)
    expect(mended).not.toContain(first)
  })

  it('of a confirmed roster that was edited since says which figure is official', () => {
    const chat = openChat()
    chat.world.confirmRoster('school', { at: chat.now() - 60_000 })
    chat.world.read('school', chat.world.rows('school', 9), chat.now())
    expect(chat.officer('school').say('สถานะ').words).toContain('ยอดที่รายงานยังเป็น 10 คน (ในตารางขณะนี้ 9 คน)')
    expect(chat.officer('town').say('สถานะ').words).toContain('แก้ไขหลังยืนยัน 1 แห่ง')
  })

  it('asks about pupils that vanished from the sheet, and takes either answer', () => {
    const chat = openChat()
    chat.world.read('school', chat.world.rows('school', 40), chat.now())
    chat.world.read('school', chat.world.rows('school', 20), chat.now())
    const school = chat.officer('school')
    expect(school.heard().words).toContain('หายไปจากตาราง 20 จาก 40 ราย')
    expect(school.say('สถานะ').words).toContain('[ออกจริง]')
    expect(school.say('ไม่ใช่ จะแก้ไขตาราง').words).toContain('ไม่ตัดรายชื่อใดออก')
    expect(school.tap('ออกจริง').words).toContain('มีผู้แจ้งไว้แล้ว โดย ผู้รับผิดชอบ school')
  })

  it('lets those who said that nobody left say otherwise, on what is shown by then', () => {
    const chat = openChat()
    chat.world.read('school', chat.world.rows('school', 40), chat.now())
    const left = chat.world.rows('school', 20)
    chat.world.read('school', left, chat.now())
    const school = chat.officer('school')
    school.heard()
    expect(school.tap('ไม่ใช่ จะแก้ไขตาราง').words).toContain('หากตรวจแล้วพบว่าออกจริง พิมพ์ ออกจริง')
    const shown = school.say('ออกจริง').words
    expect(shown).toContain('แจ้งไว้ว่าไม่ได้ออกจริง โปรดนำรายชื่อกลับเข้าตาราง')
    expect(shown).toContain('[ออกจริง]')
    school.say('ยืนยัน')
    chat.readSheet('school', left)
    const readBack = school.heard().words
    expect(readBack).toContain('รายชื่อที่หายไปยังไม่กลับเข้าตาราง')
    expect(readBack).toContain('[ออกจริง]')
    expect(readBack).not.toContain('จำนวนที่นับ')
    expect(chat.officer('town').say('สถานะ โรงเรียนเทศบาล 1').words).toContain('เจ้าหน้าที่แจ้งว่าไม่ได้ออกจริง')
    expect(school.say('ออกจริง').words).toContain('บันทึกแล้วว่าออกจริง 20 ราย')
    school.say('ยืนยัน')
    chat.readSheet('school', left)
    expect(school.heard().words).toContain('มีตัวตนจริงทั้ง 20 คน')
  })

  it('shows no figure of the sheet in the read-back while rows are missing from it', () => {
    const chat = openChat()
    chat.world.read('school', chat.world.rows('school', 40), chat.now())
    const school = chat.officer('school')
    school.say('ยืนยัน')
    chat.readSheet('school', chat.world.rows('school', 20))
    const words = school.heard().words
    expect(words).toContain('หายไปจากตาราง 20 จาก 40 ราย')
    expect(words).not.toMatch(/จำนวนที่นับ|ผ่านทั้ง/)
  })

  it('of a unit that several names fit asks which one', () => {
    expect(openChat().officer('province').say('สถานะ บ้าน').words).toContain('ตรงกับหลายหน่วย')
  })
})

describe('an institution without pupils', () => {
  it('is put on record as not required by its LAO, with a reason', () => {
    const lao = openChat().officer('town')
    expect(lao.say('ไม่ต้องยืนยัน').words).toContain('โปรดพิมพ์ชื่อสถานศึกษา')
    expect(lao.say('ไม่ต้องยืนยัน เทศบาล 1').words).toContain('โปรดพิมพ์เหตุผล')
    expect(lao.say('ยังไม่เปิดรับนักเรียน').words).toContain('ไม่ต้องยืนยันในรอบนี้แล้ว')
  })
})

it('ช่วยเหลือ names the duty as it is spoken, and says which e-mail address is meant', () => {
  const chat = openChat()
  const school = chat.officer('school').say('ช่วยเหลือ').words
  expect(school).toContain('เจ้าหน้าที่สถานศึกษา')
  expect(school).toContain('อีเมล (ที่อยู่ของบัญชี Google)')
  expect(chat.officer('town').say('ช่วยเหลือ').words).toContain('เจ้าหน้าที่ อปท.')
})
