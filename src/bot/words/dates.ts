const TIME_ZONE = 'Asia/Bangkok'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Bangkok is UTC+7 all year. */
const OFFSET = 7 * HOUR

// Making a formatter costs more than using it a hundred times.
const dayFormat = new Intl.DateTimeFormat('th-TH', {
  timeZone: TIME_ZONE,
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const longDayFormat = new Intl.DateTimeFormat('th-TH', {
  timeZone: TIME_ZONE,
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const timeFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: TIME_ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const numberFormat = new Intl.NumberFormat('en-US')

/** 1,234 */
export const count = (value: number): string => numberFormat.format(value)

/** 11 มิ.ย. 2567 */
export const day = (instant: number): string => dayFormat.format(instant)

/** 11 มิถุนายน 2567 */
export const longDay = (instant: number): string => longDayFormat.format(instant)

/** 09.05 น. */
export const time = (instant: number): string => `${timeFormat.format(instant).replace(':', '.')} น.`

/** 11 มิ.ย. 2567 เวลา 10.42 น. */
export const dayAndTime = (instant: number): string => `${day(instant)} เวลา ${time(instant)}`

/** An exclusive instant as people say it: "by 10 June" ends at midnight, "before 17.00" at that time. */
export function until(instant: number): string {
  if (isMidnight(instant)) return `ภายในวันที่ ${day(instant - 1)}`
  return `ก่อนเวลา ${time(instant)} วันที่ ${day(instant)}`
}

/** The instant at which something opens. */
export function from(instant: number): string {
  return isMidnight(instant) ? `ตั้งแต่วันที่ ${day(instant)}` : `ตั้งแต่ ${dayAndTime(instant)}`
}

/** An ISO date (CE) of a letter or a baseline: 3 พฤศจิกายน 2563 */
export function isoDay(date: string): string {
  const instant = Date.parse(`${date}T00:00:00+07:00`)
  return Number.isNaN(instant) ? date : longDayFormat.format(instant)
}

/** เหลือ 3 วัน 4 ชั่วโมง / เลยกำหนดแล้ว 2 วัน */
export function countdown(instant: number, now: number): string {
  const left = instant - now
  const word = left > 0 ? 'เหลือ' : 'เลยมาแล้ว'
  return Math.abs(left) < MINUTE ? `${word}ไม่ถึง 1 นาที` : `${word} ${span(Math.abs(left))}`
}

/** ปิดใน 3 ชั่วโมง 20 นาที / ระบบปิดแล้ว */
export function closesIn(instant: number, now: number): string {
  if (instant <= now) return 'ระบบปิดแล้ว'
  return instant - now < MINUTE ? 'ปิดในไม่ถึง 1 นาที' : `ปิดใน ${span(instant - now)}`
}

function span(ms: number): string {
  const days = Math.floor(ms / DAY)
  const hours = Math.floor((ms % DAY) / HOUR)
  const minutes = Math.floor((ms % HOUR) / MINUTE)
  if (days > 0) return hours > 0 ? `${days} วัน ${hours} ชั่วโมง` : `${days} วัน`
  if (hours > 0) return minutes > 0 ? `${hours} ชั่วโมง ${minutes} นาที` : `${hours} ชั่วโมง`
  return `${minutes} นาที`
}

const isMidnight = (instant: number): boolean => (instant + OFFSET) % DAY === 0
