import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { outbox, people } from '../../src/db/schema.ts'
import { changeDuty } from '../../src/workflow/appointment-changes.ts'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import { setNotRequired } from '../../src/workflow/confirm-province.ts'
import { grantExtension } from '../../src/workflow/extensions.ts'
import type { Notice } from '../../src/workflow/notice.ts'
import { remindOwing } from '../../src/workflow/remind-tick.ts'
import { must, mustBeDone, type Place } from '../world/chain-world.ts'
import { linesOf } from '../world/message-text.ts'
import { type Chat, openChat } from './chat.ts'
import { faultsOf } from './sendable.ts'

type Who = Parameters<Chat['render']>[1]

/** What the planner queues for somebody at an instant, put into words at that instant or at a later one. */
const at = (chat: Chat, who: Who, local: string, later?: string): string => {
  chat.at(local)
  chat.world.act((tx) => {
    tx.update(outbox).set({ state: 'accepted' }).run()
    remindOwing(tx, { departmentId: chat.unit('department') }, chat.now())
  })
  const notice = chat.world
    .act((tx) => tx.select().from(outbox).where(eq(outbox.state, 'pending')).all())
    .find(
      ({ personId, notice }) => personId === chat.world.actor(who, chat.now()).personId && isReminder(notice),
    )?.notice
  if (!notice) return 'nothing'
  if (later) chat.at(later)
  const messages = chat.render(notice as Notice, who) as Record<string, unknown>[] | null
  if (messages === null) return 'dropped'
  expect(faultsOf(messages)).toEqual([])
  return messages.flatMap(linesOf).join('\n')
}
const isReminder = (notice: unknown): boolean => (notice as Notice).type === 'reminder'

describe('what a reminder says', () => {
  it('before confirming opens it says prepare, not confirm, and offers nothing that cannot be done yet', () => {
    const chat = openChat({ round: '2563/2', at: Date.parse('2020-11-03T08:00+07:00') })
    const opening = at(chat, 'school', '2020-11-03T08:30')
    expect(opening).toContain('เปิดให้บันทึกข้อมูลแล้ว')
    expect(opening).toContain('เปิดให้ยืนยันตั้งแต่วันที่ 21 ธ.ค. 2563 ระหว่างนี้โปรดบันทึกและตรวจข้อมูลให้พร้อม')
    const early = at(chat, 'school', '2020-12-15T08:30')
    expect(early).toContain('เตรียมข้อมูลให้พร้อมยืนยัน')
    expect(early).toContain('กำหนดยืนยันภายในวันที่ 24 ธ.ค. 2563')
    expect(opening + early).not.toMatch(/\[ยืนยัน/)
    const opened = at(chat, 'school', '2020-12-21T08:30')
    expect(opened).toContain('เปิดให้ยืนยันข้อมูลแล้ว')
    expect(opened).toContain('เหลืออีก 3 วัน')
    expect(opened).toContain('[ยืนยันข้อมูล]')
  })

  it('names what is missing in the sheet, and the last day as such', () => {
    const chat = openChat()
    expect(at(chat, 'school', '2024-06-07T08:30')).toContain('ในตารางยังไม่มีรายชื่อ')
    chat.world.read('school', chat.world.rows('school'), chat.now())
    const last = at(chat, 'school', '2024-06-10T08:30')
    expect(last).toContain('ข้อมูลในตารางพร้อมแล้ว เหลือเพียงยืนยัน')
    expect(last).toContain('กำหนดยืนยันภายในวันที่ 10 มิ.ย. 2567 วันนี้เป็นวันสุดท้าย')
    expect(last).toContain('ยืนยัน')
  })

  it('after the due instant it names the close as the close, not as another due instant', () => {
    const chat = openChat()
    const late = at(chat, 'school', '2024-06-11T08:30')
    expect(late).toContain('เลยกำหนดยืนยันแล้ว (กำหนดภายในวันที่ 10 มิ.ย. 2567)')
    expect(late).toContain('ยังยืนยันได้ก่อนเวลา 17.00 น. วันที่ 11 มิ.ย. 2567 คือวันนี้ หลังจากนั้นระบบปิด')
    expect(late).toContain('วันนี้ปิดระบบ ยังไม่ได้ยืนยัน')
    expect(late).not.toContain('กรมขยายเวลา')
    const until = Date.parse('2024-06-14T12:00+07:00')
    const extension = {
      roundId: chat.world.round().id,
      scope: 'everyone' as const,
      unitId: null,
      until,
      reason: 'เหตุอุทกภัยในพื้นที่',
      letterNumber: '1',
    }
    must(chat.world.act((tx) => grantExtension(tx, extension, chat.now())))
    const extended = at(chat, 'school', '2024-06-14T09:00')
    expect(extended).toContain('กรมขยายเวลาให้ ยังยืนยันได้ก่อนเวลา 12.00 น. วันที่ 14 มิ.ย. 2567')
    expect(extended).not.toContain('กำหนดยืนยันก่อนเวลา')
  })

  it('after the close it says what was missed and whom to ask, with nothing to confirm', () => {
    const chat = openChat()
    const closed = at(chat, 'school', '2024-06-12T08:30')
    expect(closed).toContain('ระบบปิดแล้ว ไม่ได้ยืนยัน')
    expect(closed).toContain('ระบบปิดเมื่อ 11 มิ.ย. 2567 เวลา 17.00 น.')
    expect(closed).toContain('โปรดแจ้ง อปท. ต้นสังกัด เพื่อทำหนังสือขอขยายเวลาต่อกรม')
    expect(closed).not.toMatch(/\[ยืนยัน/)
  })

  it('to each level after the close: whom it can turn to, and a midnight is the end of the day before it', () => {
    const chat = openChat()
    const province = at(chat, 'province', '2024-06-12T08:30')
    expect(province).toContain('ระบบปิดเมื่อสิ้นวันที่ 11 มิ.ย. 2567 จึงยืนยันในรอบนี้ไม่ได้แล้ว')
    expect(province).toContain('โปรดทำหนังสือขอขยายเวลาต่อกรม')
    expect(province).not.toContain('[เตือน')
    const department = at(openChat(), 'department', '2024-06-12T08:30')
    expect(department).toContain('กรมขยายเวลาให้ได้ พิมพ์ ขยายเวลา')
    expect(department).not.toContain('ต่อกรม')
    expect(at(openChat(), 'sao', '2024-06-12T08:30')).toContain('โปรดแจ้งจังหวัด เพื่อทำหนังสือขอขยายเวลาต่อกรม')
  })

  it('a province hears until when its LAOs can confirm, which is another time than its own', () => {
    const last = at(openChat(), 'province', '2024-06-11T16:00')
    expect(last).toContain('กำหนดยืนยันภายในวันที่ 11 มิ.ย. 2567 วันนี้เป็นวันสุดท้าย')
    expect(last).toContain('อปท. เลยกำหนดแล้ว ยังยืนยันได้ก่อนเวลา 17.00 น. วันที่ 11 มิ.ย. 2567 คือวันนี้')
    expect(last).toContain('อปท. ที่ยังดำเนินการไม่ครบ 4 จาก 4 แห่ง')
    const early = at(openChat(), 'province', '2024-06-07T08:30')
    expect(early).toContain('อปท. มีกำหนดยืนยันภายในวันที่ 10 มิ.ย. 2567')
    const after = at(openChat(), 'province', '2024-06-11T16:00', '2024-06-11T17:00')
    expect(after, 'put into words after their close').toContain('อปท. ยืนยันไม่ได้แล้ว ระบบปิดเมื่อ 11 มิ.ย. 2567 เวลา 17.00 น.')
    expect(after).not.toContain('[เตือน')
  })

  it('an LAO that is not required is not counted among those that have to', () => {
    const chat = openChat()
    const now = chat.now()
    const spare = { round: chat.world.round(), actor: chat.world.actor('province', now), laoId: chat.unit('bare') }
    must(chat.world.act((tx) => setNotRequired(tx, { ...spare, reason: 'ไม่มีสถานศึกษาและไม่ได้อุดหนุน' }, now)))
    expect(at(chat, 'province', '2024-06-10T08:30')).toContain('3 จาก 3 แห่ง')
  })

  it('a reopened institution hears that its former figure stands until it confirms again', () => {
    const chat = openChat()
    const now = chat.now()
    mustBeDone(chat.world.confirmRoster('school', { at: now }))
    const input = { round: chat.world.round(), actor: chat.world.actor('town', now), unitId: chat.unit('school') }
    must(chat.world.act((tx) => cancelDirectly(tx, { ...input, component: 'roster', reason: 'ข้อมูลซ้ำ' }, now + 1)))
    expect(at(chat, 'school', '2024-06-10T08:30')).toContain(
      'อยู่ระหว่างแก้ไข ยอดที่ยืนยันไว้เดิม 10 คน ยังเป็นยอดที่รายงาน จนกว่าจะยืนยันใหม่',
    )
  })

  it('a level above hears how many of how many are left, and whom the system cannot reach, with a name and a telephone', () => {
    const chat = openChat()
    const now = chat.now()
    const { personId } = chat.world.actor('centre', now)
    chat.world.act((tx) =>
      tx.update(people).set({ blockedAt: now, telephone: '042-000-111' }).where(eq(people.id, personId)).run(),
    )
    const { appointmentId } = chat.world.actor('school', now)
    const change = {
      actor: chat.world.actor('town', now),
      appointmentId,
      change: 'end' as const,
      reason: 'ย้ายไปหน่วยอื่น',
    }
    must(chat.world.act((tx) => changeDuty(tx, change, now)))
    const town = at(chat, 'town', '2024-06-10T08:30')
    expect(town).toContain('สถานศึกษาที่ยังดำเนินการไม่ครบ 2 จาก 2 แห่ง')
    expect(town, 'whom chat does not reach it does not remind').not.toContain('[เตือน')
    expect(town).not.toContain('[ยืนยันภาพรวม]')
    expect(at(openChat(), 'town', '2024-06-10T08:30'), 'the act that helps, and its words').toMatch(
      /\[เตือนหน่วยที่ยังไม่ยืนยัน\][\s\S]*พิมพ์: .*เตือน/,
    )
    expect(town).toContain('ติดต่อทางแชตไม่ได้ 2 แห่ง')
    expect(town).toContain('โรงเรียนเทศบาล 1: ยังไม่มีผู้รับผิดชอบ')
    expect(town).toContain('ผู้รับผิดชอบ centre ปิดรับข้อความ โทร. 042-000-111')
  })

  it('the department hears of its provinces, by name and number', () => {
    const words = at(openChat(), 'department', '2024-06-10T08:30')
    expect(words).toContain('จังหวัดมีกำหนดยืนยันภายในวันที่ 11 มิ.ย. 2567 เหลืออีก 1 วัน')
    expect(words).toContain('จังหวัดที่ยังดำเนินการไม่ครบ 1 จาก 1 จังหวัด')
    expect(words).toContain('•  จังหวัดทุ่งตะวัน')
  })

  it('an executive reads who owes, without a button that acts', () => {
    const chat = openChat()
    const executive = chat.world.appoint('sao', { role: 'executive' })
    const words = at(chat, executive, '2024-06-10T13:30')
    expect(words).toContain('สถานศึกษาที่ยังดำเนินการไม่ครบ 1 จาก 1 แห่ง')
    expect(words).toContain('[รายชื่อที่ยังไม่ยืนยัน]')
    expect(words).not.toMatch(/\[ยืนยัน|\[เตือน/)
  })
})

describe('one person with several duties', () => {
  it('reads one message with a card for each, whose buttons speak for the right one', () => {
    const chat = openChat()
    const account = `U${'c'.repeat(32)}`
    const first = chat.world.appoint('school', { account })
    for (const place of ['centre', 'town'] as Place[]) chat.world.appoint(place, { account })
    const words = at(chat, first, '2024-06-10T08:30')
    expect(words.split('- - -')).toHaveLength(3)
    expect(words).toContain('ยืนยัน @โรงเรียนเทศบาล 1')
    expect(words).toContain('ยืนยัน @ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน')
    const said = chat.person(account).say('สถานะ @ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน')
    expect(said.words, 'the typed words do the same').toContain('ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน')
  })

  it('what was done since drops out at the last moment, the rest stays', () => {
    const chat = openChat()
    const account = `U${'d'.repeat(32)}`
    const first = chat.world.appoint('school', { account })
    chat.world.appoint('centre', { account })
    chat.at('2024-06-10T08:30')
    chat.world.act((tx) => remindOwing(tx, { departmentId: chat.unit('department') }, chat.now()))
    const { personId } = chat.world.actor(first, chat.now())
    const [row] = chat.world.act((tx) => tx.select().from(outbox).where(eq(outbox.personId, personId)).all())
    mustBeDone(chat.world.confirmRoster('school', { at: chat.now() }))
    const left = chat.render(row?.notice as Notice, first) as Record<string, unknown>[]
    expect(left.flatMap(linesOf).join('\n')).not.toContain('@โรงเรียนเทศบาล 1')
    expect(left.flatMap(linesOf).join('\n')).toContain('@ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน')
    mustBeDone(chat.world.confirmRoster('centre', { at: chat.now() }))
    expect(chat.render(row?.notice as Notice, first)).toBeNull()
  })
})

it('institutions in the same state read the very same text, so that it can go out together', () => {
  const chat = openChat()
  chat.at('2024-06-10T08:30')
  chat.world.act((tx) => remindOwing(tx, { departmentId: chat.unit('department') }, chat.now()))
  const bytes = (['school', 'centre', 'saoCentre'] as Place[]).map((place) => {
    const { personId } = chat.world.actor(place, chat.now())
    const [row] = chat.world.act((tx) => tx.select().from(outbox).where(eq(outbox.personId, personId)).all())
    return JSON.stringify(chat.render(row?.notice as Notice, place))
  })
  expect(new Set(bytes).size).toBe(1)
})

it('a reminder queued before this program is read as it was meant, and not after what it led to', () => {
  const chat = openChat()
  const dueAt = chat.world.source.institutionDueAt
  const owes = { roster: true, overview: false, otherCounts: false, province: false, units: [] }
  const notice = {
    type: 'reminder',
    roundId: chat.world.round().id,
    unitId: chat.unit('school'),
    moment: `${dueAt}:0d`,
    dueAt,
    owes,
  } as const
  expect((chat.render(notice, 'school') as Record<string, unknown>[]).flatMap(linesOf).join('\n')).toContain(
    'การบันทึกไว้ยังไม่ใช่การยืนยัน',
  )
  chat.at('2024-06-11T08:30')
  expect(chat.render(notice, 'school')).toBeNull()
})
