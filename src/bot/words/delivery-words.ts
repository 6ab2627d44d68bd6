import { count } from './dates.ts'

const monthFormat = new Intl.DateTimeFormat('th-TH', { timeZone: 'UTC', month: 'long', year: 'numeric' })

/** Goes before a receipt that is sent once more. */
export const SENT_AGAIN = 'ข้อความนี้ส่งซ้ำ เพราะไม่แน่ใจว่าครั้งแรกถึงหรือไม่'

export const QUOTA = {
  alt: 'โควตาข้อความ LINE ของเดือนนี้ใกล้หมด',
  title: (percent: 80 | 95): string => `โควตาข้อความ LINE ใช้ไปแล้วเกินร้อยละ ${percent}`,
  month: (month: string): string => `เดือน${monthFormat.format(Date.parse(`${month}-01T00:00:00Z`))}`,
  used: 'ใช้ไปแล้ว',
  limit: 'โควตาของเดือน',
  people: (n: number): string => `${count(n)} ข้อความ (นับตามจำนวนผู้รับ)`,
  order: {
    80: 'เมื่อเหลือน้อย ระบบจะชะลอรายงานสรุปก่อน แล้วจึงชะลอการเตือน เรื่องที่ต้องดำเนินการยังส่งตามปกติ',
    95: 'ระบบชะลอรายงานสรุปและการเตือนไว้ เมื่อโควตาหมด จะส่งได้เฉพาะคำตอบแก่ผู้ที่ส่งข้อความเข้ามา',
  },
  next: 'โปรดให้ผู้ดูแลบัญชีเพิ่มโควตาที่ LINE Official Account Manager ระบบจะส่งข้อความที่รออยู่ต่อเอง',
}

export const DEAD_LETTERS = {
  alt: 'มีข้อความที่ส่งทาง LINE ไม่สำเร็จ',
  title: (n: number): string => `ส่งข้อความไม่สำเร็จ ${count(n)} ข้อความ`,
  what: 'LINE ไม่รับข้อความเหล่านี้ หรือติดต่อ LINE ไม่ได้นานเกิน 24 ชั่วโมง ผู้รับยังไม่ทราบเรื่อง',
  next: 'ผู้ดูแลระบบดูรายการและสั่งส่งใหม่ได้ด้วยคำสั่ง lec outbox --dead',
}
