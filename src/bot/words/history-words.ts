import { SAY } from './say.ts'

export const HISTORY = {
  alt: 'ประวัติการดำเนินการ',
  title: 'ประวัติการดำเนินการ',
  own: (name: string) => `การดำเนินการของ ${name}`,
  page: (page: number, pages: number) => `หน้า ${page} จาก ${pages}`,
  none: 'ยังไม่มีการดำเนินการที่บันทึกไว้',
  by: (who: string) => `โดย ${who}`,
  receipt: (number: string) => `ใบรับ ${number}`,
  older: (page: number) => `ก่อนหน้านั้น (หน้า ${page})`,
  newer: (page: number) => `ใหม่กว่า (หน้า ${page})`,
  typed: (unit: string | null, page: number) => `${SAY.history}${unit === null ? '' : ` ${unit}`} หน้า ${page}`,
  note: 'แสดงเฉพาะการดำเนินการ ไม่แสดงชื่อหรือเลขประจำตัวของผู้เรียน',
} as const
