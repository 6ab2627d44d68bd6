import { until as beforeEnd, countdown, dayAndTime } from './dates.ts'
import { SAY } from './say.ts'

/** Words about the date and time that an institution and its LAO agree on (R18). */
export const AGREEMENT = {
  alt: 'นัดวันเวลาส่งข้อมูล',
  over: 'นัดวันเวลาส่งข้อมูล',
  title: 'วันเวลาที่จะยืนยันให้ อปท. ตรวจสอบ',
  ownTitle: 'วันเวลาที่สถานศึกษาจะยืนยัน',
  agreed: 'ตกลงไว้',
  proposedByInstitution: 'สถานศึกษาเสนอ',
  proposedByLao: 'อปท. เสนอ',
  none: 'ยังไม่ได้นัด',
  waits: 'รอตอบ',
  waitsForYou: 'รอท่านตอบ',
  until: (until: number) => `นัดได้ไม่เกินกำหนดของ อปท. (${beforeEnd(until)})`,
  guide: 'เวลานัดช่วยให้ อปท. มีเวลาตรวจสอบ ไม่ใช่กำหนดปิดระบบ เลยเวลานัดแล้วยังยืนยันได้จนถึงเวลาปิดระบบ',
  example: (suggested: string) => `เสนอวันเวลา พิมพ์ ${SAY.agree} ${suggested}`,
  exampleBelow: (suggested: string) =>
    `เสนอวันเวลา พิมพ์ ${SAY.agree} (ชื่อสถานศึกษา) ${suggested} หรือ ${SAY.agree}${ALL} ${suggested}`,
  accept: 'ตกลงตามนี้',
  acceptOf: (unit: string) => `ตกลงกับ ${unit}`,
  other: 'เสนอวันเวลาอื่น',
  propose: (when: string) => `เสนอ ${when}`,
  proposeAll: (when: string) => `เสนอทุกแห่ง ${when}`,
  list: 'นัดกับสถานศึกษา',
  nobodyBelow: 'หน่วยของท่านไม่มีสถานศึกษาที่ต้องนัด',
  notHere: 'การนัดวันเวลาเป็นเรื่องระหว่างสถานศึกษากับ อปท. ต้นสังกัด',
  unclear: (suggested: string) => `ยังไม่ได้นัด เพราะอ่านวันเวลาไม่ได้ โปรดพิมพ์วันที่และเวลาเป็นตัวเลข เช่น ${SAY.agree} ${suggested}`,
  whichUnit: (suggested: string) =>
    `โปรดระบุสถานศึกษา เช่น ${SAY.agree} (ชื่อสถานศึกษา) ${suggested} หรือทุกแห่ง พิมพ์ ${SAY.agree}${ALL} ${suggested}`,
  proposed: (to: string, dueAt: number) => `เสนอ ${dayAndTime(dueAt)} ต่อ ${to} แล้ว เมื่อมีคำตอบจะแจ้งในแชตนี้`,
  proposedToAll: (units: number, dueAt: number) =>
    `เสนอ ${dayAndTime(dueAt)} ต่อสถานศึกษา ${units} แห่งแล้ว เมื่อมีคำตอบจะแจ้งในแชตนี้`,
  asBefore: (dueAt: number) => `${dayAndTime(dueAt)} เสนอหรือตกลงไว้แล้ว จึงไม่ส่งซ้ำ`,
  accepted: (unit: string, dueAt: number) => `ตกลงนัด ${dayAndTime(dueAt)} (${unit}) แล้ว ระบบจะแจ้งอีกฝ่าย`,
  nobodyThere: (units: string) => `ขณะนี้ ${units} ยังไม่มีเจ้าหน้าที่ที่ติดต่อทางแชตนี้ได้ โปรดโทรศัพท์แจ้ง`,
  newsProposed: (by: string) => `${by} เสนอวันเวลาส่งข้อมูล`,
  newsAccepted: 'ตกลงวันเวลาส่งข้อมูลแล้ว',
  show: 'ดูนัดส่งที่รอท่านตอบ',
  counts: (of: { waiting: number; agreed: number }) =>
    of.waiting > 0
      ? `ตกลงแล้ว ${of.agreed} แห่ง รอท่านตอบ ${of.waiting} แห่ง พิมพ์ ${SAY.agree}`
      : `ตกลงแล้ว ${of.agreed} แห่ง`,
  when: 'วันเวลา',
  institution: 'สถานศึกษา',
} as const

/** After นัดส่ง: every institution of the LAO at once. */
export const ALL = 'ทั้งหมด'

export const typedAccept = (unit: string | null): string =>
  unit === null ? SAY.acceptAgreement : `${SAY.acceptAgreement} ${unit}`

export const agreedValue = (dueAt: number, now: number): string => `${dayAndTime(dueAt)} (${countdown(dueAt, now)})`

const WRITTEN = new Intl.DateTimeFormat('th-TH', {
  timeZone: 'Asia/Bangkok',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Bangkok',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** As a person types it after นัดส่ง: 7 มิ.ย. 2567 16.30 */
export const typedMoment = (instant: number): string =>
  `${WRITTEN.format(instant)} ${CLOCK.format(instant).replace(':', '.')}`
