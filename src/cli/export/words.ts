import { dayAndTime, until } from '../../bot/words/dates.ts'
import type { InstitutionKind, LaoKind } from '../../db/schema.ts'
import type { CheckWhat, KnownCause } from '../../workflow/export-checks.ts'
import type { ExportedComponent, ExportState } from '../../workflow/export-lines.ts'
import { maskNumbers } from '../../workflow/rules/roster/mask-id.ts'

export const STATE: Record<ExportState, string> = {
  confirmed: 'ยืนยันแล้ว',
  correcting: 'อยู่ระหว่างแก้ไข (ตัวเลขที่ยืนยันครั้งล่าสุด)',
  open: 'ยังไม่ยืนยัน',
  not_required: 'ไม่ต้องยืนยัน',
  not_applicable: 'ไม่มี',
}

export const KIND: Record<string, string> = {
  school: 'โรงเรียน',
  college: 'วิทยาลัย',
  child_centre: 'ศูนย์พัฒนาเด็กเล็ก',
  pao: 'องค์การบริหารส่วนจังหวัด',
  city_municipality: 'เทศบาลนคร',
  town_municipality: 'เทศบาลเมือง',
  subdistrict_municipality: 'เทศบาลตำบล',
  sao: 'องค์การบริหารส่วนตำบล',
  special: 'รูปแบบพิเศษ',
} satisfies Record<InstitutionKind | LaoKind, string>

export const SHEET = {
  cover: 'ปก',
  nation: 'ประเทศ',
  provinces: 'จังหวัด',
  laos: 'อปท.',
  institutions: 'สถานศึกษา',
  others: 'สังกัดอื่น',
  checks: 'ตรวจยอด',
  roster: 'รายชื่อ',
} as const

const NOTE = {
  late: (dueAt: number) => `ยืนยันหลังกำหนด (กำหนด${until(dueAt)})`,
  drifted: 'แก้ไขหลังยืนยัน (ตารางต่างจากที่ยืนยัน ตัวเลขนี้คือที่ยืนยันไว้)',
  neverAgain: 'ปิดรอบโดยไม่ได้ยืนยันใหม่',
  gone: 'ปิดหรือยุบรวมแล้ว ไม่รวมในยอด',
  notCovered: 'หน่วยในสังกัดเปลี่ยนหลังยืนยัน ต้องยืนยันใหม่',
  notDeclared: 'ไม่มีสถานศึกษาและสังกัดอื่น รอจังหวัดบันทึกว่าไม่ต้องยืนยัน',
} as const

/** Everything that must be known beside a figure, most important first. */
export function notesOf(component: ExportedComponent, of: { gone?: boolean; covers?: boolean } = {}): string {
  const { state, reason, drifted, lapsed, reported } = component
  return [
    ...(of.gone ? [NOTE.gone] : []),
    ...(state === 'not_required' && reason ? [`เหตุผล: ${maskNumbers(reason)}`] : []),
    ...(lapsed ? [NOTE.neverAgain] : []),
    ...(drifted ? [NOTE.drifted] : []),
    ...(of.covers === false ? [NOTE.notCovered] : []),
    ...(reported && reported.afterDueAt !== null ? [NOTE.late(reported.afterDueAt)] : []),
  ].join(' · ')
}

export const NOT_DECLARED = NOTE.notDeclared

export const CHECK: Record<CheckWhat, string> = {
  rows: 'จำนวนในใบรับ เทียบกับรายการที่ยืนยัน',
  totals: 'ยอดสรุปที่ยืนยัน เทียบกับรายการที่ยืนยัน',
  sexes: 'ยอดสรุปแยกเพศ เทียบกับรายการที่ยืนยัน',
  grades: 'จำนวนในใบรับ เทียบกับผลรวมแยกชั้น',
  log: 'จำนวนในบันทึกการดำเนินการ เทียบกับใบรับ',
  'overview-unit': 'จำนวนในภาพรวมที่ยืนยัน เทียบกับใบรับของสถานศึกษา',
  overview: 'ยอดภาพรวมที่ยืนยัน เทียบกับผลรวมของสถานศึกษา',
  'other-rows': 'ยอดสังกัดอื่นในใบรับ เทียบกับผลรวมรายแห่ง',
  province: 'ยอดจังหวัดที่ยืนยัน เทียบกับผลรวมของ อปท.',
  sum: 'ผลรวมในตารางสรุป เทียบกับผลรวมของแถว',
}

export const CAUSE: Record<KnownCause, string> = {
  correcting: 'หน่วยนี้อยู่ระหว่างแก้ไข ยังไม่ได้ยืนยันใหม่',
  'units-changed': 'หน่วยในสังกัดเพิ่ม ปิด หรือย้าย หลังหน่วยนี้ยืนยัน',
}

export const CHECKS = {
  unknown: 'ไม่ทราบสาเหตุ โปรดตรวจสอบกับบันทึกการดำเนินการ (lec verify-log)',
  none: 'ไม่พบยอดที่ต่างกัน',
  headers: ['รหัส', 'หน่วย', 'รายการตรวจ', 'ตามที่บันทึก', 'ตามที่นับได้', 'ต่างกัน', 'สาเหตุ'],
} as const

export const moment = (at: number | null): string | null => (at === null ? null : dayAndTime(at))
