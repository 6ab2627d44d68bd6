import { describe, expect, it } from 'vitest'
import { wrongCodes } from '../../src/db/schema.ts'
import { createInvitation, revokeInvitation } from '../../src/workflow/invitations.ts'
import { must } from '../world/chain-world.ts'
import { linesOf } from '../world/message-text.ts'
import { type Chat, openChat } from './chat.ts'

const GUESSER = `U${'e'.repeat(32)}`
const GROUP = `C${'1'.repeat(32)}`
const MINUTE = 60_000
/** Eight signs that no code is, one after the other. */
const guess = (number: number): string => `2222-22${'23456789ABCDEFGHJKMNPQRSTUVWXYZ'[number] ?? 'Z'}Z`

function invitationIn(chat: Chat) {
  const wanted = { actor: null, unitId: chat.unit('centre'), role: 'officer' as const, personName: 'สมหญิง ใจดี' }
  return chat.world.act((tx) =>
    must(createInvitation(tx, { ...wanted, orderNumber: null, orderDate: null }, chat.now())),
  )
}

describe('guessing invitation codes', () => {
  it('ends after ten different wrong ones in an hour: even a right one is not looked at, and it says from when', () => {
    const chat = openChat()
    const { code } = invitationIn(chat)
    const guesser = chat.person(GUESSER)
    for (let number = 0; number < 10; number += 1) {
      chat.at(chat.now() + MINUTE)
      expect(guesser.say(guess(number)).words).toContain('ไม่พบรหัสนี้')
    }
    for (const typed of [guess(10), code]) {
      const { words } = guesser.say(typed)
      expect(words).toContain('เพื่อป้องกันการเดารหัส')
      expect(words).toContain('หลังเวลา 10.01 น.')
      expect(words).not.toContain('เมืองทุ่งตะวัน')
    }
    expect(guesser.say('ยอมรับ').words).toContain('ขอรหัสเข้าร่วม')
    chat.at('2024-06-05T10:01')
    expect(guesser.say(code).words).toContain('เมืองทุ่งตะวัน')
  })

  it('slows the one account only, and an officer’s as well', () => {
    const chat = openChat()
    const { code } = invitationIn(chat)
    const officer = chat.officer('school')
    for (let number = 0; number < 10; number += 1) officer.say(guess(number))
    expect(officer.say(code).words).toContain('เพื่อป้องกันการเดารหัส')
    expect(officer.say('สถานะ').words).toContain('โรงเรียนเทศบาล 1')
    expect(chat.person(GUESSER).say(code).words).toContain('เมืองทุ่งตะวัน')
  })

  it('is not what somebody does who types the same slip again and again', () => {
    const chat = openChat()
    const { code } = invitationIn(chat)
    const newcomer = chat.person(GUESSER)
    for (let time = 0; time < 20; time += 1) expect(newcomer.say('ABCD-EFGH').words).toContain('ไม่พบรหัสนี้')
    expect(newcomer.say(code).words).toContain('เมืองทุ่งตะวัน')
  })

  it('leaves hashes only, and nothing older than an hour', () => {
    const chat = openChat()
    const guesser = chat.person(GUESSER)
    guesser.say(guess(1))
    chat.at(chat.now() + 61 * MINUTE)
    guesser.say(guess(2))
    const kept = chat.world.act((tx) => tx.select().from(wrongCodes).all())
    expect(kept).toHaveLength(1)
    expect(JSON.stringify(kept)).not.toContain('2222')
  })

  it('a code taken back while its card is open opens nothing any more', () => {
    const chat = openChat()
    const { code, id } = invitationIn(chat)
    const newcomer = chat.person(GUESSER)
    newcomer.say(code)
    const town = chat.world.actor('town', chat.now())
    chat.world.act((tx) => must(revokeInvitation(tx, { actor: town, invitationId: id }, chat.now())))
    expect(newcomer.say('ยอมรับ').words).toContain('ไม่พบรหัสนี้')
    expect(newcomer.say('สถานะ').words).toContain('ขอรหัสเข้าร่วม')
  })

  it('two who hold the same code: the first who accepts has it, the other is told', () => {
    const chat = openChat()
    const { code } = invitationIn(chat)
    const [one, other] = [chat.person(GUESSER), chat.person(`U${'d'.repeat(32)}`)]
    one.say(code)
    other.say(code)
    expect(one.say('ยอมรับ').words).toContain('เข้าร่วมแล้ว')
    expect(other.say('ยอมรับ').words).toContain('ถูกใช้แล้ว')
    expect(other.say('สถานะ').words).toContain('ขอรหัสเข้าร่วม')
  })
})

describe('codes in a group', () => {
  const openGroup = (chat: Chat) => {
    let told = 0
    return (text: string, userId?: string): string => {
      told += 1
      const source = { type: 'group', groupId: GROUP, ...(userId ? { userId } : {}) }
      const message = { type: 'text', id: `g${told}`, text }
      chat.handle(chat.store(userId ?? 'nobody', { type: 'message', source, message }))
      return chat.collect(GROUP).messages.flatMap(linesOf).join('\n')
    }
  }

  it('an invitation posted there appoints nobody and says nothing of its unit', () => {
    const chat = openChat()
    const { code } = invitationIn(chat)
    const say = openGroup(chat)
    expect(say(code, GUESSER)).toBe('')
    const answer = say(`LEC ${code}`, GUESSER)
    expect(answer).toContain('รหัสเชื่อมกลุ่มนี้ใช้ไม่ได้')
    expect(answer).not.toContain('เมืองทุ่งตะวัน')
    expect(say('LEC ยอมรับ', GUESSER)).not.toContain('เข้าร่วมแล้ว')
    expect(chat.person(GUESSER).say('ยอมรับ').words).toContain('ขอรหัสเข้าร่วม')
  })

  it('guessed there end after ten too, silently unless the bot is spoken to', () => {
    const chat = openChat()
    const say = openGroup(chat)
    const made = chat.officer('town').say('เชื่อมกลุ่ม').words
    const code = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(made)?.[0] ?? ''
    for (let number = 0; number < 10; number += 1) expect(say(guess(number), GUESSER)).toBe('')
    expect(say(code, GUESSER)).toBe('')
    expect(say(`LEC ${code}`, GUESSER)).toContain('เพื่อป้องกันการเดารหัส')
    expect(say('LEC สถานะ')).toContain('ยังไม่ได้เชื่อม')
  })

  it('personal matters are not answered there, whoever asks', () => {
    const chat = openChat()
    const say = openGroup(chat)
    const town = chat.officer('town')
    const made = town.say('เชื่อมกลุ่ม').words
    say(/[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(made)?.[0] ?? '', town.lineUserId)
    const asked = ['ประวัติ', 'ตั้งค่า', 'อีเมล a@gmail.com', 'ชื่อ สมศรี ใจดี', 'คำขอ', 'รายชื่อซ้ำ', 'เชิญ โรงเรียนเทศบาล 1']
    for (const text of [...asked, 'รหัสที่ยังไม่ใช้', 'ผู้รับผิดชอบทั้งหมด', 'ออกจากระบบ', 'ประกาศ ทดสอบทุกคน'])
      expect(say(`LEC ${text}`, town.lineUserId), text).toContain('เรื่องอื่นโปรดทำในแชตส่วนตัว')
    expect(town.heard().messages).toEqual([])
  })
})
