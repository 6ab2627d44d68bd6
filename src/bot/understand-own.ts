import { plainDashes } from '../workflow/rules/text/thai-text.ts'
import type { Command, QuietHours } from './command.ts'

/** What a person asks about himself: the history of acts, and the settings of this chat. */
export function ownMatterWith(plain: string): Command | null {
  return historyWith(plain) ?? settingsWith(plain)
}

function historyWith(plain: string): Command | null {
  const said =
    /^(?:ขอ)?(?:ดู)?(?:ประวัติ(?:การ)?(?:ดำเนินการ|ทำรายการ|ใช้งาน)?|history)(?:ของฉัน|ของผม|ของดิฉัน)?(?:(?:\s*(?:ของ|ที่)|\s)\s*(\S.*?))??\s*(?:(?:หน้า|page)(?:ที่)?\s*(\d{1,4}))?$/.exec(
      plain,
    )
  if (!said) return null
  return { kind: 'history', unit: said[1] ? said[1] : null, page: Math.max(1, Number(said[2] ?? 1)) }
}

function settingsWith(plain: string): Command | null {
  const digits =
    /^(ไม่|ปิด|เลิก|ยกเลิก|เปิด|ขอ|อยาก)*\s*(ไม่)?\s*(?:ใช้|แสดง|เป็น)?\s*(?:ตัว)?เลข(ไทย|อารบิก|อาราบิค|อารบิค)\s*(เปิด|ปิด|on|off)?$/.exec(
      plain,
    )
  if (digits) {
    const denied = /ไม่|(?<!เ)ปิด|เลิก/.test(`${digits[1] ?? ''}${digits[2] ?? ''}`) || /^(?:ปิด|off)/.test(digits[4] ?? '')
    return { kind: 'thai-numerals', on: (digits[3] === 'ไทย') !== denied }
  }
  if (/^(?:ไม่ต้อง|ไม่|ยกเลิก|เลิก|ปิด)(?:ตั้ง)?(?:เวลา)?งด(?:การ)?(?:แจ้ง)?เตือน$/.test(plain)) {
    return { kind: 'quiet-hours', hours: null }
  }
  const quiet =
    /^(?:ตั้ง)?(?:เวลา|ช่วงเวลา)?(?:งด|ห้าม|อย่า|ไม่ต้อง)(?:การ)?(?:แจ้ง)?เตือน\s*(?:เวลา|ช่วง|ตั้งแต่|ระหว่าง)?\s*(.+)$/.exec(
      plain,
    )?.[1]
  return quiet ? { kind: 'quiet-hours', hours: hoursIn(quiet) } : null
}

/** "20.00-07.00", "2 ทุ่ม ถึง 7 โมงเช้า", "20:00 ถึง 7 น.": minutes of the day; `unread` when it is no span of time. */
export function hoursIn(said: string): QuietHours | 'unread' {
  const [from, to, more] = plainDashes(said)
    .replace(/(?:ตั้งแต่|เวลา|ช่วง|ระหว่าง)/g, ' ')
    .split(/\s*(?:-|ถึง|จนถึง|ไปจน|~)\s*/)
    .map((part) => part.trim())
  if (from === undefined || to === undefined || more !== undefined) return 'unread'
  const begins = minuteOf(from)
  const ends = minuteOf(to)
  if (begins === null || ends === null || begins === ends) return 'unread'
  return { from: begins, to: ends }
}

const CLOCK = /^([01]?\d|2[0-4])(?:[.:]([0-5]\d))?\s*(?:น\.?|นาฬิกา)?$/

function minuteOf(said: string): number | null {
  const clock = CLOCK.exec(said)
  if (clock) return (Number(clock[1]) % 24) * 60 + Number(clock[2] ?? 0)
  const half = /ครึ่ง$/.test(said) ? 30 : 0
  const spoken = said.replace(/\s*ครึ่ง$/, '').replace(/\s+/g, '')
  const hour = spokenHour(spoken)
  return hour === null ? null : hour * 60 + half
}

function spokenHour(spoken: string): number | null {
  if (spoken === 'เที่ยง' || spoken === 'เที่ยงวัน') return 12
  if (spoken === 'เที่ยงคืน' || spoken === 'สองยาม') return 0
  const night = /^ตี(\d{1,2})$/.exec(spoken)?.[1]
  if (night) return within(Number(night), 1, 5)
  const evening = /^(\d)ทุ่ม$/.exec(spoken)?.[1]
  if (evening) return within(Number(evening), 1, 5, 18)
  const afternoon = /^(?:บ่าย(\d)?(?:โมง)?|(\d)โมงเย็น)$/.exec(spoken)
  if (afternoon) return within(Number(afternoon[1] ?? afternoon[2] ?? 1), 1, 6, 12)
  const morning = /^(\d{1,2})โมง(?:เช้า)?$/.exec(spoken)?.[1]
  return morning ? within(Number(morning), 6, 11) : null
}

const within = (hour: number, from: number, to: number, plus = 0): number | null =>
  hour >= from && hour <= to ? hour + plus : null
