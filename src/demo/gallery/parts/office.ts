import type { Gallery } from '../gallery-chat.ts'
import { remind, sendWeeklyCards, shortOfQuota, tellAll } from '../gallery-jobs.ts'

const GROUP = `C${'1'.repeat(32)}`

/** The morning on which the round opens, and the executives' card of a week. */
export function opening(gallery: Gallery): void {
  gallery.part('วันเปิดรอบ')
  gallery.at('2024-04-29T08:30')
  gallery.happens(sendWeeklyCards)
  gallery.happens(remind)
}

/** ประกาศ, its acknowledging, passing on and repeating. */
export function announcements(gallery: Gallery): void {
  gallery.part('ประกาศ')
  gallery.at('2024-05-28T10:00')
  gallery.say('department', 'ประกาศ')
  gallery.say('department', 'ประกาศ ตามหนังสือ มท 0816.2/ว 77: ขอให้ทุกหน่วยตรวจสอบข้อมูลให้ครบถ้วน')
  gallery.say('department', 'ยืนยันประกาศถึงทุกระดับ')
  gallery.say('department', 'ประกาศถึงจังหวัด ตามหนังสือ มท 0816.2/ว 77: ขอให้เร่งรัดการยืนยันข้อมูล')
  gallery.say('department', 'ยืนยันประกาศ')
  gallery.happens(tellAll)
  gallery.say('province', 'ส่งต่อประกาศ 2 เน้นย้ำว่า ขอให้เสร็จก่อนวันศุกร์')
  gallery.say('province', 'ยืนยันประกาศถึงระดับถัดไป')
  gallery.happens(tellAll)
  gallery.tap('06990301', 'รับทราบ')
  gallery.say('06990301', 'รับทราบประกาศ 3', 'รับทราบซ้ำ')
  gallery.say('06990302', 'รับทราบ')
  gallery.say('province', 'ใครรับทราบประกาศ 3')
  gallery.say('province', 'ประกาศ', 'ประกาศ ดูที่ออกไว้')
  gallery.say('province', 'ส่งประกาศซ้ำ 3', 'ส่งประกาศซ้ำ ในวันเดียวกัน')
  gallery.at('2024-05-30T10:00')
  gallery.say('province', 'ส่งประกาศซ้ำ 3')
  gallery.happens(tellAll)
  gallery.say('3099300001', 'ประกาศ ทดลอง', 'ประกาศ จากสถานศึกษา')
}

/** A group that an LAO links, and what anybody may ask there. */
export function groups(gallery: Gallery): void {
  gallery.part('กลุ่ม LINE')
  gallery.at('2024-05-30T11:00')
  const inGroup = (said: string, who: string | null = '06990302'): void => {
    const mention = { mentionees: [{ type: 'user', index: 0, length: 12, isSelf: true }] }
    const message = { type: 'text', id: 'gallery-group', text: `@LEC Confirm ${said}`, mention }
    gallery.inGroup({ groupId: GROUP, who, said: `@LEC Confirm ${said}`, body: { type: 'message', message } })
  }
  gallery.inGroup({ groupId: GROUP, who: null, said: '(เชิญ LEC Confirm เข้ากลุ่ม)', body: { type: 'join' } })
  inGroup('สถานะ')
  inGroup('ABCD-EFGH')
  inGroup('เชื่อมกลุ่ม', null)
  gallery.say('06990302', 'เชื่อมกลุ่ม')
  gallery.say('executive', 'เชื่อมกลุ่ม', 'เชื่อมกลุ่ม ของผู้บริหาร')
  inGroup('เชื่อมกลุ่ม')
  inGroup('เชื่อมกลุ่ม', '06990301')
  for (const said of ['สถานะ', 'รายชื่อที่ยังไม่ยืนยัน', 'กำหนดเวลา', 'ยืนยัน', 'ช่วยเหลือ']) inGroup(said)
  inGroup('ยกเลิกเชื่อมกลุ่ม')
}

/** Asking those who owe, letters, handing over, and the settings of one's own chat. */
export function office(gallery: Gallery): void {
  gallery.part('เตือน หนังสือ ส่งมอบงาน')
  gallery.at('2024-06-04T08:30')
  gallery.happens(remind)
  gallery.at('2024-06-04T10:00')
  gallery.say('06990301', 'เตือน')
  gallery.say('06990301', 'เตือน ศพด.บ้านนา')
  gallery.say('06990301', 'เตือนทั้งหมด')
  gallery.say('06990301', 'เตือนทั้งหมด', 'เตือนทั้งหมด อีกครั้งในวันเดียวกัน')
  gallery.say('province', 'เตือน')
  gallery.say('province', 'เตือนทั้งหมด')
  gallery.say('department', 'เตือน จังหวัดทุ่งตะวัน')
  gallery.say('3099300001', 'เตือนทั้งหมด', 'เตือน จากสถานศึกษา')
  for (const who of ['06990301', 'province', '3099300001']) gallery.say(who, 'ร่างหนังสือเตือน')
  for (const who of ['3099300001', '06990301', 'province', 'department']) gallery.say(who, 'ส่งมอบงาน')
  gallery.say('06990302', 'ตรวจสังกัดอื่น')
  gallery.say('06990302', 'สังกัดอื่นไม่เปลี่ยนแปลง 7', 'สังกัดอื่นไม่เปลี่ยนแปลง ด้วยจำนวนที่ไม่ตรง')
  gallery.say('06990302', 'รายชื่อที่ยังไม่ยืนยัน ศพด.บ้านนา')
  gallery.say('province', 'รายชื่อที่ยังไม่ยืนยัน อบต.บ้านนา')
  gallery.say('province', 'อบต.บ้านนา', 'ชื่อหน่วยอย่างเดียว')
  gallery.say('department', 'สถานะ ศพด.บ้านนา')
  gallery.say('province', 'ผู้รับผิดชอบทั้งหมด')
  gallery.say('province', 'ไม่ต้องยืนยัน อบต.บ้านนา')
  gallery.say('province', 'เลิก')
  gallery.say('06990301', 'อีเมล sompong@example.com')
  gallery.say('06990301', 'ชื่อ สมพงษ์ ทองดี')
  gallery.happens(shortOfQuota)
  gallery.part('ตั้งค่า ประวัติ คำถาม')
  const who = '3099300001'
  gallery.say(who, 'เปิดเลขไทย')
  for (const text of ['กำหนดเวลา', 'สถานะ', 'ช่วยเหลือ', 'ตั้งค่า']) gallery.say(who, text, `${text} เป็นเลขไทย`)
  gallery.say(who, 'ปิดเลขไทย')
  gallery.say(who, 'เวลางดแจ้งเตือน 18.00-08.00')
  gallery.say(who, 'งดแจ้งเตือน 25.00-26.00')
  gallery.say(who, 'ไม่ต้องงดแจ้งเตือน')
  gallery.say('province', 'ประวัติการดำเนินการ หน้า 2')
  gallery.say('06990301', 'ประวัติการดำเนินการ ศพด.วัดบ้านนา')
  const questions = [
    'แก้ไขหลังยืนยันได้ไหม',
    'ยืนยันแล้วทำอะไรต่อ',
    'ส่งไม่ทันทำอย่างไร',
    'ตารางอยู่ที่ไหน',
    'เพิ่มแถวอย่างไร',
    'ขอรหัส G-Code อย่างไร',
  ]
  for (const text of questions) gallery.say(who, text)
  for (const text of ['1101700207030', 'https://example.com/x', 'รับทราบ', 'ok']) gallery.say(who, text)
}
