import { describe, expect, it } from 'vitest'
import type { AppointmentId } from '../../src/db/ids.ts'
import { pendingActions, reopeningRequests } from '../../src/db/schema.ts'
import { changeDuty } from '../../src/workflow/appointment-changes.ts'
import { logHead } from '../../src/workflow/event-log.ts'
import { mustBeDone } from '../world/chain-world.ts'
import { type Chat, openChat } from './chat.ts'

const ACCOUNT = `U${'7'.repeat(32)}`
const requests = (chat: Chat) => chat.world.act((tx) => tx.select().from(reopeningRequests).all())

/** One person in charge of a school and of a child centre, both confirmed; the centre's duty is in use. */
function openTwoDuties() {
  const chat = openChat()
  const school = chat.world.appoint('school', { name: 'คนเดียวสองหน้าที่', account: ACCOUNT })
  const centre = chat.world.appoint('centre', { account: ACCOUNT })
  for (const place of ['school', 'centre'] as const) mustBeDone(chat.world.confirmRoster(place, { at: chat.now() }))
  const person = chat.person(ACCOUNT)
  person.heard()
  return { chat, person, school, centre }
}

function end(chat: Chat, appointmentId: AppointmentId, change: 'suspend' | 'end'): void {
  const actor = chat.world.actor('town', chat.now())
  const input = { actor, appointmentId, change, reason: 'ย้ายไปปฏิบัติราชการที่อื่น' }
  const decided = chat.world.act((tx) => changeDuty(tx, input, chat.now()))
  if (!decided.ok) throw new Error(decided.why)
}

describe('a question put to one duty', () => {
  it('is not answered for another one after a switch', () => {
    const { chat, person } = openTwoDuties()
    person.say('ขอยกเลิกการยืนยัน')
    expect(person.say('เปลี่ยนหน้าที่ 1').words).toContain('เปลี่ยนเป็น')
    person.say('มีเด็กย้ายเข้ามาใหม่สองคน')
    expect(requests(chat)).toEqual([])
  })

  it('is not answered for another one that the text is addressed to', () => {
    const { chat, person } = openTwoDuties()
    person.say('ขอยกเลิกการยืนยัน')
    person.say('มีเด็กย้ายเข้ามาใหม่สองคน @โรงเรียนเทศบาล 1')
    expect(requests(chat)).toEqual([])
  })

  it.each(['suspend', 'end'] as const)('is not answered for another one once the duty is over (%s)', (change) => {
    const { chat, person, centre } = openTwoDuties()
    person.say('ขอยกเลิกการยืนยัน')
    end(chat, centre, change)
    person.say('มีเด็กย้ายเข้ามาใหม่สองคน')
    expect(requests(chat)).toEqual([])
    person.say('ขอยกเลิกการยืนยัน')
    person.say('มีเด็กย้ายเข้ามาใหม่สองคน')
    expect(requests(chat).map(({ unitId }) => unitId)).toEqual([chat.unit('school')])
  })

  it('is answered by no command that another card’s button says', () => {
    const { chat, person } = openTwoDuties()
    for (const said of ['เปลี่ยนหน้าที่ 2', 'รับทราบประกาศ 123', 'ใครรับทราบ 123', 'ส่งประกาศซ้ำ 123', 'ยืนยันประกาศถึงทุกระดับ']) {
      person.say('ขอยกเลิกการยืนยัน')
      person.say(said)
      expect(requests(chat), said).toEqual([])
    }
  })
})

describe('a button of a duty that is over', () => {
  it.each(['suspend', 'end'] as const)('does nothing for the person’s other duty either (%s)', (change) => {
    const chat = openChat()
    const school = chat.world.appoint('school', { account: ACCOUNT })
    const person = chat.person(ACCOUNT)
    person.say('ยืนยัน')
    chat.readSheet('school')
    person.heard()
    const { data = '' } = person.dataOf('ตรวจแล้ว มีตัวตนจริง')
    chat.world.appoint('centre', { account: ACCOUNT })
    end(chat, school, change)
    expect(person.postback(data).words).not.toContain('ใช่หรือไม่')
    expect(person.say('รับรอง 10').words).not.toContain('ใช่หรือไม่')
    expect(chat.runs().filter(({ purpose }) => purpose === 'confirm')).toEqual([])
  })

  it('does nothing for the successor to whom it is passed on', () => {
    const chat = openChat()
    const school = chat.world.appoint('school', { account: ACCOUNT })
    const person = chat.person(ACCOUNT)
    person.say('ยืนยัน')
    chat.readSheet('school')
    person.heard()
    const { data = '' } = person.dataOf('ตรวจแล้ว มีตัวตนจริง')
    end(chat, school, 'end')
    const successor = chat.officer(chat.world.appoint('school', { account: `U${'6'.repeat(32)}` }))
    expect(successor.postback(data).words).toContain('ใช้ไม่ได้กับบัญชีของท่าน')
    expect(successor.say('รับรอง 10').words).not.toContain('ใช่หรือไม่')
  })
})

describe('an older card', () => {
  it('is not confirmed with when a newer reading says another number', () => {
    const chat = openChat()
    const officer = chat.officer('school')
    officer.say('ยืนยัน')
    chat.readSheet('school')
    officer.heard()
    const { data = '' } = officer.dataOf('ตรวจแล้ว มีตัวตนจริง')
    officer.say('ยืนยัน')
    chat.readSheet('school', chat.world.rows('school', 12))
    expect(officer.heard().words).toContain('12')
    expect(officer.postback(data).words).toContain('ข้อมูลเปลี่ยนไปจากที่แสดง')
    expect(officer.say('รับรอง 10').words).not.toContain('ใช่หรือไม่')
    expect(officer.say('รับรอง 12').words).toContain('ยืนยันข้อมูล 12 คน ใช่หรือไม่')
  })

  it('of a request that a colleague has sent back meanwhile does nothing, and says who did', () => {
    const chat = openChat()
    mustBeDone(chat.world.confirmRoster('school', { at: chat.now() }))
    const school = chat.officer('school')
    school.say('ขอยกเลิกการยืนยัน มีเด็กย้ายเข้ามาใหม่สองคน')
    const town = chat.officer('town')
    town.say('คำขอ')
    const { data = '' } = town.dataOf('ยกเลิกการยืนยัน')
    const colleague = chat.officer(chat.world.appoint('town', { name: 'เพื่อนร่วมงาน' }))
    colleague.say('คำขอ')
    colleague.say('ส่งคืน โรงเรียนเทศบาล 1 ตรวจแล้วข้อมูลเดิมถูกต้อง')
    const { words } = town.postback(data)
    expect(words).toContain('เพื่อนร่วมงาน')
    expect(chat.isConfirmed('school', 'roster')).toBe(true)
  })
})

it('the units of others are neither shown nor touched by name or code', () => {
  const chat = openChat()
  const sao = chat.officer('sao')
  mustBeDone(chat.world.confirmRoster('school', { at: chat.now() }))
  for (const text of [
    'สถานะ โรงเรียนเทศบาล 1',
    'สถานะ 3099200001',
    'ยกเลิกการยืนยัน โรงเรียนเทศบาล 1',
    'เตือน โรงเรียนเทศบาล 1',
    'เชิญ โรงเรียนเทศบาล 1',
    'ไม่ต้องยืนยัน โรงเรียนเทศบาล 1',
    'เปิดผู้รับรอง โรงเรียนเทศบาล 1',
    'ผู้รับผิดชอบ โรงเรียนเทศบาล 1',
    'ประวัติ โรงเรียนเทศบาล 1',
  ]) {
    const { words } = sao.say(text)
    expect(words, text).toMatch(/ไม่พบ|ไม่อยู่ใน/)
    expect(words, text).not.toMatch(/ผู้รับผิดชอบ school|10 คน/)
    sao.say('เลิก')
  }
  expect(chat.isConfirmed('school', 'roster')).toBe(true)
})

it('no button of anybody does anything for anybody else, whatever it is for', () => {
  const chat = openChat()
  mustBeDone(chat.world.confirmRoster('centre', { at: chat.now() }))
  chat.officer('centre').say('ขอยกเลิกการยืนยัน มีเด็กย้ายเข้ามาใหม่สองคน')
  const places = ['department', 'province', 'town', 'sao', 'school', 'centre'] as const
  const said = ['สถานะ', 'ยืนยัน', 'ยืนยันภาพรวม', 'ตรวจสอบแล้ว', 'คำขอ', 'ถอนคำขอ', 'ประกาศ ขอให้ตรวจสอบ', 'ออกจากระบบ']
  for (const place of places) {
    const officer = chat.officer(place)
    for (const text of [...said, 'สุ่มตรวจ', 'นัดส่ง', 'ผู้รับผิดชอบ โรงเรียนเทศบาล 1', 'ตรวจสังกัดอื่น']) officer.say(text)
  }
  chat.readSheet('school')
  for (const place of places) chat.officer(place).heard()
  const offered = chat.world.act((tx) => tx.select().from(pendingActions).all())
  expect(new Set(offered.map(({ type }) => type)).size).toBeGreaterThan(5)
  const before = chat.world.act(logHead).seq
  for (const { token, personId } of offered) {
    for (const place of places) {
      if (chat.world.actor(place, chat.now()).personId === personId) continue
      expect(chat.officer(place).postback(`a=${token}`).words).toContain('ใช้ไม่ได้กับบัญชีของท่าน')
    }
  }
  expect(chat.world.act(logHead).seq).toBe(before)
  const unused = chat.world.act((tx) => tx.select().from(pendingActions).all()).filter(({ usedAt }) => usedAt === null)
  expect(unused.length).toBe(offered.filter(({ usedAt }) => usedAt === null).length)
})
