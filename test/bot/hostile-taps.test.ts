import { expect, it } from 'vitest'
import { openChat } from './chat.ts'

const DAY = 24 * 60 * 60 * 1000

const shownTo = (place: 'school' | 'centre') => {
  const chat = openChat()
  const officer = chat.officer(place)
  officer.say('ยืนยัน')
  chat.readSheet(place)
  officer.heard()
  return { chat, officer }
}

it('another person’s button does nothing', () => {
  const { chat, officer } = shownTo('school')
  const { data = '' } = officer.dataOf('ตรวจแล้ว มีตัวตนจริง')
  expect(chat.officer('centre').postback(data).words).toContain('ใช้ไม่ได้กับบัญชีของท่าน')
  expect(chat.officer('province').postback(data).words).toContain('ใช้ไม่ได้กับบัญชีของท่าน')
  expect(officer.postback(data).words).toContain('ยืนยันข้อมูล 10 คน ใช่หรือไม่')
})

it('a button works once; the second tap tells what is the case', () => {
  const { chat, officer } = shownTo('school')
  officer.tap('ตรวจแล้ว มีตัวตนจริง')
  const { data = '' } = officer.dataOf('ยืนยัน 10 คน')
  expect(officer.postback(data).loading).toBe(true)
  const again = officer.postback(data)
  expect(again.words).toContain('ปุ่มนี้ใช้ไปแล้ว')
  expect(again.words).toContain('โรงเรียนเทศบาล 1')
  chat.readSheet('school')
  officer.heard()
  expect(chat.world.receipts()).toHaveLength(1)
})

it('a button a day old has expired', () => {
  const { chat, officer } = shownTo('school')
  const { data = '' } = officer.dataOf('ตรวจแล้ว มีตัวตนจริง')
  chat.at(chat.now() + DAY)
  const late = officer.postback(data).words
  expect(late).toContain('หมดอายุแล้ว')
  expect(late).toContain('[ยืนยันข้อมูล]')
  expect(officer.say('รับรอง 10').loading).toBe(true)
})

it.each(['', 'a=', 'a=../../etc', 'action=confirm&role=province', `a=${'x'.repeat(250)}`, '{"type":"confirm"}'])(
  'postback data %j is nothing but refused',
  (data) => {
    const { chat, officer } = shownTo('school')
    expect(officer.postback(data).words).toContain('ใช้ไม่ได้กับบัญชีของท่าน')
    expect(chat.isConfirmed('school', 'roster')).toBe(false)
  },
)

it('typing the last step does not skip the attestation, and another number does nothing', () => {
  const { chat, officer } = shownTo('school')
  expect(officer.say('ยืนยัน 10').words).toContain('รับรองการมีตัวตนก่อน')
  expect(officer.say('รับรอง 11').words).toContain('ไม่ตรงกับจำนวนที่แสดงล่าสุด')
  expect(officer.say('รับรอง 10').words).toContain('ยืนยันแล้วแก้ไขเองไม่ได้')
  expect(officer.say('ยืนยัน 11').words).toContain('ไม่ตรงกับจำนวนที่แสดงล่าสุด')
  expect(officer.say('ยังไม่ยืนยัน').words).toContain('ยังไม่ได้ยืนยัน')
  expect(officer.say('ยืนยัน 10').loading).toBe(true)
  chat.readSheet('school')
  expect(officer.heard().words).toContain('2567/1-000001')
})

it('an attestation of what has changed since is not taken', () => {
  const { chat, officer } = shownTo('school')
  chat.world.read('school', chat.world.rows('school', 9), chat.now())
  expect(officer.tap('ตรวจแล้ว มีตัวตนจริง').words).toContain('ข้อมูลเปลี่ยนไปจากที่แสดง')
})

it('a sheet changed between the two steps is not confirmed', () => {
  const { chat, officer } = shownTo('school')
  officer.tap('ตรวจแล้ว มีตัวตนจริง')
  officer.tap('ยืนยัน 10 คน')
  chat.readSheet('school', chat.world.rows('school', 9))
  expect(officer.heard().words).toContain('ข้อมูลเปลี่ยนไปจากที่แสดง')
  expect(chat.isConfirmed('school', 'roster')).toBe(false)
})

it('a colleague who was quicker is named', () => {
  const { chat, officer } = shownTo('school')
  officer.tap('ตรวจแล้ว มีตัวตนจริง')
  chat.world.confirmRoster('school', { at: chat.now(), by: chat.world.appoint('school', { name: 'เพื่อนร่วมงาน' }) })
  officer.tap('ยืนยัน 10 คน')
  chat.readSheet('school')
  expect(officer.heard().words).toContain('เพื่อนร่วมงาน ยืนยันเมื่อ')
})

it('after the close nothing is started', () => {
  const { chat, officer } = shownTo('school')
  chat.at('2024-06-11T17:00')
  expect(officer.say('ยืนยัน').words).toContain('ปิดรับแล้ว')
  expect(officer.tap('ตรวจแล้ว มีตัวตนจริง').words).toMatch(/หมดอายุ|ปิดรับแล้ว/)
})

it('an executive reads and has no buttons', () => {
  const chat = openChat()
  const executive = chat.officer(chat.world.appoint('town', { role: 'executive', name: 'นายกเทศมนตรี' }))
  const status = executive.say('สถานะ')
  expect(status.words).toContain('เทศบาลเมืองทุ่งตะวัน')
  expect(status.words).not.toContain('[')
  expect(executive.say('ยืนยัน').words).toContain('ดูข้อมูลได้อย่างเดียว')
  expect(executive.say('ยกเลิกการยืนยัน โรงเรียนเทศบาล 1').words).toContain('ดูข้อมูลได้อย่างเดียว')
})

it.each(['school', 'town', 'province', 'department'] as const)(
  '%s may not do what belongs to other levels',
  (place) => {
    const chat = openChat()
    const officer = chat.officer(place)
    for (const text of [
      'ยืนยันภาพรวม',
      'ยืนยันสังกัดอื่น',
      'ยืนยันจังหวัด',
      'ตรวจสอบแล้ว',
      'เห็นชอบ',
      'ส่งคืน',
      'ออกจริง',
      'รับรอง 5',
      'ยืนยัน 5',
    ])
      officer.say(text)
    expect(chat.world.receipts()).toEqual([])
  },
)
