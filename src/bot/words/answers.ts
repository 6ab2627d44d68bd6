import type { NearCommand } from '../command.ts'
import { dayAndTime } from './dates.ts'
import { SAY } from './say.ts'

export const ANSWERS = {
  unknown: (near: readonly NearCommand[]) =>
    `ยังไม่เข้าใจข้อความนี้ ลองพิมพ์: ${near.map((command) => SAY[command]).join(' / ')}`,
  sticker: `ขอบคุณสำหรับสติกเกอร์ หากต้องการดูข้อมูล พิมพ์ ${SAY.status}`,
  picture: `ระบบอ่านรูปภาพ เสียง และไฟล์ไม่ได้ โปรดกรอกข้อมูลในตาราง หรือพิมพ์เป็นข้อความ เช่น ${SAY.status}`,
  location: `ระบบไม่ใช้ตำแหน่งที่ตั้ง หากต้องการดูข้อมูล พิมพ์ ${SAY.status}`,
  greeting: (name: string) =>
    `สวัสดี ${name} ท่านต้องการดำเนินการเรื่องใด โปรดพิมพ์ ${SAY.status} / ${SAY.confirm} / ${SAY.help}`,
  thanks: 'ด้วยความยินดี',
  tooLong: 'ข้อความยาวเกินไป โปรดพิมพ์สั้น ๆ',
  used: 'ปุ่มนี้ใช้ไปแล้ว สถานะขณะนี้เป็นดังนี้',
  expired: 'ปุ่มนี้หมดอายุแล้ว (ใช้ได้ 1 วัน) โปรดใช้ปุ่มในข้อความล่าสุด',
  badButton: `ปุ่มนี้ใช้ไม่ได้กับบัญชีของท่าน จึงไม่ได้ดำเนินการ พิมพ์ ${SAY.status} เพื่อดูข้อมูลของท่าน`,
  notFound: (text: string) => `ไม่พบหน่วยชื่อ “${text}” ในความรับผิดชอบของท่าน โปรดพิมพ์ชื่อเต็มหรือรหัสหน่วย`,
  several: (text: string, names: readonly string[]) =>
    `“${text}” ตรงกับหลายหน่วย โปรดพิมพ์ชื่อให้ชัด:\n${names.map((name) => `• ${name}`).join('\n')}`,
  holdReleased: (missing: number) => `บันทึกแล้วว่าออกจริง ${missing} ราย พิมพ์ ${SAY.confirm} เพื่อตรวจยอดใหม่`,
  holdRefused: `รับทราบว่าไม่ได้ออกจริง ระบบไม่ตัดรายชื่อใดออก โปรดนำรายชื่อกลับเข้าตาราง แล้วระบบจะอ่านใหม่ หากตรวจแล้วพบว่าออกจริง พิมพ์ ${SAY.holdRelease}`,
  holdDecided: (by: string | null, at: number | null) =>
    `เรื่องนี้มีผู้แจ้งไว้แล้ว${by && at ? ` โดย ${by} เมื่อ ${dayAndTime(at)}` : ''} พิมพ์ ${SAY.status} เพื่อดูข้อมูลปัจจุบัน`,
  broken: `ขออภัย ระบบดำเนินการตามข้อความนี้ไม่สำเร็จ และได้บันทึกปัญหาไว้ให้ผู้ดูแลระบบแล้ว โปรดพิมพ์ ${SAY.status} เพื่อดูข้อมูลปัจจุบัน แล้วลองใหม่`,
  noHold: `ไม่มีเรื่องรายชื่อที่หายไปซึ่งรอคำตอบจากท่าน พิมพ์ ${SAY.status} เพื่อดูข้อมูลปัจจุบัน`,
} as const

export const LEFT = {
  none: 'ยืนยันครบทุกแห่งแล้ว',
  alt: 'รายชื่อหน่วยที่ยังไม่ยืนยัน',
  title: 'รายชื่อที่ยังไม่ยืนยัน',
} as const

export const IN_CHARGE = {
  alt: 'ผู้รับผิดชอบของหน่วยท่านและหน่วยเหนือ',
  title: 'ผู้รับผิดชอบ',
  own: 'หน่วยของท่าน',
  above: 'หน่วยเหนือ',
  below: 'หน่วยในความรับผิดชอบที่ยังไม่มีเจ้าหน้าที่ในแชตนี้',
  nobody: 'ยังไม่มีผู้รับผิดชอบ',
  unreached: '(ติดต่อทางแชตไม่ได้)',
  person: (input: { name: string; role: string; telephone: string | null }) =>
    `${input.name} ${input.role}${input.telephone ? ` โทร. ${input.telephone}` : ''}`,
  unitPhone: (telephone: string) => `โทรศัพท์หน่วยงาน ${telephone}`,
} as const
