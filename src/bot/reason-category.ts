import type { ReopeningCategory } from '../workflow/reopening.ts'
import { plainText } from './plain-text.ts'

const CATEGORIES: readonly [RegExp, ReopeningCategory][] = [
  [/ย้ายเข้า|เข้าใหม่|มาใหม่/, 'moved_in'],
  [/ย้ายออก|ย้ายไป|ลาออก|จบ|เสียชีวิต/, 'moved_out'],
  [/ไม่มีตัวตน|ไม่มีตัวจริง/, 'not_existing'],
  [/ผิด|คลาดเคลื่อน|ไม่ถูก|สะกด|ตกหล่น/, 'wrong_data'],
]

/** The kind of correction that a reason speaks of; `other` when it does not tell. */
export function categoryIn(reason: string): ReopeningCategory {
  const plain = plainText(reason)
  return CATEGORIES.find(([words]) => words.test(plain))?.[1] ?? 'other'
}
