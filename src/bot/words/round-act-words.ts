import type { ActMeant } from '../../workflow/held-act.ts'
import { dayAndTime, isoDay, until } from './dates.ts'
import { SAY } from './say.ts'
import { COMPONENT, withoutIds } from './terms.ts'

export const EVERYWHERE = 'ทุกแห่ง'

export const EXTEND = {
  alt: 'ขยายเวลาการบันทึกและยืนยันข้อมูล',
  how: `โปรดพิมพ์ทุกส่วนในข้อความเดียว เช่น\n${SAY.extend} อบต.บ้านนา ถึง 14 มิ.ย. 2567 17.00 น. หนังสือ มท 0816.2/ว 1 เพราะ น้ำท่วม\nขยายให้ทุกหน่วย ใช้คำว่า ${EVERYWHERE} แทนชื่อหน่วย สถานศึกษาให้ระบุเป็นรหัส หากไม่ระบุเวลา หมายถึงสิ้นวันนั้น`,
  endHow: `โปรดพิมพ์ทุกส่วนในข้อความเดียว เช่น\n${SAY.endExtension} อบต.บ้านนา หนังสือ มท 0816.2/ว 2 เพราะ ระบุหน่วยผิด`,
  title: (who: string) => `ขยายเวลาให้ ${who}`,
  endTitle: (who: string) => `ยกเลิกการขยายเวลาของ ${who}`,
  until: 'ขยายถึง',
  wasUntil: 'เดิมขยายถึง',
  letter: 'หนังสือ',
  reason: 'เหตุผล',
  note: 'บันทึก ยืนยัน และยกเลิกการยืนยันได้ตามเวลาที่ขยาย หน่วยเหนือเปิดให้เท่าที่ต้องยืนยันใหม่ บันทึกแล้วแก้ไขไม่ได้ หากจะให้สั้นลง ต้องยกเลิกแล้วขยายใหม่',
  endNote: 'มีผลทันทีตั้งแต่เวลาที่กด สิ่งที่ยืนยันไปแล้วยังคงอยู่',
  sure: 'บันทึกการขยายเวลา',
  endSure: 'บันทึกการยกเลิก',
  done: (who: string, instant: number) =>
    `บันทึกการขยายเวลาให้ ${who} แล้ว ${until(instant)} ระบบแจ้งหน่วยที่เกี่ยวข้องและเปิดตารางให้แก้ไข`,
  known: 'มีการขยายเวลานี้บันทึกไว้แล้ว จึงไม่บันทึกซ้ำ',
  ended: (who: string) => `ยกเลิกการขยายเวลาของ ${who} แล้ว ระบบแจ้งหน่วยที่เกี่ยวข้อง`,
  nothingRunning: (who: string) => `${who} ไม่มีการขยายเวลาที่ยังมีผล ดูทั้งหมด พิมพ์ ${SAY.deadlines}`,
  nothingOffered: `ยังไม่มีรายการให้ยืนยัน โปรดพิมพ์ ${SAY.extend} ตามด้วยรายละเอียดก่อน`,
  line: (input: { who: string; until: number; letter: string; endedAt: number | null }) =>
    `ขยายเวลาให้ ${input.who} ${until(input.until)} หนังสือ ${input.letter}${input.endedAt === null ? '' : ` (ยกเลิกเมื่อ ${dayAndTime(input.endedAt)})`}`,
  heading: 'การขยายเวลา',
} as const

export const EXTENDED = {
  alt: 'มีการขยายเวลาที่เกี่ยวข้องกับหน่วยของท่าน',
  title: (who: string) => `กรมขยายเวลาให้ ${who}`,
  endedAlt: 'การขยายเวลาสิ้นสุดแล้ว',
  endedTitle: (who: string) => `กรมยกเลิกการขยายเวลาของ ${who}`,
  closes: 'หน่วยของท่านทำได้',
  owes: `หน่วยของท่านยังต้องยืนยัน ดูรายละเอียด พิมพ์ ${SAY.status}`,
  closed: 'ระบบปิดสำหรับหน่วยของท่านแล้ว ยอดที่ยืนยันไว้ยังใช้ตามเดิม',
} as const

export const LATE = {
  alt: 'คำสั่งที่กดก่อนปิดระบบแต่มาถึงช้า รอกรมพิจารณา',
  none: 'ไม่มีคำสั่งที่มาช้ารอพิจารณา',
  waiting: (acts: number) => `มีคำสั่งที่กดก่อนปิดระบบแต่มาถึงช้ากว่า 1 นาที รอกรมพิจารณา ${acts} เรื่อง ดูรายการ พิมพ์ ${SAY.lateTaps}`,
  title: (number: number, unit: string) => `${number}. ${unit}`,
  by: 'ผู้กด',
  tapped: 'กดเมื่อ',
  received: 'มาถึงเมื่อ',
  closed: 'ปิดระบบเมื่อ',
  accept: 'รับคำสั่ง',
  refuse: 'ไม่รับคำสั่ง',
  note: 'เมื่อรับ ระบบดำเนินการโดยถือเวลาที่กด และตรวจตามเงื่อนไขเดิมทุกข้อ หากข้อมูลเปลี่ยนไปจากที่ผู้กดเห็น จะไม่ดำเนินการ',
  more: (left: number) => `ยังมีอีก ${left} เรื่อง เมื่อพิจารณาชุดนี้แล้ว พิมพ์ ${SAY.lateTaps}`,
  askWord: (unit: string) => `ไม่รับคำสั่งของ ${unit}\nโปรดพิมพ์เหตุผล ผู้กดจะได้รับแจ้ง (หากเปลี่ยนใจ พิมพ์ ${SAY.stop})`,
  pick: `โปรดระบุเลขข้อ เช่น ${SAY.acceptLate} 1 ดูรายการ พิมพ์ ${SAY.lateTaps}`,
  done: (unit: string) => `รับคำสั่งของ ${unit} และดำเนินการแล้ว`,
  reading: (unit: string) => `รับคำสั่งของ ${unit} แล้ว ระบบกำลังอ่านตาราง และจะแจ้งผลให้ผู้กดทราบ`,
  inVain: (unit: string, why: string) => `รับคำสั่งของ ${unit} แล้ว แต่ดำเนินการไม่ได้: ${why}`,
  refused: (unit: string) => `บันทึกว่าไม่รับคำสั่งของ ${unit} แล้ว ระบบแจ้งผู้กดพร้อมเหตุผล`,
} as const

export const LATE_DECIDED = {
  alt: 'กรมพิจารณาคำสั่งที่มาช้าของท่านแล้ว',
  accepted: 'กรมรับคำสั่งที่มาช้าของท่าน',
  refused: 'กรมไม่รับคำสั่งที่มาช้าของท่าน',
  what: 'คำสั่ง',
  reason: 'เหตุผล',
  done: 'ดำเนินการแล้วโดยถือเวลาที่ท่านกด',
  reading: 'ระบบกำลังอ่านตารางและจะแจ้งผลในแชตนี้',
  inVain: 'แต่ดำเนินการไม่ได้',
  noEffect: 'คำสั่งนี้ไม่มีผล หากจำเป็น โปรดแจ้งหน่วยเหนือเพื่อทำหนังสือขอขยายเวลาต่อกรม',
} as const

export function meantWord(meant: ActMeant): string {
  switch (meant.kind) {
    case 'confirm':
      return `ยืนยัน${COMPONENT[meant.component]}`
    case 'submit':
      return 'เสนอข้อมูลให้ผู้รับรอง'
    case 'mark':
      return `ตรวจสอบแล้ว ${meant.laos.length} แห่ง`
    case 'not-required':
      return 'บันทึกว่าไม่ต้องยืนยัน'
    case 'cancel':
      return `ยกเลิกการยืนยัน${COMPONENT[meant.component]}`
    case 'ask-reopening':
      return `ขอยกเลิกการยืนยัน${COMPONENT[meant.component]}`
    case 'pass-on':
      return 'เห็นชอบคำขอยกเลิกการยืนยัน'
    case 'send-back':
      return 'ส่งคืนคำขอยกเลิกการยืนยัน'
  }
}

export const FOUND = {
  alt: 'บันทึกผู้เรียนที่ตรวจพบภายหลังว่าไม่มีตัวตน',
  how: `โปรดพิมพ์ชื่อสถานศึกษา ผู้เรียน และวิธีที่พบ เช่น\n${SAY.found} โรงเรียนบ้านนา แถว 12 เพราะ ลงพื้นที่แล้วไม่พบตัว\nระบุผู้เรียนเป็นเลขแถว เลขประจำตัว หรือชื่อ ใช้ได้เมื่อปิดระบบแล้ว`,
  title: (unit: string) => `ตรวจพบภายหลัง: ${unit}`,
  pupil: 'ผู้เรียน',
  row: (row: number) => `แถวที่ ${row}`,
  found: 'พบเมื่อ',
  by: 'ผู้ตรวจพบ',
  round: 'รอบ',
  way: (how: string) => `วิธีที่พบ: ${withoutIds(how)}`,
  note: 'บันทึกไว้เป็นหลักฐานและแจ้งสถานศึกษากับหน่วยเหนือทุกระดับ ยอดที่ยืนยันไว้ไม่เปลี่ยนแปลง',
  sure: 'บันทึกการตรวจพบ',
  done: 'บันทึกการตรวจพบแล้ว ระบบแจ้งสถานศึกษาและหน่วยเหนือ ยอดที่ยืนยันไว้ไม่เปลี่ยนแปลง',
  known: (by: string, date: string) => `มีการบันทึกผู้เรียนคนนี้ไว้แล้ว โดย ${by} พบเมื่อ ${isoDay(date)}`,
  nothingOffered: `ยังไม่มีรายการให้บันทึก โปรดพิมพ์ ${SAY.found} ตามด้วยรายละเอียดก่อน`,
  newsTitle: 'มีการตรวจพบผู้เรียนที่ไม่มีตัวตนภายหลังปิดระบบ',
  newsAlt: 'มีการตรวจพบผู้เรียนที่ไม่มีตัวตนภายหลังปิดระบบ โปรดดูรายละเอียด',
  newsNote: 'ยอดที่ยืนยันไว้ไม่เปลี่ยนแปลง หากมีข้อโต้แย้ง โปรดแจ้งผู้ตรวจพบหรือหน่วยเหนือเป็นหนังสือ',
} as const
