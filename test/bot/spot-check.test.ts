import { expect, it } from 'vitest'
import { understand } from '../../src/bot/understand.ts'
import { type Chat, openChat } from './chat.ts'

function readChat(): Chat {
  const chat = openChat()
  for (const [place, count] of [
    ['school', 40],
    ['centre', 12],
    ['saoCentre', 8],
  ] as const)
    chat.world.read(place, chat.world.rows(place, count), chat.now())
  return chat
}

it.each([
  ['สุ่มตรวจ', { kind: 'spot-check', institutions: null }],
  ['สุ่มตรวจ ๘ แห่ง', { kind: 'spot-check', institutions: 8 }],
  ['พบตัว 3-5', { kind: 'spot-result', result: 'found', numbers: [3, 4, 5], note: null }],
  ['พบ 3, 5 และ 7', { kind: 'spot-result', result: 'found', numbers: [3, 5, 7], note: null }],
  ['พบตัวแล้ว ข้อ 3 4 6-7', { kind: 'spot-result', result: 'found', numbers: [3, 4, 6, 7], note: null }],
  ['ไม่พบ 6 ย้ายตามผู้ปกครอง', { kind: 'spot-result', result: 'not_found', numbers: [6], note: 'ย้ายตามผู้ปกครอง' }],
  ['ไม่พบตัว 6 2 เดือนแล้ว', { kind: 'spot-result', result: 'not_found', numbers: [6], note: '2 เดือนแล้ว' }],
  ['พบ 3 คน', { kind: 'spot-result', result: 'found', numbers: [], note: null }],
  ['ไม่พบ', { kind: 'spot-result', result: 'not_found', numbers: [], note: null }],
  ['หมายเหตุ 6 ลาป่วย', { kind: 'spot-note', number: 6, rest: 'ลาป่วย' }],
  ['หมายเหตุ โรงเรียนบ้านนา ปิดเรียน', { kind: 'spot-note', number: null, rest: 'โรงเรียนบ้านนา ปิดเรียน' }],
])('understands "%s"', (text, command) => {
  expect(understand(text)).toEqual(command)
})

it('R40: the province draws by tap, says who was found, and the unit concerned hears what to do', () => {
  const chat = readChat()
  const province = chat.officer('province')
  expect(province.say('สุ่มตรวจ').words).toContain('ยังไม่ได้สุ่มตรวจในรอบนี้')
  const drawn = province.tap('สุ่มตรวจ 5 แห่ง').words
  expect(drawn).toContain('สุ่มครั้งที่ 1 ได้สถานศึกษา 3 แห่ง ผู้เรียน 15 ราย')
  expect(drawn).toMatch(/1\. แถวที่ \d+ เลข 1-99\d\d-xxxxx-xx-\d/)
  expect(drawn).toContain('จำนวนใกล้จุดเปลี่ยนอัตราค่าอาหารกลางวัน')
  expect(province.say('พบตัว 1-9').words).toContain('เหลือ 6 ราย')
  expect(province.say('ไม่พบ 15 เด็ก 1101700207030 ย้ายตามผู้ปกครอง').words).toContain('บันทึกแล้วว่าไม่พบตัว ข้อ 15')
  const heard = (['school', 'centre', 'saoCentre'] as const).map((place) => chat.officer(place).heard().words)
  const told = heard.find((words) => words !== '') ?? ''
  expect(heard.filter((words) => words !== '')).toHaveLength(1)
  expect(told).toContain('จังหวัดสุ่มตรวจแล้วไม่พบตัว 1 ราย')
  expect(told).toContain('หมายเหตุ: เด็ก 1-1017-xxxxx-xx-0 ย้ายตามผู้ปกครอง')
  expect(told).toContain('ให้เลือกสถานะ ไม่มีตัวตน')
  expect(told).toContain('[เปิดตารางเพื่อแก้ไข]')
  const laos = (['town', 'sao'] as const).map((place) => chat.officer(place).heard().words)
  expect(laos.filter((words) => words.includes('โปรดติดตาม'))).toHaveLength(1)
  const summary = province.say('สุ่มตรวจ').words
  expect(summary).toContain('ตรวจแล้ว')
  expect(summary).toContain('10/15 ราย')
  expect(summary).toContain('1 ราย (แก้ในตารางแล้ว 0 ราย)')
  expect(province.say('พบตัว 10-14').words).toContain('บันทึกผลครบทุกรายแล้ว')
  expect(JSON.stringify(chat.everything)).not.toMatch(/(?<!\d)199\d{10}(?!\d)/)
})

it('R40: one tap says that everybody left at an institution was found', () => {
  const chat = readChat()
  const province = chat.officer('province')
  province.say('สุ่มตรวจ 1')
  expect(province.tap('มีผู้ที่ไม่พบตัว').words).toContain('ตามด้วยเลขข้อและหมายเหตุ')
  expect(province.tap('พบตัวครบ 5 ราย').words).toContain('บันทึกแล้วว่าพบตัว ข้อ 1-5')
  expect(province.say('พบตัว 1').words).toContain('บันทึกว่าพบตัวไว้แล้วเมื่อ')
  expect(province.say('หมายเหตุ 2 มาเรียนทุกวัน').words).toContain('บันทึกหมายเหตุแล้ว')
  expect(province.say('พบตัว 77').words).toContain('ไม่พบเลขข้อนี้')
})

it('a draw that somebody else has made meanwhile is not made again by an old button', () => {
  const chat = readChat()
  const province = chat.officer('province')
  province.say('สุ่มตรวจ')
  const { data = '' } = province.dataOf('สุ่มตรวจ 5 แห่ง')
  province.say('สุ่มตรวจ 1')
  expect(province.postback(data).words).toContain('ข้อมูลเปลี่ยนไปจากที่แสดง')
})

it('tells a confirmed institution to ask for reopening first, and other levels that it is not theirs', () => {
  const chat = openChat()
  chat.world.confirmRoster('saoCentre', { at: chat.now() })
  const province = chat.officer('province')
  province.say('สุ่มตรวจ 1')
  chat.officer('saoCentre').heard()
  province.say('ไม่พบ 1')
  expect(chat.officer('saoCentre').heard().words).toContain('ให้ขอยกเลิกการยืนยันก่อน')
  for (const text of ['สุ่มตรวจ', 'พบตัว 1', 'ไม่พบ 1', 'หมายเหตุ 1 ลา'])
    expect(chat.officer('town').say(text).words).toContain('ไม่อยู่ในหน้าที่ของท่าน')
})
