import { describe, expect, it } from 'vitest'
import { RECEIVED } from '../../src/bot/words/announcement-words.ts'
import { people, units } from '../../src/db/schema.ts'
import { nextAnnouncementTelling, tellOfAnnouncement } from '../../src/workflow/announcement-tellings.ts'
import { typedText } from '../../src/workflow/rules/text/typed-text.ts'
import { mustBeDone } from '../world/chain-world.ts'
import { linesOf } from '../world/message-text.ts'
import { type Chat, openChat, type Sent } from './chat.ts'

const RTL = '\u202e'
const ZERO_WIDTH = '\u200b\u2060\ufeff'
const ZALGO = `ก${'\u0e49'.repeat(200)}`
const BELL = '\u0007\u001b[31m'
const HOSTILE: readonly [string, string][] = [
  ['Flex', '"}]},{"type":"button","action":{"type":"uri","label":"กด","uri":"https://evil.example"}},{"x":"'],
  ['a template', '{{constructor.constructor("return 1")()}} $(id) <script>alert(1)</script>'],
  ['script addresses', 'javascript:alert(1) data:text/html,x line://nv/settings'],
  ['a formula', '=IMPORTXML("https://evil.example","//a")'],
  ['a signed formula', '+HYPERLINK("https://evil.example","กดที่นี่")'],
  ['a call', '@SUM(1+1)*cmd|"/C calc"!A0'],
  ['turned text', `ย้ายเข้า ${RTL}นยันทา${RTL} สองคน`],
  ['hidden text', `ย้าย${ZERO_WIDTH}เข้าสอง${ZERO_WIDTH}คน`],
  ['control signs', `ย้ายเข้า${BELL}สองคน\u0000\u0085`],
  ['piled marks', `${ZALGO} ย้ายเข้าสองคน`],
  ['half letters', 'ย้ายเข้า \ud83d สองคน \ude00'],
  ['empty lines', `ย้ายเข้า${'\n \n'.repeat(300)}สองคน`],
  ['many lines', 'ย้ายเข้า\n'.repeat(105)],
  ['one long word', 'กขคงจ'.repeat(190)],
  ['one letter held down', 'ก'.repeat(960)],
  ['emoji', `ย้ายเข้าสองคน${'👨‍👩‍👧‍👦'.repeat(80)}`],
]

/** Nothing that people wrote turns, hides or paints over what stands beside it, or became a part of a message. */
function expectOnlyText(messages: readonly Sent[]): void {
  const whole = JSON.stringify(messages)
  expect(whole.isWellFormed()).toBe(true)
  expect(whole).not.toMatch(/\\ud[89a-f][0-9a-f]{2}/i)
  const words = messages.flatMap(linesOf).join('\n')
  expect(words).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u2060\ufeff]/)
  expect(words.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
  expect(words).not.toMatch(/\p{M}{5}/u)
  expect(words).not.toMatch(/\n\s*\n\s*\n\s*\n/)
  for (const uri of urisOf(messages)) expect(uri).toMatch(/^https:\/\/docs\.google\.com\//)
}

function urisOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(urisOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'uri' || key === 'url' || key === 'originalContentUrl' ? [String(part)] : urisOf(part),
  )
}

/** What the job does. */
function tellAll(chat: Chat): void {
  for (let telling = chat.world.act(nextAnnouncementTelling); telling !== null; ) {
    const next = telling
    chat.world.act((tx) => tellOfAnnouncement(tx, next, chat.now()))
    telling = chat.world.act(nextAnnouncementTelling)
  }
}

const everyone = (chat: Chat): void => {
  for (const place of ['department', 'province', 'town', 'sao', 'school', 'centre'] as const)
    chat.officer(place).heard()
}

describe.each(HOSTILE)('%s typed', (_name, hostile) => {
  it('as a reason is text to the level that reads it', () => {
    const chat = openChat()
    mustBeDone(chat.world.confirmRoster('school', { at: chat.now() }))
    chat.officer('school').say(`ขอยกเลิกการยืนยัน เพราะ ย้ายเข้า ${hostile}`)
    const town = chat.officer('town')
    expect(town.heard().words).toContain('โรงเรียนเทศบาล 1')
    town.say('คำขอ')
    town.say('ส่งคืน')
    town.say(hostile)
    everyone(chat)
    expectOnlyText(chat.everything)
    expect(chat.isConfirmed('school', 'roster')).toBe(true)
  })

  it('as an announcement is text to everybody below', () => {
    const chat = openChat()
    const department = chat.officer('department')
    department.say(`ประกาศ ${hostile}`)
    department.say('ยืนยันประกาศถึงทุกระดับ')
    tellAll(chat)
    expect(chat.officer('school').heard().words).toContain(RECEIVED.acknowledge)
    everyone(chat)
    chat.officer('school').say('ประกาศ')
    expectOnlyText(chat.everything)
  })

  it('at every turn gets an answer that holds it as text, and does nothing', () => {
    const chat = openChat()
    for (const place of ['department', 'province', 'town', 'school'] as const) {
      const officer = chat.officer(place)
      for (const before of ['', 'สถานะ ', 'เชิญ ', 'ผู้รับผิดชอบ ', 'นัดส่ง ', 'ขยายเวลา ', 'ชื่อ ', 'อีเมล ', 'ระงับหน้าที่ ']) {
        expect(officer.say(`${before}${hostile}`).messages.length, before).toBeGreaterThan(0)
        officer.say('เลิก')
      }
    }
    const stranger = chat.person(`U${'e'.repeat(32)}`)
    expect(stranger.say(hostile).messages.length).toBeGreaterThan(0)
    expectOnlyText(chat.everything)
    expect(chat.world.receipts()).toEqual([])
  })
})

describe('names that came from elsewhere', () => {
  const HOSTILE_NAME = `"}],"uri":"javascript:alert(1)"}=1+1 ${'👨‍👩‍👧'.repeat(60)}`

  it('of units and persons are text on every card', () => {
    const chat = openChat()
    chat.world.act((tx) => {
      tx.update(units).set({ name: HOSTILE_NAME }).run()
      tx.update(people).set({ name: HOSTILE_NAME }).run()
    })
    for (const place of ['department', 'province', 'town', 'school'] as const) {
      const officer = chat.officer(place)
      for (const text of [
        'สถานะ',
        'ผู้รับผิดชอบ',
        'เหลือใคร',
        'ประวัติ',
        'เตือน',
        'ส่งมอบงาน',
        'ยืนยัน',
        'ตั้งค่า',
        'สวัสดี',
        'ร่างหนังสือเตือน',
      ])
        officer.say(text)
    }
    chat.readSheet('school')
    everyone(chat)
    expectOnlyText(chat.everything)
  })

  it('of pupils are text in the differences that are shown', () => {
    const chat = openChat()
    const name = (index: number) => ({ firstName: `=cmd${index}{"type":"button"}`, lastName: `${RTL}javascript:x` })
    mustBeDone(chat.world.confirmRoster('school', { at: chat.now() }))
    chat.world.read('school', chat.world.rows('school', 10, name), chat.now() + 1)
    chat.officer('school').say('แก้หลังยืนยัน')
    chat.officer('town').say('แก้หลังยืนยัน โรงเรียนเทศบาล 1')
    expectOnlyText(chat.everything)
  })
})

describe('a name that is given in chat', () => {
  it.each([
    'https://evil.example',
    'evil@example.com',
    '08 1234 5678',
    '{"type":"flex"}',
    '=1+1',
    '\u3164\u3164\u3164',
    `${RTL}`,
  ])('%j is none', (name) => {
    const chat = openChat()
    const person = chat.officer(chat.world.appoint('school', { name: 'ไม่ทราบชื่อ' }))
    person.say(`ชื่อ ${name}`)
    person.say(name)
    expect(person.say('สวัสดี').words).toContain('ไม่ทราบชื่อ')
  })

  it.each(['สมศรี ใจดี', 'ว่าที่ ร.ต.หญิง สมศรี ใจดี', 'Somsri Jaidee-O’Neil', 'นางสาวสมศรี (ครูศรี) ณ อยุธยา'])(
    '%j is one',
    (name) => {
      const chat = openChat()
      const person = chat.officer(chat.world.appoint('school', { name: 'ไม่ทราบชื่อ' }))
      expect(person.say(`ชื่อ ${name}`).words).toContain(`บันทึกชื่อ ${name} แล้ว`)
    },
  )
})

describe('typed text', () => {
  it.each([
    ['ก้ำกึ่ง น้ำ ญี่ปุ่น', 'ก้ำกึ่ง น้ำ ญี่ปุ่น'],
    ['บรรทัดหนึ่ง\r\nบรรทัดสอง\u2028สาม', 'บรรทัดหนึ่ง\nบรรทัดสอง\nสาม'],
    ['👨‍👩‍👧 ❤️ 👍🏽', '👨‍👩‍👧 ❤️ 👍🏽'],
    ['ก\u200dข', 'กข'],
    ['a\tb', 'a b'],
    ['\ud800x', '\ufffdx'],
    [`ก${'\u0e48'.repeat(9)}`, `ก${'\u0e48'.repeat(4)}`],
    ['a\n\n\n\nb', 'a\n\nb'],
  ])('%j becomes %j', (raw, shown) => {
    expect(typedText(raw)).toBe(shown)
    expect(typedText(typedText(raw))).toBe(typedText(raw))
  })

  it('of a hundred thousand marks takes no time to speak of', () => {
    const began = performance.now()
    for (const mark of ['\u0e49', '\n ', '\u200d', '👍\u200d', '\u202e']) typedText(mark.repeat(100_000))
    expect(performance.now() - began).toBeLessThan(2000)
  })
})
