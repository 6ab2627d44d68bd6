import { dayAndTime } from '../bot/words/dates.ts'
import { ROLE } from '../bot/words/terms.ts'
import type { MessageQuota } from '../workflow/message-quota.ts'
import {
  DEFAULT_SHARES,
  type Forecast,
  type ForecastName,
  nameOfMoment,
  type OwingShares,
} from '../workflow/remind-forecast.ts'
import type { PlannedReminder } from '../workflow/remind-plan.ts'
import type { YearKnown } from '../workflow/rules/reminders/calendar.ts'
import type { ReminderPolicy } from '../workflow/rules/reminders/policy.ts'

const MOST_NAMES = 40
const count = (value: number): string => new Intl.NumberFormat('en-US').format(value)

const UNREACHABLE = { vacant: 'ไม่มีผู้รับผิดชอบ', unbound: 'ยังไม่ผูกบัญชี LINE', blocked: 'ปิดรับข้อความ' } as const

/** What the names of moments mean, as they stand in a line of the plan and in --owing. */
const MOMENT_WORDS: Readonly<Record<string, string>> = {
  opens: 'เปิดบันทึก',
  confirming: 'เปิดยืนยัน',
  '1d': 'วันทำการก่อนวันสุดท้าย',
  '0d': 'เช้าวันสุดท้าย',
  missed: 'เลยกำหนดแล้ว ยังไม่ปิดระบบ',
  closed: 'ปิดระบบแล้ว ใครไม่ได้ยืนยัน',
  digest: 'สรุปถึงระดับเหนือขึ้นไป',
  agreed: 'วันนัดส่ง',
  executive: 'ถึงผู้บริหาร',
}

function momentWords(name: string): string {
  const known = MOMENT_WORDS[name]
  if (known) return known
  const [, count = '', of = ''] = /^(?:agreed-)?(\d+)([dhm])$/.exec(name) ?? []
  if (of === 'd') return `${count} วันทำการก่อนวันสุดท้าย`
  if (of === '') return `วันสุดท้าย เวลา ${name} น.`
  const span = `${count} ${of === 'h' ? 'ชั่วโมง' : 'นาที'}`
  return name.startsWith('agreed-') ? `${span}ก่อนเวลานัดส่ง` : `${span}ก่อนหมดเวลา`
}

function momentLegend(slots: Forecast['slots']): string[] {
  const names = [...new Set(slots.flatMap(({ moments }) => moments))]
  if (names.length === 0) return []
  return ['', 'ชื่อครั้งการเตือน / names of moments', ...names.map((name) => `  ${name}: ${momentWords(name)}`)]
}

/** What is known of the holidays that working days are counted by; silence would pass for certainty. */
export function calendarLines(years: readonly YearKnown[]): string[] {
  return years.map(({ year, how, source }) => {
    if (how === 'unknown')
      return `! ไม่มีข้อมูลวันหยุดราชการปี ${year} นับเฉพาะเสาร์อาทิตย์เป็นวันหยุด / no holidays known for BE ${year}: weekends only`
    if (how === 'provisional') return `! วันหยุดราชการปี ${year} ยังไม่ครบ / BE ${year} provisional: ${source}`
    return `วันหยุดราชการปี ${year} / holidays BE ${year}: ${source}`
  })
}

export function forecastLines(input: {
  forecast: Forecast
  shares: OwingShares
  quota: MessageQuota | null
  asked: string | null
  years: readonly YearKnown[]
}): string[] {
  const { forecast, shares } = input
  const { slots, owingNow, units } = forecast
  return [
    ...calendarLines(input.years),
    '',
    `ยังค้างอยู่ขณะนี้ ${count(owingNow)} จาก ${count(units)} หน่วย / owing now`,
    '',
    ...(slots.length === 0 ? ['ไม่มีการเตือนในช่วงนี้ / nothing is due in this time'] : []),
    ...slots.flatMap((slot) => [
      [
        dayAndTime(slot.at),
        slot.moments.join(' + '),
        `${count(slot.units)} หน่วย`,
        `ผู้รับไม่เกิน ${count(slot.recipients)} คน`,
        `คาดว่า ${count(slot.expected)} คน`,
        ...(slot.unreachable > 0 ? [`ติดต่อไม่ได้ ${count(slot.unreachable)} หน่วย`] : []),
      ].join(' · '),
      ...nameLines(slot.names),
    ]),
    ...momentLegend(slots),
    '',
    'ผู้รับต่อเดือน (นับตามเดือนของ LINE) / recipients a month',
    ...forecast.months.map(
      ({ month, recipients, expected }) =>
        `  ${month}: ไม่เกิน ${count(recipients)} คาดว่า ${count(expected)}${shortage(input.quota, { month, expected })}`,
    ),
    quotaLine(input.quota, input.asked),
    '',
    'สมมติฐาน: ส่วนของหน่วยที่ยังค้างอยู่เมื่อถึงแต่ละครั้ง (เปลี่ยนด้วย --owing) / assumed share still owing',
    `  ${Object.entries({ ...DEFAULT_SHARES, ...shares })
      .map(([name, share]) => `${name}=${share}`)
      .join(' ')}`,
    'ไม่เกิน: หากไม่มีหน่วยใดยืนยันเพิ่ม / คาดว่า: ตามสมมติฐานข้างต้น ทั้งสองคิดจากหน่วย ผู้รับผิดชอบ การขยายเวลา และนัดส่งที่มีอยู่ขณะนี้',
    'นับเฉพาะการเตือนตามแผน ไม่รวมคำสั่งเตือน ประกาศ ข่าวการยืนยัน และคำขอ / planned reminders only',
    'หนึ่งคนนับหนึ่งข้อความต่อครั้ง แม้รับผิดชอบหลายหน่วย ข้อความที่ตอบคนซึ่งกำลังพิมพ์อยู่ไม่เสียโควตา',
  ]
}

function nameLines(names: readonly ForecastName[]): string[] {
  const lines = names
    .slice(0, MOST_NAMES)
    .map(
      ({ unitName, role, person, unreachable }) =>
        `    ${unitName}: ${person ?? '-'} (${ROLE[role]})${unreachable === null ? '' : ` ! ${UNREACHABLE[unreachable]}`}`,
    )
  return names.length > MOST_NAMES ? [...lines, `    … ${count(names.length - MOST_NAMES)}`] : lines
}

function shortage(quota: MessageQuota | null, month: { month: string; expected: number }): string {
  if (quota === null || quota.limit === null || quota.left === null) return ''
  const left = quota.month === month.month ? quota.left : quota.limit
  if (month.expected <= left) return ''
  return `  ! เกินโควตาที่เหลือ ${count(left)} / more than is left ระบบจะชะลอรายงานสรุปก่อน แล้วการเตือนล่วงหน้า แล้วการเตือนวันสุดท้าย โปรดเพิ่มโควตาที่ LINE Official Account Manager`
}

function quotaLine(quota: MessageQuota | null, asked: string | null): string {
  const doubt = asked === null ? '' : ` (${asked})`
  if (quota === null) return `โควตา LINE: ไม่ทราบ / unknown${doubt}`
  if (quota.limit === null) return `โควตา LINE ${quota.month}: ไม่จำกัด ใช้แล้ว ${count(quota.used)} / unlimited${doubt}`
  return `โควตา LINE ${quota.month}: ใช้แล้ว ${count(quota.used)} จาก ${count(quota.limit)} เหลือ ${count(quota.left ?? 0)}${doubt}`
}

/** Who would be told now. */
export function dryRunLines(planned: readonly (PlannedReminder & { unitName: string })[]): string[] {
  if (planned.length === 0) return ['ขณะนี้ไม่มีใครต้องเตือน / nobody is to be reminded now']
  const people = new Set(
    planned.flatMap(({ person, unreachable }) => (unreachable === null && person ? [person.personId] : [])),
  )
  return [
    ...planned.map(({ unitName, role, person, unreachable, moments }) =>
      [
        unitName,
        `${person?.name ?? '-'} (${ROLE[role]})`,
        moments.map(nameOfMoment).join(' + '),
        ...(unreachable === null ? [] : [`! ${UNREACHABLE[unreachable]}`]),
      ].join(' · '),
    ),
    `ผู้รับ ${count(people.size)} คน ยังไม่ได้ส่ง / ${count(people.size)} recipients, nothing was sent`,
  ]
}

export function policyLines(policy: ReminderPolicy, own: boolean): string[] {
  return [
    own ? 'แผนการเตือนที่กำหนดให้รอบนี้ / policy of this round' : 'แผนการเตือนตามปกติ / the usual policy',
    JSON.stringify(policy, null, 2),
  ]
}
