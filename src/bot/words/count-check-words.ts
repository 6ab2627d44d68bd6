import type { OtherInstitution } from '../../workflow/record-counts.ts'
import { count } from './dates.ts'
import { SAY } from './say.ts'
import { people } from './status-words.ts'

/** Words about the totals of institutions of other affiliations (R23, R24). */
export const COUNT_CHECK = {
  title: 'ตรวจจำนวนสังกัดอื่น',
  alt: 'จำนวนนักเรียนของสถานศึกษาสังกัดอื่น โปรดตรวจ',
  open: 'ยังไม่ได้ตรวจ จำนวนเดิมคือ',
  inSheet: 'ต้องกรอกหรือแก้ไขในตาราง',
  checked: 'ตรวจแล้ว',
  unchanged: (rows: number) => `ตรวจแล้ว ไม่เปลี่ยนแปลง ${count(rows)} แห่ง`,
  one: (name: string) => `ไม่เปลี่ยนแปลง: ${name}`,
  note: 'ปุ่มนี้บันทึกว่า ตรวจสอบแล้ว ไม่เปลี่ยนแปลง เฉพาะแห่งที่ยังไม่ได้ตรวจซึ่งแสดงในหน้านี้ ตามจำนวนที่แสดง',
  sheetNote: 'แห่งที่จำนวนเปลี่ยน ประกาศเลิก (0 คน) หรือไม่มีจำนวนเดิม โปรดกรอกในตารางและทำเครื่องหมายว่าตรวจแล้ว',
  oneHint: `บันทึกแห่งเดียว พิมพ์ ${SAY.countsUnchanged} ตามด้วยชื่อสถานศึกษา`,
  saved: (rows: number) => `บันทึกว่าตรวจแล้ว ไม่เปลี่ยนแปลง ${count(rows)} แห่ง (การบันทึกยังไม่ใช่การยืนยัน)`,
  changed: (names: string) => `ยังไม่ได้บันทึก เพราะจำนวนเปลี่ยนไปจากที่แสดง: ${names} โปรดตรวจในตาราง`,
  none: 'อปท. ของท่านไม่มีสถานศึกษาสังกัดอื่นที่ต้องตรวจ',
  seeAll: `ดูทุกแห่ง พิมพ์ ${SAY.checkCounts}`,
} as const

export const typedUnchanged = (rows: number): string => `${SAY.countsUnchanged} ${rows}`

/** One institution of another affiliation with what is known of its figure. */
export function countCheckItem(row: OtherInstitution): string {
  const before = row.baseline === null ? 'ไม่มีจำนวนเดิม' : `เดิม ${count(row.baseline)} คน`
  const shown = row.current ?? row.checkedAs
  if (shown === null || shown === row.baseline) return `${row.name} · ${before}`
  return `${row.name} · ${people(shown)} (${before})`
}
