import type { UnitLevel } from '../../db/schema.ts'
import type { Round } from '../../workflow/rounds.ts'
import type { Phase } from '../../workflow/rules/round-window.ts'
import { SAY } from './say.ts'
import { ABOVE_LEVEL, spacedBefore } from './terms.ts'

export const PHASE: Record<Phase, string> = {
  draft: 'ยังไม่เปิด',
  recording: 'เปิดบันทึก',
  confirming: 'เปิดยืนยัน',
  recording_closed: 'ปิดบันทึกแล้ว',
  closed: 'ปิดรอบแล้ว',
  archived: 'เก็บเข้าแฟ้ม',
}

type InstantField =
  | 'recordingOpensAt'
  | 'confirmingOpensAt'
  | 'institutionDueAt'
  | 'laoDueAt'
  | 'otherCountsDueAt'
  | 'provinceDueAt'
  | 'recordingClosesAt'
  | 'closesAt'

/** Every instant of a round in the order of time; `opens` ones begin, the others end. */
export const ROUND_INSTANTS: readonly { field: InstantField; label: string; opens: boolean }[] = [
  { field: 'recordingOpensAt', label: 'เปิดบันทึกข้อมูล', opens: true },
  { field: 'confirmingOpensAt', label: 'เปิดยืนยันข้อมูล', opens: true },
  { field: 'institutionDueAt', label: 'สถานศึกษายืนยัน', opens: false },
  { field: 'otherCountsDueAt', label: 'อปท. ยืนยันสังกัดอื่น', opens: false },
  { field: 'laoDueAt', label: 'อปท. ยืนยันภาพรวม', opens: false },
  { field: 'provinceDueAt', label: 'จังหวัดยืนยัน', opens: false },
  { field: 'recordingClosesAt', label: 'สถานศึกษาและ อปท. บันทึก ยืนยัน และยกเลิกได้ (ปิดระบบ)', opens: false },
  { field: 'closesAt', label: 'จังหวัดยืนยันและยกเลิกได้ (ปิดรอบ)', opens: false },
]

export const DEADLINES = {
  alt: 'กำหนดเวลาของรอบนี้',
  title: 'กำหนดเวลา',
  assumed: '(ระบบกำหนดเอง เอกสารไม่ได้ระบุ)',
  clause: (clause: string) => `ตาม${clause}`,
  letter: (round: Round, date: string | null) => `หนังสือ ${round.letterNumber ?? ''}${date ? ` ลงวันที่ ${date}` : ''}`,
  asOf: (moment: string) => `ข้อมูล ณ ${moment}`,
  extended: (until: string) => `หน่วยของท่านได้รับการขยายเวลา: ${until}`,
} as const

export const HELP = {
  alt: 'สิ่งที่ทำได้ในแชตนี้',
  title: 'สิ่งที่ทำได้ในแชตนี้',
  helpDesk: 'สอบถามเพิ่มเติม',
  work: 'งานในหน้าที่',
  nowLine: (phase: string) => `ขณะนี้: ${phase}`,
  looks: 'ดูข้อมูลและตั้งค่า',
  duties: (count: number) => `ท่านมี ${count} หน้าที่ รายการนี้เป็นของหน้าที่ที่ใช้อยู่`,
  notNow: (why: string) => `ขณะนี้ยังทำไม่ได้: ${why}`,
  anyWords: 'พิมพ์เป็นประโยคธรรมดาได้ ไม่ต้องพิมพ์ให้ตรงทุกตัวอักษร',
  history: 'การดำเนินการที่บันทึกไว้ในชื่อของท่าน',
  historyOf: 'การดำเนินการที่หน่วยในความรับผิดชอบ',
  settings: 'เลขไทย และเวลางดแจ้งเตือน',
  nudge: 'เตือนหน่วยที่ยังไม่ยืนยัน แห่งเดียวหรือทุกแห่ง',
  checkCounts: 'ตรวจจำนวนสังกัดอื่นทีละแห่งหรือทั้งหมด',
  announce: 'แจ้งประกาศถึงหน่วยในความรับผิดชอบ',
  officialReminder: 'ร่างหนังสือเตือนสำหรับคัดลอก',
  handover: 'ดูงานที่ค้างทั้งหมดเพื่อส่งมอบ',
  linkGroup: `ให้บัญชีนี้ตอบข้อมูลทั่วไปในกลุ่ม LINE (เลิก พิมพ์ ${SAY.unlinkGroup})`,
  leave: 'ยกเลิกการผูกบัญชี LINE นี้',
  newcomerTitle: 'เริ่มใช้งาน',
  newcomerAlt: 'วิธีเริ่มใช้งาน',
  newcomer: [
    '1. ขอรหัสเข้าร่วม 8 ตัว (สถานศึกษาขอจาก อปท. ส่วน อปท. ขอจากจังหวัด และจังหวัดขอจากกรม)',
    '2. พิมพ์รหัสในแชตนี้ หรือสแกน QR ที่ได้รับ',
    '3. ตรวจชื่อหน่วยและหน้าที่ แล้วพิมพ์ ยอมรับ',
    '4. เจ้าหน้าที่สถานศึกษาและ อปท. แจ้งบัญชี Google ที่จะใช้แก้ไขตาราง',
  ],
  status: 'ดูยอด ข้อผิดพลาด และกำหนดเวลา',
  confirmInstitution: 'ระบบอ่านตารางใหม่ ท่านตรวจยอด รับรอง แล้วยืนยัน',
  confirmLao: 'ยืนยันภาพรวม และยืนยันจำนวนสังกัดอื่น',
  confirmProvince: 'ยืนยันข้อมูลทั้งจังหวัด',
  markChecked: 'ทำเครื่องหมาย อปท. ที่ตรวจสอบแล้ว',
  notRequired: 'บันทึกว่า อปท. ที่ไม่มีสถานศึกษาใดไม่ต้องยืนยัน',
  spare: 'บันทึกว่าสถานศึกษาที่ไม่มีผู้เรียนในรอบนี้ไม่ต้องยืนยัน',
  askReopening: `ขอแก้ไขหลังยืนยันแล้ว (เปลี่ยนใจ พิมพ์ ${SAY.withdraw})`,
  requests: 'คำขอยกเลิกการยืนยันที่รอท่าน',
  cancel: 'ยกเลิกการยืนยันของหน่วยในความรับผิดชอบ พร้อมเหตุผล',
  left: 'หน่วยในความรับผิดชอบที่ยังไม่ยืนยัน',
  sharedPupils: 'ดูรายชื่อที่ซ้ำกันระหว่างสถานศึกษา และวิธีดำเนินการ',
  deadlines: 'กำหนดเวลาทั้งหมดของรอบ',
  extend: `ขยายเวลาให้หน่วยที่ระบุ พร้อมหนังสือและเหตุผล (ให้สิ้นสุดก่อน พิมพ์ ${SAY.endExtension})`,
  lateTaps: 'คำสั่งที่กดก่อนปิดระบบแต่มาถึงช้า รอกรมพิจารณา',
  found: 'บันทึกผู้เรียนที่พบว่าไม่มีตัวตนภายหลังปิดระบบ',
  agree: 'นัดวันเวลาส่งข้อมูลระหว่างสถานศึกษากับ อปท.',
  spotCheck: 'สุ่มตรวจสถานศึกษาและผู้เรียน และบันทึกผล',
  inCharge: (level: UnitLevel) =>
    level === 'department' ? 'ผู้รับผิดชอบของกรม' : `ผู้รับผิดชอบของหน่วยท่าน และของ${spacedBefore(ABOVE_LEVEL[level])}`,
  invite: 'ออกรหัสเข้าร่วมให้หน่วยในความรับผิดชอบ',
  email: 'เปลี่ยนบัญชี Google ที่แก้ไขตาราง',
  switchDuty: 'เลือกหน้าที่ที่จะใช้ เมื่อท่านมีหลายหน้าที่',
  gcode:
    'ผู้เรียนที่ไม่มีหลักฐานทะเบียนราษฎรหรือไม่มีสัญชาติไทย ขอรหัส G-Code ที่ http://www.gcode.moe.go.th แล้วนำมากรอกในตาราง (เด็กต่างชาติที่เกิดในไทยมีเลข 13 หลัก ให้ใช้เลขนั้น)',
  cancelExample: `${SAY.cancel} (ชื่อหน่วย)`,
  notRequiredExample: `${SAY.notRequired} (ชื่อ อปท.)`,
  spareExample: `${SAY.notRequired} (ชื่อสถานศึกษา)`,
  inviteExample: `${SAY.invite} (ชื่อหน่วย)`,
  nudgeExample: `${SAY.nudge} (ชื่อหน่วย) / ${SAY.nudgeAll}`,
  historyExample: `${SAY.history} (ชื่อหน่วย)`,
  emailExample: `${SAY.email} (ที่อยู่ของบัญชี Google)`,
} as const
