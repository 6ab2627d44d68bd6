import type { UnitNews } from '../../workflow/notice.ts'
import { SAY } from './say.ts'

type Named = { unit: string; former: string; other: string }

export const UNIT_NEWS = {
  title: 'มีการเปลี่ยนแปลงหน่วยงาน',
  alt: 'มีการเปลี่ยนแปลงหน่วยงาน โปรดเปิดดู',
  stillConfirmed: 'การยืนยันที่ทำไว้ยังอยู่ ใบรับเดิมใช้ได้',
  requestsLapsed: 'คำขอยกเลิกการยืนยันที่ค้างอยู่สิ้นสุดลง หากยังต้องการ โปรดขอใหม่ต่อต้นสังกัดปัจจุบัน',
  appointmentEnded: 'การแต่งตั้งที่หน่วยนี้สิ้นสุดพร้อมกัน ตารางเดิมเปิดดูได้อย่างเดียว',
  restored: `การแต่งตั้งและการยืนยันที่มีอยู่ก่อนปิดกลับมามีผล โปรดตรวจสอบข้อมูลปัจจุบัน พิมพ์ ${SAY.status}`,
  requestsGone: 'คำขอยกเลิกการยืนยันที่สิ้นสุดไปแล้วไม่กลับมา หากยังต้องการ โปรดขอใหม่',
  takeOver: (former: string) =>
    `ระบบไม่ได้ย้ายรายชื่อของ ${former} ให้ โปรดคัดลอกจากตารางเดิมไปใส่ในตารางของสถานศึกษาที่รับช่วง แล้วตรวจตัวตนทุกคน`,
  overviewStale: `ภาพรวมที่ยืนยันไว้ไม่ตรงกับสถานศึกษาปัจจุบัน แต่ยังเป็นยอดที่รายงานจนกว่าจะยืนยันใหม่ หากจะยืนยันใหม่ พิมพ์ ${SAY.askReopeningOverview}`,
  overviewOpen: 'โปรดตรวจสถานศึกษาในสังกัดอีกครั้งก่อนยืนยันภาพรวม',
  laosStale: (names: string) =>
    `ภาพรวมที่ยืนยันไว้ของ ${names} ไม่ตรงกับสถานศึกษาปัจจุบัน จังหวัดยืนยันได้เมื่อ อปท. ยืนยันภาพรวมใหม่และจังหวัดตรวจสอบแล้ว`,
} as const

/** One change, in one sentence with its letter. */
export function unitNewsLine(news: UnitNews, named: Named): string {
  const letter = news.letterNumber ? ` ตามหนังสือ ${news.letterNumber}` : ''
  return `${sentence(news, named)}${letter}`
}

function sentence(news: UnitNews, { unit, former, other }: Named): string {
  switch (news.what) {
    case 'added':
      return `เปิดใหม่: ${unit} สังกัด${other}`
    case 'recoded': {
      const renamed = former !== '' && former !== unit ? `${former} เป็น ${unit}` : unit
      return `เปลี่ยนรหัส: ${renamed} รหัส ${news.code ?? '-'} (รหัสเดิม ${news.formerCode ?? '-'})`
    }
    case 'moved':
      return `ย้ายสังกัด: ${unit} จาก${former} ไป${other}`
    case 'closed':
      return `ปิด: ${unit}`
    case 'merged':
      return `ยุบรวม: ${unit} รวมกับ${other}`
    case 'reopened':
      return `ยกเลิกการปิด: ${unit} กลับมาเป็นหน่วยงานตามเดิม`
  }
}
