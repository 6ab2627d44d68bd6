import type { Round } from '../../workflow/rounds.ts'
import type { Phase } from '../../workflow/rules/round-window.ts'
import { SAY } from './say.ts'

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
  extended: (until: string) => `หน่วยของท่านได้รับการขยายเวลา: ${until}`,
} as const

export const HELP = {
  alt: 'สิ่งที่ทำได้ในแชตนี้',
  title: 'สิ่งที่ทำได้ในแชตนี้',
  helpDesk: 'สอบถามเพิ่มเติม',
  status: 'ดูยอด ข้อผิดพลาด และกำหนดเวลา',
  confirmInstitution: 'ระบบอ่านตารางใหม่ ท่านตรวจยอด รับรอง แล้วยืนยัน',
  confirmLao: 'ยืนยันภาพรวม และยืนยันจำนวนสังกัดอื่น',
  confirmProvince: 'ยืนยันข้อมูลทั้งจังหวัด',
  markChecked: 'ทำเครื่องหมาย อปท. ที่ตรวจสอบแล้ว',
  notRequired: 'บันทึกว่า อปท. ที่ไม่มีสถานศึกษาใดไม่ต้องยืนยัน',
  spare: 'บันทึกว่าสถานศึกษาที่ไม่มีผู้เรียนในรอบนี้ไม่ต้องยืนยัน',
  askReopening: 'ขอแก้ไขหลังยืนยันแล้ว',
  requests: 'คำขอยกเลิกการยืนยันที่รอท่าน',
  cancel: 'ยกเลิกการยืนยันของหน่วยในความรับผิดชอบ พร้อมเหตุผล',
  left: 'หน่วยในความรับผิดชอบที่ยังไม่ยืนยัน',
  sharedPupils: 'ดูรายชื่อที่ซ้ำกันระหว่างสถานศึกษา และวิธีดำเนินการ',
  deadlines: 'กำหนดเวลาทั้งหมดของรอบ',
  extend: 'ขยายเวลาให้หน่วยที่ระบุ พร้อมหนังสือและเหตุผล',
  lateTaps: 'คำสั่งที่กดก่อนปิดระบบแต่มาถึงช้า รอกรมพิจารณา',
  found: 'บันทึกผู้เรียนที่พบภายหลังปิดระบบว่าไม่มีตัวตน',
  agree: 'นัดวันเวลาส่งข้อมูลระหว่างสถานศึกษากับ อปท.',
  spotCheck: 'สุ่มตรวจสถานศึกษาและผู้เรียน และบันทึกผล',
  inCharge: 'ผู้รับผิดชอบของหน่วยท่านและหน่วยเหนือ',
  invite: 'ออกรหัสเข้าร่วมให้หน่วยในความรับผิดชอบ',
  email: 'เปลี่ยนบัญชี Google ที่แก้ไขตาราง',
  switchDuty: 'เลือกหน้าที่ที่จะใช้ เมื่อท่านมีหลายหน้าที่',
  gcode:
    'ผู้เรียนที่ไม่มีหลักฐานทะเบียนราษฎรหรือไม่มีสัญชาติไทย ขอรหัส G-Code ที่ http://www.gcode.moe.go.th แล้วนำมากรอกในตาราง (เด็กต่างชาติที่เกิดในไทยมีเลข 13 หลัก ให้ใช้เลขนั้น)',
  cancelExample: `${SAY.cancel} (ชื่อหน่วย)`,
  notRequiredExample: `${SAY.notRequired} (ชื่อ อปท.)`,
  spareExample: `${SAY.notRequired} (ชื่อสถานศึกษา)`,
  inviteExample: `${SAY.invite} (ชื่อหน่วย)`,
  emailExample: `${SAY.email} (ที่อยู่ของบัญชี Google)`,
} as const
