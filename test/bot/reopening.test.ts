import { expect, it } from 'vitest'
import { openChat } from './chat.ts'

const confirmedUpTo = (level: 'school' | 'laos' | 'province') => {
  const chat = openChat()
  const at = chat.now() - 3_600_000
  if (level === 'school') chat.world.confirmRoster('school', { at })
  if (level === 'school') return chat
  chat.world.confirmUpToLaos(at)
  chat.world.act(() => undefined)
  if (level === 'province') {
    const province = chat.officer('province')
    province.say('ตรวจสอบแล้ว')
    province.tap('ตรวจสอบแล้วทั้ง')
  }
  return chat
}

it('asks category and reason, tells who must act, and reopens with the LAO’s word', () => {
  const chat = confirmedUpTo('school')
  const school = chat.officer('school')
  school.heard()
  expect(school.say('ขอยกเลิกการยืนยัน').words).toContain('เพราะเหตุใด')
  expect(school.tap('มีผู้ย้ายเข้า').words).toContain('โปรดพิมพ์เหตุผล')
  expect(school.say('เด็กย้ายเข้า 2 คน').words).toContain('รอ เทศบาลเมืองทุ่งตะวัน พิจารณา')
  expect(school.say('สถานะ').words).toContain('รอ เทศบาลเมืองทุ่งตะวัน')

  const town = chat.officer('town')
  const waits = town.heard().words
  expect(waits).toContain('เด็กย้ายเข้า 2 คน')
  expect(waits).toContain('[ยกเลิกการยืนยัน]')
  expect(town.tap('ยกเลิกการยืนยัน').words).toContain('ตารางเปิดให้แก้ไข')
  expect(chat.isConfirmed('school', 'roster')).toBe(false)
  expect(school.heard().words).toContain('การยืนยันถูกยกเลิก')
})

it('the reopened institution reads that its former figure stands until it confirms again', () => {
  const chat = confirmedUpTo('school')
  const school = chat.officer('school')
  school.say('ขอยกเลิกการยืนยัน ย้ายเข้า 2 คน')
  const town = chat.officer('town')
  town.heard()
  town.tap('ยกเลิกการยืนยัน')
  const card = school.say('สถานะ').words
  expect(card).toContain('10 คน (อยู่ระหว่างแก้ไข)')
  expect(card).toContain('ยอดที่ยืนยันไว้เดิมยังเป็นยอดที่รายงาน จนกว่าจะยืนยันใหม่')
})

it('the one who acts reads whom LINE could not tell, and how else to tell them (R38)', () => {
  const chat = confirmedUpTo('school')
  const school = chat.officer('school')
  school.say('ขอยกเลิกการยืนยัน ย้ายเข้า 2 คน')
  const town = chat.officer('town')
  town.heard()
  const { personId } = chat.world.actor('school', chat.now())
  chat.world.database.raw.prepare('UPDATE people SET blocked_at = ? WHERE id = ?').run(chat.now(), personId)
  const answer = town.tap('ยกเลิกการยืนยัน').words
  expect(answer).toContain('ยังแจ้ง โรงเรียนเทศบาล 1 ทาง LINE ไม่ได้')
  expect(answer).toContain('โปรดแจ้งทางโทรศัพท์หรือหนังสือ')
})

it('takes the reason in one sentence and hides a whole pupil number in it', () => {
  const chat = confirmedUpTo('school')
  const school = chat.officer('school')
  expect(school.say('ขอยกเลิกการยืนยัน เลข 1101700207030 ผิด โทร. 081-234-5678').words).toContain('ส่งคำขอ')
  const waits = chat.officer('town').heard().words
  expect(waits).toContain('1-1017-xxxxx-xx-0')
  expect(waits).toContain('081-234-5678')
  expect(waits).toContain('ข้อมูลผิด')
})

it('a whole command wins over the reason that was asked for', () => {
  const chat = confirmedUpTo('school')
  const school = chat.officer('school')
  school.say('ขอยกเลิกการยืนยัน')
  expect(school.say('สถานะ').words).toContain('ยืนยันแล้ว')
  expect(school.say('ย้ายเข้า 2 คน').words).toContain('ยังไม่เข้าใจ')
})

it('climbs by endorsements while levels above are confirmed, then unwinds from the top', () => {
  const chat = confirmedUpTo('laos')
  const school = chat.officer('school')
  school.say('ขอยกเลิกการยืนยัน ย้ายเข้า 2 คน')
  const town = chat.officer('town')
  const waits = town.heard().words
  expect(waits).toContain('[เห็นชอบและส่งต่อ]')
  expect(town.say('เห็นชอบ โรงเรียนเทศบาล 1').words).toContain('ส่งต่อให้')
  expect(school.heard().words).toContain('เห็นชอบแล้ว ขณะนี้รอ')
  const province = chat.officer('province')
  expect(province.say('คำขอ').words).toContain('เห็นชอบแล้วโดย: เทศบาลเมืองทุ่งตะวัน')
  expect(province.say('อนุมัติ').words).toContain('ยกเลิกการยืนยันของ โรงเรียนเทศบาล 1 แล้ว')
  expect(chat.isConfirmed('town', 'overview')).toBe(false)
  expect(chat.isConfirmed('school', 'roster')).toBe(false)
  expect(chat.isConfirmed('centre', 'roster')).toBe(true)
  expect(town.heard().words).toContain('ต้องยืนยันใหม่อีกครั้ง')
})

it('knows the unit of a request by its short name, and takes no name for a reason', () => {
  const chat = confirmedUpTo('school')
  chat.officer('school').say('ขอยกเลิกการยืนยัน ย้ายเข้า 2 คน')
  const town = chat.officer('town')
  town.heard()
  expect(town.say('ส่งคืน รร.เทศบาล 1').words).toContain('โปรดพิมพ์เหตุผลที่ส่งคืน')
  town.say('เลิก')
  town.say('คำขอ')
  expect(town.say('ส่งคืน รร.เทศบาล 1 ข้อมูลถูกต้องอยู่แล้ว').words).toContain('ส่งคืนคำขอของ โรงเรียนเทศบาล 1 แล้ว')
  expect(chat.officer('school').heard().words).toContain('เหตุผล: ข้อมูลถูกต้องอยู่แล้ว')
})

it('a superior carries a request out by the unit’s short name', () => {
  const chat = confirmedUpTo('laos')
  chat.officer('school').say('ขอยกเลิกการยืนยัน ย้ายเข้า 2 คน')
  const town = chat.officer('town')
  town.heard()
  town.say('เห็นชอบ รร.เทศบาล 1')
  const province = chat.officer('province')
  province.heard()
  expect(province.say('ยกเลิกการยืนยัน รร.เทศบาล 1').words).toContain('ยกเลิกการยืนยันของ โรงเรียนเทศบาล 1 แล้ว')
})

it('is sent back with a word only', () => {
  const chat = confirmedUpTo('school')
  const school = chat.officer('school')
  school.say('ขอยกเลิกการยืนยัน ย้ายเข้า 2 คน')
  const town = chat.officer('town')
  town.heard()
  expect(town.tap('ส่งคืนคำขอ').words).toContain('โปรดพิมพ์เหตุผลที่ส่งคืน')
  expect(town.say('ข้อมูลถูกต้องอยู่แล้ว').words).toContain('ส่งคืนคำขอของ โรงเรียนเทศบาล 1 แล้ว')
  expect(school.heard().words).toContain('ข้อมูลถูกต้องอยู่แล้ว')
  expect(chat.isConfirmed('school', 'roster')).toBe(true)
})

it('is withdrawn by the one who asked', () => {
  const chat = confirmedUpTo('school')
  const school = chat.officer('school')
  school.say('ขอยกเลิกการยืนยัน ย้ายเข้า 2 คน')
  expect(school.say('ขอยกเลิกการยืนยัน').words).toContain('มีคำขอที่รอพิจารณาอยู่แล้ว')
  expect(school.say('ถอนคำขอ').words).toContain('ถอนคำขอแล้ว')
  expect(chat.officer('town').heard().dropped).toBe(1)
  expect(school.say('ถอนคำขอ').words).toContain('ไม่มีคำขอ')
})

it('refuses to choose between two requests', () => {
  const chat = openChat()
  const at = chat.now() - 3_600_000
  chat.world.confirmRoster('school', { at })
  chat.world.confirmRoster('centre', { at })
  chat.officer('school').say('ขอยกเลิกการยืนยัน ย้ายเข้า 2 คน')
  chat.officer('centre').say('ขอยกเลิกการยืนยัน ย้ายออก 1 คน')
  const town = chat.officer('town')
  expect(town.say('คำขอ').words).toContain('- - -')
  expect(town.say('เห็นชอบ').words).toContain('ไม่ชัดว่าหมายถึงคำขอใด')
  expect(town.say('เห็นชอบ 2').words).toContain('ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน แล้ว')
  expect(chat.isConfirmed('school', 'roster')).toBe(true)
  expect(chat.isConfirmed('centre', 'roster')).toBe(false)
})

it('lets the level above cancel unasked, with a reason', () => {
  const chat = confirmedUpTo('school')
  const town = chat.officer('town')
  expect(town.say('ยกเลิกการยืนยัน').words).toContain('โปรดพิมพ์ชื่อหน่วย')
  expect(town.say('ยกเลิกการยืนยัน รร.เทศบาล 1').words).toContain('โปรดพิมพ์เหตุผล')
  expect(town.say('เลิก').words).toContain('เลิกเรื่องที่ถามไว้')
  expect(chat.isConfirmed('school', 'roster')).toBe(true)
  town.say('ยกเลิกการยืนยัน เทศบาล 1')
  expect(town.say('จำนวนไม่ตรงกับทะเบียน').words).toContain('ยกเลิกการยืนยันของ โรงเรียนเทศบาล 1 แล้ว')
  expect(chat.officer('school').heard().words).toContain('จำนวนไม่ตรงกับทะเบียน')
  expect(town.say('ยกเลิกการยืนยัน โรงเรียนไม่มีจริง').words).toContain('ไม่พบหน่วย')
})
