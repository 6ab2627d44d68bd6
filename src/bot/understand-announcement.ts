import { normaliseText, toArabicDigits } from '../workflow/rules/text/thai-text.ts'
import type { Command } from './command.ts'

const REACH = '(ทุกระดับ|ทุกหน่วย|ทุกแห่ง|จังหวัด|อปท\\.?|สถานศึกษา|ระดับถัดไป)'
const SURE = new RegExp(`^ยืนยัน(?:การ)?ประกาศ\\s*(?:ถึง)?\\s*${REACH}?$`, 'u')
const ANNOUNCED = new RegExp(`^ประกาศ\\s*(?:ถึง\\s*${REACH})?\\s*[:：]?\\s*(\\S.*)$`, 'su')
const NUMBER = '(?:เลข)?(?:ที่|เรื่อง)?\\s*(\\d{1,9})'

/** ประกาศ and what is done about one: its number stands on the card. The text of an announcement is kept as it was typed. */
export function announcementWith(text: string): Command | null {
  // Lines stay lines in what is announced; only the command itself is compared in one spelling.
  const whole = text.trim()
  const plain = toArabicDigits(normaliseText(whole))
  const sure = SURE.exec(plain)
  if (sure) return { kind: 'announce-sure', reach: reachOf(sure[1]) }
  const acknowledged = new RegExp(`^รับทราบ\\s*(?:ประกาศ)?\\s*${NUMBER}$`, 'u').exec(plain)
  if (acknowledged) return { kind: 'acknowledge', number: Number(acknowledged[1]) }
  const passed = new RegExp(
    `^ส่งต่อ\\s*(?:ประกาศ)?\\s*${NUMBER}(?!\\d)\\s*(?:เน้นย้ำ(?:ว่า)?)?\\s*[:：]?\\s*(.*)$`,
    'su',
  ).exec(plain)
  if (passed) return { kind: 'pass-on-announcement', number: Number(passed[1]), word: passed[2] ?? '' }
  const asked = new RegExp(`^ใครรับทราบ(?:แล้ว)?\\s*(?:ประกาศ)?\\s*${NUMBER}\\s*(?:หน้า(?:ที่)?\\s*(\\d{1,4}))?$`, 'u').exec(
    plain,
  )
  if (asked) return { kind: 'who-acknowledged', number: Number(asked[1]), page: Number(asked[2] ?? 1) }
  const repeated = new RegExp(`^ส่งประกาศซ้ำ\\s*${NUMBER}$`, 'u').exec(plain)
  if (repeated) return { kind: 'repeat-announcement', number: Number(repeated[1]) }
  const announced = ANNOUNCED.exec(whole)
  return announced ? { kind: 'announce', reach: reachOf(announced[1]), rest: announced[2] ?? '' } : null
}

function reachOf(word: string | undefined): 'all' | 'next' | null {
  if (word === undefined) return null
  return /^ทุก/.test(word) ? 'all' : 'next'
}
