import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events, people, reminders, units } from '../../src/db/schema.ts'
import { grantExtension } from '../../src/workflow/extensions.ts'
import { setReminderPolicy } from '../../src/workflow/remind-policy.ts'
import { must } from '../world/chain-world.ts'
import { type Chat, openChat } from './chat.ts'

const nudged = (chat: Chat) =>
  chat.world.act((tx) => tx.select().from(events).where(eq(events.type, 'nudged')).orderBy(events.seq).all())
const block = (chat: Chat, place: 'school' | 'centre') => {
  const { personId } = chat.world.actor(place, chat.now())
  chat.world.act((tx) =>
    tx.update(people).set({ blockedAt: chat.now(), telephone: '08 1234 5678' }).where(eq(people.id, personId)).run(),
  )
}

describe('an LAO reminds its institutions (R38)', () => {
  it('one by name: the institution hears who asks, what is due and the one thing to do', () => {
    const chat = openChat()
    const answer = chat.officer('town').say('เตือน ศพด.เมืองทุ่งตะวัน').words
    expect(answer).toMatch(/กำลังส่งข้อความเตือน 1 แห่ง[\s\S]*ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน/)
    const heard = chat.officer('centre').heard().words
    expect(heard).toContain('ผู้รับผิดชอบ town (เจ้าหน้าที่ เทศบาลเมืองทุ่งตะวัน) ขอให้ดำเนินการที่ค้างอยู่')
    expect(heard).toContain('กำหนดยืนยันภายในวันที่ 10 มิ.ย. 2567')
    expect(heard).toContain('[ยืนยันข้อมูล]')
    expect(chat.officer('school').heard().messages).toEqual([])
    expect(nudged(chat)).toMatchObject([
      { unitId: chat.unit('centre'), personId: chat.world.actor('town', chat.now()).personId },
    ])
  })

  it('once a day each, whoever asks; the next day again', () => {
    const chat = openChat()
    const town = chat.officer('town')
    town.say('เตือน โรงเรียนเทศบาล 1')
    const all = town.say('เตือนทั้งหมด').words
    expect(all).toMatch(
      /กำลังส่งข้อความเตือน 1 แห่ง[\s\S]*เมืองทุ่งตะวัน[\s\S]*วันนี้เตือนแล้ว 1 แห่ง[\s\S]*โรงเรียนเทศบาล 1 \(09\.00 น\.\)/,
    )
    expect(town.say('เตือนทั้งหมด').words).toContain('วันนี้เตือนแล้ว 2 แห่ง')
    expect(chat.officer('school').heard().messages).toHaveLength(1)
    chat.at('2024-06-06T07:00')
    expect(town.say('เตือนทั้งหมด').words).toContain('กำลังส่งข้อความเตือน 2 แห่ง')
    expect(chat.world.act((tx) => tx.select().from(reminders).all()).map(({ moment }) => moment)).toEqual([
      'nudge:2024-06-05',
      'nudge:2024-06-05',
      'nudge:2024-06-06',
      'nudge:2024-06-06',
    ])
  })

  it('and learns who cannot be reached, with the number to call; they are never counted as told', () => {
    const chat = openChat()
    block(chat, 'school')
    const town = chat.officer('town')
    const answer = town.say('เตือนทั้งหมด').words
    expect(answer).toContain('กำลังส่งข้อความเตือน 1 แห่ง')
    expect(answer).toMatch(/ติดต่อทางแชตไม่ได้ 1 แห่ง[\s\S]*โรงเรียนเทศบาล 1 \(ผู้รับผิดชอบ school\) โทร\. 08 1234 5678/)
    expect(answer).toContain('โปรดโทรศัพท์แจ้ง')
    town.say('เตือนทั้งหมด')
    const rows = chat.world.act((tx) => tx.select().from(reminders).all())
    expect(rows.filter(({ outboxId }) => outboxId === null)).toMatchObject([
      { unitId: chat.unit('school'), unreachable: 'blocked' },
    ])
    expect(nudged(chat)).toHaveLength(2)
    expect(town.say('เตือน').words).toContain('ติดต่อทางแชตไม่ได้ 1 แห่ง')
  })

  it('alone shows whom it would reach, and reminds nobody', () => {
    const chat = openChat()
    const shown = chat.officer('town').say('เตือน').words
    expect(shown).toMatch(/เตือนได้ 2 แห่ง[\s\S]*\[เตือนทั้งหมด 2 แห่ง\]/)
    expect(chat.officer('school').heard().messages).toEqual([])
  })

  it('not those who have confirmed: who does it before the message leaves hears nothing', () => {
    const chat = openChat()
    const town = chat.officer('town')
    town.say('เตือนทั้งหมด')
    chat.world.confirmRoster('school', { at: chat.now() })
    expect(chat.officer('school').heard()).toMatchObject({ dropped: 1 })
    chat.at('2024-06-06T09:00')
    expect(town.say('เตือน โรงเรียนเทศบาล 1').words).toContain('ไม่ต้องเตือน')
  })
})

describe('when one may be reminded', () => {
  it('not at night, except on the last day, and it says from when', () => {
    const chat = openChat()
    chat.at('2024-06-05T20:00')
    const town = chat.officer('town')
    expect(town.say('เตือนทั้งหมด').words).toContain('ส่งได้ตั้งแต่ 6 มิ.ย. 2567 เวลา 07.00 น.')
    chat.at('2024-06-06T06:59')
    expect(town.say('เตือนทั้งหมด').words).toContain('ส่งได้ตั้งแต่ 6 มิ.ย. 2567 เวลา 07.00 น.')
    chat.at('2024-06-10T21:00')
    expect(town.say('เตือนทั้งหมด').words).toContain('กำลังส่งข้อความเตือน 2 แห่ง')
  })

  it('the round’s own waking hours count, as for every reminder', () => {
    const chat = openChat()
    must(
      chat.world.act((tx) =>
        setReminderPolicy(tx, { code: '2567/1', given: { quiet: { from: '18:00', to: '08:00' } } }, chat.now()),
      ),
    )
    const town = chat.officer('town')
    chat.at('2024-06-05T18:30')
    expect(town.say('เตือนทั้งหมด').words).toContain('ส่งได้ตั้งแต่ 6 มิ.ย. 2567 เวลา 08.00 น.')
  })

  it('own quiet hours are kept on the last day too, unless what is asked for would be over before they end', () => {
    const chat = openChat()
    const quiet = (place: 'school' | 'centre', quietFrom: number, quietTo: number) => {
      const { personId } = chat.world.actor(place, chat.now())
      chat.world.act((tx) => tx.update(people).set({ quietFrom, quietTo }).where(eq(people.id, personId)).run())
    }
    quiet('school', 18 * 60, 20 * 60)
    quiet('centre', 18 * 60, 8 * 60)
    chat.at('2024-06-10T19:00')
    const answer = chat.officer('town').say('เตือนทั้งหมด').words
    expect(answer).toMatch(/กำลังส่งข้อความเตือน 1 แห่ง[\s\S]*เมืองทุ่งตะวัน[\s\S]*งดแจ้งเตือน[\s\S]*โรงเรียนเทศบาล 1/)
  })

  it('the list of who is left offers it only while those below can still act', () => {
    const chat = openChat()
    expect(chat.officer('town').say('รายชื่อที่ยังไม่ยืนยัน').words).toContain('[เตือนหน่วยที่ยังไม่ยืนยัน]')
    chat.at('2024-06-11T17:00')
    expect(chat.officer('town').say('รายชื่อที่ยังไม่ยืนยัน').words).not.toContain('เตือน')
  })

  it('not in the quiet hours that somebody set, nor after the close', () => {
    const chat = openChat()
    chat.world.act((tx) =>
      tx
        .update(people)
        .set({ quietFrom: 8 * 60, quietTo: 10 * 60 })
        .run(),
    )
    const town = chat.officer('town')
    expect(town.say('เตือนทั้งหมด').words).toContain('อยู่ในเวลางดแจ้งเตือนที่เจ้าหน้าที่ตั้งไว้ 2 แห่ง')
    chat.at('2024-06-05T10:00')
    expect(town.say('เตือนทั้งหมด').words).toContain('กำลังส่งข้อความเตือน 2 แห่ง')
    chat.at('2024-06-11T17:00')
    expect(town.say('เตือนทั้งหมด').words).toContain('ปิดรับแล้ว')
  })
})

describe('the levels above', () => {
  it('a province reminds its LAOs, the department its provinces, nobody those of others', () => {
    const chat = openChat()
    expect(chat.officer('province').say('เตือนทั้งหมด').words).toContain('กำลังส่งข้อความเตือน 3 แห่ง')
    expect(chat.officer('countsOnly').heard().words).toContain('สังกัดอื่นยังไม่ยืนยัน')
    expect(chat.officer('bare').heard().messages).toEqual([])
    expect(chat.officer('department').say('เตือน จังหวัดทุ่งตะวัน').words).toContain('กำลังส่งข้อความเตือน 1 แห่ง')
    expect(chat.officer('province').heard().words).toContain('ขอให้ดำเนินการที่ค้างอยู่')
    expect(chat.officer('school').say('เตือนทั้งหมด').words).toContain('ไม่อยู่ในหน้าที่')
  })

  it('the message offers what can be done: an LAO whose institutions owe reminds them, one that owes counts confirms those', () => {
    const chat = openChat()
    chat.officer('province').say('เตือนทั้งหมด')
    const town = chat.officer('town').heard().words
    expect(town).toContain('[เตือนหน่วยที่ยังไม่ยืนยัน]')
    expect(town).not.toMatch(/\[ยืนยันภาพรวม\]|\[ยืนยันข้อมูล\]/)
    expect(chat.officer('countsOnly').heard().words).toContain('[ยืนยันสังกัดอื่น]')
  })

  it('and names an extension as such, a midnight as the day that ends with it', () => {
    const chat = openChat()
    chat.officer('department').say('เตือน จังหวัดทุ่งตะวัน')
    expect(chat.officer('province').heard().words).toContain('ยืนยันได้ภายในวันที่ 11 มิ.ย. 2567')
    chat.at('2024-06-11T15:00')
    const until = Date.parse('2024-06-14T12:00+07:00')
    const roundId = chat.world.round().id
    const extension = {
      roundId,
      scope: 'everyone',
      unitId: null,
      until,
      reason: 'น้ำท่วมในพื้นที่',
      letterNumber: '1',
    } as const
    must(chat.world.act((tx) => grantExtension(tx, extension, chat.now())))
    chat.at('2024-06-13T09:00')
    chat.officer('centre').heard()
    chat.officer('town').say('เตือน ศพด.เมืองทุ่งตะวัน')
    expect(chat.officer('centre').heard().words).toContain('กรมขยายเวลาให้ ยืนยันได้ก่อนเวลา 12.00 น. วันที่ 14 มิ.ย. 2567')
  })

  it('a unit without an officer is named with its own telephone', () => {
    const chat = openChat()
    chat.world.act((tx) =>
      tx
        .update(units)
        .set({ telephone: '0 2999 1234' })
        .where(eq(units.id, chat.unit('sao')))
        .run(),
    )
    const { appointmentId } = chat.world.actor('sao', chat.now())
    chat.world.act((tx) => tx.run(`UPDATE appointments SET valid_to = ${chat.now() - 1} WHERE id = ${appointmentId}`))
    expect(chat.officer('province').say('เตือนทั้งหมด').words).toMatch(
      /ยังไม่มีเจ้าหน้าที่ จึงเตือนทางแชตไม่ได้ 1 แห่ง[\s\S]*บ้านนา โทร\. 0 2999 1234/,
    )
  })
})
