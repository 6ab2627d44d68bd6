import type { Component, UnitKind } from '../../db/schema.ts'
import type { OverviewChange } from '../../workflow/overview-look.ts'
import { count, dayAndTime, until } from './dates.ts'
import { SAY } from './say.ts'
import { people } from './status-words.ts'
import { ABOVE, COMPONENT, pupils } from './terms.ts'

/** The name that receipts and exports give to the system the confirmation was made in (R1). */
export const SYSTEM_NAME = 'LEC Confirm'

export const READ_BACK = {
  title: 'ข้อมูลที่ระบบอ่านได้ขณะนี้',
  countsTitle: 'จำนวนสังกัดอื่นที่ระบบอ่านได้ขณะนี้',
  alt: 'อ่านตารางแล้ว โปรดตรวจยอดก่อนยืนยัน',
  clean: 'ไม่พบข้อผิดพลาด โปรดตรวจยอดให้ตรงกับหลักฐาน',
  checkEveryone: (kind: UnitKind) =>
    `ก่อนยืนยัน ต้องตรวจ${pupils(kind)}ทุกคนว่ามีตัวตนอยู่จริง หากพบผู้ไม่มีตัวตน ให้นำออกก่อน โดยเลือกสถานะ ไม่มีตัวตน ในตาราง`,
  attest: (counted: number) => `ตรวจแล้ว มีตัวตนจริงทั้ง ${people(counted)}`,
  explained: (points: number) => `มีคำชี้แจงประกอบ ${count(points)} จุด`,
} as const

const hasSheet = (component: Component): boolean => component === 'roster' || component === 'other_counts'

export const SECOND_STEP = {
  title: (counted: number) => `ยืนยันข้อมูล ${people(counted)} ใช่หรือไม่`,
  alt: 'ขั้นสุดท้ายก่อนยืนยันข้อมูล',
  attested: 'บันทึกแล้วว่าท่านรับรองการมีตัวตนของทุกคน',
  noUndo: (component: Component) =>
    `ยืนยันแล้วแก้ไขเองไม่ได้ ${hasSheet(component) ? 'ตารางจะถูกล็อก ' : ''}หากต้องแก้ไข ต้องขอให้${component === 'roster' ? ' ' : ''}${ABOVE[component]}ยกเลิกการยืนยัน`,
  confirm: (counted: number) => `ยืนยัน ${people(counted)}`,
  notYet: 'ยังไม่ยืนยัน',
} as const

export const OVERVIEW = {
  title: 'ตรวจภาพรวมก่อนยืนยัน',
  alt: 'ภาพรวมของสถานศึกษาในสังกัด โปรดตรวจก่อนยืนยัน',
  total: 'รวมทุกแห่ง',
  before: (counted: number) => `ยืนยันครั้งก่อน ${people(counted)}`,
  first: 'ยืนยันครั้งแรกในรอบนี้',
  unchanged: '(ยอดรวมไม่เปลี่ยนแปลง)',
  changed: (from: number, to: number) => `${people(from)} → ${people(to)} (${to > from ? '+' : ''}${count(to - from)})`,
  added: (to: number) => `${people(to)} (เพิ่งยืนยัน)`,
  sameSince: (at: number) => `ไม่มีการเปลี่ยนแปลงตั้งแต่ท่านดูครั้งก่อน (${dayAndTime(at)})`,
  changedSince: (at: number, changes: number) => `เปลี่ยนแปลงตั้งแต่ท่านดูเมื่อ ${dayAndTime(at)} ${count(changes)} แห่ง`,
  attestNeeded: 'อปท. ต้องตรวจอีกครั้งว่าทุกคนมีตัวตนอยู่จริง แล้วจึงยืนยันภาพรวม',
} as const

/** One institution's change since the last look (R30). */
export function overviewChange(change: OverviewChange): string {
  const to = change.to === null ? '' : ` ${people(change.to)}`
  switch (change.what) {
    case 'new':
      return `${change.name}: เพิ่มเข้ามาใหม่${to}`
    case 'confirmed':
      return `${change.name}: ยืนยันแล้ว${to}`
    case 'figure':
      return `${change.name}: ยืนยันใหม่ ${OVERVIEW.changed(change.from ?? 0, change.to ?? 0)}`
    case 'again':
      return `${change.name}: เปิดแก้ไขแล้วยืนยันใหม่ ยอดเท่าเดิม${to}`
    case 'reopened':
      return `${change.name}: เปิดแก้ไขอยู่`
    case 'gone':
      return `${change.name}: ไม่อยู่ในรายการแล้ว`
  }
}

export const PROVINCE = {
  title: 'ยืนยันข้อมูลของจังหวัด',
  alt: 'อปท. ครบถ้วนและตรวจสอบแล้ว พร้อมยืนยันระดับจังหวัด',
  confirm: 'ยืนยันข้อมูลจังหวัด',
  markTitle: 'ตรวจสอบ อปท. ที่ครบถ้วนแล้ว',
  markAlt: 'อปท. ที่ครบถ้วน รอการตรวจสอบของจังหวัด',
  markNote: 'ปุ่มนี้บันทึกว่า ตรวจสอบแล้ว เฉพาะ อปท. ที่แสดงด้านบน หากข้อมูลแห่งใดเปลี่ยน ต้องตรวจสอบแห่งนั้นใหม่',
  markAll: (laos: number) => `ตรวจสอบแล้วทั้ง ${laos} แห่ง`,
  markOne: (name: string) => `ตรวจสอบแล้ว: ${name}`,
  marked: (laos: number) => `บันทึกว่าตรวจสอบแล้ว ${laos} แห่ง`,
  changed: (names: string) => `ยังไม่ได้บันทึก เพราะข้อมูลเปลี่ยนไปจากที่แสดง: ${names} โปรดตรวจสอบใหม่ พิมพ์ ${SAY.markChecked}`,
  nothingToMark: `ไม่มี อปท. ที่ครบถ้วนและรอการตรวจสอบในขณะนี้ ดูแห่งที่ยังไม่ครบถ้วน พิมพ์ ${SAY.left}`,
} as const

export const SPARE = {
  which: `โปรดพิมพ์ชื่อ อปท. ที่ไม่มีทั้งสถานศึกษาในสังกัดและสังกัดอื่น เช่น ${SAY.notRequired} อบต.บ้านนา`,
  whichInstitution: `โปรดพิมพ์ชื่อสถานศึกษาที่ไม่มีผู้เรียนในรอบนี้ เช่น ${SAY.notRequired} ศพด.บ้านนา`,
  askInstitution: (name: string) =>
    `จะบันทึกว่า ${name} ไม่มีผู้เรียนและไม่ต้องยืนยันในรอบนี้\nโปรดพิมพ์เหตุผล เช่น "ยังไม่เปิดรับเด็กในปีการศึกษานี้" (หากเปลี่ยนใจ พิมพ์ ${SAY.stop})`,
  notBare: (name: string) =>
    `${name} มีสถานศึกษาในสังกัดหรือสังกัดอื่นที่ต้องยืนยัน หรือมีการบันทึกไว้ก่อนแล้ว จึงบันทึกว่าไม่ต้องยืนยันไม่ได้ ดูรายละเอียด พิมพ์ ${SAY.status} ${name}`,
  askReason: (name: string) =>
    `จะบันทึกว่า ${name} ไม่ต้องยืนยันในรอบนี้\nโปรดพิมพ์เหตุผล เช่น "ไม่มีสถานศึกษาในสังกัดและสังกัดอื่น" (หากเปลี่ยนใจ พิมพ์ ${SAY.stop})`,
  done: (name: string) => `บันทึกว่า ${name} ไม่ต้องยืนยันในรอบนี้แล้ว`,
  button: (name: string) => `ไม่ต้องยืนยัน: ${name}`,
} as const

export const RECEIPT = {
  title: (component: Component) => `ใบรับการยืนยัน${COMPONENT[component]}`,
  alt: 'ใบรับการยืนยันข้อมูล',
  chip: 'ยืนยันแล้ว',
  number: 'เลขที่',
  system: 'ระบบ',
  unit: 'หน่วย',
  component: 'รายการ',
  counted: 'จำนวน',
  by: 'ผู้ยืนยัน',
  at: 'วันเวลา',
  log: 'รหัสบันทึก',
  afterDue: (dueAt: number, clause: string | null) =>
    `ยืนยันหลังกำหนด (กำหนด${until(dueAt)}${clause ? ` ตาม${clause}` : ''})`,
  cancelled: (at: number) => `ใบรับนี้ถูกยกเลิกเมื่อ ${dayAndTime(at)}`,
  noUndo: `แก้ไขเองไม่ได้แล้ว หากต้องแก้ไข พิมพ์ ${SAY.askReopening}`,
} as const

export const CONFIRM_ANSWERS = {
  notYet: `ยังไม่ได้ยืนยัน ข้อมูลยังแก้ไขได้ตามเดิม เมื่อพร้อมแล้ว พิมพ์ ${SAY.confirm}`,
  countDiffers: (typed: number, shown: number, again: string = SAY.confirm) =>
    `ยังไม่ได้ดำเนินการ เพราะจำนวนที่พิมพ์ (${count(typed)}) ไม่ตรงกับจำนวนที่แสดงล่าสุด (${count(shown)}) โปรดตรวจแล้วพิมพ์จำนวนให้ตรง หรือพิมพ์ ${again} เพื่อดูยอดใหม่`,
  attestFirst: `ต้องดูยอดและรับรองการมีตัวตนก่อนจึงจะยืนยันได้ พิมพ์ ${SAY.confirm} เพื่อเริ่ม`,
  nothingShown: `ยังไม่ได้บันทึก โปรดพิมพ์ ${SAY.attest} ตามด้วยจำนวนคนที่แสดงล่าสุด หรือพิมพ์ ${SAY.confirm} เพื่อดูยอดใหม่`,
  chooseTitle: 'ยืนยันรายการใด',
  chooseAlt: 'เลือกรายการที่จะยืนยัน',
  departmentNone: `ระดับกรมไม่ต้องยืนยัน หากต้องการดูความคืบหน้าของทุกจังหวัด พิมพ์ ${SAY.status}`,
  refusedAlt: 'ยังดำเนินการไม่ได้ โปรดดูรายละเอียด',
} as const

export const typedAttest = (counted: number): string => `${SAY.attest} ${counted}`

export function typedConfirm(component: Component, counted: number): string {
  if (component === 'overview') return `${SAY.confirmOverview} ${counted}`
  if (component === 'other_counts') return `${SAY.confirmOtherCounts} ${counted}`
  if (component === 'province') return `${SAY.confirmProvince} ${counted}`
  return `${SAY.confirm} ${counted}`
}

export const otherRow = (row: { current: number | null; baseline: number | null; checked: boolean }): string => {
  const figure = row.current === null ? 'ยังไม่กรอก' : people(row.current)
  const before = row.baseline === null ? '' : ` (เดิม ${count(row.baseline)})`
  return `${figure}${before}${row.checked ? '' : ' ยังไม่ตรวจ'}`
}
