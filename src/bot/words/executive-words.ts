import { count } from './dates.ts'

export const EXECUTIVE = {
  over: 'สำหรับผู้บริหาร',
  alt: 'รายงานความคืบหน้าการยืนยันข้อมูล',
  overdue: 'เลยกำหนดยืนยันแล้ว ยังไม่ครบถ้วน',
  lateAgreed: 'เลยวันเวลาที่นัดส่งกับ อปท.',
  inCharge: 'เจ้าหน้าที่ผู้รับผิดชอบ',
  nobody: 'ยังไม่มีเจ้าหน้าที่ผู้รับผิดชอบ',
  person: (name: string, telephone: string | null) => `${name}${telephone ? ` โทร. ${telephone}` : ''}`,
  money:
    'ข้อมูลนี้ใช้พิจารณาจัดสรรเงินอุดหนุนค่าอาหารเสริม (นม) และอาหารกลางวัน โปรดกำกับดูแลให้เจ้าหน้าที่ตรวจสอบและบันทึกให้ถูกต้องครบถ้วนก่อนยืนยัน',
  requests: (waiting: number) => `${count(waiting)} เรื่อง รอเจ้าหน้าที่ของ อปท. พิจารณา`,
} as const
