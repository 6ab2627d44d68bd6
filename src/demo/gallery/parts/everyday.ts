import type { Gallery } from '../gallery-chat.ts'

const EVERYBODY = ['3099500002', '06990301', 'province', 'department', 'executive']
const QUESTIONS = [
  'สถานะ',
  'ช่วยเหลือ',
  'กำหนดเวลา',
  'ผู้รับผิดชอบ',
  'รายชื่อที่ยังไม่ยืนยัน',
  'ประวัติการดำเนินการ',
  'ตั้งค่า',
  'คำขอ',
  'เปลี่ยนหน้าที่',
]

/** What everybody may ask at any time, in one state of the round. */
export function everyday(gallery: Gallery, state: { part: string; at: string }): void {
  gallery.part(state.part)
  gallery.at(state.at)
  for (const who of EVERYBODY) for (const question of QUESTIONS) gallery.say(who, question)
}

/** What is no command: small talk, slips, nonsense, everything that is not text. */
export function nonsense(gallery: Gallery): void {
  const who = '3099300002'
  gallery.part('ข้อความอื่น')
  gallery.at('2024-06-05T09:10')
  const said = ['สวัสดีครับ', 'ขอบคุณค่ะ', 'สถาณะ', 'ยืนยน', 'กกกกกกก', '12345', '😀', '   ', 'เลิก', 'ยืนยันหรือยัง', 'status']
  for (const text of said) gallery.say(who, text)
  gallery.say(who, 'ก'.repeat(5000), '(5,000 ตัวอักษร)')
  gallery.send(who, '(สติกเกอร์)', message({ type: 'sticker', packageId: '446', stickerId: '1988' }))
  for (const type of ['image', 'video', 'audio', 'file', 'location']) gallery.send(who, `(${type})`, message({ type }))
  gallery.send(who, '(ปุ่มที่ไม่รู้จัก)', { type: 'postback', postback: { data: 'a=unknown-button' } })
  gallery.send(who, '(เพิ่มเพื่อนอีกครั้ง)', { type: 'follow' })
}

const message = (given: Record<string, unknown>) => ({ type: 'message', message: { id: 'gallery-other', ...given } })
