import type { Role } from '../../db/schema.ts'
import type { DutyChange } from '../../workflow/appointment-changes.ts'
import type { AppointmentState } from '../../workflow/appointment-record.ts'
import { count, day, dayAndTime, isoDay, until } from './dates.ts'
import { SAY } from './say.ts'
import { ROLE, withoutIds } from './terms.ts'

/** "12/2567 ลงวันที่ 3 พฤษภาคม 2567"; empty when no order was named. */
export function orderValue(order: { orderNumber: string | null; orderDate: string | null }): string {
  const dated = order.orderDate ? `ลงวันที่ ${isoDay(order.orderDate)}` : ''
  return [order.orderNumber ?? '', dated].filter((part) => part !== '').join(' ')
}

export const DUTY_ACT: Record<DutyChange, string> = {
  suspend: 'ระงับหน้าที่',
  resume: 'คืนหน้าที่',
  end: 'ให้พ้นหน้าที่',
}

export const DUTY_STATE: Record<AppointmentState, string> = {
  'in-force': 'ปฏิบัติหน้าที่',
  suspended: 'ระงับหน้าที่',
  ended: 'พ้นหน้าที่แล้ว',
}

export const PEOPLE = {
  title: 'ผู้รับผิดชอบ',
  alt: 'ผู้รับผิดชอบของหน่วย',
  order: (value: string) => `คำสั่งที่ ${value}`,
  since: (at: number) => `ตั้งแต่ ${day(at)}`,
  suspended: (at: number, reason: string | null) =>
    `ระงับหน้าที่ตั้งแต่ ${dayAndTime(at)}${reason ? ` เหตุผล: ${withoutIds(reason)}` : ''}`,
  nobody: 'ยังไม่มีผู้รับผิดชอบ',
  certifier: 'หน่วยนี้มีผู้รับรองเป็นบุคคลที่สองก่อนยืนยัน',
  inviteOne: (unit: string) => `${SAY.invite} ${unit}`,
  changeHint: (unit: string) =>
    `ดูและเปลี่ยนผู้รับผิดชอบของหน่วยในความรับผิดชอบ พิมพ์ ${SAY.inCharge} ตามด้วยชื่อหน่วย เช่น ${SAY.inCharge} ${unit}`,
} as const

export const CHANGE = {
  typed: (change: DutyChange, name: string) => `${DUTY_ACT[change]} ${name}`,
  typedNumber: (change: DutyChange, number: number) => `${DUTY_ACT[change]} ลำดับ ${number}`,
  noSuchNumber: (change: DutyChange) =>
    `ไม่พบลำดับนี้ในรายชื่อที่แสดงล่าสุด จึงยังไม่ได้${DUTY_ACT[change]} โปรดดูรายชื่อก่อน พิมพ์ ${SAY.inCharge} ตามด้วยชื่อหน่วย`,
  which: (change: DutyChange) =>
    `โปรดพิมพ์ชื่อผู้รับผิดชอบของหน่วยในความรับผิดชอบ เช่น ${DUTY_ACT[change]} สมศรี ใจดี หรือดูรายชื่อ พิมพ์ ${SAY.inCharge} ตามด้วยชื่อหน่วย`,
  notFound: (name: string) => `ไม่พบผู้รับผิดชอบชื่อ “${name}” ในหน่วยที่ขึ้นตรงต่อท่าน ดูรายชื่อ พิมพ์ ${SAY.inCharge} ตามด้วยชื่อหน่วย`,
  several: (name: string, units: readonly string[]) =>
    `“${name}” ตรงกับผู้รับผิดชอบหลายคน โปรดดูจากหน่วย แล้วกดปุ่มหรือพิมพ์ตามลำดับที่แสดง:\n${units.map((unit) => `• ${SAY.inCharge} ${unit}`).join('\n')}`,
  askReason: (input: { change: DutyChange; name: string; unit: string; role: Role }) =>
    `จะ${DUTY_ACT[input.change]}: ${input.name} (${ROLE[input.role]} ${input.unit})\nโปรดพิมพ์เหตุผลหรือเลขที่คำสั่ง ผู้นั้นจะได้รับแจ้งพร้อมเหตุผลนี้ (หากเปลี่ยนใจ พิมพ์ ${SAY.stop})`,
  done: (input: { change: DutyChange; name: string; unit: string }) =>
    `บันทึกแล้ว: ${DUTY_ACT[input.change]} ${input.name} ของ ${input.unit} มีผลทันที ระบบจะแจ้งผู้นั้น`,
} as const

export const VACANT = {
  alt: 'มีหน่วยที่ยังไม่มีผู้รับผิดชอบ',
  title: 'หน่วยที่ยังไม่มีผู้รับผิดชอบ',
  heading: 'ยังไม่มีผู้รับผิดชอบ',
  next: `หากไม่มีเจ้าหน้าที่ หน่วยจะบันทึกและยืนยันข้อมูลไม่ได้ โปรดออกรหัสเข้าร่วมให้ผู้ที่ได้รับแต่งตั้ง พิมพ์ ${SAY.invite} ตามด้วยชื่อหน่วย`,
  one: (unit: string) => `${unit} ไม่มีผู้รับผิดชอบแล้ว`,
  waiting: (unit: string, matters: number) =>
    matters > 0
      ? `หน่วย ${unit} ไม่มีผู้รับผิดชอบ ขณะนี้มีเรื่องที่รอดำเนินการ ${count(matters)} รายการ`
      : `หน่วย ${unit} ไม่มีผู้รับผิดชอบ ขณะนี้ไม่มีเรื่องที่รอดำเนินการ`,
} as const

export const OVER = {
  how: {
    suspended: (unit: string, at: number) => `หน้าที่ของท่านที่ ${unit} ถูกระงับเมื่อ ${dayAndTime(at)}`,
    ended: (unit: string, at: number) => `หน้าที่ของท่านที่ ${unit} สิ้นสุดเมื่อ ${dayAndTime(at)}`,
    replaced: (unit: string, at: number, by: string) =>
      `หน้าที่ของท่านที่ ${unit} สิ้นสุดเมื่อ ${dayAndTime(at)} โดย ${by} รับหน้าที่ต่อ`,
    resumed: (unit: string) => `ท่านกลับมาปฏิบัติหน้าที่ที่ ${unit} ได้แล้ว พิมพ์ ${SAY.status} เพื่อดูข้อมูลปัจจุบัน`,
  },
  notNamedYet: 'ผู้ได้รับแต่งตั้งคนใหม่ (ยังไม่ได้แจ้งชื่อ)',
  reason: (reason: string) => `เหตุผล: ${withoutIds(reason)}`,
  nothingDone: 'จึงไม่ได้ดำเนินการตามที่ท่านกดหรือพิมพ์',
  now: (names: readonly string[]) =>
    names.length > 0 ? `ผู้รับผิดชอบขณะนี้: ${names.join(', ')}` : 'ขณะนี้หน่วยนี้ยังไม่มีผู้รับผิดชอบ',
  ask: (above: string | null) => (above ? `หากไม่ถูกต้อง โปรดติดต่อ ${above}` : 'หากไม่ถูกต้อง โปรดติดต่อผู้ดูแลระบบของกรม'),
} as const

export const COLLEAGUE = {
  alt: 'มีการเปลี่ยนแปลงผู้รับผิดชอบของหน่วยท่าน',
  title: 'มีการเปลี่ยนแปลงผู้รับผิดชอบ',
  left: (name: string, state: AppointmentState) => `${name}: ${DUTY_STATE[state]}`,
  yours: 'เรื่องที่ค้างอยู่ของหน่วยอยู่ในความรับผิดชอบของท่านต่อไป',
} as const

export const HANDOVER = {
  alt: 'เรื่องที่ค้างอยู่ของหน่วย',
  title: 'เรื่องที่ค้างอยู่ของหน่วย',
  from: (names: readonly string[]) => `รับต่อจาก ${names.join(', ')}`,
  state: 'สถานะ',
  requests: 'คำขอที่รอท่านพิจารณา',
  own: 'คำขอของหน่วยที่รอผล',
  ownWaits: (at: string) => `รอ ${at}`,
  agreements: 'นัดวันเวลาส่งข้อมูลที่รอตอบ',
  hold: 'รายชื่อที่หายไปรอคำตอบ',
  shared: 'รายชื่อซ้ำ',
  submission: 'รอผู้รับรอง',
  vacant: 'หน่วยที่ยังไม่มีผู้รับผิดชอบ',
  people: (n: number) => `${count(n)} ราย`,
  items: (n: number) => `${count(n)} เรื่อง`,
  places: (n: number) => `${count(n)} แห่ง`,
  nothing: 'ไม่มีเรื่องอื่นค้างอยู่',
} as const

export const INVITATIONS = {
  alt: 'รหัสเข้าร่วมที่ยังไม่ได้ใช้',
  title: 'รหัสเข้าร่วมที่ยังไม่ได้ใช้',
  none: `ไม่มีรหัสเข้าร่วมที่ยังไม่ได้ใช้ หากจะออกรหัสใหม่ พิมพ์ ${SAY.invite} ตามด้วยชื่อหน่วย`,
  item: (input: {
    number: number
    unit: string
    role: Role
    order: string
    replaces: string | null
    expiresAt: number
  }) =>
    [
      `${input.number}. ${input.unit} (${ROLE[input.role]})`,
      ...(input.order === '' ? [] : [`คำสั่งที่ ${input.order}`]),
      ...(input.replaces ? [`แทน ${input.replaces}`] : []),
      `ใช้ได้${until(input.expiresAt)}`,
    ].join(' '),
  button: (number: number) => `ยกเลิกรหัสลำดับ ${number}`,
  typed: (number: number) => `${SAY.revokeInvitation} ${number}`,
  revoked: (unit: string) => `ยกเลิกรหัสเข้าร่วมของ ${unit} แล้ว รหัสนั้นใช้ไม่ได้อีก`,
  noSuch: `ไม่มีรหัสลำดับนี้ พิมพ์ ${SAY.invitations} เพื่อดูรายการ`,
  more: (left: number) => `และอีก ${count(left)} รหัส`,
} as const

export const CERTIFIER = {
  on: (unit: string) => `บันทึกแล้ว: ${unit} ต้องมีผู้รับรองก่อนยืนยัน`,
  off: (unit: string) => `บันทึกแล้ว: ${unit} ไม่ต้องมีผู้รับรองแล้ว เจ้าหน้าที่ยืนยันได้เอง`,
  already: (unit: string, on: boolean) => `${unit} ${on ? 'เปิดใช้ผู้รับรองไว้แล้ว' : 'ไม่ได้ใช้ผู้รับรองอยู่แล้ว'}`,
  nobody: (unit: string) => `ขณะนี้ยังไม่มีผู้รับรอง อปท. ต้องออกรหัสเข้าร่วมให้ผู้รับรองก่อน โดยพิมพ์ ${SAY.inviteCertifier} ${unit}`,
  people: (names: readonly string[]) => `ผู้รับรอง: ${names.join(', ')}`,
  which: (on: boolean) => `โปรดพิมพ์ชื่อสถานศึกษา เช่น ${on ? SAY.certifierOn : SAY.certifierOff} โรงเรียนบ้านนา`,
  submitted: (names: readonly string[]) =>
    `ส่งให้ผู้รับรองแล้ว (${names.join(', ')}) ยังไม่ถือว่ายืนยัน จนกว่าผู้รับรองกด รับรองและยืนยัน\nระหว่างนี้โปรดอย่าแก้ไขตาราง หากแก้ไข ต้องส่งใหม่`,
  waits: 'รอผู้รับรอง',
  waitsLine: (name: string, at: number) => `${name} ส่งให้ผู้รับรองเมื่อ ${dayAndTime(at)}`,
  changedLine: `ตารางเปลี่ยนไปหลังส่งให้ผู้รับรอง เจ้าหน้าที่ต้องตรวจและส่งใหม่ พิมพ์ ${SAY.confirm}`,
  stepTitle: (counted: number) => `ส่งข้อมูล ${count(counted)} คน ให้ผู้รับรองใช่หรือไม่`,
  submit: (counted: number) => `ส่ง ${count(counted)} คน ให้ผู้รับรอง`,
  secondStep: 'สถานศึกษานี้มีผู้รับรอง เมื่อท่านกด ระบบจะส่งให้ผู้รับรอง และถือว่ายืนยันเมื่อผู้รับรองกดรับรองแล้ว',
  title: 'ขอให้รับรองและยืนยันข้อมูล',
  alt: 'มีข้อมูลรอท่านรับรองและยืนยัน',
  by: 'เจ้าหน้าที่ผู้ส่ง',
  at: 'ส่งเมื่อ',
  check: 'โปรดตรวจว่าทุกคนมีตัวตนอยู่จริงและยอดถูกต้อง แล้วจึงรับรองและยืนยัน ใบรับจะระบุชื่อทั้งสองคน',
  certify: (counted: number) => `รับรองและยืนยัน ${count(counted)} คน`,
  typed: (counted: number) => `${SAY.certify} ${counted}`,
  sendBack: 'ส่งคืนให้แก้ไข',
  sendBackTyped: `${SAY.sendBack} (เหตุผล)`,
  askWord: `โปรดพิมพ์เหตุผลที่ส่งคืน เจ้าหน้าที่จะได้รับแจ้งพร้อมเหตุผลนี้ (หากเปลี่ยนใจ พิมพ์ ${SAY.stop})`,
  sentBack: 'ส่งคืนให้เจ้าหน้าที่แก้ไขแล้ว',
  sentBackTitle: 'ผู้รับรองส่งคืน',
  sentBackAlt: 'ผู้รับรองส่งคืนข้อมูล โปรดดูเหตุผล',
  sentBackBy: (name: string, word: string) => `${name} ส่งคืน เหตุผล: ${withoutIds(word)}`,
  sentBackNext: `โปรดแก้ไขในตาราง แล้วพิมพ์ ${SAY.confirm} เพื่อตรวจยอดและส่งใหม่`,
  nothing: `ไม่มีข้อมูลที่รอท่านรับรองในขณะนี้ เมื่อเจ้าหน้าที่ส่งมา จะแจ้งในแชตนี้ ดูข้อมูลปัจจุบัน พิมพ์ ${SAY.status}`,
  look: 'ตรวจและรับรอง',
  receipt: 'ผู้รับรอง',
} as const

export const DUTY_HELP = {
  people: 'ดูผู้รับผิดชอบของหน่วย ระงับ คืน หรือให้พ้นหน้าที่',
  peopleExample: `${SAY.inCharge} (ชื่อหน่วย)`,
  invitations: 'ดูหรือยกเลิกรหัสเข้าร่วมที่ออกแล้วยังไม่ได้ใช้',
  certifierExample: `${SAY.inviteCertifier} / ${SAY.certifierOn} / ${SAY.certifierOff} (ชื่อสถานศึกษา)`,
  certifierOf: 'ให้สถานศึกษามีผู้รับรองเป็นบุคคลที่สอง หรือเลิกใช้ผู้รับรอง',
  certifier: 'ให้สถานศึกษามีผู้รับรองเป็นบุคคลที่สองก่อนยืนยัน',
  certify: 'ตรวจยอดที่เจ้าหน้าที่ส่งมา แล้วรับรองและยืนยัน',
} as const
