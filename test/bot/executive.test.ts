import { describe, expect, it } from 'vitest'
import { weeklyCards } from '../../src/db/schema.ts'
import type { Notice } from '../../src/workflow/notice.ts'
import { weeklyCardWeek } from '../../src/workflow/rules/weekly-card-week.ts'
import { queueWeeklyCards } from '../../src/workflow/weekly-cards.ts'
import { bangkok } from '../world/chain-world.ts'
import { buttonsOf } from '../world/message-text.ts'
import { type Chat, openChat } from './chat.ts'

const MONDAY = '2024-05-27T08:30'

function withExecutive(at = MONDAY) {
  const chat = openChat({ at: bangkok(at) })
  const executive = chat.officer(chat.world.appoint('town', { role: 'executive', name: 'นายกเทศมนตรี' }))
  return { chat, executive }
}

/** What the job does. */
function pass(chat: Chat): number {
  return chat.world.act((tx) => {
    const round = chat.world.round()
    const week = weeklyCardWeek(round, chat.now())
    return week === null ? 0 : queueWeeklyCards(tx, { roundId: round.id, week, limit: 200 }, chat.now())
  })
}

describe("the executive's weekly card", () => {
  it('tells how far the LAO is, what is late and who is in charge, with no pupil and nothing that acts (R9)', () => {
    const { chat, executive } = withExecutive()
    const name = (index: number) => ({ firstName: `ชื่อลับ${index}`, lastName: 'สกุลลับ' })
    chat.world.confirmRoster('centre', { at: chat.now(), sheet: chat.world.rows('centre', 10, name) })
    chat.officer('school').say('นัดส่ง 28 พ.ค. 2567 10.00 น.')
    chat.officer('town').heard()
    chat.officer('town').say('ตกลงนัดส่ง โรงเรียนเทศบาล 1')
    chat.at('2024-06-04T08:30')
    expect(pass(chat)).toBe(1)
    const { messages, words } = executive.heard()
    expect(words).toContain('เทศบาลเมืองทุ่งตะวัน')
    expect(words).toContain('ยืนยันแล้ว 1/2 แห่ง 10 คน')
    expect(words).toContain('เลยวันเวลาที่นัดส่งกับ อปท. 1 แห่ง')
    expect(words).toContain('โรงเรียนเทศบาล 1')
    expect(words).toContain('ผู้รับผิดชอบ town')
    expect(words).toContain('อาหารกลางวัน')
    expect(words).not.toMatch(/ชื่อลับ|สกุลลับ/)
    const acts = messages.flatMap(buttonsOf).filter(({ action }) => action['type'] === 'postback')
    expect(acts).toEqual([])
    expect(JSON.stringify(messages[0]?.['contents'])).not.toContain('"type":"button"')
  })

  it('is the same on request, at any time', () => {
    const { executive } = withExecutive()
    const words = executive.say('สถานะ').words
    expect(words).toContain('สำหรับผู้บริหาร')
    expect(words).toContain('เจ้าหน้าที่ผู้รับผิดชอบ')
  })

  it('comes once a week to a person, however many LAOs, one card for each', () => {
    const { chat, executive } = withExecutive()
    chat.world.appoint('sao', { role: 'executive', name: 'นายกเทศมนตรี', account: executive.lineUserId })
    expect(pass(chat)).toBe(1)
    expect(pass(chat)).toBe(0)
    const words = executive.heard().words
    expect(words).toContain('เทศบาลเมืองทุ่งตะวัน')
    expect(words).toContain('องค์การบริหารส่วนตำบลบ้านนา')
    chat.at('2024-05-28T08:30')
    expect(pass(chat)).toBe(0)
    chat.at('2024-06-04T08:30')
    expect(pass(chat)).toBe(1)
    expect(chat.world.act((tx) => tx.select().from(weeklyCards).all()).map(({ week }) => week)).toEqual([
      '2024-05-27',
      '2024-06-03',
    ])
  })

  it('is dropped when the round is over or the duty has ended by the time it would be sent', () => {
    const { chat, executive } = withExecutive()
    const notice: Notice = { type: 'weekly-card', roundId: chat.world.round().id }
    pass(chat)
    expect(executive.heard().messages).toHaveLength(1)
    chat.at('2024-06-12T00:00')
    const dropped = chat.world
      .act((tx) => tx.query.appointments.findMany().sync())
      .find(({ role }) => role === 'executive')
    expect(chat.render(notice, dropped?.id ?? 'town')).toBeNull()
    expect(chat.render(notice, 'town')).toBeNull()
  })
})

describe('the week of the card', () => {
  const round = {
    recordingOpensAt: bangkok('2024-04-29T00:00'),
    closesAt: bangkok('2024-06-12T00:00'),
    archivedAt: null,
  }
  it.each([
    ['Monday before half past eight', '2024-05-27T08:29', null],
    ['Monday morning', '2024-05-27T08:30', '2024-05-27'],
    ['Monday within office hours', '2024-05-27T16:29', '2024-05-27'],
    ['Monday evening', '2024-05-27T16:30', null],
    ['Tuesday after a working Monday', '2024-05-28T08:30', null],
    ['a Monday that is a holiday', '2024-06-03T08:30', null],
    ['the Tuesday after it', '2024-06-04T08:30', '2024-06-03'],
    ['Sunday', '2024-06-02T10:00', null],
    ['before the round opens', '2024-04-22T09:00', null],
    ['after it has closed', '2024-06-17T09:00', null],
  ])('%s', (_, at, week) => {
    expect(weeklyCardWeek(round, bangkok(at))).toBe(week)
  })
})
