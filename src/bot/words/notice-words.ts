import type { UnitLevel } from '../../db/schema.ts'
import { count, dayAndTime, from, until } from './dates.ts'
import { SAY } from './say.ts'
import { more } from './terms.ts'

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

const BELOW: Record<UnitLevel, { who: string; unit: string }> = {
  department: { who: 'จังหวัด', unit: 'จังหวัด' },
  province: { who: 'อปท. ', unit: 'แห่ง' },
  lao: { who: 'สถานศึกษา', unit: 'แห่ง' },
  institution: { who: 'หน่วย', unit: 'แห่ง' },
}

/** "เมื่อ 11 มิ.ย. 2567 เวลา 17.00 น.", of a midnight "เมื่อสิ้นวันที่ 11 มิ.ย. 2567". */
const closedAt = (instant: number): string => {
  const words = until(instant)
  return words.startsWith(BY_DAY) ? `เมื่อสิ้นวันที่ ${words.slice(BY_DAY.length)}` : `เมื่อ ${dayAndTime(instant)}`
}
const BY_DAY = 'ภายในวันที่ '

export const REMINDER = {
  /** On the lock screen: the matter and its time, and nobody's name. */
  alt: (title: string, time: string) => `${title}: ${time}`,
  title: 'ยังไม่ได้ยืนยัน',
  dueToday: (title: string) => `วันนี้ครบกำหนด ${title}`,
  closesToday: (title: string) => `วันนี้ปิดระบบ ${title}`,
  titleOpens: 'เปิดให้บันทึกข้อมูลแล้ว',
  titleConfirming: 'เปิดให้ยืนยันข้อมูลแล้ว',
  titlePrepare: 'เตรียมข้อมูลให้พร้อมยืนยัน',
  titleBelow: 'ยังดำเนินการไม่ครบ',
  titleClosed: 'ระบบปิดแล้ว ไม่ได้ยืนยัน',
  titleClosedBelow: 'ระบบปิดแล้ว ยังมีหน่วยที่ไม่ได้ยืนยัน',
  due: (dueAt: number) => `กำหนดยืนยัน${until(dueAt)}`,
  lastDay: 'วันนี้เป็นวันสุดท้ายของกำหนด',
  daysLeft: (days: number) => `เหลืออีก ${count(days)} วัน`,
  afterDue: (dueAt: number) => `เลยกำหนดยืนยันแล้ว (กำหนด${until(dueAt)})`,
  stillOpen: (closesAt: number, given: { extended: boolean; today: boolean }) =>
    `${given.extended ? 'กรมขยายเวลาให้ ' : ''}ยังยืนยันได้${until(closesAt)}${given.today ? ' คือวันนี้' : ''} หลังจากนั้นระบบปิด`,
  closed: (closesAt: number) => `ระบบปิด${closedAt(closesAt)} จึงยืนยันในรอบนี้ไม่ได้แล้ว`,
  /** Whom to turn to after the close; without a name, so that many may read the same text. */
  moreTime: {
    institution: 'หากมีเหตุจำเป็น โปรดแจ้ง อปท. ต้นสังกัด เพื่อทำหนังสือขอขยายเวลาต่อกรม',
    lao: 'หากมีเหตุจำเป็น โปรดแจ้งจังหวัด เพื่อทำหนังสือขอขยายเวลาต่อกรม',
    province: 'หากมีเหตุจำเป็น โปรดทำหนังสือขอขยายเวลาต่อกรม',
    department: `หากมีเหตุจำเป็น กรมขยายเวลาให้ได้ พิมพ์ ${SAY.extend}`,
  } satisfies Record<UnitLevel, string>,
  /** Those below have a time of their own. */
  belowDue: (level: UnitLevel, dueAt: number) => `${BELOW[level].who}มีกำหนดยืนยัน${until(dueAt)}`,
  belowStillOpen: (level: UnitLevel, given: { closesAt: number; today: boolean }) =>
    `${BELOW[level].who}เลยกำหนดแล้ว ยังยืนยันได้${until(given.closesAt)}${given.today ? ' คือวันนี้' : ''} หลังจากนั้นระบบปิด`,
  belowClosed: (level: UnitLevel, closesAt: number) => `${BELOW[level].who}ยืนยันไม่ได้แล้ว ระบบปิด${closedAt(closesAt)}`,
  prepare: (opensAt: number) => `เปิดให้ยืนยัน${from(opensAt)} ระหว่างนี้โปรดบันทึกและตรวจข้อมูลให้พร้อม`,
  agreed: (agreedAt: number) => `นัดส่งกับ อปท. ไว้ ${dayAndTime(agreedAt)}`,
  roster: 'สถานศึกษาของท่านยังไม่ได้ยืนยันข้อมูล การบันทึกไว้ยังไม่ใช่การยืนยัน',
  rosterEmpty: 'ในตารางยังไม่มีรายชื่อ',
  rosterReady: 'ข้อมูลในตารางพร้อมแล้ว เหลือเพียงยืนยัน',
  overview: 'ยังไม่ได้ยืนยันภาพรวม',
  overviewWaits: 'ยังไม่ได้ยืนยันภาพรวม (ยืนยันได้เมื่อสถานศึกษาครบ)',
  otherCounts: 'ยังไม่ได้ยืนยันจำนวนสังกัดอื่น',
  province: 'จังหวัดยังไม่ได้ยืนยัน',
  provinceWaits: 'จังหวัดยังไม่ได้ยืนยัน (ยืนยันได้เมื่อ อปท. ครบและตรวจสอบแล้ว)',
  formerStands: (reported: number) => `อยู่ระหว่างแก้ไข ยอดที่ยืนยันไว้เดิม ${count(reported)} คน ยังเป็นยอดที่รายงาน จนกว่าจะยืนยันใหม่`,
  unitsBelow: (level: UnitLevel, given: { left: number; of: number; closed: boolean }) => {
    const { who, unit } = BELOW[level]
    const state = given.closed ? 'ดำเนินการไม่ครบ' : 'ยังดำเนินการไม่ครบ'
    return `${who}ที่${state} ${count(given.left)} จาก ${count(given.of)} ${unit}`
  },
  outOfReach: (units: number) => `ติดต่อทางแชตไม่ได้ ${count(units)} แห่ง โปรดโทรศัพท์หรือแต่งตั้งผู้รับผิดชอบ`,
  vacant: 'ยังไม่มีผู้รับผิดชอบ',
  unbound: 'ยังไม่ผูกบัญชี LINE',
  blocked: 'ปิดรับข้อความ',
  noTelephone: 'ไม่มีหมายเลขโทรศัพท์ในระบบ',
  telephone: (number: string) => `โทร. ${number}`,
  moreDuties: (left: number) => `${more(left, 'หน่วย')}ของท่านที่ยังค้างอยู่ พิมพ์ ${SAY.switchDuty}`,
} as const
