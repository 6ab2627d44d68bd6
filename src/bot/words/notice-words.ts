import { countdown, until } from './dates.ts'
import { SAY } from './say.ts'

export const ALL_IN = {
  title: 'สถานศึกษายืนยันครบทุกแห่งแล้ว',
  alt: 'สถานศึกษาในสังกัดยืนยันครบแล้ว',
  next: `โปรดตรวจอีกครั้งแล้วยืนยันภาพรวม พิมพ์ ${SAY.confirmOverview}`,
  counts: `และยังต้องยืนยันจำนวนสังกัดอื่น พิมพ์ ${SAY.confirmOtherCounts}`,
} as const

export const ALL_COMPLETE = {
  title: 'อปท. ยืนยันครบทุกแห่งแล้ว',
  alt: 'อปท. ในจังหวัดยืนยันครบทุกแห่งแล้ว',
  next: `โปรดตรวจสอบ อปท. รายแห่ง พิมพ์ ${SAY.markChecked} จากนั้นจึงยืนยันจังหวัด`,
} as const

export const PROVINCE_DONE = {
  title: (province: string) => `${province} ยืนยันข้อมูลแล้ว`,
  alt: 'จังหวัดยืนยันข้อมูลแล้ว',
  note: 'กรมถือว่าข้อมูลที่ยืนยันนี้ถูกต้อง ครบถ้วน',
} as const

export const HOLD = {
  title: 'รายชื่อหายไปจากตารางจำนวนมาก',
  alt: 'รายชื่อหายไปจากตารางจำนวนมาก โปรดแจ้งว่าออกจริงหรือไม่',
} as const

export const ADDRESS_REFUSED = {
  text: (email: string) =>
    `Google แจ้งว่า ${email} ไม่ใช่บัญชี Google จึงยังแก้ไขตารางไม่ได้\nโปรดพิมพ์อีเมลที่เป็นบัญชี Google เช่น ${SAY.email} somsri@gmail.com หรือสมัครบัญชี Google ด้วยอีเมลนี้ก่อนแล้วพิมพ์ใหม่`,
} as const

export const SHEET_READY = {
  title: 'ตารางพร้อมแล้ว',
  alt: 'ตารางของหน่วยท่านพร้อมแล้ว',
  note: 'เปิดด้วยบัญชี Google ที่แจ้งไว้ หากเปิดใน LINE แล้วลงชื่อเข้าใช้ไม่ได้ ให้เลือกเปิดในเบราว์เซอร์อื่น',
} as const

export const REMINDER = {
  alt: 'เตือนกำหนดการยืนยันข้อมูล',
  title: 'ยังไม่ได้ยืนยัน',
  due: (dueAt: number, now: number) => `กำหนดยืนยัน${until(dueAt)} (${countdown(dueAt, now)})`,
  roster: 'สถานศึกษาของท่านยังไม่ได้ยืนยันข้อมูล การบันทึกไว้ยังไม่ใช่การยืนยัน',
  overview: 'ยังไม่ได้ยืนยันภาพรวม',
  otherCounts: 'ยังไม่ได้ยืนยันจำนวนสังกัดอื่น',
  province: 'จังหวัดยังไม่ได้ยืนยัน',
  unitsBelow: 'หน่วยที่ยังดำเนินการไม่ครบ',
} as const
