import type { Command } from './command.ts'

/** How the name of a unit begins, in full and as officers shorten it. */
const KIND =
  'ศูนย์(?:พัฒนา)?เด็กเล็ก|ศูนย์ฯ?|ศพด\\.?|โรงเรียน|ร\\.?ร\\.?|วิทยาลัย|วท\\.?|องค์การบริหารส่วน(?:ตำบล|จังหวัด)|อบต\\.?|อบจ\\.?|เทศบาล(?:นคร|เมือง|ตำบล)?|ทต\\.?|ทม\\.?|ทน\\.?|เมืองพัทยา|สำนักงานส่งเสริมการปกครองท้องถิ่น|สถจ\\.?|ท้องถิ่นจังหวัด|จังหวัด|จ\\.'

/** What follows a kind when no unit is named by it: "โรงเรียนไหนยังไม่ส่ง", "จังหวัดยืนยันหรือยัง". */
const NO_NAME =
  '(?!\\s*(?:ไหน|ใด|เรา|ของเรา|ผม|หนู|ดิฉัน|ฉัน|นี้|อื่น|ทั้งหมด|ทุก|กี่|ที่|ยืนยัน|ส่ง|ครบ|เสร็จ|ปิด|เปิด|ทำ|ต้อง|จะ|ได้|ไม่|ยัง|ใช้|ใคร|ให้|แจ้ง|บอก|อนุมัติ|เห็นชอบ|เป็น|ต้นสังกัด|มี|ขอ|ถูก|เลย|คือ|ตรวจ|ค้าง|เหลือ))'

const NAMED = `(?:(?:${KIND})${NO_NAME}\\s*\\S.{0,58}?|\\d{8,10})`

const TOLD =
  '(?:สถานะ|ข้อมูล|เป็น|ถึงไหน|ไปถึงไหน|ว่า|(?:ได้)?(?:ยืนยัน|ส่ง|คอนเฟิร์ม)|ครบ|เสร็จ|เรียบร้อย|มี(?:ปัญหา|กี่|อะไร|เด็ก|นักเรียน)|กี่|ติดอะไร|ขาดอะไร|ผิดตรงไหน)'
const WHETHER =
  '(?:ข้อมูล|แล้ว|กัน|หรือ|รึ|ยัง|ยังไง|อย่างไร|ไง|ไหม|มั้ย|มั๊ย|บ้าง|เปล่า|ป่าว|ไม่|คน|แห่ง|เด็ก|นักเรียน|ปัญหา|อะไร|เท่าไร|เท่าไหร่|ตอนนี้|\\s)'

const VIEW =
  /^(?:ขอ|อยาก|ช่วย|รบกวน)*\s*(?:ดู|เช็ค|เช็ก|เช็คดู|ตรวจดู|เปิดดู|view|show|check)\s*(?:สถานะ|ข้อมูล|ยอด|จำนวน)?\s*(?:ของ)?\s*/

const asked = new RegExp(`^(?:สถานะ|ข้อมูล|ยอด|จำนวน)?\\s*(?:ของ)?\\s*(${NAMED})\\s*${TOLD}${WHETHER}*$`)
const alone = new RegExp(`^(${NAMED})$`)

/** "ศพด บ้านนา เป็นไง": a question about a unit that is named by its kind or code. */
export function unitAsked(plain: string): Command | null {
  const unit = asked.exec(plain.replace(VIEW, ''))?.[1]
  return unit ? { kind: 'look-up', unit: unit.trim() } : null
}

/** A unit's name or code and nothing else; or to see one. */
export function unitAlone(plain: string): Command | null {
  const rest = plain.replace(VIEW, '')
  const unit = alone.exec(rest)?.[1]
  if (unit) return { kind: 'look-up', unit: unit.trim() }
  return rest !== plain && rest.length >= 3 && rest.length <= 60 ? { kind: 'look-up', unit: rest } : null
}

const CONFIRM = new RegExp(
  `^(?:ยืนยัน|คอนเฟิร์ม|confirm)(?:ข้อมูล|จำนวน)?\\s*(ภาพรวม|สังกัดอื่น)?\\s*(?:ของ|ให้)?\\s*(${NAMED}|${KIND})$`,
)

/** "ยืนยัน ร.ร.วัดใหม่": whose confirmation is begun; never by anybody else than its own officer. */
export function confirmOfUnit(plain: string): Command | null {
  const said = CONFIRM.exec(plain)
  if (!said?.[2]) return null
  const what = said[1] === 'ภาพรวม' ? 'overview' : said[1] === 'สังกัดอื่น' ? 'other_counts' : null
  return { kind: 'for-unit', unit: said[2], command: { kind: 'confirm', what, count: null } }
}
