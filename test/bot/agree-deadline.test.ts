import { expect, it } from 'vitest'
import { exactCommand, understand } from '../../src/bot/understand.ts'
import { openChat } from './chat.ts'

it.each([
  ['นัดส่ง', { kind: 'agree-deadline', rest: null }],
  ['นัดส่ง 9 มิ.ย. 16.30', { kind: 'agree-deadline', rest: '9 มิ.ย. 16.30' }],
  ['ขอนัดส่งข้อมูลวันที่ ๙ มิ.ย. ๑๖.๓๐ น. ครับ', { kind: 'agree-deadline', rest: '9 มิ.ย. 16.30 น' }],
  ['นัดส่ง โรงเรียนบ้านนา 9 มิ.ย. 16.30', { kind: 'agree-deadline', rest: 'โรงเรียนบ้านนา 9 มิ.ย. 16.30' }],
  ['นัดส่งทั้งหมด 9/6 16.30', { kind: 'agree-deadline', rest: 'ทั้งหมด 9/6 16.30' }],
  ['ตกลงนัดส่ง', { kind: 'accept-deadline', unit: null }],
  ['ตกลงนัดส่ง ศพด.บ้านนา', { kind: 'accept-deadline', unit: 'ศพด.บ้านนา' }],
])('understands "%s"', (text, command) => {
  expect(understand(text)).toEqual(command)
})

it('an exact นัดส่ง is a whole command, กำหนดส่ง still shows the deadlines', () => {
  expect(exactCommand('นัดส่ง')).toEqual({ kind: 'agree-deadline', rest: null })
  expect(understand('กำหนดส่ง')).toEqual({ kind: 'deadlines' })
})

it('R18: the institution taps the suggested time, the LAO accepts by tap, both see it in their status', () => {
  const chat = openChat()
  const school = chat.officer('school')
  const town = chat.officer('town')
  const shown = school.say('นัดส่ง').words
  expect(shown).toContain('ยังไม่ได้นัด')
  expect(shown).toContain('พิมพ์ นัดส่ง 7 มิ.ย. 2567 16.30')
  expect(school.tap('เสนอ 7 มิ.ย.').words).toContain('เสนอ 7 มิ.ย. 2567 เวลา 16.30 น. ต่อ เทศบาลเมืองทุ่งตะวัน แล้ว')
  expect(school.say('สถานะ').words).toContain('รอตอบ')
  const news = town.heard().words
  expect(news).toContain('โรงเรียนเทศบาล 1 เสนอวันเวลาส่งข้อมูล')
  expect(news).toContain('ตกลงนัดส่ง โรงเรียนเทศบาล 1')
  expect(town.say('สถานะ').words).toContain('รอท่านตอบ 1 แห่ง')
  expect(town.tap('ตกลงตามนี้').words).toContain('ตกลงนัด 7 มิ.ย. 2567 เวลา 16.30 น.')
  expect(school.heard().words).toContain('ตกลงวันเวลาส่งข้อมูลแล้ว')
  expect(school.say('สถานะ').words).toMatch(/ตกลงไว้.*7 มิ\.ย\. 2567 เวลา 16\.30 น\./s)
  expect(town.say('สถานะ').words).toContain('ตกลงแล้ว 1 แห่ง')
})

it('R18: the LAO counters in words, the institution accepts in words', () => {
  const chat = openChat()
  const school = chat.officer('school')
  const town = chat.officer('town')
  school.say('นัดส่ง 10 มิ.ย. 15.00')
  town.heard()
  expect(town.say('นัดส่ง โรงเรียนเทศบาล 1 7 มิ.ย. 12.00 น.').words).toContain('ต่อ โรงเรียนเทศบาล 1 แล้ว')
  expect(school.heard().words).toContain('อปท. เสนอวันเวลาส่งข้อมูล')
  expect(school.say('ตกลงนัดส่ง').words).toContain('ตกลงนัด 7 มิ.ย. 2567 เวลา 12.00 น.')
  expect(town.heard().words).toContain('ตกลงวันเวลาส่งข้อมูลแล้ว')
  // The button of the first proposal, which was countered.
  expect(town.tap('ตกลงตามนี้').words).toContain('สิ้นสุดแล้ว')
})

it('R18: the LAO accepts the proposal of one that it calls by its short name', () => {
  const chat = openChat()
  const town = chat.officer('town')
  chat.officer('school').say('นัดส่ง 7 มิ.ย. 15.00')
  town.heard()
  expect(town.say('ตกลงนัดส่ง รร.เทศบาล 1').words).toContain('ตกลงนัด 7 มิ.ย. 2567 เวลา 15.00 น.')
})

it('R18: the LAO proposes to all at once; each hears of its own', () => {
  const chat = openChat()
  const town = chat.officer('town')
  expect(town.say('นัดส่ง').words).toContain('ยังไม่ได้นัด 2 แห่ง')
  expect(town.say('นัดส่งทั้งหมด 7 มิ.ย. 16.30').words).toContain('ต่อสถานศึกษา 2 แห่งแล้ว')
  for (const place of ['school', 'centre'] as const) {
    expect(chat.officer(place).heard().words).toContain('อปท. เสนอวันเวลาส่งข้อมูล')
  }
  expect(town.say('นัดส่งทุกแห่ง 7 มิ.ย. 16.30').words).toContain('จึงไม่ส่งซ้ำ')
  expect(town.say('นัดส่ง').words).toContain('รอตอบ 2 แห่ง')
})

it('says what to type when a time cannot be read or lies outside', () => {
  const chat = openChat()
  const school = chat.officer('school')
  const town = chat.officer('town')
  expect(school.say('นัดส่ง 9 มิ.ย. บ่ายสาม').words).toContain('เช่น นัดส่ง 7 มิ.ย. 2567 16.30')
  expect(school.say('นัดส่ง 20 มิ.ย. 10.00').words).toContain('ไม่อยู่ระหว่างเวลานี้กับกำหนดของ อปท.')
  expect(town.say('นัดส่ง 9 มิ.ย. 10.00').words).toContain('โปรดระบุสถานศึกษา')
  expect(town.say('นัดส่ง โรงเรียนเทศบาล 1').words).toContain('โรงเรียนเทศบาล 1')
  expect(chat.officer('province').say('นัดส่ง').words).toContain('ระหว่างสถานศึกษากับ อปท.')
  chat.world.confirmRoster('school', { at: chat.now() })
  expect(school.say('นัดส่ง 9 มิ.ย. 10.00').words).toContain('ยืนยันข้อมูลรายชื่อไว้แล้ว')
})
