import type { Role } from '../../db/schema.ts'
import { time, until } from './dates.ts'
import { SAY } from './say.ts'
import { ROLE } from './terms.ts'

export const JOIN = {
  how: 'ท่านยังไม่ได้ผูกบัญชีกับหน่วยใด\nโปรดขอรหัสเข้าร่วม 8 ตัว (สถานศึกษาขอจาก อปท. ส่วน อปท. ขอจากจังหวัด และจังหวัดขอจากกรม) แล้วพิมพ์รหัสนั้นในแชตนี้ เช่น ABCD-EFGH',
  badCode: 'ไม่พบรหัสนี้ หรือรหัสถูกใช้แล้วหรือหมดอายุ\nโปรดตรวจตัวอักษรอีกครั้ง หรือขอรหัสใหม่จากผู้ที่ออกรหัสให้',
  tooManyCodes: (at: number) =>
    `บัญชีนี้พิมพ์รหัสที่ใช้ไม่ได้หลายรหัสติดต่อกัน เพื่อป้องกันการเดารหัส ระบบจึงยังไม่ตรวจรหัสให้ โปรดพิมพ์รหัสอีกครั้งหลังเวลา ${time(at)}\nระหว่างนี้โปรดตรวจตัวอักษรกับผู้ที่ออกรหัสให้ หรือขอรหัสใหม่`,
  title: 'รับหน้าที่นี้ใช่หรือไม่',
  alt: 'รหัสเข้าร่วม โปรดตรวจหน่วยและหน้าที่ก่อนยอมรับ',
  over: 'รหัสเข้าร่วม',
  unit: 'หน่วย',
  duty: 'หน้าที่',
  order: 'คำสั่งแต่งตั้ง',
  replaces: 'รับหน้าที่แทน',
  person: 'ออกให้แก่',
  note: 'เมื่อยอมรับ บัญชี LINE นี้จะทำหน้าที่แทนหน่วยข้างต้น การดำเนินการทุกครั้งบันทึกในชื่อของท่าน',
  accept: 'ยอมรับ',
  decline: 'ไม่ยอมรับ',
  declined: 'ไม่ได้เข้าร่วม รหัสยังใช้ได้ หากได้รับรหัสผิด โปรดแจ้งผู้ที่ส่งให้',
  nothingToAccept: 'ไม่มีรหัสที่รอการยอมรับ โปรดพิมพ์รหัสเข้าร่วม 8 ตัวก่อน',
  accepted: (unit: string, role: Role) => `เข้าร่วมแล้ว ท่านเป็น${ROLE[role]}ของ ${unit}`,
  askEmail: `โปรดพิมพ์อีเมลบัญชี Google ที่จะใช้แก้ไขตาราง เช่น ${SAY.email} somsri@gmail.com\n(ต้องเป็นบัญชี Google จึงจะแก้ไขตารางได้)`,
  nameFirst: `การดำเนินการทุกครั้งต้องบันทึกชื่อผู้ดำเนินการ โปรดพิมพ์ชื่อและนามสกุลก่อน เช่น ${SAY.name} สมศรี ใจดี แล้วดำเนินการต่อ`,
  askName: `โปรดพิมพ์ชื่อและนามสกุลของท่านเพื่อใช้ในใบรับ เช่น ${SAY.name} สมศรี ใจดี`,
  notAnAddress: 'อีเมลนี้ไม่ถูกต้อง โปรดพิมพ์ใหม่ เช่น somsri@gmail.com',
  emailTaken: (email: string) => `บันทึกอีเมล ${email} แล้ว`,
  ready: 'ตารางของหน่วยท่านจะเปิดแก้ไขได้ด้วยบัญชี Google นี้ในอีกสักครู่ หากอีเมลนี้ไม่ใช่บัญชี Google จะแจ้งในแชตนี้',
  preparing: 'ระบบกำลังเตรียมตารางของหน่วยท่าน จะแจ้งลิงก์ในแชตนี้เมื่อพร้อม',
  noSheet: `ดูความคืบหน้า พิมพ์ ${SAY.status}`,
  readyTitle: 'บันทึกแล้ว กำลังเปิดสิทธิ์',
  readyAlt: 'กำลังเปิดสิทธิ์แก้ไขตาราง',
  nameTaken: (name: string) => `บันทึกชื่อ ${name} แล้ว`,
  nameKnown: 'มีชื่อของท่านในระบบแล้ว หากไม่ถูกต้อง โปรดแจ้งผู้ที่ออกรหัสเข้าร่วมให้ท่าน',
  notAName: `ชื่อนี้ไม่ถูกต้อง โปรดพิมพ์ชื่อและนามสกุล เช่น ${SAY.name} สมศรี ใจดี`,
  askEmailAgain: `โปรดพิมพ์อีเมลบัญชี Google เช่น ${SAY.email} somsri@gmail.com`,
} as const

export const WELCOME = {
  newcomer: 'ยินดีต้อนรับสู่ระบบยืนยันจำนวนนักเรียนและเด็กเล็กของ อปท. (LEC Confirm)',
  back: (unit: string) => `ยินดีต้อนรับกลับมา ท่านอยู่ในหน้าที่ของ ${unit}`,
} as const

export const INVITE = {
  which: (below: string) => `โปรดพิมพ์ชื่อหน่วยที่จะเชิญ เช่น ${SAY.invite} ${below}`,
  nobodyBelow: 'ท่านไม่มีหน่วยในความรับผิดชอบที่จะเชิญได้',
  unreadDate: (typed: string) =>
    `อ่านวันที่ของคำสั่ง “${typed}” ไม่ได้ จึงยังไม่ได้ออกรหัส โปรดพิมพ์ใหม่ เช่น คำสั่งที่ 12/2567 ลงวันที่ 3 พ.ค. 2567`,
  nobodySuch: (unit: string, name: string) =>
    `ไม่พบ “${name}” เป็นผู้รับผิดชอบของ ${unit} จึงยังไม่ได้ออกรหัส ดูรายชื่อ พิมพ์ ${SAY.inCharge} ${unit}`,
  made: (input: {
    unit: string
    role: Role
    code: string
    expiresAt: number
    order: string
    replaces: string | null
  }) =>
    `รหัสเข้าร่วม${input.unit} (${ROLE[input.role]})${input.order === '' ? '' : `\nคำสั่งที่ ${input.order}`}${input.replaces ? `\nแทน ${input.replaces} ซึ่งจะพ้นหน้าที่เมื่อผู้รับรหัสกดยอมรับ` : ''}\n\n${input.code}\n\nใช้ได้ครั้งเดียว ${until(input.expiresAt)} ส่งต่อข้อความนี้ให้ผู้ที่ได้รับแต่งตั้งเท่านั้น\nวิธีใช้: เพิ่มเพื่อนบัญชีนี้ใน LINE แล้วพิมพ์รหัสข้างต้น`,
} as const

export const DUTIES = {
  only: (unit: string) => `ท่านมีหน้าที่เดียว คือหน้าที่ของ ${unit}`,
  title: 'เลือกหน้าที่ที่จะใช้',
  alt: 'เลือกหน้าที่ที่จะใช้ในแชตนี้',
  over: 'หน้าที่ของท่าน',
  current: '· ใช้อยู่ขณะนี้',
  item: (number: number, unit: string, role: Role) => `${number}. ${unit} (${ROLE[role]})`,
  typed: (number: number) => `${SAY.switchDuty} ${number}`,
  switched: (unit: string, role: Role) => `เปลี่ยนเป็น${ROLE[role]}ของ ${unit} แล้ว`,
  noSuch: `ไม่มีหน้าที่ลำดับนี้ พิมพ์ ${SAY.switchDuty} เพื่อดูรายการ`,
  concerns: (input: { unit: string; current: string; number: number }) =>
    `เรื่องของ ${input.unit} (ขณะนี้ท่านใช้หน้าที่ของ ${input.current}) กดปุ่มในข้อความได้ทันที หากพิมพ์เอง ให้พิมพ์ ${SAY.switchDuty} ${input.number} ก่อน`,
  ended: `หน้าที่ที่ใช้กับปุ่มนี้สิ้นสุดแล้ว จึงไม่ได้ดำเนินการ พิมพ์ ${SAY.status} เพื่อดูหน้าที่ปัจจุบัน`,
} as const
