import type { Role } from '../../db/schema.ts'
import { until } from './dates.ts'
import { SAY } from './say.ts'
import { ROLE } from './terms.ts'

export const JOIN = {
  how: 'ท่านยังไม่ได้ผูกบัญชีกับหน่วยใด\nโปรดขอรหัสเข้าร่วม 8 ตัวจากหน่วยเหนือของท่าน (สถานศึกษาขอจาก อปท. อปท. ขอจากจังหวัด จังหวัดขอจากกรม) แล้วพิมพ์รหัสนั้นในแชตนี้ เช่น ABCD-EFGH',
  badCode: 'ไม่พบรหัสนี้ หรือรหัสถูกใช้แล้วหรือหมดอายุ\nโปรดตรวจตัวอักษรอีกครั้ง หรือขอรหัสใหม่จากหน่วยเหนือ',
  title: 'เข้าร่วมในหน้าที่นี้?',
  alt: 'รหัสเข้าร่วม โปรดตรวจหน่วยและหน้าที่ก่อนยอมรับ',
  over: 'รหัสเข้าร่วม',
  unit: 'หน่วย',
  duty: 'หน้าที่',
  order: 'คำสั่งแต่งตั้ง',
  person: 'ออกให้แก่',
  note: 'เมื่อยอมรับ บัญชี LINE นี้จะทำหน้าที่แทนหน่วยข้างต้น ทุกการกระทำถูกบันทึกในชื่อของท่าน',
  accept: 'ยอมรับ',
  decline: 'ไม่ใช่ฉัน',
  declined: 'ไม่ได้เข้าร่วม รหัสยังใช้ได้ หากได้รับรหัสผิด โปรดแจ้งผู้ที่ส่งให้',
  nothingToAccept: 'ไม่มีรหัสที่รอการยอมรับ โปรดพิมพ์รหัสเข้าร่วม 8 ตัวก่อน',
  accepted: (unit: string, role: Role) => `เข้าร่วมแล้ว ท่านเป็น${ROLE[role]}ของ ${unit}`,
  askEmail: `โปรดพิมพ์อีเมลบัญชี Google ที่จะใช้แก้ไขตาราง เช่น ${SAY.email} somsri@gmail.com\n(ต้องเป็นบัญชี Google จึงจะแก้ไขตารางได้)`,
  askName: `โปรดพิมพ์ชื่อและนามสกุลของท่านเพื่อใช้ในใบรับ เช่น ${SAY.name} สมศรี ใจดี`,
  notAnAddress: 'อ่านอีเมลนี้ไม่ได้ โปรดพิมพ์ใหม่ เช่น somsri@gmail.com',
  emailTaken: (email: string) => `บันทึกอีเมล ${email} แล้ว`,
  ready: 'ตารางของหน่วยท่านเปิดแก้ไขได้ด้วยบัญชี Google นี้ในอีกสักครู่',
  preparing: 'ระบบกำลังเตรียมตารางของหน่วยท่าน จะแจ้งลิงก์ในแชตนี้เมื่อพร้อม',
  noSheet: `ดูความคืบหน้า พิมพ์ ${SAY.status}`,
  readyTitle: 'พร้อมใช้งานแล้ว',
  readyAlt: 'พร้อมใช้งานแล้ว เปิดตารางได้จากบัตรนี้',
  nameTaken: (name: string) => `บันทึกชื่อ ${name} แล้ว`,
  nameKnown: 'มีชื่อของท่านในระบบแล้ว หากไม่ถูกต้อง โปรดแจ้งหน่วยเหนือ',
  notAName: `อ่านชื่อไม่ได้ โปรดพิมพ์ เช่น ${SAY.name} สมศรี ใจดี`,
  askEmailAgain: `โปรดพิมพ์อีเมลบัญชี Google เช่น ${SAY.email} somsri@gmail.com`,
} as const

export const WELCOME = {
  newcomer: 'สวัสดี นี่คือระบบยืนยันจำนวนนักเรียนและเด็กเล็กของ อปท. (LEC Confirm)',
  back: (unit: string) => `ยินดีต้อนรับกลับมา ท่านอยู่ในหน้าที่ของ ${unit}`,
  group: 'สวัสดี ระบบนี้ทำงานในแชตส่วนตัวเท่านั้น ในกลุ่มจะไม่ตอบข้อความ เพื่อไม่ให้ข้อมูลนักเรียนปรากฏในกลุ่ม โปรดเพิ่มเพื่อนแล้วทักในแชตส่วนตัว',
} as const

export const INVITE = {
  which: (below: string) => `โปรดพิมพ์ชื่อหน่วยที่จะเชิญ เช่น ${SAY.invite} ${below}`,
  nobodyBelow: 'ระดับของท่านไม่มีหน่วยในสังกัดที่จะเชิญได้',
  made: (input: { unit: string; role: Role; code: string; expiresAt: number }) =>
    `รหัสเข้าร่วม${input.unit} (${ROLE[input.role]})\n\n${input.code}\n\nใช้ได้ครั้งเดียว ${until(input.expiresAt)} ส่งต่อข้อความนี้ให้ผู้ที่ได้รับแต่งตั้งเท่านั้น\nวิธีใช้: เพิ่มเพื่อนบัญชีนี้ใน LINE แล้วพิมพ์รหัสข้างต้น`,
} as const

export const DUTIES = {
  only: (unit: string) => `ท่านมีหน้าที่เดียว คือ ${unit}`,
  title: 'ท่านทำหน้าที่ใดอยู่',
  alt: 'เลือกหน้าที่ที่จะใช้ในแชตนี้',
  over: 'หน้าที่ของท่าน',
  current: 'ใช้อยู่',
  item: (number: number, unit: string, role: Role) => `${number}. ${unit} (${ROLE[role]})`,
  typed: (number: number) => `${SAY.switchDuty} ${number}`,
  switched: (unit: string, role: Role) => `เปลี่ยนเป็น${ROLE[role]}ของ ${unit} แล้ว`,
  noSuch: `ไม่มีหน้าที่ลำดับนี้ พิมพ์ ${SAY.switchDuty} เพื่อดูรายการ`,
  concerns: (input: { unit: string; current: string; number: number }) =>
    `เรื่องของ ${input.unit} (ขณะนี้ท่านใช้หน้าที่ของ ${input.current}) กดปุ่มในบัตรได้ทันที หากพิมพ์เอง ให้พิมพ์ ${SAY.switchDuty} ${input.number} ก่อน`,
  ended: `หน้าที่ของปุ่มนี้สิ้นสุดแล้ว จึงไม่ได้ดำเนินการ พิมพ์ ${SAY.status} เพื่อดูหน้าที่ปัจจุบัน`,
} as const
