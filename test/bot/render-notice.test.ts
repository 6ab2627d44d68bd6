import { expect, it } from 'vitest'
import { refusalWords } from '../../src/bot/words/refusals.ts'
import type { ConfirmationId, HoldId, RequestId, RunId } from '../../src/db/ids.ts'
import { holds, outbox } from '../../src/db/schema.ts'
import { setNotRequired } from '../../src/workflow/confirm-province.ts'
import { giveGoogleAddress } from '../../src/workflow/google-address.ts'
import type { Notice } from '../../src/workflow/notice.ts'
import { owesNow } from '../../src/workflow/remind.ts'
import type { Refusal } from '../../src/workflow/rules/refusal.ts'
import type { Place } from '../world/chain-world.ts'
import { linesOf } from '../world/message-text.ts'
import { type Chat, openChat } from './chat.ts'
import { faultsOf } from './sendable.ts'

const rendered = (chat: Chat, notice: Notice, who: Place): string => {
  const messages = chat.render(notice, who) as Record<string, unknown>[] | null
  if (messages === null) return 'dropped'
  expect(faultsOf(messages)).toEqual([])
  return messages.flatMap(linesOf).join('\n')
}

const UNIT = { id: 1, name: 'โรงเรียนบ้านนา' }
const MANY = Array.from({ length: 400 }, (_, id) => ({ id, name: `ศูนย์พัฒนาเด็กเล็กองค์การบริหารส่วนตำบลบ้านนา ${id}` }))
const REFUSALS: { [Why in Refusal['why']]: Extract<Refusal, { why: Why }> } = {
  'no-round': { why: 'no-round' },
  'not-open-yet': { why: 'not-open-yet', opensAt: 1_700_000_000_000 },
  closed: { why: 'closed', closedAt: 1_700_000_000_000 },
  'held-late': { why: 'held-late', tappedAt: 1_700_000_000_000, closedAt: 1_700_000_060_000 },
  'not-yours': { why: 'not-yours' },
  'reads-only': { why: 'reads-only' },
  'already-confirmed': { why: 'already-confirmed', receiptNumber: '2567/1-000001', by: 'คนอื่น', at: 1_700_000_000_000 },
  'not-required': { why: 'not-required', reason: 'ไม่มีสถานศึกษา' },
  'never-read': { why: 'never-read' },
  'roster-empty': { why: 'roster-empty' },
  'roster-has-errors': { why: 'roster-has-errors', errors: 3 },
  'warnings-unexplained': { why: 'warnings-unexplained', warnings: 2 },
  'hold-open': { why: 'hold-open', missing: 20, outOf: 40 },
  'not-attested': { why: 'not-attested' },
  'changed-since-shown': { why: 'changed-since-shown' },
  'nothing-to-confirm': { why: 'nothing-to-confirm' },
  'has-pupils': { why: 'has-pupils', rows: 3 },
  'counts-have-errors': { why: 'counts-have-errors', errors: 1 },
  'counts-unchecked': { why: 'counts-unchecked', unchecked: 2 },
  'children-open': { why: 'children-open', units: MANY },
  'children-drifted': { why: 'children-drifted', units: [UNIT] },
  'children-incomplete': { why: 'children-incomplete', units: [UNIT] },
  'not-marked': { why: 'not-marked', units: [UNIT] },
  'not-confirmed': { why: 'not-confirmed' },
  'request-open': { why: 'request-open', waitingAt: UNIT },
  'request-ended': { why: 'request-ended', state: 'withdrawn', by: 'นางสาวทดสอบ ใจดี', at: 1717552800000 },
  'level-above-confirmed': { why: 'level-above-confirmed', unit: UNIT },
  'no-reason': { why: 'no-reason' },
  'run-open': { why: 'run-open' },
  'sheet-unreadable': { why: 'sheet-unreadable', words: 'ไม่พบหัวตาราง' },
  'shared-pupils': {
    why: 'shared-pupils',
    total: 7,
    pupils: Array.from({ length: 5 }, (_, row) => ({
      row: row === 4 ? null : row + 2,
      number: '1-9901-xxxxx-xx-1',
      at: UNIT.name,
      lao: 'เทศบาลตำบลริมธาร',
      decided: row === 0,
    })),
  },
  'duty-ended': { why: 'duty-ended' },
  'duty-state': { why: 'duty-state', state: 'suspended' },
  'invitation-over': { why: 'invitation-over' },
  'certifies-nothing': { why: 'certifies-nothing' },
  'certifier-required': { why: 'certifier-required' },
  'no-certifier': { why: 'no-certifier' },
  'certifier-stays': { why: 'certifier-stays' },
  'certifier-only': { why: 'certifier-only' },
  'submission-over': { why: 'submission-over' },
  'shared-pupil-over': { why: 'shared-pupil-over' },
  'no-letter': { why: 'no-letter' },
  'in-the-past': { why: 'in-the-past', at: 1_700_000_000_000 },
  'extends-nothing': { why: 'extends-nothing', closesAt: 1_700_000_000_000 },
  'unknown-unit': { why: 'unknown-unit' },
  'extension-over': { why: 'extension-over' },
  'round-archived': { why: 'round-archived', archivedAt: 1_700_000_000_000 },
  'has-something-to-confirm': { why: 'has-something-to-confirm', institutions: 3, others: 2 },
  'extension-first': { why: 'extension-first', unit: { id: 1, name: 'โรงเรียนบ้านนา' } },
  'held-decided': { why: 'held-decided', accepted: true, by: 'สมชาย', at: 1_700_000_000_000 },
  'not-closed-yet': { why: 'not-closed-yet', closesAt: 1_700_000_000_000 },
  'pupil-not-in-figure': { why: 'pupil-not-in-figure' },
  'pupil-unclear': { why: 'pupil-unclear', rows: [3, 4] },
  'owes-nothing': { why: 'owes-nothing' },
  'quiet-hours': { why: 'quiet-hours', from: Date.parse('2024-06-06T07:00+07:00') },
  'nothing-to-check': { why: 'nothing-to-check' },
  'announcement-unknown': { why: 'announcement-unknown' },
  'announcement-empty': { why: 'announcement-empty' },
  'announcement-everywhere': { why: 'announcement-everywhere' },
  'announcement-passed-on': { why: 'announcement-passed-on', by: 'สมชาย', at: 1_700_000_000_000 },
  'nobody-below': { why: 'nobody-below' },
  'told-today': { why: 'told-today', at: 1_700_000_000_000 },
  'all-acknowledged': { why: 'all-acknowledged' },
  'group-linked': { why: 'group-linked', unit: UNIT },
  'shared-pupil-kept': { why: 'shared-pupil-kept' },
  'deadline-out-of-range': { why: 'deadline-out-of-range', asked: 1_717_552_800_000, until: 1_718_038_800_000 },
  'agreement-over': { why: 'agreement-over' },
  'spot-check-closed': { why: 'spot-check-closed', opensAt: 1_714_323_600_000, closesAt: 1_718_100_000_000 },
  'spot-check-nobody': { why: 'spot-check-nobody' },
  'spot-check-seed-used': { why: 'spot-check-seed-used' },
  'spot-check-unknown': { why: 'spot-check-unknown', numbers: [7, 99] },
}

it.each(Object.values(REFUSALS))('a refusal, $why, says what, why and what next', (refusal) => {
  const words = refusalWords(refusal, 'roster')
  for (const part of [words.title, words.why, words.next]) expect(part.length).toBeGreaterThan(5)
  const chat = openChat()
  for (const [place, component] of [
    ['school', 'roster'],
    ['town', 'other_counts'],
  ] as const) {
    const notice = { type: 'confirm-refused', unitId: chat.unit(place), component, refusal } as const
    expect(rendered(chat, notice, place)).toContain(refusalWords(refusal, component).title)
  }
})

it('a refusal for mistakes names them and links to the first row', () => {
  const chat = openChat()
  chat.world.read(
    'school',
    chat.world.rows('school', 10, () => ({ grade: 'ป.9' })),
    chat.now(),
  )
  const refusal = { why: 'roster-has-errors', errors: 10 } as const
  const words = rendered(
    chat,
    { type: 'confirm-refused', unitId: chat.unit('school'), component: 'roster', refusal },
    'school',
  )
  expect(words).toContain('แถวที่ 2')
  expect(words).toContain('และอีก 5 จุด')
  expect(words).toContain('[เปิดตารางเพื่อแก้ไข]')
})

it('a receipt says after which due instant it was confirmed', () => {
  const chat = openChat({ at: Date.parse('2024-06-11T10:00+07:00') })
  chat.world.confirmRoster('school', { at: chat.now() })
  const words = rendered(chat, { type: 'receipt', confirmationId: 1 as ConfirmationId }, 'school')
  expect(words).toContain('ยืนยันหลังกำหนด (กำหนดภายในวันที่ 10 มิ.ย. 2567 ตามหนังสือปี 2567 ข้อ 1)')
  expect(words).toContain('11 มิ.ย. 2567 เวลา 10.00 น.')
})

it('news of a complete level are dropped once they are old', () => {
  const chat = openChat()
  const { unit, now } = chat
  const allIn = { type: 'all-institutions-confirmed', roundId: chat.world.round().id, laoId: unit('sao') } as const
  expect(rendered(chat, allIn, 'sao')).toBe('dropped')
  chat.world.confirmRoster('saoCentre', { at: now() })
  expect(rendered(chat, allIn, 'sao')).toContain('ยืนยันครบทุกแห่งแล้ว')
  chat.world.confirmLao('sao', { at: now() })
  expect(rendered(chat, allIn, 'sao')).toBe('dropped')
  const complete = { type: 'all-laos-complete', roundId: chat.world.round().id, provinceId: unit('province') } as const
  expect(rendered(chat, complete, 'province')).toBe('dropped')
})

it('news of a complete level that come after its close lead to no closed button', () => {
  const chat = openChat()
  const roundId = chat.world.round().id
  chat.world.confirmUpToLaos(chat.now())
  const complete = { type: 'all-laos-complete', roundId, provinceId: chat.unit('province') } as const
  const sparing = {
    round: chat.world.round(),
    actor: chat.world.actor('province', chat.now()),
    laoId: chat.unit('bare'),
  }
  chat.world.act((tx) => setNotRequired(tx, { ...sparing, reason: 'ไม่มีสถานศึกษา' }, chat.now()))
  expect(rendered(chat, complete, 'province')).toContain('[ดูรายการ อปท.')
  chat.at('2024-06-12T09:00')
  const late = rendered(chat, complete, 'province')
  expect(late).toContain('ระบบปิดแล้ว')
  expect(late).not.toContain('[ดูรายการ อปท.')

  const other = openChat()
  other.world.confirmRoster('saoCentre', { at: other.now() })
  const allIn = {
    type: 'all-institutions-confirmed',
    roundId: other.world.round().id,
    laoId: other.unit('sao'),
  } as const
  expect(rendered(other, allIn, 'sao')).toContain('[ยืนยันภาพรวม')
  other.at('2024-06-12T09:00')
  const closed = rendered(other, allIn, 'sao')
  expect(closed).toContain('ระบบปิดแล้ว')
  expect(closed).not.toContain('[ยืนยันภาพรวม')
})

it('a reminder names what is still owed and drops out with the last of it', () => {
  const chat = openChat()
  const { id: roundId } = chat.world.round()
  const dueAt = chat.world.source.institutionDueAt
  const remind = (place: Place) => {
    const owes = chat.world.act((tx) =>
      owesNow(tx, { round: chat.world.round(), unitId: chat.unit(place) }, chat.now()),
    )
    const nothing = { roster: false, overview: false, otherCounts: false, province: false, units: [] }
    const notice = {
      type: 'reminder',
      roundId,
      unitId: chat.unit(place),
      moment: 'x',
      dueAt,
      owes: owes ?? nothing,
    } as const
    return rendered(chat, notice, place)
  }
  expect(remind('school')).toContain('การบันทึกไว้ยังไม่ใช่การยืนยัน')
  expect(remind('town')).toContain('โรงเรียนเทศบาล 1')
  expect(remind('countsOnly')).toContain('[ยืนยันสังกัดอื่น]')
  expect(remind('province')).toContain('อปท. ที่ยังดำเนินการไม่ครบ')
  chat.world.confirmRoster('school', { at: chat.now() })
  expect(remind('school')).toBe('dropped')
})

it('a quota that runs short is told in figures, with what waits first and who can change it', () => {
  const chat = openChat()
  const warning = { type: 'quota-warning', month: '2024-06', used: 12_345, limit: 15_000 } as const
  const at80 = rendered(chat, { ...warning, percent: 80 }, 'department')
  expect(at80).toContain('12,345 ข้อความ (นับตามจำนวนผู้รับ)')
  expect(at80).toContain('เดือนมิถุนายน 2567')
  expect(at80).toContain('ชะลอรายงานสรุปก่อน')
  expect(at80).toContain('LINE Official Account Manager')
  expect(rendered(chat, { ...warning, percent: 95 }, 'department')).toContain('ส่งได้เฉพาะคำตอบ')
})

it('letters that died are counted as they are by then, and none are no news', () => {
  const chat = openChat()
  const notice = { type: 'letters-dead' } as const
  expect(rendered(chat, notice, 'department')).toBe('dropped')
  chat.world.confirmRoster('school', { at: chat.now() })
  chat.world.act((tx) => tx.update(outbox).set({ state: 'dead' }).run())
  expect(rendered(chat, notice, 'department')).toContain('ส่งข้อความไม่สำเร็จ 2 ข้อความ')
  expect(rendered(chat, notice, 'department')).toContain('lec outbox --dead')
})

it('a held roster asks until it is decided', () => {
  const chat = openChat()
  chat.world.read('school', chat.world.rows('school', 40), chat.now())
  chat.world.read('school', chat.world.rows('school', 20), chat.now())
  const notice = { type: 'hold-opened', holdId: 1 as HoldId } as const
  expect(rendered(chat, notice, 'school')).toContain('[ไม่ใช่ จะแก้ไขตาราง]')
  expect(rendered(chat, notice, 'centre')).toBe('dropped')
  chat.world.act((tx) => tx.update(holds).set({ state: 'resolved' }).run())
  expect(rendered(chat, notice, 'school')).toBe('dropped')
})

it('an address that is no Google account is asked for again, unless another was given', () => {
  const chat = openChat()
  const { personId } = chat.world.actor('school', chat.now())
  chat.world.act((tx) => giveGoogleAddress(tx, { personId, email: 'a@school.example' }, chat.now()))
  const notice = { type: 'google-address-refused', email: 'a@school.example' } as const
  expect(rendered(chat, notice, 'school')).toContain('a@school.example ไม่ใช่บัญชี Google')
  chat.world.act((tx) => giveGoogleAddress(tx, { personId, email: 'b@gmail.com' }, chat.now()))
  expect(rendered(chat, notice, 'school')).toBe('dropped')
})

it('a sheet that is ready is linked outside LINE’s browser', () => {
  const chat = openChat()
  const notice = { type: 'sheet-ready', unitId: chat.unit('school'), roundId: chat.world.round().id } as const
  expect(rendered(chat, notice, 'school')).toContain('[เปิดตาราง]')
  expect(JSON.stringify(chat.render(notice, 'school'))).toContain('openExternalBrowser=1')
  expect(rendered(chat, notice, 'centre')).toBe('dropped')
})

it('what is no longer there is dropped', () => {
  const chat = openChat()
  expect(rendered(chat, { type: 'receipt', confirmationId: 99 as ConfirmationId }, 'school')).toBe('dropped')
  expect(rendered(chat, { type: 'province-confirmed', confirmationId: 99 as ConfirmationId }, 'town')).toBe('dropped')
  expect(rendered(chat, { type: 'reopening-waits', requestId: 9 as RequestId, stepId: 1 }, 'town')).toBe('dropped')
  expect(rendered(chat, { type: 'reopening-progress', requestId: 9 as RequestId, stepId: 1 }, 'town')).toBe('dropped')
  expect(rendered(chat, { type: 'hold-opened', holdId: 9 as HoldId }, 'school')).toBe('dropped')
  expect(() => chat.render({ type: 'read-back', runId: 9 as RunId }, 'school')).toThrow('gone')
})
