import { describe, expect, it } from 'vitest'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import { mustBeDone } from '../world/chain-world.ts'
import { openChat } from './chat.ts'

const CLOSES = Date.parse('2024-06-11T17:00+07:00')
const EXTEND = 'ขยายเวลา เทศบาลเมืองทุ่งตะวัน ถึง 14 มิ.ย. 2567 12.00 น. หนังสือ มท 0816.2/ว 55 เพราะ น้ำท่วม'

describe('ขยายเวลา: the department gives more time in chat', () => {
  const opened = (at = '2024-06-11T15:00') => {
    const chat = openChat()
    chat.at(at)
    return { chat, department: chat.officer('department') }
  }

  it('shows what was understood, records it on the second step, and tells those who owe', () => {
    const { chat, department } = opened()
    const card = department.say(EXTEND).words
    expect(card).toContain('ขยายเวลาให้ เทศบาลเมืองทุ่งตะวัน')
    expect(card).toContain('ก่อนเวลา 12.00 น. วันที่ 14 มิ.ย. 2567')
    expect(card).toContain('มท 0816.2/ว 55')
    expect(card).toContain('น้ำท่วม')
    expect(chat.officer('school').heard().words).toBe('')
    expect(department.tap('บันทึกการขยายเวลา').words).toContain('บันทึกการขยายเวลาให้ เทศบาลเมืองทุ่งตะวัน แล้ว')
    const school = chat.officer('school')
    expect(school.heard().words).toContain('กรมขยายเวลาให้ เทศบาลเมืองทุ่งตะวัน')
    chat.at('2024-06-13T09:00')
    expect(school.say('กำหนดเวลา').words).toContain('หน่วยของท่านได้รับการขยายเวลา: ก่อนเวลา 12.00 น. วันที่ 14 มิ.ย. 2567')
    expect(chat.officer('province').say('กำหนดเวลา').words).toContain('ขยายเวลาให้ เทศบาลเมืองทุ่งตะวัน')
    expect(chat.officer('sao').say('กำหนดเวลา').words).not.toContain('ขยายเวลาให้')
  })

  it('can be typed where no buttons are seen; without a time it lasts to the end of the day', () => {
    const { chat, department } = opened()
    expect(department.say('ขยายเวลา ทุกแห่ง ถึง 14 มิ.ย. 67 หนังสือ มท 1 เพราะ เกิดพายุ').words).toContain(
      'ภายในวันที่ 14 มิ.ย. 2567',
    )
    expect(department.say('ยืนยันขยายเวลา').words).toContain('บันทึกการขยายเวลาให้ ทุกแห่ง แล้ว')
    chat.at('2024-06-13T09:00')
    expect(chat.officer('sao').say('กำหนดเวลา').words).toContain('ขยายเวลาให้ ทุกแห่ง')
  })

  it('an institution is named by its code', () => {
    const { department } = opened()
    const words = department.say('ขยายเวลา 3099200001 ถึง 14 มิ.ย. 67 หนังสือ มท 1 เพราะ เกิดพายุ').words
    expect(words).toContain('ขยายเวลาให้ โรงเรียนเทศบาล 1')
  })

  it('takes the reason before the letter too', () => {
    const { department } = opened()
    const words = department.say('ขยายเวลา เทศบาลเมืองทุ่งตะวัน ถึง 14 มิ.ย. 67 เพราะ เกิดพายุ หนังสือ มท 0816.2/ว 56').words
    expect(words).toContain('ขยายเวลาให้ เทศบาลเมืองทุ่งตะวัน')
    expect(words).toContain('มท 0816.2/ว 56')
    expect(words).toContain('เหตุผล: เกิดพายุ')
  })

  it('names an institution as well as its code; of several with one name each is listed with its place and code', () => {
    const { chat, department } = opened()
    const rest = 'ถึง 14 มิ.ย. 67 หนังสือ มท 1 เพราะ เกิดพายุ'
    expect(department.say(`ขยายเวลา รร.เทศบาล 1 ${rest}`).words).toContain('ขยายเวลาให้ โรงเรียนเทศบาล 1')
    chat.world.act((tx) => tx.run(`UPDATE units SET name = 'ศูนย์พัฒนาเด็กเล็กบ้านนา' WHERE id = ${chat.unit('centre')}`))
    const several = department.say(`ขยายเวลา ศพด.บ้านนา ${rest}`).words
    expect(several).toContain('ตรงกับหลายหน่วย')
    expect(several).toContain('ศูนย์พัฒนาเด็กเล็กบ้านนา (เทศบาลเมืองทุ่งตะวัน รหัส 3099500001)')
    expect(several).toContain('ศูนย์พัฒนาเด็กเล็กบ้านนา (องค์การบริหารส่วนตำบลบ้านนา รหัส 3099300001)')
    expect(department.say(`ขยายเวลา 3099300001 ${rest}`).words).toContain('ขยายเวลาให้ ศูนย์พัฒนาเด็กเล็กบ้านนา')
  })

  it('is ended with the reason before the letter too', () => {
    const { chat, department } = opened()
    department.say(EXTEND)
    department.tap('บันทึกการขยายเวลา')
    chat.at('2024-06-12T09:00')
    const words = department.say('ยกเลิกการขยายเวลา เทศบาลเมืองทุ่งตะวัน เพราะ ระบุหน่วยผิด หนังสือ มท 0816.2/ว 56').words
    expect(words).toContain('มท 0816.2/ว 56')
    expect(words).toContain('เหตุผล: ระบุหน่วยผิด')
  })

  it('what is missing is asked for, and nobody else may', () => {
    const { chat, department } = opened()
    expect(department.say('ขยายเวลา').words).toContain('โปรดพิมพ์ทุกส่วนในข้อความเดียว')
    expect(department.say('ขยายเวลา เทศบาลเมืองทุ่งตะวัน ถึง 14 มิ.ย. 67').words).toContain('โปรดพิมพ์ทุกส่วน')
    expect(department.say(EXTEND.replace('14 มิ.ย.', '10 มิ.ย.')).words).toContain('เวลาที่ระบุผ่านไปแล้ว')
    const refused = chat.officer('province').say(EXTEND).words
    expect(refused).toContain('เรื่องนี้ไม่อยู่ในหน้าที่ของท่าน')
    expect(refused).toContain('ผู้ที่ทำได้คือเจ้าหน้าที่ของกรม')
    expect(department.say('ยืนยันขยายเวลา').words).toContain('ยังไม่มีรายการให้ยืนยัน')
  })

  it('is ended by a second, recorded act', () => {
    const { chat, department } = opened()
    department.say(EXTEND)
    department.tap('บันทึกการขยายเวลา')
    chat.at('2024-06-12T09:00')
    const ending = 'ยกเลิกการขยายเวลา เทศบาลเมืองทุ่งตะวัน หนังสือ มท 0816.2/ว 56 เพราะ ระบุหน่วยผิด'
    expect(department.say(ending).words).toContain('เดิมขยายให้ทำได้')
    expect(department.tap('บันทึกการยกเลิก').words).toContain('ยกเลิกการขยายเวลาของ เทศบาลเมืองทุ่งตะวัน แล้ว')
    const news = chat.officer('town').heard().words
    expect(news).toContain('กรมยกเลิกการขยายเวลาของ เทศบาลเมืองทุ่งตะวัน')
    expect(news).not.toContain('กรมขยายเวลาให้')
    expect(department.say(ending).words).toContain('ไม่มีการขยายเวลาที่ยังมีผล')
  })
})

describe('คำสั่งที่มาช้า: the department decides on acts that came late', () => {
  const held = () => {
    const chat = openChat()
    chat.at(CLOSES + 120_000)
    chat.world.confirmRoster('school', { at: CLOSES - 1000, receivedAt: CLOSES + 120_000 })
    return { chat, department: chat.officer('department'), school: chat.officer('school') }
  }

  it('is told that some wait, sees who tapped what and when, and accepts', () => {
    const { chat, department, school } = held()
    expect(school.heard().words).toContain('ส่งให้กรมพิจารณา')
    expect(department.heard().words).toContain('รอกรมพิจารณา 1 เรื่อง')
    const card = department.say('คำสั่งที่มาช้า').words
    expect(card).toContain('โรงเรียนเทศบาล 1')
    expect(card).toContain('ยืนยันข้อมูลรายชื่อ')
    expect(card).toContain('11 มิ.ย. 2567 เวลา 16.59 น.')
    expect(department.tap('รับคำสั่ง').words).toContain('ระบบกำลังอ่านตาราง')
    chat.readSheet('school')
    const words = school.heard().words
    expect(words).toContain('กรมรับคำสั่งที่มาช้าของท่าน')
    expect(words).toContain('ใบรับการยืนยัน')
    expect(words).toContain('ยืนยันหลังกำหนด (กำหนดภายในวันที่ 10 มิ.ย. 2567 ตามหนังสือปี 2567 ข้อ 1)')
    expect(chat.isConfirmed('school', 'roster')).toBe(true)
    expect(department.say('คำสั่งที่มาช้า').words).toContain('ไม่มีคำสั่งที่มาช้ารอพิจารณา')
  })

  it('refuses with a word, which the person is told', () => {
    const { chat, department, school } = held()
    school.heard()
    department.say('คำสั่งที่มาช้า')
    expect(department.tap('ไม่รับคำสั่ง').words).toContain('โปรดพิมพ์เหตุผล')
    expect(department.say('ไม่มีหลักฐานว่าเครือข่ายขัดข้อง').words).toContain('บันทึกว่าไม่รับคำสั่งของ โรงเรียนเทศบาล 1 แล้ว')
    const words = school.heard().words
    expect(words).toContain('กรมไม่รับคำสั่งที่มาช้าของท่าน')
    expect(words).toContain('ไม่มีหลักฐานว่าเครือข่ายขัดข้อง')
    expect(chat.isConfirmed('school', 'roster')).toBe(false)
  })

  it('both can be typed by the number on the card; nobody else sees them', () => {
    const { chat, department } = held()
    expect(department.say('รับคำสั่งที่มาช้า 1').words).toContain('โรงเรียนเทศบาล 1')
    expect(department.say('รับคำสั่งที่มาช้า 2').words).toContain('โปรดระบุเลขข้อ')
    expect(department.say('ไม่รับคำสั่งที่มาช้า 1 เพราะ ส่งช้าเอง').words).toContain('บันทึกว่าไม่รับคำสั่ง')
    expect(chat.officer('province').say('คำสั่งที่มาช้า').words).toContain('เรื่องนี้ไม่อยู่ในหน้าที่ของท่าน')
  })
})

describe('ขอยกเลิกการยืนยัน typed in time that comes after the close', () => {
  const confirmed = () => {
    const chat = openChat()
    mustBeDone(chat.world.confirmRoster('school', { at: chat.now() }))
    const school = chat.officer('school')
    school.heard()
    const sayIn = (words: string, at: number) => {
      const id = chat.store(school.lineUserId, {
        type: 'message',
        message: { type: 'text', id: `late${at}`, text: words },
      })
      chat.world.act((tx) => tx.run(`UPDATE inbox SET event_at = ${at} WHERE id = ${id}`))
      chat.handle(id)
      return school.heard().words
    }
    return { chat, sayIn }
  }

  it('is held for the department and carried out when it is accepted', () => {
    const { chat, sayIn } = confirmed()
    chat.at(CLOSES + 120_000)
    expect(sayIn('ขอยกเลิกการยืนยัน เพราะ มีเด็กย้ายเข้า 1 คน', CLOSES - 1000)).toContain('ส่งให้กรมพิจารณา')
    const department = chat.officer('department')
    expect(department.say('คำสั่งที่มาช้า').words).toContain('ขอยกเลิกการยืนยันข้อมูลรายชื่อ')
    department.tap('รับคำสั่ง')
    expect(chat.officer('town').heard().words).toContain('มีเด็กย้ายเข้า 1 คน')
  })

  it('counts at once within the minute', () => {
    const { chat, sayIn } = confirmed()
    chat.at(CLOSES + 30_000)
    expect(sayIn('ขอยกเลิกการยืนยัน เพราะ มีเด็กย้ายเข้า 1 คน', CLOSES - 1000)).toContain('เทศบาลเมืองทุ่งตะวัน')
    expect(chat.officer('town').heard().words).toContain('มีเด็กย้ายเข้า 1 คน')
  })

  it('in several messages, each typed in time, is held too; with the reason typed after the close it is closed', () => {
    const { chat, sayIn } = confirmed()
    chat.at(CLOSES + 120_000)
    expect(sayIn('ขอยกเลิกการยืนยัน', CLOSES - 3000)).toContain('เหตุผล')
    expect(sayIn('มีผู้ย้ายเข้า', CLOSES - 2000)).toContain('โปรดพิมพ์')
    expect(sayIn('มีเด็กย้ายเข้า 1 คน', CLOSES + 1000)).toContain('ปิดรับแล้ว')
    sayIn('ขอยกเลิกการยืนยัน', CLOSES - 3000)
    sayIn('มีผู้ย้ายเข้า', CLOSES - 2000)
    expect(sayIn('มีเด็กย้ายเข้า 1 คน', CLOSES - 1000)).toContain('ส่งให้กรมพิจารณา')
    expect(sayIn('ขอยกเลิกการยืนยัน เพราะ มีเด็กย้ายเข้า 1 คน', CLOSES)).toContain('ปิดรับแล้ว')
  })
})

describe('คำสั่งที่มาช้า: what accepting leads to is said before', () => {
  it('names who gets time above and until when; the LAO is told with its receipt of the news', () => {
    const chat = openChat()
    mustBeDone(chat.world.confirmRoster('centre', { at: chat.now() }))
    chat.at('2024-06-12T09:00')
    chat.world.confirmRoster('school', { at: CLOSES - 1000, receivedAt: CLOSES + 120_000 })
    const department = chat.officer('department')
    const card = department.say('คำสั่งที่มาช้า').words
    expect(card).toContain(
      'เวลาของ เทศบาลเมืองทุ่งตะวัน และ จังหวัดทุ่งตะวัน ปิดแล้ว เมื่อรับคำสั่งนี้ ระบบจะเปิดให้หน่วยดังกล่าวยืนยันต่อได้ภายในวันที่ 13 มิ.ย. 2567',
    )
    department.tap('รับคำสั่ง')
    const town = chat.officer('town')
    town.heard()
    chat.readSheet('school')
    const news = town.heard().words
    expect(news).toContain('ภายในวันที่ 13 มิ.ย. 2567')
    expect(news).toContain('ยืนยันภาพรวม')
  })

  it('one whose unit could not go on says that it needs an extension, and how', () => {
    const chat = openChat()
    mustBeDone(chat.world.confirmRoster('school', { at: chat.now() }))
    const about = {
      round: chat.world.round(),
      actor: chat.world.actor('town', CLOSES - 1),
      unitId: chat.world.idOf('school'),
      component: 'roster' as const,
      reason: 'พบยอดไม่ถูกต้อง',
      tap: { tappedAt: CLOSES - 1, receivedAt: CLOSES + 120_000 },
    }
    chat.world.act((tx) => cancelDirectly(tx, about, CLOSES + 120_000))
    chat.at('2024-06-12T09:00')
    const card = chat.officer('department').say('คำสั่งที่มาช้า').words
    expect(card).toContain('ระบบปิดสำหรับ โรงเรียนเทศบาล 1 แล้ว หากรับคำสั่งนี้โดยไม่ขยายเวลา')
    expect(card).toContain('พิมพ์ ขยายเวลา')
  })
})

describe('ตรวจพบภายหลัง (R39)', () => {
  const closed = () => {
    const chat = openChat()
    mustBeDone(chat.world.confirmRoster('school', { at: chat.now() }))
    chat.at('2024-07-20T10:00')
    return { chat, province: chat.officer('province') }
  }

  it('the province puts a pupil on record; the institution and its LAO hear of it, ids masked', () => {
    const { chat, province } = closed()
    const card = province.say('ตรวจพบภายหลัง โรงเรียนเทศบาล 1 แถว 3 เพราะ ลงพื้นที่แล้วไม่พบตัว').words
    expect(card).toContain('ปีการศึกษา 2567 ครั้งที่ 1')
    expect(card).toMatch(/แถวที่ 3 \d-\d{4}-xxxxx-xx-\d/)
    expect(province.tap('บันทึกการตรวจพบ').words).toContain('ยอดที่ยืนยันไว้ไม่เปลี่ยนแปลง')
    for (const place of ['school', 'town', 'department'] as const) {
      const words = chat.officer(place).heard().words
      expect(words, place).toContain('ตรวจพบผู้เรียนที่ไม่มีตัวตน ภายหลังปิดระบบ')
      expect(words, place).toContain('ลงพื้นที่แล้วไม่พบตัว')
    }
    province.say('ตรวจพบภายหลัง โรงเรียนเทศบาล 1 แถว 3 เพราะ อีกครั้ง')
    expect(province.say('บันทึกการตรวจพบ').words).toContain('มีการบันทึกผู้เรียนคนนี้ไว้แล้ว')
  })

  it.each([
    ['แถว 3 ตรวจพบเมื่อ 12 มิ.ย. 67 เพราะ ลงพื้นที่แล้วไม่พบตัว', '12 มิถุนายน 2567'],
    ['แถว 3 เพราะ ลงพื้นที่แล้วไม่พบตัว ตรวจพบเมื่อ ๑๕/๗/๒๕๖๗', '15 กรกฎาคม 2567'],
    ['แถว 3 เพราะ ลงพื้นที่แล้วไม่พบตัว พบเมื่อวันที่ 1 ก.ค.', '1 กรกฎาคม 2567'],
    ['แถว 3 เพราะ ลงพื้นที่แล้วไม่พบตัว', '20 กรกฎาคม 2567'],
  ])('takes the day on which it was found, today by default: %s', (typed, day) => {
    const { chat, province } = closed()
    const card = province.say(`ตรวจพบภายหลัง โรงเรียนเทศบาล 1 ${typed}`).words
    expect(card).toContain(day)
    expect(card).toContain('วิธีที่พบ: ลงพื้นที่แล้วไม่พบตัว')
    expect(card.includes('หากพบในวันอื่น')).toBe(!typed.includes('พบเมื่อ'))
    province.say('บันทึกการตรวจพบ')
    expect(chat.officer('school').heard().words).toContain(day)
  })

  it.each([
    'แถว 3 จากการสุ่มตรวจ',
    'จากการสุ่มตรวจ แถว 3',
    'เพราะ การสุ่มตรวจ แถวที่ ๓ ตรวจพบเมื่อ 12 ก.ค. 67',
    'ตรวจพบเมื่อ 12 ก.ค. 67 จากการสุ่มตรวจ แถว 3',
  ])('takes the pupil and the way it was found in either order: %s', (typed) => {
    const { province } = closed()
    const card = province.say(`ตรวจพบภายหลัง โรงเรียนเทศบาล 1 ${typed}`).words
    expect(card).toContain('ตรวจพบภายหลัง: โรงเรียนเทศบาล 1')
    expect(card).toContain('แถวที่ 3')
    expect(card).toContain('วิธีที่พบ: การสุ่มตรวจ')
    expect(card.includes('12 กรกฎาคม 2567')).toBe(typed.includes('12'))
  })

  it('the department names the institution too', () => {
    const { chat } = closed()
    const department = chat.officer('department')
    const card = department.say('ตรวจพบภายหลัง โรงเรียนเทศบาล 1 แถว 3 เพราะ ลงพื้นที่แล้วไม่พบตัว').words
    expect(card).toContain('ตรวจพบภายหลัง: โรงเรียนเทศบาล 1')
    expect(department.say('ตรวจพบภายหลัง อบต.บ้านนา แถว 3 เพราะ ไม่พบตัว').words).toContain('โปรดพิมพ์ชื่อสถานศึกษา')
    expect(department.say('ตรวจพบภายหลัง โรงเรียนที่ไม่มี แถว 3 เพราะ ไม่พบตัว').words).toContain('ไม่พบหน่วยชื่อ')
  })

  it.each([
    ['31 ก.ค. 2567', 'ยังมาไม่ถึง'],
    ['เมื่อวานซืนหรือวันก่อนนั้น', 'อ่านวันที่ตรวจพบไม่ได้'],
  ])('takes no day %s', (day, said) => {
    const { province } = closed()
    const words = province.say(`ตรวจพบภายหลัง โรงเรียนเทศบาล 1 แถว 3 ตรวจพบเมื่อ ${day} เพราะ ลงพื้นที่แล้วไม่พบตัว`).words
    expect(words).toContain(said)
    expect(province.say('บันทึกการตรวจพบ').words).toContain('ยังไม่มีรายการให้บันทึก')
  })

  it('asks for what is missing, and refuses before the close', () => {
    const { chat, province } = closed()
    expect(province.say('ตรวจพบภายหลัง').words).toContain('โปรดพิมพ์ชื่อสถานศึกษา')
    expect(province.say('ตรวจพบภายหลัง โรงเรียนเทศบาล 1 แถว 999 เพราะ ไม่พบตัว').words).toContain('ไม่พบผู้เรียนนี้ในยอดที่ยืนยันไว้')
    chat.at('2024-06-10T10:00')
    expect(province.say('ตรวจพบภายหลัง โรงเรียนเทศบาล 1 แถว 3 เพราะ ไม่พบตัว').words).toContain('ยังไม่ถึงเวลาปิดระบบ')
    expect(chat.officer('school').say('ตรวจพบภายหลัง').words).toContain('เรื่องนี้ไม่อยู่ในหน้าที่ของท่าน')
  })
})

describe("the LAO's second look (R30)", () => {
  it('says on its card what changed since the officer last looked', () => {
    const chat = openChat()
    for (const place of ['school', 'centre'] as const) mustBeDone(chat.world.confirmRoster(place, { at: chat.now() }))
    const town = chat.officer('town')
    town.heard()
    expect(town.say('ยืนยันภาพรวม').words).not.toContain('ตั้งแต่ท่านดู')
    expect(town.say('ยืนยันภาพรวม').words).toContain('ไม่มีการเปลี่ยนแปลงตั้งแต่ท่านดูครั้งก่อน')
    town.say('ยกเลิกการยืนยัน โรงเรียนเทศบาล 1')
    town.say('ยอดไม่ตรงกับหลักฐาน')
    mustBeDone(chat.world.confirmRoster('school', { at: chat.now(), sheet: chat.world.rows('school', 12) }))
    const words = town.say('ยืนยันภาพรวม').words
    expect(words).toContain('เปลี่ยนแปลงตั้งแต่ท่านดูเมื่อ 5 มิ.ย. 2567 เวลา 09.00 น. 1 แห่ง')
    expect(words).toContain('โรงเรียนเทศบาล 1: ยืนยันใหม่ 10 คน → 12 คน (+2)')
  })
})
