import { describe, expect, it } from 'vitest'
import { thaiDigits } from '../../src/bot/thai-numerals.ts'
import { events } from '../../src/db/schema.ts'
import { settingsOf } from '../../src/workflow/person-settings.ts'
import { buttonsOf } from '../world/message-text.ts'
import { type Chat, openChat, type Sent } from './chat.ts'

const own = (chat: Chat) => chat.world.act((tx) => settingsOf(tx, chat.world.actor('school', chat.now()).personId))
const changes = (chat: Chat): number =>
  chat.world.act((tx) => tx.select().from(events).all()).filter(({ type }) => type === 'settings-changed').length

const ADDRESSED = new Set(['uri', 'data', 'type', 'size', 'url'])

/** Every string that is shown, with where it stands. */
function shownStrings(part: unknown, key = '', inAction = false): string[] {
  if (typeof part === 'string')
    return ['text', 'label', 'altText'].includes(key) && !(inAction && key === 'text') ? [part] : []
  if (Array.isArray(part)) return part.flatMap((one) => shownStrings(one, '', inAction))
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part)
    .filter(([name]) => !ADDRESSED.has(name))
    .flatMap(([name, value]) => shownStrings(value, name, inAction || name === 'action'))
}

describe('the settings', () => {
  it('show both choices, what comes anyway, and every choice as typed words', () => {
    const { words } = openChat().officer('school').say('ตั้งค่า')
    expect(words).toContain('เลขไทย  ปิด')
    expect(words).toContain('ไม่ได้ตั้งไว้')
    expect(words).toContain('ยังส่งการเตือนเมื่อระบบจะปิด')
    expect(words).toContain('พิมพ์: เปิดเลขไทย / เวลางดแจ้งเตือน 18.00-08.00')
  })

  it('keep quiet hours that are typed, in Thai digits too, and give them up again', () => {
    const chat = openChat()
    const officer = chat.officer('school')
    expect(officer.say('เวลางดแจ้งเตือน ๒๐.๐๐-๐๗.๐๐').words).toContain('20.00-07.00 น.')
    expect(own(chat)).toEqual({ thaiNumerals: false, quiet: { from: 1200, to: 420 } })
    expect(officer.say('งดแจ้งเตือน 20.00-07.00').words).toContain('ไม่มีการเปลี่ยนแปลง')
    expect(changes(chat)).toBe(1)
    officer.tap('ไม่ต้องงดแจ้งเตือน')
    expect(own(chat).quiet).toBeNull()
    expect(changes(chat)).toBe(2)
  })

  it('change nothing when the hours cannot be read', () => {
    const chat = openChat()
    expect(chat.officer('school').say('งดแจ้งเตือน 25.00-26.00').words).toContain('อ่านช่วงเวลาไม่ได้')
    expect(changes(chat)).toBe(0)
  })

  it('do by the button exactly what typing does', () => {
    const [tapped, typed] = [openChat(), openChat()]
    tapped.officer('school').say('ตั้งค่า')
    const person = tapped.officer('school')
    person.say('ตั้งค่า')
    person.tap('เปิดเลขไทย')
    typed.officer('school').say('เปิดเลขไทย')
    expect(own(tapped)).toEqual(own(typed))
    expect(own(typed).thaiNumerals).toBe(true)
  })

  it('belong to one person and no other', () => {
    const chat = openChat()
    chat.officer('school').say('เปิดเลขไทย')
    expect(chat.officer('centre').say('กำหนดเวลา').words).toContain('2567')
  })
})

describe('Thai numerals', () => {
  it.each([
    ['ภายในวันที่ 10 มิ.ย. 2567', 'ภายในวันที่ ๑๐ มิ.ย. ๒๕๖๗'],
    ['ใบรับ 2567/1-000001', 'ใบรับ ๒๕๖๗/๑-๐๐๐๐๐๑'],
    ['ยืนยัน 1,312 คน', 'ยืนยัน ๑,๓๑๒ คน'],
    ['1-1017-xxxxx-xx-0', '1-1017-xxxxx-xx-0'],
    ['พิมพ์ ABCD-2345 ในแชต 1 ครั้ง', 'พิมพ์ ABCD-2345 ในแชต ๑ ครั้ง'],
    ['อีเมล somsri1@gmail.com และ http://a.example/1', 'อีเมล somsri1@gmail.com และ http://a.example/1'],
    ['ไม่มีตัวเลข', 'ไม่มีตัวเลข'],
  ])('write %j as %j', (arabic, thai) => {
    expect(thaiDigits(arabic)).toBe(thai)
  })

  it('are in everything that is read, and in nothing that is sent back or opened', () => {
    const chat = openChat()
    const officer = chat.officer('school')
    officer.say('เปิดเลขไทย')
    chat.world.read('school', chat.world.rows('school'), chat.now())
    const said: Sent[] = ['สถานะ', 'กำหนดเวลา', 'ตั้งค่า', 'ประวัติการดำเนินการ', 'ช่วยเหลือ'].flatMap(
      (text) => officer.say(text).messages,
    )
    for (const shown of said.flatMap((message) => shownStrings(message))) {
      expect(shown.replace(/\S*[a-z]\S*/gi, '')).not.toMatch(/[0-9]/)
    }
    const actions = said.flatMap(buttonsOf).map(({ action }) => action)
    expect(actions.some((action) => /[๐-๙]/.test(String(action['text'] ?? '')))).toBe(false)
    expect(actions.some((action) => /[๐-๙]/.test(String(action['uri'] ?? '')))).toBe(false)
  })

  it('are in notices too, and what they show can be typed as it is shown', () => {
    const chat = openChat()
    const officer = chat.officer('school')
    officer.say('เปิดเลขไทย')
    chat.world.read('school', chat.world.rows('school'), chat.now())
    officer.say('ยืนยัน')
    chat.readSheet('school')
    const { words } = officer.heard()
    expect(words).toContain('รับรอง ๑๐')
    expect(words).not.toMatch(/รับรอง 10/)
    expect(officer.say('รับรอง ๑๐').words).toContain('ยืนยัน ๑๐')
  })

  it('give way where a card would grow too large for LINE', () => {
    const chat = openChat()
    const officer = chat.officer('department')
    officer.say('เปิดเลขไทย')
    expect(officer.say('ช่วยเหลือ').messages).not.toHaveLength(0)
  })
})
