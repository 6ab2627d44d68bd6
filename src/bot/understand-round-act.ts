import { normaliseText, toArabicDigits } from '../workflow/rules/text/thai-text.ts'
import type { Command } from './command.ts'

/** What the department and the levels above do about a round's time: extensions, late acts, what is found after the close. */
export function roundActWith(plain: string, text: string): Command | null {
  const whole = toArabicDigits(normaliseText(text)).trim()
  const ended = /^ยกเลิก(?:การ)?ขยายเวลา\s*(\S.*)$/su.exec(whole)?.[1]
  if (ended) return { kind: 'end-extension', rest: ended }
  const extended = /^ขยายเวลา\s*(\S.*)$/su.exec(whole)?.[1]
  if (extended) return { kind: 'extend', rest: extended }
  const late = /^(ไม่)?รับ\s*คำสั่งที่มาช้า\s*(?:ข้อ|ที่)?\s*(\d{1,3})?\s*(?:เพราะ|เนื่องจาก)?\s*(.*)$/su.exec(plain)
  if (late) {
    const word = /(?:เพราะ|เนื่องจาก)\s*(.+)$/su.exec(whole)?.[1] ?? null
    return { kind: 'decide-late', accept: !late[1], number: late[2] ? Number(late[2]) : null, word }
  }
  const found = /^(?:ตรวจ)?พบภายหลัง\s*(\S.*)$/su.exec(whole)?.[1]
  return found ? { kind: 'found-later', rest: found } : null
}
