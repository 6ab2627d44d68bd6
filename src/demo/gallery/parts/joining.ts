import type { Gallery } from '../gallery-chat.ts'

const NEWCOMER = `U${'ab'.repeat(16)}`
const SECOND = `U${'cd'.repeat(16)}`

/** Adding the account, codes, duties that change hands. */
export function joining(gallery: Gallery): void {
  gallery.part('เข้าร่วมและหน้าที่')
  gallery.at('2024-04-24T10:00')
  gallery.send(NEWCOMER, '(เพิ่มเพื่อน)', { type: 'follow' })
  gallery.say(NEWCOMER, 'สวัสดีค่ะ')
  gallery.say(NEWCOMER, 'สถานะ')
  gallery.say(NEWCOMER, 'เข้าร่วม')
  gallery.say(NEWCOMER, 'รหัส AAAA-BBBB')
  gallery.say('06990301', 'เชิญ ศพด.วัดบ้านนา')
  const code = codeIn(gallery)
  gallery.say('06990301', 'รหัสที่ยังไม่ใช้')
  gallery.say(NEWCOMER, `รหัส ${code}`)
  gallery.say(NEWCOMER, 'ไม่ยอมรับ')
  gallery.say(NEWCOMER, `รหัส ${code}`)
  gallery.say(NEWCOMER, 'ยอมรับ')
  gallery.say(NEWCOMER, 'ไม่มีอีเมล')
  gallery.say(NEWCOMER, 'khwan@example.com')
  gallery.say(NEWCOMER, 'ชื่อ ขวัญใจ พากเพียร')
  gallery.say(NEWCOMER, 'ช่วยเหลือ')
  gallery.say('06990301', 'เชิญ ศพด.วัดบ้านนา')
  gallery.say('06990301', 'ยกเลิกรหัส 1')
  gallery.say('06990301', 'ผู้รับผิดชอบ ศพด.วัดบ้านนา')
  gallery.say('06990301', 'ระงับหน้าที่ ขวัญใจ พากเพียร')
  gallery.say('06990301', 'ลาคลอดตั้งแต่วันที่ 25 เมษายน')
  gallery.say(NEWCOMER, 'สถานะ', 'สถานะ ขณะพักหน้าที่')
  gallery.say('06990301', 'คืนหน้าที่ ขวัญใจ พากเพียร')
  gallery.say('06990301', 'กลับจากลาคลอดแล้ว')
  gallery.say('06990301', 'ให้พ้นหน้าที่ ขวัญใจ พากเพียร')
  gallery.say('06990301', 'ย้ายไปช่วยราชการที่อื่น')
  gallery.say(NEWCOMER, 'สถานะ', 'สถานะ หลังยุติหน้าที่')
  gallery.say('3099500002', 'เปิดผู้รับรอง')
  gallery.say('05990201', 'เชิญผู้รับรอง ศพด.ริมธาร')
  gallery.say(SECOND, `รหัส ${codeIn(gallery)}`)
  gallery.say(SECOND, 'ยอมรับ')
  gallery.say(SECOND, 'สมใจ ดูแลดี')
  gallery.say('05990201', 'เปิดผู้รับรอง ศพด.ริมธาร')
  gallery.say('05990201', 'ปิดผู้รับรอง ศพด.ริมธาร')
  gallery.say('05990201', 'เปิดผู้รับรอง ศพด.ริมธาร')
  gallery.say(SECOND, 'สถานะ', 'สถานะ ของผู้รับรอง')
  gallery.say(SECOND, 'ช่วยเหลือ', 'ช่วยเหลือ ของผู้รับรอง')
}

function codeIn(gallery: Gallery): string {
  for (const exhibit of [...gallery.exhibits].reverse()) {
    const [code] = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(JSON.stringify(exhibit.messages)) ?? []
    if (code) return code
  }
  throw new Error('no code was given')
}
