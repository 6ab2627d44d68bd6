import { describe, expect, it } from 'vitest'
import { understand } from '../../src/bot/understand.ts'
import { holds, sheetFiles } from '../../src/db/schema.ts'
import type { RawRow } from '../../src/workflow/rules/roster/row-findings.ts'
import type { InstitutionName } from '../world/chain-world.ts'
import { type Chat, openChat } from './chat.ts'

const MINUTE = 60_000
const WHOLE_ID = /(?<!\d)199\d{10}(?!\d)|G\d{12}/

/** The school's pupils, `pupils` of whom the second place counts as well, ten minutes later. */
function sharedChat(options: { pupils?: number; second?: InstitutionName } = {}): Chat & { sheet: RawRow[] } {
  const chat = openChat()
  const { world } = chat
  const second = options.second ?? 'centre'
  const start = chat.now()
  world.read('school', world.rows('school'), start)
  const own = world.rows(second)
  const like = own[0]?.cells ?? {}
  const sheet = [
    ...own,
    ...world.rows('school', options.pupils ?? 1).map((row, index): RawRow => {
      const { grade, birthDate } = like
      const cells = { ...row.cells, ...(grade ? { grade } : {}), ...(birthDate ? { birthDate } : {}) }
      return { row: own.length + 2 + index, cells }
    }),
  ]
  chat.at(start + 10 * MINUTE)
  world.read(second, sheet, chat.now())
  return { ...chat, sheet }
}

function everythingIsMasked(chat: Chat): void {
  expect(chat.everything.length).toBeGreaterThan(0)
  expect(JSON.stringify(chat.everything)).not.toMatch(WHOLE_ID)
}

it('tells both in one message each, with the own row, the masked number and the other institution', () => {
  const chat = sharedChat({ pupils: 5 })
  const centre = chat.officer('centre').heard()
  expect(centre.messages).toHaveLength(1)
  expect(centre.words).toContain('พบรายชื่อซ้ำกับสถานศึกษาอื่น 5 ราย')
  expect(centre.words).toMatch(/แถวที่ 12 เลข 1-99\d\d-xxxxx-xx-\d ซ้ำกับ โรงเรียนเทศบาล 1 \(เทศบาลเมืองทุ่งตะวัน\)/)
  expect(centre.words).toContain('แถวที่ 14')
  expect(centre.words).not.toContain('แถวที่ 15')
  expect(centre.words).toContain('และอีก 2 ราย')
  expect(centre.words).toContain('ยังยืนยันไม่ได้')
  const school = chat.officer('school').heard()
  expect(school.messages).toHaveLength(1)
  expect(school.words).toContain('แถวที่ 2 เลข')
  expect(school.words).toContain('ยืนยันได้ตามปกติ')
  everythingIsMasked(chat)
})

it('leads the later one from the refusal to asking, and the earlier one to taking the pupil out', () => {
  const chat = sharedChat()
  const centre = chat.officer('centre')
  const school = chat.officer('school')
  centre.heard()
  school.heard()
  // Read afresh: the pupil may have been taken out of the sheet a moment ago.
  expect(centre.say('ยืนยัน').loading).toBe(true)
  chat.readSheet('centre', chat.sheet)
  const refused = centre.heard().words
  expect(refused).toContain('มีรายชื่อซ้ำกับสถานศึกษาอื่น 1 ราย')
  expect(refused).toContain('[ดูรายชื่อซ้ำ]')
  expect(refused).toMatch(/แถวที่ 12 \(1-99\d\d-xxxxx-xx-\d\) มีอยู่ก่อนแล้วที่ โรงเรียนเทศบาล 1/)
  const status = centre.say('สถานะ').words
  expect(status).toContain('ต้องยุติก่อนยืนยัน 1 ราย')
  expect(status).toContain('[ดูรายชื่อซ้ำ]')
  expect(status).not.toContain('พร้อมยืนยัน')
  const list = centre.say('เด็กซ้ำ').words
  expect(list).toContain('ยังยืนยันไม่ได้')
  expect(list).toContain('[ขอให้อีกแห่งย้ายออก]')
  expect(list).toContain('ขอให้ย้ายออก 1 / ชี้แจงหลักฐาน 1')
  expect(centre.tap('ขอให้อีกแห่งย้ายออก').words).toContain('ส่งคำขอให้ โรงเรียนเทศบาล 1 ย้ายออก 1 ราย แล้ว')
  const asked = school.heard().words
  expect(asked).toContain('ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน ขอให้ย้ายออก 1 ราย')
  expect(asked).toContain('แถวที่ 2')
  expect(asked).toContain('เลือกสถานะ ย้ายออก')
  const again = centre.say('ขอให้ย้ายออก 1').words
  expect(again).toContain('ขอไว้แล้ว 1 ราย ภายใน 1 วันนี้ จึงไม่ส่งซ้ำ')
  expect(again).not.toContain('ไม่ชัดว่าหมายถึงรายใด')
  expect(again).toContain('ท่านขอให้อีกแห่งย้ายออกไว้เมื่อ 5 มิ.ย. 2567')
  expect(again).toContain('รออีกแห่งย้ายออก')
  expect(again).not.toContain('[ขอให้อีกแห่งย้ายออก]')
  expect(centre.say('ขอให้ย้ายออกทั้งหมด').words).toContain('จึงไม่ส่งซ้ำ')
  chat.world.read(
    'school',
    chat.world.rows('school', 10, (index) => (index === 0 ? { status: 'ย้ายออก' } : {})),
    chat.now(),
  )
  expect(centre.heard().words).toContain('ยุติแล้ว')
  expect(school.heard().words).toContain('ยุติแล้ว')
  expect(centre.say('รายชื่อซ้ำ').words).toContain('ไม่มีรายชื่อที่ซ้ำ')
  everythingIsMasked(chat)
})

it('takes evidence by tap and in one sentence, masks numbers in it, and lets the LAO decide with a reason', () => {
  const chat = sharedChat()
  const centre = chat.officer('centre')
  const school = chat.officer('school')
  const town = chat.officer('town')
  for (const person of [centre, school]) {
    person.heard()
    person.say('ซ้ำ')
  }
  expect(centre.tap('ชี้แจงหลักฐาน').words).toContain('โปรดพิมพ์สั้น ๆ')
  expect(centre.say('เด็ก 1101700207030 มาเรียนทุกวัน โทร. 081-234-5678').words).toContain('บันทึกคำชี้แจง')
  expect(school.say('ชี้แจงหลักฐาน 1 ว่ามีใบสมัครเลขที่ 5').words).toContain(
    'ทุกแห่งชี้แจงครบแล้ว ระบบจะแจ้ง เทศบาลเมืองทุ่งตะวัน ให้พิจารณา',
  )
  expect(town.heard().words).toContain('รอท่านพิจารณา')
  expect(town.say('สถานะ').words).toContain('ยังไม่ยุติ 1 ราย')
  const shown = town.say('รายชื่อซ้ำ').words
  expect(shown).toContain('เด็ก 1-1017-xxxxx-xx-0 มาเรียนทุกวัน โทร. 081-234-5678')
  expect(shown).toContain('มีใบสมัครเลขที่ 5')
  expect(shown).toContain('ให้นับ 1 ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน')
  expect(town.say('ให้นับ 1 ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน').words).toContain('โปรดพิมพ์เหตุผล')
  expect(town.say('มีหลักฐานการมาเรียน').words).toContain('บันทึกแล้ว ให้นับเลข')
  const out = school.heard().words
  expect(out).toContain('เทศบาลเมืองทุ่งตะวัน พิจารณารายชื่อซ้ำแล้ว')
  expect(out).toContain('เทศบาลเมืองทุ่งตะวัน ให้นับที่ ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน เหตุผล: มีหลักฐานการมาเรียน')
  expect(out).toContain('ให้เลือกสถานะ ย้ายออก ที่แถวนี้ แล้วจึงยืนยันข้อมูลได้')
  expect(centre.heard().words).toContain('ไม่ต้องดำเนินการ')
  school.say('ยืนยัน')
  chat.readSheet('school')
  expect(school.heard().words).toContain('เทศบาลเมืองทุ่งตะวัน ให้นับที่ ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน')
  const decided = school.say('รายชื่อซ้ำ')
  expect(decided.words).toContain('ต้องนำออก')
  // Nothing is left to prove: the sheet comes first.
  expect(decided.words.indexOf('[เปิดตารางเพื่อแก้ไข]')).toBeGreaterThan(-1)
  expect(decided.words.indexOf('[ชี้แจงหลักฐาน]')).toBeGreaterThan(decided.words.indexOf('[เปิดตารางเพื่อแก้ไข]'))
  expect(JSON.stringify(chat.everything)).not.toContain('หน่วยเหนือ')
  everythingIsMasked(chat)
})

it('sends a confirmed loser to ask for reopening, and undoes nothing', () => {
  const chat = sharedChat()
  chat.world.confirmRoster('school', { at: chat.now() })
  const town = chat.officer('town')
  town.say('รายชื่อซ้ำ')
  town.tap('ให้นับที่ ศูนย์')
  expect(town.say('มาเรียนที่นี่จริง').words).toContain('โรงเรียนเทศบาล 1 ยืนยันไปแล้ว ต้องขอยกเลิกการยืนยันก่อน')
  const school = chat.officer('school').heard().words
  expect(school).toContain('ขอยกเลิกการยืนยัน')
  expect(school).toContain('[ขอยกเลิกการยืนยัน]')
  expect(chat.isConfirmed('school', 'roster')).toBe(true)
})

it('a decision on what has changed since it was shown is not made', () => {
  const chat = sharedChat()
  const town = chat.officer('town')
  const school = chat.officer('school')
  town.say('รายชื่อซ้ำ')
  school.say('รายชื่อซ้ำ')
  school.say('ชี้แจงหลักฐาน 1 มีใบสมัคร')
  expect(town.tap('ให้นับที่ โรงเรียน').words).toContain('ข้อมูลเปลี่ยนไปจากที่แสดง')
})

it('asks which pupil is meant when a number is missing, and asks for all at once', () => {
  const chat = sharedChat({ pupils: 3 })
  const centre = chat.officer('centre')
  centre.heard()
  expect(centre.say('ขอให้ย้ายออก').words).toContain('1. เลข')
  expect(centre.say('ขอให้ย้ายออก').words).toContain('ไม่ชัดว่าหมายถึงรายใด')
  expect(centre.say('ขอให้ย้ายออก 2').words).toContain('ย้ายออก 1 ราย')
  expect(centre.say('ขอให้ย้ายออกทั้งหมด').words).toContain('ย้ายออก 2 ราย')
  chat.world.read('centre', chat.world.rows('centre'), chat.now())
  expect(centre.say('ขอให้ย้ายออก 2').words).toContain('ไม่มีรายชื่อที่ซ้ำ')
})

it('shows eight of many, those that block first, within what LINE takes', () => {
  const chat = sharedChat({ pupils: 10 })
  const list = chat.officer('centre').say('รายชื่อซ้ำ')
  expect(list.words).toContain('8. เลข')
  expect(list.words).not.toContain('9. เลข')
  expect(list.words).toContain('และอีก 2 ราย')
})

it('belongs to the province between two LAOs, and is not the LAO’s to decide', () => {
  const chat = sharedChat({ second: 'saoCentre' })
  expect(chat.officer('town').say('รายชื่อซ้ำ').words).toContain('ไม่มีรายชื่อซ้ำที่รอหน่วยของท่าน')
  const province = chat.officer('province')
  const status = province.say('สถานะ').words
  expect(status).toContain('ยังไม่ยุติ 1 ราย')
  expect(status).toContain('รายชื่อซ้ำต้องยุติก่อนยืนยัน 1 แห่ง')
  expect(province.say('รายชื่อซ้ำ').words).toContain('[ให้นับที่ โรงเรียนเทศบาล 1]')
})

it('errors in the sheet are told together with the pupils who would be the next reason', () => {
  const chat = sharedChat()
  const centre = chat.officer('centre')
  centre.heard()
  const spoilt = chat.sheet.map((row, index): RawRow => {
    return index === 1 ? { ...row, cells: { ...row.cells, grade: { kind: 'text', text: 'ป.99' } } } : row
  })
  centre.say('ยืนยัน')
  chat.readSheet('centre', spoilt)
  const words = centre.heard().words
  expect(words).toContain('ต้องแก้ไข 1 จุดก่อนยืนยัน')
  expect(words).toContain('และมีรายชื่อซ้ำกับสถานศึกษาอื่นที่ต้องยุติก่อนยืนยัน 1 ราย')
  expect(words).toContain('[ดูรายชื่อซ้ำ]')
})

it('after the close nobody is sent to the sheet or to ask', () => {
  const chat = sharedChat()
  const centre = chat.officer('centre')
  centre.heard()
  chat.at('2024-06-11T18:00')
  const words = centre.say('รายชื่อซ้ำ').words
  expect(words).toContain('เพื่อทำหนังสือขอขยายเวลาต่อกรม')
  expect(words).not.toMatch(/ย้ายออก ที่แถวนี้|\[(ขอให้|ชี้แจง|เปิดตาราง)/)
})

it('an executive looks and has no buttons', () => {
  const chat = sharedChat()
  const executive = chat.officer(chat.world.appoint('town', { role: 'executive', name: 'นายก', at: chat.now() }))
  const list = executive.say('รายชื่อซ้ำ').words
  expect(list).toContain('โรงเรียนเทศบาล 1')
  expect(list).not.toContain('[ให้นับที่')
})

it('news that no longer hold when they are sent are dropped', () => {
  const chat = sharedChat()
  chat.world.read('centre', chat.world.rows('centre'), chat.now())
  const heard = chat.officer('school').heard()
  expect(heard.dropped).toBe(1)
  expect(heard.words).toContain('ยุติแล้ว')
})

describe('the LAO’s list says what keeps each institution from confirming', () => {
  it('a pupil counted elsewhere first', () => {
    const words = sharedChat().officer('town').say('เหลือใคร').words
    expect(words).toContain('ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน (รายชื่อซ้ำกับแห่งอื่น 1 ราย')
    expect(words).toContain('โรงเรียนเทศบาล 1 · 10 คน (ยังไม่ยืนยัน)')
  })

  it('rows that vanished, until they are answered for', () => {
    const chat = openChat()
    chat.world.read('school', chat.world.rows('school', 40), chat.now())
    chat.world.read('school', chat.world.rows('school', 20), chat.now() + MINUTE)
    const town = chat.officer('town')
    expect(town.say('เหลือใคร').words).toContain('โรงเรียนเทศบาล 1 (รายชื่อหายจากตาราง 20 ราย')
    expect(chat.officer('province').say('สถานะ').words).toContain('รอคำตอบเรื่องรายชื่อที่หายไป 1 แห่ง')
    chat.world.act((tx) => tx.update(holds).set({ state: 'refused' }).run())
    expect(town.say('เหลือใคร').words).toContain('รอสถานศึกษานำรายชื่อที่หายไป 20 ราย กลับเข้าตาราง')
    chat.world.act((tx) => tx.update(holds).set({ state: 'resolved' }).run())
    expect(town.say('เหลือใคร').words).not.toContain('รายชื่อหายจากตาราง')
  })

  it('a sheet that cannot be read', () => {
    const chat = openChat()
    chat.world.act((tx) => tx.update(sheetFiles).set({ state: 'header_broken', stateReason: 'ไม่พบหัวตาราง' }).run())
    expect(chat.officer('town').say('เหลือใคร').words).toContain('โรงเรียนเทศบาล 1 (ระบบอ่านตารางไม่ได้: ไม่พบหัวตาราง')
    expect(chat.officer('province').say('สถานะ').words).toContain('อ่านตารางไม่ได้ 3 แห่ง')
  })
})

it.each([
  ['นักเรียนซ้ำครับ', { kind: 'shared-pupils' }],
  ['ขอให้อีกแห่งย้ายออก ๒', { kind: 'ask-release', number: 2, all: false }],
  ['ขอให้ย้ายออก ทั้งหมด', { kind: 'ask-release', number: null, all: true }],
  ['ชี้แจง ข้อ 3 มีใบ ปพ.1', { kind: 'state-evidence', number: 3, word: 'มีใบ ปพ.1' }],
  ['ชี้แจงหลักฐาน', { kind: 'state-evidence', number: null, word: null }],
  ['ให้นับ 1 โรงเรียนเทศบาล 1', { kind: 'keep-at', number: 1, unit: 'โรงเรียนเทศบาล 1' }],
])('understands %s', (typed, command) => {
  expect(understand(typed)).toEqual(command)
})
