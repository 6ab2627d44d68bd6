import { expect, it } from 'vitest'
import { type Card, say } from '../../src/bot/cards/card.ts'
import { cutGraphemes, cutUnits } from '../../src/bot/cards/cut-text.ts'
import { cardMessage, text, withQuickReplies } from '../../src/bot/cards/messages.ts'
import { countdown, dayAndTime, isoDay, until } from '../../src/bot/words/dates.ts'
import { withoutIds } from '../../src/bot/words/terms.ts'
import { linesOf } from '../world/message-text.ts'
import { faultsOf } from './sendable.ts'

const LONG = 'ศูนย์พัฒนาเด็กเล็กองค์การบริหารส่วนตำบลที่มีชื่อยาวมากเป็นพิเศษ'.repeat(3)
const card: Card = { over: 'รอบ', title: LONG, lines: [], buttons: [] }
const faults = (message: unknown) => faultsOf([message as Record<string, unknown>])

it('a card of many long lines stays within LINE’s size and says that it was cut', () => {
  const lines = Array.from({ length: 400 }, () => ({ kind: 'item' as const, mark: '•', text: LONG }))
  const message = cardMessage({ ...card, lines }, 'รายการ')
  expect(faults(message)).toEqual([])
  expect(linesOf({ ...message }).at(-1)).toBe('รายการยาวเกินกว่าจะแสดงได้ทั้งหมด')
})

it('long labels, many quick replies and long texts are cut to what LINE takes', () => {
  const buttons = [say(LONG, 'สถานะ')]
  expect(faults(cardMessage({ ...card, buttons }, LONG.repeat(5)))).toEqual([])
  const [answered] = withQuickReplies(
    [text('ก'.repeat(9000))],
    Array.from({ length: 30 }, () => LONG.slice(0, 290)),
  )
  expect(faults(answered)).toEqual([])
})

it('a card that belongs to nothing above it begins with its title', () => {
  const message = cardMessage({ ...card, over: '', title: 'กรม' }, 'กรม')
  expect(faults(message)).toEqual([])
  expect(linesOf({ ...message })).toEqual(['กรม'])
})

it('lines without words are left out', () => {
  const lines = [
    { kind: 'pair' as const, label: 'คำสั่ง', value: '' },
    { kind: 'text' as const, text: ' ' },
  ]
  expect(linesOf({ ...cardMessage({ ...card, title: 'ชื่อ', lines }, 'ชื่อ') })).toEqual(['รอบ', 'ชื่อ'])
})

it('text is cut between letters, never between a letter and its marks', () => {
  expect(cutGraphemes('ที่นี่ที่นั่น', 3)).toBe('ที่นี่…')
  expect(cutUnits('ที่นี่ที่นั่น', 8)).toBe('ที่นี่…')
  expect(cutUnits('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 13)).toBe('👨‍👩‍👧‍👦…')
})

it.each([
  ['เลข 1101700207030 ผิด', 'เลข 1-1017-xxxxx-xx-0 ผิด'],
  ['เลข 1-1017-00207-03-0', 'เลข 1-1017-xxxxx-xx-0'],
  ['เลข ๑๑๐๑๗๐๐๒๐๗๐๓๐ ผิด', 'เลข 1-1017-xxxxx-xx-0 ผิด'],
  ['เลข ๑-๑๐๑๗-๐๐๒๐๗-๐๓-๐', 'เลข 1-1017-xxxxx-xx-0'],
  ['เลข １１０１７００２０７０３０', 'เลข 1-1017-xxxxx-xx-0'],
  ['G644200000001', 'G6442-xxxxxxx-1'],
  ['เลข 1101700\u200b207030', 'เลข 1-1017-xxxxx-xx-0'],
  ['เลข 1–1017–00207–03–0', 'เลข 1-1017-xxxxx-xx-0'],
  ['โทร 081-234-5678 ต่อ 12', 'โทร 081-234-5678 ต่อ 12'],
])('free text %j is shown without whole pupil numbers', (typed, shown) => {
  expect(withoutIds(typed)).toBe(shown)
})

it('instants read as officials write them, in Bangkok and the Buddhist era', () => {
  const close = Date.parse('2024-06-11T17:00+07:00')
  expect(dayAndTime(close)).toBe('11 มิ.ย. 2567 เวลา 17.00 น.')
  expect(until(close)).toBe('ก่อนเวลา 17.00 น. วันที่ 11 มิ.ย. 2567')
  expect(until(Date.parse('2024-06-11T00:00+07:00'))).toBe('ภายในวันที่ 10 มิ.ย. 2567')
  expect(isoDay('2020-11-03')).toBe('3 พฤศจิกายน 2563')
  expect(countdown(close, close - 26 * 3_600_000)).toBe('เหลือ 1 วัน 2 ชั่วโมง')
  expect(countdown(close, close - 59_000)).toBe('เหลือไม่ถึง 1 นาที')
  expect(countdown(close, close + 3_600_000)).toBe('เลยมาแล้ว 1 ชั่วโมง')
})
